//! Members of types: elements, and what is between them. What is said about them.

use super::Text;

pub(super) static ALL: &[Text] = &[
    Text {
        rule: "member-added-required",
        what: ["new required member `{name}`", "новое обязательное поле `{name}`"],
        why: [
            "A strict server refuses a request without it. A reader passes over an element it does not know, and tells. Struct literals have to name the new field.",
            "Строгий сервер отвергнет запрос без него. Читатель пропускает незнакомый элемент и сообщает о нём. В литералах структуры нужно назвать новое поле.",
        ],
    },
    Text {
        rule: "member-added-optional",
        what: ["new optional member `{name}`", "новое необязательное поле `{name}`"],
        why: [
            "Requests without it are as good as before, and a reader passes over an element it does not know, and tells. Struct literals have to name the new field, unless they end in `..Default::default()`.",
            "Запросы без него годятся как раньше, а читатель пропускает незнакомый элемент и сообщает о нём. В литералах структуры нужно назвать новое поле, если они не кончаются на `..Default::default()`.",
        ],
    },
    Text {
        rule: "member-removed-required",
        what: ["required member `{name}` is gone", "обязательного поля `{name}` больше нет"],
        why: [
            "A client sends it still, and misses it in every answer.",
            "Клиент всё ещё передаёт его, а в ответе не находит.",
        ],
    },
    Text {
        rule: "member-removed-optional",
        what: ["optional member `{name}` is gone", "необязательного поля `{name}` больше нет"],
        why: [
            "A strict server refuses what it does not know. A reader does without it: the value stops coming, without an error.",
            "Строгий сервер отвергает незнакомое. Читатель обходится без него: значение перестаёт приходить, и без ошибки.",
        ],
    },
    Text {
        rule: "member-renamed",
        what: ["member `{name}` looks renamed", "поле `{name}`, по-видимому, переименовано"],
        why: [
            "One member is gone and one of the same type stands in its place. On the wire they have nothing to do with one another.",
            "Одно поле исчезло, на его месте стоит другое того же типа. В сообщениях они никак не связаны.",
        ],
    },
    Text {
        rule: "member-namespace-changed",
        what: ["member `{name}` is in another namespace", "поле `{name}` в другом пространстве имён"],
        why: [
            "An element of another namespace is another element, for the server and for the reader.",
            "Элемент из другого пространства имён — другой элемент, и для сервера, и для читателя.",
        ],
    },
    Text {
        rule: "member-became-optional",
        what: ["member `{name}` may be left out now", "поле `{name}` стало необязательным"],
        why: [
            "A reader made from the old contract refuses an answer without it. `T` becomes `Option<T>`; a list stays `Vec<T>`.",
            "Клиент по старому контракту не примет ответа без него. `T` становится `Option<T>`; список остаётся `Vec<T>`.",
        ],
    },
    Text {
        rule: "member-became-required",
        what: ["member `{name}` is required now", "поле `{name}` стало обязательным"],
        why: [
            "A strict server refuses a request without it. `Option<T>` becomes `T`; a list stays `Vec<T>`.",
            "Строгий сервер отвергнет запрос без него. `Option<T>` становится `T`; список остаётся `Vec<T>`.",
        ],
    },
    Text {
        rule: "member-became-list",
        what: ["member `{name}` may occur more than once", "поле `{name}` может повторяться"],
        why: [
            "A reader made from the old contract refuses the second. `T` becomes `Vec<T>`.",
            "Клиент по старому контракту не примет второго значения. `T` становится `Vec<T>`.",
        ],
    },
    Text {
        rule: "list-became-single",
        what: ["member `{name}` may occur only once now", "поле `{name}` больше не может повторяться"],
        why: [
            "A strict server refuses the second. `Vec<T>` becomes `T` or `Option<T>`.",
            "Строгий сервер отвергнет второе значение. `Vec<T>` становится `T` или `Option<T>`.",
        ],
    },
    Text {
        rule: "list-narrowed",
        what: [
            "`{name}` may occur less often, or must occur more often",
            "для `{name}` допустимо другое, более узкое число повторений",
        ],
        why: [
            "The numbers are not in the Rust type, and a reader takes any; a strict server counts.",
            "Числа не отражены в типе Rust, и читатель примет любое; строгий сервер считает.",
        ],
    },
    Text {
        rule: "list-widened",
        what: [
            "`{name}` may occur more often, or less often, than before",
            "для `{name}` допустимо больше вариантов числа повторений",
        ],
        why: [
            "The numbers are not in the Rust type, and a reader takes any.",
            "Числа не отражены в типе Rust, и читатель примет любое.",
        ],
    },
    Text {
        rule: "member-nil-allowed",
        what: ["member `{name}` may be nil", "поле `{name}` может быть nil"],
        why: [
            "A reader made from the old contract refuses `xsi:nil` where it was not allowed. `T` becomes `Option<T>`, `Option<T>` becomes `Nillable<T>`.",
            "Клиент по старому контракту не примет `xsi:nil` там, где его не могло быть. `T` становится `Option<T>`, `Option<T>` — `Nillable<T>`.",
        ],
    },
    Text {
        rule: "member-nil-forbidden",
        what: ["member `{name}` may not be nil any more", "поле `{name}` больше не может быть nil"],
        why: [
            "A strict server refuses the `xsi:nil` that a client may still send.",
            "Строгий сервер отвергнет `xsi:nil`, который клиент может прислать.",
        ],
    },
    Text {
        rule: "scalar-widened",
        what: ["`{name}` takes more values than before", "`{name}` принимает больше значений"],
        why: [
            "Every old value is still good. A reader made from the old contract cannot hold all new ones, unless it keeps both as text. The Rust type is another, unless both are carried by the same.",
            "Все прежние значения годятся. Клиент по старому контракту вместит не все новые, если не хранит их как текст. Тип Rust другой, если оба значения не хранит один и тот же.",
        ],
    },
    Text {
        rule: "scalar-narrowed",
        what: ["`{name}` takes fewer values than before", "`{name}` принимает меньше значений"],
        why: [
            "A strict server refuses values that were good. What comes is among what the reader knows.",
            "Строгий сервер отвергнет значения, которые раньше годились. Всё, что придёт, читателю известно.",
        ],
    },
    Text {
        rule: "scalar-replaced",
        what: ["`{name}` is of another simple type", "у `{name}` другой простой тип"],
        why: [
            "Values of the one are not values of the other, as far as can be told.",
            "Насколько можно судить, значения одного типа не подходят другому.",
        ],
    },
    Text {
        rule: "text-became-enumeration",
        what: ["`{name}` takes only listed values now", "`{name}` принимает только перечисленные значения"],
        why: [
            "A strict server refuses any other text. In Rust `String` becomes an enum.",
            "Любой другой текст строгий сервер отвергнет. В Rust `String` становится перечислением.",
        ],
    },
    Text {
        rule: "enumeration-became-text",
        what: ["`{name}` takes any text now", "`{name}` принимает любой текст"],
        why: [
            "An open enumeration keeps texts it does not list; a closed one refuses them. In Rust the enum becomes `String`.",
            "Открытое перечисление сохраняет неизвестный текст, закрытое отвергает. В Rust перечисление становится `String`.",
        ],
    },
    Text {
        rule: "type-replaced",
        what: ["`{name}` has another type", "у `{name}` другой тип"],
        why: [
            "The Rust type has another name. What differs on the wire is compared member by member below the name; where types can be told by name on the wire, this breaks it.",
            "У типа Rust другое имя. Отличия в сообщениях сравниваются поле за полем; где имя типа может попасть в сообщение, обмен ломается.",
        ],
    },
    Text {
        rule: "default-added",
        what: ["`{name}` has a default value now", "у `{name}` появилось значение по умолчанию"],
        why: [
            "Leaving it out, or sending it empty, means that value now. A reader made from the old contract refuses an empty element unless it is text.",
            "Отсутствие или пустой элемент теперь означают это значение. Клиент по старому контракту не примет пустого элемента, если это не текст.",
        ],
    },
    Text {
        rule: "default-changed",
        what: ["`{name}` has another default value", "у `{name}` другое значение по умолчанию"],
        why: ["The same bytes mean something else.", "Те же байты означают другое."],
    },
    Text {
        rule: "default-removed",
        what: ["`{name}` has no default value any more", "у `{name}` больше нет значения по умолчанию"],
        why: ["What leaving it out means is not said any more.", "Что означает отсутствие, больше не сказано."],
    },
    Text {
        rule: "fixed-added",
        what: ["`{name}` has only one value now", "у `{name}` теперь единственное значение"],
        why: ["A strict server refuses any other.", "Любое другое строгий сервер отвергнет."],
    },
    Text {
        rule: "fixed-changed",
        what: ["`{name}` has another only value", "у `{name}` другое единственное значение"],
        why: ["A strict server refuses the old one.", "Прежнее строгий сервер отвергнет."],
    },
    Text {
        rule: "fixed-removed",
        what: ["`{name}` may have other values than one", "у `{name}` больше нет единственного значения"],
        why: [
            "Code that took the value for granted may meet another.",
            "Код, который на него полагался, может встретить другое.",
        ],
    },
    Text {
        rule: "order-changed",
        what: ["members go in another order", "поля идут в другом порядке"],
        why: [
            "Strict servers refuse, and some drop in silence, what is out of order. A reader takes any order in a flat sequence, and tells. Fields are named, so source does not care.",
            "Строгие серверы отвергают, а некоторые молча отбрасывают то, что стоит не по порядку. Читатель принимает любой порядок в простой последовательности и сообщает об этом. Поля именованы, исходному коду всё равно.",
        ],
    },
    Text {
        rule: "member-moved",
        what: ["`{name}` stands in another group of the content", "`{name}` стоит в другой группе содержимого"],
        why: [
            "Whether it may stand, together with what and in which order, has changed with the group.",
            "Вместе с группой изменилось, когда, с чем и в каком порядке оно может стоять.",
        ],
    },
    Text {
        rule: "secret-added",
        what: ["`{name}` is marked secret now", "`{name}` теперь помечено как секрет"],
        why: [
            "The bytes are the same. In Rust it is a `Secret<T>`, and logs show it no more.",
            "Байты те же. В Rust это `Secret<T>`, и в журналах его больше не видно.",
        ],
    },
    Text {
        rule: "secret-removed",
        what: ["`{name}` is not marked secret any more", "`{name}` больше не помечено как секрет"],
        why: [
            "The bytes are the same. Logs, captures and errors show the value now.",
            "Байты те же. Теперь значение видно в журналах, записях обмена и ошибках.",
        ],
    },
    Text {
        rule: "field-renamed",
        what: ["the Rust name of `{name}` is another", "имя `{name}` в Rust другое"],
        why: [
            "The contract or an overlay names the field differently; the wire is the same.",
            "Контракт или накладка иначе называет поле; сообщения те же.",
        ],
    },
    Text {
        rule: "wire-limited",
        what: ["`{name}` is not on every wire any more", "`{name}` есть не во всех видах обмена"],
        why: ["On the other wire it is neither expected nor sent.", "В остальных его не ждут и не передают."],
    },
    Text {
        rule: "wire-extended",
        what: ["`{name}` is on more wires than before", "`{name}` есть в большем числе видов обмена"],
        why: [
            "On the wire that did not have it, it is like a new member.",
            "Там, где его не было, это как новое поле.",
        ],
    },
    Text {
        rule: "absence-changed",
        what: ["absence of `{name}` is written differently", "отсутствие `{name}` записывается иначе"],
        why: [
            "Nothing, nil and an empty element are different to many servers.",
            "Ничего, nil и пустой элемент для многих серверов разное.",
        ],
    },
    Text {
        rule: "list-item-changed",
        what: [
            "the items in `{name}` have another name or may be nil",
            "у элементов списка `{name}` другое имя или допустимость nil",
        ],
        why: [
            "A wrapper's items go by name; the other side does not know the new one.",
            "Элементы в обёртке узнаются по имени; другая сторона нового не знает.",
        ],
    },
    Text {
        rule: "list-wrapper-changed",
        what: ["`{name}` gained or lost its wrapper", "у `{name}` появилась или исчезла обёртка"],
        why: [
            "Items stand one level deeper or higher than the other side looks for them.",
            "Элементы списка стоят на уровень глубже или выше, чем их ищет другая сторона.",
        ],
    },
    Text {
        rule: "element-reference-changed",
        what: [
            "`{name}` refers to a global element, or does so no more",
            "`{name}` ссылается на глобальный элемент или больше не ссылается",
        ],
        why: [
            "Only a reference lets an element of the substitution group stand in its place.",
            "Только при ссылке на его месте может стоять элемент группы подстановки.",
        ],
    },
];
