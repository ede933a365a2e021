//! What is wrong with a body, where, and in words.

use crate::check::words;
use serde_json::Value;

/// What kind of mistake it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A member that must be there is not. The place is the object that lacks it.
    Missing,
    /// A member that the schema does not know.
    Unknown,
    /// A member that the document marks as deprecated.
    Deprecated,
    /// A value of another type.
    Type,
    /// A value that is none of those that the schema lists, or of another form.
    Value,
    /// A number, or the length of a string or of a list, out of its bounds.
    Range,
}

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// What kind.
    pub kind: Kind,
    /// Where: a JSON Pointer (RFC 6901) into the body.
    pub pointer: String,
    /// The member that is missing, unknown or deprecated; empty for other kinds.
    pub name: String,
    /// What was most likely meant: a name or a value.
    pub near: Option<String>,
    /// True where the schema admits no member besides those that it lists.
    pub closed: bool,
    /// One sentence with the values.
    pub message: String,
}

/// A mistake as the interpreter notes it. Most are thrown away with the branch of a union that was not meant, so words are
/// made last.
#[derive(Debug, Clone)]
pub(super) struct Note<'a> {
    pub(super) kind: Kind,
    pub(super) pointer: String,
    pub(super) name: &'a str,
    pub(super) given: Option<&'a Value>,
    pub(super) closed: bool,
    /// What would be right: types as letters, values, or names.
    pub(super) due: Due<'a>,
}

/// What would be right.
#[derive(Debug, Clone)]
pub(super) enum Due<'a> {
    Nothing,
    Types(String),
    Values(Vec<&'a Value>),
    Names(Vec<&'a str>),
    /// At least or at most so much.
    Bound(&'static str, &'a Value),
    /// A form in words.
    Form(&'static str),
}

/// Longest list of what would be right.
const MOST: usize = 12;

impl Note<'_> {
    /// How far a branch of a union with this mistake is from what was meant.
    pub(super) fn weight(&self) -> usize {
        match (self.kind, &self.due) {
            // A constant names the branch.
            (Kind::Value, Due::Values(all)) if all.len() == 1 => 3,
            (Kind::Unknown, _) if self.closed => 3,
            (Kind::Missing | Kind::Type, _) => 2,
            (Kind::Deprecated, _) => 0,
            _ => 1,
        }
    }

    pub(super) fn told(self) -> Mistake {
        let near = self.near();
        let mut message = self.sentence();
        if let Some(near) = &near {
            message += &["; did you mean `", &words::shown(near, 60), "`?"].concat();
        } else {
            message.push('.');
        }
        let Self { kind, pointer, name, closed, .. } = self;
        Mistake { kind, pointer, name: name.to_owned(), near, closed, message }
    }

    /// The name or value that is nearest to the given one.
    fn near(&self) -> Option<String> {
        let all: Vec<&str> = match &self.due {
            Due::Names(names) => names.clone(),
            Due::Values(values) => values.iter().filter_map(|v| v.as_str()).collect(),
            _ => return None,
        };
        let given = if self.name.is_empty() { self.given?.as_str()? } else { self.name };
        nearest(given, &all).map(str::to_owned)
    }

    fn sentence(&self) -> String {
        let place =
            if self.pointer.is_empty() { "The body" } else { &["`", &words::shown(&self.pointer, 120), "`"].concat() };
        let name = words::shown(self.name, 60);
        let given = self.given.map(|g| words::shown(&g.to_string(), 40)).unwrap_or_default();
        let parts = match self.kind {
            Kind::Missing => [place, " has no member `", &name, "`", &self.values(": ")],
            Kind::Unknown => [place, " is no member that the published schema knows", "", "", ""],
            Kind::Deprecated => [place, " is a deprecated member", "", "", ""],
            Kind::Type => [place, " is ", self.given.map_or("nothing", type_of), " where ", &self.types()],
            Kind::Value | Kind::Range => [place, " is ", &self.size(&given), ", and takes ", &self.values("")],
        };
        parts.concat()
    }

    /// The given value, or how long it is where that is the trouble.
    fn size(&self, given: &str) -> String {
        match (self.kind, self.given) {
            (Kind::Range, Some(Value::Array(all))) => [&all.len().to_string(), " items long"].concat(),
            (Kind::Range, Some(Value::String(s))) => [&s.chars().count().to_string(), " characters long"].concat(),
            _ => ["`", given.trim_matches('"'), "`"].concat(),
        }
    }

    fn types(&self) -> String {
        let Due::Types(letters) = &self.due else { return String::new() };
        let words: Vec<&str> = TYPES.iter().filter(|(l, _)| letters.contains(*l)).map(|(_, word)| *word).collect();
        [&list(&words), " is due"].concat()
    }

    /// What would be right, behind `before`.
    fn values(&self, before: &str) -> String {
        let right = match &self.due {
            Due::Values(all) => {
                let mut told: Vec<String> = all.iter().take(MOST).map(|v| told(v)).collect();
                if all.len() > MOST {
                    told.push("others".to_owned());
                }
                list(&told.iter().map(String::as_str).collect::<Vec<_>>())
            }
            Due::Bound(word, bound) => [*word, &bound.to_string()].concat(),
            Due::Form(words) => (*words).to_owned(),
            _ => return String::new(),
        };
        [before, &right].concat()
    }
}

fn told(value: &Value) -> String {
    match value {
        Value::String(s) => ["`", s, "`"].concat(),
        other => ["`", &other.to_string(), "`"].concat(),
    }
}

static TYPES: &[(char, &str)] = &[
    ('s', "a string"),
    ('f', "a file"),
    ('n', "a number"),
    ('i', "a whole number"),
    ('b', "`true` or `false`"),
    ('o', "an object"),
    ('a', "a list"),
    ('z', "`null`"),
];

/// The type of a value in words.
pub(super) fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "`null`",
        Value::Bool(true) => "`true`",
        Value::Bool(false) => "`false`",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn list(words: &[&str]) -> String {
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => [&rest.join(", "), " or ", last].concat(),
        _ => words.concat(),
    }
}

/// The nearest of `all` that can be a slip of `given`: one change in a short word, two in a longer one; letter case and
/// `_`, `-`, blank make none.
fn nearest<'a>(given: &str, all: &[&'a str]) -> Option<&'a str> {
    if given.len() > 60 {
        return None;
    }
    let plain = |s: &str| s.to_ascii_lowercase().replace(['_', '-', ' '], "");
    let wanted = plain(given);
    let most = match wanted.len() {
        0..=2 => 0,
        3..=7 => 1,
        _ => 2,
    };
    let distances = all.iter().map(|name| (words::distance(&wanted, &plain(name)), *name));
    distances.filter(|(d, _)| *d <= most).min_by_key(|(d, _)| *d).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant() {
        let all = ["messages", "model", "max_tokens", "max_completion_tokens", "n", "stop"];
        for (given, meant) in [
            ("mesages", Some("messages")),
            ("maxTokens", Some("max_tokens")),
            ("modle", Some("model")),
            ("Stop", Some("stop")),
            ("m", None),
            ("prompt", None),
        ] {
            assert_eq!(nearest(given, &all), meant, "{given}");
        }
    }
}
