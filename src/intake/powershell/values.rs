//! Values: strings, numbers, hash tables, lists, calls, and what pipes and `+` make of them.

use super::{DEPTH, Parameter, Reader};
use crate::intake::literal::Value;
use crate::intake::shell::{self, Word};
use crate::span::Span;

/// `ConvertTo-Json` goes this deep where nothing else is said; what lies deeper becomes a type's name.
const JSON_DEPTH: usize = 3;

impl Reader<'_> {
    /// A value: terms joined by `+`, a list, a pipe into `ConvertTo-Json`.
    pub(super) fn value(&mut self, depth: usize) -> Value {
        let mut value = self.term(depth);
        loop {
            match self.next(false) {
                Some('+') => {
                    self.at += 1;
                    self.next(true);
                    let more = self.term(depth);
                    let (left, right) = (self.resolved(value.clone()).text(), self.resolved(more).text());
                    if let (Some(mut left), Some(right)) = (left, right) {
                        left.push_word(&right);
                        value = Value::Text(left);
                    }
                }
                Some(',') => {
                    self.at += 1;
                    self.next(true);
                    let more = self.term(depth);
                    let more = self.resolved(more);
                    match &mut value {
                        Value::List(items) => items.push(more),
                        first => {
                            let first = std::mem::replace(first, Value::Nothing);
                            value = Value::List(vec![self.resolved(first), more]);
                        }
                    }
                }
                Some('|') => {
                    self.at += 1;
                    self.next(true);
                    let name = self.name(&['-']).to_ascii_lowercase();
                    let parameters = self.parameters();
                    if name == "convertto-json" {
                        value = self.converted(value, &parameters);
                    }
                }
                _ => return value,
            }
        }
    }

    fn converted(&self, value: Value, parameters: &[Parameter]) -> Value {
        let depth = parameters.iter().find_map(|p| match p {
            Parameter::Named(name, Some(value)) if "depth".starts_with(name.as_str()) => {
                value.text()?.text().parse::<usize>().ok()
            }
            _ => None,
        });
        let value = self.deep(value, DEPTH);
        let text = value.json(depth.map_or(JSON_DEPTH, |d| d.saturating_add(1)));
        let mut word = Word::at(self.at);
        word.push_decoded(&text, Span::new(self.at, self.at));
        Value::Text(word)
    }

    /// Variables resolved in all members.
    fn deep(&self, value: Value, depth: usize) -> Value {
        if depth == 0 {
            return value;
        }
        match self.resolved(value) {
            Value::Object(members) => {
                Value::Object(members.into_iter().map(|(n, v)| (n, self.deep(v, depth - 1))).collect())
            }
            Value::List(items) => Value::List(items.into_iter().map(|v| self.deep(v, depth - 1)).collect()),
            other => other,
        }
    }

    /// `( … )`: what stands in it, as one value where there are no commas.
    pub(super) fn group(&mut self, depth: usize) -> Vec<Value> {
        self.at += 1;
        let mut out = Vec::new();
        self.open += 1;
        while let Some(c) = self.next(true) {
            let start = self.at;
            match c {
                ')' => {
                    self.at += 1;
                    break;
                }
                '}' => break,
                _ if depth > 0 && self.open < DEPTH => out.push(self.value(depth - 1)),
                _ => self.bump(),
            }
            if self.at == start {
                self.bump();
            }
        }
        self.open -= 1;
        out
    }

    pub(super) fn term(&mut self, depth: usize) -> Value {
        let rest = self.rest();
        let start = self.at;
        match rest.chars().next() {
            Some('@') if rest.starts_with("@{") && depth > 0 && self.open < DEPTH => {
                self.open += 1;
                let table = self.table(depth - 1);
                self.open -= 1;
                table
            }
            Some('@') if rest.starts_with("@(") && depth > 0 => {
                self.at += 1;
                let items = self.group(depth - 1);
                let flat = items.into_iter().flat_map(|i| if let Value::List(items) = i { items } else { vec![i] });
                Value::List(flat.collect())
            }
            Some('@' | '\'' | '"' | '‘' | '’' | '“' | '”') => {
                let mut word = Word::at(start);
                self.at = shell::powershell_string(self.text, start, &mut word);
                if self.at == start {
                    self.bump();
                }
                Value::Text(word)
            }
            Some('(') => {
                let mut items = self.group(depth);
                let value = if items.len() == 1 { items.pop().unwrap_or(Value::Nothing) } else { Value::List(items) };
                self.suffix();
                value
            }
            Some('[') => {
                let length = rest.find([']', '\n']).map_or(rest.len(), |n| n + 1);
                self.at += length;
                if self.rest().starts_with("::") {
                    self.at += 2;
                    return self.call(depth);
                }
                self.next(false);
                if depth > 0 { self.term(depth - 1) } else { Value::Nothing }
            }
            Some('$') => {
                self.at += 1;
                if self.rest().starts_with('(') {
                    self.group(depth);
                } else if self.rest().starts_with('{') {
                    self.at += self.rest().find(['}', '\n']).map_or(1, |n| n + 1);
                } else {
                    self.name(&['_', ':', '?']);
                    self.suffix();
                }
                let mut word = Word::at(start);
                word.push_verbatim(self.text.get(start..self.at).unwrap_or_default(), start);
                match word.text().to_ascii_lowercase().as_str() {
                    name @ ("$true" | "$false" | "$null") => {
                        let mut bare = Word::at(start);
                        bare.push_decoded(name.trim_start_matches('$'), word.span());
                        Value::Bare(bare)
                    }
                    _ => Value::Unknown(word),
                }
            }
            _ => self.bare(start, depth),
        }
    }

    /// A number, or a command in a value's place.
    fn bare(&mut self, start: usize, depth: usize) -> Value {
        let name = self.name(&['-', '.', '_']);
        let mut word = Word::at(start);
        word.push_verbatim(name, start);
        let number =
            name.starts_with(|c: char| c.is_ascii_digit() || c == '-') && name.ends_with(|c: char| c.is_ascii_digit());
        if number && name.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-')) {
            return Value::Bare(word);
        }
        if name.eq_ignore_ascii_case("new-object") {
            self.next(false);
            if self.rest().starts_with(['\'', '"']) {
                self.term(depth);
                return Value::Call(name.to_owned(), Vec::new());
            }
            return self.call(depth);
        }
        Value::Unknown(word)
    }

    /// `Name.Of.Type(arguments)`; the arguments of a method on text are that text.
    fn call(&mut self, depth: usize) -> Value {
        let name = self.name(&['.', ':', '_']).to_owned();
        let arguments = if self.rest().starts_with('(') && depth > 0 { self.group(depth - 1) } else { Vec::new() };
        let arguments = match (arguments.len(), arguments.into_iter().next()) {
            (1, Some(Value::List(items))) => items,
            (_, first) => first.into_iter().collect(),
        };
        // `UTF8.GetBytes("…")` is the text as sent.
        let mut arguments: Vec<Value> = arguments;
        if name.ends_with("GetBytes") && arguments.len() == 1 {
            return arguments.pop().unwrap_or(Value::Nothing);
        }
        self.suffix();
        Value::Call(name, arguments)
    }

    /// `.Member`, `.Method(…)` behind a value, read over.
    fn suffix(&mut self) {
        while self.rest().starts_with('.') && self.rest().chars().nth(1).is_some_and(char::is_alphabetic) {
            self.at += 1;
            self.name(&['_']);
            if self.rest().starts_with('(') {
                self.group(2);
            }
        }
    }

    /// `@{ name = value; … }`.
    fn table(&mut self, depth: usize) -> Value {
        self.at += 2;
        let mut members = Vec::new();
        while let Some(c) = self.next(true) {
            let start = self.at;
            match c {
                '}' => {
                    self.at += 1;
                    return Value::Object(members);
                }
                ';' | ',' => {
                    self.at += 1;
                    continue;
                }
                _ => {}
            }
            let name = match c {
                '\'' | '"' | '$' | '“' | '‘' => self.term(depth).text().unwrap_or_default(),
                _ => {
                    let name = self.name(&['_', '-']);
                    let mut word = Word::at(start);
                    word.push_verbatim(name, start);
                    word
                }
            };
            if self.next(false) == Some('=') {
                self.at += 1;
                self.next(true);
                let value = self.value(depth);
                members.push((name, value));
            }
            if self.at == start {
                self.bump();
            }
        }
        Value::Object(members)
    }
}
