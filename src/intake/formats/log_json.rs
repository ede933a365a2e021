//! JSON Lines as loggers write them: one record a line, with a time and a level.

use super::json_body;
use crate::intake::InputKind;
use crate::intake::format::{Claim, Format, Part, Source, native_only};

pub(super) static FORMAT: Format = Format {
    id: "log-json",
    kind: InputKind::Log,
    rank: 115,
    reads: "a log record as one line of JSON",
    example: native_only(
        "{\"time\":\"2025-01-01T00:00:00Z\",\"level\":\"error\",\"status\":403,\"url\":\"https://api.openai.com/v1/models\",\"error\":\"{\\\"error\\\":{\\\"code\\\":\\\"x\\\"}}\"}\n",
    ),
    claim,
};

/// Names of a record's time, and of its level.
const TIMES: &[&str] = &["\"time\":", "\"timestamp\":", "\"ts\":", "\"@timestamp\":", "\"asctime\":", "\"datetime\":"];
const LEVELS: &[&str] = &["\"level\":", "\"severity\":", "\"levelname\":", "\"lvl\":", "\"log.level\":"];

fn claim(source: &Source<'_>, at: usize) -> Option<Claim> {
    let line = source.line_at(at).trim();
    if !line.starts_with('{') || !line.ends_with('}') {
        return None;
    }
    let plain: String = line.chars().filter(|c| *c != ' ').collect();
    let has = |names: &[&str]| names.iter().any(|name| plain.contains(name));
    if !has(TIMES) || !has(LEVELS) {
        return None;
    }
    let mut claim = json_body::claim(source, at)?;
    for part in &mut claim.parts {
        if let Part::Scrap(exchange) = part
            && let Some(response) = &mut exchange.response
            && response.content.as_ref().is_some_and(|content| content.text == line)
            && (response.status.is_some_and(|status| status < 400) || !plain.contains("\"error\":{"))
        {
            // The record itself is no body, but for an error that was written into one.
            response.content = None;
        }
    }
    Some(claim)
}

#[cfg(test)]
mod tests {
    use crate::intake::{InputKind, read_text};

    #[test]
    fn records() {
        let text = r#"{"time":"2025-01-01T00:00:00Z","level":"error","status":403,"url":"https://api.openai.com/v1/models","error":"{\"error\":{\"code\":\"x\"}}"}
{"time":"2025-01-01T00:00:01Z","level":"info","msg":"ok","status":200}
"#;
        let intake = read_text(text);
        assert_eq!((intake.kind, intake.exchanges.len()), (InputKind::Log, 2));
        let first = intake.exchanges[0].clone();
        assert_eq!(first.request.unwrap().url, "https://api.openai.com/v1/models");
        let response = first.response.unwrap();
        assert_eq!(
            (response.status, response.content.unwrap().text.as_str()),
            (Some(403), r#"{"error":{"code":"x"}}"#)
        );
        assert_eq!(intake.exchanges[1].response.clone().unwrap().content, None);
        let bare = r#"{"time":"2025-01-01T00:00:00Z","level":"error","status":403,"url":"https://api.openai.com/v1/models","msg":"failed"}"#;
        let response = read_text(bare).exchanges[0].response.clone().unwrap();
        assert_eq!((response.status, response.content), (Some(403), None));
    }
}
