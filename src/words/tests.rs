//! The message files against each other and against the sources that use them.
#![allow(clippy::expect_used, clippy::panic)]

use super::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Bundle → where its ids are used. A bundle that is missing here is used by the library as a whole.
const USERS: &[(&str, &[&str])] =
    &[("page", &["src/page", "src/words", "static"]), ("tools", &["src/tools", "static"])];

/// Bundles that every language has and that hold nothing unused. The others may be missing as a whole, never in part.
const COMPLETE: &[&str] = &["page"];

fn messages(table: &'static str) -> BTreeMap<&'static str, &'static str> {
    read(table).into_iter().collect()
}

/// The arguments that a pattern takes, and those that select.
fn arguments(pattern: &str) -> BTreeSet<&str> {
    let after = |mark: char, end: char| {
        pattern.split(mark).skip(1).filter_map(move |rest| rest.split_once(end).map(|(name, _)| name))
    };
    after('\x01', '\x02').chain(after('\x03', '\x04')).collect()
}

#[test]
fn every_language_says_everything_with_the_same_arguments() {
    for (language, bundle, table) in ALL {
        let english = ALL.iter().find(|(l, b, _)| *l == "en" && b == bundle).expect("English has every bundle");
        let (english, other) = (messages(english.2), messages(table));
        let lacks: Vec<_> = english.keys().filter(|id| !other.contains_key(*id)).collect();
        assert!(lacks.is_empty(), "locales/{language}/{bundle}.ftl lacks {lacks:?}");
        for (id, pattern) in other {
            let said = english.get(id).unwrap_or_else(|| panic!("{language}/{bundle}: {id} is not in English"));
            assert_eq!(arguments(pattern), arguments(said), "{language}/{bundle}: {id}");
        }
    }
    for (language, _) in LANGUAGES {
        for bundle in COMPLETE {
            assert!(ALL.iter().any(|(l, b, _)| l == language && b == bundle), "locales/{language} lacks {bundle}.ftl");
        }
    }
}

#[test]
fn every_message_is_used_and_every_used_one_exists_with_its_arguments() {
    for (_, bundle, table) in ALL.iter().filter(|(l, b, _)| *l == "en" && COMPLETE.contains(b)) {
        let Some((_, folders)) = USERS.iter().find(|(b, _)| b == bundle) else { continue };
        let messages = messages(table);
        let mut code = String::new();
        for folder in *folders {
            sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut code);
        }
        let unused: Vec<_> =
            messages.keys().filter(|id| !code.contains(&format!("\"{id}\"")) && **id != "language-name").collect();
        assert!(unused.is_empty(), "{bundle}.ftl: nobody says {unused:?}");
        for call in ["text(", "with(", "count("] {
            for (before, rest) in code.match_indices(call).map(|(at, _)| code.split_at(at)) {
                // `starts_with("…")` is another function.
                if before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.') {
                    continue;
                }
                let rest = rest.strip_prefix(call).unwrap_or_default().trim_start();
                let Some((id, rest)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"')) else { continue };
                let pattern = messages.get(id).unwrap_or_else(|| panic!("{bundle}.ftl lacks {id}"));
                let given: BTreeSet<&str> = match call {
                    "count(" => ["n"].into(),
                    // The names in `&[("name", …), …])`.
                    "with(" => {
                        let list = rest.split_once("])").map_or(rest, |(list, _)| list);
                        list.split("(\"")
                            .skip(1)
                            .filter_map(|part| part.split_once("\", ").or(part.split_once("\",\n")))
                            .map(|(n, _)| n)
                            .collect()
                    }
                    _ => BTreeSet::new(),
                };
                let missing: Vec<_> = arguments(pattern).into_iter().filter(|name| !given.contains(name)).collect();
                assert!(missing.is_empty(), "{bundle}.ftl: {id} is not given {missing:?}");
            }
        }
    }
}

fn sources(folder: &Path, code: &mut String) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, code);
        } else if path.extension().is_some_and(|e| e == "rs" || e == "js") && !path.ends_with("words/tests.rs") {
            code.push_str(&std::fs::read_to_string(&path).expect("source files are text"));
        }
    }
}

#[test]
fn arguments_are_filled_in() {
    assert_eq!(fill::fill("a \x01x\x02 b \x01y\x02", &[("x", "1"), ("y", "{2}")], english_plural), "a 1 b {2}");
    assert_eq!(fill::fill("\x01z\x02", &[], english_plural), "{z}");
}

#[test]
fn numbers_select() {
    let pattern = "\x03n\x040=none\x04one=\x01n\x02 key\x04other=\x01n\x02 keys\x05.";
    let said = |n: &str| fill::fill(pattern, &[("n", n)], english_plural);
    assert_eq!([said("0"), said("1"), said("2")], ["none.", "1 key.", "2 keys."]);
    // A language without this category takes the default, which stands last.
    assert_eq!(fill::fill("\x03n\x04few=a\x04many=b\x05", &[("n", "1")], english_plural), "b");
}

#[test]
fn a_broken_pattern_does_no_harm() {
    for pattern in ["\x01", "\x03", "\x03n\x04", "\x03n\x05x", "\x02\x05\x04", "\x01x"] {
        let _ = fill::fill(pattern, &[("n", "1")], english_plural);
    }
}

#[test]
fn what_a_language_lacks_is_said_in_english() {
    install("a=one\nb=two\n");
    choose(Some("a=一\n"), |_| "other".to_owned());
    assert_eq!((text("a"), text("b"), text("no-such-id")), ("一", "two", "no-such-id"));
    choose(None, english_plural);
    assert_eq!(text("a"), "one");
}
