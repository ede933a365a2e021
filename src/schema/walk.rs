//! The interpreter of compact schemas: walks a schema and a body together. `script/schemas` says what a node may be.

use super::mistake::{Due, Kind, Mistake, Note};
use super::union::{self, Tags};
use crate::check::words;
use serde_json::{Map, Value};
use std::rc::Rc;

/// Most mistakes that are noted in one body or in one branch: after those the rest says nothing new.
const MOST: usize = 24;

/// The mistakes in `body`.
pub(super) fn check(defs: &[Value], node: &Value, body: &Value, form: bool) -> Vec<Mistake> {
    // Branches of unions are tried one after the other: this bounds the time by the body's size, whatever it holds.
    let mut walk = Walk { defs, form, steps: 20_000 + 40 * size(body), tags: Vec::new() };
    let mut notes = Vec::new();
    walk.value(node, body, &Path { up: None, step: Step::Root }, &mut notes);
    notes.into_iter().map(Note::told).collect()
}

/// How many values there are in a body; nesting is bounded by the JSON reader.
fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(all) => all.iter().map(size).sum(),
        Value::Object(all) => all.values().map(size).sum(),
        _ => 0,
    }
}

/// The way to a value, from the inside out.
#[derive(Clone, Copy)]
pub(super) struct Path<'p> {
    up: Option<&'p Path<'p>>,
    step: Step<'p>,
}

#[derive(Clone, Copy)]
enum Step<'p> {
    Root,
    Name(&'p str),
    Item(usize),
}

impl Path<'_> {
    fn pointer(&self) -> String {
        let mut out = self.up.map(Path::pointer).unwrap_or_default();
        match self.step {
            Step::Root => return out,
            Step::Name(name) => out += &["/", &name.replace('~', "~0").replace('/', "~1")].concat(),
            Step::Item(at) => out += &["/", &at.to_string()].concat(),
        }
        out
    }
}

pub(super) struct Walk<'a> {
    defs: &'a [Value],
    form: bool,
    steps: usize,
    /// What unions know of their branches, by where those stand in memory.
    tags: Vec<(*const Value, Rc<Tags<'a>>)>,
}

