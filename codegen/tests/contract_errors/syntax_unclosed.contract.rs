struct Thing {
    Id: i32,
