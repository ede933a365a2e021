//! Private keys in PEM form (RFC 7468), on many lines, behind what a log or a mail puts before each, or with `\n` escapes.

use super::fingerprint::Flags;
use super::run::is_key_char;
use super::sink::Sink;
use super::tail::Tail;
use super::unit::{byte, unit};
use super::{judge, placeholder};

/// Longest key block that is read at once, in bytes, and longest row of one.
const LONGEST: usize = 64 * 1024;
const ROW: usize = 1024;

/// The mark before the label.
pub(super) const BEGIN: &[u8] = b"-----BEGIN";

/// The mark at the end.
const END: &[u8] = b"-----END";

/// Called with a word that starts with hyphens; what stands between the marks goes, the marks stay.
pub(super) fn block(sink: &mut Sink<'_>, at: usize, end: usize) -> Option<usize> {
    let text = sink.text;
    if text.as_bytes().get(at..end)? != BEGIN {
        return None;
    }
    let label = text.get(end..)?;
    let close = label.as_bytes().iter().take(64).position(|b| *b == b'-')?;
    if label.get(..close)?.ends_with("PUBLIC KEY") || label.get(..close)?.ends_with("CERTIFICATE") {
        // What anybody may read stays.
        let fits = |b: &u8| is_key_char(char::from(*b)) || b.is_ascii_whitespace() || *b == b'\\';
        let len = label.bytes().take(LONGEST).position(|b| !fits(&b) && b != b'-').unwrap_or(label.len());
        let body = label.as_bytes().get(close..len)?;
        return memchr::memmem::find(body, END).map(|found| end + close + found);
    }
    if !label.get(..close)?.ends_with("PRIVATE KEY") && !label.get(..close)?.ends_with("PRIVATE KEY BLOCK") {
        return None;
    }
    let mut start = end + close;
    start += label.bytes().skip(close).take(8).take_while(|b| *b == b'-').count();
    // What stands there already stays; a key that stands between it and the end mark goes.
    let (mut settled, mut behind) = (false, start);
    for _ in 0..64 {
        let u = unit(text, start)?;
        if u.ch == '{'
            && let Some(len) = text.get(start..).and_then(placeholder::length)
        {
            start += len;
            (settled, behind) = (true, start);
        } else if u.ch.is_whitespace() || matches!(u.ch, '\\' | '>' | '|' | '\u{2502}') {
            start += u.len;
        } else {
            break;
        }
    }
    let limit = super::unit::floor(text, (start + LONGEST).min(text.len()));
    let body = text.as_bytes().get(start..limit)?;
    let (stop, tail) = match memchr::memmem::find(body, END) {
        Some(len) => (start + len, None),
        None if settled => return None,
        // Cut off, or longer than what is read at once: as long as rows of it go on.
        None => {
            let mut spot = start;
            while spot < limit {
                let next = row(text, spot);
                if next == spot {
                    break;
                }
                spot = next;
            }
            (spot, (spot >= limit).then_some(Tail::Pem))
        }
    };
    let inner = trimmed(text.get(behind..stop)?);
    let inner = inner.get(start - behind..).unwrap_or_default();
    if inner.len() < 8 || inner.chars().all(|c| matches!(c, '.' | '*' | 'x' | 'X' | '\u{2026}') || c.is_whitespace()) {
        return None;
    }
    sink.replace(start, start + inner.len(), "private-key", "", Flags::default());
    if tail.is_some() {
        sink.skip(stop);
        sink.tail = tail;
        return Some(stop);
    }
    Some(start + inner.len())
}

/// The block without the line break before the end mark, also as an escape, and without what a log or a mail put before the mark.
fn trimmed(block: &str) -> &str {
    let mut inner = block;
    if let Some(last) = inner.rfind('\n') {
        let mark = inner.get(last..).unwrap_or_default();
        let base64 = mark.split_whitespace().any(|word| word.len() >= 20 && !judge::is_wordy(word));
        if !base64 && mark.len() < 160 {
            inner = inner.get(..last).unwrap_or_default();
        }
    }
    inner = inner.trim_end();
    while let Some(rest) =
        inner.strip_suffix("\\n").or_else(|| inner.strip_suffix("\\r")).or_else(|| inner.strip_suffix('\\'))
    {
        inner = rest.trim_end();
    }
    inner
}

/// The offset behind the row at `at`, where it is one of a key: the line end before it, what a log puts there, base64 to its end;
/// or a field such as `Proc-Type`. Else `at`.
pub(super) fn row(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let start =
        at + bytes.get(at..).unwrap_or_default().iter().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
    let rest = bytes.get(start..).unwrap_or_default();
    if rest.starts_with(END) {
        return at;
    }
    let len = rest.iter().take(ROW).position(|b| *b == b'\n');
    let next = super::unit::floor(text, start + len.unwrap_or(rest.len().min(ROW)));
    let line = text.get(start..next).unwrap_or_default();
    // With escapes the mark stands on the same line.
    if let Some((before, _)) = line.split_once("-----END") {
        let word = before.trim_end_matches(['\\', 'n', 'r']);
        return if word.chars().all(|c| is_key_char(c) || c == '\\') { start + word.len() } else { at };
    }
    // All of a key that stands on one line with escapes, or the part of a row that is longer than one.
    let word = line
        .trim_end_matches(['\r', ' ', '\t', '"', '\'', ',', '\\', '|', '\u{2502}'])
        .rsplit([' ', '\t', '>', '|', '\u{2502}'])
        .next()
        .unwrap_or_default();
    let bare = line.trim_matches(|c: char| c.is_whitespace() || c == '\\');
    let field = ["Proc-Type:", "DEK-Info:", "Version:", "Comment:", "Hash:"].iter().any(|name| line.contains(name));
    let last = !bare.is_empty() && bare.len() <= 76 && bare.chars().all(is_key_char) && !judge::is_wordy(bare);
    let escaped = |c: char| is_key_char(c) || c == '\\';
    let drawn = word.len() >= 20 && word.chars().all(escaped) && !judge::is_wordy(word);
    if field || last || drawn || bare.is_empty() && next > at && byte(text, next + 1) != b'\n' && len.is_some() {
        return next;
    }
    // One line that ends in something else: as far as base64 goes.
    let base64 = line.find(|c| !escaped(c)).unwrap_or(line.len());
    if base64 >= 20 { start + base64 } else { at }
}
