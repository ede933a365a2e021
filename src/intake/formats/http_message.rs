//! HTTP messages: raw requests and responses, what `curl -i` prints, header sections that people paste.

use crate::intake::format::{Claim, Format, Part, Source, native_only};
use crate::intake::message::{self, Start};
use crate::intake::{Content, Exchange, Fields, InputKind, Request, Response, http_text, mention};
use crate::span::Span;

pub(super) static FORMAT: Format = Format {
    id: "http-message",
    kind: InputKind::Http,
    rank: 110,
    reads: "an HTTP message or its header section",
    example: native_only(
        "POST /v1/chat/completions HTTP/1.1\nHost: api.openai.com\nContent-Type: application/json\n\n{\"model\":\"x\"}\n\nHTTP/1.1 403 Forbidden\nTransfer-Encoding: chunked\n\n2\n{}\n0\n",
    ),
    claim,
};

fn claim(source: &Source<'_>, at: usize) -> Option<Claim> {
    let line = source.line_at(at);
    match message::start(line) {
        Some(Start::Request { method, target }) => Some(request(source, at, line, method, target)),
        Some(Start::Response { status, place }) => response(source, at, line, status, place),
        None => section(source, at, line),
    }
}

fn request(source: &Source<'_>, at: usize, line: &str, method: (&str, usize), target: (&str, usize)) -> Claim {
    let place = |(text, start): (&str, usize)| Some(Span::new(at + start, at + start + text.len()));
    let (fields, mut end) = head(source, at, line);
    // `POST https://…` alone, or before `Status: 403`, tells nothing about the fields.
    let mentioned = fields.is_empty() && !line.contains(" HTTP/") && !line.starts_with("--> ");
    let content = (!mentioned).then(|| body(source, &mut end, &fields)).flatten();
    let content = content.filter(|content| {
        // The answer to a request without content, printed below it.
        let typed = fields.get("content-type").is_some() || fields.get("content-length").is_some();
        // Safari's inspector divides the two with a word.
        let own = (typed || !is_answer(content)) && content.text.lines().next().is_none_or(|l| l.trim() != "Response");
        if !own {
            end = content.span.map_or(end, |s| s.start.saturating_sub(1)).max(at + 1);
        }
        own
    });
    let request = Request {
        method: method.0.to_owned(),
        method_span: place(method),
        url: if method.0 == "CONNECT" {
            target.0.to_owned()
        } else {
            http_text::target_url(target.0, fields.value("host"))
        },
        url_span: place(target),
        fields,
        content,
        mentioned,
        ..Request::default()
    };
    let part = if mentioned {
        Part::Scrap(Exchange { request: Some(request), response: None })
    } else {
        Part::Request(request)
    };
    Claim { span: Span::new(at, end), parts: vec![part], problems: Vec::new() }
}

/// True for an error body.
fn is_answer(content: &Content) -> bool {
    serde_json::from_str::<serde_json::Value>(&content.text)
        .is_ok_and(|v| v.as_object().is_some_and(|o| ["error", "detail", "errors"].iter().any(|n| o.contains_key(*n))))
}

fn response(source: &Source<'_>, at: usize, line: &str, status: u16, place: usize) -> Option<Claim> {
    let (fields, mut end) = head(source, at, line);
    let versioned = ["HTTP/", "<-- "].iter().any(|start| line.trim_start().starts_with(start));
    let content = body(source, &mut end, &fields);
    if !versioned
        && fields.is_empty()
        && content.is_none()
        && end == at + line.len()
        && source.text.trim() != line.trim()
        && !line.trim_start().starts_with("HTTP")
    {
        // A line of prose or of a dump: readers of those know better what is around it.
        return None;
    }
    let status_span = Some(Span::new(at + place, at + place + 3));
    let response = Response { status: Some(status), status_span, fields, content, from_proxy: false };
    let strict = versioned && !line.starts_with([' ', '\t']);
    // OkHttp says once more what was asked.
    let asked = line.trim_start().starts_with("<-- ").then(|| mention::target(line, at)).flatten();
    let part = if strict && asked.is_none() {
        Part::Response(response)
    } else {
        Part::Scrap(Exchange { request: asked, response: Some(response) })
    };
    Some(Claim { span: Span::new(at, end), parts: vec![part], problems: Vec::new() })
}

