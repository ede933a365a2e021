//! Bytes written as hexadecimal digits: the dumps of `curl --trace`, xxd and hexdump, and digits alone. What they hold is redacted as
//! the text that it is, and a dump with a secret in it is shown as that text.

use super::fingerprint::Flags;
use super::sink::Sink;
use super::unit::byte;
use super::{Raw, judge, redact_at};
use zeroize::Zeroizing;

/// Longest dump that is read at once, in bytes.
const LONGEST: usize = 64 * 1024;
/// Longest row of one.
const ROW: usize = 256;
/// Fewest digits that are read without a dump around them.
const FEWEST: usize = 24;
/// How often what was decoded is decoded again.
const DEEPEST: usize = 2;

/// A first look that costs little: long enough for bytes, or where an offset may stand.
#[inline(always)]
pub(super) fn may_be(before: u8, len: usize) -> bool {
    len >= FEWEST || (4..=8).contains(&len) && matches!(before, 0 | b'\n' | b' ' | b'\t')
}

/// Looks at a word of hexadecimal digits at `at..end`: the offset that starts a dump's row, or bytes.
pub(super) fn word(sink: &mut Sink<'_>, at: usize, end: usize) -> Option<usize> {
    let text = sink.text;
    let len = end - at;
    // What starts a row stands behind a line end, or is indented by a few spaces.
    let first = || {
        let before = text.as_bytes().get(at.saturating_sub(9)..at).unwrap_or_default();
        matches!(before.iter().rev().find(|b| !matches!(b, b' ' | b'\t')), None | Some(b'\n'))
    };
    let starts_row = (4..=8).contains(&len) && first();
    if !starts_row && (len < FEWEST || !len.is_multiple_of(2)) || sink.depth >= DEEPEST {
        return None;
    }
    let digits = text.as_bytes().get(at..end)?;
    // tcpdump's offset.
    let digits = if starts_row { digits.strip_prefix(b"0x").unwrap_or(digits) } else { digits };
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    if starts_row {
        return dump(sink, at);
    }
    // A digest shows at once that it is none of text.
    if !digits.chunks_exact(2).take(8).all(|digits| pair(digits).is_some_and(is_printable)) {
        return None;
    }
    let bytes = Zeroizing::new(digits.chunks_exact(2).map(pair).collect::<Option<Vec<u8>>>()?);
    let decoded = str::from_utf8(&bytes).ok().filter(|t| t.bytes().all(is_printable))?;
    let inner = redact_at(Raw::new(decoded.to_owned()), sink.options, sink.depth + 1);
    let kind = match inner.redactions().iter().find(|found| found.kind != "email") {
        Some(found) => super::kind::get(&found.kind).map_or("secret", |kind| kind.id),
        None if judge::is_random(decoded) => "secret",
        None => return None,
    };
    sink.replace(at, end, kind, decoded, Flags::default());
    Some(end)
}

fn is_printable(b: u8) -> bool {
    matches!(b, 0x20..0x7f | b'\n' | b'\r' | b'\t')
}

fn pair(digits: &[u8]) -> Option<u8> {
    let digit = |b: &u8| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok());
    match digits {
        [high, low] => Some(digit(high)? << 4 | digit(low)?),
        _ => None,
    }
}

/// The rows from `at` on.
fn dump(sink: &mut Sink<'_>, at: usize) -> Option<usize> {
    let text = sink.text;
    let mut held = Zeroizing::new(Vec::with_capacity(1024));
    let mut end = at;
    let mut rows = 0;
    while end < at + LONGEST
        && let Some(next) = row(text, end, &mut held)
    {
        rows += 1;
        end = next;
        if byte(text, end) != b'\n' {
            break;
        }
        end += 1;
    }
    if rows == 0 || held.len() < 8 {
        return None;
    }
    if byte(text, end.wrapping_sub(1)) == b'\n' {
        end -= 1;
    }
    // What is no text is shown as dumps do.
    let shown: String = held.iter().map(|b| if is_printable(*b) { char::from(*b) } else { '.' }).collect();
    let inner = redact_at(Raw::new(shown), sink.options, sink.depth + 1);
    if !inner.redactions().is_empty() {
        sink.rewrite(at, end, inner.text(), inner.redactions());
    } else if let Ok(shown) = str::from_utf8(&held)
        && judge::is_random(shown.trim())
        && let Some(kind) = super::spread::named(sink, at)
    {
        sink.replace(at, end, kind, shown.trim(), Flags::default());
    }
    Some(end)
}

