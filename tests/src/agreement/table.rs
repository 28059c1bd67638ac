//! How often the diff agrees with what happens.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::run::{Answer, QUESTIONS, Row, Truth};

/// What one answer counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Said to be safe, and it is.
    TrueSafe,
    /// Said to break, and it does.
    TrueBreak,
    /// Said to break, and nothing was found that does.
    FalseBreak,
    /// Said to be safe, and it breaks: a mistake.
    FalseSafe,
    /// Nobody can tell.
    Unknown,
}

impl Class {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::TrueSafe, Self::TrueBreak, Self::FalseBreak, Self::FalseSafe, Self::Unknown];

    /// For tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::TrueSafe => "true safe",
            Self::TrueBreak => "true break",
            Self::FalseBreak => "false break",
            Self::FalseSafe => "FALSE SAFE",
            Self::Unknown => "unknown",
        }
    }

    /// The class of an answer.
    pub fn of(answer: &Answer) -> Self {
        match (&answer.truth, answer.safe) {
            (Truth::Works, true) => Self::TrueSafe,
            (Truth::Breaks(_), false) => Self::TrueBreak,
            (Truth::Works, false) => Self::FalseBreak,
            (Truth::Breaks(_), true) => Self::FalseSafe,
            (Truth::Unknown(_), _) => Self::Unknown,
        }
    }
}

type Counts = BTreeMap<Class, usize>;

/// Rows by a key, and counts of all answers; the three questions in turn.
fn counts<'r>(rows: &'r [Row], keys: impl Fn(&'r Row, usize) -> Vec<&'r str>) -> BTreeMap<&'r str, [Counts; 3]> {
    let mut out: BTreeMap<&str, [Counts; 3]> = BTreeMap::new();
    for row in rows {
        for (index, answer) in row.answers.iter().enumerate() {
            for key in keys(row, index) {
                *out.entry(key).or_default()[index].entry(Class::of(answer)).or_default() += 1;
            }
        }
    }
    out
}

/// The tables as Markdown: all, by operator, by rule.
pub fn markdown(rows: &[Row]) -> String {
    let mut out = String::new();
    let head = |first: &str| {
        let names: Vec<&str> = Class::ALL.iter().map(|class| class.name()).collect();
        format!("| {first} | {} |\n|---|{}\n", names.join(" | "), "--:|".repeat(names.len()))
    };
    let cells = |counts: &Counts| {
        let cell = |class: &Class| counts.get(class).map_or_else(|| "–".to_owned(), usize::to_string);
        Class::ALL.iter().map(cell).collect::<Vec<_>>().join(" | ")
    };
    let _ = writeln!(out, "{} mutations\n\n{}", rows.len(), head("question").trim_end());
    if let Some(all) = counts(rows, |_, _| vec!["all"]).get("all") {
        for (question, counts) in QUESTIONS.iter().zip(all) {
            let _ = writeln!(out, "| {question} | {} |", cells(counts));
        }
    }
    let sum = |counts: &[Counts; 3]| {
        let mut all = Counts::new();
        for (class, count) in counts.iter().flatten() {
            *all.entry(*class).or_default() += count;
        }
        all
    };
    let _ = writeln!(out, "\n{}", head("operator").trim_end());
    for (operator, counts) in counts(rows, |row, _| vec![row.operator]) {
        let _ = writeln!(out, "| {operator} | {} |", cells(&sum(&counts)));
    }
    let _ = writeln!(out, "\n{}", head("rule").trim_end());
    for (rule, counts) in counts(rows, |row, _| row.rules.clone()) {
        let _ = writeln!(out, "| {rule} | {} |", cells(&sum(&counts)));
    }
    out
}

/// A line for each answer: for programs.
pub fn tsv(rows: &[Row]) -> String {
    let mut out = String::from("id\tquestion\tclass\tblamed\trules\twhat\twhy\n");
    for row in rows {
        for (question, answer) in QUESTIONS.iter().zip(&row.answers) {
            let why = match &answer.truth {
                Truth::Works => "",
                Truth::Breaks(why) | Truth::Unknown(why) => why,
            };
            let line = [
                row.id.clone(),
                (*question).to_owned(),
                Class::of(answer).name().to_owned(),
                answer.blamed.join(" "),
                row.rules.join(" "),
                row.what.clone(),
                why.to_owned(),
            ];
            let clean: Vec<String> = line.iter().map(|field| field.replace(['\t', '\n', '\r'], " ")).collect();
            let _ = writeln!(out, "{}", clean.join("\t"));
        }
    }
    out
}

/// Answers of one class, for people.
pub fn list(rows: &[Row], class: Class) -> String {
    let mut out = String::new();
    for row in rows {
        for (question, answer) in QUESTIONS.iter().zip(&row.answers) {
            if Class::of(answer) == class {
                let why = match &answer.truth {
                    Truth::Works => "",
                    Truth::Breaks(why) | Truth::Unknown(why) => why,
                };
                let blamed = answer.blamed.join(" ");
                let _ = writeln!(
                    out,
                    "{} {question}: {}\n    rules {:?}, blamed {blamed:?}\n    {why}",
                    row.id, row.what, row.rules
                );
            }
        }
    }
    out
}