/// A header section without a start line: two fields that messages really have, or one before a body.
fn section(source: &Source<'_>, at: usize, line: &str) -> Option<Claim> {
    let (name, ..) = http_text::field_line(line.trim_start())?;
    if !http_text::is_field_name(name) && !name.starts_with(':') {
        return None;
    }
    let (mut fields, mut end) = message::fields(source, at);
    let known = fields.iter().filter(|f| http_text::is_field_name(&f.name) || f.name.starts_with(':')).count();
    let content = body(source, &mut end, &fields);
    if known * 2 < fields.0.len() || (known < 2 && content.is_none()) {
        return None;
    }
    let pseudo = |name: &str| fields.value(name).map(str::to_owned);
    let (method, path, authority, status) =
        (pseudo(":method"), pseudo(":path"), pseudo(":authority"), pseudo(":status"));
    fields.0.retain(|f| !f.name.starts_with(':'));
    let asks = method.is_some() || path.is_some() || http_text::of_request(&fields) || fetch_default(&fields);
    let part = if asks && status.is_none() {
        let url =
            path.map(|p| http_text::target_url(&p, authority.as_deref())).or(authority.map(|a| format!("https://{a}")));
        // The content below is an answer: it was no error that was sent.
        let (sent, answer) = match content {
            Some(content) if is_answer(&content) => (None, Some(content)),
            content => (content, None),
        };
        let whole = method.is_some() || fields.0.len() > 2;
        let request = Request {
            method: method.unwrap_or_default(),
            url: url.or_else(|| fields.value("host").map(|h| http_text::target_url("", Some(h)))).unwrap_or_default(),
            fields,
            content: sent,
            mentioned: !whole,
            ..Request::default()
        };
        let response = answer.map(|content| Response { content: Some(content), ..Response::default() });
        Exchange { request: Some(request), response }
    } else {
        let status = status.and_then(|s| s.parse().ok());
        Exchange { request: None, response: Some(Response { status, fields, content, ..Response::default() }) }
    };
    Some(Claim { span: Span::new(at, end), parts: vec![Part::Scrap(part)], problems: Vec::new() })
}

/// What `fetch()` sends for a string where no type is given; no API answers with it.
fn fetch_default(fields: &Fields) -> bool {
    fields.0.len() == 1
        && fields.value("content-type").is_some_and(|v| v.to_ascii_lowercase().starts_with("text/plain;charset=utf-8"))
}

/// The header section below the start line, and where it ends.
fn head(source: &Source<'_>, at: usize, line: &str) -> (Fields, usize) {
    let next = message::next_line(source, at);
    if next >= source.text.len() {
        return (Fields::default(), at + line.len());
    }
    let (fields, end) = message::fields(source, next);
    if fields.is_empty() { (fields, at + line.len()) } else { (fields, end) }
}

/// The content below the header section that ends at `end`, which moves on.
fn body(source: &Source<'_>, end: &mut usize, fields: &Fields) -> Option<Content> {
    let next = message::next_line(source, *end);
    let start = message::skip_blank(source, next);
    let length = fields.value("content-length").and_then(|v| v.trim().parse().ok());
    // Plain text is content only behind a blank line and where the fields say so.
    let length = length.or_else(|| (start > next && fields.get("content-type").is_some()).then_some(usize::MAX));
    let content = message::content(source, start, length)?;
    *end = content.span?.end;
    Some(content)
}

#[cfg(test)]
mod tests {
    use crate::intake::{Exchange, InputKind, read_text};

    fn one(text: &str) -> Exchange {
        let intake = read_text(text);
        assert_eq!((intake.kind, intake.exchanges.len()), (InputKind::Http, 1), "{:?}", intake.exchanges);
        intake.exchanges[0].clone()
    }

