//! Redaction of a text that comes in pieces, in bounded memory: the same words as [`redact`](super::redact) makes of the whole.

use super::RedactOptions;
use super::options::Curl;
use super::raw::{self, Encoding};
use super::scan::{self, AHEAD, BEHIND};
use super::sink::{Carried, Sink};
use super::unit::floor;
use zeroize::Zeroizing;

/// Bytes that are redacted at once.
const STEP: usize = 256 * 1024;
/// Bytes that are taken over at once.
const PIECE: usize = 16 * 1024;
/// What may still change before the place that was reached, in bytes: a name or an address may start there.
const OPEN: usize = 1024;

/// The bytes are no text: neither UTF-8 nor UTF-16.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not text: neither UTF-8 nor UTF-16")]
pub struct NotText;

/// Redacts a text of any length, piece by piece.
///
/// ```
/// use why403::redact::{RedactOptions, Stream};
/// let mut stream = Stream::new(RedactOptions::default());
/// let mut out = stream.push(b"Authorization: Bea")?;
/// out += &stream.push(b"rer hunter2\n")?;
/// out += &stream.finish()?;
/// assert_eq!(out, "Authorization: Bearer {{redacted:bearer-token}}\n");
/// # Ok::<(), why403::redact::NotText>(())
/// ```
pub struct Stream {
    options: RedactOptions,
    /// What came and is not settled, decoded.
    text: Zeroizing<String>,
    /// Where the scanner goes on in it.
    at: usize,
    curl: Curl,
    carried: Carried,
    encoding: Option<Encoding>,
    /// Bytes that wait for the rest of their character.
    pending: Zeroizing<Vec<u8>>,
}

impl Stream {
    /// Starts a text.
    pub fn new(options: RedactOptions) -> Self {
        Self {
            options,
            // Room for all that is ever kept, so that growing leaves no copy behind.
            text: Zeroizing::new(String::with_capacity(BEHIND + STEP + 2 * AHEAD + 4 * PIECE)),
            at: 0,
            curl: Curl::default(),
            carried: Carried::start(),
            encoding: None,
            pending: Zeroizing::new(Vec::with_capacity(PIECE + raw::SAMPLE)),
        }
    }

    /// Takes the next bytes; gives what of the redacted text is settled.
    pub fn push(&mut self, bytes: &[u8]) -> Result<String, NotText> {
        let mut out = String::new();
        for piece in bytes.chunks(PIECE) {
            let mut piece = piece;
            // What waits for nothing takes no way round.
            if let Some(encoding) = self.encoding.filter(|_| self.pending.is_empty()) {
                let read = encoding.decode(piece, &mut self.text, false).ok_or(NotText)?;
                piece = piece.get(read..).unwrap_or_default();
                self.step(false, &mut out);
            }
            if piece.is_empty() {
                continue;
            }
            self.pending.extend_from_slice(piece);
            if self.encoding.is_some() || self.pending.len() >= raw::SAMPLE {
                self.decode(false)?;
                self.step(false, &mut out);
            }
        }
        Ok(out)
    }

    /// Ends the text; gives the rest of it.
    pub fn finish(mut self) -> Result<String, NotText> {
        let mut out = String::new();
        self.decode(true)?;
        // A short text is held whole, so that what a secret repeats before it goes, too.
        if self.at == 0 {
            let text = std::mem::take(&mut *self.text);
            return Ok(super::redact(super::Raw::new(text), &self.options).text().to_owned());
        }
        self.step(true, &mut out);
        Ok(out)
    }

    fn decode(&mut self, last: bool) -> Result<(), NotText> {
        let encoding = *self.encoding.get_or_insert_with(|| {
            let (encoding, mark) = Encoding::of(&self.pending);
            self.pending.drain(..mark);
            encoding
        });
        let read = encoding.decode(&self.pending, &mut self.text, last).ok_or(NotText)?;
        self.pending.drain(..read);
        Ok(())
    }

    fn step(&mut self, last: bool, out: &mut String) {
        let len = self.text.len();
        let until = if last { len } else { floor(&self.text, len.saturating_sub(AHEAD)) };
        if !last && until < self.at + STEP {
            return;
        }
        let mut sink = Sink::resume(&self.text, &self.options, std::mem::take(&mut self.carried));
        let at = scan::advance(&mut sink, &mut self.curl, self.at, until, len);
        let settled = if last { len } else { floor(&self.text, at.min(until).saturating_sub(OPEN)) };
        let cut = floor(&self.text, at.min(until).saturating_sub(BEHIND));
        self.carried = sink.suspend(settled, cut, out);
        self.curl.shift(&self.text, cut);
        self.text.drain(..cut);
        self.at = at - cut;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_looked_through_backwards_too() {
        let key = "0e768cf22a2cb1a4b8108921b9f5fd8b";
        let text = format!("bash: {key}: command not found\nOPENAI_API_KEY= {key}\n");
        let mut stream = Stream::new(RedactOptions::default());
        let out = stream.push(text.as_bytes()).unwrap() + &stream.finish().unwrap();
        assert!(!out.contains(key), "{out}");
    }
}
