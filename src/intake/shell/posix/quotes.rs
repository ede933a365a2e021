//! Words: quotes, escapes, variables and substitutions.

use super::escapes::ansi_escapes;
use super::{Lexer, Word};
use crate::span::Span;

/// So many characters are searched for the other one of two typographic quotes.
const SMART: usize = 8_000;

/// So many bytes are searched for the end of a substitution.
const SUBSTITUTION: usize = 4 << 10;

/// Characters that end a word outside quotes.
fn ends_word(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n' | ';' | '&' | '|' | '<' | '>' | '(' | ')' | '\u{a0}' | '\u{202f}' | '\u{3000}')
}

impl<'a> Lexer<'a> {
    /// One word. Always moves on where there is anything.
    pub(super) fn word(&mut self) -> Word {
        let mut word = Word::at(self.at);
        let start = self.at;
        while let Some(c) = self.peek() {
            if Some(c) == self.reading.closer {
                break;
            }
            match c {
                '\'' => self.single(&mut word),
                '"' => self.double(&mut word),
                '“' | '”' | '„' => self.smart(&mut word, &['“', '”', '"']),
                '‘' | '’' if self.at == start || word.text().ends_with('=') => {
                    self.smart(&mut word, &['‘', '’', '\''])
                }
                '–' | '—' if self.at == start => {
                    // A word processor turned one or two hyphens into a dash.
                    let end = self.at + c.len_utf8();
                    let letters =
                        self.text.get(end..).unwrap_or_default().bytes().take_while(u8::is_ascii_alphabetic).count();
                    if letters == 0 {
                        word.push_verbatim(self.text.get(self.at..end).unwrap_or_default(), self.at);
                    } else {
                        word.push_decoded(if letters > 1 { "--" } else { "-" }, Span::new(self.at, end));
                        self.problem("This is a dash, not a hyphen; curl takes the word for a URL.", self.at, end);
                    }
                    self.at = end;
                }
                '\\' => {
                    if !self.escape(&mut word) {
                        break;
                    }
                }
                '$' => self.dollar(&mut word),
                '`' => self.back_quotes(&mut word),
                c if ends_word(c) && self.at > start => break,
                c => {
                    let end = self.at + c.len_utf8();
                    word.push_verbatim(self.text.get(self.at..end).unwrap_or_default(), self.at);
                    self.at = end;
                }
            }
        }
        word
    }

    /// `\x` outside quotes. False where the backslash begins a continued line end that ends the word.
    fn escape(&mut self, word: &mut Word) -> bool {
        let after = self.text.get(self.at + 1..).unwrap_or_default();
        if after.starts_with('\n') || after.starts_with("\r\n") {
            let length = if after.starts_with('\n') { 2 } else { 3 };
            let next = after.get(length - 1..).unwrap_or_default();
            // Inside a word only where the next line goes on at once.
            if next.starts_with([' ', '\t', '\r', '\n', '-', '>']) || next.is_empty() {
                return false;
            }
            self.at += length;
            return true;
        }
        let line = after.trim_start_matches([' ', '\t']);
        if line.len() < after.len() && (line.starts_with('\n') || line.starts_with("\r\n")) {
            return false;
        }
        match after.chars().next() {
            Some(c) => {
                word.push_decoded(c.encode_utf8(&mut [0; 4]), Span::new(self.at, self.at + 1 + c.len_utf8()));
                word.quoted = true;
                self.at += 1 + c.len_utf8();
            }
            None => self.at += 1,
        }
        true
    }

    fn single(&mut self, word: &mut Word) {
        word.quoted = true;
        let start = self.at + 1;
        let rest = self.text.get(start..).unwrap_or_default();
        let closed = memchr::memchr(b'\'', rest.as_bytes());
        let end = closed.unwrap_or_else(|| self.unclosed(start));
        let content = rest.get(..end).unwrap_or_default();
        self.push_lines(word, content, start);
        self.at = start + end + usize::from(closed.is_some());
    }

    /// Text inside quotes, line by line where continuation prompts may stand in it.
    fn push_lines(&mut self, word: &mut Word, content: &str, at: usize) {
        if !content.contains('\n') || !(self.ps2 || self.reading.prompted) {
            // CRLF is an accident of copying: the text's own line ends are LF.
            let mut offset = 0;
            while let Some(found) = content.get(offset..).and_then(|c| c.find("\r\n")) {
                word.push_verbatim(content.get(offset..offset + found).unwrap_or_default(), at + offset);
                word.push_decoded("\n", Span::new(at + offset + found, at + offset + found + 2));
                offset += found + 2;
            }
            word.push_verbatim(content.get(offset..).unwrap_or_default(), at + offset);
            return;
        }
        let mut offset = at;
        let mut first = true;
        for line in content.split_inclusive('\n') {
            let prompt = ["> ", "dquote> ", "quote> "].iter().find(|p| line.starts_with(**p)).filter(|_| !first);
            let skip = prompt.map_or(if !first && line.trim_end() == ">" { 1 } else { 0 }, |p| p.len());
            let body = line.get(skip..).unwrap_or_default();
            if let Some(bare) = body.strip_suffix("\r\n") {
                word.push_verbatim(bare, offset + skip);
                word.push_decoded("\n", Span::new(offset + skip + bare.len(), offset + line.len()));
            } else {
                word.push_verbatim(body, offset + skip);
            }
            offset += line.len();
            first = false;
        }
    }

