//! The page that shows what comes out of a real contract of each family says what comes out today.

mod support;

use bindery_codegen::output;
use bindery_tests::{corpus, families};

use support::{difference, root};

/// Longer contracts are generated only when the page is written anew: the test is for the page's text, not for the generator.
const SHORT: u64 = 60_000;

#[test]
fn the_page_of_families_is_what_is_generated() {
    let Some(folder) = corpus::folder() else {
        println!("skipped: needs ../shared/corpus");
        return;
    };
    let path = root().join("docs/families.md");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let page = families::page(&folder).expect("reads the corpus");
        output::write(&path, &page).expect("writes the page");
    }
    let page = std::fs::read_to_string(&path).unwrap_or_default();
    let sections = families::sections(&folder, SHORT).expect("reads the corpus");
    assert!(sections.len() > 15, "only {} families have a short contract", sections.len());
    for section in sections {
        let heading = section.lines().find(|line| line.starts_with("## ")).unwrap_or_default();
        let old = page.split("\n## ").find(|old| heading.strip_prefix("## ") == old.lines().next()).unwrap_or_default();
        let new = section.trim_start_matches("\n## ");
        assert!(
            old == new,
            "docs/families.md is not what is generated; UPDATE_EXPECT=1 writes it anew\n{}",
            difference(old, new)
        );
    }
}
