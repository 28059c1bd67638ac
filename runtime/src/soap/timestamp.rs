//! The WS-Security Timestamp of an answer. It is looked at and reported, never a reason to refuse an answer: nothing signs
//! it, TLS is what protects the message, and an order that went through must not be lost over a clock.

use std::time::{Duration, SystemTime};

use super::names;
use super::read::{broken, text};
use crate::failure::Problem;
use crate::xml::chars::is_blank;
use crate::xml::{Reader, Token};

/// How far clocks may differ.
const SKEW: Duration = Duration::from_secs(300);

/// A Timestamp, as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Stamp {
    pub(crate) created: String,
    pub(crate) expires: String,
    /// Where it stands in the document.
    pub(crate) offset: usize,
}

/// Reads a Security header, to its end.
pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Option<Stamp>, Problem> {
    let mut stamp = None;
    loop {
        match reader.next()? {
            Token::Start(start) if reader.is(start, names::UTILITY, "Timestamp") => stamp = Some(times(reader)?),
            Token::Start(_) => {
                reader.skip()?;
            }
            Token::Text(text) if is_blank(&text) => {}
            Token::Text(_) => return Err(broken(reader, "text in the Security header")),
            Token::End | Token::Eof => return Ok(stamp),
        }
    }
}

fn times(reader: &mut Reader<'_>) -> Result<Stamp, Problem> {
    let mut stamp = Stamp { offset: reader.element_start(), ..Stamp::default() };
    loop {
        match reader.next()? {
            Token::Start(start) if reader.is(start, names::UTILITY, "Created") => stamp.created = text(reader)?.text,
            Token::Start(start) if reader.is(start, names::UTILITY, "Expires") => stamp.expires = text(reader)?.text,
            Token::Start(_) => {
                reader.skip()?;
            }
            Token::Text(_) => {}
            Token::End | Token::Eof => return Ok(stamp),
        }
    }
}

impl Stamp {
    /// What is wrong with the time of this answer, if anything is: it expired, or is from the future, by more than five
    /// minutes.
    pub(crate) fn stale(&self, now: SystemTime) -> Option<String> {
        let now = jiff::Timestamp::try_from(now).ok()?;
        let skew = jiff::SignedDuration::try_from(SKEW).ok()?;
        let time = |text: &str| text.parse::<jiff::Timestamp>().ok();
        for (name, value) in [("Created", &self.created), ("Expires", &self.expires)] {
            if !value.is_empty() && time(value).is_none() {
                return Some(format!("{name} is not a time with zone: {}", crate::error::excerpt(value)));
            }
        }
        if let Some(expires) = time(&self.expires)
            && now.duration_since(expires) > skew
        {
            return Some(format!("Expires {} is past", self.expires));
        }
        if let Some(created) = time(&self.created)
            && created.duration_since(now) > skew
        {
            return Some(format!("Created {} is still to come", self.created));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_minutes_are_allowed_both_ways() {
        let stamp =
            Stamp { created: "2015-09-23T13:12:13.550Z".into(), expires: "2015-09-23T13:17:13.550Z".into(), offset: 0 };
        let created: SystemTime = "2015-09-23T13:12:13.550Z".parse::<jiff::Timestamp>().unwrap().into();
        let at = |seconds: u64| created + Duration::from_secs(seconds);
        assert_eq!(stamp.stale(created - Duration::from_secs(300)), None);
        assert!(stamp.stale(created - Duration::from_secs(301)).unwrap().contains("Created"));
        assert_eq!(stamp.stale(at(600)), None);
        assert!(stamp.stale(at(601)).unwrap().contains("Expires"));
        let odd = Stamp { expires: "yesterday".into(), ..Stamp::default() };
        assert!(odd.stale(created).unwrap().contains("Expires"));
    }
}