    fn double(&mut self, word: &mut Word) {
        word.quoted = true;
        let open = self.at;
        self.at += 1;
        loop {
            let rest = self.rest();
            let Some(next) = rest.bytes().position(|b| matches!(b, b'"' | b'\\' | b'$' | b'`')) else {
                let end = self.unclosed(open + 1).saturating_sub(self.at - open - 1).min(rest.len());
                self.push_lines(word, rest.get(..end).unwrap_or_default(), self.at);
                self.at += end;
                return;
            };
            self.push_lines(word, rest.get(..next).unwrap_or_default(), self.at);
            self.at += next;
            match rest.as_bytes().get(next) {
                Some(b'"') => {
                    self.at += 1;
                    return;
                }
                Some(b'$') => {
                    self.quoted = true;
                    self.dollar(word);
                    self.quoted = false;
                }
                Some(b'`') => self.back_quotes(word),
                _ => {
                    let escaped = rest.get(next + 1..).and_then(|r| r.chars().next());
                    match escaped {
                        Some(c @ ('$' | '`' | '"' | '\\')) => {
                            word.push_decoded(c.encode_utf8(&mut [0; 4]), Span::new(self.at, self.at + 2));
                            self.at += 2;
                        }
                        Some('\n') => self.at += 2,
                        _ => {
                            word.push_verbatim("\\", self.at);
                            self.at += 1;
                        }
                    }
                }
            }
        }
    }

    /// Quotes that a word processor has curled. No shell takes them for quotes, but that is what was meant.
    fn smart(&mut self, word: &mut Word, closers: &[char]) {
        let start = self.at;
        let open = self.peek().map_or(1, char::len_utf8);
        let content = self.text.get(start + open..).unwrap_or_default();
        let closed = content.char_indices().take(SMART).find(|(at, c)| {
            let next = content.get(at + c.len_utf8()..).and_then(|r| r.chars().next());
            closers.contains(c) && next.is_none_or(|n| ends_word(n) || n == '\\' || n == '^')
        });
        let Some((end, closer)) = closed else {
            word.push_verbatim(self.text.get(start..start + open).unwrap_or_default(), start);
            self.at = start + open;
            return;
        };
        self.problem(
            "These are typographic quotes; a shell takes them for part of the word. Use plain ones.",
            start,
            start + open,
        );
        word.quoted = true;
        word.push_verbatim(content.get(..end).unwrap_or_default(), start + open);
        self.at = start + open + end + closer.len_utf8();
    }

    /// An unclosed quote that opened before `start`: how much of what follows is taken into it. It goes to the end of the
    /// text, or to where output plainly begins.
    fn unclosed(&mut self, start: usize) -> usize {
        self.problem(
            "This quote is not closed; the text is cut off here or a quote is missing.",
            start.saturating_sub(1),
            start,
        );
        let rest = self.text.get(start..).unwrap_or_default();
        let mut at = 0;
        for (number, line) in rest.split_inclusive('\n').enumerate() {
            let bare = line.trim_start();
            let output = ["HTTP/", "< HTTP", "* ", "curl: (", "{\"error", "<html", "<!DOCTYPE", "$ ", "{ \"error"];
            if number > 0 && output.iter().any(|o| bare.starts_with(o)) {
                return rest.get(..at).map_or(at, |r| r.trim_end().len());
            }
            at += line.len();
        }
        rest.trim_end().len()
    }

    fn dollar(&mut self, word: &mut Word) {
        let rest = self.rest();
        let start = self.at;
        let length = match rest.as_bytes().get(1) {
            Some(b'\'') if !self.quoted => return self.ansi(word),
            Some(b'"') if !self.quoted => {
                self.at += 1;
                return self.double(word);
            }
            Some(b'(') => {
                if self.cat_heredoc(word) {
                    return;
                }
                word.expands = true;
                // One that is not closed goes to the end of the text, and so would each further one.
                let length = if self.unclosed_substitution { 1 } else { substitution(rest) };
                self.unclosed_substitution |= length == 1;
                length
            }
            Some(b'{') => {
                word.expands = true;
                let length = rest.find(['}', '\n']).map_or(1, |n| n + 1);
                let inner = rest.get(2..length.saturating_sub(1)).unwrap_or_default();
                if name_length(inner) == inner.len() && !inner.is_empty() {
                    return self.variable(word, length);
                }
                length
            }
            Some(b) if b.is_ascii_alphabetic() || *b == b'_' => {
                return self.variable(word, 1 + name_length(rest.get(1..).unwrap_or_default()));
            }
            Some(b) if b.is_ascii_digit() || matches!(b, b'?' | b'@' | b'*') => {
                word.expands = true;
                1
            }
            _ => 1,
        };
        word.push_verbatim(rest.get(..length).unwrap_or("$"), start);
        self.at = start + length.max(1);
    }

