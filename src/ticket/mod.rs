//! A support request from a report: what a provider's support asks for, as Markdown or plain text, in English, which support
//! reads. Nothing in it is raw: it is made of the report, in which secrets are redacted.
//!
//! What OpenAI asks for: the request id above all (<https://developers.openai.com/api/reference/overview>, "Debugging
//! requests"); what Cloudflare asks for: the ray id and the time.

use crate::report::{Exchange, Request, Response};
use serde::Deserialize;

/// What a ticket takes from a report.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Source {
    /// The requests and responses.
    #[serde(default)]
    pub exchanges: Vec<Exchange>,
    /// Which of them the diagnosis is about.
    #[serde(default)]
    pub subject: Option<usize>,
    /// Who answered.
    #[serde(default)]
    pub responder: Titled,
    /// Causes, most likely first.
    #[serde(default)]
    pub causes: Vec<Cause>,
    /// A minimal command that reproduces the refusal.
    #[serde(default)]
    pub reproduce: Option<String>,
    /// The redacted text.
    #[serde(default)]
    pub redacted: Option<String>,
}

/// Something with a title.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Titled {
    /// In words.
    pub title: String,
}

/// A cause as far as a ticket needs it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Cause {
    /// In words.
    pub title: String,
    /// What to tell support.
    #[serde(default)]
    pub support: String,
}

/// A ticket. Every field may be changed by hand; empty ones are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ticket {
    /// The fields in a line each, in the order of [`FIELDS`].
    pub fields: [String; FIELDS.len()],
    /// The request as sent, redacted.
    pub request: String,
    /// The response, redacted.
    pub response: String,
    /// A minimal command.
    pub reproduce: String,
    /// What was tried, a line each.
    pub tried: Vec<String>,
    /// What is asked for, or anything else.
    pub notes: String,
}

/// The names of the fields.
pub const FIELDS: [&str; 9] =
    ["Endpoint", "Model", "Status", "Error", "Request id", "Ray id", "Time", "Who answered", "Suspected cause"];

/// The place of the time among [`FIELDS`], which the caller's clock may fill.
pub const TIME: usize = 6;

/// Longest content that is repeated, in bytes.
const LONGEST: usize = 4_000;

/// Header fields in which servers number their answers.
const REQUEST_IDS: [&str; 7] = [
    "x-request-id",
    "x-oai-request-id",
    "apim-request-id",
    "x-ms-request-id",
    "request-id",
    "x-goog-request-id",
    "x-amzn-requestid",
];

impl Ticket {
    /// Fills in what the report says.
    pub fn from_report(source: &Source) -> Self {
        let exchange = source.subject.and_then(|n| source.exchanges.get(n)).or(source.exchanges.last());
        let request = exchange.and_then(|e| e.request.as_ref());
        let response = exchange.and_then(|e| e.response.as_ref());
        let header = |name: &str| response.and_then(|r| value(&r.headers, name)).unwrap_or_default();
        let sent = request.and_then(|r| r.body.as_deref()).and_then(json);
        let answer = response.and_then(|r| r.body.as_deref()).and_then(json);
        let model = [&sent, &answer].into_iter().flatten().find_map(|v| v.get("model")?.as_str());
        let ids: Vec<&str> = REQUEST_IDS.iter().map(|name| header(name)).filter(|v| !v.is_empty()).collect();
        let endpoint = request.map(|r| [r.method.as_str(), " ", &r.url].concat().trim().to_owned());
        let status = response.and_then(|r| r.status).map(|s| s.to_string());
        let cause = source.causes.first();
        let error = answer.as_ref().map(error).filter(|e| !e.is_empty());
        // Without JSON the answer's own first line has to do.
        let plain = || response.and_then(|r| r.body.as_deref()).map(|b| cut(b.lines().next().unwrap_or_default(), 300));
        let text = |value: Option<String>| value.unwrap_or_default();
        Self {
            fields: [
                text(endpoint),
                text(model.map(str::to_owned)),
                text(status),
                text(error.or_else(plain)),
                ids.join(", "),
                header("cf-ray").to_owned(),
                header("date").to_owned(),
                source.responder.title.clone(),
                text(cause.map(|c| c.title.clone())),
            ],
            request: text(request.map(written_request)),
            response: text(response.map(written_response)),
            reproduce: text(source.reproduce.clone()),
            tried: Vec::new(),
            notes: text(cause.map(|c| c.support.clone())),
        }
    }

