//! Wires: protocol, address, and what the policy demands. What is said about them.

use super::Text;

pub(super) static ALL: &[Text] = &[
    Text {
        rule: "binding-added",
        what: ["new binding `{name}`", "новая привязка `{name}`"],
        why: ["A wire more to choose from.", "Ещё один способ обмена на выбор."],
    },
    Text {
        rule: "binding-removed",
        what: ["binding `{name}` is gone", "привязки `{name}` больше нет"],
        why: [
            "Who calls over it does not reach anything; its constant is gone.",
            "Вызовы по ней никуда не попадут; константы для неё нет.",
        ],
    },
    Text {
        rule: "binding-renamed",
        what: ["binding `{name}` looks renamed", "привязка `{name}`, по-видимому, переименована"],
        why: [
            "The name is not on the wire; the constant is named after it.",
            "Имя не попадает в сообщения, но по нему названа константа.",
        ],
    },
    Text {
        rule: "binding-default-changed",
        what: ["another binding is the default", "привязка по умолчанию другая"],
        why: ["The same code calls over another wire.", "Тот же код вызывает сервис другим способом."],
    },
    Text {
        rule: "endpoint-changed",
        what: ["the address of `{name}` is another", "у `{name}` другой адрес"],
        why: [
            "Clients that exist call the old address, where nobody may answer. New bindings call the new one without a change in the code, unless settings say otherwise.",
            "Существующие клиенты обращаются по старому адресу, где их могут не ждать. Новый клиент обращается по новому без изменений в коде, если настройки не говорят иного.",
        ],
    },
    Text {
        rule: "protocol-changed",
        what: ["binding `{name}` speaks another protocol", "привязка `{name}` использует другой протокол"],
        why: ["Nothing of the message stays.", "От сообщения ничего не остаётся."],
    },
    Text {
        rule: "soap-version-changed",
        what: ["binding `{name}` is of another SOAP version", "у привязки `{name}` другая версия SOAP"],
        why: [
            "Envelope and content type differ; each side refuses the other's.",
            "Конверт и тип содержимого другие; стороны не примут сообщений друг друга.",
        ],
    },
    Text {
        rule: "addressing-required",
        what: ["binding `{name}` demands WS-Addressing", "привязка `{name}` требует WS-Addressing"],
        why: ["Calls without the headers are refused.", "Вызовы без этих заголовков отвергаются."],
    },
    Text {
        rule: "addressing-dropped",
        what: ["binding `{name}` has no WS-Addressing any more", "у привязки `{name}` больше нет WS-Addressing"],
        why: [
            "A server may refuse mandatory headers it does not know.",
            "Сервер может отвергнуть обязательные заголовки, которых не знает.",
        ],
    },
    Text {
        rule: "addressing-version-changed",
        what: [
            "binding `{name}` is of another WS-Addressing version",
            "у привязки `{name}` другая версия WS-Addressing",
        ],
        why: ["The headers are in another namespace.", "Заголовки в другом пространстве имён."],
    },
    Text {
        rule: "username-token-required",
        what: ["binding `{name}` demands a UsernameToken", "привязка `{name}` требует UsernameToken"],
        why: [
            "Calls without credentials are refused; code that sets none compiles and fails.",
            "Вызовы без учётных данных отвергаются; код, который их не задаёт, компилируется, но не работает.",
        ],
    },
    Text {
        rule: "username-token-dropped",
        what: [
            "binding `{name}` asks for no UsernameToken any more",
            "привязка `{name}` больше не требует UsernameToken",
        ],
        why: [
            "A server may refuse the mandatory security header; credentials that are set are not sent any more.",
            "Сервер может отвергнуть обязательный заголовок безопасности; заданные учётные данные больше не передаются.",
        ],
    },
    Text {
        rule: "password-type-changed",
        what: ["binding `{name}` wants the password in another form", "привязка `{name}` ждёт пароль в другом виде"],
        why: [
            "Text and digest are not taken for one another. A password that went as a digest may go as text now.",
            "Текст и дайджест не взаимозаменяемы. Пароль, который передавался дайджестом, теперь может передаваться текстом.",
        ],
    },
    Text {
        rule: "timestamp-changed",
        what: [
            "binding `{name}` changed its mind about a Timestamp",
            "у привязки `{name}` изменилось требование Timestamp",
        ],
        why: [
            "Where it is demanded, a call without one is refused; where it is not, one may be.",
            "Где он нужен, вызов без него отвергается; где не нужен, могут отвергнуть вызов с ним.",
        ],
    },
    Text {
        rule: "serializer-changed",
        what: [
            "binding `{name}` follows another serializer's rules",
            "привязка `{name}` следует правилам другого сериализатора",
        ],
        why: [
            "Order and namespaces of members, and how null is written, differ; a server of this kind drops in silence what it does not expect.",
            "Порядок и пространства имён полей и запись null другие; такой сервер молча отбрасывает то, чего не ждёт.",
        ],
    },
    Text {
        rule: "basic-auth-required",
        what: ["binding `{name}` demands HTTP Basic authentication", "привязка `{name}` требует HTTP Basic"],
        why: [
            "Calls without credentials are refused; code that sets none compiles and fails.",
            "Вызовы без учётных данных отвергаются; код, который их не задаёт, компилируется, но не работает.",
        ],
    },
    Text {
        rule: "basic-auth-dropped",
        what: [
            "binding `{name}` asks for no HTTP Basic authentication any more",
            "привязка `{name}` больше не требует HTTP Basic",
        ],
        why: ["Credentials that are set are not sent any more.", "Заданные учётные данные больше не передаются."],
    },
    Text {
        rule: "mtom-changed",
        what: [
            "binding `{name}` changed between plain messages and MTOM packages",
            "привязка `{name}` перешла между обычными сообщениями и пакетами MTOM",
        ],
        why: [
            "A server that asks for packages refuses a message without one, and one that does not ask may not take them apart. Readers take both.",
            "Сервер, который требует пакетов, откажет на сообщение без них, а тот, что не требует, может их не разобрать. Клиент читает и то и другое.",
        ],
    },
    Text {
        rule: "xmlrpc-call-changed",
        what: ["calls over `{name}` are put together differently", "вызовы по `{name}` собираются иначе"],
        why: [
            "The XML-RPC method that carries all calls, or the server it names, is another.",
            "Другой метод XML-RPC, через который идут все вызовы, или другой сервер в нём.",
        ],
    },
];
