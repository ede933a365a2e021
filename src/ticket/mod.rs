//! A support request from a report: what a provider's support asks for, as Markdown or plain text, in English, which support
//! reads. Nothing in it is raw: it is made of the report, in which secrets are redacted.
//!
//! What OpenAI asks for: the request id above all (<https://developers.openai.com/api/reference/overview>, "Debugging
//! requests"); what Cloudflare asks for: the ray id and the time.

mod found;

use crate::report::{Exchange, Request, Response};
use found::one_line;
pub(crate) use found::visible;
use serde::Deserialize;
use std::collections::BTreeMap;

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
    /// True where the first is likely enough to be named.
    #[serde(default)]
    pub settled: bool,
    /// What the text says for the parameters of fixes: `model`.
    #[serde(default)]
    pub parameters: BTreeMap<String, String>,
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
    /// Its id.
    #[serde(default)]
    pub id: String,
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
    /// What helps support in this case: advice to who writes, which is no part of the ticket.
    pub advice: String,
    /// The id of the cause that the advice is for.
    pub cause: String,
}

/// The names of the fields.
pub const FIELDS: [&str; 9] =
    ["Endpoint", "Model", "Status", "Error", "Request id", "Ray id", "Time", "Who answered", "Suspected cause"];

/// The place of the error among [`FIELDS`], which is the longest.
pub const ERROR: usize = 3;

/// The place of the time among [`FIELDS`], which the caller's clock may fill.
pub const TIME: usize = 6;

/// Longest content that is repeated, in bytes.
const LONGEST: usize = 4_000;

