//! The contract as a whole: namespaces, and which Rust names come out of it. What is said about them.

use super::Text;

pub(super) static ALL: &[Text] = &[
    Text {
        rule: "contract-kind-changed",
        what: ["the contract is of another kind", "контракт другого рода"],
        why: [
            "A hand-written contract and a published schema treat nil, absence and empty lists differently, so that no member keeps its meaning for certain.",
            "Контракт, написанный вручную, и опубликованная схема по-разному понимают nil, отсутствие и пустые списки, поэтому ни за одно поле нельзя поручиться.",
        ],
    },
    Text {
        rule: "namespace-changed",
        what: ["the namespace was renamed", "пространство имён переименовано"],
        why: [
            "Names on the wire carry the namespace: a server does not know the old ones, and a client finds none of its members in an answer. Rust modules are named after namespaces. What is in the namespace is compared as if it had kept its name.",
            "Имена в сообщениях включают пространство имён: сервер не узнает старых имён, а клиент не найдёт в ответе своих полей. Модули Rust называются по пространствам имён. Содержимое сравнивается так, как если бы имя не менялось.",
        ],
    },
    Text {
        rule: "namespace-added",
        what: ["the contract has a new namespace, `{name}`", "в контракте новое пространство имён `{name}`"],
        why: [
            "A new namespace harms nobody by itself. It breaks source when the names of modules, which are made to tell namespaces apart, have to change for it.",
            "Само по себе новое пространство имён никому не мешает. Исходный код ломается, если из-за него меняются имена модулей, которые различают пространства имён.",
        ],
    },
    Text {
        rule: "namespace-removed",
        what: ["the namespace `{name}` is gone", "пространства имён `{name}` больше нет"],
        why: [
            "Its types are reported one by one. The Rust module that was named after it is gone with it.",
            "О его типах сказано отдельно. Вместе с ним исчезает модуль Rust с его именем.",
        ],
    },
    Text {
        rule: "modules-split",
        what: ["types move to other Rust modules", "типы переезжают в другие модули Rust"],
        why: [
            "Types of one namespace stand at the top of the generated file; as soon as there are several namespaces with types, each has a module. Every path to a type changes, unless `bindery.lock` keeps the names that were given out.",
            "Типы единственного пространства имён лежат в корне файла; когда пространств имён с типами несколько, у каждого свой модуль. Меняются все пути к типам, если `bindery.lock` не хранит выданные имена.",
        ],
    },
    Text {
        rule: "name-collision",
        what: [
            "a Rust name may change: `{name}` is not the only one of its spelling any more, or has become so",
            "имя в Rust может измениться: `{name}` больше не единственное (или стало единственным) с таким написанием",
        ],
        why: [
            "Names that fall together in Rust are told apart by a suffix. Where one of them comes or goes, another may get another name; `bindery.lock` keeps names that were given out.",
            "Имена, которые в Rust совпали бы, различаются суффиксом. Когда одно из них появляется или исчезает, другое может называться иначе; выданные имена хранит `bindery.lock`.",
        ],
    },
    Text {
        rule: "type-added",
        what: ["new type `{name}`", "новый тип `{name}`"],
        why: [
            "Nothing that exists refers to it yet; where something does, that is reported there.",
            "Пока на него ничто не ссылается; если ссылается, об этом сказано в своём месте.",
        ],
    },
    Text {
        rule: "type-removed",
        what: ["type `{name}` is gone", "типа `{name}` больше нет"],
        why: [
            "Code that names the type does not compile. What was on the wire is reported where the type was used.",
            "Код, в котором назван этот тип, не скомпилируется. Что изменилось в сообщениях, сказано там, где тип использовался.",
        ],
    },
    Text {
        rule: "type-renamed",
        what: ["type `{name}` looks renamed", "тип `{name}`, по-видимому, переименован"],
        why: [
            "One type is gone and a new one has the same members, so they are compared as one. Names of types are on the wire only in `xsi:type` and in SOAP encoding; where they can be, this breaks the wire.",
            "Один тип исчез, а у нового те же поля, поэтому они сравниваются как один. Имена типов попадают в сообщения только в `xsi:type` и при SOAP-кодировании; где это возможно, обмен ломается.",
        ],
    },
    Text {
        rule: "element-added",
        what: ["new global element `{name}`", "новый глобальный элемент `{name}`"],
        why: ["A document or message that did not exist before.", "Документ или сообщение, которых раньше не было."],
    },
    Text {
        rule: "element-removed",
        what: ["global element `{name}` is gone", "глобального элемента `{name}` больше нет"],
        why: [
            "Documents with this root, and open content that holds it, are not part of the contract any more.",
            "Документы с этим корнем и произвольное содержимое с этим элементом больше не описаны контрактом.",
        ],
    },
    Text {
        rule: "element-nil-allowed",
        what: ["element `{name}` may be nil", "элемент `{name}` может быть nil"],
        why: [
            "A reader made from the old contract refuses `xsi:nil` where it was not allowed. In Rust the value becomes an option.",
            "Клиент по старому контракту не примет `xsi:nil` там, где его не могло быть. В Rust значение становится Option.",
        ],
    },
    Text {
        rule: "element-nil-forbidden",
        what: ["element `{name}` may not be nil any more", "элемент `{name}` больше не может быть nil"],
        why: [
            "A strict server refuses `xsi:nil` that a client may still send. In Rust the option becomes a value.",
            "Строгий сервер откажет на `xsi:nil`, который клиент может прислать. В Rust Option становится значением.",
        ],
    },
    Text {
        rule: "element-became-abstract",
        what: ["element `{name}` is abstract now", "элемент `{name}` стал абстрактным"],
        why: [
            "It may not be sent itself any more, only an element of its substitution group.",
            "Его самого больше нельзя передавать, только элементы его группы подстановки.",
        ],
    },
    Text {
        rule: "element-no-longer-abstract",
        what: ["element `{name}` is not abstract any more", "элемент `{name}` больше не абстрактный"],
        why: [
            "It may come itself, which a client made from the old contract does not expect.",
            "Он может прийти сам, чего клиент по старому контракту не ждёт.",
        ],
    },
    Text {
        rule: "element-substitute-added",
        what: ["`{name}` may stand in for another element", "`{name}` может стоять вместо другого элемента"],
        why: [
            "A reader keeps elements it does not list where it knows a substitution group; where there was none, it does not find the element it expects. The Rust enum has a variant more.",
            "Если группа подстановки уже была, неизвестный элемент сохраняется; если её не было, клиент не найдёт ожидаемого элемента. В перечислении Rust на один вариант больше.",
        ],
    },
    Text {
        rule: "element-substitute-removed",
        what: [
            "`{name}` may not stand in for another element any more",
            "`{name}` больше не может стоять вместо другого элемента",
        ],
        why: [
            "A client may still send it. The Rust enum has a variant less.",
            "Клиент всё ещё может его прислать. В перечислении Rust на один вариант меньше.",
        ],
    },
];
