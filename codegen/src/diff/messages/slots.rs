//! Positional layouts of XML-RPC. What is said about them.

use super::Text;

pub(super) static ALL: &[Text] = &[
    Text {
        rule: "slot-added-last",
        what: ["new slot `{name}` at the end", "новое значение `{name}` в конце"],
        why: [
            "The array is longer. A reader that keeps surplus slots reads on; a server may refuse an array that is too short.",
            "Массив длиннее. Читатель, который хранит лишние значения, прочтёт его; сервер может отвергнуть слишком короткий массив.",
        ],
    },
    Text {
        rule: "slot-added-inside",
        what: ["new slot `{name}` in the middle", "новое значение `{name}` в середине"],
        why: [
            "Every slot behind it has another position: values are taken for one another, often without an error.",
            "Позиции всех следующих значений сдвинулись: одно принимается за другое, часто без ошибки.",
        ],
    },
    Text {
        rule: "slot-removed",
        what: ["slot `{name}` is gone", "значения `{name}` больше нет"],
        why: [
            "Every slot behind it has another position: values are taken for one another, often without an error.",
            "Позиции всех следующих значений сдвинулись: одно принимается за другое, часто без ошибки.",
        ],
    },
    Text {
        rule: "slots-reordered",
        what: ["the slots are in another order", "значения идут в другом порядке"],
        why: [
            "Positions are all there is to tell slots apart: values are taken for one another, often without an error.",
            "Значения различаются только позицией: одно принимается за другое, часто без ошибки.",
        ],
    },
    Text {
        rule: "counter-changed",
        what: ["`{name}` is counted differently", "`{name}` считается иначе"],
        why: [
            "The counter in front of a group tells where the next one begins. Counted differently, everything behind it is read from the wrong place.",
            "Счётчик перед группой говорит, где начинается следующая. При другом счёте всё остальное читается не с того места.",
        ],
    },
    Text {
        rule: "tail-became-optional",
        what: ["`{name}` may be left out at the end now", "`{name}` в конце теперь можно опустить"],
        why: ["A reader made from the old contract misses it.", "Клиенту по старому контракту его не хватит."],
    },
    Text {
        rule: "tail-became-required",
        what: ["`{name}` may not be left out at the end any more", "`{name}` в конце больше нельзя опустить"],
        why: ["A client may still leave it out.", "Клиент всё ещё может его опустить."],
    },
    Text {
        rule: "none-text-changed",
        what: ["what stands for none in `{name}` has changed", "изменилось, как в `{name}` записано отсутствие"],
        why: [
            "The other side takes the old text for a value, or the new one.",
            "Другая сторона примет прежний или новый текст за значение.",
        ],
    },
    Text {
        rule: "surplus-slots-changed",
        what: ["whether the array may grow has changed", "изменилось, может ли массив расти"],
        why: [
            "Surplus slots are kept in a field of their own, or there is no such field.",
            "Лишние значения хранятся в отдельном поле, или такого поля нет.",
        ],
    },
];
