//! Groups: choices, sequences, wildcards. What is said about them.

use super::Text;

pub(super) static ALL: &[Text] = &[
    Text {
        rule: "choice-branch-added",
        what: ["`{name}` may be chosen", "можно выбрать `{name}`"],
        why: [
            "A client that knows the old branches only finds none of them in an answer. The Rust enum has a variant more.",
            "Клиент, знающий только прежние варианты, не найдёт в ответе ни одного. В перечислении Rust на вариант больше.",
        ],
    },
    Text {
        rule: "choice-branch-removed",
        what: ["`{name}` cannot be chosen any more", "`{name}` больше нельзя выбрать"],
        why: [
            "A client may still send it. The Rust enum has a variant less.",
            "Клиент всё ещё может его прислать. В перечислении Rust на вариант меньше.",
        ],
    },
    Text {
        rule: "sequence-became-all",
        what: ["members may come in any order", "поля могут идти в любом порядке"],
        why: [
            "The old order is one of those allowed, and a reader takes any, and tells.",
            "Прежний порядок — один из допустимых, а читатель принимает любой и сообщает об этом.",
        ],
    },
    Text {
        rule: "all-became-sequence",
        what: ["members must come in order now", "поля теперь должны идти по порядку"],
        why: [
            "The order a client writes in may not be the one asked for.",
            "Порядок, в котором пишет клиент, может оказаться не тем.",
        ],
    },
    Text {
        rule: "content-model-changed",
        what: ["the members are combined differently", "поля сочетаются иначе"],
        why: [
            "All of them, one of them, or any number of them: the other side counts on what was.",
            "Все, одно из них или сколько угодно: другая сторона рассчитывает на прежнее.",
        ],
    },
    Text {
        rule: "group-added-required",
        what: ["a new group of members is required: {name}", "новая обязательная группа полей: {name}"],
        why: [
            "As for a new required member, for all of them together.",
            "Как с новым обязательным полем, для всех вместе.",
        ],
    },
    Text {
        rule: "group-added-optional",
        what: ["a new group of members may occur: {name}", "новая необязательная группа полей: {name}"],
        why: [
            "As for a new optional member, for all of them together.",
            "Как с новым необязательным полем, для всех вместе.",
        ],
    },
    Text {
        rule: "group-removed",
        what: ["a group of members is gone: {name}", "группы полей больше нет: {name}"],
        why: ["As for a member that is gone, for all of them together.", "Как с исчезнувшим полем, для всех вместе."],
    },
    Text {
        rule: "group-widened",
        what: [
            "the group of {name} may occur more or less often than before",
            "группа {name} может встречаться чаще или реже, чем раньше",
        ],
        why: [
            "Every old message is still good; a reader made from the old contract counts on the old numbers.",
            "Все прежние сообщения годятся; клиент по старому контракту рассчитывает на прежние числа.",
        ],
    },
    Text {
        rule: "group-narrowed",
        what: [
            "the group of {name} must occur more often, or may occur less often",
            "группа {name} должна встречаться чаще или может встречаться реже",
        ],
        why: ["A strict server refuses what it took before.", "Строгий сервер отвергнет то, что раньше принимал."],
    },
    Text {
        rule: "wildcard-added",
        what: ["other elements may stand here now", "здесь теперь могут стоять другие элементы"],
        why: [
            "A reader passes over elements it does not know, and tells. The struct has a field more for them.",
            "Читатель пропускает незнакомые элементы и сообщает о них. В структуре для них новое поле.",
        ],
    },
    Text {
        rule: "wildcard-removed",
        what: ["no other elements may stand here any more", "здесь больше не могут стоять другие элементы"],
        why: [
            "A strict server refuses them; the field that held them is gone.",
            "Строгий сервер их отвергнет; поля, где они хранились, нет.",
        ],
    },
    Text {
        rule: "wildcard-widened",
        what: ["more elements may stand here than before", "здесь может стоять больше элементов, чем раньше"],
        why: [
            "Nothing that was good is refused; what a reader does not take, it passes over and tells.",
            "Всё прежнее годится; чего читатель не берёт, то пропускает и сообщает об этом.",
        ],
    },
    Text {
        rule: "wildcard-narrowed",
        what: ["fewer elements may stand here than before", "здесь может стоять меньше элементов, чем раньше"],
        why: ["A strict server refuses what it took before.", "Строгий сервер отвергнет то, что раньше принимал."],
    },
];
