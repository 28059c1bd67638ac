//! Lines of a drift file.

use std::io::{self, BufRead};

use serde::Deserialize;

/// The longest line that is read; the runtime writes a few hundred bytes.
const LONGEST: usize = 64 << 10;

/// A line as the runtime writes it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Line {
    /// The version of the form.
    pub version: u64,
    /// When this was met first, in UTC: `2026-01-31T10:00:00Z`.
    pub first: String,
    /// When it was met last before this line was written.
    pub last: String,
    /// The service.
    pub service: String,
    /// The operation.
    pub operation: String,
    /// What differs.
    pub kind: String,
    /// Where in the answer, without the positions in lists.
    pub path: String,
    /// The namespace of the type whose content differs.
    pub namespace: Option<String>,
    /// The name of that type.
    #[serde(rename = "type")]
    pub local: Option<String>,
    /// The member, attribute or slot.
    pub name: String,
    /// What its value looks like.
    pub looks: String,
    /// How often it was met since the line before about the same.
    pub count: u64,
    /// The most characters its value had.
    pub longest: u64,
    /// Whether it occurred more than once in its place.
    pub repeated: bool,
    /// A code, the name of a type, or the names of children.
    pub more: Vec<String>,
}

/// A line that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Its number, from 1.
    pub line: usize,
    /// Why.
    pub why: String,
}

/// Reads a drift file. A line that cannot be read is left out and told: a program that was killed leaves half a line.
///
/// # Errors
/// The file cannot be read, or is no text.
pub fn read(mut input: impl BufRead) -> io::Result<(Vec<Line>, Vec<Unread>)> {
    let (mut lines, mut unread) = (Vec::new(), Vec::new());
    let mut bytes = Vec::new();
    for number in 1.. {
        bytes.clear();
        let read = io::Read::take(&mut input, LONGEST as u64).read_until(b'\n', &mut bytes)?;
        if read == 0 {
            break;
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match line(&bytes) {
            Ok(line) => lines.push(line),
            Err(why) => {
                unread.push(Unread { line: number, why });
                if read == LONGEST && !bytes.ends_with(b"\n") {
                    return Err(io::Error::new(
                        io::ErrorKind::InvalidData,
                        "a line is too long: this is no drift file",
                    ));
                }
            }
        }
    }
    Ok((lines, unread))
}

fn line(bytes: &[u8]) -> Result<Line, String> {
    // The version first: a newer form need not have the members of this one.
    #[derive(Deserialize)]
    struct Version {
        version: u64,
    }
    let Version { version } = serde_json::from_slice(bytes).map_err(|_| "it is no line of a drift file".to_owned())?;
    if version != 1 {
        return Err(format!("it is of version {version}, this Bindery knows 1"));
    }
    let mut line: Line = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    // The names come from a server: nothing in them may steer a terminal.
    let clean = |text: &mut String| text.retain(|c| !c.is_control() && !is_steering(c));
    let texts = [
        &mut line.first,
        &mut line.last,
        &mut line.service,
        &mut line.operation,
        &mut line.kind,
        &mut line.path,
        &mut line.name,
        &mut line.looks,
    ];
    texts.into_iter().for_each(clean);
    line.namespace.iter_mut().chain(line.local.iter_mut()).chain(line.more.iter_mut()).for_each(clean);
    Ok(line)
}

/// Characters that turn the direction of what follows, or cannot be seen.
fn is_steering(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"version":1,"first":"2026-01-31T10:00:00Z","last":"2026-01-31T10:00:00Z","service":"S","operation":"O","kind":"unknown-element","path":"/R/A","namespace":"urn:x","type":"R","name":"A\u001b[2J","looks":"int","count":1,"longest":1,"repeated":false,"more":[]}"#;

    #[test]
    fn what_cannot_be_read_is_told_and_the_rest_is_read() {
        let text = format!("{GOOD}\n\nnonsense\n{{\"version\":2}}\n{}", &GOOD[..50]);
        let (lines, unread) = read(text.as_bytes()).unwrap();
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].name, "A[2J", "a name must not steer a terminal");
        assert_eq!(unread.iter().map(|unread| unread.line).collect::<Vec<_>>(), [3, 4, 5]);
        assert!(unread[1].why.contains("version 2"));
        assert!(read([b'x'; 100_000].as_slice()).is_err());
    }
}
