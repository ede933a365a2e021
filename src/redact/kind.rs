//! What is known of a kind of secret, and the samples that a test runs. The kinds themselves stand in `kinds.rs`.

pub use super::kinds::KINDS;

/// What a credential opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Serves {
    /// The provider's ordinary endpoints.
    Api,
    /// Its administration endpoints only.
    Admin,
    /// One realtime session.
    Realtime,
    /// Its website and apps, not its API.
    Web,
}

/// Which characters follow a prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Body {
    /// Letters, digits, `-` and `_`.
    Url,
    /// Letters and digits.
    Alnum,
    /// Base64 with padding.
    Base64,
    /// Url and dots.
    Dotted,
    /// Hexadecimal digits.
    Hex,
    /// The rest of an address's path: what stands before it stays.
    Path,
}

/// How a kind of secret starts, and what follows.
///
/// The longer a prefix, the less the rest must look drawn: seven characters or more are enough by themselves, three or fewer (without an
/// underscore at the end) count only where the whole has its full length. A prefix that ends with `-` or `_` is found in any case.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Form {
    /// Nothing else starts so.
    pub(super) prefix: &'static str,
    /// What follows.
    pub(super) body: Body,
    /// Fewest characters after the prefix: of the shortest key known, or 16 to 20 where none is.
    pub(super) fewest: u16,
    /// Length of a whole key, prefix included; 0 where unknown.
    pub(super) full: u16,
}

/// A kind of secret.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Id as it stands in a placeholder, in kebab-case.
    pub id: &'static str,
    /// What it is, for people.
    pub title: &'static str,
    /// Whose it is, where its form tells.
    pub provider: Option<&'static str>,
    /// What it opens; empty where it is no credential of an LLM provider.
    pub serves: &'static [Serves],
    /// How it looks, where it can be told by that.
    pub(super) forms: &'static [Form],
    /// Texts that hold one. `{20}` stands for twenty random letters and digits, `{hex32}` for hexadecimal digits,
    /// `{b32:16}` for base32: no sample looks like a live key to a scanner that reads this file.
    pub hits: &'static [&'static str],
    /// Texts that hold no secret, though they look a little like it.
    pub misses: &'static [&'static str],
}

/// The kind of this id.
pub fn get(id: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|k| k.id == id)
}

/// Fills the holes of a sample with what `draw` gives: a number below its argument.
pub fn fill(sample: &str, mut draw: impl FnMut(usize) -> usize) -> String {
    const ALPHABETS: [(&str, &str); 3] = [
        ("hex", "0123456789abcdef"),
        ("b32:", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
        ("", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"),
    ];
    let mut out = String::new();
    let mut rest = sample;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((hole, tail)) = after.split_once('}') else { break };
        let filled = ALPHABETS.iter().find_map(|(mark, letters)| {
            let count: usize = hole.strip_prefix(mark)?.parse().ok()?;
            Some((0..count).filter_map(|_| letters.chars().nth(draw(letters.len()))).collect::<String>())
        });
        out.push_str(before);
        match filled {
            Some(filled) => out.push_str(&filled),
            None => {
                out.push('{');
                out.push_str(hole);
                out.push('}');
            }
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::super::{Raw, RedactOptions, redact};
    use super::*;

    /// Numbers that look random and are the same each time.
    fn dice(mut state: u64) -> impl FnMut(usize) -> usize {
        move |below| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % below
        }
    }

    #[test]
    fn samples_hold() {
        let mut wrong = Vec::new();
        for kind in KINDS {
            for (seed, sample) in kind.hits.iter().enumerate() {
                let text = fill(sample, dice(seed as u64 + 7));
                let got = redact(Raw::new(text.clone()), &RedactOptions::default());
                let kinds: Vec<_> = got.redactions().iter().map(|r| r.kind.as_str()).collect();
                if kinds != [kind.id] {
                    wrong.push(format!("{}: {text} -> {}", kind.id, got.text()));
                }
            }
            for sample in kind.misses {
                let text = fill(sample, dice(3));
                let got = redact(Raw::new(text.clone()), &RedactOptions::default());
                if got.text() != text {
                    wrong.push(format!("no {}: {text} -> {}", kind.id, got.text()));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn ids_are_unique_and_every_form_has_its_kind() {
        for (at, kind) in KINDS.iter().enumerate() {
            assert!(KINDS.iter().skip(at + 1).all(|k| k.id != kind.id), "{}", kind.id);
            assert!(kind.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{}", kind.id);
        }
        for id in super::super::forms::kinds() {
            assert!(get(id).is_some(), "{id}");
        }
    }
}
