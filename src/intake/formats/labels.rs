//! What clients log of a call under labels, one a line: `- method: POST`, `- url: …`, `- headers: [A: b], [C: d]`, `- body: {…}`.

use crate::intake::format::{Claim, Format, Part, Source, native_only};
use crate::intake::message::{self, next_line};
use crate::intake::model::{Content, Exchange, Fields, Request, Response};
use crate::intake::{InputKind, http_text, mention, status};
use crate::span::Span;

pub(super) static FORMAT: Format = Format {
    id: "labels",
    kind: InputKind::Log,
    rank: 104,
    reads: "a call that a client logs under labels",
    // LangChain4j's LoggingHttpClient (HttpRequestLogger); Ktor's Logging plugin and Dio's LogInterceptor write the like.
    example: native_only(
        "- method: POST\n- url: https://api.openai.com/v1/chat/completions\n- headers: [User-Agent: langchain4j-openai], [A: b]\n- body: {\"model\": \"x\"}\nHTTP response:\n- status code: 403\n- headers: [cf-ray: 8-X]\n- body: {\"error\":{}}\n",
    ),
    claim,
};

/// What a label stands for.
#[derive(Clone, Copy, PartialEq)]
enum Label {
    Method,
    Url,
    Status,
    Headers,
    Body,
}

const LABELS: &[(&str, Label)] = &[
    ("method", Label::Method),
    ("url", Label::Url),
    ("uri", Label::Url),
    ("request", Label::Url),
    ("httpclient: request", Label::Url),
    ("from", Label::Url),
    ("status code", Label::Status),
    ("statuscode", Label::Status),
    ("response", Label::Status),
    ("httpclient: response", Label::Status),
    ("headers", Label::Headers),
    ("common headers", Label::Headers),
    ("content headers", Label::Headers),
    ("body", Label::Body),
];

/// The label of the line at `at` with its value and the value's place.
fn label<'a>(source: &Source<'a>, at: usize) -> Option<(Label, &'a str, usize)> {
    let line = source.line_at(at);
    let text = line.trim_start().trim_start_matches("- ");
    let name = text.split([':', '\r']).next()?;
    let (name, colon) = match text.strip_prefix("HttpClient: ") {
        Some(rest) => (text.get(.."HttpClient: ".len() + rest.find(':')?)?, true),
        None => (name, text.get(name.len()..).is_some_and(|r| r.starts_with(':'))),
    };
    let (_, label) = LABELS.iter().find(|(known, _)| name.trim_end().eq_ignore_ascii_case(known))?;
    let rest = text.get(name.len() + usize::from(colon)..)?;
    // Ktor writes `COMMON HEADERS` alone on its line.
    (colon || *label == Label::Headers && name.contains(' '))
        .then(|| (*label, rest.trim(), at + line.len() - rest.trim_start().len()))
}

fn claim(source: &Source<'_>, at: usize) -> Option<Claim> {
    let (first, value, _) = label(source, at)?;
    let asks = |label, value: &str| match label {
        Label::Method => method(value).is_some(),
        Label::Url => value.contains("://"),
        _ => false,
    };
    // Two labels at least: one alone is a sentence.
    let (second, other, _) = label(source, next_line(source, at))?;
    let answers = first == Label::Status && status_of(value).is_some();
    if first == second || !(asks(first, value) && asks(second, other) || answers) {
        return None;
    }
    let (mut request, mut response, mut end, mut next) = (Request::default(), Response::default(), at, at);
    while next < source.text.len() {
        let Some((label, value, place)) = label(source, next) else {
            // `HTTP response:` stands between the two.
            let below = next_line(source, next);
            let line = source.line_at(next).trim();
            let heading = (line.ends_with("response:") || line.starts_with("*** ")) && response.status.is_none();
            if !heading || below <= next {
                break;
            }
            next = below;
            continue;
        };
        let span = Some(Span::new(place, place + value.len()));
        end = next + source.line_at(next).len();
        let answered = response.status.is_some();
        match label {
            Label::Method if !answered => {
                let Some(method) = method(value) else { break };
                (request.method, request.method_span) = (method.to_owned(), span);
            }
            Label::Url if request.url.is_empty() || value == request.url => {
                let url = mention::url_at(value, 0);
                (request.url, request.url_span) = (url.to_owned(), Some(Span::new(place, place + url.len())));
            }
            Label::Status if !answered => {
                let Some(code) = status_of(value) else { break };
                (response.status, response.status_span) = (Some(code), Some(Span::new(place, place + 3)));
            }
            Label::Headers => {
                let fields = if answered { &mut response.fields } else { &mut request.fields };
                end = end.max(read_fields(source, value, place, next, fields));
            }
            Label::Body => {
                let content = content(source, place);
                end = content.as_ref().and_then(|c| c.span).map_or(end, |s| end.max(s.end));
                *(if answered { &mut response.content } else { &mut request.content }) = content;
            }
            Label::Method => {}
            Label::Url | Label::Status => break,
        }
        next = next_line(source, end);
    }
    request.mentioned = request.fields.is_empty();
    let request = Some(request).filter(|r| !r.url.is_empty() || !r.method.is_empty());
    let response = Some(response).filter(|r| r.status.is_some());
    let parts = vec![Part::Scrap(Exchange { request, response })];
    Some(Claim { span: Span::new(at, end), parts, problems: Vec::new() })
}

