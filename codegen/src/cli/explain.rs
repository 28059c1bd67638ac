//! `bindery explain`

use std::process::ExitCode;

use bindery_codegen::codes;
use bindery_codegen::diagnostic::did_you_mean;
use bindery_codegen::diff::{Language, Rule, Says, messages, rules};

pub(super) fn run(code: Option<&str>) -> ExitCode {
    let Some(code) = code else {
        for entry in codes::all() {
            say!("{}  {}", entry.code, entry.title);
        }
        say!("\nRules of `bindery diff`:");
        for rule in rules::all() {
            say!("{}", rule.id);
        }
        return ExitCode::SUCCESS;
    };
    if let Some(rule) = rules::find(&code.to_lowercase()) {
        explain_rule(rule);
        return ExitCode::SUCCESS;
    }
    let wanted = code.to_uppercase();
    match codes::all().find(|entry| entry.code == wanted) {
        Some(entry) => {
            say!("{}: {}\n\n{}", entry.code, entry.title, entry.text);
            ExitCode::SUCCESS
        }
        None => {
            let near = did_you_mean(&wanted, codes::all().map(|entry| entry.code))
                .or_else(|| did_you_mean(&code.to_lowercase(), rules::all().map(|rule| rule.id)));
            let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            eprintln!("error: no diagnostic and no rule of `bindery diff` is called `{code}`{hint}");
            ExitCode::from(2)
        }
    }
}

fn explain_rule(rule: &'static Rule) {
    let word = |says: Says| match says {
        Says::Safe => "safe",
        Says::Breaking => "breaking",
        Says::Depends => "depends on the case; breaking where that cannot be told",
    };
    let title = messages::what(rule, Language::English).replace("`{name}`", "…").replace("{name}", "…");
    say!("{}: {title}\n\n{}\n", rule.id, messages::why(rule, Language::English));
    say!("request:   {}", word(rule.request));
    say!("response:  {}", word(rule.response));
    say!("source:    {}", word(rule.source));
    say!("behaviour: {}", word(rule.behaviour));
}
