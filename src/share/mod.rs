//! The share link: facts of the closed vocabulary in the URL's fragment, and the redacted text only on request.
//!
//! A link reads `#v1.FACTS` or `#v1.FACTS.TEXT`. FACTS is base64url of four bytes per fact (the start of the SHA-256 of
//! its name, so that a link can hold nothing but names this project chose) and a checksum. Behind a message that is known in
//! several wordings stands, named in the same way, which of them it was. Behind the facts may stand, as two
//! more of them, the name [`MADE`] and the minute in which the link was made. TEXT is the redacted text,
//! deflated (RFC 1951) and base64url. Browsers do not send fragments to servers (RFC 9110, section 4.2.5).

use crate::diagnose::data::Vocabulary;
use crate::ordered;
use crate::redact::{self, Raw, RedactOptions};
use crate::signals::{self, Signal, Signals};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use sha2::{Digest as _, Sha256};

/// What every link of this version begins with.
pub const PREFIX: &str = "#v1.";

/// How many bytes of its name's hash stand for a fact.
const FACT: usize = 4;

/// How many bytes the checksum takes.
const CHECKSUM: usize = 4;

/// What comes before the time at which a link was made: four bytes, minutes since 1970.
const MADE: &str = "made";

/// When a link can have been made: in the years 2025 to 2100. The library has no clock; another time is a forged one, or that
/// of a clock that was never set.
const TIMES: std::ops::Range<u64> = 1_735_689_600..4_133_980_800;

/// The longest fragment that is made or opened, in bytes: what mail programs and browsers still pass on unharmed.
pub const LONGEST: usize = 32_000;

/// The longest text that a link may hold once it is inflated, in bytes.
const LONGEST_TEXT: usize = 256 * 1024;

/// Why a link cannot be opened or made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// The fragment is none of ours.
    #[error("This is not a why403 link. Paste the error itself instead.")]
    Foreign,
    /// A later version made it.
    #[error(
        "This link was made by a newer why403. Reload this page to get the newest version, then open the link again."
    )]
    Newer,
    /// A part is missing or changed.
    #[error("This link is damaged: a part of it is missing or changed. Ask for it to be copied again, whole.")]
    Damaged,
    /// The text does not fit.
    #[error("The text is too long for a link. Share the link without it, or send the report as a file.")]
    TooLong,
    /// A second look found a secret in the text.
    #[error("The text still held a secret, so it was left out of the link.")]
    Secret,
}

/// What a link held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Its facts.
    pub signals: Signals,
    /// How many facts this version does not know.
    pub unknown: usize,
    /// The redacted text, scanned again, where the visitor had ticked it.
    pub text: Option<String>,
    /// When it was made, in seconds since 1970, where it says so.
    pub made: Option<u64>,
}

/// Makes the fragment, with its `#`; with `text`, the redacted text goes in.
///
/// # Errors
///
/// [`ShareError::Secret`] where a second look at `text` finds a secret, [`ShareError::TooLong`] where it does not fit.
pub fn link(signals: &Signals, text: Option<&str>) -> Result<String, ShareError> {
    let mut bytes = Vec::new();
    for fact in signals.said() {
        bytes.extend(short(&fact.id));
        if let Some(nth) = signals.wording(&fact.id) {
            bytes.extend(short(&wording(&fact.id, nth)));
        }
    }
    let deflated = match text {
        None => None,
        Some(text) => {
            // Before the second look, which takes as long as the first.
            if text.len() > LONGEST_TEXT {
                return Err(ShareError::TooLong);
            }
            let scanned = redact::redact(Raw::new(text.to_owned()), &RedactOptions::default());
            if scanned.text() != text {
                return Err(ShareError::Secret);
            }
            Some(miniz_oxide::deflate::compress_to_vec(text.as_bytes(), 9))
        }
    };
    let link = written(bytes, deflated.as_deref());
    if link.len() > LONGEST { Err(ShareError::TooLong) } else { Ok(link) }
}

/// The link with the time at which it is made, in seconds since 1970, rounded down to the minute. The library has no clock:
/// who has one says what it shows. A time that cannot be is left out. None where `link` is no whole link.
pub fn stamped(link: &str, seconds: u64) -> Option<String> {
    let (mut facts, deflated) = taken_apart(link.strip_prefix('#')?).ok()?;
    if let Some(at) = stamp_at(&facts) {
        facts.truncate(at);
    }
    if TIMES.contains(&seconds) {
        facts.extend(short(MADE));
        facts.extend(u32::try_from(seconds / 60).unwrap_or_default().to_be_bytes());
    }
    Some(written(facts, deflated.as_deref()))
}