impl<'a> Walk<'a> {
    pub(super) fn tags(&mut self, branches: &'a [Value], tag: &str) -> Rc<Tags<'a>> {
        if let Some((_, tags)) = self.tags.iter().find(|(at, _)| *at == branches.as_ptr()) {
            return tags.clone();
        }
        let tags = Rc::new(Tags::new(self, branches, tag));
        self.tags.push((branches.as_ptr(), tags.clone()));
        tags
    }

    /// A node itself, references followed.
    pub(super) fn follow(&self, mut node: &'a Value) -> &'a Value {
        for _ in 0..9 {
            let Some(next) = node.as_u64().and_then(|n| self.defs.get(usize::try_from(n).ok()?)) else { break };
            node = next;
        }
        node
    }

    pub(super) fn value(&mut self, node: &'a Value, value: &'a Value, path: &Path<'_>, out: &mut Vec<Note<'a>>) {
        if self.steps == 0 || out.len() >= MOST {
            return;
        }
        self.steps -= 1;
        let node = self.follow(node);
        if let Value::String(types) = node {
            return self.types(types, value, path, out);
        }
        let Some(facts) = node.as_object() else { return };
        if let Some(branches) = facts.get("u").and_then(Value::as_array) {
            return union::check(self, branches, facts.get("d").and_then(Value::as_str), value, path, out);
        }
        if let Some(values) = facts.get("e").and_then(Value::as_array) {
            if !values.contains(value) && !self.is_open(value) {
                let same = |v: &&Value| std::mem::discriminant(*v) == std::mem::discriminant(value);
                if values.iter().any(|v| same(&v)) || self.form {
                    out.push(note(Kind::Value, path, Some(value), Due::Values(values.iter().collect())));
                } else {
                    let types = values.iter().map(letter).collect();
                    out.push(note(Kind::Type, path, Some(value), Due::Types(types)));
                }
            }
            return;
        }
        if !self.admits(node, value) {
            return self.types(&self.letters(node), value, path, out);
        }
        match value {
            Value::Object(members) => self.members(facts, members, path, out),
            Value::Array(items) => {
                length(facts, items.len(), value, path, out);
                if let Some(node) = facts.get("i") {
                    for (at, item) in items.iter().enumerate() {
                        self.value(node, item, &Path { up: Some(path), step: Step::Item(at) }, out);
                    }
                }
            }
            Value::String(text) if !self.is_open(value) => {
                if let Some(node) = facts.get("i").filter(|_| self.form) {
                    return self.value(node, value, path, out);
                }
                if facts.contains_key("lo") || facts.contains_key("hi") {
                    length(facts, text.chars().count(), value, path, out);
                }
                if self.form {
                    bounds(facts, crate::limits::number(text.trim()), value, path, out);
                }
                // The one pattern that the document uses throughout; the rest is for the server.
                if facts.get("re").and_then(Value::as_str) == Some("^[a-zA-Z0-9_-]+$")
                    && !text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
                {
                    let due = Due::Form("letters, digits, `_` and `-` only");
                    out.push(note(Kind::Value, path, Some(value), due));
                }
            }
            Value::Number(number) => bounds(facts, number.as_f64(), value, path, out),
            _ => {}
        }
    }

    fn members(
        &mut self,
        facts: &'a Map<String, Value>,
        given: &'a Map<String, Value>,
        path: &Path<'_>,
        out: &mut Vec<Note<'a>>,
    ) {
        let known = facts.get("o").and_then(Value::as_object);
        let rest = facts.get("x");
        for name in names(facts, "r").filter(|name| !given.contains_key(*name)) {
            out.push(Note { name, ..note(Kind::Missing, path, None, Due::Nothing) });
        }
        for (name, value) in given {
            let inside = Path { up: Some(path), step: Step::Name(name) };
            match (known.and_then(|k| k.get(name)), rest) {
                (Some(node), _) => {
                    if names(facts, "dep").any(|old| old == name) {
                        out.push(Note { name, ..note(Kind::Deprecated, &inside, None, Due::Nothing) });
                    }
                    self.value(node, value, &inside, out);
                }
                (None, Some(node)) if node.as_bool() != Some(false) => self.value(node, value, &inside, out),
                // Without a list of members anything goes.
                (None, None) if known.is_none() => return,
                (None, closed) => {
                    let free = |n: &&str| !given.contains_key(*n);
                    let all = known.into_iter().flat_map(|k| k.keys().map(String::as_str)).filter(free).collect();
                    let note = note(Kind::Unknown, &inside, Some(value), Due::Names(all));
                    out.push(Note { name, closed: closed.is_some(), ..note });
                }
            }
        }
    }

    fn types(&self, types: &str, value: &'a Value, path: &Path<'_>, out: &mut Vec<Note<'a>>) {
        if !self.of_types(types, value) {
            out.push(note(Kind::Type, path, Some(value), Due::Types(types.to_owned())));
        }
    }

    /// The types that a node admits, as letters.
    pub(super) fn letters(&self, node: &'a Value) -> String {
        let node = self.follow(node);
        let all = |key| node.get(key).and_then(Value::as_array).into_iter().flatten();
        match node.as_str().or_else(|| node.get("t")?.as_str()) {
            Some(types) => types.to_owned(),
            None if node.get("i").is_some() => "a".to_owned(),
            None => {
                all("e").map(letter).chain(all("u").flat_map(|b| self.letters(b).chars().collect::<Vec<_>>())).collect()
            }
        }
    }

    /// True where the node admits values of this value's type.
    pub(super) fn admits(&self, node: &'a Value, value: &Value) -> bool {
        let node = self.follow(node);
        if let Some(types) = node.as_str().or_else(|| node.get("t")?.as_str()) {
            return types.is_empty() || self.of_types(types, value);
        }
        let all = |key| node.get(key).and_then(Value::as_array).filter(|all| !all.is_empty());
        if node.get("i").is_some() {
            return self.of_types("a", value);
        }
        match (all("e"), all("u")) {
            (Some(values), _) => values.iter().any(|v| self.of_types(letter(v).encode_utf8(&mut [0; 4]), value)),
            (None, Some(branches)) => branches.iter().any(|b| self.admits(b, value)),
            (None, None) => true,
        }
    }

    fn of_types(&self, types: &str, value: &Value) -> bool {
        let has = |letters: &[char]| types.contains(letters);
        match value {
            // A file in a form.
            Value::Null if self.form => true,
            Value::String(text) if self.form => {
                let number = || crate::limits::number(text.trim()).is_some();
                has(&['s', 'a', 'o'])
                    || (has(&['n', 'i']) && number())
                    || (has(&['b']) && matches!(text.as_str(), "true" | "false" | "True" | "False" | "1" | "0"))
                    || self.is_open(value)
            }
            Value::String(_) => has(&['s', 'f']) || self.is_open(value),
            Value::Number(number) => has(&['n']) || (has(&['i']) && number.as_f64().is_some_and(|n| n.fract() == 0.0)),
            other => types.contains(letter(other)),
        }
    }

    /// True for a string that will be another one when it is sent: a variable, or what was taken out.
    pub(super) fn is_open(&self, value: &Value) -> bool {
        value.as_str().is_some_and(|s| s.contains("{{redacted") || words::variable(s).is_some())
    }
}

fn letter(value: &Value) -> char {
    match value {
        Value::Null => 'z',
        Value::Bool(_) => 'b',
        Value::Number(_) => 'n',
        Value::String(_) => 's',
        Value::Array(_) => 'a',
        Value::Object(_) => 'o',
    }
}

pub(super) fn names<'a>(facts: &'a Map<String, Value>, key: &str) -> impl Iterator<Item = &'a str> {
    facts.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

/// A note about the value at `path`.
pub(super) fn note<'a>(kind: Kind, path: &Path<'_>, given: Option<&'a Value>, due: Due<'a>) -> Note<'a> {
    Note { kind, pointer: path.pointer(), name: "", given, closed: false, due }
}

