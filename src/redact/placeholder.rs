//! The stretches `{{redacted:KIND}}` and `{{redacted:KIND:FINGERPRINT}}` that stand for secrets.

use super::fingerprint::{Fingerprint, Flags};
use super::sink::{Sink, decode};
use crate::span::Span;

/// How each of them starts.
pub(super) const OPEN: &str = "{{redacted:";

/// A secret that stands redacted in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholder {
    /// Kind of secret.
    pub kind: String,
    /// The fingerprint, where there is one and this version can read it.
    pub fingerprint: Option<Fingerprint>,
    /// Where it stands, braces included.
    pub span: Span,
}

impl Placeholder {
    /// Every placeholder in `text`, in order.
    pub fn find_all(text: &str) -> impl Iterator<Item = Placeholder> + '_ {
        memchr::memmem::find_iter(text.as_bytes(), OPEN).filter_map(|at| Self::at(text, at))
    }

    /// The placeholder that starts at `at`, if one does.
    pub fn at(text: &str, at: usize) -> Option<Placeholder> {
        let len = length(text.get(at..)?)?;
        let inner = text.get(at + OPEN.len()..at + len - 2)?;
        let (kind, print) = inner.split_once(':').map_or((inner, None), |(k, p)| (k, Some(p)));
        let fingerprint = print.and_then(|p| Fingerprint::parse(kind, p));
        Some(Placeholder { kind: kind.to_owned(), fingerprint, span: Span::new(at, at + len) })
    }
}

/// The first placeholder in `from..to`: where it starts and ends.
pub(super) fn first(text: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    let stretch = text.get(from..to)?.as_bytes();
    // To make a search for a word costs more than to look for a brace.
    memchr::memchr(b'{', stretch)?;
    memchr::memmem::find_iter(stretch, OPEN).find_map(|at| {
        let len = length(text.get(from + at..)?)?;
        Some((from + at, from + at + len))
    })
}

/// The last placeholder in `from..to`: where it starts and ends, and its kind.
pub(super) fn last(text: &str, from: usize, to: usize) -> Option<(usize, usize, &'static str)> {
    let stretch = text.get(from..to)?.as_bytes();
    let at = from + memchr::memmem::rfind(stretch, OPEN.as_bytes())?;
    let found = Placeholder::at(text, at)?;
    Some((at, found.span.end, super::kind::get(&found.kind)?.id))
}

/// Bytes of the placeholder that `text` starts with; none where it starts with none. The kind must exist and
/// the fingerprint be one to the letter, so that a secret in this dress is still seen as one.
pub(super) fn length(text: &str) -> Option<usize> {
    let inner = text.strip_prefix(OPEN)?;
    let close = inner.as_bytes().iter().take(112).position(|b| *b == b'}')?;
    if inner.get(close..close + 2) != Some("}}") {
        return None;
    }
    let inner = inner.get(..close)?;
    let (kind, print) = inner.split_once(':').map_or((inner, None), |(kind, print)| (kind, Some(print)));
    let fits = super::kind::get(kind).is_some() && print.is_none_or(is_exact);
    fits.then_some(OPEN.len() + close + 2)
}

/// True for a fingerprint to the letter: nothing more can stand in its place.
fn is_exact(print: &str) -> bool {
    let fits = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    Fingerprint::parse("", print).is_some_and(|parsed| {
        parsed.chars < 10_000_000
            && parsed.last_four.as_ref().is_none_or(|last| last.len() == 4 && last.as_bytes().iter().all(fits))
            && parsed.to_string() == print
    })
}

