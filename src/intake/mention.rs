//! The target and the response fields that prose mentions: `403 … for url: https://…`, `cf-ray: …, request id: …`.

use super::http_text::is_method;
use super::model::Request;
use crate::span::Span;

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
    "against",
    "unable to access",
    "fetching",
    "accessing",
    "invoking",
    "host",
];

/// The target that `prose` mentions, `from` being its offset: a method with a URL, a URL after words that introduce it.
pub(super) fn target(prose: &str, from: usize) -> Option<Request> {
    if let Some(request) = pool(prose, from) {
        return Some(request);
    }
    if let Some(request) = console(prose, from) {
        return Some(request);
    }
    let mut at = 0;
    for _ in 0..8 {
        let found = prose.get(at..)?.find("://")? + at;
        let start = prose.get(..found)?.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
        let scheme = prose.get(start..found)?.to_ascii_lowercase();
        let url = url_at(prose, start);
        let before = prose.get(..start)?.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/');
        // Spring: `on GET request for "https://…"`. Feign: `during [POST] to [https://…]`.
        let called = ["request for", "request to", " to"].iter().find_map(|words| before.strip_suffix(words));
        let called = called.map_or(before, |b| b.trim_end_matches(|c: char| !c.is_alphanumeric()));
        let method = called.rsplit(|c: char| !c.is_ascii_alphabetic()).next();
        // Go's net/url: `Post "https://…": Forbidden`.
        let go = start > 0 && prose.get(start - 1..start) == Some("\"") && called.len() + 2 == start;
        let method = method.filter(|w| is_method(&w.to_ascii_uppercase())).filter(|w| {
            // `requests.post("https://…"`, `client.get(`: the name of a function.
            let function = called.len() == before.len()
                && called.strip_suffix(*w).is_some_and(|b| b.ends_with('.'))
                && prose.get(before.len()..).is_some_and(|rest| rest.starts_with('('));
            let title = |w: &str| w.chars().skip(1).all(|c| c.is_ascii_lowercase());
            function || w.chars().all(|c| c.is_ascii_uppercase()) || go && title(w) && w.starts_with(char::is_uppercase)
        });
        if ["https", "http", "wss", "ws"].contains(&scheme.as_str())
            && (method.is_some() || introduced(before) || looks_like_api(url) || prose.starts_with("--20"))
            && !is_page_address(url)
        {
            let method_span = method.map(|m| Span::new(from + called.len() - m.len(), from + called.len()));
            return Some(Request {
                method: method.unwrap_or_default().to_ascii_uppercase(),
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

/// Chromium's console: `api.openai.com/v1/models:1  Failed to load resource: …`.
fn console(prose: &str, from: usize) -> Option<Request> {
    let (place, _) = prose.split_once("Failed to load resource")?;
    let place = place.trim();
    let url =
        place.rsplit_once(':').filter(|(_, line)| line.bytes().all(|b| b.is_ascii_digit())).map_or(place, |p| p.0);
    let host = url.split('/').next().filter(|h| h.contains('.') && url.contains('/') && !h.contains([' ', ':']))?;
    let start = from + prose.find(host)?;
    let url_span = Some(Span::new(start, start + url.len()));
    Some(Request { url: ["https://", url].concat(), url_span, mentioned: true, ..Request::default() })
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
    // Longer addresses than servers take are none.
    let rest = rest.get(..rest.floor_char_boundary(16 * 1024)).unwrap_or_default();
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
pub(super) fn fields(prose: &str, from: usize) -> Vec<(&'static str, String, Span)> {
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
        // Ruby: `"x-request-id"=>"req_1"`.
        let value = value.strip_prefix('>').unwrap_or(value);
        let value = value.trim_start().trim_start_matches(['"', '\'', '`', '[']);
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
                "HttpClientErrorException$Forbidden: 403 Forbidden on GET request for \"https://api.openai.com/v1/models\": \"{",
                "GET",
                "https://api.openai.com/v1/models",
            ),
            (
                "[403 Forbidden] during [POST] to [https://api.openai.com/v1/chat/completions] [OpenAi#chat(x)]",
                "POST",
                "https://api.openai.com/v1/chat/completions",
            ),
            ("r = requests.post(\"https://x.example/v1/models\", headers=", "POST", "https://x.example/v1/models"),
            ("see blog.post https://api.x.example/v1/models", "", "https://api.x.example/v1/models"),
            (
                "method=post path=https://acme-oai.openai.azure.com//openai/x?api-version=2022-12-01",
                "",
                "https://acme-oai.openai.azure.com//openai/x?api-version=2022-12-01",
            ),
            ("Post \"https://x.example/v1/models\": Forbidden", "POST", "https://x.example/v1/models"),
            ("--2026-02-11 10:11:12--  https://x.example/", "", "https://x.example/"),
        ] {
            let found = target(prose, 0).unwrap();
            assert_eq!((found.method.as_str(), found.url.as_str()), (method, url), "{prose}");
            assert_eq!(found.url_span.unwrap().of(prose), url);
        }
    }

    #[test]
    fn connection_pools() {
        let prose = "HTTPSConnectionPool(host='api.openai.com', port=443): Max retries exceeded with url: /v1/models (Caused by ProxyError(";
        let found = target(prose, 0).unwrap();
        assert_eq!(
            (found.url.as_str(), found.url_span.unwrap().of(prose)),
            ("https://api.openai.com/v1/models", "api.openai.com")
        );
        assert!(target("HTTPConnectionPool(host='x', port=8080)", 0).unwrap().url == "http://x:8080");
    }

    #[test]
    fn the_console_of_a_browser() {
        let prose =
            "api.openai.com/v1/models:1   Failed to load resource: the server responded with a status of 403 ()";
        let found = target(prose, 0).unwrap();
        assert_eq!(
            (found.url.as_str(), found.url_span.unwrap().of(prose)),
            ("https://api.openai.com/v1/models", "api.openai.com/v1/models")
        );
        assert_eq!(target("[Error] Failed to load resource: 403 () (completions, line 0)", 0), None);
    }

    #[test]
    fn pages_that_messages_point_to_are_no_targets() {
        for prose in [
            "read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.",
            "upgrade to Plus: https://openai.com/chatgpt/pricing.",
            "Visit https://example.com/x to learn more",
            "email ftp://x",
        ] {
            assert_eq!(target(prose, 0), None, "{prose}");
        }
    }

    #[test]
    fn fields_as_ruby_and_go_print_them() {
        for prose in ["{\"x-request-id\"=>\"req_1\"}", "map[X-Request-Id:[req_1]]"] {
            assert_eq!(fields(prose, 0).first().map(|f| f.1.as_str()), Some("req_1"), "{prose}");
        }
    }

    #[test]
    fn fields_that_prose_mentions() {
        let prose = "unexpected status 404: x, cf-ray: a356e07b92cd14f8-MAD, request id: 7b2f";
        let found: Vec<_> = fields(prose, 0).into_iter().map(|(n, v, s)| (n, v.clone(), s.of(prose) == v)).collect();
        assert_eq!(
            found,
            [("x-request-id", "7b2f".to_owned(), true), ("cf-ray", "a356e07b92cd14f8-MAD".to_owned(), true)]
        );
    }
}