    /// As Markdown.
    pub fn markdown(&self) -> String {
        let mut out = String::from("## Call refused\n\n");
        for (name, value) in self.filled() {
            out.extend(["- **", name, ":** ", value, "\n"]);
        }
        self.each_part(|title, text, code| {
            // A fence longer than any in the text, so that nothing ends it early.
            let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
            match code {
                true => out.extend(["\n### ", title, "\n\n", &fence, "\n", text, "\n", &fence, "\n"]),
                false => out.extend(["\n### ", title, "\n\n", text, "\n"]),
            }
        });
        out
    }

    /// As plain text.
    pub fn plain(&self) -> String {
        let mut out = String::from("CALL REFUSED\n\n");
        for (name, value) in self.filled() {
            out.extend([name, ": ", value, "\n"]);
        }
        self.each_part(|title, text, _| out.extend(["\n", &title.to_uppercase(), "\n\n", text, "\n"]));
        out
    }

    fn filled(&self) -> impl Iterator<Item = (&'static str, &str)> {
        FIELDS.into_iter().zip(self.fields.iter().map(|v| v.trim())).filter(|(_, value)| !value.is_empty())
    }

    /// The longer parts that are not empty: title, text, and whether the text is code.
    fn each_part(&self, mut each: impl FnMut(&str, &str, bool)) {
        let tried: String = self.tried.iter().map(|t| ["- ", t.trim(), "\n"].concat()).collect();
        for (title, text, code) in [
            ("Request (secrets removed)", self.request.as_str(), true),
            ("Response (secrets removed)", &self.response, true),
            ("To reproduce", &self.reproduce, true),
            ("Tried so far", &tried, false),
            ("Notes", &self.notes, false),
        ] {
            let text = text.trim();
            if !text.is_empty() {
                each(title, text, code);
            }
        }
    }
}

fn value<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
}

fn json(text: &str) -> Option<serde_json::Value> {
    serde_json::from_str(text).ok()
}

/// Message, type, code and parameter of an error in the forms that OpenAI and those who speak its protocol use.
fn error(answer: &serde_json::Value) -> String {
    let inner = answer.get("error").unwrap_or(answer);
    let member = |name: &str| inner.get(name).or_else(|| answer.get(name)).and_then(|v| v.as_str());
    let mut parts: Vec<String> = Vec::new();
    parts.extend(inner.as_str().or_else(|| member("message")).or_else(|| member("detail")).map(str::to_owned));
    for name in ["type", "code", "param"] {
        parts.extend(member(name).map(|v| [name, "=", v].concat()));
    }
    parts.join("; ")
}

fn written_request(request: &Request) -> String {
    written([request.method.as_str(), " ", &request.url].concat().trim(), &request.headers, request.body.as_deref())
}

fn written_response(response: &Response) -> String {
    let first = response.status.map(|s| ["HTTP ", &s.to_string()].concat()).unwrap_or_default();
    written(&first, &response.headers, response.body.as_deref())
}

fn written(first: &str, headers: &[(String, String)], body: Option<&str>) -> String {
    let mut out = String::from(first);
    for (name, value) in headers {
        out.extend(["\n", name, ": ", value]);
    }
    if let Some(body) = body.filter(|b| !b.is_empty()) {
        out.extend(["\n\n", &cut(body, LONGEST)]);
    }
    out
}

