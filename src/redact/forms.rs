//! Secrets that are known by what they look like: each has a prefix that nothing else has.

use super::judge::{is_placeholder, is_random, is_wordy};
use super::kind::{Body, Form};
use super::kinds::KINDS;
use std::sync::LazyLock;

/// What stands in every key of OpenAI's: its name in base64.
pub(super) const OPENAI_MARK: &str = "T3BlbkFJ";

/// Every form with its kind.
fn forms() -> impl Iterator<Item = (&'static str, &'static Form)> {
    KINDS.iter().flat_map(|kind| kind.forms.iter().map(|form| (kind.id, form)))
}

/// A secret that was recognised at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// Its kind.
    pub(super) kind: &'static str,
    /// Bytes before it that are no part of it (a protocol name).
    pub(super) skip: usize,
    /// Bytes up to its end.
    pub(super) len: usize,
    /// Shorter than a whole one can be.
    pub(super) truncated: bool,
}

/// One bit for each pair of bytes that a form starts with, and one for the low bits of each three.
pub(super) struct Starts {
    pairs: [u64; 1024],
    threes: [u32; 1024],
}

impl Starts {
    /// Reads them off the table of forms, in the cases that phones' keyboards make of them too.
    pub(super) fn new() -> Self {
        let (mut pairs, mut threes) = ([0_u64; 1024], [0_u32; 1024]);
        let mut note = |a: u8, b: u8, c: u8| {
            let at = usize::from(a) << 8 | usize::from(b);
            if let Some(word) = pairs.get_mut(at >> 6) {
                *word |= 1 << (at & 63);
            }
            if let Some(word) = threes.get_mut(low(a, b)) {
                *word |= 1 << (c & 0x1f);
            }
        };
        for prefix in forms().map(|(_, form)| form.prefix).chain(["eyJ", OPENAI_MARK]) {
            match prefix.as_bytes() {
                [a, b, c, ..] => {
                    note(*a, *b, *c);
                    if is_any_case(prefix) {
                        note(a.to_ascii_uppercase(), *b, *c);
                        note(a.to_ascii_uppercase(), b.to_ascii_uppercase(), c.to_ascii_uppercase());
                    }
                }
                [a, b] => (0..=u8::MAX).for_each(|c| note(*a, *b, c)),
                _ => {}
            }
        }
        Self { pairs, threes }
    }

    /// True where some form may start with these three bytes; the third may be the start of an encoded character.
    #[inline(always)]
    pub(super) fn has(&self, a: u8, b: u8, c: u8) -> bool {
        let three = || self.threes.get(low(a, b)).is_some_and(|word| word >> (c & 0x1f) & 1 == 1);
        let at = usize::from(a) << 8 | usize::from(b);
        self.pairs.get(at >> 6).is_some_and(|word| word >> (at & 63) & 1 == 1)
            && (three() || matches!(c, b'%' | b'&' | b'\\' | 0x80..))
    }
}

/// The low bits of two bytes.
fn low(a: u8, b: u8) -> usize {
    usize::from(a & 0x1f) << 5 | usize::from(b & 0x1f)
}

/// True for a prefix of words, which a phone's keyboard may capitalise; in others the case tells.
fn is_any_case(prefix: &str) -> bool {
    prefix.ends_with(['-', '_'])
}

/// The form whose prefix `text` starts with: the longest.
fn prefixed(text: &str) -> Option<(&'static str, &'static Form)> {
    let text = text.as_bytes();
    let &[first, second, ..] = text else { return None };
    BY_START
        .get(low(first, second))?
        .iter()
        .find(|(_, form)| {
            let prefix = form.prefix.as_bytes();
            // The case is left open.
            let alike = |at: usize| match (prefix.get(at), text.get(at)) {
                (Some(a), Some(b)) => a | 0x20 == b | 0x20,
                (wanted, _) => wanted.is_none(),
            };
            alike(2)
                && alike(3)
                && alike(4)
                && text.get(..prefix.len()).is_some_and(|start| {
                    start == prefix || is_any_case(form.prefix) && start.eq_ignore_ascii_case(prefix)
                })
        })
        .copied()
}

/// The forms by the low bits of their first two letters, in which both cases agree, the longest first: this is asked at every other
/// word.
static BY_START: LazyLock<Vec<Vec<(&'static str, &'static Form)>>> = LazyLock::new(|| {
    let mut rows = vec![Vec::new(); 1024];
    for (kind, form) in forms() {
        if let [a, b, ..] = form.prefix.as_bytes()
            && let Some(row) = rows.get_mut(low(*a, *b))
        {
            let at = row.iter().take_while(|(_, other): &&(_, &Form)| other.prefix.len() > form.prefix.len()).count();
            row.insert(at, (kind, form));
        }
    }
    rows
});

