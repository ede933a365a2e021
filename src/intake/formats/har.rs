//! HTTP Archive 1.2: each entry is an exchange.

use crate::intake::format::{Claim, Format, Part, Source};
use crate::intake::{Content, Exchange, Fields, InputKind, Request, Response};
use crate::span::Span;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

pub(super) static FORMAT: Format =
    Format { id: "har", kind: InputKind::Har, rank: 20, reads: "an HTTP Archive (HAR) 1.2", claim };

// The members of HAR 1.2 that matter here, under HAR's own names.
#[derive(Deserialize)]
struct Archive {
    log: Log,
}

#[derive(Deserialize)]
struct Log {
    #[serde(default)]
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    request: Option<HarRequest>,
    response: Option<HarResponse>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct HarRequest {
    #[serde(default)]
    method: String,
    #[serde(default)]
    url: String,
    #[serde(default)]
    headers: Vec<NameValue>,
    post_data: Option<PostData>,
}

#[derive(Deserialize)]
struct HarResponse {
    #[serde(default)]
    status: i64,
    #[serde(default)]
    headers: Vec<NameValue>,
    content: Option<HarContent>,
}

#[derive(Deserialize)]
struct NameValue {
    #[serde(default)]
    name: String,
    #[serde(default)]
    value: String,
}

#[derive(Deserialize)]
struct PostData {
    text: Option<String>,
    #[serde(default)]
    params: Vec<NameValue>,
}

#[derive(Deserialize)]
struct HarContent {
    text: Option<String>,
    encoding: Option<String>,
}

fn claim(source: &Source<'_>, at: usize) -> Option<Claim> {
    if !source.line_at(at).trim_start().starts_with('{') {
        return None;
    }
    let text = source.rest(at);
    let start = text.trim_start();
    // Cheap to refuse: an archive is one object whose first member is `log`, at the very start.
    let inner = start.strip_prefix('{')?.trim_start();
    if !inner.starts_with("\"log\"") || !source.text.get(..at)?.bytes().all(|b| b.is_ascii_whitespace()) {
        return None;
    }
    let mut reader = serde_json::Deserializer::from_str(start).into_iter::<Archive>();
    let archive = reader.next()?.ok()?;
    let end = at + text.len() - start.len() + reader.byte_offset();
    let parts = archive.log.entries.into_iter().map(|entry| Part::Exchange(exchange(entry))).collect();
    Some(Claim { span: Span::new(at, end), parts, problems: Vec::new() })
}

fn exchange(entry: Entry) -> Exchange {
    let request = entry.request.map(|request| Request {
        method: request.method,
        url: request.url,
        fields: fields(request.headers),
        content: request.post_data.and_then(posted).map(|text| Content { text, span: None }),
        ..Request::default()
    });
    // A status of 0 stands for no answer (blocked, cancelled, no connection).
    let response = entry.response.filter(|r| r.status > 0).map(|response| Response {
        status: u16::try_from(response.status).ok(),
        fields: fields(response.headers),
        content: response.content.and_then(decoded).map(|text| Content { text, span: None }),
        ..Response::default()
    });
    Exchange { request, response }
}

/// Field lines without HTTP/2's pseudo-header fields, which the method and the URL say already.
fn fields(headers: Vec<NameValue>) -> Fields {
    let mut fields = Fields::default();
    for header in headers.into_iter().filter(|h| !h.name.starts_with(':')) {
        fields.push(header.name, header.value, None);
    }
    fields
}

fn posted(data: PostData) -> Option<String> {
    let form = || {
        let pairs: Vec<String> = data.params.iter().map(|p| format!("{}={}", p.name, p.value)).collect();
        (!pairs.is_empty()).then(|| pairs.join("&"))
    };
    data.text.clone().filter(|t| !t.is_empty()).or_else(form)
}

/// The content as text; bytes that are none are left out.
fn decoded(content: HarContent) -> Option<String> {
    let text = content.text.filter(|t| !t.is_empty())?;
    match content.encoding.as_deref() {
        Some("base64") => STANDARD.decode(text.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok()),
        _ => Some(text),
    }
}

#[cfg(test)]
mod tests {
    use crate::intake::{InputKind, read_text};

    const HAR: &str = r#"{"log":{"version":"1.2","creator":{"name":"WebInspector","version":"537.36"},"entries":[
        {"startedDateTime":"2025-01-01T00:00:00.000Z","time":1,"request":{"method":"POST","url":"https://api.openai.com/v1/chat/completions",
          "httpVersion":"http/2.0","headers":[{"name":":authority","value":"api.openai.com"},{"name":"authorization","value":"Bearer x"}],
          "postData":{"mimeType":"application/json","text":"{\"model\":\"gpt-4o\"}"}},
         "response":{"status":403,"headers":[{"name":"cf-ray","value":"88a1-HYD"}],
          "content":{"size":12,"mimeType":"application/json","text":"eyJlcnJvciI6e319","encoding":"base64"}}},
        {"request":{"method":"GET","url":"https://x.example/"},"response":{"status":0,"content":{}}}]}}"#;

    #[test]
    fn entries_are_exchanges() {
        let intake = read_text(HAR);
        assert_eq!((intake.kind, intake.exchanges.len()), (InputKind::Har, 2));
        let request = intake.exchanges[0].request.clone().unwrap();
        assert_eq!((request.method.as_str(), request.fields.0.len()), ("POST", 1));
        assert_eq!(request.content.unwrap().text, "{\"model\":\"gpt-4o\"}");
        let response = intake.exchanges[0].response.clone().unwrap();
        assert_eq!((response.status, response.content.unwrap().text.as_str()), (Some(403), "{\"error\":{}}"));
        assert_eq!(intake.exchanges[1].response, None);
    }
}
