//! JavaScript literals: strings, template strings, objects, lists, calls. It runs nothing: what is none of these is kept as
//! written.

use super::literal::Value;
use super::shell::Word;
use crate::span::Span;

/// Objects within objects: more than any request has.
const DEPTH: usize = 40;
/// So many bytes are searched for the end of an expression that is no literal.
const EXPRESSION: usize = 4 << 10;

/// Reads the arguments of a call whose `(` stands at `at`. Gives them, the offset after the `)`, and whether it was there.
pub(crate) fn arguments(text: &str, at: usize) -> (Vec<Value>, usize, bool) {
    let mut reader = Reader { text, at: at + 1 };
    let (values, closed) = reader.list(')', DEPTH);
    (values, reader.at, closed)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next character behind blanks and comments.
    fn next(&mut self) -> Option<char> {
        loop {
            let rest = self.rest();
            let bare = rest.trim_start();
            self.at += rest.len() - bare.len();
            let skipped = if bare.starts_with("//") {
                bare.find('\n')
            } else if bare.starts_with("/*") {
                bare.find("*/").map(|n| n + 2)
            } else {
                return bare.chars().next();
            };
            self.at += skipped.unwrap_or(bare.len());
        }
    }

    /// Values up to `close`, which is read too.
    fn list(&mut self, close: char, depth: usize) -> (Vec<Value>, bool) {
        let mut values = Vec::new();
        while let Some(c) = self.next() {
            if c == close {
                self.at += 1;
                return (values, true);
            }
            if c == ',' {
                self.at += 1;
                continue;
            }
            if matches!(c, ')' | ']' | '}') {
                return (values, false);
            }
            values.push(self.value(depth));
        }
        (values, false)
    }

    /// One value: terms joined by `+`.
    fn value(&mut self, depth: usize) -> Value {
        let start = self.at;
        let first = self.term(depth);
        let mut joined: Option<Word> = None;
        while self.next() == Some('+') {
            let before = joined.take().or_else(|| first.text());
            self.at += 1;
            self.next();
            let more = self.term(depth).text();
            let (Some(mut word), Some(more)) = (before, more) else {
                self.expression();
                return Value::Unknown(self.written(start));
            };
            word.push_word(&more);
            joined = Some(word);
        }
        let value = joined.map_or(first, Value::Text);
        if matches!(self.next(), None | Some(',' | ')' | ']' | '}' | ';')) {
            return value;
        }
        // `a ?? 'b'`, `x.y()`, `key: string` and the like: kept as written.
        let from = self.at;
        self.expression();
        if self.at == from {
            self.at += self.rest().chars().next().map_or(0, char::len_utf8);
        }
        match value {
            Value::Unknown(_) => Value::Unknown(self.written(start)),
            // `'a'.trim()` is near enough to `'a'`.
            other => other,
        }
    }

    /// The source from `start` to here, without blanks at its end.
    fn written(&self, start: usize) -> Word {
        let mut word = Word::at(start);
        word.push_verbatim(self.text.get(start..self.at).unwrap_or_default().trim_end(), start);
        word
    }

    /// Moves to the comma or bracket that ends an expression.
    fn expression(&mut self) {
        let (mut open, start) = (0usize, self.at);
        while let Some(c) = self.rest().chars().next() {
            match c {
                '(' | '[' | '{' => open += 1,
                ')' | ']' | '}' if open == 0 => return,
                ')' | ']' | '}' => open -= 1,
                ',' | ';' if open == 0 => return,
                '\'' | '"' | '`' => {
                    self.string(c);
                    continue;
                }
                _ => {}
            }
            self.at += c.len_utf8();
            if self.at - start > EXPRESSION {
                return;
            }
        }
    }

    fn term(&mut self, depth: usize) -> Value {
        let start = self.at;
        match self.next() {
            Some(c @ ('\'' | '"' | '`' | '“' | '‘')) => Value::Text(self.string(c)),
            Some('{') if depth > 0 => self.object(depth - 1),
            Some('[') if depth > 0 => {
                self.at += 1;
                Value::List(self.list(']', depth - 1).0)
            }
            Some('(') if depth > 0 => {
                self.at += 1;
                self.list(')', depth - 1).0.into_iter().next().unwrap_or(Value::Nothing)
            }
            Some(c) if c.is_ascii_digit() || c == '-' || c == '.' => {
                let length = self
                    .rest()
                    .bytes()
                    .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'))
                    .count();
                self.at += length.max(1);
                Value::Bare(self.written(start))
            }
            _ => self.name(start, depth),
        }
    }

    /// A word: a keyword, a variable, a call.
    fn name(&mut self, start: usize, depth: usize) -> Value {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '?' | '!');
        let length = self.rest().find(|c| !is_name(c)).unwrap_or(self.rest().len());
        let name = self.rest().get(..length).unwrap_or_default();
        self.at += length;
        match name {
            "true" | "false" | "null" => return Value::Bare(self.written(start)),
            "undefined" => return Value::Nothing,
            "new" | "await" | "typeof" if depth > 0 => {
                self.next();
                return self.term(depth - 1);
            }
            "" => {
                let from = self.at;
                self.expression();
                if self.at == from {
                    self.at += self.rest().chars().next().map_or(0, char::len_utf8);
                }
                return Value::Unknown(self.written(start));
            }
            _ => {}
        }
        if self.rest().starts_with('(') && depth > 0 {
            self.at += 1;
            let name = name.to_owned();
            let (values, _) = self.list(')', depth - 1);
            return Value::Call(name, values);
        }
        Value::Unknown(self.written(start))
    }

    fn object(&mut self, depth: usize) -> Value {
        self.at += 1;
        let mut members = Vec::new();
        while let Some(c) = self.next() {
            let start = self.at;
            match c {
                '}' => {
                    self.at += 1;
                    return Value::Object(members);
                }
                ',' => {
                    self.at += 1;
                    continue;
                }
                ')' | ']' | ';' => return Value::Object(members),
                '\'' | '"' | '`' | '“' | '‘' => {
                    let name = self.string(c);
                    self.member(&mut members, name, depth);
                }
                '[' => {
                    self.at += 1;
                    let name = self.list(']', depth).0.first().and_then(Value::text).unwrap_or_default();
                    self.member(&mut members, name, depth);
                }
                '.' => {
                    // `...more`: nobody knows what is in it.
                    self.expression();
                }
                _ => {
                    let length =
                        self.rest().find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$' | '-'))).unwrap_or(0);
                    self.at += length.max(c.len_utf8());
                    let name = self.written(start);
                    self.member(&mut members, name, depth);
                }
            }
            if self.at == start {
                self.at += c.len_utf8();
            }
        }
        Value::Object(members)
    }

    fn member(&mut self, members: &mut Vec<(Word, Value)>, name: Word, depth: usize) {
        if self.next() == Some(':') {
            self.at += 1;
            self.next();
            let value = self.value(depth);
            members.push((name, value));
        } else {
            // Shorthand: `{ model }`.
            members.push((name.clone(), Value::Unknown(name)));
        }
    }

    /// A string; one that is not closed ends with its line, a template string with the text.
    fn string(&mut self, quote: char) -> Word {
        let close = match quote {
            '“' => '”',
            '‘' => '’',
            other => other,
        };
        let mut word = Word::at(self.at);
        word.quoted = true;
        self.at += quote.len_utf8();
        while let Some(c) = self.rest().chars().next() {
            let length = c.len_utf8();
            if c == close {
                self.at += length;
                return word;
            }
            match c {
                '\n' if quote != '`' => return word,
                '\\' => {
                    let (decoded, length) = super::shell::script_escape(self.rest());
                    word.push_decoded(&decoded, Span::new(self.at, self.at + length));
                    self.at += length;
                    continue;
                }
                '$' if quote == '`' && self.rest().starts_with("${") => {
                    let end = super::curl::kept_stretch(self.rest()).max(2).min(self.rest().len());
                    word.expands = true;
                    word.push_verbatim(self.rest().get(..end).unwrap_or("$"), self.at);
                    self.at += end;
                    continue;
                }
                _ => word.push_verbatim(self.rest().get(..length).unwrap_or_default(), self.at),
            }
            self.at += length;
        }
        word
    }
}
