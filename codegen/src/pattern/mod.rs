//! XML Schema's regular expressions (part 2, appendix F) in the syntax of the `regex` crate, whose engine takes time linear in
//! the text, whatever the expression.
//!
//! An expression is anchored at both ends by whoever runs it. `^` and `$` are characters like any other in XML Schema.

mod blocks;
pub(crate) mod spelling;

use std::cell::RefCell;
use std::collections::HashMap;

/// How large a compiled expression may be, in bytes: the limit of the `regex` crate, which the runtime keeps, too.
const COMPILED: usize = 10 << 20;
/// How many translations are kept.
const KEPT: usize = 1000;
/// How deep groups and subtractions of classes may be nested.
const DEPTH: usize = 100;

const SPACE: &str = r" \t\n\r";
/// First characters of names, and the others (XML 1.0, fifth edition).
const NAME_START: &str = r":A-Z_a-z\u{C0}-\u{D6}\u{D8}-\u{F6}\u{F8}-\u{2FF}\u{370}-\u{37D}\u{37F}-\u{1FFF}\u{200C}-\u{200D}\u{2070}-\u{218F}\u{2C00}-\u{2FEF}\u{3001}-\u{D7FF}\u{F900}-\u{FDCF}\u{FDF0}-\u{FFFD}\u{10000}-\u{EFFFF}";
const NAME_REST: &str = r"\-.0-9\u{B7}\u{300}-\u{36F}\u{203F}-\u{2040}";

/// The expression in the syntax of the `regex` crate.
///
/// # Errors
/// What is wrong with it, as the end of a sentence that begins with "the pattern".
pub(crate) fn translate(pattern: &str) -> Result<String, String> {
    // Large contracts say the same pattern hundreds of times, and trying one with `\w` takes milliseconds.
    thread_local! {
        static KNOWN: RefCell<HashMap<String, Result<String, String>>> = RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| {
        if let Some(translated) = known.get(pattern) {
            return translated.clone();
        }
        if known.len() >= KEPT {
            known.clear();
        }
        let translated = translate_and_try(pattern);
        known.insert(pattern.to_owned(), translated.clone());
        translated
    })
}

fn translate_and_try(pattern: &str) -> Result<String, String> {
    let mut translator = Translator { chars: pattern.chars().collect(), at: 0, out: String::new() };
    translator.expression()?;
    let out = translator.out;
    let anchored = format!(r"\A(?:{out})\z");
    match regex::RegexBuilder::new(&anchored).size_limit(COMPILED).build() {
        Ok(_) => Ok(out),
        Err(regex::Error::CompiledTooBig(_)) => Err("asks for too many repetitions".to_owned()),
        // The engine has its own bound on how deep things nest, and knows which categories there are.
        Err(_) => Err("cannot be run: it is nested too deep, or names a category that does not exist".to_owned()),
    }
}

struct Translator {
    chars: Vec<char>,
    at: usize,
    out: String,
}

