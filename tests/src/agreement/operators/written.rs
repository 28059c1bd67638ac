//! Hand-written contracts: changes of their text, line by line.

use crate::agreement::edit::{Change, Edit};
use crate::agreement::random::Random;

type Apply = fn(&str, &mut Random) -> Option<Change>;

pub(super) const ALL: &[(&str, Apply)] = &[
    ("written-member-added-optional", |text, random| member_added(text, random, "    AddedNote: Option<String>,\n")),
    ("written-member-added-required", |text, random| member_added(text, random, "    AddedNote: String,\n")),
    ("written-member-removed", member_removed),
    ("written-member-renamed", member_renamed),
    ("written-member-optional", |text, random| {
        member_type(text, random, |ty| {
            (!ty.starts_with("Option<") && !ty.starts_with("Vec<")).then(|| format!("Option<{ty}>"))
        })
    }),
    ("written-member-required", |text, random| {
        member_type(text, random, |ty| Some(ty.strip_prefix("Option<")?.strip_suffix('>')?.to_owned()))
    }),
    ("written-member-widened", |text, random| replaced_type(text, random, "i32", "i64")),
    ("written-member-to-string", |text, random| replaced_type(text, random, "i32", "String")),
    ("written-member-to-number", |text, random| replaced_type(text, random, "String", "i32")),
    ("written-member-repeated", |text, random| {
        member_type(text, random, |ty| (ty == "String").then(|| "Vec<String>".to_owned()))
    }),
    ("written-members-reordered", members_reordered),
    ("written-value-added", value_added),
    ("written-value-removed", value_removed),
    ("written-value-renamed", value_renamed),
    ("written-value-renumbered", value_renumbered),
    ("written-enum-closed", |text, random| line(text, random, "#[open]", "#[closed]")),
    ("written-effect-changed", |text, random| line(text, random, "    #[effectful]", "    #[read]")),
    ("written-effect-lost", |text, random| line(text, random, "    #[read]", "    #[effectful]")),
    ("written-secret-lost", |text, random| line(text, random, "    #[secret]\n", "")),
    ("written-retry-changed", |text, random| line(text, random, "    #[retry]\n", "")),
    ("written-not-executed-changed", |text, random| line(text, random, "    #[not_executed]\n", "")),
    ("written-raises-changed", |text, random| line(text, random, "    #[raises(30, ", "    #[raises(")),
    ("written-counter-changed", |text, random| line(text, random, "#[count(entries)]", "#[count(values)]")),
    ("written-counter-removed", |text, random| line(text, random, "    #[count(entries)]\n", "")),
    ("written-trailing-lost", |text, random| line(text, random, "    #[trailing]\n", "")),
    ("written-max-changed", |text, random| line(text, random, "#[max(40)]", "#[max(20)]")),
    ("written-more-lost", |text, random| line(text, random, "#[slots(more)]", "#[slots]")),
    ("written-separator-changed", |text, random| line(text, random, "{Name}={Value}", "{Name}:{Value}")),
    ("written-none-changed", |text, random| line(text, random, "#[none(-1)]", "#[none(0)]")),
    ("written-unchecked-lost", |text, random| line(text, random, "#[unchecked]\n", "")),
    ("written-absent-changed", |text, random| line(text, random, "#[absent(empty)]", "#[absent(nil)]")),
    ("written-operation-removed", operation_removed),
    ("written-operation-renamed", operation_renamed),
    ("written-parameter-renamed", |text, random| line(text, random, "orderNumber: String", "orderId: String")),
    ("written-parameter-added", |text, random| {
        line(text, random, "orderNumber: String", "orderNumber: String, addedFlag: bool")
    }),
    ("written-result-changed", |text, random| line(text, random, "#[result(message)]", "#[result(item)]")),
    ("written-get-lost", |text, random| line(text, random, "    #[get]\n", "")),
    ("written-namespace-changed", |text, random| {
        line(text, random, "http://tempuri.org/\";", "http://tempuri.org/v2/\";")
    }),
    ("written-types-namespace-changed", |text, random| {
        line(text, random, "Contracts.Responses\"", "Contracts.Answers\"")
    }),
    ("written-action-changed", |text, random| line(text, random, "IB2BServiceV2/{op}", "IB2BServiceV3/{op}")),
    ("written-path-changed", |text, random| line(text, random, "path = \"/{op}\"", "path = \"/v2/{op}\"")),
    ("written-endpoint-changed", |text, random| line(text, random, "https://sandbox.mont.ru", "https://api.mont.ru")),
    ("written-version-changed", |text, random| line(text, random, "version = \"1.2\"", "version = \"1.1\"")),
    ("written-addressing-lost", |text, random| line(text, random, "    addressing = \"2005/08\",\n", "")),
    ("written-security-changed", |text, random| line(text, random, "username_token(text)", "username_token(digest)")),
    ("written-basic-lost", |text, random| line(text, random, ",\n    auth = basic", "")),
    ("written-method-changed", |text, random| line(text, random, "method = \"Execute\"", "method = \"Run\"")),
    ("written-server-changed", |text, random| line(text, random, "server = \"BM\"", "server = \"BM2\"")),
    ("written-documentation-changed", |text, random| line(text, random, "    /// ", "    /// Now: ")),
];