/// Bytes of the prefix that `text` starts with; none of a text that starts with no form.
pub(super) fn prefix_len(text: &str) -> usize {
    prefixed(text).map_or(0, |(_, form)| form.prefix.len())
}

/// True for a prefix and nothing more.
pub(super) fn is_prefix(text: &str) -> bool {
    text.len() >= 3 && prefixed(text).is_some_and(|(_, form)| form.prefix.len() == text.len())
}

/// True where a text starts with the prefix of a form, whatever follows.
pub(super) fn starts_like_one(text: &str) -> bool {
    text.starts_with("eyJ") || prefixed(text).is_some()
}

/// True where a form may start: its prefix stands there, or something encoded stands within the first characters.
pub(super) fn may_start(text: &str) -> bool {
    // `path`: a prefix of letters and a word that ends at once.
    let goes_on = |prefix: &str| {
        let near = text.as_bytes().iter().skip(prefix.len()).take(4);
        !prefix.ends_with(|c: char| c.is_ascii_alphanumeric())
            || !near.into_iter().any(|b| matches!(b, b' ' | b'"' | b'\'' | b'/' | b'=' | b':' | b','))
    };
    text.starts_with("eyJ")
        || text.as_bytes().iter().take(16).any(|b| matches!(b, b'%' | b'&' | b'\\' | b'<' | 0x1b | 0x80..))
        || prefixed(text).is_some_and(|(_, form)| goes_on(form.prefix))
}

/// Recognises a secret at the start of `text`, a run of key characters. With `sure`, where a secret is bound to stand
/// (an `Authorization` value), short ones count too.
pub(super) fn find(text: &str, sure: bool) -> Option<Found> {
    if text.starts_with("eyJ") {
        return jwt(text);
    }
    let (kind, Form { prefix, body, fewest, full }) = prefixed(text)?;
    let (fewest, full) = (usize::from(*fewest), usize::from(*full));
    let after = text.get(prefix.len()..)?;
    let len = body_len(after, *body);
    let inner = after.get(..len)?;
    let fewest = if sure { fewest.min(8) } else { fewest };
    let whole = prefix.len() + len;
    // Letters alone may read as words by chance; not in one piece that is exactly as long as a key.
    let exact = || prefix.len() > 3 && whole == full && !inner.contains(['-', '_']) && is_mixed_case(inner);
    if inner.chars().count() < fewest || is_wordy(inner) && !exact() || is_placeholder(inner) {
        return None;
    }
    let kind = if *prefix == "sk-" { sk(inner, sure)? } else { kind };
    // A prefix that any word may start with: only with the rest at its full length.
    let weak = prefix.len() <= 3 && full > 0 && !prefix.ends_with('_');
    // Another key may stick to its end.
    let joined = weak && whole > full && text.get(full..).is_some_and(starts_like_one);
    let whole = if joined { full } else { whole };
    let goes_on = *body == Body::Hex && after.as_bytes().get(len).is_some_and(u8::is_ascii_alphanumeric);
    if !sure && (goes_on || weak && whole != full) {
        return None;
    }
    // The weaker the prefix, the more the rest must look like a key.
    let strong = (inner.len() >= 24
        && inner.bytes().any(|b| b.is_ascii_digit())
        && inner.bytes().any(|b| b.is_ascii_alphabetic()))
        || (kind == "aws-access-key-id" && len == 16)
        || prefix.len() >= 7
        || prefix.len() > 3 && full == whole
        || is_random(inner)
        || sure
        || *prefix == "sk-";
    let full = if kind == "openai-key" { 51 } else { full };
    let skip = if *body == Body::Path { prefix.len() } else { 0 };
    // OpenAI's keys have had several lengths; their mark stands in the middle of each.
    let half = inner.len().saturating_sub(OPENAI_MARK.len()) / 2;
    let marked =
        || half >= 20 && inner.get(half..).and_then(|rest| rest.strip_prefix(OPENAI_MARK)).map(str::len) == Some(half);
    strong.then_some(Found { kind, skip, len: whole, truncated: full > whole && !marked() })
}

/// True where capitals and small letters stand in it.
fn is_mixed_case(inner: &str) -> bool {
    inner.bytes().any(|b| b.is_ascii_uppercase()) && inner.bytes().any(|b| b.is_ascii_lowercase())
}

/// What a key that starts with `sk-` and nothing more telling is.
fn sk(inner: &str, sure: bool) -> Option<&'static str> {
    let longest = inner.split(['-', '_']).map(str::len).max().unwrap_or_default();
    if inner.contains(OPENAI_MARK) || (inner.len() == 48 && longest == 48) {
        return Some("openai-key");
    }
    (sure || is_random(inner) || longest >= 16).then_some("openai-style-key")
}

