//! Takes noise off the lines: colours, the frames that terminals draw, what containers and CI put before each line, and the
//! entities of a text that was copied out of HTML source.
//!
//! Formats read the clean text; afterwards every place is put back to where it stands in the text as it came.

use super::model::{InputKind, Intake};
use crate::span::Span;

/// How a line of Docker's files begins.
const RECORD: &str = "{\"log\":\"";
/// What Spring writes in place of a line break.
const BREAK: &str = "<EOL>";

/// Quotes as HTML writes them. Other entities mean something only where these show that the line is HTML source.
const QUOTES: &[(&str, char)] =
    &[("&quot;", '"'), ("&#34;", '"'), ("&#x22;", '"'), ("&#39;", '\''), ("&#x27;", '\''), ("&apos;", '\'')];
const OTHERS: &[(&str, char)] = &[("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&#96;", '`'), ("&nbsp;", ' ')];

/// A text without noise, and where its stretches come from.
pub(super) struct Clean {
    /// The text without noise.
    pub(super) text: String,
    /// Offset in the clean text, offset in the original: where each kept stretch begins.
    stretches: Vec<(usize, usize)>,
    /// True where each line had a log's prefix.
    log: bool,
}

/// What stands before most lines.
#[derive(Clone, Copy, PartialEq)]
enum Prefix {
    None,
    /// `raycast  | `
    Container,
    /// `2024-06-06T16:02:05.1234567Z `
    Time,
    /// `> ` of a quoted message.
    Quote,
    /// `{"log":"…\n","stream":"stderr",…}`: Docker's own files.
    Record,
    /// What every line begins with: a device's log, a number, a comment's mark. So many bytes of [`shape`].
    Common(usize),
}

/// The clean text; none where there is no noise.
pub(super) fn clean(text: &str) -> Option<Clean> {
    let prefix = prefix(text);
    let framed = text.contains(['│', '┃', '║']);
    let broken = text.contains(BREAK);
    let coloured = memchr::memchr(0x1b, text.as_bytes()).is_some() || text.starts_with('\u{feff}');
    let escaped = ["&quot;", "&#", "&apos;", "&amp;quot;", "&amp;#", "&gt; ", "&lt; "].iter().any(|e| text.contains(e));
    if prefix == Prefix::None && !framed && !coloured && !broken && !escaped {
        return None;
    }
    let mut clean = Clean {
        text: String::with_capacity(text.len()),
        stretches: Vec::new(),
        log: matches!(prefix, Prefix::Container | Prefix::Time | Prefix::Record),
    };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        let start = skip(body, prefix);
        let end = if framed {
            body.trim_end().strip_suffix(['│', '┃', '║']).map_or(body.len(), |b| b.trim_end().len()).max(start)
        } else {
            body.len()
        };
        if prefix == Prefix::Record {
            clean.record(body, at);
            clean.keep(line, body.len(), line.len(), at);
            at += line.len();
            continue;
        }
        match escaped && is_html_source(body) {
            true => clean.unescape(line, start, end, at),
            false => clean.keep(line, start, end, at),
        }
        clean.keep(line, body.len(), line.len(), at);
        at += line.len();
    }
    (clean.text != text).then_some(clean)
}

impl Clean {
    /// Keeps `line[start..end]`, whose line starts at `at` in the original, without colours.
    fn keep(&mut self, line: &str, start: usize, end: usize, at: usize) {
        let mut from = start;
        while let Some(piece) = line.get(from..end).filter(|p| !p.is_empty()) {
            let escape = memchr::memchr2_iter(0x1b, b'<', piece.as_bytes())
                .find(|&at| piece.get(at..).is_some_and(|rest| !rest.starts_with('<') || rest.starts_with(BREAK)))
                .unwrap_or(piece.len());
            if escape > 0 {
                self.stretches.push((self.text.len(), at + from));
                self.text.push_str(piece.get(..escape).unwrap_or_default());
            }
            from += escape + piece.get(escape..).map_or(0, escape_length);
        }
    }

    /// Keeps what a program wrote to the line of a log that Docker keeps as JSON.
    fn record(&mut self, line: &str, at: usize) {
        let mut chars = line.char_indices().skip(RECORD.len());
        while let Some((place, c)) = chars.next() {
            let c = match c {
                '"' => return,
                '\\' => match chars.next().map(|(_, c)| c) {
                    Some('n' | 'r') | None => continue,
                    Some('t') => '\t',
                    Some('u') => {
                        let code: String = chars.by_ref().take(4).map(|(_, c)| c).collect();
                        let code = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
                        code.unwrap_or(char::REPLACEMENT_CHARACTER)
                    }
                    Some(c) => c,
                },
                c => c,
            };
            self.stretches.push((self.text.len(), at + place));
            self.text.push(c);
        }
    }