/// One of the places where a piece of text stands gets another.
fn line(text: &str, random: &mut Random, from: &str, to: &str) -> Option<Change> {
    let places: Vec<usize> = text.match_indices(from).map(|(at, _)| at).collect();
    let at = *random.pick(&places)?;
    let number = text[..at].matches('\n').count() + 1;
    let what = format!("line {number}: `{}` becomes `{}`", from.trim(), to.trim());
    Some(Change { edits: vec![Edit::replace(at..at + from.len(), to)], what })
}

/// A member's line, its name and type.
struct Member<'t> {
    owner: &'t str,
    /// Where its line starts, attributes and documentation included.
    start: usize,
    /// Where its own line starts.
    line: usize,
    end: usize,
    name: &'t str,
    ty: &'t str,
}

/// Members of structs (`Name: Type,`), in the order of the file.
fn members(text: &str) -> Vec<Member<'_>> {
    let mut found = Vec::new();
    let (mut at, mut owner, mut start) = (0, None, None);
    for piece in text.split_inclusive('\n') {
        let line = piece.trim_end();
        if let Some(rest) = line.strip_prefix("struct ") {
            owner = rest.ends_with('{').then(|| rest.trim_end_matches(" {"));
            start = None;
        } else if line == "}" {
            owner = None;
        } else if let Some(owner) = owner {
            let inner = line.trim_start();
            let begin = *start.get_or_insert(at);
            if !inner.starts_with("//") && !inner.starts_with('#') {
                if let Some((name, ty)) = inner.strip_suffix(',').and_then(|member| member.split_once(": ")) {
                    found.push(Member { owner, start: begin, line: at, end: at + piece.len(), name, ty });
                }
                start = None;
            }
        }
        at += piece.len();
    }
    found
}

