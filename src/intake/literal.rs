//! Values as scripts write them (JavaScript, PowerShell), with their places; and the JSON text they turn into.

use super::shell::Word;
use std::fmt::Write as _;

/// A value. What only running the script could tell stands as `${expression}` in a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// A string.
    Text(Word),
    /// A number, `true`, `false` or `null`, as JSON writes it.
    Bare(Word),
    /// Something that JSON leaves out (`undefined`).
    Nothing,
    /// An object or hash table.
    Object(Vec<(Word, Value)>),
    /// A list.
    List(Vec<Value>),
    /// A call or construction: name, arguments.
    Call(String, Vec<Value>),
    /// An expression as written.
    Unknown(Word),
}

impl Value {
    /// The member of an object, names compared without regard to case.
    pub(crate) fn member(&self, name: &str) -> Option<&Value> {
        match self {
            Value::Object(members) => members.iter().find(|(n, _)| n.text().eq_ignore_ascii_case(name)).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The value as text; what is not known stands as `${expression}`. None for objects, lists and calls.
    pub(crate) fn text(&self) -> Option<Word> {
        match self {
            Value::Text(word) | Value::Bare(word) => Some(word.clone()),
            Value::Unknown(word) => {
                let mut out = Word::at(word.span().start);
                let expression = word.text();
                let shown =
                    if expression.starts_with('$') { expression.to_owned() } else { format!("${{{expression}}}") };
                out.push_decoded(&shown, word.span());
                out.expands = true;
                Some(out)
            }
            _ => None,
        }
    }

    /// The value as JSON. Objects and lists more than `depth` deep become strings, as PowerShell makes them.
    pub(crate) fn json(&self, depth: usize) -> String {
        let mut out = String::new();
        self.write(&mut out, depth);
        out
    }

    fn write(&self, out: &mut String, depth: usize) {
        match self {
            Value::Bare(word) => out.push_str(word.text()),
            Value::Nothing => out.push_str("null"),
            Value::Object(_) | Value::List(_) if depth == 0 => out.push_str("\"System.Collections.Hashtable\""),
            Value::Object(members) => {
                out.push('{');
                let mut first = true;
                for (name, value) in members.iter().filter(|(_, v)| *v != Value::Nothing) {
                    if !std::mem::take(&mut first) {
                        out.push(',');
                    }
                    let _ = write!(out, "{}:", serde_json::Value::from(name.text()));
                    value.write(out, depth - 1);
                }
                out.push('}');
            }
            Value::List(items) => {
                out.push('[');
                for (number, item) in items.iter().enumerate() {
                    if number > 0 {
                        out.push(',');
                    }
                    item.write(out, depth - 1);
                }
                out.push(']');
            }
            Value::Call(name, _) => {
                let _ = write!(out, "{}", serde_json::Value::from(format!("${{{name}()}}")));
            }
            other => {
                let text = other.text().map(|w| w.text().to_owned()).unwrap_or_default();
                let _ = write!(out, "{}", serde_json::Value::from(text));
            }
        }
    }
}
