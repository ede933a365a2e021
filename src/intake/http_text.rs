//! Pieces of HTTP as they turn up in text: field lines, methods, targets that prose mentions, pages.

use super::model::{Fields, Request};
use crate::span::Span;

/// Methods of RFC 9110 and RFC 5789.
const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT", "TRACE"];

/// Fields that only requests have.
const REQUEST_FIELDS: &[&str] = &[
    "authorization",
    "accept",
    "accept-encoding",
    "accept-language",
    "user-agent",
    "host",
    "origin",
    "referer",
    "cookie",
    "openai-beta",
    "openai-project",
    "api-key",
    "x-api-key",
    "x-goog-api-key",
    "anthropic-version",
    "anthropic-beta",
    "ocp-apim-subscription-key",
    "if-none-match",
    "if-modified-since",
    "upgrade-insecure-requests",
    "sec-fetch-mode",
    "sec-fetch-site",
    "sec-fetch-dest",
    "sec-ch-ua",
    "sec-ch-ua-mobile",
    "sec-ch-ua-platform",
    "proxy-authorization",
    "sec-websocket-key",
    "sec-websocket-version",
    "x-stainless-lang",
    "x-stainless-os",
    "x-stainless-arch",
    "x-stainless-runtime",
    "x-stainless-package-version",
    "x-stainless-runtime-version",
    "x-stainless-retry-count",
    "dnt",
    "priority",
    "idempotency-key",
    "chatgpt-account-id",
];
/// Fields that only responses have, besides those that [`RESPONSE_PREFIXES`] names.
const RESPONSE_FIELDS: &[&str] = &[
    "server",
    "set-cookie",
    "www-authenticate",
    "proxy-authenticate",
    "retry-after",
    "retry-after-ms",
    "alt-svc",
    "strict-transport-security",
    "location",
    "via",
    "vary",
    "etag",
    "last-modified",
    "age",
    "expires",
    "nel",
    "report-to",
    "server-timing",
    "apim-request-id",
    "x-request-id",
    "request-id",
    "x-cache",
    "x-powered-by",
    "x-frame-options",
    "x-xss-protection",
    "x-content-type-options",
    "content-security-policy",
    "allow",
    "x-served-by",
    "x-ms-region",
    "x-ms-client-request-id",
    "x-ms-rai-invoked",
    "x-should-retry",
    "x-generation-id",
    "x-squid-error",
    "x-oneapi-request-id",
    "x-new-api-version",
    "accept-ranges",
    "content-disposition",
    "permissions-policy",
    "referrer-policy",
    "x-robots-tag",
    "x-envoy-upstream-service-time",
    "date",
    "proxy-agent",
    "proxy-connection",
    "x-iinfo",
    "x-cdn",
    "mime-version",
    "x-ratelimit-reset",
    "x-azure-ref",
    "x-aspnet-version",
    "p3p",
    "ratelimit-limit",
    "ratelimit-remaining",
];
const RESPONSE_PREFIXES: &[&str] = &[
    "cf-",
    "x-ratelimit-",
    "openai-",
    "anthropic-ratelimit-",
    "access-control-allow-",
    "x-amz",
    "x-openai-",
    "x-sucuri-",
    "x-akamai-",
    "x-litellm-",
    "x-vercel-",
    "x-kong-",
    "cross-origin-",
];
/// Fields that both have.
const COMMON_FIELDS: &[&str] = &[
    "content-type",
    "content-length",
    "content-encoding",
    "connection",
    "cache-control",
    "transfer-encoding",
    "date",
    "pragma",
    "keep-alive",
    "trailer",
    "openai-organization",
    "content-language",
    "proxy-connection",
    "upgrade",
    "expect",
    "range",
    "te",
];

/// True for a name that HTTP messages of this field really have.
pub(super) fn is_field_name(name: &str) -> bool {
    let name = name.trim_start_matches(':').to_ascii_lowercase();
    COMMON_FIELDS.contains(&name.as_str()) || request_only(&name) || response_only(&name)
}

fn request_only(name: &str) -> bool {
    REQUEST_FIELDS.contains(&name)
        || name.starts_with("sec-fetch-")
        || name.starts_with("sec-ch-ua")
        || name.starts_with("x-stainless-")
}