    fn variable(&mut self, word: &mut Word, length: usize) {
        word.push_variable(self.rest().get(..length).unwrap_or_default(), self.at);
        self.at += length;
    }

    /// `$(cat <<EOF … EOF)`: its output is the here-document without its last line ends.
    fn cat_heredoc(&mut self, word: &mut Word) -> bool {
        let rest = self.rest();
        let inner = rest.get(2..).unwrap_or_default().trim_start();
        let Some(after) = inner.strip_prefix("cat") else { return false };
        let after = after.trim_start_matches([' ', '\t']);
        let Some(_) = after.strip_prefix("<<").filter(|a| !a.starts_with('<')) else { return false };
        let at = self.at + (rest.len() - after.len());
        let mut inner = Lexer::new(self.text, at, super::Reading { closer: None, ..self.reading });
        inner.ps2 = self.ps2;
        let mut command = super::Command::default();
        let _ = inner.redirection(&mut command);
        inner.take_heredocs(&mut [], &mut command);
        let super::Stdin::Text(body) = command.stdin else { return false };
        let kept = body.text().trim_end_matches('\n').len();
        word.push_word(&body.slice(0..kept));
        word.quoted = true;
        let tail = inner.rest();
        let close = tail.find(')').filter(|n| tail.get(..*n).is_some_and(|t| t.trim().is_empty()));
        self.at = inner.at + close.map_or(0, |n| n + 1);
        self.problems.extend(inner.problems);
        true
    }

    fn back_quotes(&mut self, word: &mut Word) {
        let rest = self.rest();
        let inner = rest.get(1..).unwrap_or_default();
        let end = memchr::memchr2(b'`', b'\n', inner.as_bytes());
        let length = match end {
            Some(n) if inner.as_bytes().get(n) == Some(&b'`') => n + 2,
            _ => 1,
        };
        word.expands |= length > 1;
        word.push_verbatim(rest.get(..length).unwrap_or_default(), self.at);
        self.at += length;
    }

    /// `$'…'`.
    fn ansi(&mut self, word: &mut Word) {
        word.quoted = true;
        let start = self.at;
        self.at += 2;
        loop {
            let rest = self.rest();
            let Some(next) = memchr::memchr2(b'\'', b'\\', rest.as_bytes()) else {
                let end = self.unclosed(start + 2).saturating_sub(self.at - start - 2).min(rest.len());
                word.push_verbatim(rest.get(..end).unwrap_or_default(), self.at);
                self.at += end;
                return;
            };
            word.push_verbatim(rest.get(..next).unwrap_or_default(), self.at);
            self.at += next;
            if rest.as_bytes().get(next) == Some(&b'\'') {
                self.at += 1;
                return;
            }
            let (decoded, length) = ansi_escapes(rest.get(next..).unwrap_or_default());
            word.push_decoded(&decoded, Span::new(self.at, self.at + length));
            self.at += length;
        }
    }
}

/// The length of the variable's name that `text` begins with.
fn name_length(text: &str) -> usize {
    text.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count()
}

/// The length of `$(…)`, brackets and quotes inside it balanced; 1 where it is not closed. One pass.
fn substitution(text: &str) -> usize {
    #[derive(PartialEq)]
    enum Inside {
        Brackets,
        Quotes,
    }
    let bytes = text.as_bytes().get(..text.len().min(SUBSTITUTION)).unwrap_or_default();
    let mut open: Vec<Inside> = Vec::new();
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        let quoted = open.last() == Some(&Inside::Quotes);
        match byte {
            b'(' if !quoted || bytes.get(at - 1) == Some(&b'$') => open.push(Inside::Brackets),
            b')' if !quoted => {
                open.pop();
                if open.is_empty() {
                    return at + 1;
                }
            }
            b'\\' => at += 1,
            b'\'' if !quoted => {
                at += memchr::memchr(b'\'', bytes.get(at + 1..).unwrap_or_default()).map_or(0, |n| n + 1)
            }
            b'"' if quoted => {
                open.pop();
            }
            b'"' => open.push(Inside::Quotes),
            _ => {}
        }
        at += 1;
    }
    1
}