/// `POST`, and Ktor's `HttpMethod(value=POST)`.
fn method(value: &str) -> Option<&str> {
    let bare = value.strip_prefix("HttpMethod(value=").map_or(value, |v| v.trim_end_matches(')'));
    Some(bare).filter(|m| http_text::is_method(m))
}

fn status_of(value: &str) -> Option<u16> {
    status::find(&["status ", value.get(..value.len().min(40)).unwrap_or(value)].concat()).map(|named| named.code)
}

/// Fields in brackets on the label's own line (`[A: b], [C: d]`), or one on each line below it; where they end.
fn read_fields(source: &Source<'_>, value: &str, place: usize, at: usize, fields: &mut Fields) -> usize {
    let mut from = 0;
    while let Some(open) = value.get(from..).and_then(|rest| rest.find('[')).map(|open| from + open + 1) {
        let Some(length) = value.get(open..).and_then(|rest| rest.find(']')) else { break };
        let inner = value.get(open..open + length).unwrap_or_default();
        if let Some((name, text, _)) = http_text::field_line(inner) {
            fields.push(name, text, Some(Span::new(place + open, place + open + length)));
        }
        from = open + length;
    }
    let mut end = place + value.len();
    let mut next = next_line(source, at);
    let indent = |line: &str| line.len() - line.trim_start().len();
    let own = indent(source.line_at(at));
    while value.is_empty() && next < source.text.len() {
        let line = source.line_at(next);
        let text = line.trim_start().trim_start_matches("-> ");
        let below = indent(line) > own || line.trim_start().starts_with("-> ");
        let Some((name, said, _)) = http_text::field_line(text).filter(|_| below) else { break };
        fields.push(name, said, Some(Span::new(next + line.len() - text.len(), next + line.len())));
        end = next + line.len();
        next = next_line(source, next);
    }
    end
}

fn content(source: &Source<'_>, at: usize) -> Option<Content> {
    let rest = source.line_at(at);
    (!rest.is_empty() && rest != "null").then(|| message::content(source, at, Some(rest.len()))).flatten()
}

#[cfg(test)]
mod tests {
    use super::FORMAT;
    use crate::intake::read_text;

    #[test]
    fn langchain4j() {
        let exchange = read_text(FORMAT.example).exchanges.remove(0);
        let (request, response) = (exchange.request.unwrap(), exchange.response.unwrap());
        assert_eq!((request.method.as_str(), request.fields.value("a")), ("POST", Some("b")));
        assert_eq!(request.content.unwrap().text, "{\"model\": \"x\"}");
        assert_eq!((response.status, response.fields.value("cf-ray")), (Some(403), Some("8-X")));
        assert_eq!(response.content.unwrap().text, "{\"error\":{}}");
    }

    #[test]
    fn ktor_and_dio() {
        for text in [
            "HttpClient: REQUEST: https://x/v1\nMETHOD: HttpMethod(value=POST)\nCOMMON HEADERS\n-> Accept: a\n-> OpenAI-Beta: b\nCONTENT HEADERS\n-> Content-Length: 1\nHttpClient: RESPONSE: 401 Unauthorized\nMETHOD: HttpMethod(value=POST)\nFROM: https://x/v1\nCOMMON HEADERS\n-> cf-ray: 8-X\n",
            "uri: https://x/v1\nmethod: POST\nheaders:\n Accept: a\n OpenAI-Beta: b\n*** DioException ***:\nuri: https://x/v1\nstatusCode: 401\nheaders:\n cf-ray: 8-X\n",
        ] {
            let exchange = read_text(text).exchanges.remove(0);
            let (request, response) = (exchange.request.unwrap(), exchange.response.unwrap());
            assert_eq!((request.method.as_str(), request.url.as_str()), ("POST", "https://x/v1"), "{text}");
            assert_eq!(request.fields.value("openai-beta"), Some("b"), "{text}");
            assert_eq!((response.status, response.fields.value("cf-ray")), (Some(401), Some("8-X")), "{text}");
        }
    }

    #[test]
    fn sentences_are_none() {
        for text in ["url: https://x/v1\nand more", "Request: https://x\nResponse: nothing", "body: {\nheaders: x"] {
            let claim = (FORMAT.claim)(&crate::intake::format::Source::new(text), 0);
            assert!(claim.is_none(), "{text}");
        }
    }
}