    /// [`Clean::keep`] for a line of HTML source: an entity becomes its character.
    fn unescape(&mut self, line: &str, start: usize, end: usize, at: usize) {
        let mut from = start;
        while let Some(rest) = line.get(from..end).filter(|p| !p.is_empty()) {
            let next = memchr::memchr(b'&', rest.as_bytes()).map_or(end, |next| from + next);
            self.keep(line, from, next, at);
            let entity = line.get(next..end).unwrap_or_default();
            if entity.starts_with("&lt;EOL&gt;") {
                from = next + "&lt;EOL&gt;".len();
                continue;
            }
            let known = entity_at(entity);
            let length = known.map_or(usize::from(!entity.is_empty()), |(_, length)| length);
            match known {
                Some((character, _)) => {
                    self.stretches.push((self.text.len(), at + next));
                    self.text.push(character);
                }
                None => self.keep(line, next, next + length, at),
            }
            from = next + length;
        }
    }

    fn original(&self, offset: usize) -> usize {
        let index = self.stretches.partition_point(|&(clean, _)| clean <= offset).saturating_sub(1);
        self.stretches.get(index).map_or(offset, |&(clean, original)| original + (offset - clean.min(offset)))
    }

    fn span(&self, span: &mut Span) {
        // The end belongs to the last byte: what was taken out after it is not part of the place.
        let end = if span.end > span.start { self.original(span.end - 1) + 1 } else { self.original(span.end) };
        *span = Span::new(self.original(span.start), end);
    }

    /// Puts every place back to where it stands in the original.
    pub(super) fn restore(&self, intake: &mut Intake) {
        intake.each_place(|span| self.span(span));
        if self.log && intake.kind == InputKind::Text {
            intake.kind = InputKind::Log;
        }
    }
}

/// The entity that `text` begins with, and its length. What was escaped twice is read as once: `&amp;quot;`.
fn entity_at(text: &str) -> Option<(char, usize)> {
    let again = text.strip_prefix("&amp;").map_or(0, |rest| {
        let twice = QUOTES.iter().chain(OTHERS).any(|(name, _)| name.get(1..).is_some_and(|n| rest.starts_with(n)));
        if twice { "amp;".len() } else { 0 }
    });
    let name_of =
        |name: &str| text.get(1 + again..).is_some_and(|rest| rest.starts_with(name.get(1..).unwrap_or(name)));
    let (name, character) = QUOTES.iter().chain(OTHERS).find(|(name, _)| text.starts_with('&') && name_of(name))?;
    Some((*character, name.len() + again))
}

/// True where quotes are written as entities and none as itself: then it is no text about HTML.
fn is_html_source(line: &str) -> bool {
    let raw = |quote: char| line.contains(quote);
    let named = |name: &str| name.get(1..).is_some_and(|name| line.contains(name));
    let quoted = QUOTES.iter().any(|(name, quote)| named(name) && !raw(*quote));
    // Lines of a transcript.
    let marked = line.starts_with("&gt; ") || line.starts_with("&lt; ");
    line.contains('&') && (quoted || marked) && !line.contains('<')
}

/// What stands before at least nine in ten of the lines.
fn prefix(text: &str) -> Prefix {
    let (mut lines, mut container, mut time, mut quote, mut sent, mut got) = (0_usize, 0_usize, 0_usize, 0, 0, false);
    for line in text.lines().filter(|l| !l.trim().is_empty()).take(2000) {
        lines += 1;
        container += usize::from(container_length(line).is_some());
        time += usize::from(time_length(line).is_some());
        if let Some(rest) = line.strip_prefix('>').map(str::trim_start) {
            quote += 1;
            let field = |l: &str| l.split_once(": ").is_some_and(|(n, _)| super::http_text::is_field_name(n));
            sent += usize::from(rest.contains("HTTP/") || field(rest));
            // No transcript of what was sent holds an answer.
            got |= rest.starts_with("HTTP/") || rest.starts_with("< ") || rest.starts_with("* ");
        }
    }
    let most = |n: usize| n * 10 >= lines * 9 && n > 0;
    match () {
        () if lines > 1 && text.lines().all(|l| l.trim().is_empty() || l.starts_with(RECORD)) => Prefix::Record,
        () if most(container) => Prefix::Container,
        () if most(time) && lines > 2 => Prefix::Time,
        () if quote == lines && lines > 1 && (sent == 0 || got) => Prefix::Quote,
        () if lines > 2 && quote == 0 => common(text),
        () => Prefix::None,
    }
}

/// The next byte of a line's shape and what is left of the line: a run of digits counts as one, a run of blanks too.
fn shape(line: &str) -> Option<(u8, &str)> {
    let first = line.as_bytes().first().copied()?;
    let (byte, rest) = match first {
        b'0'..=b'9' => (b'0', line.trim_start_matches(|c: char| c.is_ascii_digit())),
        b' ' | b'\t' => (b' ', line.trim_start_matches([' ', '\t'])),
        other => (other, line.get(line.chars().next()?.len_utf8()..)?),
    };
    Some((byte, rest))
}

