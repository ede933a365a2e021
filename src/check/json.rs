//! Where a text stops being JSON, and the slip that most likely did it.

use super::words;
use serde_json::Value;

/// What a body is.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// There is none, or it is not shown.
    Absent,
    /// White space only.
    Empty,
    /// JSON (RFC 8259).
    Json(Value),
    /// Meant as JSON, but broken.
    Broken(Slip),
    /// Something else, or something that cannot be judged (a file's name, a template).
    Other,
}

/// A place where JSON breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// Byte offset in the body.
    pub at: usize,
    /// Line in the body, from 1.
    pub line: usize,
    /// Column in that line, in characters, from 1.
    pub column: usize,
    /// What is most likely wrong there: a clause without a final stop.
    pub what: String,
}

/// Reads a body. `meant` says that the request declares JSON, so that a text of any look is held to it.
pub fn read(text: &str, meant: bool) -> Body {
    let trimmed = text.trim_start_matches('\u{feff}').trim();
    if trimmed.is_empty() {
        return Body::Empty;
    }
    if trimmed.starts_with("{{redacted") && trimmed.ends_with("}}") {
        return Body::Other;
    }
    let looks = trimmed.starts_with(['{', '[']);
    if trimmed.starts_with('@') || !(meant || looks) {
        return Body::Other;
    }
    match serde_json::from_str::<Value>(text) {
        Ok(value) => Body::Json(value),
        Err(error) => slip(text, &error).map_or(Body::Other, Body::Broken),
    }
}

/// The slip at serde's error; none where what stands there cannot be judged (a variable, a cut made by a log).
fn slip(text: &str, error: &serde_json::Error) -> Option<Slip> {
    if text.starts_with('\u{feff}') {
        return Some(Slip { at: 0, line: 1, column: 1, what: "a byte order mark stands before the JSON".into() });
    }
    if error.to_string().starts_with("recursion limit") {
        return None;
    }
    let at = offset(text, error.line(), error.column());
    let (at, what) = judge(text, at, error)?;
    let before = text.get(..at).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Some(Slip { at, line, column, what })
}

/// Byte offset of serde's line (from 1) and column (in bytes, the last byte read).
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    // Column 0 is the line end before the line.
    let mut at = (start + column).saturating_sub(1).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn judge(text: &str, at: usize, error: &serde_json::Error) -> Option<(usize, String)> {
    let rest = text.get(at..)?;
    let before = text.get(..at)?.trim_end();
    let next = rest.chars().next();
    if error.is_eof() {
        return at_end(text);
    }
    let message = error.to_string();
    if message.starts_with("control character") {
        let place = next.map_or_else(String::new, |c| format!(" ({})", c.escape_default()));
        return Some((
            at,
            format!(
                "an unescaped control character{place} stands inside a string; write it as an escape such as `\\n`"
            ),
        ));
    }
    if message.starts_with("invalid escape") {
        return Some((
            at,
            "a backslash in a string is followed by what is no escape; double it or take it away".into(),
        ));
    }
    // serde stops at the second brace of `{{ name }}`.
    if [at, at.saturating_sub(1)].into_iter().any(|at| starts_with_variable(text, at)) {
        return None;
    }
    let after = before.chars().next_back();
    if matches!(next, Some('}' | ']')) && after == Some(',') {
        return Some((before.len() - 1, "a comma stands before the closing bracket".into()));
    }
    if matches!(next, Some('}' | ']')) && after != Some(':') {
        let closing = open(before).1.pop().map(|(_, c)| if c == '{' { "}" } else { "]" });
        return Some((
            at,
            match closing {
                None => "everything is closed before this bracket".into(),
                Some(due) if rest.starts_with(due) => return None,
                Some(due) => ["a `", due, "` is missing before this bracket"].concat(),
            },
        ));
    }
    Some((at, named(text, rest, before, next, after)?))
}

fn starts_with_variable(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    let near = rest.char_indices().nth(100).map_or(rest, |(end, _)| rest.get(..end).unwrap_or(rest));
    words::variable(near).is_some_and(|v| near.starts_with(v))
}

