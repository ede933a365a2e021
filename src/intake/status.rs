//! Finds the status code that a line of prose, a log or an error message names.

use super::http_text;
use crate::span::Span;

/// Words that make the number after them a status code.
const CUES: &[&str] = &[
    "status",
    "statuscode",
    "status_code",
    "code",
    "http",
    "error",
    "response",
    "returned",
    "responded",
    "got",
    "failed",
    "http_status",
    "httpstatus",
    "response_code",
    "responsecode",
    "err_aborted",
    "status_line",
    "httperror",
    "statuscodeerror",
    "codigo",
    "código",
    "estado",
    "erreur",
    "erro",
    "fehler",
    "fehlercode",
    "ошибка",
    "Ошибка",
    "код",
    "статус",
    "ответ",
    "errorcode",
    "error_code",
    "apierror",
    "apistatuserror",
    "httpstatuserror",
    "httpexception",
    "exception",
    "httpstatuscode",
    "http_code",
    "rejected",
    "denied",
];
/// Ends of words that do so: names of classes, and languages that put no blank between words.
const CUE_ENDS: &[&str] = &["error", "statuscode", "状态码", "错误", "错误码", "返回", "エラー", "コード"];
/// Words that may stand between a cue and its number.
const FILLERS: &[&str] = &[
    "code",
    "is",
    "was",
    "of",
    "de",
    "with",
    "a",
    "an",
    "error",
    "status",
    "http",
    "response",
    "unexpected",
    "the",
    "by",
    "server",
    "from",
];
/// Words that follow a status code.
const REASONS: &[&str] = &[
    "forbidden",
    "unauthorized",
    "unauthorised",
    "not found",
    "bad request",
    "too many requests",
    "payment required",
    "method not allowed",
    "not acceptable",
    "proxy authentication required",
    "request timeout",
    "conflict",
    "gone",
    "payload too large",
    "content too large",
    "request entity too large",
    "unsupported media type",
    "misdirected request",
    "unprocessable",
    "upgrade required",
    "unavailable for legal reasons",
    "internal server error",
    "bad gateway",
    "service unavailable",
    "service temporarily unavailable",
    "gateway timeout",
    "client error",
    "server error",
    "status code",
    "error",
    "permission_denied",
    "unauthenticated",
    "resource_exhausted",
    "access denied",
    "permission denied",
    "not allowed",
];

/// A status code and how sure it is that it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named {
    /// From 100 to 599.
    pub(super) code: u16,
    /// Where it stands, counted from the start of the searched text.
    pub(super) span: Span,
}

/// The status code that `line` names; the first where it names several, but not the one that was expected.
pub(super) fn find(line: &str) -> Option<Named> {
    let bytes = line.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    while at < bytes.len() {
        if !digit(at) {
            at += 1;
            continue;
        }
        let end = at + bytes.iter().skip(at).take_while(|b| b.is_ascii_digit()).count();
        if end - at == 3
            && let Some(code) = line.get(at..end).and_then(|d| d.parse::<u16>().ok())
            && (100..600).contains(&code)
            && alone(line, at, end)
            && meant(line, at, end, code)
            && !(code < 400 && before(line, at, 60).to_ascii_lowercase().contains("expect"))
        {
            return Some(Named { code, span: Span::new(at, end) });
        }
        at = end;
    }
    None
}

/// The text before `at`, at most `most` bytes of it, cut at a character.
fn before(line: &str, at: usize, most: usize) -> &str {
    let start = (at.saturating_sub(most)..=at).find(|&s| line.is_char_boundary(s)).unwrap_or(at);
    line.get(start..at).unwrap_or_default()
}

fn after(line: &str, end: usize, most: usize) -> &str {
    let stop = (end..=(end + most).min(line.len())).rev().find(|&s| line.is_char_boundary(s)).unwrap_or(end);
    line.get(end..stop).unwrap_or_default()
}

/// No part of a longer number, a word, an address, a version, a time or a place in a file.
fn alone(line: &str, at: usize, end: usize) -> bool {
    let (left, right) = (before(line, at, 4).chars().next_back(), after(line, end, 4));
    let next = right.chars().next();
    let word = |c: char| (c.is_alphanumeric() && c.is_ascii()) || c == '_';
    let joined = |c: char| matches!(c, '.' | ':' | '-' | '/' | ',');
    let digit_follows = next.is_some_and(joined) && right.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    let left_bad = left.is_some_and(|c| word(c) || matches!(c, '.' | '-' | '$' | '#' | '+' | '@' | '%'));
    // `TCP_DENIED/403` and `code:403` are fine, `index.js:403` and `/v1/403` are not.
    let colon_bad = left == Some(':') && {
        let head = before(line, at.saturating_sub(1), 24);
        head.ends_with(|c: char| c.is_ascii_digit())
            || [".js", ".py", ".ts", ".go", ".rs", ".rb", ".java", ".mjs", ".php", ".cs"]
                .iter()
                .any(|e| head.ends_with(e))
    };
    let slash_bad =
        left == Some('/') && !before(line, at, 24).trim_end_matches('/').ends_with(|c: char| c.is_ascii_uppercase());
    // The milliseconds of `09:15:02,420`, as Python's logging writes them.
    let fraction =
        matches!(before(line, at, 4).as_bytes(), [b':', a, b, b','] if a.is_ascii_digit() && b.is_ascii_digit());
    !(left_bad || colon_bad || slash_bad || fraction || digit_follows || next.is_some_and(|c| word(c) || c == '%'))
}

