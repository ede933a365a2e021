//! What a program keeps in a variable and puts into a secret's place: `k='…'`, and later `"x-api-key: $k"`.

use super::again::{self, Edit};
use super::echo::Echoes;
use super::fingerprint::{self, Flags};
use super::opening::skip_spaces;
use super::sink::decode;
use super::unit::{is_behind_escape, is_quote, unit};
use super::{RedactOptions, Redacted, judge, placeholder};
use crate::span::Span;

/// The longest value, in bytes.
const LONGEST: usize = 512;

/// Takes out what is assigned to these variables.
pub(super) fn removed(redacted: Redacted, names: &[String], options: &RedactOptions, echoes: &mut Echoes) -> Redacted {
    let text = redacted.text.as_str();
    let mut edits: Vec<Edit> = Vec::new();
    if text.len() as u64 > super::REPETITIONS_UP_TO {
        return redacted;
    }
    for name in names {
        for at in memchr::memmem::find_iter(text.as_bytes(), name.as_bytes()) {
            let Some(span) = value(text, at, at + name.len()) else { continue };
            let key = &decode(text, span.start, span.end);
            let print = fingerprint::make(key, "secret", Flags::default(), options).text();
            let placeholder = match print {
                Some(print) => ["{{redacted:secret:", &print, "}}"].concat(),
                None => "{{redacted:secret}}".to_owned(),
            };
            echoes.note(key, "secret", &placeholder);
            edits.push(Edit { span, text: placeholder });
        }
    }
    if edits.is_empty() {
        return redacted;
    }
    again::apart(&mut edits);
    let redacted = redacted.edited(&edits);
    // What goes on in the next line was none of a secret before.
    let Some((_, leaks)) = again::again(redacted.text(), options) else { return redacted };
    let (mut edits, _) = again::traces(redacted.text(), &leaks);
    again::apart(&mut edits);
    redacted.edited(&edits)
}

/// The value behind `name = `, in whatever notation, where it is no expression and no word.
fn value(text: &str, start: usize, end: usize) -> Option<Span> {
    let before = text.get(..start)?.chars().next_back();
    // A type before a default: `model: str = "…"`.
    if text.get(..start)?.trim_end_matches(' ').ends_with(':') && text.get(end..)?.trim_start().starts_with('=') {
        return None;
    }
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-')) && !is_behind_escape(text, start) {
        return None;
    }
    let mut at = skip_spaces(text, end, false);
    at += unit(text, at).filter(|u| u.ch == ':').map_or(0, |u| u.len);
    at = skip_spaces(text, at + unit(text, at).filter(|u| u.ch == '=')?.len, false);
    let quote = unit(text, at).filter(|u| is_quote(u.ch));
    let start = at + quote.map_or(0, |u| u.len);
    at = start;
    let ends = |ch: char| match quote {
        Some(quote) => matches!(ch, '\n' | '\r') || ch == quote.ch,
        None => ch.is_whitespace() || is_quote(ch) || matches!(ch, ';' | ',' | ')' | '&'),
    };
    while let Some(u) = unit(text, at).filter(|u| !ends(u.ch)) {
        at += u.len;
        if at > start + LONGEST {
            return None;
        }
    }
    let key = &*decode(text, start, at);
    let code = |c: char| c.is_whitespace() || matches!(c, '(' | '[' | '{' | '<' | '\\');
    let fits = key.len() >= 6 && !key.contains(code) && !key.contains("://") && !key.contains(placeholder::OPEN);
    (fits && !judge::is_placeholder(key) && !judge::is_wordy(key)).then(|| Span::new(start, at))
}

#[cfg(test)]
mod tests {
    use crate::redact::{Raw, RedactOptions, redact};

    const HEADER: &str = "curl -H \"x-api-key: $a$b\" https://a.example/v1\n";

    #[test]
    fn what_is_assigned_twice_is_taken_out_once() {
        let text = ["a=b=Zx9kLm2qWe4rTt77\n", HEADER].concat();
        let clean = redact(Raw::new(text), &RedactOptions::default());
        assert_eq!(clean.text().matches("{{redacted").count(), 1, "{}", clean.text());
        assert!(!clean.text().contains("Zx9kLm2q"));
    }

    #[test]
    fn an_assignment_without_an_end_is_not_read_to_the_end_each_time() {
        // Half a megabyte; read to its end from each name, it would take minutes.
        let text = [HEADER, &"a=".repeat(250_000)].concat();
        assert!(redact(Raw::new(text), &RedactOptions::default()).text().starts_with("curl"));
    }
}
