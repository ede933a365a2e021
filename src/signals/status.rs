//! Finds a status code in text that no input format understood.

use crate::span::Span;

/// Words that stand before a status code in logs and messages.
const BEFORE: [&str; 13] = [
    "status code",
    "statuscode",
    "status_code",
    "error code",
    "response code",
    "http code",
    "http error",
    "status",
    "http",
    "error",
    "code",
    "returned",
    "response",
];

/// Reason phrases and words that stand after a status code.
const AFTER: [&str; 22] = [
    "forbidden",
    "unauthorized",
    "not found",
    "bad request",
    "too many requests",
    "payment required",
    "method not allowed",
    "proxy authentication required",
    "status code",
    "client error",
    "permission",
    "unavailable",
    "conflict",
    "gateway",
    "internal server error",
    "bad gateway",
    "service unavailable",
    "unprocessable",
    "error",
    "access denied",
    "not acceptable",
    "unavailable for legal reasons",
];

/// Words before a status code in what people write: "I get a 403 from the API", "openai 403".
const TOLD: [&str; 34] = [
    "a",
    "an",
    "the",
    "this",
    "same",
    "get",
    "gets",
    "got",
    "getting",
    "gives",
    "gave",
    "give",
    "return",
    "returns",
    "receive",
    "received",
    "receiving",
    "see",
    "seeing",
    "says",
    "said",
    "hit",
    "hitting",
    "throws",
    "threw",
    "always",
    "still",
    "only",
    "openai",
    "api",
    "chatgpt",
    "codex",
    "azure",
    "with",
];

/// What goes on after it there.
const ON: [&str; 21] = [
    "from", "on", "when", "for", "in", "by", "with", "and", "but", "while", "using", "after", "every", "all", "again",
    "if", "at", "what", "why", "since", "even",
];

/// The status code (400 to 599) that canonical text names, and where in it. The last one named wins where several are,
/// because a log ends with what mattered; one with a reason phrase wins over one without.
pub(super) fn find(canonical: &str) -> Option<(u16, Span)> {
    let bytes = canonical.as_bytes();
    let mut best: Option<(u8, u16, Span)> = None;
    for at in memchr::memchr2_iter(b'4', b'5', bytes) {
        let Some((code, span)) = number(canonical, at) else { continue };
        let score = rate(canonical, span);
        if score > 0 && best.is_none_or(|(s, _, _)| score >= s) {
            best = Some((score, code, span));
        }
    }
    best.map(|(_, code, span)| (code, span)).or_else(|| phrase(canonical))
}

/// The reason phrase alone, where a copy lost the number: `Client Error: NOT FOUND for url`, or the last words of a text, which are
/// all that many a program shows.
fn phrase(text: &str) -> Option<(u16, Span)> {
    let phrases = [("not found", 404), ("too many requests", 429), ("forbidden", 403), ("unauthorized", 401)];
    let told = memchr::memmem::find(text.as_bytes(), b"client error: ").map(|at| at + "client error: ".len());
    let start = told.filter(|at| text.get(*at..).is_some_and(|rest| phrases.iter().any(|(p, _)| rest.starts_with(p))));
    let end = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let last = || phrases.iter().skip(2).find_map(|(words, _)| end.strip_suffix(words)).map(str::len);
    let last = || last().filter(|at| *at == 0 || text.get(..*at).is_some_and(|before| before.ends_with([' ', ':'])));
    let start = start.or_else(last)?;
    let (words, code) = phrases.into_iter().find(|(p, _)| text.get(start..).is_some_and(|rest| rest.starts_with(p)))?;
    Some((code, Span::new(start, start + words.len())))
}

fn number(text: &str, at: usize) -> Option<(u16, Span)> {
    let digits = text.get(at..at + 3).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '/');
    let before = text.get(..at)?.chars().next_back();
    let after = text.get(at + 3..)?.chars().next();
    let next = text.get(at + 4..).and_then(|r| r.chars().next());
    let glued = before.is_some_and(|c| word(c) && c != '/')
        || after.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
        || (after.is_some_and(|c| matches!(c, '.' | '-' | '/')) && next.is_some_and(|c| c.is_ascii_alphanumeric()));
    (!glued).then_some((digits.parse().ok()?, Span::new(at, at + 3)))
}

/// 0: only a number. 1: a word before it says status. 2: a reason phrase follows. 3: both.
fn rate(text: &str, span: Span) -> u8 {
    let before = text.get(..span.start).unwrap_or_default().trim_end_matches([' ', ':', '=', '(', '[', ',', '-']);
    let before =
        before.strip_suffix("/1.1").or(before.strip_suffix("/2")).or(before.strip_suffix("/1.0")).unwrap_or(before);
    let said = BEFORE.iter().any(|w| before.ends_with(w));
    let after = text.get(span.end..).unwrap_or_default().trim_start_matches([' ', ':', '-', ')', ']', ',', '(']);
    let named = AFTER.iter().any(|w| after.starts_with(w));
    let alone =
        span.start == 0 || (before_is(text, span, '[') && text.get(span.end..).is_some_and(|r| r.starts_with(']')));
    u8::from(said || alone || told(text, span)) + 2 * u8::from(named)
}

/// True for one of the usual refusals in a sentence of somebody's own.
fn told(text: &str, span: Span) -> bool {
    let letters = |c: char| !c.is_alphabetic();
    let Some(before) = text.get(..span.start).and_then(|b| b.strip_suffix(' ')) else { return false };
    let after = text.get(span.end..).unwrap_or_default();
    let end = after.trim_start_matches(['.', '!', '?', ',', ')']);
    let ends = end.trim_start().is_empty() || after.starts_with(['.', ',', '!', '?', '\n']);
    let goes_on = || after.strip_prefix(' ').is_some_and(|a| ON.contains(&a.split(letters).next().unwrap_or_default()));
    matches!(span.of(text), "401" | "403" | "404" | "407" | "429")
        && TOLD.contains(&before.rsplit(letters).next().unwrap_or_default())
        && (ends || goes_on())
}

fn before_is(text: &str, span: Span, c: char) -> bool {
    text.get(..span.start).is_some_and(|b| b.ends_with(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_found_in_prose_and_logs() {
        for (text, want) in [
            ("request failed with status code 403", 403),
            ("error code: 401 - {error: ...}", 401),
            ("403 forbidden", 403),
            ("http/1.1 200 ok then http/2 429 too many requests", 429),
            ("[401] you have insufficient permissions", 401),
            ("took 403 ms", 0),
            ("item-403-x error 403.5", 0),
            ("limit 500 per day; status: 429", 429),
            ("i get a 403 from the openai api", 403),
            ("openai 403", 403),
            ("why do i always get 401?", 401),
            ("all calls return 404, even for models that exist", 404),
            ("it has a 403 page appendix", 0),
            ("the 404 kilobytes on disk", 0),
            ("usage: tokens 403", 0),
            ("file x.py, line 403 in main", 0),
            ("httperror: client error: not found for url: https://x.example/v1", 404),
            ("httperror: client error: found nothing", 0),
            ("could not connect with these settings unauthorized", 401),
            ("it shows this: forbidden.", 403),
            ("page not found", 0),
            ("the unauthorized copy", 0),
        ] {
            assert_eq!(find(text).map_or(0, |f| f.0), want, "{text}");
        }
    }
}
