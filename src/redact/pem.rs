//! Private keys in PEM form (RFC 7468), on many lines or with `\n` escapes.

use super::fingerprint::Flags;
use super::placeholder;
use super::sink::Sink;
use super::unit::unit;

/// Longest key block that is read, in bytes.
const LONGEST: usize = 64 * 1024;

/// Called with a word that starts with hyphens; what stands between the marks goes, the marks stay.
pub(super) fn block(sink: &mut Sink<'_>, at: usize, end: usize) -> Option<usize> {
    let text = sink.text;
    if !text.get(at..end)?.ends_with("-----BEGIN") {
        return None;
    }
    let label = text.get(end..)?;
    let close = label.as_bytes().iter().take(64).position(|b| *b == b'-')?;
    if !label.get(..close)?.ends_with("PRIVATE KEY") && !label.get(..close)?.ends_with("PRIVATE KEY BLOCK") {
        return None;
    }
    let mut start = end + close;
    start += text.get(start..)?.bytes().take_while(|b| *b == b'-').count();
    while let Some(u) = unit(text, start).filter(|u| u.ch.is_whitespace() || u.ch == '\\') {
        start += u.len;
    }
    if text.get(start..)?.starts_with(placeholder::OPEN) {
        return None;
    }
    let limit = (start + LONGEST).min(text.len());
    let body = text.as_bytes().get(start..limit)?;
    let stop = match memchr::memmem::find(body, b"-----END") {
        Some(len) => start + len,
        // Cut off: as long as base64 goes on.
        None => {
            let mut spot = start;
            while spot < limit
                && let Some(u) = unit(text, spot)
                && (super::run::is_key_char(u.ch) || u.ch.is_whitespace())
            {
                spot += u.len;
            }
            spot
        }
    };
    let inner = text.get(start..stop)?;
    let mut inner = inner.trim_end();
    // The line break before the end mark stays, also as an escape.
    while let Some(rest) =
        inner.strip_suffix("\\n").or_else(|| inner.strip_suffix("\\r")).or_else(|| inner.strip_suffix('\\'))
    {
        inner = rest.trim_end();
    }
    if inner.len() < 8 || inner.chars().all(|c| matches!(c, '.' | '*' | 'x' | 'X' | '\u{2026}') || c.is_whitespace()) {
        return None;
    }
    sink.replace(start, start + inner.len(), "private-key", "", Flags::default());
    Some(stop)
}