/// What all lines begin with, digits aside, as logs of devices and services print a text line by line, editors number it and
/// comments hold it. It counts only where what is behind it is such a text: lines without a word, or deeper ones.
fn common(text: &str) -> Prefix {
    let mut lines = text.lines().filter(|l| !l.trim().is_empty()).take(2000);
    let Some(first) = lines.next() else { return Prefix::None };
    let mut shared: Vec<u8> = Vec::new();
    let mut rest = first;
    while let Some((byte, left)) = shape(rest).filter(|_| shared.len() < 120) {
        if matches!(byte, b'"' | b'\'' | b'{' | b'<' | b'}' | b'=') {
            break;
        }
        shared.push(byte);
        rest = left;
    }
    for line in lines.clone() {
        let (mut rest, mut same) = (line, 0);
        while let Some((_, left)) = shape(rest).filter(|(byte, _)| shared.get(same) == Some(byte)) {
            (rest, same) = (left, same + 1);
        }
        // A line that is blank but for its prefix may lack the blank that ends it.
        if !(rest.is_empty() && same + 1 >= shared.len()) {
            shared.truncate(same);
        }
        if shared.is_empty() {
            return Prefix::None;
        }
    }
    // Up to the last place where a prefix may end.
    let ends = |end: &usize| {
        let head = shared.get(..*end).unwrap_or_default();
        head.ends_with(b" ") && head.iter().any(|b| !matches!(b, b' ' | b'*'))
            || matches!(head, b"+" | b"#" | b"//" | b";")
    };
    let Some(end) = (1..=shared.len()).rev().find(ends) else { return Prefix::None };
    let behind = |line: &str| line.get(common_length(line, end)..).unwrap_or_default().trim().to_owned();
    let bare = |line: &str| {
        let rest = behind(line);
        !rest.is_empty() && rest.bytes().all(|b| matches!(b, b'{' | b'}' | b'[' | b']' | b',' | b'(' | b')' | b'\\'))
            || rest.starts_with("HTTP/")
            || rest.starts_with("--> ")
            || rest.starts_with("*** ")
            || rest.starts_with("<html")
    };
    let marked = shared.iter().take(end).any(|b| matches!(b, b'0' | b'[' | b'|' | b'#' | b'/' | b'+' | b';'));
    if marked && text.lines().take(2000).any(bare) { Prefix::Common(end) } else { Prefix::None }
}

/// How long the first bytes of the line's shape are in the line.
fn common_length(line: &str, shape_length: usize) -> usize {
    let mut rest = line;
    for _ in 0..shape_length {
        let Some((_, left)) = shape(rest) else { break };
        rest = left;
    }
    line.len() - rest.len()
}

/// How much of the line is noise before it begins.
fn skip(line: &str, prefix: Prefix) -> usize {
    let at = match prefix {
        Prefix::None | Prefix::Record => 0,
        Prefix::Container => container_length(line).unwrap_or(0),
        Prefix::Time => time_length(line).unwrap_or(0),
        Prefix::Common(shape) => common_length(line, shape),
        Prefix::Quote => {
            line.strip_prefix("> ").or_else(|| line.strip_prefix('>')).map_or(0, |rest| line.len() - rest.len())
        }
    };
    let bom = if line.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let at = at.max(bom);
    let rest = line.get(at..).unwrap_or_default();
    match rest.trim_start().strip_prefix(['│', '┃', '║']) {
        Some(inside) => line.len() - inside.strip_prefix(' ').unwrap_or(inside).len(),
        None => at,
    }
}

/// `name  | `: what docker compose puts before each line.
fn container_length(line: &str) -> Option<usize> {
    let (name, rest) = line.split_once('|')?;
    let word = name.trim_end();
    let named = word.len() > 1 && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    // A number before the bar is a line of source code.
    let wordy = word.starts_with(|c: char| c.is_ascii_alphabetic());
    (named && wordy && name.len() > word.len()).then(|| line.len() - rest.strip_prefix(' ').unwrap_or(rest).len())
}

/// `2024-06-06T16:02:05.1234567Z `: what CI services put before each line.
fn time_length(line: &str) -> Option<usize> {
    let (stamp, rest) = line.split_once(' ')?;
    let shape = stamp.len() >= 20 && stamp.ends_with('Z') && super::http_text::is_time_stamp(stamp);
    (shape && stamp.as_bytes().get(10) == Some(&b'T')).then(|| line.len() - rest.len())
}