/// Where the time stands in the facts.
fn stamp_at(facts: &[u8]) -> Option<usize> {
    let at = facts.len().checked_sub(2 * FACT)?;
    facts.get(at..at + FACT).filter(|name| **name == short(MADE)).map(|_| at)
}

fn written(mut facts: Vec<u8>, deflated: Option<&[u8]>) -> String {
    facts.extend(checksum(&facts, deflated.unwrap_or_default()));
    let mut link = PREFIX.to_owned();
    link.push_str(&BASE64URL.encode(facts));
    if let Some(deflated) = deflated {
        link.push('.');
        link.push_str(&BASE64URL.encode(deflated));
    }
    link
}

/// Opens a fragment, with or without its `#`.
///
/// # Errors
///
/// Says what is wrong with a fragment that cannot be opened. Text that still holds a secret is redacted, not refused.
pub fn open(fragment: &str) -> Result<Opened, ShareError> {
    let fragment = fragment.trim();
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    if fragment.len() > LONGEST {
        return Err(ShareError::Damaged);
    }
    let (mut facts, deflated) = taken_apart(fragment)?;
    let mut made = None;
    if let Some(at) = stamp_at(&facts) {
        let minutes = facts.get(at + FACT..).and_then(|m| <[u8; FACT]>::try_from(m).ok()).map(u32::from_be_bytes);
        made = minutes.map(|m| u64::from(m) * 60).filter(|made| TIMES.contains(made));
        facts.truncate(at);
    }
    let (signals, unknown) = read(&facts);
    Ok(Opened { signals, unknown, text: deflated.as_deref().map(inflate).transpose()?, made })
}

