//! Bytes written as numbers (`[115, 107, …]`, `<Buffer 73 6b …>`, `0x73, 0x6b`, `73:6b:…`, rows of `od`) and characters written apart
//! (`s k - p …`). What they spell is redacted as the text that it is.

use super::fingerprint::Flags;
use super::sink::Sink;
use super::unit::{byte, floor};
use super::words::{self, Hint};
use super::{Raw, judge, placeholder, redact_at, wrapped_text};
use zeroize::Zeroizing;

/// Fewest members that count, and most that are read.
const FEWEST: usize = 12;
const MOST: usize = 16 * 1024;

/// True for what parts members.
pub(super) const fn parts(b: u8) -> bool {
    matches!(b, b' ' | b',' | b':' | b'\'' | b'"' | b'\n' | b'\r' | b'\t')
}

/// A first look that costs little: what stands behind a word that ends at `end` may part it from the next member.
#[inline(always)]
pub(super) fn may_go_on(text: &str, end: usize, single: bool) -> bool {
    let next = byte(text, end + 1);
    parts(byte(text, end)) && (single || parts(next) || next.is_ascii_hexdigit())
}

/// Looks at a word of up to four characters at `at..end` that may be the first of a list.
pub(super) fn word(sink: &mut Sink<'_>, at: usize, end: usize) -> Option<usize> {
    let text = sink.text;
    if at < sink.listed || !goes_on(text, at, end) || sink.depth > wrapped_text::DEEPEST {
        return None;
    }
    let mut held = Members::default();
    let (mut spot, mut last) = (at, at);
    while held.count < MOST {
        let len = member(text, spot);
        if len == 0 || !held.take(text.get(spot..spot + len)?) {
            break;
        }
        last = spot + len;
        let gap = separator(text, last);
        if gap == 0 {
            break;
        }
        spot = last + gap;
        // The offset that `od` writes before each row.
        if byte(text, spot - 1) == b'\n' || text.get(last..spot)?.contains('\n') {
            let digits = text.as_bytes().get(spot..)?.iter().take(8).take_while(|b| b.is_ascii_hexdigit()).count();
            let after = spot + digits;
            spot = if digits >= 6 && byte(text, after) == b' ' { after + separator(text, after) } else { spot };
        }
    }
    // None of these starts another list.
    sink.listed = last;
    if held.count < FEWEST {
        return None;
    }
    let decoded = held.text()?;
    let inner = redact_at(Raw::new(decoded.to_string()), sink.options, sink.depth + 1);
    if inner.redactions().iter().any(|found| found.kind != "email") {
        sink.rewrite(at, last, inner.text(), inner.redactions());
        return Some(last);
    }
    let kind = named(sink, at).filter(|_| judge::is_random(decoded.trim()))?;
    sink.replace(at, last, kind, decoded.trim(), Flags::default());
    Some(last)
}

/// A first look that costs little: four members of one kind in a row, parted in one way.
fn goes_on(text: &str, at: usize, end: usize) -> bool {
    let (mut at, mut end, mut kinds) = (at, end, 7_u8);
    let mut commas = None;
    for _ in 0..4 {
        let member = text.as_bytes().get(at..end).unwrap_or_default();
        kinds &= match member {
            [b'0'..=b'9'] => 5,
            [_] => 1,
            [a, b] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() => 6,
            [b'0', b'x', ..] => 2,
            [b'0'..=b'9', _, _] => 4,
            _ => 0,
        };
        let gap = if kinds == 0 { 0 } else { separator(text, end) };
        // A time of day has a colon here and a comma there.
        let mark = text.as_bytes().get(end..end + gap).and_then(|gap| gap.iter().find(|b| matches!(b, b':' | b',')));
        if gap == 0 || mark.is_some_and(|mark| *commas.get_or_insert(*mark) != *mark) {
            return false;
        }
        at = end + gap;
        end = at + self::member(text, at);
    }
    true
}

