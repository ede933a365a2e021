//! Takes secrets out of a text before anything else touches it. The only maker of [`Redacted`].

mod account;
pub(crate) mod again;
mod assigned;
mod auth;
mod beside;
mod clock;
mod command;
mod cookie;
mod echo;
mod email;
mod escaped;
mod extent;
mod fingerprint;
mod forms;
mod found;
mod fragment;
mod gap;
mod hexdump;
mod judge;
pub mod kind;
mod kinds;
mod link;
mod list;
mod masked;
mod name_tables;
mod names;
mod near;
mod net;
mod opening;
mod options;
mod pem;
mod placeholder;
mod plain;
mod raw;
mod run;
mod scan;
mod secret;
mod shape;
mod sink;
mod spelt;
mod spread;
mod stream;
mod table;
mod tail;
mod unfold;
mod unit;
mod url;
mod value;
mod words;
mod wrapped_text;

pub use echo::REPETITIONS_UP_TO;
pub use fingerprint::{Fingerprint, Flags, fingerprint, kind_of};
pub use placeholder::Placeholder;
pub use raw::Raw;
pub use stream::{NotText, Stream};

use serde::{Deserialize, Serialize};

/// What the visitor may have taken out besides secrets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RedactOptions {
    /// Internet addresses (IPv4 and IPv6).
    pub addresses: bool,
    /// Organization and project ids (`org-…`, `proj_…`).
    pub accounts: bool,
    /// Put the last four characters of a key into its fingerprint, as the provider's dashboard shows them.
    pub last_four: bool,
    /// The caller's time in whole seconds since 1970, for the checks: the library has no clock.
    pub now: Option<u64>,
}

/// One secret that was taken out. `line` and `column` count from 1 in the text as pasted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redaction {
    /// Kind of secret, such as `openai-project-key`.
    pub kind: String,
    /// The fingerprint, or none where the secret is too guessable to hash.
    pub fingerprint: Option<String>,
    /// Line in the text as pasted, from 1.
    pub line: usize,
    /// Column in the text as pasted, in characters, from 1.
    pub column: usize,
}

/// A text without secrets, and what was taken out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redacted {
    text: String,
    redactions: Vec<Redaction>,
    masked: Vec<MaskedKey>,
    /// Behind each secret: the offset in this text, and line and column in the text as pasted.
    behind: Vec<(usize, usize, usize)>,
    /// True where the text holds a secret in a notation in which it cannot be pointed at: it is not shown.
    withheld: bool,
}

/// A key that the provider had masked before the text was pasted: `sk-proj-****abcd`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaskedKey {
    /// As it stands in the text.
    pub shown: String,
    /// Whether what it shows are the ends of a key that was taken out of the same text; none where no key was.
    pub matches: Option<bool>,
}

impl Redacted {
    /// The text with every secret replaced by `{{redacted:KIND:FINGERPRINT}}` or `{{redacted:KIND}}`.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What this run took out, in the order of the text.
    pub fn redactions(&self) -> &[Redaction] {
        &self.redactions
    }

    /// The masked keys of the text, in order, each once.
    pub fn masked(&self) -> &[MaskedKey] {
        &self.masked
    }
}

/// Takes every secret out of `raw`, which is overwritten afterwards.
pub fn redact(raw: Raw, options: &RedactOptions) -> Redacted {
    redact_at(raw, options, 0)
}

/// Redacts a text that stood so many times encoded in another.
fn redact_at(raw: Raw, options: &RedactOptions, depth: usize) -> Redacted {
    let mut sink = sink::Sink::new(raw.expose(), options);
    sink.depth = depth;
    scan::run_over(&mut sink);
    let redacted = sink.finish();
    if depth > 0 { redacted } else { settled(redacted, options) }
}

/// Longest text that is looked at until nothing more is found, in bytes.
const SETTLED_UP_TO: usize = 1 << 20;

/// Looks at what is left once more. With a secret out of the way, what stood beside it may be read otherwise (a quotation mark that
/// it held, a tag); whoever redacts the text again would find that then.
fn settled(mut redacted: Redacted, options: &RedactOptions) -> Redacted {
    const ROUNDS: usize = 3;
    if redacted.text.len() > SETTLED_UP_TO {
        return redacted;
    }
    for _ in 0..ROUNDS {
        // What had no secret is as it was.
        if redacted.redactions.is_empty() {
            break;
        }
        let mut sink = sink::Sink::again(redacted.text(), options);
        scan::run_over(&mut sink);
        let Some(more) = sink.finish_again(&redacted) else { break };
        redacted = more;
    }
    redacted
}

/// What a text is redacted to; a second pass changes nothing.
#[cfg(test)]
fn twice(text: &str) -> String {
    let once = redact(Raw::new(text.to_owned()), &RedactOptions::default()).text().to_owned();
    let twice = redact(Raw::new(once.clone()), &RedactOptions::default()).text().to_owned();
    assert_eq!(once, twice, "{text}");
    once
}
