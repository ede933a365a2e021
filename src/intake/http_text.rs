//! Pieces of HTTP as they turn up in text: field lines, methods, pages.

use super::model::Fields;

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

/// The same of a known field with a blank before its colon, which stays in the name: no server takes it so (RFC 9112,
/// section 5.1), and the checks say it.
pub(super) fn spaced_field_line(line: &str) -> Option<(&str, &str, usize)> {
    let (name, value) = line.split_once(':')?;
    let bare = name.trim_end();
    let blanks = value.len() - value.trim_start().len();
    (bare.len() < name.len() && is_field_name(bare)).then_some((name, value.trim(), name.len() + 1 + blanks))
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
    fn field_lines() {
        assert_eq!(field_line("Content-Type:  a "), Some(("Content-Type", "a", 15)));
        assert_eq!(field_line(":path: /v1"), Some((":path", "/v1", 7)));
        assert_eq!(field_line("no field"), None);
        assert_eq!(spaced_field_line("Accept : a"), Some(("Accept ", "a", 9)));
        assert_eq!((spaced_field_line("Accept: a"), spaced_field_line("some words : a")), (None, None));
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
