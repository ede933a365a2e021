//! The message files against each other and against the sources that use them.
#![allow(clippy::expect_used, clippy::panic)]

use super::said::key;
use super::*;
use std::collections::BTreeSet;
use std::path::Path;

/// Bundle → where its ids are used. A bundle that is missing here is used by the library as a whole.
const USERS: &[(&str, &[&str])] =
    &[("page", &["src/page", "src/words", "static"]), ("tools", &["src/tools", "static"]), ("extras", &["src/extras"])];

/// The bundle whose English stands in the data files of the diagnosis.
const DATA: &str = "causes";

/// The bundle whose English are the sentences of reports.
const SAID: &str = "said";

/// Bundles that every language has and that hold nothing unused. The others may be missing as a whole, never in part.
const COMPLETE: &[&str] = &["page", "extras", "tools"];

fn messages(table: &'static str) -> BTreeMap<&'static str, &'static str> {
    read(table).collect()
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
    for (language, bundle, table) in ALL.iter().filter(|(_, bundle, _)| ![DATA, SAID].contains(bundle)) {
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
fn the_menu_and_the_tools_call_a_tool_the_same() {
    let of = |language: &str, bundle: &str| {
        let table = ALL.iter().find(|(l, b, _)| *l == language && *b == bundle).map(|(_, _, table)| *table);
        messages(table.unwrap_or_else(|| panic!("{language} lacks {bundle}")))
    };
    for (language, _) in LANGUAGES {
        let (page, tools) = (of(language, "page"), of(language, "tools"));
        let names: Vec<_> = tools.iter().filter_map(|(id, said)| Some((id.strip_suffix("-name")?, said))).collect();
        assert!(names.len() > 9);
        for (tool, said) in names {
            assert_eq!(page.get(["nav-", tool].concat().as_str()), Some(said), "{language}: {tool}");
        }
    }
}

/// What the data files say in English, by the id of its translation; with true where every translation has to say it.
fn data() -> BTreeMap<String, (&'static str, bool)> {
    let data = crate::diagnose::data::Data::get();
    let mut all = BTreeMap::new();
    for (id, cause) in &data.causes {
        all.insert(format!("cause-{id}"), (cause.title.as_str(), true));
        all.insert(format!("cause-{id}-meaning"), (cause.meaning.as_str(), false));
        let others = [("retry", &cause.retry), ("support", &cause.support)];
        for (name, text) in others.into_iter().chain(cause.myth.as_ref().map(|text| ("myth", text))) {
            all.insert(format!("cause-{id}-{name}"), (text.as_str(), false));
        }
        for fix in &cause.fixes {
            all.insert(format!("cause-{id}-fix-{}", fix.id), (fix.title.as_str(), true));
            all.insert(format!("cause-{id}-fix-{}-detail", fix.id), (fix.detail.as_deref().unwrap_or_default(), false));
        }
    }
    for (id, question) in &data.questions {
        all.insert(format!("question-{id}"), (question.text.as_str(), false));
        all.insert(format!("question-{id}-how"), (question.how.as_str(), false));
        for answer in &question.answers {
            all.insert(format!("question-{id}-{}", answer.id), (answer.text.as_str(), false));
        }
    }
    all.extend(data.responders.iter().map(|(id, r)| (format!("responder-{id}"), (r.title.as_str(), false))));
    all.extend(
        crate::diagnose::LIKELIHOODS.map(|words| (format!("likelihood-{}", words.replace(' ', "-")), (words, false))),
    );
    all.insert("answer-unknown".to_owned(), ("I cannot tell", false));
    all.insert("reason-common".to_owned(), (crate::diagnose::COMMON, false));
    // The wording of facts is put together in code: their names, and what they are given.
    const FACTS: [(&str, &str); 18] = [
        ("fact-status", "{value|}"),
        ("fact-code", "{value|}"),
        ("fact-header", "{name|}"),
        ("fact-header-value", "{name|} {value|}"),
        ("fact-no-header", "{value|}"),
        ("fact-sent", "{name|}"),
        ("fact-sent-value", "{name|} {value|}"),
        ("fact-target", "{value|}"),
        ("fact-no-target", "{value|}"),
        ("fact-to", "{value|}"),
        ("fact-path", "{value|}"),
        ("fact-mentions", "{value|}"),
        ("fact-body", "{value|}"),
        ("fact-method", "{value|}"),
        ("fact-input", "{value|}"),
        ("fact-key", "{value|}"),
        ("fact-says", "{value|}"),
        ("fact-answer", "{question|} {value|}"),
    ];
    all.extend(FACTS.map(|(id, arguments)| (id.to_owned(), (arguments, false))));
    let values = crate::diagnose::data::Vocabulary::get().facts.iter().filter_map(|fact| fact.split_once('='));
    all.extend(
        values
            .filter(|(_, value)| !value.contains([':', '/']))
            .map(|(kind, value)| (format!("fact-{kind}-{value}"), ("-", false))),
    );
    all.extend(data.tree.derived.iter().map(|(id, d)| (format!("fact-is-{id}"), (d.text.as_str(), false))));
    all.extend(crate::diagnose::path::HOPS.map(|(id, words)| (format!("stop-{id}"), (words, false))));
    all.retain(|_, (text, _)| !text.is_empty());
    all
}

#[test]
fn translations_of_the_data_files_fit_them() {
    let data = data();
    for (language, _, table) in ALL.iter().filter(|(_, bundle, _)| *bundle == DATA) {
        let said = messages(table);
        // A new cause is said in English until somebody translates it. Falling behind is a failure: one in twenty.
        let must = || data.iter().filter(|(_, (_, must))| *must);
        let mut wrong: Vec<String> =
            must().filter(|(id, _)| !said.contains_key(id.as_str())).map(|(id, _)| format!("lacks {id}")).collect();
        if wrong.len() * 20 <= must().count() {
            wrong.clear();
        }
        let mut used = BTreeSet::new();
        for (id, pattern) in &said {
            if id.starts_with("parameter-") {
                continue;
            }
            let Some((english, _)) = data.get(*id) else {
                wrong.push(format!("{id} is in no data file"));
                continue;
            };
            let unknown = arguments(pattern).into_iter().filter(|name| !english.contains(&format!("{{{name}|")));
            wrong.extend(unknown.map(|name| format!("{id}: the English does not name {name}")));
            if id.starts_with("fact-") {
                continue;
            }
            used.extend(arguments(pattern).into_iter().map(|name| format!("parameter-{name}")));
            // Code stays code.
            let codes = |text: &str| text.split('`').skip(1).step_by(2).map(str::to_owned).collect::<BTreeSet<_>>();
            wrong.extend((codes(pattern) != codes(english)).then(|| format!("{id}: other words in backticks")));
        }
        let stand_ins: BTreeSet<_> =
            said.keys().filter(|id| id.starts_with("parameter-")).map(|id| (*id).to_owned()).collect();
        wrong.extend(stand_ins.symmetric_difference(&used).map(|id| format!("{id}: unused, or missing")));
        let others = ALL.iter().filter(|(l, b, _)| l == language && *b != DATA).flat_map(|(.., table)| read(table));
        wrong.extend(
            others.filter(|(id, _)| said.contains_key(id)).map(|(id, _)| format!("{id} stands in two bundles")),
        );
        assert!(wrong.is_empty(), "locales/{language}/{DATA}.ftl: {wrong:#?}");
    }
}

/// What checks and reasons say in English, by the id of its translation.
fn sentences() -> BTreeMap<String, &'static str> {
    let data = crate::diagnose::data::Data::get();
    let causes = data.causes.values().flat_map(|c| &c.evidence).filter_map(|e| e.because.as_deref());
    let responders = data.responders.values().flat_map(|r| &r.evidence).filter_map(|e| e.because.as_deref());
    let mut all: BTreeMap<_, _> = causes.chain(responders).map(|text| (key(text).0, text)).collect();
    all.extend(crate::signals::place::Place::names().map(|name| (key(&name).0, "a place")));
    for rule in crate::check::rules::RULES {
        all.insert(format!("finding-{}", rule.id), rule.title);
        all.insert(format!("finding-{}-why", rule.id), rule.why);
        all.insert(format!("finding-{}-fix", rule.id), rule.fix);
    }
    all
}

#[test]
fn reasons_and_checks_are_translated_with_the_same_code() {
    let english = sentences();
    for (language, _, table) in ALL.iter().filter(|(_, bundle, _)| *bundle == SAID) {
        let said = messages(table);
        // New ones are said in English until somebody translates them. Falling behind is a failure: one in twenty.
        let lacks: Vec<_> = english.keys().filter(|id| !said.contains_key(id.as_str())).collect();
        assert!(lacks.len() * 20 <= english.len(), "locales/{language}/{SAID}.ftl lacks {lacks:#?}");
        for (id, pattern) in said.iter().filter(|(id, _)| id.starts_with("finding-") && **id != "finding-values") {
            let text = english.get(*id).unwrap_or_else(|| panic!("{language}: there is no rule for {id}"));
            let codes = |text: &str| text.split('`').skip(1).step_by(2).map(str::to_owned).collect::<BTreeSet<_>>();
            assert_eq!(codes(pattern), codes(text), "{language}: {id}");
        }
        let names = ["a", "b", "c", "d", "e", "f"];
        for (id, pattern) in said.iter().filter(|(id, _)| id.starts_with("said-")) {
            let values = id.rsplit_once('-').and_then(|(_, n)| n.parse().ok()).unwrap_or(0);
            let known = arguments(pattern).into_iter().all(|name| names.iter().take(values).any(|n| *n == name));
            assert!(known, "{language}: {id} has {values} values");
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
    choose(&["a=一\n"], |_| "other".to_owned());
    assert_eq!((text("a"), text("b"), text("no-such-id")), ("一", "two", "no-such-id"));
    choose(&[], english_plural);
    assert_eq!(text("a"), "one");
}