fn response_only(name: &str) -> bool {
    let shared = matches!(name, "openai-organization" | "openai-project" | "openai-beta");
    !shared
        && !request_only(name)
        && (RESPONSE_FIELDS.contains(&name) || RESPONSE_PREFIXES.iter().any(|p| name.starts_with(p)))
}

/// True where the names say that the fields are a request's.
pub(super) fn of_request(fields: &Fields) -> bool {
    let count = |which: fn(&str) -> bool| fields.iter().filter(|f| which(&f.name.to_ascii_lowercase())).count();
    count(request_only) > count(response_only)
}

/// True for a method's name in capitals.
pub(super) fn is_method(word: &str) -> bool {
    METHODS.contains(&word)
}

/// A field line: name, value and the value's place in the line.
pub(super) fn field_line(line: &str) -> Option<(&str, &str, usize)> {
    let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    // A pseudo-header field of HTTP/2 begins with a colon.
    let colon = usize::from(line.starts_with(':'));
    let length = line.get(colon..)?.find(|c| !token(c))? + colon;
    let name = line.get(..length)?;
    let rest = line.get(length..)?.strip_prefix(':')?;
    if name.len() == colon {
        return None;
    }
    let value = rest.trim();
    Some((name, value, length + 1 + (rest.len() - rest.trim_start().len())))
}

/// Words before a URL that make it the target of the call.
const TARGET_CUES: &[&str] = &[
    "url",
    "for url",
    "uri",
    "path",
    "endpoint",
    "request url",
    "requested url",
    "api url",
    "base_url",
    "base url",
    "baseurl",
    "located at",
    "fetch at",
    "xmlhttprequest at",
    "connect to",
    "requesting",
    "request to",
    "denied from",
    "response from",
    "calling",
    "request for",
    "http post",
    "http get",
    "posting to",
    "websocket connection to",
    "connection to",
    "from",
    "call to",
    "sending request to",
    "forwarding to",
    "proxy to",
    "upstream:",
    "posted to",
    "host",
];

/// The target that `prose` mentions, `from` being its offset: a method with a URL, a URL after words that introduce it.
pub(super) fn mention(prose: &str, from: usize) -> Option<Request> {
    if let Some(request) = pool(prose, from) {
        return Some(request);
    }
    let mut at = 0;
    for _ in 0..8 {
        let found = prose.get(at..)?.find("://")? + at;
        let start = prose.get(..found)?.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
        let scheme = prose.get(start..found)?.to_ascii_lowercase();
        let url = url_at(prose, start);
        let before = prose.get(..start)?.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/');
        let method =
            before.rsplit(|c: char| !c.is_ascii_alphabetic()).next().filter(|w| is_method(&w.to_ascii_uppercase()));
        let method = method.filter(|w| w.chars().all(|c| c.is_ascii_uppercase()));
        if ["https", "http", "wss", "ws"].contains(&scheme.as_str())
            && (method.is_some() || introduced(before) || looks_like_api(url))
            && !is_page_address(url)
        {
            let method_span = method.map(|m| Span::new(from + before.len() - m.len(), from + before.len()));
            return Some(Request {
                method: method.unwrap_or_default().to_owned(),
                method_span,
                url: url.to_owned(),
                url_span: Some(Span::new(from + start, from + start + url.len())),
                mentioned: true,
                ..Request::default()
            });
        }
        at = found + 3;
    }
    None
}

/// urllib3's `HTTPSConnectionPool(host='api.openai.com', port=443): … with url: /v1/models`.
fn pool(prose: &str, from: usize) -> Option<Request> {
    let at = prose.find("ConnectionPool(host='")?;
    let scheme = if prose.get(..at)?.ends_with("HTTPS") { "https" } else { "http" };
    let rest = prose.get(at + "ConnectionPool(host='".len()..)?;
    let (host, rest) = rest.split_once('\'')?;
    let (port, rest) = rest.split_once("port=")?.1.split_once(')')?;
    let path = rest.split_once("url: ").map(|(_, path)| path.split(' ').next().unwrap_or_default()).unwrap_or_default();
    let default = matches!((scheme, port), ("https", "443") | ("http", "80"));
    let authority = if default { host.to_owned() } else { format!("{host}:{port}") };
    let start = from + at + "ConnectionPool(host='".len();
    let url_span = Some(Span::new(start, start + host.len()));
    Some(Request { url: format!("{scheme}://{authority}{path}"), url_span, mentioned: true, ..Request::default() })
}

