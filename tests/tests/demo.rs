//! The demonstration, as a test: every step comes out as expected, and no secret shows where it must not.

use bindery_tests::demo::{self, Options};

fn transcript(wire: bool) -> (String, demo::Summary) {
    let mut out = Vec::new();
    let result = demo::run(&mut out, Options { wire, write: false });
    let text = String::from_utf8(out).unwrap();
    match result {
        Ok(summary) => (text, summary),
        Err(stop) => panic!("{text}\n{stop}"),
    }
}

/// A line of a message, as `--wire` shows it.
fn of_message(line: &str) -> bool {
    line.trim_start().starts_with(['<', '>'])
}

#[test]
fn every_step_comes_out_as_expected() {
    let (text, summary) = transcript(false);
    assert!(summary.steps > 30, "{text}");
    assert!(!text.lines().any(of_message), "{text}");
    for vendor in ["MONT", "Corteos", "CloudBlue"] {
        assert!(text.contains(vendor), "{text}");
    }
    assert!(text.lines().all(|line| line.trim_end() == line), "{text}");
}

#[test]
fn no_secret_shows() {
    let (text, summary) = transcript(true);
    // Both ways of all three vendors are there, so that there is something to leak.
    for message in ["<o:UsernameToken>", "authorization: (redacted)", "<Token>(redacted)", "<methodCall>", "TokenValue"]
    {
        assert!(text.lines().any(|line| of_message(line) && line.contains(message)), "no {message} in\n{text}");
    }
    assert!(summary.secrets.len() > 10 && !summary.shown.is_empty());
    for secret in &summary.secrets {
        let on_purpose = summary.shown.contains(secret);
        for line in text.lines().filter(|line| line.contains(secret.as_str())) {
            assert!(on_purpose && !of_message(line), "{secret} shows in: {line}");
        }
    }
}
