#[reply_errors("Errors/Error")]
#[binding(soap, version = "1.1")]
#[binding(xml, endpoint = "https://example.com/")]
trait Shop {
    #[reply_errors("Problems/Problem", code = Type, text = Message)]
    fn Place();
    #[reply(ok = Data, failed = IsError, code = ErrorCode)]
    #[errors(Unknown)]
    #[raises(1)]
    fn Find();
}
