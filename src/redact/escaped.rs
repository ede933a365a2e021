//! Words whose first letters belong to an escape before them: `\\nAuthorization`, `%20token`, the end of a colour.

use super::scan::BACK;
use super::sink::{Sink, decode};
use super::unit::byte;
use super::{names, value};

/// A name whose hyphens or underscores are escaped: `x\u002dapi\u002dkey`, `api%5Fkey`.
pub(super) fn escaped_name(sink: &mut Sink<'_>, at: usize, end: usize) -> Option<usize> {
    let text = sink.text;
    let joint = text.get(at..end)?.get(..5.min(end - at))?;
    let escaped = match byte(text, at.wrapping_sub(1)) {
        b'\\' => ["u002d", "u002D", "u005f", "u005F", "x2d", "x2D", "x5f", "x5F"].iter().any(|j| joint.starts_with(j)),
        b'%' => ["2d", "2D", "5f", "5F"].iter().any(|j| joint.starts_with(j)),
        _ => false,
    };
    if !escaped {
        return None;
    }
    let back = text.as_bytes().get(at.saturating_sub(BACK)..at)?;
    let len =
        back.iter().rev().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'\\' | b'%')).count();
    let decoded = decode(text, at - len, end);
    let name = decoded.rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).next()?;
    let place = names::classify(name, "")?;
    value::after_name(sink, at - len, end, place)
}

/// How many of the word's first bytes may belong to an escape before it, zero first.
pub(super) fn escape_widths(text: &str, at: usize) -> impl IntoIterator<Item = usize, IntoIter: DoubleEndedIterator> {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let width = match byte(text, at.wrapping_sub(1)) {
        b'\\' => match byte(text, at) {
            b'n' | b'r' | b't' | b'b' | b'f' => 1,
            b'u' => 5,
            b'x' => 3,
            _ => 0,
        },
        b'%' => match rest {
            // `%5Cn`, and `%1B%5B32m`.
            [b'5', b'C' | b'c', b'n' | b'r' | b't', ..] => 3,
            [b'5', b'C' | b'c', b'u', ..] => 7,
            [b'2', b'5', ..] => 4,
            [b'5', b'B' | b'b', colour @ ..] => 2 + colour_width(colour),
            _ => 2,
        },
        // The end of an ANSI colour sequence.
        b'[' | b';' => colour_width(rest),
        _ => 0,
    };
    [0, width].into_iter().take(if width > 0 { 2 } else { 1 })
}

/// How many of the word's first bytes belong to an escape before it.
pub(super) fn escape_width(text: &str, at: usize) -> usize {
    escape_widths(text, at).into_iter().next_back().unwrap_or(0)
}

/// Width of the digits and the `m` that end an ANSI colour sequence; zero where this is none.
pub(super) fn colour_width(rest: &[u8]) -> usize {
    let digits = rest.iter().take(4).take_while(|b| b.is_ascii_digit()).count();
    if matches!(rest.get(digits), Some(b'm' | b'K')) { digits + 1 } else { 0 }
}