/// Called at a brace: passes over a placeholder, and takes out what sticks to it or only wears its dress.
pub(super) fn settle(sink: &mut Sink<'_>, at: usize) -> Option<usize> {
    let text = sink.text;
    let rest = text.get(at..)?;
    if let Some(len) = length(rest) {
        let end = at + len;
        let stuck = stuck(text, end);
        let kind = Placeholder::at(text, at).and_then(|found| super::kind::get(&found.kind)).map_or("secret", |k| k.id);
        sink.keep(end);
        if stuck > 0 {
            sink.replace(end, end + stuck, kind, "", Flags::default());
        }
        // An address that went before its text was unfolded.
        let first = kind == "email" && stuck == 0 && super::opening::is_line_start(text, at);
        let password = if first { super::email::password(sink, end, true) } else { None };
        return Some(password.unwrap_or(end + stuck));
    }
    // `{{redacted:SECRET}}`: no kind that exists.
    let inner = rest.strip_prefix(OPEN)?;
    let word =
        inner.bytes().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).count();
    let kind = inner.get(..word)?;
    if word < 8 || super::kind::get(kind).is_some() {
        return None;
    }
    let start = at + OPEN.len();
    sink.replace(start, start + word, "secret", "", Flags::default());
    Some(start + word)
}

/// Takes out what stands beside the placeholders in `start..end` and passes `secret`; gives the offset to go on from.
pub(super) fn beside(
    sink: &mut Sink<'_>,
    start: usize,
    end: usize,
    kind: &'static str,
    secret: fn(&str) -> bool,
) -> usize {
    let text = sink.text;
    let mut at = start;
    while at < end {
        let (next, behind) = first(text, at, end).unwrap_or((end, end));
        let key = decode(text, at, next);
        if secret(&key) {
            sink.replace(at, next, kind, &key, Flags::default());
        }
        at = behind;
        if next < behind {
            at = settle(sink, next).unwrap_or(behind);
        }
    }
    at
}

/// Longest word in a placeholder's dress that is looked at, in bytes.
pub(super) const LONGEST: usize = 64 * 1024;

/// How many letters and digits stick to what ends at `end`: what was taken out did not end there.
pub(super) fn stuck(text: &str, end: usize) -> usize {
    let rest = text.as_bytes().get(end..).unwrap_or_default();
    let len = rest.iter().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric()).count();
    let mut len = if len < 4 { 0 } else { len };
    // Quoted-printable cuts a key at a line's end (RFC 2045, section 6.7).
    while len < LONGEST
        && let Some(behind) = text.get(end + len..)
        && let Some(next) = ["=\n", "=\r\n", "=\\n", "=\\r\\n"].iter().find_map(|cut| behind.strip_prefix(cut))
    {
        let more = next
            .bytes()
            .take(80)
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'/' | b'+'))
            .count();
        let (piece, after) = next.split_at_checked(more).unwrap_or_default();
        // A pair of name and value stands there, or words.
        let pair =
            after.starts_with(':') || after.starts_with('=') && !after.starts_with("=\n") && !after.starts_with("=\\n");
        if more < 4 || pair || super::judge::is_wordy(piece) {
            break;
        }
        len += behind.len() - after.len();
    }
    len
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_them_all() {
        let text = "a {{redacted:openai-key:51-0123456789ab-qw.bC6d}} b {{redacted:cookie}} {{redacted:}} {{redacted:x";
        let found: Vec<_> = Placeholder::find_all(text).collect();
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].kind, "openai-key");
        assert_eq!(found[0].fingerprint.as_ref().map(|f| f.chars), Some(51));
        assert_eq!(found[0].span.of(text), "{{redacted:openai-key:51-0123456789ab-qw.bC6d}}");
        assert_eq!(found[1].fingerprint, None);
    }

    #[test]
    fn a_secret_in_this_dress_is_none() {
        assert_eq!(length("{{redacted:sk-proj-aB3dE5fG7hJ9kL1}}"), None);
        assert_eq!(length("{{redacted:api-key:sk-proj-aB3dE5fG7hJ9kL1}}"), None);
        assert_eq!(length("{{redacted:api-key:32-0123456789AB}}"), None);
        assert_eq!(length("{{redacted:api-key:32-0123456789ab-wz}}"), Some(39));
        assert_eq!(length("{{redacted:api-key:32-0123456789ab-zw}}"), None);
        assert_eq!(length("{{redacted:api-key:0032-0123456789ab}}"), None);
    }
}