/// The facts' bytes and the deflated text of a fragment without its `#`, proved by the checksum.
fn taken_apart(fragment: &str) -> Result<(Vec<u8>, Option<Vec<u8>>), ShareError> {
    let (version, payload) = fragment.split_once('.').ok_or(ShareError::Foreign)?;
    // No version is written with a sign or a zero before it.
    let number = version.strip_prefix('v').filter(|n| n.len() < 5 && !n.starts_with('0') && !n.starts_with('+'));
    match number.ok_or(ShareError::Foreign)?.parse::<u16>().map_err(|_| ShareError::Foreign)? {
        1 => {}
        _ => return Err(ShareError::Newer),
    }
    // A chat may have put the sentence's punctuation behind the link.
    let payload = payload.trim_end_matches(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
    let (facts, text) = payload.split_once('.').map_or((payload, None), |(f, t)| (f, Some(t)));
    let mut bytes = BASE64URL.decode(facts).map_err(|_| ShareError::Damaged)?;
    let deflated = text.map(|t| BASE64URL.decode(t)).transpose().map_err(|_| ShareError::Damaged)?;
    let facts = bytes.len().checked_sub(CHECKSUM).filter(|n| n % FACT == 0).ok_or(ShareError::Damaged)?;
    let sum = bytes.split_off(facts);
    if checksum(&bytes, deflated.as_deref().unwrap_or_default()) != *sum {
        return Err(ShareError::Damaged);
    }
    Ok((bytes, deflated))
}

fn inflate(deflated: &[u8]) -> Result<String, ShareError> {
    let bytes =
        miniz_oxide::inflate::decompress_to_vec_with_limit(deflated, LONGEST_TEXT).map_err(|_| ShareError::Damaged)?;
    let text = String::from_utf8(bytes).map_err(|_| ShareError::Damaged)?;
    Ok(redact::redact(Raw::new(text), &RedactOptions::default()).text().to_owned())
}

/// The facts that the bytes stand for, and how many of them this version does not know.
fn read(facts: &[u8]) -> (Signals, usize) {
    let known = ordered::map(Vocabulary::get().all().into_iter().map(|id| (short(&id), id)));
    let (mut signals, mut unknown) = (Signals::default(), 0);
    let mut last = None;
    for fact in facts.chunks_exact(FACT) {
        if let Some(id) = <[u8; FACT]>::try_from(fact).ok().and_then(|f| known.get(&f)) {
            signals.add(Signal { id: id.clone(), text: signals::in_words(id, None), span: None });
            last = Some(id);
            continue;
        }
        // Behind a message may stand which of its wordings it was.
        let found = last.take().and_then(|id: &String| {
            let wordings = Vocabulary::get().templates.iter().filter(|(of, _)| of == id).count();
            (0..wordings).find(|nth| short(&wording(id, *nth)) == fact).map(|nth| (id, nth))
        });
        match found {
            Some((id, nth)) => signals.worded(id, nth),
            None => unknown += 1,
        }
    }
    (signals, unknown)
}

/// The name of a message's wording.
fn wording(id: &str, nth: usize) -> String {
    [id, "#", &nth.to_string()].concat()
}

/// The bytes that stand for a fact.
fn short(id: &str) -> [u8; FACT] {
    let hash = Sha256::digest(id.as_bytes());
    let mut bytes = [0; FACT];
    bytes.iter_mut().zip(hash).for_each(|(b, h)| *b = h);
    bytes
}

fn checksum(facts: &[u8], text: &[u8]) -> [u8; CHECKSUM] {
    let hash = Sha256::new().chain_update(facts).chain_update(b".").chain_update(text).finalize();
    let mut bytes = [0; CHECKSUM];
    bytes.iter_mut().zip(hash).for_each(|(b, h)| *b = h);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn some(ids: &[&str]) -> Signals {
        let mut signals = Signals::default();
        for id in ids {
            signals.add(Signal { id: (*id).to_owned(), text: signals::in_words(id, None), span: None });
        }
        signals
    }

    #[test]
    fn no_two_facts_share_their_bytes() {
        let all = Vocabulary::get().all();
        let mut seen = std::collections::BTreeMap::new();
        let wordings = Vocabulary::get().templates.iter().flat_map(|(id, _)| (0..40).map(move |nth| wording(id, nth)));
        let wordings: std::collections::BTreeSet<String> = wordings.collect();
        for id in all.iter().chain(&wordings) {
            let earlier = seen.insert(short(id), id);
            assert!(earlier.is_none(), "{id} and {earlier:?} look the same in a link: rename one");
        }
    }

    #[test]
    fn a_link_holds_the_facts_and_on_request_the_text() {
        let signals = some(&["says=missing-scopes", "target=api.openai.com"]);
        let link = super::link(&signals, None).expect("short");
        assert!(link.len() < 40, "{link}");
        assert_eq!(open(&link), Ok(Opened { signals: signals.clone(), unknown: 0, text: None, made: None }));
        let text = "curl https://api.openai.com/v1/models\nHTTP/1.1 403 Forbidden";
        let link = super::link(&signals, Some(text)).expect("short");
        assert_eq!(open(&link).expect("whole").text.as_deref(), Some(text));
    }

    #[test]
    fn a_link_says_a_message_by_the_wording_that_was_found() {
        let templates = &Vocabulary::get().templates;
        let several = templates.windows(2).filter(|pair| pair[0].0 == pair[1].0).map(|pair| pair[1].0.as_str());
        let mut before = some(&several.clone().collect::<Vec<_>>());
        let first = before.clone();
        several.for_each(|id| before.worded(id, 1));
        assert_ne!(before, first);
        let opened = open(&super::link(&before, None).expect("short")).expect("whole");
        assert!(opened.signals.iter().eq(before.iter()) && opened.unknown == 0);
        assert!(opened.signals.iter().all(|said| !said.text.ends_with(" or the like.")));
        // Made before that was said.
        let opened = open(&super::link(&first, None).expect("short")).expect("whole");
        assert!(opened.signals.iter().any(|said| said.text.ends_with(" or the like.")));
        // From a text.
        let text = "403 {\"error\":{\"message\":\"该令牌无权访问模型 gpt-4o\"}}".to_owned();
        let report = crate::inspect(Raw::new(text), &RedactOptions::default(), &[]);
        let said: Vec<_> = open(&report.link).expect("whole").signals.iter().map(|s| s.text.clone()).collect();
        assert!(said.iter().any(|text| text.contains("该令牌无权访问")), "{said:?}");
    }

    #[test]
    fn a_link_says_when_it_was_made_where_it_was_told() {
        let signals = some(&["says=missing-scopes", "target=api.openai.com"]);
        for text in [None, Some("HTTP/1.1 403 Forbidden")] {
            let plain = super::link(&signals, text).expect("short");
            assert_eq!(open(&plain).expect("whole").made, None);
            let first = stamped(&plain, 1_750_000_000).expect("a whole link");
            // Said once more, only the last time counts.
            let again = stamped(&first, 1_795_273_259).expect("a whole link");
            let opened = open(&again).expect("whole");
            assert_eq!((opened.made, opened.unknown), (Some(1_795_273_200), 0));
            assert_eq!((opened.signals, opened.text.as_deref()), (signals.clone(), text));
        }
        assert_eq!(stamped("#v1.AAAA", 0), None);
        assert_eq!(stamped("", 0), None);
    }

    #[test]
    fn a_time_that_cannot_be_is_none() {
        let signals = some(&["target=api.openai.com"]);
        let plain = super::link(&signals, None).expect("short");
        for seconds in [0, 1_000_000_000, 4_133_980_800, u64::from(u32::MAX) * 60, u64::MAX] {
            assert_eq!(stamped(&plain, seconds).as_ref(), Some(&plain));
            // As somebody forges it.
            let mut facts: Vec<u8> = signals.said().flat_map(|s| short(&s.id)).chain(short(MADE)).collect();
            facts.extend(u32::try_from(seconds / 60).unwrap_or(u32::MAX).to_be_bytes());
            let forged = open(&written(facts, None)).expect("whole");
            assert_eq!((forged.made, forged.unknown, &forged.signals), (None, 0, &signals));
        }
    }

    #[test]
    fn what_is_wrong_with_a_link_is_said() {
        let whole = super::link(&some(&["target=api.openai.com"]), Some("x")).expect("short");
        assert_eq!(open("#v2.abc"), Err(ShareError::Newer));
        for foreign in [
            "",
            "#",
            "#top",
            "#/guide",
            "https://example.com/#v",
            "#version.1",
            "#v0.x",
            "#v01.x",
            "#v+1.x",
            "#v99999.x",
        ] {
            assert_eq!(open(foreign), Err(ShareError::Foreign), "{foreign}");
        }
        assert_eq!(open("#v1."), Err(ShareError::Damaged));
        for cut in PREFIX.len()..whole.len() - 1 {
            let part = whole.get(..cut).expect("ASCII");
            assert_eq!(open(part), Err(ShareError::Damaged), "{part}");
        }
    }

    #[test]
    fn punctuation_behind_a_link_is_no_part_of_it() {
        let link = super::link(&some(&["target=api.openai.com"]), None).expect("short");
        for behind in [").", ",", "!", "'", "*", "`", "。", "…”", " "] {
            assert!(open(&format!("{link}{behind}")).is_ok(), "{behind}");
        }
    }

    #[test]
    fn facts_from_elsewhere_are_counted_not_kept() {
        let link = super::link(&some(&["says=retired-long-ago"]), None).expect("short");
        assert_eq!(open(&link).expect("whole").unknown, 1);
    }

    #[test]
    fn a_bomb_does_not_go_off() {
        let bomb = miniz_oxide::deflate::compress_to_vec(&vec![b'x'; 20_000_000], 9);
        let mut bytes = Vec::new();
        bytes.extend(checksum(&[], &bomb));
        let link = format!("{PREFIX}{}.{}", BASE64URL.encode(bytes), BASE64URL.encode(&bomb));
        assert_eq!(open(&link), Err(ShareError::Damaged));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn any_facts_survive_the_way(picks in proptest::collection::vec(any::<prop::sample::Index>(), 0..40)) {
            let all: Vec<String> = Vocabulary::get().all().into_iter().collect();
            let ids: Vec<&str> = picks.iter().map(|p| p.get(&all).as_str()).collect();
            let signals = some(&ids);
            let link = super::link(&signals, None).expect("short");
            prop_assert!(link.len() < 400);
            prop_assert_eq!(open(&link).expect("whole").signals, signals);
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,80}") {
            let _ = open(&text);
            let _ = open(&format!("{PREFIX}{text}"));
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..80), more in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = open(&format!("{PREFIX}{}.{}", BASE64URL.encode(bytes), BASE64URL.encode(more)));
        }
    }
}