    #[test]
    fn a_request_and_its_response() {
        let text = "POST /v1/chat/completions HTTP/1.1\r\nHost: api.openai.com\r\nAuthorization: Bearer x\r\nContent-Type: application/json\r\n\r\n{\"model\":\"gpt-4o\"}\r\n\r\nHTTP/1.1 403 Forbidden\r\nServer: cloudflare\r\nContent-Type: application/json\r\n\r\n{\"error\":{}}\r\n";
        let exchange = one(text);
        let request = exchange.request.unwrap();
        assert_eq!(
            (request.method.as_str(), request.url.as_str()),
            ("POST", "https://api.openai.com/v1/chat/completions")
        );
        assert_eq!(request.fields.get("authorization").unwrap().span.unwrap().of(text), "Authorization: Bearer x");
        assert_eq!(request.content.unwrap().text, "{\"model\":\"gpt-4o\"}");
        let response = exchange.response.unwrap();
        assert_eq!((response.status, response.fields.value("server")), (Some(403), Some("cloudflare")));
        assert_eq!(response.content.unwrap().text, "{\"error\":{}}");
    }

    #[test]
    fn the_answer_below_a_request_without_content() {
        let exchange = one(
            "GET /v1/models?key=*** HTTP/1.1\nHost: gemini.example\n\n{\n  \"error\": {\n    \"code\": 403\n  }\n}\n",
        );
        assert_eq!(exchange.request.unwrap().content, None);
        assert_eq!(exchange.response.unwrap().status, Some(403));
    }

    #[test]
    fn as_people_paste_it() {
        let exchange = one(
            "POST https://chatgpt.com/backend-anon/f/conversation\nStatus: 403\ncf-mitigated: none\n{\"detail\":\"Unusual activity\"}",
        );
        assert_eq!(exchange.request.unwrap().url, "https://chatgpt.com/backend-anon/f/conversation");
        let response = exchange.response.unwrap();
        assert_eq!((response.status, response.fields.value("cf-mitigated")), (Some(403), Some("none")));
        assert_eq!(response.content.unwrap().text, "{\"detail\":\"Unusual activity\"}");
        let response = one("Status code: 403\nConnection: close\nContent-Type: text/html\n\n<html>\n<head>\n<title>Web Filter Violation</title>\n\n<p>x").response.unwrap();
        assert!(response.content.unwrap().text.ends_with("<p>x"));
    }

    #[test]
    fn http_2_pseudo_header_fields() {
        let exchange = one(
            ":authority: api.openai.com\n:method: POST\n:path: /v1/models\n:scheme: https\naccept: */*\nauthorization: Bearer x",
        );
        let request = exchange.request.unwrap();
        assert_eq!(
            (request.method.as_str(), request.url.as_str(), request.fields.0.len()),
            ("POST", "https://api.openai.com/v1/models", 2)
        );
    }

    #[test]
    fn header_sections_alone() {
        let response =
            one("date: Thu, 06 Jun 2024 16:02:05 GMT\nserver: cloudflare\ncf-ray: 88a1-HYD").response.unwrap();
        assert_eq!((response.status, response.fields.0.len()), (None, 3));
        let exchange = one(
            "content-type: text/plain;charset=UTF-8\n{ \"error\": { \"message\": \"you must provide a model parameter\" } }",
        );
        assert!(exchange.request.unwrap().fields.get("content-type").is_some());
        assert!(exchange.response.unwrap().content.is_some());
    }

    #[test]
    fn plain_content() {
        let response =
            one("HTTP/1.1 403 Forbidden\nContent-Type: text/plain\nContent-Length: 16\n\nerror code: 1010\n")
                .response
                .unwrap();
        assert_eq!(response.content.unwrap().text, "error code: 1010");
        assert_eq!(one("HTTP/1.1 403 Forbidden\nContent-Length: 0\n\nmore prose\n").response.unwrap().content, None);
    }

    #[test]
    fn hosts_that_speak_plain_http() {
        let url = |host: &str| one(&format!("GET /api HTTP/1.1\nHost: {host}\n")).request.unwrap().url;
        assert_eq!(url("localhost:11434"), "http://localhost:11434/api");
        assert_eq!(url("proxy.example:80"), "http://proxy.example:80/api");
        assert_eq!(url("api.openai.com"), "https://api.openai.com/api");
    }
}