impl Translator {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek();
        self.at += 1;
        next
    }

    fn expression(&mut self) -> Result<(), String> {
        let mut depth = 0usize;
        // Whether something stands before that can be repeated.
        let mut atom = false;
        while let Some(c) = self.next() {
            match c {
                '(' => {
                    depth += 1;
                    if depth > DEPTH {
                        return Err("is nested too deep".to_owned());
                    }
                    if self.peek() == Some('?') {
                        return Err("has `(?`, which XML Schema does not know".to_owned());
                    }
                    self.out.push('(');
                    atom = false;
                    continue;
                }
                ')' => {
                    depth = depth.checked_sub(1).ok_or("has an unmatched `)`")?;
                    self.out.push(')');
                }
                '|' => {
                    self.out.push('|');
                    atom = false;
                    continue;
                }
                '?' | '*' | '+' if atom => {
                    self.out.push(c);
                    atom = false;
                    continue;
                }
                '{' if atom => {
                    self.quantity()?;
                    atom = false;
                    continue;
                }
                '?' | '*' | '+' | '{' => return Err(format!("has `{c}` with nothing to repeat before it")),
                '.' => self.out.push_str(r"[^\n\r]"),
                '[' => {
                    let class = self.class(0)?;
                    self.out.push_str(&class);
                }
                ']' => return Err("has an unmatched `]`".to_owned()),
                '\\' => {
                    let escape = self.escape()?;
                    self.out.push_str(&escape.alone());
                }
                c => literal(c, &mut self.out),
            }
            atom = true;
        }
        if depth > 0 { Err("has an unclosed `(`".to_owned()) } else { Ok(()) }
    }

    /// `{n}`, `{n,}`, `{n,m}`; behind the brace.
    fn quantity(&mut self) -> Result<(), String> {
        let rest = &self.chars[self.at..];
        let end = rest.iter().position(|c| *c == '}').ok_or("has an unclosed `{`")?;
        let text: String = rest[..end].iter().collect();
        self.at += end + 1;
        let (low, high) = text.split_once(',').map_or((text.as_str(), None), |(low, high)| (low, Some(high)));
        let number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !number(low) || !high.is_none_or(|high| high.is_empty() || number(high)) {
            let shown: String = text.chars().take(20).collect();
            return Err(format!("has `{{{shown}}}`, which is no number of repetitions"));
        }
        // Numbers that fit nowhere are the engine's to refuse; those it cannot even read are refused here.
        let fits = |digits: &str| digits.trim_start_matches('0').len() <= 9;
        if !fits(low) || !high.is_none_or(fits) {
            return Err("asks for too many repetitions".to_owned());
        }
        self.out.push('{');
        self.out.push_str(&text);
        self.out.push('}');
        Ok(())
    }

    /// What a backslash begins; behind it.
    fn escape(&mut self) -> Result<Escape, String> {
        let c = self.next().ok_or("ends in a lone backslash")?;
        Ok(match c {
            'n' => Escape::Char('\n'),
            'r' => Escape::Char('\r'),
            't' => Escape::Char('\t'),
            's' => Escape::Set { negated: false, items: SPACE.to_owned() },
            'S' => Escape::Set { negated: true, items: SPACE.to_owned() },
            'i' => Escape::Set { negated: false, items: NAME_START.to_owned() },
            'I' => Escape::Set { negated: true, items: NAME_START.to_owned() },
            'c' => Escape::Set { negated: false, items: format!("{NAME_START}{NAME_REST}") },
            'C' => Escape::Set { negated: true, items: format!("{NAME_START}{NAME_REST}") },
            'd' => Escape::Class(r"\d".to_owned()),
            'D' => Escape::Class(r"\D".to_owned()),
            'w' => Escape::Set { negated: true, items: r"\p{P}\p{Z}\p{C}".to_owned() },
            'W' => Escape::Set { negated: false, items: r"\p{P}\p{Z}\p{C}".to_owned() },
            'p' | 'P' => self.property(c == 'P')?,
            // Those of the specification, and other marks that many write with a backslash.
            c if c.is_ascii() && !c.is_ascii_alphanumeric() => Escape::Char(c),
            c => return Err(format!(r"has `\{c}`, which XML Schema does not know")),
        })
    }

    /// `{Lu}`, `{IsGreek}`; behind the `p`.
    fn property(&mut self, negated: bool) -> Result<Escape, String> {
        let rest = self.chars.get(self.at..).unwrap_or_default();
        let end = rest.iter().take(60).position(|c| *c == '}').filter(|_| rest.first() == Some(&'{'));
        let end = end.ok_or(r"has `\p` without a category in braces")?;
        let name: String = rest[1..end].iter().collect();
        self.at += end + 1;
        if let Some(block) = name.strip_prefix("Is") {
            let items = blocks::block(block).ok_or_else(|| format!("names the block `{block}`, which is unknown"))?;
            return Ok(Escape::Set { negated, items });
        }
        let known =
            "L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po Z Zs Zl Zp S Sm Sc Sk So C Cc Cf Co Cn";
        if !known.split(' ').any(|category| category == name) {
            return Err(format!("names the category `{name}`, which does not exist"));
        }
        Ok(Escape::Class(format!(r"\{}{{{name}}}", if negated { 'P' } else { 'p' })))
    }

    /// A class in brackets; behind the first one.
    fn class(&mut self, depth: usize) -> Result<String, String> {
        if depth > DEPTH {
            return Err("is nested too deep".to_owned());
        }
        let unclosed = "has an unclosed `[`";
        let mut items = String::new();
        let negated = self.peek() == Some('^');
        self.at += usize::from(negated);
        let first = self.at;
        loop {
            let begin = self.at;
            let c = self.next().ok_or(unclosed)?;
            let low = match c {
                ']' if begin > first => return Ok(bracketed(negated, &items)),
                ']' => return Err("has an empty class".to_owned()),
                '[' => return Err("has `[` in a class".to_owned()),
                '-' if begin > first && self.peek() == Some('[') => {
                    self.at += 1;
                    let without = self.class(depth + 1)?;
                    if self.next() != Some(']') {
                        return Err("goes on behind what it takes from a class".to_owned());
                    }
                    return Ok(format!("[{}--{without}]", bracketed(negated, &items)));
                }
                '\\' => match self.escape()? {
                    Escape::Char(c) => c,
                    set => {
                        items.push_str(&set.inside());
                        continue;
                    }
                },
                c => c,
            };
            // A range, unless the hyphen is the last character or begins a subtraction.
            let is_range = self.peek() == Some('-')
                && !matches!(self.chars.get(self.at + 1), Some(']' | '[') | None)
                && (c != '-' || begin == first);
            if !is_range {
                in_class(low, &mut items);
                continue;
            }
            self.at += 1;
            let high = match self.next().ok_or(unclosed)? {
                '\\' => match self.escape()? {
                    Escape::Char(c) => c,
                    _ => return Err("has a range that ends in a class".to_owned()),
                },
                c => c,
            };
            if high < low {
                return Err(format!("has the range `{low}-{high}`, whose end comes before its beginning"));
            }
            in_class(low, &mut items);
            items.push('-');
            in_class(high, &mut items);
        }
    }
}

