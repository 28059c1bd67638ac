struct Thing {
    Id,
}
