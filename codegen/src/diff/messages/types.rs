//! Types as a whole: kind, inheritance, layout. What is said about them.

use super::Text;

pub(super) static ALL: &[Text] = &[
    Text {
        rule: "type-kind-changed",
        what: ["`{name}` is of another kind", "`{name}` — другого рода"],
        why: [
            "A simple type became a complex one or the other way round: text, or text with attributes and elements. Neither side can count on reading what the other writes.",
            "Простой тип стал сложным или наоборот: просто текст — или текст с атрибутами и элементами. Нельзя рассчитывать, что стороны прочтут сообщения друг друга.",
        ],
    },
    Text {
        rule: "type-became-abstract",
        what: ["the type is abstract now", "тип стал абстрактным"],
        why: [
            "Values of the type itself may not be sent any more, only of derived types.",
            "Значения самого типа больше нельзя передавать, только производных типов.",
        ],
    },
    Text {
        rule: "type-no-longer-abstract",
        what: ["the type is not abstract any more", "тип больше не абстрактный"],
        why: [
            "Values of the type itself may come, which a client made from the old contract keeps as unknown.",
            "Могут прийти значения самого типа; клиент по старому контракту сочтёт их неизвестными.",
        ],
    },
    Text {
        rule: "base-changed",
        what: ["the type is derived differently", "тип иначе унаследован"],
        why: [
            "Where the old base is declared, the type may stand no longer; where it had none, or has the same in another way, nothing on the wire depends on it. Its members are compared with those of all bases together.",
            "Где объявлен прежний базовый тип, этот больше стоять не может; если базового не было или он унаследован иначе, на обмене это не сказывается. Поля сравниваются вместе с полями всех базовых типов.",
        ],
    },
    Text {
        rule: "derived-type-added",
        what: [
            "type `{name}` may stand where its base is declared",
            "тип `{name}` может стоять там, где объявлен базовый",
        ],
        why: [
            "A reader keeps a type it does not list, or reads it as its base. The enum of the types that may stand there has a variant more, or the base becomes such an enum.",
            "Неизвестный тип сохраняется или читается как базовый. В перечислении допустимых типов на вариант больше, или базовый тип становится таким перечислением.",
        ],
    },
    Text {
        rule: "derived-type-removed",
        what: [
            "type `{name}` may not stand where its base is declared any more",
            "тип `{name}` больше не может стоять там, где объявлен базовый",
        ],
        why: [
            "A client may still send it. The enum of the types that may stand there has a variant less.",
            "Клиент всё ещё может его прислать. В перечислении допустимых типов на вариант меньше.",
        ],
    },
    Text {
        rule: "substitution-blocked",
        what: ["`block` excludes what could stand here before", "`block` запрещает то, что раньше могло здесь стоять"],
        why: [
            "A client may still send one of these. The enum of what may stand there has fewer variants, or is the declared type itself.",
            "Клиент всё ещё может прислать одно из перечисленного. В перечислении допустимого меньше вариантов, или на его месте сам объявленный тип.",
        ],
    },
    Text {
        rule: "substitution-unblocked",
        what: [
            "`block` does not exclude any more what may stand here now",
            "`block` больше не запрещает того, что теперь может здесь стоять",
        ],
        why: [
            "A reader keeps a type it does not list, or reads it as its base; an element of another name is read only where others could stand before. The enum of what may stand there has more variants, or takes the place of the declared type.",
            "Неизвестный тип сохраняется или читается как базовый; элемент с другим именем читается только там, где и раньше могли стоять другие. В перечислении допустимого больше вариантов, или оно занимает место объявленного типа.",
        ],
    },
    Text {
        rule: "mixed-changed",
        what: [
            "whether text may stand between the elements has changed",
            "изменилось, может ли между элементами стоять текст",
        ],
        why: [
            "Text comes where none is expected, or is refused; the content has another type in Rust.",
            "Текст приходит там, где его не ждут, или отвергается; в Rust у содержимого другой тип.",
        ],
    },
    Text {
        rule: "nil-meaning-changed",
        what: ["whether nil and absent mean the same has changed", "изменилось, одно ли и то же nil и отсутствие"],
        why: [
            "Types of DataContract schemas take both for null; elsewhere they are told apart, also by the Rust type.",
            "Типы DataContract не различают их; в остальных они различаются, в том числе типом Rust.",
        ],
    },
    Text {
        rule: "array-kind-changed",
        what: ["the SOAP-encoded array is another", "массив SOAP-кодирования изменился"],
        why: [
            "Items are of another type, or the type is no array any more.",
            "Элементы другого типа, или тип больше не массив.",
        ],
    },
    Text {
        rule: "layout-changed",
        what: ["the type is laid out differently", "у типа другая раскладка"],
        why: [
            "Elements, positional slots and packed strings are not read as one another.",
            "Элементы, позиционные значения и упакованная строка не читаются друг как друг.",
        ],
    },
    Text {
        rule: "separators-changed",
        what: ["the packed string has other separators", "у упакованной строки другие разделители"],
        why: [
            "Neither side finds the parts where it looks for them.",
            "Стороны не найдут частей строки там, где ищут.",
        ],
    },
    Text {
        rule: "serializer-order-changed",
        what: ["members go in another order", "поля идут в другом порядке"],
        why: [
            "Whether members are sorted by name on the wire has changed; strict servers refuse or drop what is out of order.",
            "Изменилось, сортируются ли поля по имени; строгие серверы отвергают или отбрасывают то, что стоит не по порядку.",
        ],
    },
    Text {
        rule: "content-kind-changed",
        what: ["the content is of another kind", "содержимое другого рода"],
        why: [
            "Text, elements and nothing are not read as one another.",
            "Текст, элементы и пустота не читаются друг как друг.",
        ],
    },
];
