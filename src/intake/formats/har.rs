//! HTTP Archive 1.2: each entry is an exchange.

use crate::intake::format::{Claim, Format, Part, Source};
use crate::intake::{Content, Exchange, Fields, InputKind, Problem, Request, Response};
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
#[serde(rename_all = "camelCase")]
struct Entry {
    started_date_time: Option<String>,
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
    // Only an archive has entries.
    memchr::memmem::find(start.as_bytes(), b"\"entries\"")?;
    let begin = at + text.len() - start.len();
    let mut reader = serde_json::Deserializer::from_str(start).into_iter::<Archive>();
    if let Some(Ok(archive)) = reader.next() {
        let parts = archive.log.entries.into_iter().map(|entry| Part::Exchange(exchange(entry))).collect();
        return Some(Claim { span: Span::new(at, begin + reader.byte_offset()), parts, problems: Vec::new() });
    }
    Some(damaged(start, begin, Span::new(at, source.text.len())))
}

/// Reads an archive that is cut off or damaged, entry by entry, as far as its entries are whole.
fn damaged(text: &str, begin: usize, span: Span) -> Claim {
    let (mut parts, mut end) = (Vec::new(), 0);
    let mut at = text.find("\"entries\"").and_then(|e| Some(e + text.get(e..)?.find('[')? + 1));
    while let Some(start) = at.and_then(|a| Some(a + text.get(a..)?.find('{')?)) {
        let mut entries =
            serde_json::Deserializer::from_str(text.get(start..).unwrap_or_default()).into_iter::<Entry>();
        let Some(Ok(entry)) = entries.next() else { break };
        parts.push(Part::Exchange(exchange(entry)));
        end = start + entries.byte_offset();
        at = Some(end);
    }
    let message = match parts.len() {
        0 => "the archive cannot be read: its JSON is damaged or ends early".to_owned(),
        n => format!("the archive is damaged or ends early, and what is whole of it was read (entries: {n})"),
    };
    Claim { span, parts, problems: vec![Problem { message, span: Span::new(begin + end, begin + end) }] }
}

fn exchange(entry: Entry) -> Exchange {
    let sent = entry.started_date_time;
    let request = entry.request.map(|request| Request {
        sent,
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
    #[test]
    fn a_secret_hidden_by_base64_is_taken_out() {
        let text = r#"{"log":{"version":"1.2","entries":[{"request":{"method":"GET","url":"https://a.example/","headers":[]},"response":{"status":403,"headers":[],"content":{"mimeType":"text/plain","encoding":"base64","text":"a2V5IHNrLXByb2otQWJDZEVmR2gxMjM0NTY3OElqS2xNbk9w"}}}]}}"#;
        let report = crate::inspect(crate::redact::Raw::new(text.to_owned()), &Default::default(), &[]);
        let body = report.exchanges[0].response.as_ref().and_then(|r| r.body.clone()).unwrap();
        assert!(body.contains("{{redacted:") && !body.contains("AbCdEfGh"), "{body}");
        // In the text it is gone too: what stands there in base64 is the redacted body.
        let shown = report.redacted.unwrap();
        assert!(!shown.contains("a2V5IHNrLXByb2otQWJD") && shown.contains("a2V5IHt7cmVkYWN0ZWQ6"), "{shown}");
    }

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

    #[test]
    fn a_cut_archive_gives_its_whole_entries() {
        let cut = HAR.find("https://x.example").unwrap();
        let intake = read_text(HAR.get(..cut).unwrap());
        assert_eq!((intake.kind, intake.exchanges.len()), (InputKind::Har, 1));
        assert_eq!(
            intake.problems[0].message,
            "the archive is damaged or ends early, and what is whole of it was read (entries: 1)"
        );
        assert_ne!(read_text("{\"log\": {\"message\": \"x\"}}").kind, InputKind::Har);
    }
}
