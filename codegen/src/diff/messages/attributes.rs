//! Attributes. What is said about them.

use super::Text;

pub(super) static ALL: &[Text] = &[
    Text {
        rule: "attribute-added-required",
        what: ["new required attribute `{name}`", "новый обязательный атрибут `{name}`"],
        why: [
            "A strict server refuses an element without it. A reader passes over an attribute it does not know, and tells. Struct literals have to name the new field.",
            "Строгий сервер отвергнет элемент без него. Читатель пропускает незнакомый атрибут и сообщает о нём. В литералах структуры нужно назвать новое поле.",
        ],
    },
    Text {
        rule: "attribute-added-optional",
        what: ["new optional attribute `{name}`", "новый необязательный атрибут `{name}`"],
        why: [
            "Requests without it are as good as before, and a reader passes over an attribute it does not know, and tells. Struct literals have to name the new field.",
            "Запросы без него годятся как раньше, а читатель пропускает незнакомый атрибут и сообщает о нём. В литералах структуры нужно назвать новое поле.",
        ],
    },
    Text {
        rule: "attribute-removed-required",
        what: ["required attribute `{name}` is gone", "обязательного атрибута `{name}` больше нет"],
        why: [
            "A client sends it still, and misses it in every answer.",
            "Клиент всё ещё передаёт его, а в ответе не находит.",
        ],
    },
    Text {
        rule: "attribute-removed-optional",
        what: ["optional attribute `{name}` is gone", "необязательного атрибута `{name}` больше нет"],
        why: [
            "A strict server refuses what it does not know. A reader does without it: the value stops coming, without an error.",
            "Строгий сервер отвергает незнакомое. Читатель обходится без него: значение перестаёт приходить, и без ошибки.",
        ],
    },
    Text {
        rule: "attribute-became-optional",
        what: ["attribute `{name}` may be left out now", "атрибут `{name}` стал необязательным"],
        why: [
            "A reader made from the old contract refuses an element without it. `T` becomes `Option<T>`.",
            "Клиент по старому контракту не примет элемента без него. `T` становится `Option<T>`.",
        ],
    },
    Text {
        rule: "attribute-became-required",
        what: ["attribute `{name}` is required now", "атрибут `{name}` стал обязательным"],
        why: [
            "A strict server refuses an element without it. `Option<T>` becomes `T`.",
            "Строгий сервер отвергнет элемент без него. `Option<T>` становится `T`.",
        ],
    },
    Text {
        rule: "any-attribute-added",
        what: ["other attributes may be given now", "теперь можно указать другие атрибуты"],
        why: [
            "A reader passes over attributes it does not know, and tells. The struct has a field more for them.",
            "Читатель пропускает незнакомые атрибуты и сообщает о них. В структуре для них новое поле.",
        ],
    },
    Text {
        rule: "any-attribute-removed",
        what: ["no other attributes may be given any more", "больше нельзя указать другие атрибуты"],
        why: [
            "A strict server refuses them; the field that held them is gone.",
            "Строгий сервер их отвергнет; поля, где они хранились, нет.",
        ],
    },
    Text {
        rule: "any-attribute-changed",
        what: ["other attributes may be given than before", "можно указать не те атрибуты, что раньше"],
        why: [
            "A strict server may refuse what it took before.",
            "Строгий сервер может отвергнуть то, что раньше принимал.",
        ],
    },
];
