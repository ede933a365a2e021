//! Text whose line ends, or letters beyond ASCII, are escapes: a file in a JSON string, a log in Python's `repr`, a form's field, a page with `<br>`. It is
//! read as the text that it spells, so that what looks at lines sees them. One level of one notation at a time: what is written so
//! twice shows its line ends in the second reading.

use super::scan;
use super::sink::Sink;
use super::unit::{MARKUP, Writing, byte, floor, unit};
use zeroize::Zeroizing;

/// How often what was unfolded is unfolded again.
const DEEPEST: usize = 4;

/// Longest stretch that is unfolded at once, in bytes; it ends at a line end.
const LONGEST: usize = 64 * 1024;

/// How far before its first line end a text may start, in bytes: a stream still holds as much.
const BACK: usize = 1000;

/// How far the text was unfolded, and the quotation mark that it was left open with; none is zero.
pub(super) type Reached = (usize, u8);

/// Called at such an escape: takes out what is secret in the text around it, and gives the offset behind that text, which ends
/// at `to` at the latest.
pub(super) fn lines(sink: &mut Sink<'_>, at: usize, to: usize, writing: Writing) -> Option<usize> {
    if sink.folds >= DEEPEST {
        return None;
    }
    let text = sink.text;
    let (start, end, reached) = bounds(text, at, to, writing, sink.unfolded);
    sink.unfolded = reached;
    // What was taken out of it already is seen as what stands there now.
    let (head, from) = sink.written(start);
    let stretch = Zeroizing::new([head, text.get(from..end)?].concat());
    let head = head.len();
    let spaces = writing == Writing::Percent && !stretch.contains("%20");
    let mut decoded = Zeroizing::new(String::with_capacity(stretch.len()));
    let mut spot = 0;
    while let Some((ch, len)) = next(&stretch, spot, writing) {
        spot += len;
        match ch {
            MARKUP => {}
            '+' if spaces && len == 1 => decoded.push(' '),
            _ => decoded.push(ch),
        }
    }
    let mut inner = Sink::within(&decoded, sink);
    scan::run_over(&mut inner);
    let (mut spot, mut read) = (0, 0);
    sink.adopt(inner, |offset| {
        while read < offset
            && let Some((ch, len)) = next(&stretch, spot, writing)
        {
            spot += len;
            read += if ch == MARKUP { 0 } else { ch.len_utf8() };
        }
        from + spot.saturating_sub(head)
    });
    Some(end)
}

/// Called at the first character that is written so, or behind the word before it: where line ends are written so further on, the
/// text around is unfolded before anything in it is read, so that nothing is taken that its lines would have told otherwise.
#[cold]
#[inline(never)]
pub(super) fn ahead(sink: &mut Sink<'_>, at: usize, to: usize) -> Option<usize> {
    let text = sink.text;
    if at < sink.seen || sink.folds >= DEEPEST {
        return None;
    }
    let writing = match byte(text, at) {
        b'%' => Writing::Percent,
        _ => Writing::Entity,
    };
    unit(text, at).filter(|u| u.writing == writing)?;
    let limit = floor(text, to.min(text.len()).min(at + LONGEST));
    let (stop, between) = finish(text, at, limit, writing, 0);
    sink.seen = stop.unwrap_or(limit);
    // A sentence or a command in one field is a text, too.
    let spaces = || text.get(at..sink.seen).unwrap_or_default().matches("%20").take(3).count() == 3;
    (between.is_some() || writing == Writing::Percent && spaces()).then(|| lines(sink, at, to, writing))?
}

/// The character at `at`, with one level of this notation undone, and its bytes.
fn next(text: &str, at: usize, writing: Writing) -> Option<(char, usize)> {
    let rest = text.get(at..)?;
    let (mark, twice) = match writing {
        Writing::Escape => ("\\", "\\\\"),
        Writing::Percent => ("%", "%25"),
        _ => ("&", "&amp;"),
    };
    let ch = rest.chars().next()?;
    if rest.starts_with(twice) {
        return Some((ch, twice.len()));
    }
    if rest.starts_with(mark) || ch == '<' && writing == Writing::Entity {
        return letter(rest).filter(|_| ch == '%').or_else(|| unit(text, at).map(|u| (u.ch, u.len)));
    }
    Some((ch, ch.len_utf8()))
}

/// The letter beyond ASCII that `rest` starts with, each of its bytes written `%C3` (RFC 3986, section 2.5), and its length.
pub(super) fn letter(rest: &str) -> Option<(char, usize)> {
    let mut bytes = [0; 4];
    for count in 0..bytes.len() {
        let digits = rest.get(count * 3..)?.strip_prefix('%')?.get(..2)?;
        *bytes.get_mut(count)? = u8::from_str_radix(digits, 16).ok().filter(|byte| *byte >= 0x80)?;
        if let Some(ch) = str::from_utf8(bytes.get(..=count)?).ok().and_then(|found| found.chars().next()) {
            return Some((ch, count * 3 + 3));
        }
    }
    None
}

