//! Paths of elements, found by a second look at the document: errors and drift are rare, and reading pays nothing for them.

use std::collections::BTreeMap;

use super::limits::Limits;
use super::reader::{Reader, Token};

/// The paths of the elements whose start tags begin at these bytes (in ascending order): `/Reply/Items/Item[2]`. `[n]` counts
/// siblings of the same name; the first goes without. Elements that are not found get the path of nothing: an empty text.
pub fn paths(text: &str, starts: &[usize]) -> Vec<String> {
    let mut found = Vec::with_capacity(starts.len());
    let mut wanted = starts.iter().copied().peekable();
    let mut reader = Reader::with_limits(text, Limits::NONE);
    // Of every open element: its name with position, and how often each name occurred among its children.
    let mut open: Vec<(&str, u32, BTreeMap<&str, u32>)> = vec![("", 0, BTreeMap::new())];
    while let Some(&start) = wanted.peek() {
        match reader.next() {
            Ok(Token::Start(element)) => {
                let position = match open.last_mut() {
                    Some((_, _, children)) => {
                        let count = children.entry(element.local).or_insert(0);
                        *count += 1;
                        *count
                    }
                    None => 1,
                };
                open.push((element.local, position, BTreeMap::new()));
                let here = reader.element_start();
                if here > start {
                    found.push(String::new());
                    wanted.next();
                }
                while wanted.next_if(|start| *start == here).is_some() {
                    found.push(render(&open));
                }
            }
            Ok(Token::End) => {
                open.pop();
            }
            Ok(Token::Text(_)) => {}
            Ok(Token::Eof) | Err(_) => break,
        }
    }
    found.resize(starts.len(), String::new());
    found
}

fn render(open: &[(&str, u32, BTreeMap<&str, u32>)]) -> String {
    let mut path = String::new();
    for (name, position, _) in open.iter().skip(1) {
        path.push('/');
        path.push_str(name);
        if *position > 1 {
            path.push_str(&format!("[{position}]"));
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::paths;

    #[test]
    fn positions_count_siblings_of_the_same_name() {
        let text = "<r><a/><b><a/></b><b>x<a/><a/></b></r>";
        let start = |n: usize| text.match_indices("<a").nth(n).unwrap().0;
        let found = paths(text, &[0, start(0), start(1), start(2), start(3), start(3)]);
        assert_eq!(found, ["/r", "/r/a", "/r/b/a", "/r/b[2]/a", "/r/b[2]/a[2]", "/r/b[2]/a[2]"]);
    }
}