fn introduced(before: &str) -> bool {
    let start = before.len().saturating_sub(32);
    let tail = (start..before.len()).find_map(|s| before.get(s..)).unwrap_or_default().to_ascii_lowercase();
    TARGET_CUES
        .iter()
        .any(|cue| tail.strip_suffix(cue).is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric())))
}

/// The URL that starts at `start`, without the punctuation of the sentence around it.
pub(super) fn url_at(text: &str, start: usize) -> &str {
    let rest = text.get(start..).unwrap_or_default();
    let ends = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '"' | '\'' | '<' | '>' | '`' | '“' | '”' | '‘' | '’' | '|' | '\\' | '，' | '。')
    };
    let mut url = rest.get(..rest.find(ends).unwrap_or(rest.len())).unwrap_or_default();
    // `{{redacted:…}}` and `{deployment}` belong to a URL; a brace that nothing opened does not.
    loop {
        let open = |o: char, c: char| url.matches(o).count() >= url.matches(c).count();
        let cut = match url.chars().next_back() {
            Some(c @ (',' | '.' | ';' | ':' | '!')) => url.strip_suffix(c),
            Some(')') if !open('(', ')') => url.strip_suffix(')'),
            Some(']') if !open('[', ']') => url.strip_suffix(']'),
            Some('}') if !open('{', '}') => url.strip_suffix('}'),
            _ => None,
        };
        match cut {
            Some(shorter) => url = shorter,
            None => return url,
        }
    }
}

/// Host and path of a URL.
fn parts(url: &str) -> (&str, &str) {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find(['/', '?', '#']).and_then(|at| Some((rest.get(..at)?, rest.get(at..)?))).unwrap_or((rest, ""))
}

/// True for the address of an API call.
fn looks_like_api(url: &str) -> bool {
    let (host, path) = parts(url);
    host.starts_with("api.")
        || host.contains(".openai.azure.com")
        || ["/v1/", "/openai/", "/backend-api/", "/chat/completions", "/v1beta/"].iter().any(|p| path.contains(p))
        || path.ends_with("/v1")
}

/// True for the address of a page that an error message points to.
fn is_page_address(url: &str) -> bool {
    let (host, path) = parts(url);
    [
        "platform.",
        "help.",
        "docs.",
        "support.",
        "console.",
        "www.",
        "github.",
        "developers.",
        "developer.",
        "learn.",
        "aka.ms",
        "go.microsoft.com",
        "stackoverflow.com",
        "status.",
    ]
    .iter()
    .any(|h| host.starts_with(h) && !path.starts_with("/api/"))
        || host == "openai.com"
        || path.starts_with("/docs")
        || path.contains("/account/")
        || path.contains("/help")
}

/// Names under which messages mention response fields, longest first.
const MENTIONED: &[(&str, &str)] = &[
    ("x-request-id", "x-request-id"),
    ("apim-request-id", "apim-request-id"),
    ("cf-mitigated", "cf-mitigated"),
    ("request id", "x-request-id"),
    ("request-id", "request-id"),
    ("request_id", "x-request-id"),
    ("retry-after", "retry-after"),
    ("cf-ray", "cf-ray"),
    ("ray id", "cf-ray"),
];

