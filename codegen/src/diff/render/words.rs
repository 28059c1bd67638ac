//! The words of reports around the rules' sentences. Numbers stand behind a colon, so that no language needs plural forms.

use crate::diff::{Finding, Language, OwnerKind};

/// The words of one language.
pub(super) struct Words {
    pub(super) changes: &'static str,
    pub(super) breaks_wire: &'static str,
    pub(super) breaks_source: &'static str,
    pub(super) changes_behaviour: &'static str,
    pub(super) ignored: &'static str,
    pub(super) nothing: &'static str,
    pub(super) breaks: &'static str,
    pub(super) breaks_nothing: &'static str,
    pub(super) requests: &'static str,
    pub(super) responses: &'static str,
    pub(super) faults: &'static str,
    pub(super) headers: &'static str,
    pub(super) reply_headers: &'static str,
    pub(super) source: &'static str,
    pub(super) behaviour: &'static str,
    pub(super) sections: [&'static str; 4],
    pub(super) likewise: &'static str,
    pub(super) also_in: &'static str,
    pub(super) and_more: &'static str,
    pub(super) old: &'static str,
    pub(super) new: &'static str,
    pub(super) owners: [&'static str; 7],
    /// Rules whose findings are listed together: their id and the heading.
    pub(super) lists: [(&'static str, &'static str); 7],
}

static ENGLISH: Words = Words {
    changes: "Changes",
    breaks_wire: "break the wire",
    breaks_source: "break source",
    changes_behaviour: "change behaviour",
    ignored: "ignored",
    nothing: "No changes.",
    breaks: "breaks",
    breaks_nothing: "breaks nothing",
    requests: "requests",
    responses: "replies",
    faults: "faults",
    headers: "headers",
    reply_headers: "headers of replies",
    source: "source",
    behaviour: "behaviour",
    sections: ["Breaks the wire", "Breaks source", "Changes behaviour", "Breaks nothing"],
    likewise: "likewise",
    also_in: "the same in",
    and_more: "more",
    old: "old",
    new: "new",
    owners: ["contract", "service", "binding", "operation", "element", "type", "error table"],
    lists: [
        ("service-added", "New services"),
        ("operation-added", "New operations"),
        ("type-added", "New types"),
        ("element-added", "New elements"),
        ("type-removed", "Types that are gone (code that names them does not compile)"),
        ("namespace-added", "New namespaces"),
        ("documentation-changed", "Documentation is another"),
    ],
};

static RUSSIAN: Words = Words {
    changes: "Изменений",
    breaks_wire: "ломают обмен",
    breaks_source: "ломают исходный код",
    changes_behaviour: "меняют поведение",
    ignored: "пропущено",
    nothing: "Изменений нет.",
    breaks: "ломает",
    breaks_nothing: "ничего не ломает",
    requests: "запросы",
    responses: "ответы",
    faults: "SOAP-ошибки",
    headers: "заголовки",
    reply_headers: "заголовки ответов",
    source: "исходный код",
    behaviour: "поведение",
    sections: ["Ломает обмен", "Ломает исходный код", "Меняет поведение", "Ничего не ломает"],
    likewise: "так же",
    also_in: "то же самое",
    and_more: "ещё",
    old: "было",
    new: "стало",
    owners: ["контракт", "сервис", "привязка", "операция", "элемент", "тип", "таблица ошибок"],
    lists: [
        ("service-added", "Новые сервисы"),
        ("operation-added", "Новые операции"),
        ("type-added", "Новые типы"),
        ("element-added", "Новые элементы"),
        ("type-removed", "Исчезнувшие типы (код, где они названы, не скомпилируется)"),
        ("namespace-added", "Новые пространства имён"),
        ("documentation-changed", "Изменилась документация"),
    ],
};

pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Russian => &RUSSIAN,
    }
}

impl Words {
    pub(super) fn owner(&self, kind: OwnerKind) -> &'static str {
        self.owners[kind as usize]
    }

    /// In which messages: `requests, replies`.
    pub(super) fn directions(&self, finding: &Finding) -> String {
        let word = |word: &str| match word {
            "request" => self.requests,
            "response" => self.responses,
            "fault" => self.faults,
            "reply-header" => self.reply_headers,
            _ => self.headers,
        };
        finding.directions.words().map(word).collect::<Vec<_>>().join(", ")
    }

    /// What breaks: `breaks: requests, source`.
    pub(super) fn verdicts(&self, finding: &Finding) -> String {
        let verdicts = &finding.verdicts;
        let parts = [
            (verdicts.request, self.requests),
            (verdicts.response, self.responses),
            (verdicts.source, self.source),
            (verdicts.behaviour, self.behaviour),
        ];
        let broken: Vec<&str> =
            parts.into_iter().filter(|(verdict, _)| !verdict.is_safe()).map(|(_, word)| word).collect();
        if broken.is_empty() {
            self.breaks_nothing.to_owned()
        } else {
            format!("{}: {}", self.breaks, broken.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::rules;

    #[test]
    fn both_languages_list_the_same_rules_and_those_exist() {
        for ((english, _), (russian, _)) in ENGLISH.lists.iter().zip(RUSSIAN.lists) {
            assert_eq!(*english, russian);
            assert!(rules::find(english).is_some(), "{english}");
        }
    }
}
