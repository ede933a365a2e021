//! Fingerprints of keys: short, comparable, and useless to who wants the key.
//!
//! Text form: `LEN-HASH`, then `-FLAGS` where something is odd, then `.LAST` on the visitor's wish.
//! `LEN` is the number of characters, `HASH` the first twelve hexadecimal digits of the SHA-256 of the key's UTF-8 bytes:
//!
//! ```sh
//! printf %s "$OPENAI_API_KEY" | sha256sum | cut -c1-12
//! ```
//!
//! White space and quotes around the key are left out of both, as are the line breaks at which a terminal wrapped it;
//! what stands inside (spaces, zero-width characters) is counted and hashed.

use super::unit::{each, is_zero_width};
use super::{RedactOptions, forms, judge};
use sha2::{Digest, Sha256};
use std::fmt;

/// What is odd about a key. The letters stand sorted in the text form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Flags {
    /// `d`: the same key twice in a row.
    pub doubled: bool,
    /// `n`: characters outside ASCII.
    pub non_ascii: bool,
    /// `q`: quotes inside the value.
    pub quotes: bool,
    /// `t`: shorter than its kind can be.
    pub truncated: bool,
    /// `w`: white space or a line break inside or around it.
    pub white_space: bool,
    /// `z`: characters without width.
    pub zero_width: bool,
}

impl Flags {
    /// The letters, sorted; empty for a key in order.
    pub fn letters(&self) -> String {
        [
            (self.doubled, 'd'),
            (self.non_ascii, 'n'),
            (self.quotes, 'q'),
            (self.truncated, 't'),
            (self.white_space, 'w'),
            (self.zero_width, 'z'),
        ]
        .iter()
        .filter_map(|(set, letter)| set.then_some(*letter))
        .collect()
    }

    /// Reads the letters back; none where one is unknown.
    pub fn parse(letters: &str) -> Option<Self> {
        let mut flags = Self::default();
        for letter in letters.chars() {
            match letter {
                'd' => flags.doubled = true,
                'n' => flags.non_ascii = true,
                'q' => flags.quotes = true,
                't' => flags.truncated = true,
                'w' => flags.white_space = true,
                'z' => flags.zero_width = true,
                _ => return None,
            }
        }
        Some(flags)
    }

    /// True where nothing is odd.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A key's fingerprint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    /// Kind by the key's prefix; `secret` where the prefix says nothing.
    pub kind: String,
    /// Length in characters (Unicode scalar values), cleaned of what stands around the key.
    pub chars: usize,
    /// First twelve hexadecimal digits of the SHA-256; none where the value could be guessed.
    pub hash: Option<String>,
    /// What is odd about the key.
    pub flags: Flags,
    /// The last four characters, where the visitor wants them.
    pub last_four: Option<String>,
}

impl Fingerprint {
    /// The text form, or none where the value could be guessed.
    pub fn text(&self) -> Option<String> {
        let hash = self.hash.as_ref()?;
        let mut text = self.chars.to_string();
        text.push('-');
        text.push_str(hash);
        if !self.flags.is_empty() {
            text.push('-');
            text.push_str(&self.flags.letters());
        }
        if let Some(last) = &self.last_four {
            text.push('.');
            text.push_str(last);
        }
        Some(text)
    }

    /// Reads the text form back; `kind` is not part of it.
    pub fn parse(kind: &str, text: &str) -> Option<Self> {
        let (body, last_four) = match text.split_once('.') {
            Some((body, last)) => (body, Some(last.to_owned())),
            None => (text, None),
        };
        let mut parts = body.splitn(3, '-');
        let chars = parts.next()?.parse().ok()?;
        let hash = parts.next()?;
        if hash.len() != 12 || !hash.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let flags = Flags::parse(parts.next().unwrap_or_default())?;
        Some(Self { kind: kind.to_owned(), chars, hash: Some(hash.to_ascii_lowercase()), flags, last_four })
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text().as_deref().unwrap_or("too guessable to hash"))
    }
}

/// The fingerprint of `key` as it was pasted, with what stands around it.
pub fn fingerprint(key: &str, options: &RedactOptions) -> Fingerprint {
    let (clean, mut flags) = clean(key);
    let found = forms::find(clean, true).filter(|f| f.skip == 0);
    flags.truncated = found.is_some_and(|f| f.truncated);
    make(clean, found.map_or("secret", |f| f.kind), flags, options)
}

