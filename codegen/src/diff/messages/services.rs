//! Services, their operations, messages, headers and faults. What is said about them.

use super::Text;

pub(super) static ALL: &[Text] = &[
    Text {
        rule: "service-added",
        what: ["new service `{name}`", "новый сервис `{name}`"],
        why: [
            "A client of its own. The module of operations of the only service there was is called after it as soon as there are several, unless `bindery.lock` keeps the names that were given out.",
            "У него свой клиент. Модуль операций единственного прежде сервиса получает его имя, как только сервисов несколько, если `bindery.lock` не хранит выданные имена.",
        ],
    },
    Text {
        rule: "service-removed",
        what: ["service `{name}` is gone", "сервиса `{name}` больше нет"],
        why: [
            "None of its operations can be called, and its client is not generated.",
            "Его операции нельзя вызвать, клиент не создаётся.",
        ],
    },
    Text {
        rule: "service-renamed",
        what: ["service `{name}` looks renamed", "сервис `{name}`, по-видимому, переименован"],
        why: [
            "The name of a service is not on the wire; the client and its module are named after it.",
            "Имя сервиса не попадает в сообщения, но по нему названы клиент и модуль.",
        ],
    },
    Text {
        rule: "operation-added",
        what: ["new operation `{name}`", "новая операция `{name}`"],
        why: ["A method more; nothing that exists changes.", "Ещё один метод; существующее не меняется."],
    },
    Text {
        rule: "operation-removed",
        what: ["operation `{name}` is gone", "операции `{name}` больше нет"],
        why: [
            "The server does not know the call, and the method is gone.",
            "Сервер не знает этого вызова, метода нет.",
        ],
    },
    Text {
        rule: "operation-renamed",
        what: ["operation `{name}` looks renamed", "операция `{name}`, по-видимому, переименована"],
        why: [
            "The same message goes to an operation of another name. Wrappers, actions and XML-RPC method names are made of it, so the old call may not be understood.",
            "То же сообщение принимает операция с другим именем. От него зависят обёртки, action и имена методов XML-RPC, поэтому старый вызов могут не понять.",
        ],
    },
    Text {
        rule: "effect-changed",
        what: [
            "what calling `{name}` does to the world is said differently",
            "у `{name}` изменилось объявленное действие",
        ],
        why: [
            "The effect decides whether a call may be sent twice and which operation settles an unknown outcome. The same code repeats calls now that it did not repeat, or the other way round.",
            "От него зависит, можно ли отправить вызов дважды и какая операция выясняет неизвестный исход. Тот же код теперь повторяет то, чего раньше не повторял, или наоборот.",
        ],
    },
    Text {
        rule: "operation-became-one-way",
        what: ["operation `{name}` has no reply any more", "операция `{name}` больше не даёт ответа"],
        why: [
            "A client waits for an answer that does not come; the method returns nothing.",
            "Клиент ждёт ответа, которого не будет; метод ничего не возвращает.",
        ],
    },
    Text {
        rule: "operation-became-two-way",
        what: ["operation `{name}` has a reply now", "операция `{name}` теперь даёт ответ"],
        why: [
            "A client that expects none is answered; the method returns a value.",
            "Клиент, который ответа не ждёт, получит его; метод возвращает значение.",
        ],
    },
    Text {
        rule: "encoding-changed",
        what: [
            "operation `{name}` changed between literal and SOAP encoding",
            "операция `{name}` перешла между literal и SOAP-кодированием",
        ],
        why: ["Every value is written differently.", "Все значения записываются иначе."],
    },
    Text {
        rule: "message-element-changed",
        what: ["the message is another element", "сообщение — другой элемент"],
        why: [
            "A server tells calls apart by the element of the body, and a client looks for the element it knows. The request struct is named after it.",
            "По элементу тела сервер различает вызовы, а клиент ищет тот, который знает. По нему же названа структура запроса.",
        ],
    },
    Text {
        rule: "message-nil-changed",
        what: ["whether the message may be nil has changed", "изменилось, может ли сообщение быть nil"],
        why: [
            "A nil message is refused where it is not allowed, and the value is an option in Rust where it is.",
            "nil отвергается там, где он не разрешён, а где разрешён, в Rust значение становится Option.",
        ],
    },
    Text {
        rule: "action-changed",
        what: ["the action of `{name}` is another", "у `{name}` другой action"],
        why: [
            "Servers choose the operation by the action, and WS-Addressing checks it. New bindings send the new one without a change in the code.",
            "По action сервер выбирает операцию, и WS-Addressing его проверяет. Новый клиент шлёт новое значение без изменений в коде.",
        ],
    },
    Text {
        rule: "reply-action-changed",
        what: ["the action of the reply of `{name}` is another", "у ответа `{name}` другой action"],
        why: [
            "A client that checks the action of replies does not expect it.",
            "Клиент, который проверяет action ответа, его не ждёт.",
        ],
    },
    Text {
        rule: "path-changed",
        what: ["`{name}` is reached by another path", "`{name}` вызывается по другому пути"],
        why: [
            "The old address of the operation is not the contract's any more.",
            "Прежнего адреса операции в контракте больше нет.",
        ],
    },
    Text {
        rule: "http-method-changed",
        what: ["`{name}` is called by another HTTP method", "`{name}` вызывается другим методом HTTP"],
        why: [
            "A server refuses the method it does not expect; proxies cache and repeat GET but not POST.",
            "Сервер откажет на неожиданный метод; прокси кешируют и повторяют GET, но не POST.",
        ],
    },
    Text {
        rule: "result-shape-changed",
        what: ["the result of `{name}` has another shape", "у результата `{name}` другая форма"],
        why: [
            "The XML-RPC result is an item, a list of rows or a status; read as another of these it makes no sense.",
            "Результат XML-RPC — значение, список строк или статус; прочитанный как другое, он не имеет смысла.",
        ],
    },
    Text {
        rule: "route-added",
        what: ["`{name}` is offered on one more binding", "`{name}` доступна ещё по одной привязке"],
        why: ["A way more to call it.", "Ещё один способ вызова."],
    },
    Text {
        rule: "route-removed",
        what: ["`{name}` is not offered on a binding any more", "`{name}` больше не доступна по одной из привязок"],
        why: [
            "Calls over that binding fail: at the old server's successor, and at run time with new bindings, which compile.",
            "Вызовы по ней не пройдут: у сервера, а с новым клиентом — во время работы, хотя он скомпилируется.",
        ],
    },
    Text {
        rule: "reply-rule-changed",
        what: [
            "what counts as a refusal in a reply of `{name}` has changed",
            "изменилось, что в ответе `{name}` считается отказом",
        ],
        why: [
            "The bytes are the same, but what is a result and what an error is decided differently, and the method returns another type.",
            "Байты те же, но иначе решается, что результат, а что ошибка; метод возвращает другой тип.",
        ],
    },
    Text {
        rule: "error-table-changed",
        what: ["`{name}` refuses with codes of another table", "у `{name}` коды отказов из другой таблицы"],
        why: ["The type of the codes in errors is another.", "Тип кодов в ошибках другой."],
    },
    Text {
        rule: "raises-added",
        what: ["`{name}` may refuse with more codes than before", "`{name}` может отказать и с другими кодами"],
        why: [
            "A refusal that callers have not met from this operation.",
            "Отказ, которого от этой операции раньше не бывало.",
        ],
    },
    Text {
        rule: "raises-removed",
        what: [
            "`{name}` is documented to refuse with fewer codes",
            "`{name}` по документации отказывает с меньшим числом кодов",
        ],
        why: [
            "Callers may handle a code that does not come any more.",
            "Код, который обрабатывает вызывающий, больше не придёт.",
        ],
    },
    Text {
        rule: "error-code-changed",
        what: ["error code {name} is described differently", "код ошибки {name} описан иначе"],
        why: [
            "Whether a code may be retried, and whether nothing was done, decides what errors answer to `is_retryable()` and `outcome()`.",
            "Можно ли повторить и было ли что-то сделано — от этого зависят `is_retryable()` и `outcome()`.",
        ],
    },
    Text {
        rule: "header-added-required",
        what: ["new required header `{name}`", "новый обязательный заголовок `{name}`"],
        why: [
            "A call without the header is refused; code that does not set it compiles and fails.",
            "Вызов без заголовка отвергается; код, который его не задаёт, компилируется, но не работает.",
        ],
    },
    Text {
        rule: "header-added-optional",
        what: ["new optional header `{name}`", "новый необязательный заголовок `{name}`"],
        why: ["Calls without it are as good as before.", "Вызовы без него работают как раньше."],
    },
    Text {
        rule: "header-removed",
        what: ["header `{name}` is gone", "заголовка `{name}` больше нет"],
        why: [
            "A server may refuse a header it does not declare; the setter is gone.",
            "Сервер может отвергнуть незнакомый заголовок; метода для него нет.",
        ],
    },
    Text {
        rule: "header-became-required",
        what: ["header `{name}` is required now", "заголовок `{name}` стал обязательным"],
        why: [
            "A call without the header is refused; code that does not set it compiles and fails.",
            "Вызов без заголовка отвергается; код, который его не задаёт, компилируется, но не работает.",
        ],
    },
    Text {
        rule: "header-became-optional",
        what: ["header `{name}` may be left out now", "заголовок `{name}` стал необязательным"],
        why: ["Who sends it may go on.", "Кто его передаёт, может продолжать."],
    },
    Text {
        rule: "reply-header-added",
        what: ["new header `{name}` of replies", "новый заголовок ответа `{name}`"],
        why: [
            "A client that does not know the header keeps it as it came, unless the server says that it must be understood. The struct of reply headers has a field more, or begins to exist for the operation.",
            "Клиент, не знающий заголовка, хранит его как есть, если сервер не требует его понимать. В структуре заголовков ответа на поле больше, или у операции она появляется.",
        ],
    },
    Text {
        rule: "reply-header-removed",
        what: ["header `{name}` of replies is gone", "заголовка ответа `{name}` больше нет"],
        why: [
            "Headers of replies may always be missing, so old clients read on, without what it said. Its field is gone, or that of an operation is `None` from now on.",
            "Заголовок ответа всегда может отсутствовать, поэтому старый клиент читает дальше, но без этих сведений. Поля нет, или у операции в нём теперь всегда `None`.",
        ],
    },
    Text {
        rule: "fault-added",
        what: ["new fault `{name}`", "новая SOAP-ошибка `{name}`"],
        why: [
            "A client that does not know the detail still gets the fault. The enum of details has a variant more, or begins to exist.",
            "Клиент, не знающий её деталей, всё равно получит ошибку. В перечислении деталей на вариант больше, или оно появляется.",
        ],
    },
    Text {
        rule: "fault-removed",
        what: ["fault `{name}` is gone", "SOAP-ошибки `{name}` больше нет"],
        why: [
            "The enum of details has a variant less, or is gone.",
            "В перечислении деталей на вариант меньше, или его нет.",
        ],
    },
    Text {
        rule: "fault-element-changed",
        what: ["fault `{name}` has another detail", "у SOAP-ошибки `{name}` другие детали"],
        why: [
            "The old detail is looked for and not found: what the fault says is not decoded.",
            "Прежние детали ищутся и не находятся: содержание ошибки не читается.",
        ],
    },
];
