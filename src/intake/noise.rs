//! Takes noise off the lines: colours, the frames that terminals draw, what containers and CI put before each line, and the
//! entities of a text that was copied out of HTML source.
//!
//! Formats read the clean text; afterwards every place is put back to where it stands in the text as it came.

use super::model::{InputKind, Intake};
use crate::span::Span;

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
}

/// The clean text; none where there is no noise.
pub(super) fn clean(text: &str) -> Option<Clean> {
    let prefix = prefix(text);
    let framed = text.contains(['│', '┃', '║']);
    let broken = text.contains(BREAK);
    let coloured = memchr::memchr(0x1b, text.as_bytes()).is_some() || text.starts_with('\u{feff}');
    let escaped = text.contains("&quot;") || text.contains("&#") || text.contains("&apos;");
    if prefix == Prefix::None && !framed && !coloured && !broken && !escaped {
        return None;
    }
    let mut clean = Clean {
        text: String::with_capacity(text.len()),
        stretches: Vec::new(),
        log: matches!(prefix, Prefix::Container | Prefix::Time),
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

    /// [`Clean::keep`] for a line of HTML source: an entity becomes its character.
    fn unescape(&mut self, line: &str, start: usize, end: usize, at: usize) {
        let mut from = start;
        while let Some(rest) = line.get(from..end).filter(|p| !p.is_empty()) {
            let next = memchr::memchr(b'&', rest.as_bytes()).map_or(end, |next| from + next);
            self.keep(line, from, next, at);
            let entity = line.get(next..end).unwrap_or_default();
            let known = QUOTES.iter().chain(OTHERS).find(|(name, _)| entity.starts_with(name));
            let length = known.map_or(usize::from(!entity.is_empty()), |(name, _)| name.len());
            match known {
                Some((_, character)) => {
                    self.stretches.push((self.text.len(), at + next));
                    self.text.push(*character);
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

/// True where quotes are written as entities and none as itself: then it is no text about HTML.
fn is_html_source(line: &str) -> bool {
    let raw = |quote: char| line.contains(quote);
    line.contains('&') && QUOTES.iter().any(|(name, quote)| line.contains(name) && !raw(*quote)) && !line.contains('<')
}

/// What stands before at least nine in ten of the lines.
fn prefix(text: &str) -> Prefix {
    let (mut lines, mut container, mut time, mut quote) = (0_usize, 0_usize, 0_usize, 0_usize);
    for line in text.lines().filter(|l| !l.trim().is_empty()).take(2000) {
        lines += 1;
        container += usize::from(container_length(line).is_some());
        time += usize::from(time_length(line).is_some());
        let sent = line.contains("HTTP/")
            || line.split_once(": ").is_some_and(|(n, _)| super::http_text::is_field_name(n.trim_start_matches("> ")));
        quote += usize::from(line.starts_with('>') && !sent);
    }
    let most = |n: usize| n * 10 >= lines * 9 && n > 0;
    match () {
        () if most(container) => Prefix::Container,
        () if most(time) && lines > 2 => Prefix::Time,
        () if most(quote) && quote == lines && lines > 1 => Prefix::Quote,
        () => Prefix::None,
    }
}

/// How much of the line is noise before it begins.
fn skip(line: &str, prefix: Prefix) -> usize {
    let at = match prefix {
        Prefix::None => 0,
        Prefix::Container => container_length(line).unwrap_or(0),
        Prefix::Time => time_length(line).unwrap_or(0),
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
