//! PowerShell statements as far as requests need them: literals, variables, parameters. It runs nothing.

mod values;

use super::literal::Value;
use super::shell::Word;
use crate::span::Span;

/// Hash tables within hash tables: more than any request has.
const DEPTH: usize = 40;

/// Reads statements and keeps their variables.
pub(crate) struct Reader<'a> {
    text: &'a str,
    /// Offset of what is read next.
    pub(crate) at: usize,
    /// Variables set so far, names in lower case without their `$`.
    variables: Vec<(String, Value)>,
    /// How many brackets and tables are open.
    open: usize,
}

/// One parameter of a command.
#[derive(Debug)]
pub(crate) enum Parameter {
    /// `-Name value`; a switch has no value. The name is in lower case.
    Named(String, Option<Value>),
    /// A value without a name.
    Bare(Value),
    /// `@name`.
    Splatted(Value),
}

impl<'a> Reader<'a> {
    /// A reader at `at`.
    pub(crate) fn new(text: &'a str, at: usize) -> Self {
        Self { text, at, variables: Vec::new(), open: 0 }
    }

    /// What has not been read.
    pub(crate) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn bump(&mut self) {
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
    }

    /// The next character behind blanks, comments and continued line ends; with `lines` also behind line ends.
    fn next(&mut self, lines: bool) -> Option<char> {
        loop {
            let rest = self.rest();
            let c = rest.chars().next()?;
            match c {
                ' ' | '\t' | '\r' | '\u{a0}' | '\u{feff}' => self.at += c.len_utf8(),
                '\n' if lines => self.at += 1,
                '`' => {
                    let after = rest.get(1..).unwrap_or_default();
                    let Some(next) = after.trim_start_matches([' ', '\t', '\r']).strip_prefix('\n') else {
                        return Some(c);
                    };
                    self.at += rest.len() - next.strip_prefix(">> ").unwrap_or(next).len();
                }
                '#' => self.at += rest.find('\n').unwrap_or(rest.len()),
                '<' if rest.starts_with("<#") => self.at += rest.find("#>").map_or(rest.len(), |n| n + 2),
                _ => return Some(c),
            }
        }
    }

