//! The stretches `{{redacted:KIND}}` and `{{redacted:KIND:FINGERPRINT}}` that stand for secrets.

use super::fingerprint::Fingerprint;
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
    memchr::memmem::find_iter(stretch, OPEN).find_map(|at| {
        let len = length(text.get(from + at..)?)?;
        Some((from + at, from + at + len))
    })
}

/// Bytes of the placeholder that `text` starts with; none where it starts with none. Kind and fingerprint are held to
/// their alphabets, so that a secret in this dress is still seen as one.
pub(super) fn length(text: &str) -> Option<usize> {
    let inner = text.strip_prefix(OPEN)?;
    let close = inner.as_bytes().iter().take(112).position(|b| *b == b'}')?;
    if inner.get(close..close + 2) != Some("}}") {
        return None;
    }
    let (kind, print) = inner.get(..close)?.split_once(':').unwrap_or((inner.get(..close)?, ""));
    let kind_fits =
        (1..=40).contains(&kind.len()) && kind.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b == b'2');
    let print_fits = print.len() <= 48
        && print.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'))
        && super::forms::find(print, true).is_none();
    (kind_fits && print_fits).then_some(OPEN.len() + close + 2)
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
        assert_eq!(length("{{redacted:x:sk-proj-aB3dE5fG7hJ9kL1}}"), None);
    }
}