/// The kind of key that `key` is by its prefix, or none.
pub fn kind_of(key: &str) -> Option<&'static str> {
    forms::find(clean(key).0, true).map(|f| f.kind)
}

/// The key without white space and quotes around it, and what was there.
pub(super) fn clean(key: &str) -> (&str, Flags) {
    if each(key, |b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')) {
        return (key, Flags::default());
    }
    let quote = |c: char| super::unit::is_quote(c);
    let clean = key.trim_matches(|c: char| c.is_whitespace() || quote(c));
    let flags = Flags {
        quotes: clean.chars().any(quote) || key.trim() != clean && key.contains(quote),
        white_space: key.contains(char::is_whitespace),
        zero_width: key.contains(is_zero_width),
        non_ascii: clean.chars().any(|c| !c.is_ascii() && !is_zero_width(c)),
        ..Flags::default()
    };
    (clean, flags)
}

/// Puts a fingerprint together from a cleaned key.
pub(super) fn make(clean: &str, kind: &str, mut flags: Flags, options: &RedactOptions) -> Fingerprint {
    let half = clean.len() / 2;
    if clean.len() >= 16 && clean.len().is_multiple_of(2) && clean.get(..half) == clean.get(half..) {
        flags.doubled = true;
    }
    let guessable =
        matches!(kind, "email" | "basic-credentials" | "url-credentials" | "ip-address" | "account-id" | "private-key");
    // A password that people make up is weaker than its characters look.
    let enough = if kind == "password" { 80.0 } else { 70.0 };
    let body = judge::strip_known_prefix(clean);
    let hash = (!guessable && judge::guess_bits(body) >= enough).then(|| {
        let digest = Sha256::digest(clean.as_bytes());
        let mut hash = String::with_capacity(12);
        for digit in digest.iter().take(6).flat_map(|b| [b >> 4, b & 15]) {
            hash.extend(char::from_digit(u32::from(digit), 16));
        }
        hash
    });
    let last_four = (options.last_four && hash.is_some() && clean.len() >= 20)
        .then(|| clean.get(clean.len() - 4..).map(str::to_owned))
        .flatten()
        .filter(|l| l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
    Fingerprint { kind: kind.to_owned(), chars: clean.chars().count(), hash, flags, last_four }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "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";

    #[test]
    fn agrees_with_sha256sum() {
        let print = fingerprint(KEY, &RedactOptions::default());
        // printf %s "$KEY" | sha256sum | cut -c1-12
        assert_eq!(print.to_string(), "51-dae96087400b");
        assert_eq!(print.kind, "openai-key");
    }

    #[test]
    fn flags_say_what_is_odd() {
        for (key, flags) in [
            (format!(" {KEY}\n"), "w"),
            (format!("\"{KEY}\""), "q"),
            (format!("{KEY}{KEY}"), "d"),
            (KEY.get(..40).unwrap().to_owned(), "t"),
            (KEY.replace("fG", "f\u{200b}G"), "z"),
            (KEY.replace("fG", "fÖG"), "n"),
        ] {
            assert_eq!(fingerprint(&key, &RedactOptions::default()).flags.letters(), flags, "{key:?}");
        }
    }

    #[test]
    fn an_early_project_key_is_whole() {
        let key = KEY.replace("sk-", "sk-proj-");
        assert_eq!(fingerprint(&key, &RedactOptions::default()).flags.letters(), "", "{key}");
        let cut = key.get(..50).unwrap();
        assert_eq!(fingerprint(cut, &RedactOptions::default()).flags.letters(), "t", "{cut}");
    }

    #[test]
    fn no_hash_for_what_can_be_guessed() {
        for key in ["hunter2", "correct-horse-battery-staple", "123456789012345678901234567890", ""] {
            assert_eq!(fingerprint(key, &RedactOptions::default()).text(), None, "{key}");
        }
    }

    #[test]
    fn reads_itself_back() {
        let options = RedactOptions { last_four: true, ..RedactOptions::default() };
        let print = fingerprint(&format!("{KEY} "), &options);
        assert_eq!(print.last_four.as_deref(), Some("bC6d"));
        assert_eq!(Fingerprint::parse("openai-key", &print.to_string()), Some(print));
        assert_eq!(Fingerprint::parse("x", "51-zz"), None);
    }
}
