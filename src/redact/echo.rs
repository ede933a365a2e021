//! A secret that was taken out in one place is taken out where it is repeated, also where nothing beside it says what it is:
//! servers echo header fields, and people write "hunter2 does not work".

use super::again::Edit;
use super::{Redacted, judge};
use crate::span::Span;
use zeroize::Zeroizing;

/// Most secrets that are looked for again; a stream, which cannot look back, looks for the last ones in what follows, this many at least.
const MOST: usize = 16;
const LAST: usize = 64;
/// Longest text in which repetitions are looked for, in bytes: each secret costs one more look over it.
pub const REPETITIONS_UP_TO: u64 = 4 << 20;

/// What was taken out and is looked for again.
#[derive(Default)]
pub(super) struct Echoes {
    held: Vec<Echo>,
    /// The text is a stream.
    streaming: bool,
    /// One bit for each start of a secret that is held: most runs are none at a glance.
    starts: [u64; 32],
}

/// The first bytes of a secret, as a word and a bit of [`Echoes::starts`].
fn start(run: &[u8]) -> Option<(usize, u64)> {
    let hash = u32::from_le_bytes(*run.first_chunk()?).wrapping_mul(0x9e37_79b1) >> 21;
    Some((hash as usize >> 6, 1 << (hash & 63)))
}

struct Echo {
    secret: Zeroizing<String>,
    placeholder: String,
    /// No other text holds it by accident, not even within a longer word.
    telling: bool,
}

impl Echoes {
    /// Before a stream.
    pub(super) fn of_a_stream() -> Self {
        Self { streaming: true, ..Self::default() }
    }

    /// Takes note of a secret and of what stands in its place.
    pub(super) fn note(&mut self, secret: &str, kind: &str, placeholder: &str) {
        let known = || self.may_hold(secret.as_bytes()) && self.held.iter().any(|e| e.secret.as_str() == secret);
        if !self.streaming && self.held.len() >= MOST || known() {
            return;
        }
        let has = |test: fn(&u8) -> bool| secret.as_bytes().iter().any(test);
        // Words and names stand anywhere, also where one was written in a key's place: `api.openai.com`, `gpt-4o`.
        let mixed = has(u8::is_ascii_alphabetic) && (has(u8::is_ascii_digit) || secret.contains(['!', '#', '@', '$']));
        let parts = |b: &u8| matches!(b, b'-' | b'_' | b'.' | b'/' | b':');
        let piece = secret.as_bytes().split(parts).map(<[u8]>::len).max().unwrap_or_default();
        let telling = (piece >= 16 || super::shape::is_uuid(secret))
            && secret.len() >= 20
            && (self.streaming || judge::guess_bits(judge::strip_known_prefix(secret)) >= 60.0);
        let weak = secret.len() >= 6
            && (kind == "password" || matches!(kind, "secret" | "api-key" | "credentials") && piece == secret.len());
        let other = || secret.contains("://") || secret.contains(char::is_whitespace);
        if mixed && (telling || weak) && !other() {
            let (secret, placeholder) = (Zeroizing::new(secret.to_owned()), placeholder.to_owned());
            self.held.push(Echo { secret, placeholder, telling });
            // Not with each one, because all starts are noted again.
            let mut new = self.held.len() - 1;
            if self.held.len() >= 2 * LAST {
                self.held.drain(..LAST);
                (self.starts, new) = ([0; 32], 0);
            }
            let added = self.held.get(new..).unwrap_or_default();
            for (word, bit) in added.iter().filter_map(|echo| start(echo.secret.as_bytes())) {
                if let Some(starts) = self.starts.get_mut(word) {
                    *starts |= bit;
                }
            }
        }
    }

    /// A first look that costs little: a secret that is held may start so.
    fn may_hold(&self, run: &[u8]) -> bool {
        start(run).is_some_and(|(word, bit)| self.starts.get(word).is_some_and(|starts| starts & bit != 0))
    }

    /// The first of a stream's last secrets in `run`: where it stands in it, and its placeholder.
    pub(super) fn find(&self, run: &str) -> Option<(usize, usize, &str)> {
        if !self.streaming {
            return None;
        }
        let may_start = |at: &usize| run.as_bytes().get(*at..).is_some_and(|run| self.may_hold(run));
        (0..run.len()).filter(may_start).find_map(|at| {
            self.held.iter().find_map(|echo| {
                let end = at + echo.secret.len();
                let there = run.get(at..end).is_some_and(|piece| piece == echo.secret.as_str());
                let whole = there && (echo.telling || super::again::alone(run, at, end));
                whole.then_some((at, end, echo.placeholder.as_str()))
            })
        })
    }

    /// The text with the repetitions taken out.
    pub(super) fn removed(&self, redacted: Redacted) -> Redacted {
        let text = redacted.text.as_str();
        if text.len() as u64 > REPETITIONS_UP_TO {
            return redacted;
        }
        let mut edits: Vec<Edit> = Vec::new();
        for echo in &self.held {
            for at in memchr::memmem::find_iter(text.as_bytes(), echo.secret.as_bytes()) {
                let span = Span::new(at, at + echo.secret.len());
                if echo.telling || super::again::alone(text, span.start, span.end) {
                    // What sticks to it is its rest, as it is where a secret is taken out the first time.
                    let span = Span::new(at, span.end + super::placeholder::stuck(text, span.end));
                    edits.push(Edit { span, text: echo.placeholder.clone() });
                }
            }
        }
        if edits.is_empty() {
            return redacted;
        }
        super::again::apart(&mut edits);
        redacted.edited(&edits)
    }
}

#[cfg(test)]
mod tests {
    use crate::redact::{Raw, RedactOptions, twice as clean};

    const KEY: &str = "b341880831f0c2c0419bd0da8ebe1e64";

    #[test]
    fn what_is_repeated_goes_too() {
        for (text, secret) in [
            (format!("Authorization: Bearer {KEY}\n\n{{\"k\":\"{KEY}\"}}"), KEY),
            (format!("first {KEY}\nx-api-key: {KEY}\n"), KEY),
            ("password: hunter2\n403 for jane with hunter2".to_owned(), "hunter2"),
        ] {
            let clean = clean(&text);
            assert!(!clean.contains(secret), "{clean}");
            assert_eq!(clean.matches("{{redacted:").count(), 2, "{clean}");
        }
    }

    #[test]
    fn names_in_the_place_of_a_key_are_no_secrets_elsewhere() {
        for name in ["gpt-4o", "gpt-4o-mini-2024-07-18", "claude-3-5-sonnet-20241022"] {
            let clean = clean(&format!("OPENAI_API_KEY={name}\n{{\"model\": \"{name}\"}}"));
            assert!(clean.contains(&format!("\"model\": \"{name}\"")), "{clean}");
        }
    }

    #[test]
    fn many_repetitions_are_taken_out_in_time() {
        let text = format!("password: hunter2\n{}", "a hunter2 ".repeat(200_000));
        // Compared each with each, they would take minutes.
        assert_eq!(super::super::redact(Raw::new(text), &RedactOptions::default()).redactions().len(), 200_001);
    }

    #[test]
    fn words_stay() {
        let text = "password: openai\nCookie: host=api.openai.com; day=2026-11-21\nGET https://api.openai.com/v1 2026-11-21 openai";
        assert!(clean(text).ends_with("GET https://api.openai.com/v1 2026-11-21 openai"));
    }
}
