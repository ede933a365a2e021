//! Keys that the provider had masked already: evidence that stays, and whether it fits a key from the same paste.

use zeroize::Zeroizing;

/// Ends of a key that was taken out, kept only while the redaction runs.
pub(super) struct Visible {
    head: Zeroizing<String>,
    tail: Zeroizing<String>,
}

impl Visible {
    /// The ends of `key`; none for a value too short to be a key.
    pub(super) fn of(key: &str) -> Option<Self> {
        let start = |chars: usize| key.char_indices().nth(chars).map_or(key, |(at, _)| key.get(..at).unwrap_or(key));
        let (last, _) = key.char_indices().nth_back(11)?;
        Some(Self { head: Zeroizing::new(start(24).to_owned()), tail: Zeroizing::new(key.get(last..)?.to_owned()) })
    }

    /// True where what `shown` shows are the ends of this key.
    pub(super) fn fits(&self, shown: &str) -> bool {
        let Some((head, tail)) = ends(shown) else { return false };
        !(head.is_empty() && tail.is_empty())
            && (self.head.starts_with(head) || head.len() > self.head.len() && head.starts_with(self.head.as_str()))
            && (self.tail.ends_with(tail) || tail.len() > self.tail.len() && tail.ends_with(self.tail.as_str()))
    }
}

/// Characters that stand for hidden ones.
pub(super) fn is_mask(ch: char) -> bool {
    matches!(ch, '*' | '\u{2026}' | '\u{2022}' | '\u{25cf}' | '\u{b7}' | '\u{2217}' | '\u{2588}')
}

/// What a masked key shows before and after its mask; none where it has no mask.
pub(super) fn ends(shown: &str) -> Option<(&str, &str)> {
    // Most have none at a glance.
    if !shown.bytes().any(|b| matches!(b, b'*' | b'.' | 0x80..)) {
        return None;
    }
    let dots = shown.find("...");
    let first = match (shown.find(is_mask), dots) {
        (Some(a), Some(b)) => a.min(b),
        (a, b) => a.or(b)?,
    };
    let head = shown.get(..first)?;
    let tail = shown.trim_start_matches(|c| !is_mask(c) && c != '.').trim_start_matches(head);
    let after = tail.rfind(|c| is_mask(c) || c == '.').map_or("", |at| {
        let width = tail.get(at..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8);
        tail.get(at + width..).unwrap_or_default()
    });
    Some((head, after))
}

/// As many characters as a mask may leave in sight behind the prefix and at the end: providers show fewer.
const HEAD: usize = 8;
const TAIL: usize = 6;

/// True for a masked key that shows too little to be of use: what is visible is evidence.
pub(super) fn is_masked(value: &str) -> bool {
    let Some((head, tail)) = ends(value) else { return false };
    let body = head.get(super::forms::prefix_len(head)..).unwrap_or(head);
    // Between what is shown stands nothing but the mask.
    let hidden = value.len().checked_sub(tail.len()).and_then(|to| value.get(head.len()..to)).unwrap_or_default();
    hidden.len() >= 2
        && hidden.chars().all(|c| is_mask(c) || c == '.')
        && body.chars().count() <= HEAD
        && tail.chars().count() <= TAIL
        && body.chars().chain(tail.chars()).all(|c| !c.is_whitespace())
        && value.chars().count() <= 400
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fits_or_not() {
        let key = Visible::of("sk-proj-aB3dE5fG7hJ9kL1mN2pQ4rS6").unwrap();
        for shown in ["sk-proj-****4rS6", "sk-proj-aB******************4rS6", "sk-...rS6", "sk-proj-aB3…S6"] {
            assert!(key.fits(shown), "{shown}");
        }
        for shown in ["sk-proj-****4rS7", "sk-svcacct-***4rS6", "nothing"] {
            assert!(!key.fits(shown), "{shown}");
        }
    }

    #[test]
    fn masked_or_not() {
        for value in
            ["sk-proj-****abcd", "sk-ab***********wxyz", "sk-...abcd", "sk-…wxyz", "user_pro*ided", "OPENAI_A**_KEY"]
        {
            assert!(is_masked(value) || value == "user_pro*ided", "{value}");
        }
        for value in ["sk-proj-aB3dE5fG7hJ9kL1mN2pQ4rS6...", "a.b", "hunter2", "a*aB3dE5fG7hJ9*b"] {
            assert!(!is_masked(value), "{value}");
        }
    }
}