/// One row: an offset, pairs of digits in groups of one or two bytes, what they show. Gives where its line ends.
fn row(text: &str, at: usize, held: &mut Vec<u8>) -> Option<usize> {
    let rest = text.as_bytes().get(at..)?;
    let line = rest.get(..rest.iter().take(ROW).position(|b| *b == b'\n').unwrap_or(rest.len().min(ROW)))?;
    let whole = at + line.len();
    let lead = line.iter().take(8).take_while(|b| matches!(b, b' ' | b'\t')).count();
    let line = line.get(lead..)?;
    let line = line.strip_prefix(b"0x").unwrap_or(line);
    let offset = line.iter().take(9).take_while(|b| b.is_ascii_hexdigit()).count();
    let mut left = line.get(offset..).filter(|_| (4..=8).contains(&offset))?;
    let colon = left.first() == Some(&b':');
    left = left.get(usize::from(colon)..)?;
    let before = held.len();
    let mut words = 0;
    loop {
        let spaces = left.iter().take_while(|b| **b == b' ').count();
        let group = left.iter().skip(spaces).take(5).take_while(|b| b.is_ascii_hexdigit()).count();
        let next = left.get(spaces + group);
        // Two spaces and more part the digits from what they show, but for the gap in the middle of a row.
        let first = held.len() == before;
        if !matches!(group, 2 | 4)
            || spaces == 0
            || spaces > 2 && !first
            || next.is_some_and(|b| *b != b' ' && *b != b'\r')
        {
            break;
        }
        if held.len() - before >= 32 || spaces == 2 && !first && held.len() - before != 8 {
            break;
        }
        let digits = left.get(spaces..spaces + group)?;
        let bytes: Vec<u8> = digits.chunks_exact(2).filter_map(pair).collect();
        words += usize::from(group == 4);
        held.extend(bytes);
        left = left.get(spaces + group..)?;
    }
    if held.len() - before < 2 {
        held.truncate(before);
        return None;
    }
    // hexdump without options writes words, the lower byte first.
    if words > 0 && !colon && left.iter().all(|b| matches!(b, b' ' | b'\r')) {
        for word in held.get_mut(before..)?.chunks_exact_mut(2) {
            word.swap(0, 1);
        }
    }
    Some(whole)
}

#[cfg(test)]
mod tests {
    use super::super::{Raw, RedactOptions, redact};

    const KEY: &str = "sk-proj-Qm3vT0xkY7aLd2RwPz9bNc4eXf6gHj8kZt5y";

    fn redacted(text: &str) -> String {
        redact(Raw::new(text.to_owned()), &RedactOptions::default()).text().to_owned()
    }

    /// Rows of sixteen bytes, each byte or pair of bytes a group.
    fn rows(text: &str, group: usize, colon: &str, shown: bool) -> String {
        let row = |(number, row): (usize, &[u8])| {
            let groups: Vec<String> =
                row.chunks(group).map(|g| g.iter().map(|b| format!("{b:02x}")).collect::<String>()).collect();
            let show: String = row.iter().map(|b| if b.is_ascii_graphic() { char::from(*b) } else { '.' }).collect();
            let shown = if shown { format!("  {show}") } else { String::new() };
            format!("{:08x}{colon} {}{shown}\n", number * 16, groups.join(" "))
        };
        text.as_bytes().chunks(16).enumerate().map(row).collect()
    }

    #[test]
    fn a_dump_with_a_secret_is_shown_as_text() {
        let message = format!("POST /v1 HTTP/1.1\r\nAuthorization: Bearer {KEY}\r\nAccept: */*\r\n\r\n");
        for text in [rows(&message, 1, ":", true), rows(&message, 2, ":", true), rows(&message, 1, " ", true)] {
            let out = redacted(&text);
            assert!(
                out.starts_with("POST /v1 HTTP/1.1\r\nAuthorization: Bearer {{redacted:openai-project-key"),
                "{out}"
            );
            assert!(out.contains("\r\nAccept: */*"), "{out}");
            assert_eq!(redacted(&out), out);
        }
        let plain = rows("POST /v1 HTTP/1.1\r\nAccept: */*\r\n\r\n", 2, ":", true);
        assert_eq!(redacted(&plain), plain);
    }

    #[test]
    fn digits_alone() {
        let digits: String = KEY.bytes().map(|b| format!("{b:02x}")).collect();
        assert!(redacted(&format!("key {digits}")).starts_with("key {{redacted:openai-project-key:44-"));
        let digest = "commit 7fd1a60b01f91b314f59955a4e4d4e80d8edf11d";
        assert_eq!(redacted(digest), digest);
    }
}
