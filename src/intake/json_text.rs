//! Finds JSON in text: where it ends, whether it is whole, and what it is when a program printed or escaped it.

use super::repr;
use crate::span::Span;
use serde_json::Value;
use std::cell::Cell;

/// An object or list found in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    /// What it says.
    pub(super) value: Value,
    /// Where it stands.
    pub(super) span: Span,
    /// True where the stretch is strict JSON as it stands.
    pub(super) strict: bool,
    /// False where it ends early.
    pub(super) whole: bool,
}

/// How many bytes may be read in vain: a text full of braces must not be read once for each of them.
#[derive(Debug)]
pub(super) struct Fuel(Cell<usize>);

impl Fuel {
    /// Enough for a text of `length` bytes.
    pub(super) fn new(length: usize) -> Self {
        Self(Cell::new(length.saturating_mul(4).saturating_add(10_000)))
    }

    /// As [`extent`], with what is read in vain counted; nothing is whole once the budget is spent.
    pub(super) fn extent(&self, rest: &str) -> (usize, bool) {
        if !self.burn(1) {
            return (0, false);
        }
        let (end, whole) = extent(rest);
        if !whole {
            self.burn(end);
        }
        (end, whole)
    }

    /// Counts bytes read in vain; false once the budget is spent.
    pub(super) fn burn(&self, bytes: usize) -> bool {
        let left = self.0.get();
        self.0.set(left.saturating_sub(bytes));
        left > 0
    }
}

/// Reads the object or list that starts at `at`: strict JSON, a program's notation, or either with its quotes escaped.
pub(super) fn find(text: &str, at: usize, fuel: &Fuel) -> Option<Found> {
    let rest = text.get(at..)?;
    let (end, whole) = match rest.starts_with('(') {
        true => (rest.len().min(1), false),
        false => fuel.extent(rest),
    };
    if end == 0 && !whole {
        return None;
    }
    if whole && let Some(value) = rest.get(..end).and_then(|t| serde_json::from_str::<Value>(t).ok()) {
        return Some(Found { value, span: Span::new(at, at + end), strict: true, whole });
    }
    if whole {
        // Not strict JSON: it is read once more.
        fuel.burn(end);
    }
    let inner = rest.get(1..)?.trim_start_matches([' ', '{', '[']);
    if inner.trim_start_matches('\\').starts_with(['"', '\'']) && inner.starts_with('\\')
        || inner.starts_with("\\n")
        || inner.starts_with("\\r")
    {
        return escaped(rest, at, fuel);
    }
    let Some(reading) = repr::read(text, at) else {
        // How far it looked is not known; half a line is a fair guess, and the budget is what matters.
        fuel.burn(200);
        return None;
    };
    if !reading.whole {
        fuel.burn(reading.end - at);
    }
    Some(Found { value: reading.value, span: Span::new(at, reading.end), strict: false, whole: reading.whole })
}

/// An object whose quotes stand escaped (`{\"error\":…}`), as in a string that was printed: on one line.
fn escaped(rest: &str, at: usize, fuel: &Fuel) -> Option<Found> {
    let line = rest.get(..rest.find('\n').unwrap_or(rest.len()))?;
    if !fuel.burn(line.len()) {
        return None;
    }
    let (plain, ends) = unescape(line);
    let inner = find(&plain, 0, fuel)?;
    // The end in the escaped line: where the character after the object came from.
    let end = ends.get(inner.span.end.saturating_sub(1)).copied().unwrap_or(line.len());
    Some(Found { span: Span::new(at, at + end), strict: false, ..inner })
}

/// Takes one level of backslashes away; for each byte of the outcome, the offset after what it came from.
fn unescape(line: &str) -> (String, Vec<usize>) {
    let (mut plain, mut ends) = (String::with_capacity(line.len()), Vec::with_capacity(line.len()));
    let mut chars = line.char_indices();
    while let Some((at, c)) = chars.next() {
        let (c, end) = match c {
            '\\' => match chars.next() {
                Some((next, 'n')) => ('\n', next + 1),
                Some((next, 't')) => ('\t', next + 1),
                Some((next, 'r')) => ('\r', next + 1),
                Some((next, e @ ('"' | '\\' | '\'' | '/'))) => (e, next + 1),
                Some((next, other)) => {
                    plain.push('\\');
                    ends.push(next);
                    (other, next + other.len_utf8())
                }
                None => ('\\', line.len()),
            },
            c => (c, at + c.len_utf8()),
        };
        plain.push(c);
        ends.extend(std::iter::repeat_n(end, c.len_utf8()));
    }
    (plain, ends)
}

/// Where the JSON text at the start of `rest` ends, and whether it is whole. Looks at brackets and strings only.
fn extent(rest: &str) -> (usize, bool) {
    let (mut depth, mut string, mut escape) = (0_usize, false, false);
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            _ if escape => escape = false,
            b'\\' if string => escape = true,
            b'"' => string = !string,
            // JSON strings hold no line breaks: from here on it is something else.
            b'\n' if string => return (at, false),
            _ if string => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return (at + 1, true);
                }
            }
            _ if depth == 0 => return (at, false),
            _ => {}
        }
    }
    (rest.len(), false)
}

/// True where two texts are the same JSON value.
pub(super) fn same(a: &str, b: &str) -> bool {
    let parse = |text: &str| serde_json::from_str::<Value>(text).ok();
    parse(a).is_some_and(|a| parse(b).is_some_and(|b| a == b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Found {
        find(text, text.find(['{', '[']).unwrap(), &Fuel::new(text.len())).unwrap()
    }

    #[test]
    fn strict_json_is_taken_as_it_stands() {
        let text = "x {\"a\": [\"}\\\"\", 1]} y";
        let found = at(text);
        assert!(found.strict && found.whole);
        assert_eq!(found.span.of(text), "{\"a\": [\"}\\\"\", 1]}");
    }

    #[test]
    fn escaped_json_is_unwrapped() {
        let text = r#"msg="403 {\"error\":{\"message\":\"a \\\"b\\\"\",\"param\":null}}" next"#;
        let found = at(text);
        assert_eq!(found.value, serde_json::json!({"error": {"message": "a \"b\"", "param": null}}));
        assert_eq!(found.span.of(text), r#"{\"error\":{\"message\":\"a \\\"b\\\"\",\"param\":null}}"#);
        let twice = r#"{\\\"error\\\": {\\\"code\\\": \\\"x\\\"}}"#;
        assert!(at(r#"{\n  \"error\": \"x\"\n}\n"#).value["error"] == "x");
        assert!(find(twice, 0, &Fuel::new(99)).is_none() || at(twice).value["error"]["code"] == "x");
    }

    #[test]
    fn early_ends_are_seen() {
        let found = at("{\"error\": {\"message\": \"abc");
        assert!(!found.whole && !found.strict);
        assert_eq!(found.value["error"]["message"], "abc");
    }
}
