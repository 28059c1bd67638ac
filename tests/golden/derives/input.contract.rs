//! Few derives: what the runtime wants of enumerations is there all the same.

#![contract(namespace = DESK)]

const DESK: Ns = "urn:desk";

#[binding(soap, endpoint = "https://desk.example/")]
#[errors(DeskError)]
#[fault(Closed)]
trait Desk {
    #[raises(2)]
    fn Ask(question: Question) -> Reply<Answer>;
}

#[reply(ok = Data, failed = IsError, code = ErrorCode)]
struct Reply<T> {
    Data: Option<T>,
    IsError: bool,
    ErrorCode: DeskError,
}

struct Question {
    Kind: Kind,
    Text: String,
}

struct Answer {
    Text: Option<String>,
}

struct Closed {
    Until: Date,
}

#[text]
#[open]
enum Kind {
    Short,
    Long,
}

#[open]
enum DeskError {
    Ok = 0,
    Busy = 2,
}
