//! What the contract says to people. What is said about them.

use super::Text;

pub(super) static ALL: &[Text] = &[Text {
    rule: "documentation-changed",
    what: ["the documentation is another", "изменилась документация"],
    why: [
        "Nothing that machines see. Vendors sometimes say only here that something is deprecated or means something else: worth reading.",
        "Машины этого не видят. Иногда поставщики только здесь говорят, что нечто устарело или значит другое: стоит прочесть.",
    ],
}];