/// The text, cut at so many bytes.
fn cut(text: &str, longest: usize) -> String {
    let end = text.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= longest).last();
    match text.get(..end.unwrap_or_default()) {
        Some(start) if start.len() < text.len() => [start, "…"].concat(),
        _ => text.to_owned(),
    }
}

/// The longest run of `mark` in a text.
fn longest_run(text: &str, mark: char) -> usize {
    text.split(|c| c != mark).map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::{Raw, RedactOptions};

    const KEY: &str = "sk-proj-q7Vt2mXz9LwKc4RbN8yJf1HsDg6PaEu3TiOo5Wv";

    fn ticket(text: &str) -> Ticket {
        let report = crate::inspect(Raw::new(text.to_owned()), &RedactOptions::default(), &[]);
        // As the page hands it over.
        let source: Source = serde_json::from_value(serde_json::to_value(&report).unwrap()).unwrap();
        Ticket::from_report(&source)
    }

    fn sample() -> String {
        [
            "curl https://api.openai.com/v1/chat/completions -H 'Authorization: Bearer ",
            KEY,
            "' -H 'Content-Type: application/json' -d '{\"model\":\"gpt-4o\"}'\n\nHTTP/2 403\ndate: Thu, 13 Nov 2025 09:15:02 GMT\nx-request-id: req_0f5f3c5b8a1e4d7c9b2a6e4d1c3b5a79\ncf-ray: 98dfe1a2bc3d4e5f-FRA\n\n{\"error\":{\"message\":\"Project `proj_a` does not have access to model `gpt-4o`\",\"type\":\"invalid_request_error\",\"code\":\"model_not_found\",\"param\":null}}\n",
        ]
        .concat()
    }

    #[test]
    fn what_support_asks_for_is_there_and_no_secret() {
        let ticket = ticket(&sample());
        let [endpoint, model, status, error, id, ray, time, ..] = &ticket.fields;
        assert_eq!(endpoint, "POST https://api.openai.com/v1/chat/completions");
        assert_eq!((model.as_str(), status.as_str()), ("gpt-4o", "403"));
        assert!(error.contains("does not have access") && error.contains("code=model_not_found"), "{error}");
        assert_eq!(id, "req_0f5f3c5b8a1e4d7c9b2a6e4d1c3b5a79");
        assert_eq!((ray.as_str(), time.as_str()), ("98dfe1a2bc3d4e5f-FRA", "Thu, 13 Nov 2025 09:15:02 GMT"));
        for text in [ticket.markdown(), ticket.plain()] {
            assert!(!text.contains(KEY) && text.contains("{{redacted:openai-project-key"), "{text}");
            assert!(text.contains("gpt-4o") && !text.contains("Reproduce"));
        }
    }

    #[test]
    fn empty_parts_are_left_out_and_fences_hold() {
        assert_eq!(Ticket::default().plain().trim(), "CALL REFUSED");
        let ticket = Ticket {
            request: "a\n````\nb".into(),
            tried: vec!["another key".into(), "another network".into()],
            ..Ticket::default()
        };
        let markdown = ticket.markdown();
        assert!(markdown.contains("`````\na\n````\nb\n`````\n"), "{markdown}");
        assert!(markdown.contains("- another key\n- another network"));
        assert!(!markdown.contains("Model"));
    }

    #[test]
    fn poor_reports_give_poor_tickets() {
        assert!(Ticket::from_report(&Source::default()).fields.iter().all(String::is_empty));
        let page = ticket("HTTP/1.1 403 Forbidden\ncontent-type: text/html\n\n<html>blocked</html>");
        assert_eq!((page.fields[2].as_str(), page.fields[3].as_str()), ("403", "<html>blocked</html>"));
        let none: Source = serde_json::from_str("{}").unwrap();
        assert_eq!(none, Source::default());
        assert_eq!(cut("äöü", 3), "ä…");
    }
}