/// What a backslash stands for.
enum Escape {
    Char(char),
    /// Items of a class.
    Set {
        negated: bool,
        items: String,
    },
    /// What both syntaxes spell the same.
    Class(String),
}

impl Escape {
    fn alone(&self) -> String {
        match self {
            Self::Char(c) => {
                let mut out = String::new();
                literal(*c, &mut out);
                out
            }
            Self::Set { negated, items } => bracketed(*negated, items),
            Self::Class(class) => class.clone(),
        }
    }

    fn inside(&self) -> String {
        match self {
            Self::Set { negated: false, items } => items.clone(),
            other => other.alone(),
        }
    }
}

fn bracketed(negated: bool, items: &str) -> String {
    format!("[{}{items}]", if negated { "^" } else { "" })
}

fn literal(c: char, out: &mut String) {
    match c {
        '\n' => out.push_str(r"\n"),
        '\r' => out.push_str(r"\r"),
        '\t' => out.push_str(r"\t"),
        '\\' | '.' | '+' | '*' | '?' | '(' | ')' | '|' | '[' | ']' | '{' | '}' | '^' | '$' => {
            out.push('\\');
            out.push(c);
        }
        c => out.push(c),
    }
}

fn in_class(c: char, out: &mut String) {
    match c {
        '\n' => out.push_str(r"\n"),
        '\r' => out.push_str(r"\r"),
        '\t' => out.push_str(r"\t"),
        '\\' | '[' | ']' | '^' | '-' | '&' | '~' => {
            out.push('\\');
            out.push(c);
        }
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::translate;

    fn matches(pattern: &str, text: &str) -> bool {
        let translated = translate(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"));
        regex::Regex::new(&format!(r"\A(?:{translated})\z")).unwrap().is_match(text)
    }

    #[test]
    fn what_both_syntaxes_share_stays_as_it_is() {
        for same in [r"[A-Z]{2}\d{4,8}", r"(\d+)?", r"([0-9]{1,3}\.){3}[0-9]{1,3}", "a|b|", r"\p{Lu}\P{L}*", "x{3,}"] {
            assert_eq!(translate(same).as_deref(), Ok(same));
        }
    }

    #[test]
    fn characters_that_mean_something_else() {
        assert!(matches("^a$", "^a$") && !matches("^a$", "a"));
        assert!(matches(".", "x") && !matches(".", "\n") && !matches(".", "\r"));
        assert!(matches(r"\s", "\t") && !matches(r"\s", "\u{a0}"));
        assert!(matches(r"\S+", "a\u{a0}") && !matches(r"\S", " "));
        assert!(matches(r"\w+", "aé€1") && !matches(r"\w", "_") && !matches(r"\w", "-") && matches(r"\W", "-"));
        assert!(matches(r"\i\c*", "_a-1") && matches(r"\i\c*", "é") && !matches(r"\i\c*", "1a"));
        assert!(matches(r"\I", "1") && matches(r"\C", " "));
        assert!(matches(r"\/\@\-\^", "/@-^"));
        assert!(matches(r"\d", "\u{663}"), "all digits are digits");
    }

    #[test]
    fn classes() {
        assert!(matches(r"[\i-[:]][\c-[:]]*", "a-b") && !matches(r"[\i-[:]][\c-[:]]*", "a:b"));
        assert!(matches("[a-z-[aeiou]]", "b") && !matches("[a-z-[aeiou]]", "a"));
        assert!(matches("[^a-z-[0-9]]", "A") && !matches("[^a-z-[0-9]]", "1") && !matches("[^a-z-[0-9]]", "b"));
        assert!(matches("[-a]", "-") && matches("[a-]", "-") && matches("[a^]", "^") && matches(r"[\]\\]", "]"));
        assert!(matches("[+--]", ",") && matches("[&&~~]", "~"));
        assert!(matches(r"[\D]", "a") && matches(r"[^\s\d]", "a") && !matches(r"[^\s\d]", "1"));
        assert!(matches(r"\p{IsBasicLatin}+", "abc") && !matches(r"\p{IsBasicLatin}", "é"));
        assert!(matches(r"[\P{IsGreek}]", "a") && !matches(r"[\P{IsGreek}]", "α"));
        assert!(matches(r"[A-Z\p{IsCyrillic}]", "Ж"));
    }

    #[test]
    fn what_is_wrong_is_said() {
        let wrong = [
            "(a",
            "a)",
            "[a",
            "a]",
            r"a\",
            "*a",
            "a{,3}",
            "a{2",
            "a{9999999999}",
            "(?=a)",
            r"\u0041",
            r"\p{Xx}",
            r"\p{IsKlingon}",
            "[]",
            "[z-a]",
            "[a[b]]",
            r"\p",
            "a+*",
            "[a-z-[b]c]",
        ];
        for wrong in wrong {
            assert!(translate(wrong).is_err(), "{wrong}: {:?}", translate(wrong));
        }
        let deep = format!("{}a{}", "(".repeat(10_000), ")".repeat(10_000));
        assert!(translate(&deep).is_err());
        assert!(translate(&"[a-".repeat(10_000)).is_err());
        assert!(translate(r"(\w{1000}){1000}").unwrap_err().contains("repetitions"));
        assert!(translate("(a+)+").is_ok(), "takes no longer than others");
    }
}