/// A cue before it, a reason after it, or its place, say that the number is a status code.
fn meant(line: &str, at: usize, end: usize, code: u16) -> bool {
    let left = before(line, at, 60).to_ascii_lowercase();
    let right = after(line, end, 40).to_ascii_lowercase();
    if left.trim_end().ends_with("line") || right.starts_with(" |") && left.trim().is_empty() {
        return false;
    }
    // An access log: `"POST /v1/x HTTP/1.1" 403`, squid's `TCP_DENIED/403`, GIN's `| 403 |`.
    if (left.contains(" http/") && left.ends_with("\" "))
        || left.ends_with("http/1.1 ")
        || left.ends_with("http/2 ")
        || left.ends_with("http/1.0 ")
        || left.ends_with("http/3 ")
        || left.ends_with("=> ")
        || left.ends_with("tcp_denied/")
        || left.contains("tcp_") && left.ends_with('/')
        || left.ends_with("| ") && right.trim_start().starts_with('|')
    {
        return true;
    }
    let strong = cued(&left);
    if known(code) && !unit(&right) && behind_request(line.get(..at).unwrap_or_default()) {
        return true;
    }
    if code < 400 {
        return strong && !unit(&right) && (left.contains("status") || left.contains("http"));
    }
    let reason = right.trim_start_matches([' ', '-', '(', ':', '\'', '"', ')', ']']);
    let followed = REASONS.iter().any(|r| reason.starts_with(r))
        || right.starts_with(" <")
        || right.starts_with(" {")
        || right.starts_with(": {")
        || right.starts_with(" \"{");
    // First of a message: `Error: 403 No access`, `403 Project …`, `[401] You …`.
    let first =
        left.trim_end_matches(['[', '(', '"', '\'', '`']).trim_end_matches(' ').ends_with([':', '>', '|', '×', '·'])
            || left.trim_matches([' ', '[', '(', '"', '\'', '\t', '×', '*', '>', '-']).is_empty();
    // A log's line that tells no more than when and what: `2026-11-20T10:00:00Z 403 Country, …`.
    let said = right.trim_start_matches([' ', ':', '-']).starts_with(char::is_alphabetic);
    let first = first || said && stamp(&left);
    let spoken = right.is_empty()
        || [" ", ":", "]", ")", ".", ",", "\"", "'", "\\"].iter().any(|s| right.starts_with(s))
            && !right.starts_with(" |")
            && !unit(&right);
    strong && !unit(&right)
        || followed && !unit(&right)
        || first && spoken && known(code)
        || left.ends_with('(') && right.starts_with(')') && known(code)
}

/// True behind a method and its target: `POST /v1/chat/completions 403`, `[app] GET https://… -> 401`.
fn behind_request(left: &str) -> bool {
    let mut words =
        left.split_ascii_whitespace().rev().skip_while(|word| matches!(*word, "->" | "-" | ":" | "=" | "\u{2192}"));
    let target = words.next().unwrap_or_default().trim_end_matches(':').trim_matches(['"', '\'', '`']);
    let method = words.next().unwrap_or_default().trim_matches(|c: char| !c.is_ascii_alphabetic());
    let address = target.starts_with('/') || target.starts_with("http://") || target.starts_with("https://");
    address && left.ends_with([' ', '\t']) && http_text::is_method(method)
}

/// Levels of a log that may stand between the time and the status.
const LEVELS: [&str; 6] = ["error", "err", "warn", "warning", "info", "debug"];

/// True for a date with its time, and at most a level behind it.
fn stamp(left: &str) -> bool {
    let left = left.trim_end();
    let level = LEVELS.iter().find_map(|level| left.trim_end_matches(']').strip_suffix(level));
    let time = level.unwrap_or(left).trim_end_matches(['[', ' ', '|']);
    http_text::is_time_stamp(time.trim_start())
        && time.contains(':')
        && time.bytes().all(|b| b.is_ascii_digit() || b"-/:.,+tz []utcgm".contains(&b))
}

/// True where what stands before the number ends in a cue, with fillers between.
fn cued(left: &str) -> bool {
    let mut words = left.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty()).rev();
    // Between the last word and the number only these may stand.
    let gap = left.trim_end_matches(|c: char| !(c.is_alphanumeric() || c == '_'));
    let between = left.get(gap.len()..).unwrap_or_default();
    if between.len() > 6 || between.contains(['.', ';', '/', '|']) {
        return false;
    }
    for _ in 0..4 {
        let Some(word) = words.next() else { return false };
        if CUES.contains(&word) || CUE_ENDS.iter().any(|end| word.ends_with(end)) {
            return true;
        }
        if !FILLERS.contains(&word) {
            return false;
        }
    }
    false
}