fn member<'t>(text: &'t str, random: &mut Random, wanted: impl Fn(&Member<'_>) -> bool) -> Option<Member<'t>> {
    let mut all: Vec<Member<'_>> = members(text).into_iter().filter(wanted).collect();
    let index = random.below(all.len());
    (!all.is_empty()).then(|| all.swap_remove(index))
}

fn member_added(text: &str, random: &mut Random, with: &str) -> Option<Change> {
    let at = member(text, random, |member| !member.owner.contains("Item") && member.owner != "Pair")?;
    // Sometimes in front, sometimes at the end: slots care.
    let last = members(text).into_iter().filter(|other| other.owner == at.owner).map(|other| other.end).max()?;
    let place = if random.below(2) == 0 { at.start } else { last };
    Some(Change { edits: vec![Edit::insert(place, with)], what: format!("{}: {}", at.owner, with.trim()) })
}

fn member_removed(text: &str, random: &mut Random) -> Option<Change> {
    let at = member(text, random, |_| true)?;
    Some(Change { edits: vec![Edit::remove(at.start..at.end)], what: format!("{}: no {}", at.owner, at.name) })
}

fn member_renamed(text: &str, random: &mut Random) -> Option<Change> {
    let at = member(text, random, |_| true)?;
    let edits = vec![Edit::replace(at.line..at.end, format!("    {}New: {},\n", at.name, at.ty))];
    Some(Change { edits, what: format!("{}: {} becomes {}New", at.owner, at.name, at.name) })
}

fn member_type(text: &str, random: &mut Random, change: impl Fn(&str) -> Option<String>) -> Option<Change> {
    let at = member(text, random, |member| change(member.ty).is_some())?;
    let ty = change(at.ty)?;
    let edits = vec![Edit::replace(at.line..at.end, format!("    {}: {ty},\n", at.name))];
    Some(Change { edits, what: format!("{}: {} is {ty}", at.owner, at.name) })
}

fn replaced_type(text: &str, random: &mut Random, from: &str, to: &str) -> Option<Change> {
    member_type(text, random, |ty| {
        if ty == from {
            Some(to.to_owned())
        } else {
            (ty == format!("Option<{from}>")).then(|| format!("Option<{to}>"))
        }
    })
}

fn members_reordered(text: &str, random: &mut Random) -> Option<Change> {
    let all = members(text);
    let pairs: Vec<usize> = (1..all.len()).filter(|index| all[index - 1].owner == all[*index].owner).collect();
    let index = *random.pick(&pairs)?;
    let (first, second) = (&all[index - 1], &all[index]);
    let edits = vec![
        Edit::replace(first.start..first.end, &text[second.start..second.end]),
        Edit::replace(second.start..second.end, &text[first.start..first.end]),
    ];
    Some(Change { edits, what: format!("{}: {} and {} change places", first.owner, first.name, second.name) })
}

/// Lines of enumerations (`Name = 1,`): where, name, number.
fn values(text: &str) -> Vec<(std::ops::Range<usize>, &str, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive('\n') {
        if let Some((name, number)) = piece.trim().strip_suffix(',').and_then(|line| line.split_once(" = "))
            && piece.starts_with("    ")
            && number.parse::<i64>().is_ok()
        {
            found.push((at..at + piece.len(), name, number));
        }
        at += piece.len();
    }
    found
}

fn value_added(text: &str, random: &mut Random) -> Option<Change> {
    let (range, name, _) = random.pick(&values(text))?.clone();
    Some(Change {
        edits: vec![Edit::insert(range.end, "    AddedValue = 98765,\n")],
        what: format!("AddedValue after {name}"),
    })
}

fn value_removed(text: &str, random: &mut Random) -> Option<Change> {
    let (range, name, number) = random.pick(&values(text))?.clone();
    // Its documentation becomes the next one's, which harms nobody here.
    Some(Change { edits: vec![Edit::remove(range)], what: format!("no {name} = {number}") })
}

fn value_renamed(text: &str, random: &mut Random) -> Option<Change> {
    let (range, name, number) = random.pick(&values(text))?.clone();
    Some(Change {
        edits: vec![Edit::replace(range, format!("    {name}New = {number},\n"))],
        what: format!("{name} becomes {name}New"),
    })
}

fn value_renumbered(text: &str, random: &mut Random) -> Option<Change> {
    let (range, name, number) = random.pick(&values(text))?.clone();
    Some(Change {
        edits: vec![Edit::replace(range, format!("    {name} = 98764,\n"))],
        what: format!("{name}: {number} becomes 98764"),
    })
}

/// Operations: the range from their documentation to the semicolon, and the name.
fn operations(text: &str) -> Vec<(std::ops::Range<usize>, &str)> {
    let mut found = Vec::new();
    let (mut at, mut start) = (0, None);
    let mut name = None;
    let mut inside = false;
    for piece in text.split_inclusive('\n') {
        let line = piece.trim_end();
        if line.starts_with("trait ") {
            (inside, start) = (true, None);
        } else if line == "}" {
            inside = false;
        } else if inside {
            if line.is_empty() {
                start = None;
            } else {
                start.get_or_insert(at);
            }
            if let Some(rest) = line.strip_prefix("    fn ") {
                name = rest.split('(').next();
            }
            if let (Some(found_name), Some(begin), true) = (name, start, line.ends_with(';')) {
                found.push((begin..at + piece.len(), found_name));
                (name, start) = (None, None);
            }
        }
        at += piece.len();
    }
    found
}

fn operation_removed(text: &str, random: &mut Random) -> Option<Change> {
    let all = operations(text);
    let (range, name) = random.pick(&all)?.clone();
    Some(Change { edits: vec![Edit::remove(range)], what: format!("no operation {name}") })
}

fn operation_renamed(text: &str, random: &mut Random) -> Option<Change> {
    let all = operations(text);
    let (range, name) = random.pick(&all)?.clone();
    let at = range.start + text[range].find(&format!("fn {name}("))?;
    Some(Change {
        edits: vec![Edit::replace(at..at + 3 + name.len(), format!("fn {name}V2"))],
        what: format!("operation {name} becomes {name}V2"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_values_and_operations_are_found() {
        let text = "trait S {\n    /// Doc.\n    #[read]\n    fn A(x: i32) -> T;\n\n    fn B(\n        y: i32,\n    ) -> T;\n}\n\nstruct T {\n    /// d\n    \
                    #[max(1)]\n    A: String,\n    B: Vec<i32>,\n}\n\nenum E {\n    One = 1,\n}\n";
        let found = members(text);
        assert_eq!(
            found.iter().map(|member| (member.owner, member.name, member.ty)).collect::<Vec<_>>(),
            [("T", "A", "String"), ("T", "B", "Vec<i32>")]
        );
        assert!(text[found[0].start..found[0].end].starts_with("    /// d"));
        assert_eq!(values(text)[0].1, "One");
        let found = operations(text);
        assert_eq!(found.iter().map(|(_, name)| *name).collect::<Vec<_>>(), ["A", "B"]);
        assert!(text[found[0].0.clone()].starts_with("    /// Doc."));
    }
}