/// Length of the noise at the start: an escape sequence (ECMA-48: CSI, OSC, or two characters), or a written line break.
fn escape_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    if text.starts_with(BREAK) {
        return BREAK.len();
    }
    match bytes.get(1) {
        Some(b'[') => bytes.iter().skip(2).position(|b| (0x40..=0x7e).contains(b)).map_or(text.len(), |p| p + 3),
        Some(b']') => bytes.iter().position(|&b| b == 7).map_or(text.len(), |p| p + 1),
        Some(b) if b.is_ascii() => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Option<String> {
        clean(text).map(|c| c.text)
    }

    #[test]
    fn noise_goes() {
        assert_eq!(text("\u{1b}[31mred\u{1b}[0m x").as_deref(), Some("red x"));
        assert_eq!(text("web-1  | a\r\nweb-1  | b\r\n").as_deref(), Some("a\r\nb\r\n"));
        assert_eq!(text("╭──╮\n│ ab │\n╰──╯\n").as_deref(), Some("╭──╮\nab\n╰──╯\n"));
        let actions = "2024-06-06T16:02:05.1234567Z a\n2024-06-06T16:02:05.1234567Z  b\n2024-06-06T16:02:06.1234567Z c";
        assert_eq!(text(actions).as_deref(), Some("a\n b\nc"));
        assert_eq!(text("{<EOL>  \"a\": \"<b>\"<EOL>}").as_deref(), Some("{  \"a\": \"<b>\"}"));
        assert_eq!(text("> a\n> b\n").as_deref(), Some("a\nb\n"));
        assert_eq!(text("-H &quot;A: b&quot; -d &#39;a&amp;b&x&#39;\n").as_deref(), Some("-H \"A: b\" -d 'a&b&x'\n"));
    }

    #[test]
    fn what_all_lines_begin_with_goes_where_a_text_stands_behind_it() {
        for prefix in [
            "02-03 09:30:10.101 11231 11290 I okhttp: ",
            "I/flutter ( 4211): ",
            "Feb 11 10:11:12 web-1 app[7]: ",
            "[pod/a-7d9/llm] ",
            "# ",
            "+",
        ] {
            let printed: String = ["{", "\"a\": 1", "}"].map(|line| [prefix, line, "\n"].concat()).concat();
            assert_eq!(text(&printed).as_deref(), Some("{\n\"a\": 1\n}\n"), "{prefix}");
        }
        assert_eq!(text("9 | {\n10 | \"a\": 1\n11 | }").as_deref(), Some("{\n\"a\": 1\n}"));
        let docker =
            "{\"log\":\"{\\n\",\"stream\":\"stderr\"}\n{\"log\":\" \\\"a\\\": \\u003c1\\n\",\"stream\":\"x\"}\n";
        assert_eq!(text(docker).as_deref(), Some("{\n \"a\": <1\n"));
        assert_eq!(text("{&quot;a&quot;: 1&lt;EOL&gt;}").as_deref(), Some("{\"a\": 1}"));
        // A quoted mail with an answer in it; twice escaped.
        let quoted = "> HTTP/1.1 403 Forbidden\n> Server: x\n>\n> {}\n";
        assert_eq!(text(quoted).as_deref(), Some("HTTP/1.1 403 Forbidden\nServer: x\n\n{}\n"));
        assert_eq!(text("{&amp;#x27;a&amp;amp;b&amp;quot;: 1").as_deref(), Some("{'a&b\": 1"));
        assert_eq!(text("&gt; GET /a?b HTTP/1.1\n&lt; A: b").as_deref(), Some("> GET /a?b HTTP/1.1\n< A: b"));
        for plain in [
            "10.0.0.5 - - [11/Feb/2026] \"GET /a\" 403 1\n10.0.0.5 - - [11/Feb/2026] \"GET /b\" 403 1\n10.0.0.6 - - x\n",
            "2026-01-01 a: x\n2026-01-01 a: y\n2026-01-01 a: z\n",
            "{\"t\": 1, \"a\": 2}\n{\"t\": 1, \"a\": 3}\n{\"t\": 1}\n",
        ] {
            assert_eq!(text(plain), None, "{plain}");
        }
    }

    #[test]
    fn what_is_no_noise_stays() {
        for plain in [
            "",
            "a | b",
            "  57 |  x\n  58 | y",
            "> GET / HTTP/1.1\n> Host: x",
            "2024-06-06T16:02:05Z one line",
            "<a href=\"x\">&quot;</a>",
            "a?b=1&amp;c='2' &#39;",
        ] {
            assert_eq!(text(plain), None, "{plain}");
        }
    }

    #[test]
    fn places_are_those_of_the_text_as_it_came() {
        let original = "web-1  | HTTP \u{1b}[31m403\u{1b}[0m x\nweb-1  | y";
        let clean = clean(original).unwrap();
        let mut span = Span::new(5, 8);
        assert_eq!(span.of(&clean.text), "403");
        clean.span(&mut span);
        assert_eq!(span.of(original), "403");
    }
}
