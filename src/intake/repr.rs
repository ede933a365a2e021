//! Reads what programs print for objects: JSON, Python's `repr`, what Node.js and Bun inspect, Java's and Go's maps.
//!
//! One tolerant reader for all: it takes either quotes, bare keys and words, `None` and `undefined`, calls and class names,
//! and text that wraps or ends early. It gives a JSON value. Strict JSON is not its business but reads the same.

mod string;
#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

/// Objects within objects: more than any error has, fewer than the stack holds.
const DEPTH: usize = 48;
/// Longest bare word (`[Function: handler]`, `Error: …`), in bytes.
const WORD: usize = 400;

/// What was read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    /// The value.
    pub(super) value: Value,
    /// Offset after it.
    pub(super) end: usize,
    /// False where the text ends, or turns into something else, within it.
    pub(super) whole: bool,
}

/// Reads the object or list that starts at `at`; none where there is no such thing or nothing in it.
pub(super) fn read(text: &str, at: usize) -> Option<Reading> {
    let mut reader = Reader { text, at, whole: true, printed: false };
    let value = match reader.peek()? {
        b'{' => reader.object(0)?,
        // PHP's `print_r`: `[error] => Array`, without a brace before it.
        b'[' if is_entry(reader.rest()) => reader.members(0)?,
        b'(' if is_named(reader.rest()) => reader.object(0)?,
        b'[' | b'(' => reader.list(0)?,
        _ => return None,
    };
    Some(Reading { value, end: reader.at, whole: reader.whole })
}

/// Reads members (`status: 403,`) of an object whose opening stands elsewhere, up to its end.
pub(super) fn read_members(text: &str, at: usize) -> Option<Reading> {
    let mut reader = Reader { text, at, whole: true, printed: false };
    let value = reader.members(0)?;
    Some(Reading { value, end: reader.at, whole: reader.whole })
}

/// Where an error's arguments begin in a line, as Swift and Kotlin print one: `APIError(message: "…", code: nil)`.
pub(super) fn arguments(line: &str) -> Option<usize> {
    let open = |name: &str| memchr::memmem::find(line.as_bytes(), name.as_bytes());
    ["(message", "(error", "(code"]
        .into_iter()
        .filter_map(open)
        .min()
        .filter(|at| line.get(*at..).is_some_and(is_named))
}

/// True for a parenthesis before arguments with names: `(code=null, …`.
fn is_named(text: &str) -> bool {
    let rest = text.get(1..).unwrap_or_default();
    let name = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    name > 0 && rest.get(name..).is_some_and(|r| r.starts_with(": ") || r.starts_with('=') && !r.starts_with("=="))
}