/// The way to a member of the object at `path`.
pub(super) fn inside<'p>(path: &'p Path<'p>, name: &'p str) -> Path<'p> {
    Path { up: Some(path), step: Step::Name(name) }
}

fn length<'a>(
    facts: &'a Map<String, Value>,
    length: usize,
    value: &'a Value,
    path: &Path<'_>,
    out: &mut Vec<Note<'a>>,
) {
    let bound = |key| facts.get(key).and_then(Value::as_u64).and_then(|b| usize::try_from(b).ok());
    let (short, long) = (bound("lo").is_some_and(|b| length < b), bound("hi").is_some_and(|b| length > b));
    for (wrong, word, key) in [(short, "at least ", "lo"), (long, "at most ", "hi")] {
        if let Some(bound) = facts.get(key).filter(|_| wrong) {
            out.push(note(Kind::Range, path, Some(value), Due::Bound(word, bound)));
        }
    }
}

fn bounds<'a>(
    facts: &'a Map<String, Value>,
    number: Option<f64>,
    value: &'a Value,
    path: &Path<'_>,
    out: &mut Vec<Note<'a>>,
) {
    let Some(number) = number else { return };
    for (key, word) in [("ge", "at least "), ("gt", "more than "), ("le", "at most ")] {
        let Some(bound) = facts.get(key) else { continue };
        let Some(least) = bound.as_f64() else { continue };
        let right = match key {
            "ge" => number >= least,
            "gt" => number > least,
            _ => number <= least,
        };
        if !right {
            out.push(note(Kind::Range, path, Some(value), Due::Bound(word, bound)));
        }
    }
}
