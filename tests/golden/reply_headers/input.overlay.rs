struct Session {
    #[secret]
    Token: _,
}
