//! One spelling for text that programs quote, escape, wrap and mark up in many ways, so that one template finds a message
//! wherever it stands: in JSON escaped twice, a Python `repr`, an HTML page, a wrapped terminal line.

use crate::span::Span;

/// A text in canonical spelling: ASCII lower case, no quotes, no backslashes, single spaces, entities and `\u` escapes
/// decoded. Every byte remembers where it came from.
#[derive(Debug, Default)]
pub struct Canon {
    /// The canonical text.
    pub text: String,
    /// For each byte of `text`, the offset of the character in the original that it came from.
    origin: Vec<u32>,
    /// Length of the original.
    end: usize,
    /// In the path of a Windows drive: how many backslashes part its names there; 0 elsewhere.
    path: usize,
    /// Which runs of four bytes occur, by hash: most templates can be ruled out without a search.
    grams: Grams,
}

/// A set of four-byte runs. It may say that one is there that is not, never the reverse.
#[derive(Debug, Default)]
struct Grams(Vec<u64>);

impl Grams {
    /// The place of the bit for each run of four bytes.
    fn places(text: &str) -> impl Iterator<Item = (usize, u64)> + '_ {
        text.as_bytes().windows(4).map(|run| {
            let value = run.iter().fold(0_u32, |v, &b| (v << 8) | u32::from(b));
            let hash = value.wrapping_mul(0x9e37_79b1) >> 16;
            (hash as usize >> 6, 1 << (hash & 63))
        })
    }

    fn of(text: &str) -> Self {
        let mut grams = vec![0; 1024];
        for (word, bit) in Self::places(text) {
            if let Some(word) = grams.get_mut(word) {
                *word |= bit;
            }
        }
        Self(grams)
    }
}

/// How far a tag may reach before `<` is taken for a plain character.
const LONGEST_TAG: usize = 1024;

impl Canon {
    /// Spells `text` canonically and leaves out the stretches of `skip` (sorted). With `tags`, markup stays in the text.
    pub fn new(text: &str, skip: &[Span], tags: bool) -> Self {
        let mut canon = Self::without_grams(text, skip, tags);
        canon.grams = Grams::of(&canon.text);
        canon
    }

    /// `text` in canonical spelling, to be looked for in others.
    pub fn spelling(text: &str, tags: bool) -> String {
        Self::without_grams(text, &[], tags).text
    }

    fn without_grams(text: &str, skip: &[Span], tags: bool) -> Self {
        let mut canon = Self { text: String::with_capacity(text.len()), end: text.len(), ..Self::default() };
        let mut skips = skip.iter().peekable();
        let mut at = 0;
        while let Some(c) = text.get(at..).and_then(|r| r.chars().next()) {
            while skips.peek().is_some_and(|s| s.end <= at) {
                skips.next();
            }
            if let Some(s) = skips.peek().filter(|s| s.start <= at) {
                canon.space(at);
                at = s.end.max(at + c.len_utf8());
                continue;
            }
            at += canon.take(text, at, c, tags);
        }
        canon
    }

    /// False where `piece` (in canonical spelling) certainly does not occur.
    pub fn may_hold(&self, piece: &str) -> bool {
        Grams::places(piece).all(|(word, bit)| self.grams.0.get(word).is_some_and(|w| w & bit != 0))
    }

    /// The stretch of the original that the canonical bytes `start..end` came from.
    pub fn original(&self, start: usize, end: usize) -> Span {
        let from = self.origin.get(start).map_or(self.end, |&o| o as usize);
        let to = self.origin.get(end).map_or(self.end, |&o| o as usize);
        Span::new(from, to)
    }

    fn push(&mut self, c: char, at: usize) {
        let c = c.to_ascii_lowercase();
        self.text.push(c);
        self.origin.resize(self.text.len(), u32::try_from(at).unwrap_or(u32::MAX));
    }

    /// True where no letter or digit stands right before.
    fn after_gap(&self) -> bool {
        !self.text.ends_with(|c: char| c.is_ascii_alphanumeric())
    }

    fn space(&mut self, at: usize) {
        self.path = 0;
        if !self.text.ends_with(' ') && !self.text.is_empty() {
            self.push(' ', at);
        }
    }

    /// Spells the character at `at` and returns how many bytes of the original were used.
    fn take(&mut self, text: &str, at: usize, c: char, tags: bool) -> usize {
        let rest = text.get(at..).unwrap_or_default();
        match c {
            '\\' => return self.escape(text, rest, at),
            '&' => {
                if let Some((decoded, length)) = entity(rest) {
                    if !is_quote(decoded) {
                        self.spell(decoded, at);
                    }
                    return length;
                }
                self.push(c, at);
            }
            '<' if !tags => {
                if let Some(length) = tag(rest) {
                    self.space(at);
                    return length;
                }
                self.push(c, at);
            }
            '\u{1b}' => return ansi(rest),
            // Python writes bytes as b'…': the letter belongs to the quote.
            'b' if self.after_gap() && rest.as_bytes().get(1).is_some_and(|q| matches!(q, b'\'' | b'"')) => {}
            _ => self.spell(c, at),
        }
        c.len_utf8()
    }

    fn spell(&mut self, c: char, at: usize) {
        match c {
            _ if is_quote(c) => self.path = 0,
            _ if is_invisible(c) => {}
            _ if c.is_whitespace() || matches!(c, '\u{2500}'..='\u{257f}') => self.space(at),
            '\u{2013}' | '\u{2014}' | '\u{2010}' | '\u{2011}' => self.push('-', at),
            '\u{2026}' => "...".chars().for_each(|c| self.push(c, at)),
            _ => self.push(c, at),
        }
    }