    /// The variable of this name, if it was set.
    pub(crate) fn variable(&self, name: &str) -> Option<&Value> {
        let name = name.trim_start_matches(['$', '@', '{']).trim_end_matches('}');
        self.variables.iter().rev().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v)
    }

    /// The value that `value` stands for: a variable's own, and strings with the variables in them that are known.
    pub(crate) fn resolved(&self, value: Value) -> Value {
        match value {
            Value::Unknown(word) => self.variable(word.text()).cloned().unwrap_or(Value::Unknown(word)),
            Value::Text(word) if word.expands => Value::Text(self.filled(&word)),
            other => other,
        }
    }

    /// A string in double quotes with the variables put in that are known as text.
    fn filled(&self, word: &Word) -> Word {
        let text = word.text();
        let mut out = Word::at(word.span().start);
        let (mut at, mut open) = (0, false);
        while let Some(found) = text.get(at..).and_then(|t| t.find('$')) {
            let start = at + found;
            let after = text.get(start + 1..).unwrap_or_default();
            let braces = usize::from(after.starts_with('{'));
            let name: &str = after.get(braces..).unwrap_or_default();
            let length = name.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
            let end = start + 1 + braces + length + braces;
            let known = self.variable(name.get(..length).unwrap_or_default()).and_then(Value::text);
            out.push_word(&word.slice(at..start));
            match known.filter(|_| length > 0) {
                Some(known) => out.push_decoded(known.text(), word.place(start..end)),
                None => {
                    open = true;
                    out.push_word(&word.slice(start..end));
                }
            }
            at = end;
        }
        out.push_word(&word.from(at));
        out.expands = open;
        out
    }

    /// Reads one statement of the kinds `$name = value`, `$name.member = value`, `$name["key"] = value`,
    /// `$name.Add("key", "value")`. False where it is none of these; then nothing is read.
    pub(crate) fn statement(&mut self) -> bool {
        let start = self.at;
        if self.next(true) != Some('$') {
            self.at = start;
            return false;
        }
        self.at += 1;
        let name = self.name(&['_', ':']).to_ascii_lowercase();
        let mut key = None;
        let path = if self.rest().starts_with('[') {
            self.at += 1;
            self.next(false);
            key = self.term(DEPTH).text();
            self.next(false);
            self.bump();
            String::new()
        } else {
            self.name(&['.', '_']).to_ascii_lowercase()
        };
        if path.ends_with(".add") && self.rest().starts_with('(') {
            let arguments = self.group(DEPTH);
            self.add(&name, &path, arguments);
            return true;
        }
        if self.next(false) != Some('=') {
            self.at = start;
            return false;
        }
        self.at += 1;
        self.next(false);
        if self.names_a_command() {
            // `$answer = Invoke-…`: the command is read next.
            return true;
        }
        let value = self.value(DEPTH);
        let value = self.resolved(value);
        match (key, path.as_str()) {
            (Some(key), _) => self.set_member(&name, key, value),
            (None, "") => self.variables.push((name, value)),
            (None, path) => {
                let mut key = Word::at(self.at);
                key.push_decoded(path.trim_start_matches('.'), Span::new(self.at, self.at));
                self.set_member(&name, key, value);
            }
        }
        true
    }

    /// True where a command begins here.
    fn names_a_command(&self) -> bool {
        let rest = self.rest().trim_start_matches(['(', ' ']);
        ["invoke-", "irm ", "iwr "].iter().any(|n| rest.get(..n.len()).is_some_and(|r| r.eq_ignore_ascii_case(n)))
    }

    /// `$headers.Add("k", "v")` or `$session.Cookies.Add((New-Object System.Net.Cookie("k", "v")))`.
    fn add(&mut self, name: &str, path: &str, arguments: Vec<Value>) {
        let mut arguments = match arguments.into_iter().next() {
            Some(Value::List(items)) => items,
            Some(Value::Call(_, items)) => items,
            Some(other) => vec![other],
            None => return,
        };
        if let Some(Value::Call(_, items)) = arguments.first() {
            arguments = items.clone();
        }
        let mut arguments = arguments.into_iter();
        let (Some(key), Some(value)) = (arguments.next().and_then(|k| k.text()), arguments.next()) else { return };
        let value = self.resolved(value);
        let target = if path.contains("cookies") { format!("{name}.cookies") } else { name.to_owned() };
        self.set_member(&target, key, value);
    }

    fn set_member(&mut self, name: &str, key: Word, value: Value) {
        let known = self.variables.iter_mut().rev().find(|(n, _)| n == name);
        match known {
            Some((_, Value::Object(members))) => {
                members.retain(|(n, _)| !n.text().eq_ignore_ascii_case(key.text()));
                members.push((key, value));
            }
            Some((_, other)) => *other = Value::Object(vec![(key, value)]),
            None => self.variables.push((name.to_owned(), Value::Object(vec![(key, value)]))),
        }
    }

    fn name(&mut self, more: &[char]) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c: char| !(c.is_alphanumeric() || more.contains(&c))).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// The parameters of the command whose name has just been read.
    pub(crate) fn parameters(&mut self) -> Vec<Parameter> {
        let mut out = Vec::new();
        while let Some(c) = self.next(false) {
            let start = self.at;
            match c {
                '\n' | ';' | '|' | ')' | '}' => break,
                '-' | '–' if self.rest().chars().nth(1).is_some_and(|c| c.is_ascii_alphabetic()) => {
                    self.bump();
                    let name = self.name(&[]).to_ascii_lowercase();
                    if self.rest().starts_with(':') {
                        self.at += 1;
                    }
                    let value = match self.next(false) {
                        None | Some('\n' | ';' | '|' | ')' | '}') => None,
                        Some('-') if self.rest().chars().nth(1).is_some_and(|c| c.is_ascii_alphabetic()) => None,
                        Some(_) => Some(self.argument()),
                    };
                    out.push(Parameter::Named(name, value));
                }
                '@' if self.rest().chars().nth(1).is_some_and(|c| c.is_alphabetic() || c == '_') => {
                    self.at += 1;
                    let name = self.name(&['_']);
                    out.extend(self.variable(name).cloned().map(Parameter::Splatted));
                }
                _ => out.push(Parameter::Bare(self.argument())),
            }
            if self.at == start {
                self.bump();
            }
        }
        out
    }

    /// A value in a parameter's place: a bare word is a string, and no operators are read.
    fn argument(&mut self) -> Value {
        let value = match self.rest().chars().next() {
            Some('\'' | '"' | '$' | '@' | '(' | '[' | '‘' | '’' | '“' | '”') => self.term(DEPTH),
            _ => {
                let rest = self.rest();
                let length = rest.find([' ', '\t', '\r', '\n', ';', '|', ')', '}', '`']).unwrap_or(rest.len());
                let mut word = Word::at(self.at);
                word.push_verbatim(rest.get(..length).unwrap_or_default(), self.at);
                word.expands = word.text().contains('$');
                self.at += length;
                Value::Text(word)
            }
        };
        self.resolved(value)
    }
}
