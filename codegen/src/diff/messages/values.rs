//! Simple types: enumerations and facets. What is said about them.

use super::Text;

pub(super) static ALL: &[Text] = &[
    Text {
        rule: "value-added",
        what: ["new value `{name}`", "новое значение `{name}`"],
        why: [
            "An open enumeration keeps a value it does not list as `Unknown`; a closed one refuses it. An exhaustive `match` has to name the new variant, and code that looked for the text in `Unknown` does not find it there any more.",
            "Открытое перечисление хранит неизвестное значение как `Unknown`, закрытое отвергает. В полном `match` нужно назвать новый вариант, а код, который искал этот текст в `Unknown`, его там больше не найдёт.",
        ],
    },
    Text {
        rule: "value-removed",
        what: ["value `{name}` is gone", "значения `{name}` больше нет"],
        why: ["A strict server refuses it; the variant is gone.", "Строгий сервер его отвергнет; варианта нет."],
    },
    Text {
        rule: "code-renamed",
        what: ["code {name} has another name", "у кода {name} другое имя"],
        why: [
            "The number on the wire is the same; the variant has another name, and perhaps the code another meaning.",
            "Число в сообщениях то же; вариант называется иначе, и, возможно, код значит другое.",
        ],
    },
    Text {
        rule: "code-renumbered",
        what: ["`{name}` has another code", "у `{name}` другой код"],
        why: [
            "The same variant is another number on the wire: each side takes the other's for something else.",
            "Тот же вариант — другое число в сообщениях: стороны понимают его по-разному.",
        ],
    },
    Text {
        rule: "enumeration-opened",
        what: ["values that are not listed are kept now", "значения не из списка теперь сохраняются"],
        why: [
            "An error becomes a variant `Unknown`, which an exhaustive `match` has to name.",
            "Ошибка становится вариантом `Unknown`, который нужно назвать в полном `match`.",
        ],
    },
    Text {
        rule: "enumeration-closed",
        what: ["values that are not listed are errors now", "значения не из списка теперь ошибка"],
        why: [
            "The variant `Unknown` is gone, and a reply with a new value is not read any more.",
            "Варианта `Unknown` нет, и ответ с новым значением не читается.",
        ],
    },
    Text {
        rule: "facet-tightened",
        what: ["`{name}` is restricted more than before", "на `{name}` наложено больше ограничений"],
        why: [
            "A strict server refuses values that were good. A reader does not enforce restrictions; they choose the Rust type of unbounded integers.",
            "Строгий сервер отвергнет значения, которые раньше годились. Читатель ограничений не проверяет; от них зависит тип Rust для целых без границ.",
        ],
    },
    Text {
        rule: "facet-loosened",
        what: ["`{name}` is restricted less than before", "на `{name}` наложено меньше ограничений"],
        why: [
            "Every old value is still good. A reader does not enforce restrictions; they choose the Rust type of unbounded integers.",
            "Все прежние значения годятся. Читатель ограничений не проверяет; от них зависит тип Rust для целых без границ.",
        ],
    },
    Text {
        rule: "pattern-changed",
        what: ["`{name}` must match another pattern", "`{name}` должно соответствовать другому шаблону"],
        why: [
            "Patterns are not compared for what they allow: a strict server may refuse values that were good.",
            "Шаблоны не сравниваются по смыслу: строгий сервер может отвергнуть значения, которые раньше годились.",
        ],
    },
    Text {
        rule: "white-space-changed",
        what: ["white space in `{name}` is treated differently", "пробелы в `{name}` обрабатываются иначе"],
        why: [
            "Blanks are kept, turned into spaces or collapsed: the same bytes are another value.",
            "Пробелы сохраняются, заменяются или сжимаются: те же байты — другое значение.",
        ],
    },
    Text {
        rule: "simple-shape-changed",
        what: [
            "`{name}` changed between one value, a list and a union",
            "`{name}` перешло между значением, списком и объединением",
        ],
        why: ["The text is taken apart differently.", "Текст разбирается иначе."],
    },
    Text {
        rule: "union-member-added",
        what: ["`{name}` may be of one more type", "`{name}` может быть ещё одного типа"],
        why: [
            "A reader keeps the text of what it does not know; a new kind of values is a new variant.",
            "Незнакомое значение читатель хранит как текст; новый вид значений — новый вариант.",
        ],
    },
    Text {
        rule: "union-member-removed",
        what: ["`{name}` may be of fewer types", "`{name}` может быть меньшего числа типов"],
        why: [
            "A strict server refuses values that were good.",
            "Строгий сервер отвергнет значения, которые раньше годились.",
        ],
    },
    Text {
        rule: "union-kinds-changed",
        what: [
            "texts of the union `{name}` are told apart in another way",
            "значения объединения `{name}` различаются иначе",
        ],
        why: [
            "The same bytes come as another variant, or the union has another Rust type.",
            "Те же байты приходят другим вариантом, или у объединения другой тип Rust.",
        ],
    },
];