/// True for an entry of a list as PHP prints it: `[name] => `.
fn is_entry(text: &str) -> bool {
    let name = text.get(1..).and_then(|rest| rest.get(..rest.bytes().take(60).position(|b| b == b']')?));
    name.is_some_and(|name| text.get(name.len() + 2..).is_some_and(|rest| rest.starts_with(" => ")))
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    whole: bool,
    /// True for the value behind PHP's ` => `, which goes to the end of its line.
    printed: bool,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// Blanks of this line only.
    fn spaces(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn object(&mut self, depth: usize) -> Option<Value> {
        self.at += 1;
        self.members(depth)
    }

    /// Members up to the closing brace.
    fn members(&mut self, depth: usize) -> Option<Value> {
        let mut members = Map::new();
        if depth > DEPTH {
            return None;
        }
        loop {
            self.blanks();
            match self.peek() {
                Some(b'}' | b')') => {
                    self.at += 1;
                    return Some(Value::Object(members));
                }
                // Apple's dictionaries end each entry with a semicolon.
                Some(b',' | b';') => {
                    self.at += 1;
                    continue;
                }
                // Node.js: `... 3 more items`.
                Some(b'.') => {
                    self.skip_line();
                    continue;
                }
                _ => {}
            }
            let before = self.at;
            let Some(key) = self.key(depth) else {
                self.at = before;
                return self.broken(members);
            };
            self.spaces();
            let empty = self.printed && self.peek() == Some(b'\n');
            let value = self.value_unless(empty, depth);
            members.insert(key, value);
        }
    }

    /// The value of a member; PHP prints nothing for one that is null.
    fn value_unless(&mut self, empty: bool, depth: usize) -> Value {
        let value = if empty { Some(Value::Null) } else { self.value(depth + 1) };
        value.unwrap_or_else(|| {
            self.whole = false;
            Value::Null
        })
    }

    /// An object that ends early: what was read so far counts, if anything was.
    fn broken(&mut self, members: Map<String, Value>) -> Option<Value> {
        self.whole = false;
        // The blanks before what is not ours are not ours either.
        let read = self.text.get(..self.at).unwrap_or_default();
        self.at = read.trim_end().len();
        (!members.is_empty()).then_some(Value::Object(members))
    }

    fn key(&mut self, depth: usize) -> Option<String> {
        let printed = is_entry(self.rest());
        let key = match self.peek()? {
            quote @ (b'\'' | b'"') => self.string(quote),
            _ if self.smart().is_some() => self.smart_string(),
            b'[' => {
                // Looked for no further than a name reaches: brackets without end would read the text once each.
                let rest = self.rest().get(1..)?;
                let name = rest.get(..rest.bytes().take(60).position(|b| b == b']')?)?;
                (!name.contains('\n')).then(|| self.at += name.len() + 2)?;
                name.trim_start_matches("Symbol(").trim_matches(['"', ')']).to_owned()
            }
            _ => {
                let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '-' | '.' | '@');
                let rest = self.rest();
                let name = rest.get(..rest.find(|c| !word(c)).unwrap_or(rest.len()))?;
                (!name.is_empty() && name.len() < 80).then(|| self.at += name.len())?;
                name.to_owned()
            }
        };
        self.spaces();
        match self.peek()? {
            b':' => self.at += 1,
            b'=' => self.at += if self.rest().starts_with("=>") { 2 } else { 1 },
            // Protocol buffers as text: `links { … }`.
            b'{' if depth > 0 => {}
            _ => return None,
        }
        self.printed = printed;
        Some(key)
    }

    fn list(&mut self, depth: usize) -> Option<Value> {
        let close = if self.peek()? == b'[' { b']' } else { b')' };
        if depth > DEPTH {
            return None;
        }
        self.at += 1;
        let mut items: Vec<Value> = Vec::new();
        let mut separated = true;
        loop {
            self.blanks();
            match self.peek() {
                Some(byte) if byte == close => {
                    self.at += 1;
                    return Some(Value::Array(items));
                }
                Some(b',') => {
                    self.at += 1;
                    separated = true;
                    continue;
                }
                Some(b'.') => {
                    self.skip_line();
                    continue;
                }
                _ => {}
            }
            let item = self.value(depth + 1);
            match (item, items.last_mut()) {
                // Python prints a long string as several beside each other.
                (Some(Value::String(more)), Some(Value::String(last))) if !separated => last.push_str(&more),
                (Some(item), _) => items.push(item),
                (None, _) => {
                    self.whole = false;
                    return (!items.is_empty()).then_some(Value::Array(items));
                }
            }
            separated = false;
        }
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        self.blanks();
        // Elixir: `%{"error" => %{…}}`.
        if self.rest().starts_with("%{") {
            self.at += 1;
        }
        match self.peek()? {
            b'{' => self.object(depth),
            b'(' if is_entry(self.rest().get(1..).unwrap_or_default().trim_start()) => self.object(depth),
            _ if self.smart().is_some() => Some(Value::String(self.smart_string())),
            b'(' => self.list(depth).map(|list| match list {
                Value::Array(mut items) if items.len() == 1 => items.pop().unwrap_or_default(),
                list => list,
            }),
            b'[' if self.is_note() => {
                let note = self.note(']')?;
                self.spaces();
                // Node.js: `[Object: null prototype] { … }`.
                if self.peek() == Some(b'{') { self.object(depth) } else { Some(note) }
            }
            b'[' => self.list(depth),
            b'<' => {
                let note = self.note('>')?;
                self.spaces();
                // Node.js: `<ref *1> Error { … }`.
                let named = note.as_str().is_some_and(|n| n.starts_with("<ref "));
                if named { self.value(depth) } else { Some(note) }
            }
            quote @ (b'\'' | b'"' | b'`') => self.strings(quote).map(Value::String),
            b'0'..=b'9' | b'-' | b'+' => self.number(),
            b'}' | b']' | b')' | b',' => None,
            _ => self.word(depth),
        }
    }

    /// `[Object]`, `[Function: x]`: a note, not a list.
    fn is_note(&self) -> bool {
        let Some((inner, _)) = self.rest().get(1..).and_then(|r| r.get(..r.len().min(81)).unwrap_or(r).split_once(']'))
        else {
            return false;
        };
        inner.starts_with(|c: char| c.is_ascii_uppercase())
            && !matches!(inner, "None" | "True" | "False" | "NaN")
            && !inner.contains([',', '\n', '"', '\'', '{', '['])
    }

    /// A stretch up to `close`, on this line, as a string.
    fn note(&mut self, close: char) -> Option<Value> {
        let rest = self.rest();
        let line = rest.get(..rest.find('\n').unwrap_or(rest.len()))?;
        let note = line.get(..line.find(close)? + 1)?;
        self.at += note.len();
        Some(Value::String(note.to_owned()))
    }

    fn number(&mut self) -> Option<Value> {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '+' | '-' | '_' | ':'))
            .unwrap_or(rest.len());
        let lexeme = rest.get(..end)?.trim_end_matches([':', '.']);
        self.at += lexeme.len();
        // JSON's own reader of numbers is there already; a second one would cost each visitor 10 KB of tables.
        let number = serde_json::from_str::<Value>(lexeme).ok().filter(Value::is_number);
        let value = number.unwrap_or_else(|| Value::String(lexeme.to_owned()));
        (!lexeme.is_empty()).then_some(value)
    }

    fn word(&mut self, depth: usize) -> Option<Value> {
        let rest = self.rest();
        let name = rest
            .get(..rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '$' | '.')).unwrap_or(rest.len()))?;
        let after = rest.get(name.len()..)?;
        match after.as_bytes().first() {
            // Python's prefixes: b'…', u'…', r'…'.
            Some(&quote @ (b'\'' | b'"')) if matches!(name, "b" | "u" | "r" | "f" | "B") => {
                self.at += 1;
                let text = self.strings(quote)?;
                return Some(Value::String(if name == "b" { string::bytes(&text) } else { text }));
            }
            Some(b'(') if is_named(after) => {
                self.at += name.len();
                return self.object(depth);
            }
            Some(b'(') if !name.is_empty() => return self.call(name, depth),
            _ => {}
        }
        let value = match name {
            "None" | "null" | "NULL" | "undefined" | "nil" | "NaN" => Value::Null,
            "Array" if after.trim_start().starts_with('(') => {
                self.at += name.len();
                return self.value(depth);
            }
            "True" | "true" => Value::Bool(true),
            "False" | "false" => Value::Bool(false),
            _ => {
                let gap = after.trim_start_matches(' ');
                // Node.js: `Object [AxiosHeaders] { … }`.
                let tag = gap.strip_prefix('[').and_then(|tag| tag.get(..tag.len().min(60)).unwrap_or(tag).find("] {"));
                let gap = tag.and_then(|tag| gap.get(tag + "[] ".len()..)).unwrap_or(gap);
                if !name.is_empty() && gap.starts_with('{') {
                    self.at += rest.len() - gap.len();
                    return self.object(depth);
                }
                if name.ends_with("Error") && after.starts_with([':', ' ', '\n']) {
                    return self.thrown(depth);
                }
                return self.bare();
            }
        };
        self.at += name.len();
        Some(value)
    }

    /// `Headers({…})`, `Map(2) {…}`, `datetime.datetime(2024, 1, 2)`.
    fn call(&mut self, name: &str, depth: usize) -> Option<Value> {
        let start = self.at;
        self.at += name.len();
        let list = self.list(depth)?;
        self.spaces();
        // PHP's `var_dump`: `object(stdClass)#3 (1) {`, `string(5) "a b c"`.
        if self.peek() == Some(b'#') {
            let rest = self.rest();
            self.at += rest.find(['{', '\n']).unwrap_or(rest.len());
        }
        match self.peek() {
            Some(b'{') => return self.object(depth),
            Some(b'"') if name == "string" => return Some(Value::String(self.string(b'"'))),
            _ => {}
        }
        match list {
            Value::Array(mut items) if items.len() == 1 => items.pop(),
            _ => self.text.get(start..self.at).map(|call| Value::String(call.trim_end().to_owned())),
        }
    }

    /// An error within a dump, as Node.js prints it: its message, its stack, and members if it has any.
    fn thrown(&mut self, depth: usize) -> Option<Value> {
        let start = self.at;
        let mut members = None;
        for number in 0..60 {
            let line = self.rest().get(..self.rest().find('\n').unwrap_or(self.rest().len()))?;
            let frame = line.trim_start().starts_with("at ");
            if number > 0 && !frame && members.is_some() {
                break;
            }
            if (number == 0 || frame) && line.trim_end().ends_with('{') {
                self.at += line.trim_end().len() - 1;
                return self.object(depth);
            }
            // The message may have several lines, but a stack has to follow.
            if frame {
                members = Some(self.at + line.trim_end_matches([',', ' ', '\r']).len());
            }
            self.at += line.len() + 1;
        }
        self.at = start;
        match members {
            Some(end) => {
                let words = self.rest();
                let words = words.get(..words.find('\n').unwrap_or(words.len()))?.trim_end();
                self.at = end;
                Some(Value::String(words.to_owned()))
            }
            None => self.bare(),
        }
    }

    /// Words without quotes, up to what ends a value.
    fn bare(&mut self) -> Option<Value> {
        let rest = self.rest();
        let ends: &[char] = if self.printed { &['\n'] } else { &['\n', ',', '}', ']', ')'] };
        let end = rest.find(ends).unwrap_or(rest.len());
        let words = rest.get(..end)?.trim_end();
        (!words.is_empty() && words.len() <= WORD).then(|| {
            self.at += words.len();
            Value::String(words.to_owned())
        })
    }

    fn skip_line(&mut self) {
        let rest = self.rest();
        self.at += rest.find('\n').unwrap_or(rest.len());
    }
}