/// The kind of secret that a word near before `at` says.
pub(super) fn named(sink: &Sink<'_>, at: usize) -> Option<&'static str> {
    let before = sink.text.get(floor(sink.text, at.saturating_sub(160)).max(sink.done())..at)?;
    let words = before.rsplit(|c| !super::near::is_word_char(c)).filter(|word| word.len() > 1);
    words.take(12).find_map(|word| match words::hint(word) {
        Hint::Secret(kind) => Some(kind),
        _ => None,
    })
}

/// Bytes of what stands between two members; zero where the list ends.
fn separator(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let len = rest
        .iter()
        .take(12)
        .take_while(|b| matches!(b, b' ' | b',' | b':' | b'\n' | b'\r' | b'\t' | b'\'' | b'"'))
        .count();
    if len < 12 && !rest.starts_with(placeholder::OPEN.as_bytes()) { len } else { 0 }
}

fn member(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let len = rest
        .iter()
        .take(5)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'/' | b'+'))
        .count();
    if len > 4 { 0 } else { len }
}

/// What was read, in each way in which it may be meant.
struct Members {
    count: usize,
    /// As characters, as pairs of hexadecimal digits, as decimal numbers; none once a member does not fit.
    ways: [Option<Zeroizing<Vec<u8>>>; 3],
}

impl Default for Members {
    fn default() -> Self {
        Self { count: 0, ways: [(); 3].map(|()| Some(Zeroizing::new(Vec::with_capacity(64)))) }
    }
}

impl Members {
    /// False where the member fits no way.
    fn take(&mut self, member: &str) -> bool {
        let bytes = member.as_bytes();
        let printable = |b: &u8| matches!(b, 0x20..0x7f | b'\n' | b'\r' | b'\t');
        let digits = member.strip_prefix("0x").unwrap_or(member);
        let read = [
            if let [one] = bytes { Some(*one) } else { None },
            u8::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 2),
            if bytes.iter().all(u8::is_ascii_digit) { member.parse().ok() } else { None },
        ];
        if !read.iter().zip(&self.ways).any(|(byte, way)| way.is_some() && byte.as_ref().is_some_and(printable)) {
            return false;
        }
        for (byte, way) in read.into_iter().zip(&mut self.ways) {
            match (byte.filter(printable), &mut *way) {
                (Some(byte), Some(held)) => held.push(byte),
                _ => *way = None,
            }
        }
        self.count += 1;
        true
    }

    /// The text that the members spell in the first way that fits them all.
    fn text(self) -> Option<Zeroizing<String>> {
        let fits = self.ways.into_iter().flatten().find(|held| held.len() == self.count)?;
        str::from_utf8(&fits).ok().map(|text| Zeroizing::new(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Raw, RedactOptions, redact};

    const KEY: &str = "sk-proj-Qm3vT0xkY7aLd2RwPz9bNc4eXf6gHj8kZt5y";
    const PLAIN: &str = "Qm3vT0xkY7aLd2RwPz9bNc4eXf6gHj8k";

    fn list(key: &str, between: &str, each: impl Fn(u8) -> String) -> String {
        key.bytes().map(each).collect::<Vec<_>>().join(between)
    }

    #[test]
    fn bytes_and_letters_in_a_list() {
        let redacted = |text: &str| redact(Raw::new(text.to_owned()), &RedactOptions::default()).text().to_owned();
        for key in [KEY, PLAIN] {
            for text in [
                format!("key: <Buffer {}>", list(key, " ", |b| format!("{b:02x}"))),
                format!("{{\"apiKey\":{{\"type\":\"Buffer\",\"data\":[{}]}}}}", list(key, ",", |b| b.to_string())),
                format!("apiKey []byte{{{}}}", list(key, ", ", |b| format!("{b:#04x}"))),
                format!("Authorization:[{}]", list(&format!("Bearer {key}"), " ", |b| b.to_string())),
                format!("key bytes {}", list(key, ":", |b| format!("{b:02X}"))),
                format!("key: {}", list(key, " ", |b| char::from(b).to_string())),
                format!("$ echo $KEY | od -c\n0000000   {}", list(key, "   ", |b| char::from(b).to_string())),
            ] {
                let out = redacted(&text);
                assert!(out.contains("{{redacted:") && out.len() < text.len(), "{text}\n{out}");
                assert_eq!(redacted(&out), out);
            }
        }
        for text in [
            "tokens: [3923, 374, 279, 6864, 315, 9822, 30, 11, 72, 83, 91, 12, 44, 57]",
            "09:25:01 12:30:45 17:55:59 a b c d e f g h i j k l m n o p",
            "00:1a:2b:3c:4d:5e 7 8 9 10 11 12 13 14 15 16 17 18 19",
            "key rates 40 41 42 43 44 45 46 47 48 49 50 51 52 53",
        ] {
            assert_eq!(redacted(text), text);
        }
    }
}