/// A JSON Web Token in compact form: signed (three parts), encrypted (five), or cut off.
fn jwt(text: &str) -> Option<Found> {
    let len = body_len(text, Body::Dotted);
    let token = text.get(..len)?;
    let parts = token.split('.').count();
    let first = token.split('.').next().unwrap_or_default();
    if parts == 1 && super::wrapped_text::starts_object(first) {
        return None;
    }
    let whole = (parts == 3 || parts == 5) && token.len() >= 40;
    // Cut off within its header or its claims: the alphabet and the length must convince.
    let cut = first.len() >= 17 && super::judge::turns(first) * 5 >= first.len() && token.len() >= 24;
    (whole || cut).then_some(Found { kind: "jwt", skip: 0, len, truncated: !whole || token.ends_with('.') })
}

/// The kinds that forms tell.
#[cfg(test)]
pub(super) fn kinds() -> impl Iterator<Item = &'static str> {
    forms().map(|f| f.0).chain(["jwt", "openai-key"])
}

fn body_len(text: &str, body: Body) -> usize {
    let fits = |b: &u8| {
        if body == Body::Hex {
            return b.is_ascii_hexdigit();
        }
        b.is_ascii_alphanumeric()
            || !b.is_ascii()
            || match body {
                Body::Url => matches!(b, b'-' | b'_'),
                Body::Alnum | Body::Hex => false,
                Body::Base64 => matches!(b, b'-' | b'_' | b'+' | b'/' | b'='),
                Body::Dotted => matches!(b, b'-' | b'_' | b'.'),
                Body::Path => matches!(b, b'-' | b'_' | b'/'),
            }
    };
    let len = text.bytes().position(|b| !fits(&b)).unwrap_or(text.len());
    // A full stop, a hyphen or an equals sign at the end belongs to the sentence.
    text.get(..len).map_or(0, |t| t.trim_end_matches('.').len())
}

/// The length of a whole key of the form that `text` starts with, where it is known.
fn full_len(text: &str) -> Option<usize> {
    prefixed(text).map(|(_, form)| usize::from(form.full)).filter(|full| *full > 0)
}

/// True where `more` characters make a whole key of a run that broke off.
pub(super) fn would_complete(text: &str, more: usize) -> bool {
    let Some(found) = find(text, true) else { return false };
    let body = super::judge::strip_known_prefix(text).len() + more;
    match found.kind {
        "openai-project-key" | "openai-service-account-key" | "openai-admin-key" => matches!(body, 124 | 156),
        "openai-key" | "openai-style-key" => text.len() + more == 51,
        _ => full_len(text).is_some_and(|full| text.len() + more == full),
    }
}

/// True where so many characters make a whole key of a piece that starts like one.
pub(super) fn is_whole_at(piece: &str, total: usize) -> bool {
    let Some((_, form)) = prefixed(piece) else { return false };
    let body = total.saturating_sub(form.prefix.len());
    match form.prefix {
        "sk-proj-" | "sk-svcacct-" | "sk-admin-" => matches!(body, 124 | 156),
        "sk-" => matches!(body, 32 | 48),
        // `api03` was cut off.
        "sk-ant-" => total == 108,
        _ => total == usize::from(form.full),
    }
}

/// The kind that the prefix tells which `text` starts with.
pub(super) fn prefix_kind(text: &str) -> Option<&'static str> {
    prefixed(text).map(|(kind, _)| kind)
}

/// True where a run that broke off at a line end is a whole key already.
pub(super) fn is_complete(text: &str) -> bool {
    // Most pieces are too short to be whole.
    let fewest = prefixed(text).map(|(_, form)| match form.prefix {
        prefix @ ("sk-proj-" | "sk-svcacct-" | "sk-admin-") => prefix.len() + 124,
        "sk-" => 51,
        _ => usize::from(form.full),
    });
    if fewest.is_some_and(|fewest| text.len() < fewest) {
        return false;
    }
    let Some(found) = find(text, true) else { return false };
    match found.kind {
        "openai-project-key" | "openai-service-account-key" | "openai-admin-key" => {
            let body = super::judge::strip_known_prefix(text);
            let marked = |half: usize| body.len() == 2 * half + 8 && body.get(half..half + 8) == Some(OPENAI_MARK);
            marked(58) || marked(74) || text.len() > 167
        }
        "jwt" | "openai-style-key" => false,
        "openai-key" => found.len >= 51,
        _ => full_len(text).is_some_and(|full| found.len >= full),
    }
}
