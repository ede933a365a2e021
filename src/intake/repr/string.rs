//! Strings as programs write them: in either quotes, with the escapes of every language, wrapped by terminals and cut short.

use super::Reader;

impl Reader<'_> {
    /// A string, and those that a `+` (Node.js) or nothing (Python) adds to it: both break long ones.
    pub(super) fn strings(&mut self, quote: u8) -> Option<String> {
        let mut all = self.string(quote);
        loop {
            let back = self.at;
            self.blanks();
            if self.eat(b'+') {
                self.blanks();
                if let Some(next @ (b'\'' | b'"' | b'`')) = self.peek() {
                    all.push_str(&self.string(next));
                    continue;
                }
            }
            if let Some(next @ (b'\'' | b'"')) = self.peek().filter(|_| self.at > back) {
                let more = self.string(next);
                let end = self.at;
                self.blanks();
                // A key, not a part of the string: a comma is missing.
                if self.peek() != Some(b':') {
                    self.at = end;
                    all.push_str(&more);
                    continue;
                }
            }
            self.at = back;
            return Some(all);
        }
    }

    /// A quoted string; the reader stands on the quote. One that ends early is cut where something else begins.
    pub(super) fn string(&mut self, quote: u8) -> String {
        self.at += 1;
        let mut out = String::new();
        while let Some(c) = self.next() {
            match c {
                c if c == char::from(quote) => return out,
                '\\' => self.escape(&mut out),
                '\r' if quote != b'`' && self.peek() == Some(b'\n') => {}
                '\n' if quote != b'`' => {
                    if starts_anew(self.rest()) {
                        self.at -= 1;
                        break;
                    }
                    // A line that a terminal or a log wrapped: its indentation is not part of the string.
                    self.spaces();
                    if !out.ends_with(' ') {
                        out.push(' ');
                    }
                }
                c => out.push(c),
            }
        }
        self.whole = false;
        out
    }

    /// The quote that closes the one that a word processor made here, if one is here.
    pub(super) fn smart(&self) -> Option<char> {
        match self.rest().chars().next()? {
            '“' | '„' => Some('”'),
            '‘' => Some('’'),
            _ => None,
        }
    }

    /// A string in such quotes. An apostrophe in it looks like its end, but nothing follows that may.
    pub(super) fn smart_string(&mut self) -> String {
        let Some(close) = self.smart() else { return String::new() };
        self.next();
        let mut out = String::new();
        while let Some(c) = self.next() {
            if c == close && !self.rest().starts_with(char::is_alphanumeric) {
                return out;
            }
            if c == '\n' {
                self.at -= 1;
                break;
            }
            out.push(c);
        }
        self.whole = false;
        out
    }

    fn next(&mut self) -> Option<char> {
        let c = self.rest().chars().next()?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// What follows a backslash. Escapes that no notation knows stay as written.
    fn escape(&mut self, out: &mut String) {
        let Some(c) = self.next() else { return };
        let hex = |reader: &mut Self, digits: usize| {
            let code = reader.rest().get(..digits).and_then(|h| u32::from_str_radix(h, 16).ok())?;
            reader.at += digits;
            Some(code)
        };
        let code = match c {
            'n' => Some(u32::from('\n')),
            't' => Some(u32::from('\t')),
            'r' => Some(u32::from('\r')),
            'b' => Some(8),
            'f' => Some(12),
            '\n' => return,
            '\\' | '\'' | '"' | '/' | '`' => Some(u32::from(c)),
            'x' => hex(self, 2),
            'U' => hex(self, 8),
            'u' => match hex(self, 4) {
                Some(high @ 0xD800..=0xDBFF) if self.rest().starts_with("\\u") => {
                    self.at += 2;
                    let low = hex(self, 4).unwrap_or_default();
                    Some(0x10000 + ((high - 0xD800) << 10) + (low.wrapping_sub(0xDC00) & 0x3FF))
                }
                other => other,
            },
            _ => None,
        };
        match code {
            Some(code) => out.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)),
            None => {
                out.push('\\');
                out.push(c);
            }
        }
    }
}

/// The text of a bytes literal, whose `\x` escapes were read as characters of their own.
pub(super) fn bytes(text: &str) -> String {
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    bytes.and_then(|b| String::from_utf8(b).ok()).unwrap_or_else(|| text.to_owned())
}

/// True where a line begins something that no string goes on with: a blank line, a stack frame, a message, a time stamp.
fn starts_anew(rest: &str) -> bool {
    let line = rest.get(..rest.find('\n').unwrap_or(rest.len())).unwrap_or_default();
    let trimmed = line.trim();
    let digits = trimmed.trim_start_matches('[').bytes().take_while(u8::is_ascii_digit).count();
    trimmed.is_empty()
        || trimmed.starts_with("at ") && line.starts_with(' ')
        || ["HTTP/", "Traceback (", "curl ", "$ ", "* ", "< ", "> "].iter().any(|start| line.starts_with(start))
        || digits == 4 && trimmed.trim_start_matches('[').get(4..5).is_some_and(|c| c == "-" || c == "/")
}
