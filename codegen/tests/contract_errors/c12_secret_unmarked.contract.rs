#[binding(soap, version = "1.2", endpoint = "https://example.com/service")]
trait Shop {
    #[read]
    fn Login(Email: String, Password: String) -> Session;
}

struct Session {
    AuthToken: String,
    #[secret]
    ApiKey: String,
    #[public]
    KeyNumber: i32,
    PluginID: i32,
    KeysSupported: bool,
}