fn named(text: &str, rest: &str, before: &str, next: Option<char>, after: Option<char>) -> Option<String> {
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').take(40).collect();
    let value_due = matches!(after, Some(':' | '[' | ','));
    let starts = serde_json::from_str::<Value>(before).is_ok();
    Some(match next {
        Some('\'') => "single quotes are no JSON; strings and names take double quotes".into(),
        Some(c) if words::is_smart_quote(c) => format!("`{c}` is a typographic quote; JSON takes the straight `\"`"),
        Some('#') => "JSON has no comments".into(),
        Some('/') if rest.starts_with("//") || rest.starts_with("/*") => "JSON has no comments".into(),
        Some('.') if rest.starts_with("...") => "`...` stands where JSON is due; was it left from an example?".into(),
        Some('…') => "`…` stands where JSON is due; was it left from an example?".into(),
        Some('\\') => "a backslash stands outside a string; the quotes were escaped once too often".into(),
        Some('`') => "a backtick is no JSON quote".into(),
        Some('}' | ']') if after == Some(':') => "a value is missing after the colon".into(),
        Some('=') if after == Some('"') => "a colon stands between a name and its value, not `=`".into(),
        Some(';') => "JSON separates by commas, not by `;`".into(),
        Some('(') => "JSON has no round brackets; a list takes `[` and `]`".into(),
        Some('+') => "JSON has no plus sign before a number".into(),
        Some('.') if value_due => "a digit is due before the point of a number: `0.5`".into(),
        Some('_' | 'x' | '0'..='9') if after.is_some_and(|c| c.is_ascii_digit()) => {
            "JSON writes numbers in plain digits, without `_`, `0x` or a leading zero".into()
        }
        Some(c) if starts && after.is_some() && !matches!(c, '"') => "more follows behind the end of the JSON".into(),
        Some(',') if matches!(after, Some(',' | '[' | '{' | ':')) => "a comma stands where a value is due".into(),
        Some('"') if value_due || matches!(after, Some('{')) => return None,
        Some('"') => {
            "a comma or a colon is missing before this quote, or a quote inside a string is not escaped".into()
        }
        Some('{' | '[') if matches!(after, Some('}' | ']')) => "a comma is missing between two values".into(),
        _ if python(&word).is_some() => format!("`{word}` is Python; JSON writes `{}`", python(&word)?),
        _ if literal(&word).is_some() => format!("`{word}` is no JSON, which writes `{}`", literal(&word)?),
        _ if matches!(word.as_str(), "undefined" | "NaN" | "Infinity") => {
            format!("`{word}` is JavaScript, not JSON; write `null` or leave the member out")
        }
        _ if !word.is_empty() && !text.contains('"') => {
            format!("`{word}` stands without quotes: the shell took the quotes away")
        }
        _ if !word.is_empty() && matches!(after, Some('{' | ',')) && is_name(rest, &word) => {
            format!("the name `{word}` has no quotes; the shell may have taken them")
        }
        _ if !word.is_empty() && matches!(after, Some('"')) => {
            format!("a quote before `{}` ends the string too early; escape it as `\\\"`", words::shown(&word, 20))
        }
        _ if !word.is_empty() && value_due => format!("`{}` stands without quotes", words::shown(&word, 20)),
        _ if before.trim().is_empty() => format!("it starts with `{}`, which starts no JSON", words::shown(rest, 12)),
        _ => format!("`{}` is not expected here", words::shown(rest.trim_end(), 12)),
    })
}

fn is_name(rest: &str, word: &str) -> bool {
    rest.get(word.len()..).is_some_and(|r| r.trim_start().starts_with(':'))
}

fn python(word: &str) -> Option<&'static str> {
    match word {
        "None" => Some("null"),
        "True" => Some("true"),
        "False" => Some("false"),
        _ => None,
    }
}

/// Words that other languages and hands write in the place of JSON's three.
fn literal(word: &str) -> Option<&'static str> {
    let lower = word.to_ascii_lowercase();
    ["null", "true", "false"].into_iter().find(|w| *w == lower).or((lower == "nil").then_some("null"))
}

/// What stands at the start of `rest`, where JSON breaks, and what is right in its place, where that is sure.
pub fn mend(rest: &str) -> Option<(&str, &'static str)> {
    let word = rest.get(..rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len()))?;
    match rest.chars().next()? {
        ',' if rest.get(1..)?.trim_start().starts_with(['}', ']']) => Some((rest.get(..1)?, "")),
        c if words::is_smart_quote(c) => Some((rest.get(..c.len_utf8())?, "\"")),
        _ if matches!(word, "undefined" | "NaN" | "Infinity") => Some((word, "null")),
        _ => Some((word, python(word).or_else(|| literal(word))?)),
    }
}