    /// A run of backslashes with what it escapes.
    fn escape(&mut self, text: &str, rest: &str, at: usize) -> usize {
        let slashes = rest.bytes().take_while(|&b| b == b'\\').count();
        let after = rest.get(slashes..).unwrap_or_default();
        if self.path == 0 && begins_path(text.get(..at).unwrap_or_default(), after) {
            self.path = slashes;
        }
        // What has fewer backslashes than the path around it is an escape: `C:\\app\\main.py\nTraceback`.
        if self.path > 0 && slashes >= self.path {
            self.push('/', at);
            return slashes;
        }
        match after.chars().next() {
            Some('n' | 'r' | 't') => {
                self.space(at);
                slashes + 1
            }
            Some('u') => match after.get(1..5).and_then(|h| u32::from_str_radix(h, 16).ok()).and_then(char::from_u32) {
                Some(decoded) => {
                    self.spell(decoded, at);
                    slashes + 5
                }
                None => slashes,
            },
            _ => slashes,
        }
    }
}

/// True between a drive's letter with its colon and what a path can begin with. A small letter may be a name before an escape.
fn begins_path(before: &str, after: &str) -> bool {
    let mut back = before.bytes().rev();
    let colon = back.next() == Some(b':');
    let letter = back.next().filter(u8::is_ascii_alphabetic);
    let name = after.bytes().next().filter(u8::is_ascii_alphanumeric);
    let escape = name.is_some_and(|b| b"nrtu".contains(&b));
    colon
        && name.is_some()
        && letter.is_some_and(|l| l.is_ascii_uppercase() || !escape)
        && !back.next().is_some_and(|b| b.is_ascii_alphanumeric())
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}')
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\0'..='\u{8}')
}

/// The character that an HTML entity at the start of `rest` stands for, and the entity's length.
fn entity(rest: &str) -> Option<(char, usize)> {
    let end = rest.bytes().take(10).position(|b| b == b';')?;
    let name = rest.get(1..end)?;
    let decoded = match name {
        "quot" => '"',
        "apos" => '\'',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "nbsp" => ' ',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((decoded, end + 1))
}

/// The length of a tag or comment at the start of `rest`.
fn tag(rest: &str) -> Option<usize> {
    let next = rest.as_bytes().get(1)?;
    if !(next.is_ascii_alphabetic() || matches!(next, b'/' | b'!')) {
        return None;
    }
    rest.bytes().take(LONGEST_TAG).position(|b| b == b'>').map(|end| end + 1)
}

/// The length of an ANSI escape sequence (ECMA-48 CSI) at the start of `rest`; 1 for a lone escape character.
fn ansi(rest: &str) -> usize {
    let Some(body) = rest.strip_prefix("\u{1b}[") else { return 1 };
    body.bytes().position(|b| (0x40..=0x7e).contains(&b)).map_or(rest.len(), |end| end + 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(text: &str) -> String {
        Canon::new(text, &[], false).text
    }

    #[test]
    fn one_message_has_one_spelling() {
        let want = "project proj_1 does not have access to model gpt-4o";
        for text in [
            "Project `proj_1` does not have access to model `gpt-4o`",
            r#"Project \\\"proj_1\\\" does not\n have   access to model \"gpt-4o\""#,
            "Project <b>proj_1</b> does not&nbsp;have access\n│ to model &quot;gpt-4o&quot;",
            "\u{1b}[31mProject \u{2018}proj_1\u{2019} does\u{200b} not have access to model gpt-4o",
        ] {
            assert_eq!(spelled(text), want);
        }
    }

    #[test]
    fn escaped_characters_are_decoded_and_located() {
        let text = r"x \u8be5\u4ee4 y";
        let canon = Canon::new(text, &[], false);
        assert_eq!(canon.text, "x 该令 y");
        assert_eq!(canon.original(2, 5).of(text), r"\u8be5");
        assert_eq!(canon.original(8, 10).of(text), " y");
    }

    #[test]
    fn the_letter_of_python_bytes_is_no_text() {
        assert_eq!(spelled("read: b'error code: 1010' in club'"), "read: error code: 1010 in club");
    }

    #[test]
    fn names_in_windows_paths_stay_apart() {
        assert_eq!(spelled(r"at C:\Users\me\new-api\relay.js:3"), "at c:/users/me/new-api/relay.js:3");
        assert_eq!(
            spelled(r#""D:\\app\\node_modules\\openai\\x.js:1\nnot found""#),
            "d:/app/node_modules/openai/x.js:1 not found"
        );
        assert_eq!(spelled(r#"in "C:\tmp\a.py", line 3\nError"#), "in c:/tmp/a.py, line 3 error");
        assert_eq!(spelled(r#"{"a":"\nfoo"} e:\nnone code:\nnone"#), "{a: foo} e: none code: none");
    }

    #[test]
    fn skipped_stretches_are_not_read() {
        let canon = Canon::new("ab secret cd", &[Span::new(3, 9)], false);
        assert_eq!(canon.text, "ab cd");
    }

    #[test]
    fn broken_input_is_only_text() {
        for text in ["\\", "\\u12", "&#xffffffff;", "<a", "\u{1b}[", "&;", "<", "a\u{1b}"] {
            let _ = Canon::new(text, &[Span::new(0, 0), Span::new(900, 2)], false);
        }
    }
}