/// Longest error that is repeated in a line, in bytes.
const LONGEST_ERROR: usize = 600;

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
        let subject = source.subject.unwrap_or(source.exchanges.len().saturating_sub(1));
        let response = source.exchanges.get(subject).and_then(|e| e.response.as_ref());
        // A log tells of the request before it tells of the error.
        let before = source.exchanges.iter().take(subject + 1).rev();
        let request = before.filter_map(|e| e.request.as_ref()).find(|r| !r.url.is_empty() || r.body.is_some());
        let header = |name: &str| response.and_then(|r| value(&r.headers, name)).unwrap_or_default();
        let sent = request.and_then(|r| r.body.as_deref()).and_then(json);
        let body = response.and_then(|r| r.body.as_deref()).unwrap_or_default();
        let answer = json(body);
        let text = source.redacted.as_deref().unwrap_or_default();
        let lower = text.to_ascii_lowercase();

        let model = [&sent, &answer].into_iter().flatten().find_map(|v| v.get("model")?.as_str());
        let model = model.or_else(|| source.parameters.get("model").map(String::as_str)).map(str::to_owned);
        let mut ids = REQUEST_IDS.map(header).into_iter().filter(|v| !v.is_empty()).collect::<Vec<_>>().join(", ");
        if ids.is_empty() {
            ids = found::ids(text, &lower);
        }
        let ray = Some(header("cf-ray")).filter(|v| !v.is_empty()).map(str::to_owned);
        let status = response.and_then(|r| r.status).map(|s| s.to_string()).unwrap_or_default();
        // Without JSON: what a page shows, a short text as it is, or the line of the text that tells of it.
        let said = answer.as_ref().map(error).filter(|e| !e.is_empty()).unwrap_or_else(|| match body.trim_start() {
            "" if response.is_some_and(|r| r.headers.iter().any(|(name, _)| !name.eq_ignore_ascii_case("cf-ray"))) => {
                // An answer without content: what curl says of it, and squid.
                let tool = text.lines().map(str::trim).rfind(|line| line.starts_with("curl: ("));
                let told = [tool.unwrap_or_default(), header("x-squid-error")];
                told.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
            }
            "" => one_line(found::telling(text, &status)),
            page if page.starts_with('<') => visible(page),
            plain => one_line(plain),
        });
        let told_at = error_place(text, &said, &status);
        let date = Some(header("date")).filter(|v| !v.is_empty()).map(str::to_owned);
        let cause = source.causes.first().filter(|_| source.settled);
        let call = request.map(|r| [&r.method, " ", &r.url].concat().trim().to_owned()).unwrap_or_default();
        Self {
            fields: [
                found::tunnel(text, &call).unwrap_or(call),
                model.unwrap_or_else(|| found::model(text, &lower)),
                status,
                cut(&said, LONGEST_ERROR),
                ids,
                ray.unwrap_or_else(|| found::ray(text, &lower)),
                date.unwrap_or_else(|| found::time(text, told_at)),
                source.responder.title.clone(),
                cause.map(|c| c.title.clone()).unwrap_or_default(),
            ],
            // What only repeats a field is no part of its own.
            request: request
                .filter(|r| !r.headers.is_empty() || r.body.is_some())
                .map(written_request)
                .unwrap_or_default(),
            response: response
                .filter(|r| r.body.is_some() || r.status.is_some() && !r.headers.is_empty())
                .map(written_response)
                .unwrap_or_default(),
            reproduce: source.reproduce.clone().unwrap_or_default(),
            advice: cause.map(|c| c.support.clone()).unwrap_or_default(),
            cause: cause.map(|c| c.id.clone()).unwrap_or_default(),
            ..Self::default()
        }
    }

    /// As Markdown.
    pub fn markdown(&self) -> String {
        let mut out = String::from("## Call refused\n\n");
        for (name, value) in self.filled() {
            // A page's markup or a star must not become the ticket's.
            let mark = if value.contains(['<', '*']) { "`".repeat(longest_run(value, '`') + 1) } else { String::new() };
            out.extend(["- **", name, ":** ", &mark, value, &mark, "\n"]);
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
        self.each_part(|title, text, _| out.extend(["\n", &title.to_ascii_uppercase(), "\n\n", text, "\n"]));
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

/// Where the text tells of the error: at its message, or at its status.
fn error_place(text: &str, said: &str, status: &str) -> usize {
    let message = said.split(" (").next().unwrap_or_default();
    let at = |what: &str| text.find(what).filter(|_| !what.is_empty());
    at(message).or_else(|| at(status)).unwrap_or_default()
}

/// Message, type, code and parameter of an error in the forms that OpenAI and those who speak its protocol use.
fn error(answer: &serde_json::Value) -> String {
    let inner = answer.get("error").unwrap_or(answer);
    let member = |name: &str| inner.get(name).or_else(|| answer.get(name)).and_then(|v| v.as_str());
    let message = inner.as_str().or_else(|| member("message")).or_else(|| member("detail")).unwrap_or_default();
    let named = ["type", "code", "param"].into_iter().filter_map(|name| member(name).map(|v| [name, "=", v].concat()));
    let named = named.collect::<Vec<_>>().join(", ");
    match (message, named.as_str()) {
        ("", _) => named,
        (_, "") => one_line(message),
        _ => [&one_line(message), " (", &named, ")"].concat(),
    }
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
    fn logs_and_block_pages_fill_in_what_they_tell() {
        let log = "2025-11-13 10:15:02,417 +0100 INFO HTTP Request: POST https://api.openai.com/v1/chat/completions \"HTTP/1.1 403 Forbidden\"\nTraceback (most recent call last):\n  create(model=\"gpt-4o\")\nopenai.PermissionDeniedError: Error code: 403 - {'error': {'message': 'Country, region, or territory not supported', 'type': 'request_forbidden', 'code': 'unsupported_country_region_territory'}}\nrequest_id: req_0f5f3c5b8a1e4d7c9b2a6e4d1c3b5a79\n";
        let told = ticket(log);
        let [endpoint, model, status, error, id, _, time, ..] = &told.fields;
        assert_eq!(endpoint, "POST https://api.openai.com/v1/chat/completions");
        assert_eq!((model.as_str(), status.as_str()), ("gpt-4o", "403"));
        assert!(error.starts_with("Country, region, or territory not supported (type="), "{error}");
        assert_eq!(
            (id.as_str(), time.as_str()),
            ("req_0f5f3c5b8a1e4d7c9b2a6e4d1c3b5a79", "2025-11-13 10:15:02,417 +0100")
        );
        // What only repeats the fields is no part of its own, and advice to who writes is no note to support.
        assert!(told.request.is_empty() && told.notes.is_empty() && !told.advice.is_empty());
        assert!(!told.markdown().contains(&told.advice) && !told.plain().contains(&told.advice));

        let page = ticket(
            "<html><title>Denied</title><style>p{}</style>Your support ID is: 1404617586<p>*</p>\nGenerated Thu, 13 Nov 2025 09:15:02 GMT by proxy</html>",
        );
        assert_eq!(
            page.fields[3],
            "Denied Your support ID is: 1404617586 * Generated Thu, 13 Nov 2025 09:15:02 GMT by proxy"
        );
        assert_eq!(
            (page.fields[4].as_str(), page.fields[6].as_str()),
            ("support id 1404617586", "Thu, 13 Nov 2025 09:15:02 GMT")
        );
        assert!(page.markdown().contains("**Error:** `Denied"));

        let proxy = ticket(
            "* Uses proxy env variable https_proxy == 'http://proxy.corp:8080'\n> CONNECT api.openai.com:443 HTTP/1.1\n> Host: api.openai.com:443\n>\n< HTTP/1.1 403 Forbidden\n< Server: squid/5.7\n< X-Squid-Error: ERR_ACCESS_DENIED 0\n<\n* CONNECT tunnel failed, response 403\ncurl: (56) CONNECT tunnel failed, response 403\n",
        );
        assert_eq!(proxy.fields[3], "curl: (56) CONNECT tunnel failed, response 403; ERR_ACCESS_DENIED 0");
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
        assert_eq!((page.fields[2].as_str(), page.fields[3].as_str()), ("403", "blocked"));
        let none: Source = serde_json::from_str("{}").unwrap();
        assert_eq!(none, Source::default());
        assert_eq!(cut("äöü", 3), "ä…");
    }
}