/// `403 tokens`, `429 ms`: an amount.
fn unit(right: &str) -> bool {
    let word = right.trim_start_matches([' ', '-']).split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    matches!(
        word,
        "ms" | "tokens"
            | "token"
            | "bytes"
            | "byte"
            | "kb"
            | "mb"
            | "s"
            | "sec"
            | "seconds"
            | "times"
            | "items"
            | "lines"
            | "requests"
            | "usd"
            | "files"
            | "characters"
            | "chars"
            | "words"
            | "tests"
            | "px"
    )
}

/// Status codes that are in use.
fn known(code: u16) -> bool {
    matches!(code, 400..=418 | 421..=426 | 428 | 429 | 431 | 451 | 498 | 499 | 500..=511 | 520..=530)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn named() {
        for (line, code) in [
            ("[non-fatal] Tracing client error 403: {\"error\":", 403),
            ("openai.PermissionDeniedError: Error code: 403 - {'error'", 403),
            ("Token exchange failed: token endpoint returned status 403 Forbidden", 403),
            ("LLM PermissionDeniedError: 403 <html>", 403),
            ("revChatGPT.typings.Error: OpenAI: error code: 1020 (code: 403)", 403),
            ("403 status code (no body)", 403),
            ("exceeded retry limit, last status: 429 Too Many Requests", 429),
            ("[401] You have insufficient permissions", 401),
            ("HTTP 401: You have", 401),
            ("2025 INFO HTTP POST https://api.openai.com/v1/chat/completions => 401 in 340ms", 401),
            ("Error: scoring SKILL.md: API returned status 401: {", 401),
            ("got HTTP Error 404 Unknown error: {", 404),
            ("is missing. Status code: 404.", 404),
            ("response_code=404", 404),
            ("\"GET http://203.0.113.9:8082/ HTTP/1.1\" 403 555", 403),
            ("[GIN] 2024/02/09 - 09:21:34 | 403 |      14.458µs", 403),
            ("net::ERR_ABORTED 403 (Forbidden)", 403),
            ("1 TCP_DENIED/403 3890 CONNECT api.openai.com:443", 403),
            ("RequestError(Status(403, Response[status: 403", 403),
            ("请求失败，状态码: 503, 响应", 503),
            ("API 返回 403", 403),
            ("错误 403：无权限", 403),
            ("エラー 403 が返ってきた", 403),
            ("ステータスコード 401", 401),
            ("Ошибка 403: доступ запрещён", 403),
            ("Fehler 403 bei der Anfrage", 403),
            ("código de estado 403", 403),
            ("Request failed with status code 407.", 407),
            ("curl: (56) CONNECT tunnel failed, response 403", 403),
            ("aiohttp.client_exceptions.WSServerHandshakeError: 403, message='Invalid response status'", 403),
            ("403 Client Error: Forbidden for url: https://x", 403),
            ("httpx.HTTPStatusError: Client error '403 Forbidden' for url", 403),
            ("Anthropic - Forbidden (403) · {", 403),
            ("× Model call failed: \"401 401 unauthorized", 401),
            ("INFO: 1.2.3.4:4282 - \"GET /api HTTP/1.1\" 200 OK", 200),
            ("HTTP/2 403", 403),
            ("[openai] POST https://gw.acme.example/openai/v1/responses 403", 403),
            ("POST /v1/chat/completions 403 12.3 ms - 57", 403),
            ("GET https://api.openai.com/v1/models -> 401", 401),
            ("2026-11-20T10:00:00Z 403 Country, region, or territory not supported", 403),
            ("2026-11-20 10:00:00,123 429: Slow down", 429),
            ("[2026-11-20 10:00:00 +0100] [WARN] 401 Missing scopes", 401),
            ("2026/11/20 10:00:00.5 | INFO | 403 Project x may not", 403),
            ("expected handshake response status code 101 but got 403", 403),
        ] {
            assert_eq!(find(line).map(|n| n.code), Some(code), "{line}");
        }
    }

    #[test]
    fn not_named() {
        for line in [
            "2026-11-20T10:00:00Z 403 tokens were used",
            "2026-11-20T10:00:00Z 403 12",
            "2026-11-20T10:00:00Z 200 Country",
            "2026-11-20T10:00:00Z shop 403 Country Road",
            "Access denied 1020",
            "  File \"x.py\", line 403, in <module>",
            "at x (/app/index.js:403:12)",
            "Error reference number: 1020",
            "Your IP address: 198.51.100.403",
            "Limit 30000, Used 14567, Requested 24754. Please try again in 18.642s",
            "  401 |   const x = 1",
            "used 403 tokens",
            "<-- END HTTP (254-byte body)",
            "listening on port 443",
            "2025-11-13 09:15:02,420 ERROR app.worker request failed",
            "[2025-11-13 09:15:02,500] ERROR in app: Exception on /chat [POST]",
            "https://example.com/posts/403",
            "took 429 ms",
        ] {
            assert_eq!(find(line), None, "{line}");
        }
    }
}