/// The response fields that `prose` mentions as `name: value`.
pub(super) fn mentioned_fields(prose: &str, from: usize) -> Vec<(&'static str, String, Span)> {
    let mut found: Vec<(&'static str, String, Span)> = Vec::new();
    if !prose.contains(':') && !prose.contains('=') {
        return found;
    }
    let lower = prose.to_ascii_lowercase();
    for (written, name) in MENTIONED {
        let Some(at) = lower.find(written) else { continue };
        if lower.get(..at).is_some_and(|b| b.ends_with(|c: char| c.is_alphanumeric() || c == '-'))
            || found.iter().any(|(n, ..)| n == name)
        {
            continue;
        }
        let Some(rest) = prose.get(at + written.len()..) else { continue };
        let Some(value) = rest.trim_start_matches(['"', '\'']).trim_start().strip_prefix([':', '=']) else { continue };
        let value = value.trim_start().trim_start_matches(['"', '\'', '`']);
        let start = prose.len() - value.len();
        let value = value
            .get(
                ..value
                    .find(|c: char| c.is_whitespace() || matches!(c, ',' | ')' | '"' | '\'' | '`' | ';' | ']'))
                    .unwrap_or(value.len()),
            )
            .unwrap_or_default();
        let value = value.trim_end_matches('.');
        if !value.is_empty() && !matches!(value, "None" | "undefined" | "null") {
            found.push((name, value.to_owned(), Span::new(from + start, from + start + value.len())));
        }
    }
    found
}

/// True where an HTML page, or a stretch of one that says as much, begins.
pub(super) fn is_page(text: &str) -> bool {
    let start: String = text.chars().take(9).collect::<String>().to_ascii_lowercase();
    let tags =
        ["<!doctype", "<html", "<head>", "<head ", "<body", "<title", "<center", "<h1", "<div", "<style", "<!--"];
    tags.iter().any(|tag| start.starts_with(tag)) && !start.starts_with("<header")
}

/// Where the page that starts at `start` ends: after its `</html>`, before something that is no page, or with the text.
pub(super) fn page_end(text: &str, start: usize) -> usize {
    let mut at = start;
    while let Some(rest) = text.get(at..).filter(|r| !r.is_empty()) {
        let line = rest.get(..rest.find('\n').unwrap_or(rest.len())).unwrap_or_default();
        if at > start && interrupts(line) {
            return text.get(..at).map_or(at, |t| t.trim_end().len()).max(start);
        }
        if let Some(close) = find_ignoring_case(line, "</html>") {
            return at + close + "</html>".len();
        }
        at += line.len() + 1;
    }
    text.trim_end().len().max(start)
}

/// The status that a page names in its title or first heading.
pub(super) fn page_status(page: &str) -> Option<u16> {
    let head = page.get(..page.len().min(4096)).or_else(|| page.get(..page.char_indices().nth(1024)?.0))?;
    ["<title>", "<h1>"].iter().find_map(|tag| {
        let at = find_ignoring_case(head, tag)? + tag.len();
        let text = head.get(at..)?;
        super::status::find(text.get(..text.find('<').unwrap_or(text.len()))?).map(|named| named.code)
    })
}

fn find_ignoring_case(line: &str, tag: &str) -> Option<usize> {
    memchr::memmem::find(line.as_bytes(), tag.as_bytes())
        .or_else(|| memchr::memmem::find(line.to_ascii_lowercase().as_bytes(), tag.as_bytes()))
}

/// The URL that a request for `target` with this `Host` goes to: https where nothing says otherwise (RFC 9112, section 3.3).
pub(super) fn target_url(target: &str, host: Option<&str>) -> String {
    let Some(host) = host.map(str::trim).filter(|h| !h.is_empty()) else { return target.to_owned() };
    if target.contains("://") {
        return target.to_owned();
    }
    let name = host.split(':').next().unwrap_or(host);
    let plain = name == "localhost" || name.starts_with("127.") || host.starts_with('[') || host.ends_with(":80");
    let path = if target == "*" { "" } else { target };
    format!("{}://{host}{path}", if plain { "http" } else { "https" })
}

/// True where a line is no part of a page: a stack frame, a transcript's line, a message, a prompt, a log line.
pub(super) fn interrupts(line: &str) -> bool {
    let trimmed = line.trim_start();
    ["HTTP/1", "HTTP/2", "Traceback (", "curl: (", "* Connection", "< HTTP/", "> GET ", "> POST "]
        .iter()
        .any(|s| line.starts_with(s))
        || trimmed.starts_with("at ") && (trimmed.ends_with(')') || trimmed.contains(".js:"))
        || trimmed.starts_with(", url: ")
        || line.starts_with("$ ")
        || line.starts_with("curl ")
        || is_time_stamp(line)
}

/// True where a line begins with a date as logs write it.
pub(super) fn is_time_stamp(line: &str) -> bool {
    let line = line.trim_start_matches('[');
    let mut shape = line.bytes().take(10);
    let expect = |b: Option<u8>, e: u8| match e {
        b'0' => b.is_some_and(|b| b.is_ascii_digit()),
        _ => matches!(b, Some(b'-' | b'/')),
    };
    b"0000-00-00".iter().all(|&e| expect(shape.next(), e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_that_prose_mentions() {
        for (prose, method, url) in [
            (
                "403 Client Error: Forbidden for url: https://api.openai.com/v1/models",
                "",
                "https://api.openai.com/v1/models",
            ),
            (
                "unexpected status 403 Forbidden: , url: https://chatgpt.com/backend-api/codex/responses, request id: 9be7",
                "",
                "https://chatgpt.com/backend-api/codex/responses",
            ),
            (
                "[09:16:02 INF] HTTP POST https://api.openai.com/v1/chat/completions => 401 in 340ms",
                "POST",
                "https://api.openai.com/v1/chat/completions",
            ),
            (
                "GET http://llm.acme.example:6080/api/tags net::ERR_ABORTED 403 (Forbidden)",
                "GET",
                "http://llm.acme.example:6080/api/tags",
            ),
            ("Client error '403 Forbidden' for url 'https://x.example/a'", "", "https://x.example/a"),
            (
                "method=post path=https://acme-oai.openai.azure.com//openai/x?api-version=2022-12-01",
                "",
                "https://acme-oai.openai.azure.com//openai/x?api-version=2022-12-01",
            ),
        ] {
            let found = mention(prose, 0).unwrap();
            assert_eq!((found.method.as_str(), found.url.as_str()), (method, url), "{prose}");
            assert_eq!(found.url_span.unwrap().of(prose), url);
        }
    }

    #[test]
    fn connection_pools() {
        let prose = "HTTPSConnectionPool(host='api.openai.com', port=443): Max retries exceeded with url: /v1/models (Caused by ProxyError(";
        let found = mention(prose, 0).unwrap();
        assert_eq!(
            (found.url.as_str(), found.url_span.unwrap().of(prose)),
            ("https://api.openai.com/v1/models", "api.openai.com")
        );
        assert!(mention("HTTPConnectionPool(host='x', port=8080)", 0).unwrap().url == "http://x:8080");
    }

    #[test]
    fn pages_that_messages_point_to_are_no_targets() {
        for prose in [
            "read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.",
            "upgrade to Plus: https://openai.com/chatgpt/pricing.",
            "Visit https://example.com/x to learn more",
            "email ftp://x",
        ] {
            assert_eq!(mention(prose, 0), None, "{prose}");
        }
    }

    #[test]
    fn fields_that_prose_mentions() {
        let prose = "unexpected status 404: x, cf-ray: a356e07b92cd14f8-MAD, request id: 7b2f";
        let found: Vec<_> =
            mentioned_fields(prose, 0).into_iter().map(|(n, v, s)| (n, v.clone(), s.of(prose) == v)).collect();
        assert_eq!(
            found,
            [("x-request-id", "7b2f".to_owned(), true), ("cf-ray", "a356e07b92cd14f8-MAD".to_owned(), true)]
        );
    }

    #[test]
    fn field_lines() {
        assert_eq!(field_line("Content-Type:  a "), Some(("Content-Type", "a", 15)));
        assert_eq!(field_line(":path: /v1"), Some((":path", "/v1", 7)));
        assert_eq!(field_line("no field"), None);
        assert_eq!(field_line(": x"), None);
    }

    #[test]
    fn pages_end() {
        let text = "<html>\n<body></HTML>\nmore";
        assert_eq!(page_end(text, 0), 20);
        assert_eq!(page_end("<html>\n  x\n\n    at f (a.js:1)\n", 0), 10);
        assert_eq!(page_end("<html>\n  x\n", 0), 10);
    }
}
