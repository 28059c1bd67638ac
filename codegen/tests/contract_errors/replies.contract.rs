#[binding(soap, endpoint = "https://example.com/")]
#[errors(VendorEror)]
trait Shop {
    #[raises(1)]
    fn Get(Id: i32) -> Base<Thing>;
    #[errors(VendorError)]
    #[raises(1, 1, 9)]
    fn Put(Id: i32) -> Base;
    #[errors(Names)]
    fn Post(Id: i32) -> Open<Thing>;
    #[reply_errors("Problems/Problem", code = Kind)]
    fn Patch(Id: i32) -> Thing;
}

#[binding(soap, endpoint = "https://example.com/")]
trait Other {
    #[raises(1)]
    fn Get(Id: i32) -> Base<Thing>;
}

#[reply(ok = Data, failed = IsErr, code = Code)]
struct Base<T> {
    Data: Option<T>,
    IsError: bool,
    Code: i32,
}

struct Open<T> {
    Data: Option<T>,
}

struct Thing {
    Id: i32,
}

#[open]
enum VendorError {
    Ok = 0,
    Bad = 1,
}

#[open]
#[text]
enum Names {
    A,
}