/// Where the text starts and ends that holds the escape at `at`, and how far it was read.
fn bounds(text: &str, at: usize, to: usize, writing: Writing, reached: Reached) -> (usize, usize, Reached) {
    let bytes = text.as_bytes().get(..to).unwrap_or_default();
    let (start, quote) = begin(text, bytes, at, writing, reached);
    let limit = floor(text, bytes.len().min(at + LONGEST));
    let (stop, between) = finish(text, at, limit, writing, quote);
    if let Some(stop) = stop {
        // A string that was wrapped goes on in the next line.
        let open = if byte(text, stop) == b'\n' && quote == b'"' { quote } else { 0 };
        return (start, stop, (stop + 1, open));
    }
    let end = between.filter(|_| limit < to).unwrap_or(limit);
    (start, end, (end, quote))
}

/// Where the text starts that holds the escape at `at`, and the quotation mark that it stands in; zero for none.
fn begin(text: &str, bytes: &[u8], at: usize, writing: Writing, reached: Reached) -> (usize, u8) {
    let back = floor(text, at.saturating_sub(BACK)).max(reached.0);
    let line = memchr::memrchr(b'\n', bytes.get(back..at).unwrap_or_default());
    let from = line.map_or(back, |line| back + line + 1);
    let before = bytes.get(from..at).unwrap_or_default();
    let behind = |ends: fn(u8) -> bool| at - before.iter().rev().take_while(|b| !ends(**b)).count();
    match writing {
        Writing::Escape => {
            let cut = line.is_none() && from > reached.0;
            let first = if from == reached.0 { reached.1 } else { 0 };
            opened(bytes, from, at, if cut { b'"' } else { first })
        }
        Writing::Percent => (behind(|b| b == b'=' || ends_field(b)), 0),
        _ => {
            let start = behind(|b| b == b'>' || b == b'\n');
            // An attribute's value.
            let open = memchr::memmem::rfind(bytes.get(start..at).unwrap_or_default(), b"=\"");
            open.map_or((start, 0), |open| (start + open + 2, b'"'))
        }
    }
}

/// Where the text ends, before `limit`, that holds the escape at `at` and stands in this quotation mark; and the offset behind the
/// last line end in it.
fn finish(text: &str, at: usize, limit: usize, writing: Writing, quote: u8) -> (Option<usize>, Option<usize>) {
    let ahead = text.as_bytes().get(at..limit).unwrap_or_default();
    let (mut skip, mut between) = (0, None);
    while let Some(b) = ahead.get(skip) {
        if matches!(b, b'\\' | b'%' | b'&' | b'<')
            && let Some(u) = unit(text, at + skip).filter(|u| u.ch == '\n' && u.writing == writing)
            && skip + u.len <= ahead.len()
        {
            between = Some(at + skip + u.len);
        }
        let stop = match writing {
            Writing::Escape if *b == b'\\' => {
                skip += 1;
                false
            }
            Writing::Percent => ends_field(*b),
            Writing::Entity if *b == b'<' && ahead.get(skip + 1) == Some(&b'/') => true,
            _ => *b == b'\n' || *b == quote,
        };
        if stop {
            return (Some(at + skip), between);
        }
        skip += 1;
    }
    (None, between)
}

/// What cannot stand in a form's field (URL Standard, application/x-www-form-urlencoded).
fn ends_field(b: u8) -> bool {
    b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b'`' | b'<' | b'>' | b'&' | b'?')
}

/// The string that is open at `at`, read from `from` on where this mark is open: where it starts and its mark.
fn opened(bytes: &[u8], from: usize, at: usize, quote: u8) -> (usize, u8) {
    let (mut start, mut open, mut outer) = (from, quote, (from, 0));
    let mut spot = from;
    while spot < at
        && let Some(b) = bytes.get(spot)
    {
        spot += 1;
        match b {
            b'\\' => spot += 1,
            b'"' | b'\'' | b'`' if *b == open => {
                ((start, open), outer) = (outer, (from, 0));
            }
            b'"' | b'\'' | b'`' if open == 0 && opens(bytes, spot - 1) => (start, open) = (spot, *b),
            // A shell's quotes, and Python's, around JSON.
            b'"' if open != b'"' && outer.1 == 0 && is_member(bytes.get(start..spot - 1).unwrap_or_default()) => {
                (outer, start, open) = ((start, open), spot, *b);
            }
            _ => {}
        }
    }
    (start, open)
}

/// True for a quotation mark that is no apostrophe: `'…`, `b'…`, but not `can't`.
fn opens(bytes: &[u8], at: usize) -> bool {
    let letter = |back: usize| at.checked_sub(back).and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric);
    let prefix = matches!(at.checked_sub(1).and_then(|at| bytes.get(at)), Some(b'b' | b'u' | b'r' | b'f' | b'B'));
    !letter(1) || prefix && !letter(2)
}

