//! Two keys by their fingerprints: is it the same one, and what differs?

use crate::redact::{self, Fingerprint, Placeholder, Raw, RedactOptions};
use serde::{Deserialize, Serialize};

/// One of the two.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// Kind of key; empty where nothing tells.
    pub kind: String,
    /// The fingerprint; none where there is none.
    pub text: Option<String>,
    /// Its number of characters.
    pub chars: Option<usize>,
    /// Its hash.
    pub hash: Option<String>,
    /// The letters of what is odd about it.
    pub flags: String,
    /// Its last four characters.
    pub last_four: Option<String>,
    /// True where a key itself was given, which must leave the box.
    pub key: bool,
}

/// What comes of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keys {
    /// The one.
    pub one: Side,
    /// The other.
    pub other: Side,
    /// Whether both are the same key; none where that cannot be told.
    pub same: Option<bool>,
    /// What differs: `kind`, `chars`, `hash`, `flags`, `last_four`.
    pub differs: Vec<String>,
}

/// Compares two texts that each hold a fingerprint, a redacted stretch, a masked key, or a key.
pub fn compare(one: String, other: String) -> Keys {
    // Keys themselves need no hash to be told apart: some are too easily guessed for one.
    let equal = bare(&one) == bare(&other);
    let words = [&one, &other].iter().all(|text| !bare(text).contains(char::is_whitespace) && !masks(text));
    let (one, other) = (side(one), side(other));
    let known = |side: &Side| side.key && !side.kind.is_empty();
    let alike = (words && known(&one) && known(&other)).then_some(equal);
    let unlike = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some() && a != b;
    let (hash, last) = (unlike(&one.hash, &other.hash), unlike(&one.last_four, &other.last_four));
    let told = |a: &str, b: &str| !a.is_empty() && !b.is_empty() && a != "secret" && b != "secret" && a != b;
    let differs = [
        ("kind", told(&one.kind, &other.kind)),
        ("chars", one.chars.zip(other.chars).is_some_and(|(a, b)| a != b)),
        ("hash", hash),
        // Only two fingerprints can be odd in different ways; a masked key shows nothing of it.
        ("flags", one.chars.is_some() && other.chars.is_some() && one.flags != other.flags),
        ("last_four", last),
    ];
    let same = match (&one.hash, &other.hash) {
        (Some(a), Some(b)) => Some(a == b),
        _ if last => Some(false),
        _ => alike.filter(|equal| *equal),
    };
    Keys {
        one,
        other,
        same,
        differs: differs.iter().filter(|(_, is)| *is).map(|(what, _)| (*what).to_owned()).collect(),
    }
}

fn side(text: String) -> Side {
    let bare = text.trim();
    if let Some(print) = Fingerprint::parse("", bare) {
        return known(&print);
    }
    let options = RedactOptions { last_four: true, ..RedactOptions::default() };
    let given = bare.starts_with("{{redacted:");
    let word = !bare.is_empty() && !bare.contains(char::is_whitespace);
    // A key alone: what stands around it is part of what is to be known.
    let alone = (word && !given && !masks(bare)).then(|| redact::fingerprint(&text, &options));
    if let Some(print) = alone.filter(|p| p.hash.is_some() || p.flags.truncated) {
        return Side { key: true, ..known(&print) };
    }
    let redacted = redact::redact(Raw::new(text), &options);
    if let Some(found) = Placeholder::find_all(redacted.text()).next() {
        let side = found.fingerprint.as_ref().map(known).unwrap_or_default();
        return Side { kind: found.kind, key: !redacted.redactions().is_empty(), ..side };
    }
    let last = redacted.masked().first().map(|m| {
        let all: Vec<char> = m.shown.chars().collect();
        all.iter().skip(all.len().saturating_sub(4)).collect::<String>()
    });
    Side {
        last_four: last.filter(|l| l.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))),
        ..Side::default()
    }
}

/// A key without what was copied along with it.
fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''))
}

/// True where characters stand for hidden ones.
fn masks(text: &str) -> bool {
    text.contains("**") || text.contains("...") || text.contains(['\u{2026}', '\u{2022}'])
}

fn known(print: &Fingerprint) -> Side {
    Side {
        kind: print.kind.clone(),
        text: print.text(),
        chars: Some(print.chars),
        hash: print.hash.clone(),
        flags: print.flags.letters(),
        last_four: print.last_four.clone(),
        key: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "sk-proj-q7Vt2mXz9LwKc4RbN8yJf1HsDg6PaEu3TiOo5WvBn2Mk";

    fn told(one: &str, other: &str) -> (Option<bool>, String) {
        let keys = compare(one.to_owned(), other.to_owned());
        (keys.same, keys.differs.join(" "))
    }

    #[test]
    fn the_same_key_in_every_form() {
        let print = redact::fingerprint(KEY, &RedactOptions::default()).to_string();
        let line = ["export OPENAI_API_KEY=", KEY].concat();
        let mark = ["{{redacted:openai-project-key:", &print, "}}"].concat();
        for text in [KEY, &print, &line, &mark] {
            assert_eq!(told(text, KEY).0, Some(true), "{text}");
        }
        assert!(!compare(print.clone(), mark).one.key);
        assert!(compare(line, print).one.key, "a key was given and must leave the box");
    }

    #[test]
    fn what_differs_is_named() {
        let other = KEY.replace("q7Vt", "X1yZ");
        assert_eq!(told(KEY, &other), (Some(false), "hash".into()));
        assert_eq!(told(KEY, &[KEY, "\n"].concat()), (Some(true), "flags".into()));
        assert_eq!(told("51-dae96087400b", "52-0123456789ab-w.bC6d"), (Some(false), "chars hash flags".into()));
    }

    #[test]
    fn keys_without_a_hash_are_told_by_themselves() {
        for key in
            ["sk-proj-abcdefghabcdefghabcdefghabcdefghabcdefgh", "sk-proj-abcdefghijklmnopqrstuvwxyz01234567890123"]
        {
            let keys = compare(key.to_owned(), format!("{key}\n"));
            assert_eq!(keys.same, Some(true), "{keys:?}");
            assert!(keys.one.key && keys.one.flags.contains('t'), "{keys:?}");
        }
        assert_eq!(told("hello", "hello").0, None);
        assert_eq!(told("sk-proj-********abcd", "sk-proj-********abcd").0, None);
        assert_eq!(told("{{redacted:password}}", "{{redacted:password}}").0, None);
    }

    #[test]
    fn a_masked_key_can_only_speak_against() {
        assert_eq!(told(KEY, "sk-proj-********abcd"), (Some(false), "last_four".into()));
        assert_eq!(told(KEY, "Incorrect API key provided: sk-proj-********n2Mk."), (None, String::new()));
    }

    #[test]
    fn nothing_is_nothing() {
        for text in ["", "hello", "é\u{200b}", "{{redacted:nonsense}}"] {
            let keys = compare(text.to_owned(), KEY.to_owned());
            assert_eq!((keys.same, keys.one.hash), (None, None), "{text}");
        }
    }
}
