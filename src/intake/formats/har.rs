//! HTTP Archive 1.2: each entry is an exchange.

use crate::intake::format::{Claim, Format, Part, Source, native_only};
use crate::intake::{Content, Exchange, Fields, InputKind, Problem, Request, Response};
use crate::span::Span;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::IgnoredAny;
use serde_json::{Deserializer, Value};

pub(super) static FORMAT: Format = Format {
    id: "har",
    kind: InputKind::Har,
    rank: 20,
    reads: "an HTTP Archive (HAR) 1.2",
    example: native_only(
        "{\"log\":{\"entries\":[{\"request\":{\"method\":\"GET\",\"url\":\"https://x/\",\"headers\":[]},\"response\":{\"status\":403,\"content\":{\"text\":\"e30=\",\"encoding\":\"base64\"}}}]}}\n",
    ),
    claim,
};

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
    let (parts, end) = entries(start);
    let mut whole = Deserializer::from_str(start).into_iter::<IgnoredAny>();
    if matches!(whole.next(), Some(Ok(_))) {
        return Some(Claim { span: Span::new(at, begin + whole.byte_offset()), parts, problems: Vec::new() });
    }
    let message = match parts.len() {
        0 => "the archive cannot be read: its JSON is damaged or ends early".to_owned(),
        n => format!("the archive is damaged or ends early, and what is whole of it was read (entries: {n})"),
    };
    let problems = vec![Problem { message, span: Span::new(begin + end, begin + end) }];
    Some(Claim { span: Span::new(at, source.text.len()), parts, problems })
}

/// The entries as far as they are whole, and where they end. One is read at a time, so that of a large archive no more is held
/// than what matters.
fn entries(text: &str) -> (Vec<Part>, usize) {
    let (mut parts, mut end) = (Vec::new(), 0);
    let list = text.split_once("\"entries\"").and_then(|(_, rest)| rest.split_once('['));
    let mut rest = list.map(|(_, rest)| rest).unwrap_or_default();
    loop {
        rest = rest.trim_start_matches(|c: char| c == ',' || c.is_ascii_whitespace());
        let mut reader = Deserializer::from_str(rest).into_iter::<Value>();
        let Some(Ok(entry @ Value::Object(_))) = reader.next() else { return (parts, end) };
        rest = rest.get(reader.byte_offset()..).unwrap_or_default();
        end = text.len() - rest.len();
        parts.push(Part::Exchange(exchange(&entry)));
    }
}

/// An entry as an exchange, by HAR's own names. Programs that write archives leave members out, or write null or a number for a
/// string: what is there counts.
fn exchange(entry: &Value) -> Exchange {
    let part = |name| entry.get(name).filter(|part| part.is_object());
    let request = part("request").map(|request| Request {
        sent: entry.get("startedDateTime").and_then(text),
        method: member(request, "method"),
        url: member(request, "url"),
        fields: fields(request),
        content: request.get("postData").and_then(posted).map(|text| Content { text, span: None }),
        ..Request::default()
    });
    // A status of 0 stands for no answer (blocked, cancelled, no connection).
    let status =
        |response: &Value| member(response, "status").split('.').next()?.parse::<u16>().ok().filter(|s| *s > 0);
    let response = part("response").filter(|r| status(r).is_some()).map(|response| Response {
        status: status(response),
        fields: fields(response),
        content: response.get("content").and_then(decoded).map(|text| Content { text, span: None }),
        ..Response::default()
    });
    Exchange { request, response }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The text of a member; empty where there is none.
fn member(object: &Value, name: &str) -> String {
    object.get(name).and_then(text).unwrap_or_default()
}

fn list<'a>(object: &'a Value, name: &str) -> &'a [Value] {
    object.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// Field lines without HTTP/2's pseudo-header fields, which the method and the URL say already.
fn fields(message: &Value) -> Fields {
    let mut fields = Fields::default();
    for header in list(message, "headers") {
        let name = member(header, "name");
        if !name.starts_with(':') {
            fields.push(name, member(header, "value"), None);
        }
    }
    fields
}

fn posted(data: &Value) -> Option<String> {
    let form = || {
        let params = list(data, "params").iter();
        let pairs: Vec<String> = params.map(|p| [member(p, "name"), member(p, "value")].join("=")).collect();
        (!pairs.is_empty()).then(|| pairs.join("&"))
    };
    Some(member(data, "text")).filter(|text| !text.is_empty()).or_else(form)
}

/// The content as text; bytes that are none are left out.
fn decoded(content: &Value) -> Option<String> {
    let text = Some(member(content, "text")).filter(|text| !text.is_empty())?;
    match content.get("encoding").and_then(Value::as_str) {
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
    fn what_other_programs_write_is_read() {
        let text = r#"{"log":{"pages":null,"entries":[
            {"request":{"method":"POST","url":"https://a.example/","headers":null,"postData":null},
             "response":{"status":"403","headers":[{"name":"cf-ray","value":null},{"name":"x","value":5}],"content":null}},
            {"request":null,"response":{"status":429.0}}],"comment":{"x":{}}}}"#;
        let intake = read_text(text);
        let answers: Vec<_> = intake.exchanges.iter().map(|e| e.response.clone().unwrap()).collect();
        assert_eq!(answers.iter().map(|r| r.status).collect::<Vec<_>>(), [Some(403), Some(429)]);
        assert_eq!(answers[0].fields.value("x"), Some("5"));
        assert!(intake.problems.is_empty(), "{:?}", intake.problems);
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