/// What is open at the end of `text`: a string, and the brackets from the outside in.
fn open(text: &str) -> (Option<usize>, Vec<(usize, char)>) {
    let mut open: Vec<(usize, char)> = Vec::new();
    let (mut string, mut escaped) = (None, false);
    for (at, c) in text.char_indices() {
        if string.is_some() {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => string = None,
                _ => {}
            }
            continue;
        }
        match c {
            '"' => string = Some(at),
            '{' | '[' => open.push((at, c)),
            '}' | ']' => {
                open.pop();
            }
            _ => {}
        }
    }
    (string, open)
}

/// The text ends too early: which bracket or quote is still open.
fn at_end(text: &str) -> Option<(usize, String)> {
    let (string, mut open) = open(text);
    let tail = text.trim_end();
    // A cut made by whoever printed the text is no slip of the sender's.
    if tail.ends_with("...") || tail.ends_with('…') || tail.to_ascii_lowercase().ends_with("truncated]") {
        return None;
    }
    if let Some(at) = string {
        return Some((at, "the string that starts here has no closing quote".into()));
    }
    let (at, bracket) = open.pop()?;
    let closing = if bracket == '{' { '}' } else { ']' };
    Some((at, format!("the `{bracket}` here is never closed; a `{closing}` is missing at the end")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slip_of(text: &str) -> (usize, usize, String) {
        match read(text, true) {
            Body::Broken(slip) => (slip.line, slip.column, slip.what),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn each_slip_is_named_at_its_place() {
        for (text, line, column, what) in [
            ("{\"a\": 1,}", 1, 8, "comma stands before"),
            ("{\"a\": [1, 2,\n]}", 1, 12, "comma stands before"),
            ("{'a': 1}", 1, 2, "single quotes"),
            ("{\n  \"a\": None\n}", 2, 8, "Python"),
            ("{\"a\": True}", 1, 7, "Python"),
            ("{\"a\": undefined}", 1, 7, "JavaScript"),
            ("{\"a\": 1 // one\n}", 1, 9, "comments"),
            ("{\"ä\": 1 # one\n}", 1, 9, "comments"),
            ("{“a”: 1}", 1, 2, "typographic"),
            ("{\"a\": \"x\ny\"}", 1, 9, "control character"),
            ("{\"a\": \"\\q\"}", 1, 9, "escape"),
            ("{\"a\": {\"b\": 1}", 1, 1, "never closed"),
            ("{\"a\": [1, 2}", 1, 12, "a `]` is missing"),
            ("{\"a\": 1}}", 1, 9, "everything is closed"),
            ("{\"a\": 1} x", 1, 10, "more follows"),
            ("{\"a\": 1}, {}", 1, 9, "more follows"),
            ("{\"a\"=1}", 1, 5, "a colon stands"),
            ("{\"a\": (1)}", 1, 7, "round brackets"),
            ("{\"a\": .5}", 1, 7, "before the point"),
            ("{\"a\": 007}", 1, 8, "plain digits"),
            ("{\"a\": 1_000}", 1, 8, "plain digits"),
            ("{\"a\": NULL}", 1, 7, "writes `null`"),
            ("{\"a\": 1; \"b\": 2}", 1, 8, "by commas"),
            ("{\"a\": \"x}", 1, 7, "closing quote"),
            ("{model: gpt-4o}", 1, 2, "the shell took the quotes"),
            ("{\"a\": 1, b: 2}", 1, 10, "`b` has no quotes"),
            ("{\"a\": 1 \"b\": 2}", 1, 9, "comma or a colon is missing"),
            ("{\"a\": {...}}", 1, 8, "`...`"),
            ("{\\\"a\\\": 1}", 1, 2, "backslash"),
            ("\u{feff}{\"a\": 1}", 1, 1, "byte order mark"),
            ("model=gpt-4o", 1, 1, "the shell took"),
        ] {
            let found = slip_of(text);
            assert_eq!((found.0, found.1), (line, column), "{text}: {}", found.2);
            assert!(found.2.contains(what), "{text}: {}", found.2);
        }
    }

    #[test]
    fn what_cannot_be_judged_is_left_alone() {
        for text in [
            "@body.json",
            "{\"n\": $COUNT}",
            "{\"n\": ${COUNT}}",
            "{{redacted:secret}}",
            "{\"a\": \"long…",
            "{\"a\": {{ count }}}",
        ] {
            assert_eq!(read(text, true), Body::Other, "{text}");
        }
        assert_eq!(read("a=b", false), Body::Other);
        assert_eq!(read(" \n", true), Body::Empty);
        assert!(matches!(read("{\"a\": \"$X\"}", true), Body::Json(_)));
        assert_eq!(read(&"[".repeat(100_000), true), Body::Other);
    }
}
