//! For CI servers: a suite per contract, a test case per change; what fails the run is a failure.

use std::fmt::Write as _;

use super::words::words;
use super::{FailOn, Named, outline, page, sentence};
use crate::diff::Language;

pub(super) fn render(reports: &[Named<'_>], language: Language, fail_on: FailOn) -> String {
    let words = words(language);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let total: usize = reports.iter().map(|named| named.report.findings.len()).sum();
    let failed = |named: &Named<'_>| named.report.findings.iter().filter(|finding| fail_on.fails(finding)).count();
    let failures: usize = reports.iter().map(failed).sum();
    let _ = writeln!(out, "<testsuites name=\"bindery diff\" tests=\"{total}\" failures=\"{failures}\">");
    for named in reports {
        let ignored = named.report.ignored.len();
        let _ = writeln!(
            out,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" skipped=\"{ignored}\">",
            escape(named.name),
            named.report.findings.len() + ignored,
            failed(named)
        );
        for finding in &named.report.findings {
            let (class, name) = (escape(&outline::name(finding)), escape(&sentence(finding, language)));
            let mut body = words.verdicts(finding);
            if let Some(change) = page::change(finding) {
                let _ = write!(body, "\n{change}");
            }
            for place in [&finding.old, &finding.new].into_iter().flatten() {
                if let Some((file, line, column)) = &place.at {
                    let _ = write!(body, "\n{file}:{line}:{column}");
                }
            }
            let _ = write!(body, "\n{} {}", finding.rule.id, finding.fingerprint);
            let _ = writeln!(out, "    <testcase classname=\"{class}\" name=\"{name}\">");
            let body = escape(&body);
            if fail_on.fails(finding) {
                let rule = finding.rule.id;
                let _ = writeln!(out, "      <failure type=\"{rule}\" message=\"{name}\">{body}</failure>");
            } else {
                let _ = writeln!(out, "      <system-out>{body}</system-out>");
            }
            let _ = writeln!(out, "    </testcase>");
        }
        for (finding, reason) in &named.report.ignored {
            let (class, name) = (escape(&outline::name(finding)), escape(&sentence(finding, language)));
            let _ = writeln!(out, "    <testcase classname=\"{class}\" name=\"{name}\">");
            let _ = writeln!(out, "      <skipped message=\"{}\"/>\n    </testcase>", escape(reason));
        }
        let _ = writeln!(out, "  </testsuite>");
    }
    out.push_str("</testsuites>\n");
    out
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            // XML 1.0 has no other controls.
            c if c.is_control() && c != '\t' => out.push('\u{FFFD}'),
            '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}