/// True where a member of JSON may start behind this.
fn is_member(before: &[u8]) -> bool {
    matches!(before.trim_ascii_end().last(), Some(b'{' | b'[' | b':' | b','))
}

#[cfg(test)]
mod tests {
    use crate::redact::{Raw, RedactOptions, redact};

    fn clean(text: &str) -> String {
        redact(Raw::new(text.to_owned()), &RedactOptions::default()).text().to_owned()
    }

    #[test]
    fn line_ends_in_any_notation_part_lines() {
        for (text, expected) in [
            (
                r#"{"message":"name,password\njo,kaffeetasse\n","time":1}"#,
                r#"{"message":"name,password\njo,{{redacted:password}}\n","time":1}"#,
            ),
            (
                r#"{"a":"{\"b\":\"x\\nDB_PASSWORD=hunter2\"}","c":"d"}"#,
                r#"{"a":"{\"b\":\"x\\nDB_PASSWORD={{redacted:password}}\"}","c":"d"}"#,
            ),
            (
                r#"msg="can't\r\nUSER      PASSWORD\r\nann       kaffeetasse\r\n" x=1"#,
                r#"msg="can't\r\nUSER      PASSWORD\r\nann       {{redacted:password}}\r\n" x=1"#,
            ),
            (r#"b'it\'s\npasswords:\n  - kaffeetasse\n'"#, r#"b'it\'s\npasswords:\n  - {{redacted:password}}\n'"#),
            (
                "text=name%2Cpassword%0Ajo%2Ckaffeetasse%0A&a=b",
                "text=name%2Cpassword%0Ajo%2C{{redacted:password}}%0A&a=b",
            ),
            (
                "<p>name,password<br>jo,kaffeetasse<br></p><p>ok</p>",
                "<p>name,password<br>jo,{{redacted:password}}<br></p><p>ok</p>",
            ),
            (
                r#"<a b="name,password&#10;jo,kaffeetasse&#10;" c="d">"#,
                r#"<a b="name,password&#10;jo,{{redacted:password}}&#10;" c="d">"#,
            ),
        ] {
            assert_eq!(clean(text), expected);
            assert_eq!(clean(expected), expected);
        }
    }

    #[test]
    fn what_stands_before_the_first_line_end_is_read_with_it() {
        for (text, expected) in [
            (
                "-Password%20%28ConvertTo-SecureString%20Winter2025%20-Force%29%0AMODEL%3Dgpt-4o",
                "-Password%20%28ConvertTo-SecureString%20{{redacted:password}}%20-Force%29%0AMODEL%3Dgpt-4o",
            ),
            (
                "  [&quot;password&quot;:protected]=&gt;<br>  string(14) &quot;Winter2025&quot;<br>",
                "  [&quot;password&quot;:protected]=&gt;<br>  string(14) &quot;{{redacted:password}}&quot;<br>",
            ),
            (r#"{"m": "jo@acme.example:kaffeetasse\nx"}"#, r#"{"m": "{{redacted:email}}:{{redacted:password}}\nx"}"#),
        ] {
            assert_eq!(clean(text), expected);
        }
    }

    #[test]
    fn a_long_text_is_cut_between_lines() {
        for (before, breaks, behind) in [
            ("{\"a\":\"", "\\n", "\"}"),
            ("b'", "\\n", "'"),
            ("a=", "%0A", "&b=c"),
            ("<p>", "<br>", "</p>"),
            ("<a b=\"", "&#10;", "\">"),
            ("<a b=\"", "&#xA;", "\">"),
        ] {
            for offset in (0..60).step_by(6) {
                let words = if breaks == "%0A" { "a+few+words" } else { "a few words" };
                let line = format!("{words}{breaks}");
                let fill = super::LONGEST / line.len() * line.len() - offset;
                let text = format!(
                    "{before}{breaks}{}{}{breaks}OPENAI_API_KEY%3Dkaffeetasse12 is{breaks}{}{behind}",
                    line.repeat(fill / line.len()),
                    "x".repeat(fill % line.len()),
                    line.repeat(40),
                );
                let text = if breaks == "%0A" { text.replace(" is", "") } else { text.replace("%3D", "=") };
                let mut streamed = String::new();
                if offset % 24 == 0 {
                    let mut stream = crate::redact::Stream::new(RedactOptions::default());
                    for piece in [text.as_bytes(), "\nwords ".repeat(50_000).as_bytes()] {
                        streamed += &stream.push(piece).unwrap();
                    }
                    streamed += &stream.finish().unwrap();
                }
                let once = clean(&text);
                for found in [&once, &streamed] {
                    assert!(!found.contains("kaffee") && !found.contains("tasse"), "{before} {breaks} {offset}");
                }
                assert_eq!(clean(&once), once);
            }
        }
    }
}
