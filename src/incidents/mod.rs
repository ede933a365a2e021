//! An archive or a log with thousands of calls: which failed, when, and why, grouped by cause. Each kind of failure is
//! diagnosed once, however often it occurs, so that the time stays linear in the input.

mod when;

pub(crate) use when::written as written_time;

use crate::intake::{self, Exchange, InputKind};
use crate::ordered;
use crate::redact::{self, Raw, RedactOptions, Redacted};
use crate::report::Report;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Columns of the time line.
pub const COLUMNS: usize = 60;
/// Most kinds of failure that are diagnosed; the rest is counted without a cause.
const MOST_KINDS: usize = 60;
/// Most examples of each sort that a group names.
const EXAMPLES: usize = 3;
/// The cause of what was not diagnosed.
pub const OTHER: &str = "other";

/// What a text holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incidents {
    /// What kind of text it is.
    pub kind: InputKind,
    /// Calls in it.
    pub calls: usize,
    /// Those that were answered with 400 or more.
    pub failed: usize,
    /// Entries of an archive that got no answer: blocked, cancelled, or no connection.
    pub unanswered: usize,
    /// Failures whose time is not known.
    pub untimed: usize,
    /// The first failure's time, in seconds since 1970.
    pub from: Option<f64>,
    /// The last failure's time.
    pub to: Option<f64>,
    /// The failures by cause, the most frequent first.
    pub groups: Vec<Group>,
}

/// The failures of one cause.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// The cause's id; `unknown` where none is likely, `other` for what was not looked at.
    pub cause: String,
    /// The cause in words; empty for `unknown` and `other`.
    pub title: String,
    /// What to do first; empty where nothing is advised.
    pub fix: String,
    /// Its id among the cause's fixes.
    pub fix_id: String,
    /// Who answered.
    pub responder: String,
    /// Its id.
    pub responder_id: String,
    /// How many.
    pub count: usize,
    /// The statuses, in order of their first appearance.
    pub statuses: Vec<u16>,
    /// Some of the calls: method, host and path.
    pub calls: Vec<String>,
    /// Some of the messages.
    pub messages: Vec<String>,
    /// The first one's time.
    pub first: Option<f64>,
    /// The last one's time.
    pub last: Option<f64>,
    /// How many fall into each column of the time line.
    pub columns: Vec<u32>,
}

/// One kind of failure: those that say the same.
struct Kind<'a> {
    sample: &'a Call,
    status: u16,
    times: Vec<Option<f64>>,
}

/// Reads a text and groups its failures.
pub fn gather(text: String) -> Incidents {
    let redacted = redact::redact(Raw::new(text), &RedactOptions::default());
    let records = when::records(redacted.text());
    let mut calls = Vec::new();
    let mut kind = InputKind::Log;
    // A log is read record by record: the same error again is another failure there, not the same told twice.
    match records.len() {
        0 | 1 => kind = read(redacted, None, &mut calls),
        _ => {
            for (record, time) in records {
                read(redact::redact(Raw::new(record.to_owned()), &RedactOptions::default()), time, &mut calls);
            }
        }
    }
    let (kinds, failed) = kinds(&calls);
    let times = || kinds.iter().flat_map(|k| k.times.iter().copied().flatten());
    let mut out = Incidents {
        kind,
        calls: calls.len(),
        failed,
        unanswered: calls.iter().filter(|c| kind == InputKind::Har && c.exchange.response.is_none()).count(),
        untimed: kinds.iter().flat_map(|k| &k.times).filter(|t| t.is_none()).count(),
        from: times().reduce(f64::min),
        to: times().reduce(f64::max),
        groups: Vec::new(),
    };
    for (number, kind) in kinds.iter().enumerate() {
        let group =
            if number < MOST_KINDS { diagnosed(kind) } else { Group { cause: OTHER.to_owned(), ..Group::default() } };
        let at = out.groups.iter().position(|g| g.cause == group.cause).unwrap_or_else(|| {
            out.groups.push(Group { columns: vec![0; COLUMNS], ..group });
            out.groups.len() - 1
        });
        if let Some(group) = out.groups.get_mut(at) {
            add(group, kind, out.from.zip(out.to));
        }
    }
    ordered::sort_by_key(&mut out.groups, |g| std::cmp::Reverse(g.count));
    out
}

/// One call, when it was made, and the line that tells of it, where nothing else does.
struct Call {
    exchange: Exchange,
    time: Option<f64>,
    line: String,
}

/// Reads a text's calls, all made at `time` where that is known.
fn read(redacted: Redacted, time: Option<f64>, calls: &mut Vec<Call>) -> InputKind {
    let (redacted, intake) = intake::read(redacted, &RedactOptions::default());
    let text = redacted.text();
    let clock = when::Clock::new(text, &intake);
    for exchange in intake.exchanges {
        let time = time.or_else(|| clock.of(&exchange));
        let response = exchange.response.as_ref().filter(|r| r.content.is_none());
        let line = response.and_then(|r| r.status_span).map(|s| line_at(text, s.start).to_owned()).unwrap_or_default();
        calls.push(Call { exchange, time, line });
    }
    intake.kind
}

/// The failures, those that say the same together, the most frequent first; and how many there are.
fn kinds(calls: &[Call]) -> (Vec<Kind<'_>>, usize) {
    let mut kinds: Vec<Kind<'_>> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut failed = 0;
    for call in calls {
        let exchange = &call.exchange;
        let Some(response) = exchange.response.as_ref() else { continue };
        let Some(status) = response.status.filter(|s| *s >= 400) else { continue };
        failed += 1;
        let host = exchange.request.as_ref().map_or("", |r| place(&r.url).split('/').next().unwrap_or_default());
        let text = response.content.as_ref().map_or(call.line.as_str(), |c| c.text.as_str());
        let key = [&status.to_string(), " ", host, " ", &said(text)].concat();
        let at = *known.entry(key).or_insert_with(|| {
            kinds.push(Kind { sample: call, status, times: Vec::new() });
            kinds.len() - 1
        });
        if let Some(kind) = kinds.get_mut(at) {
            kind.times.push(call.time);
        }
    }
    ordered::sort_by_key(&mut kinds, |k| std::cmp::Reverse(k.times.len()));
    (kinds, failed)
}

/// Host and path of an address.
fn place(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['?', '#']).next().unwrap_or_default()
}

/// The words of an answer without what differs from one to the next: numbers, ids.
fn said(text: &str) -> String {
    let plain = |w: &&str| w.len() > 1 && !w.bytes().any(|b| b.is_ascii_digit());
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(plain).take(24).collect::<Vec<_>>().join(" ")
}

/// A group for what is likely the cause of this kind.
fn diagnosed(kind: &Kind<'_>) -> Group {
    let report = crate::inspect(Raw::new(written(kind.sample)), &RedactOptions::default(), &[]);
    let Report { causes, settled, responder, .. } = report;
    let mut group = Group { responder: responder.title, responder_id: responder.id, ..Group::default() };
    let Some(cause) = causes.into_iter().next().filter(|_| settled) else {
        group.cause = "unknown".to_owned();
        return group;
    };
    (group.cause, group.title) = (cause.id, cause.title);
    if let Some(fix) = cause.fixes.into_iter().next() {
        (group.fix, group.fix_id) = (fix.title, fix.id);
    }
    group
}

/// The exchange as a text of its own; what a line of a log says beside it included.
fn written(call: &Call) -> String {
    let exchange = &call.exchange;
    let mut out = String::new();
    if let Some(request) = &exchange.request {
        out.extend([&request.method, " ", &request.url, "\n"]);
        let secrets = request.fields.iter().filter(|f| f.value.contains("{{redacted"));
        secrets.for_each(|f| out.extend([&f.name, ": ", &f.value, "\n"]));
    }
    let Some(response) = &exchange.response else { return out };
    out.extend(["\n", &call.line, "\n"]);
    out.extend(["\nHTTP/1.1 ", &response.status.unwrap_or_default().to_string(), "\n"]);
    response.fields.iter().for_each(|f| out.extend([&*f.name, ": ", &*f.value, "\n"]));
    out.extend(["\n", response.content.as_ref().map_or("", |c| c.text.as_str())]);
    out
}

/// The line of a text at an offset.
fn line_at(text: &str, at: usize) -> &str {
    let bytes = text.as_bytes();
    let start = memchr::memrchr(b'\n', bytes.get(..at).unwrap_or_default()).map_or(0, |n| n + 1);
    let end = memchr::memchr(b'\n', bytes.get(at..).unwrap_or_default()).map_or(text.len(), |n| at + n);
    text.get(start..end).unwrap_or_default()
}

fn add(group: &mut Group, kind: &Kind<'_>, range: Option<(f64, f64)>) {
    group.count += kind.times.len();
    if !group.statuses.contains(&kind.status) {
        group.statuses.push(kind.status);
    }
    let mut example = |list: fn(&mut Group) -> &mut Vec<String>, text: String| {
        let list = list(group);
        if list.len() < EXAMPLES && !text.trim().is_empty() && !list.contains(&text) {
            list.push(text);
        }
    };
    let call = kind.sample.exchange.request.as_ref().map(|r| [r.method.as_str(), " ", place(&r.url)].concat());
    example(|g| &mut g.calls, crate::check::words::shown(call.unwrap_or_default().trim(), 120));
    let content = kind.sample.exchange.response.as_ref().and_then(|r| r.content.as_ref());
    example(|g| &mut g.messages, message(content.map_or(kind.sample.line.as_str(), |c| c.text.as_str())));
    for time in kind.times.iter().copied().flatten() {
        group.first = Some(group.first.map_or(time, |t| t.min(time)));
        group.last = Some(group.last.map_or(time, |t| t.max(time)));
        let Some((from, to)) = range else { continue };
        let column = ((time - from) / (to - from).max(1e-9) * COLUMNS as f64) as usize;
        if let Some(count) = group.columns.get_mut(column.min(COLUMNS - 1)) {
            *count += 1;
        }
    }
}

/// The message of an error, what a page shows, or how the text starts.
fn message(content: &str) -> String {
    let json: Option<serde_json::Value> = serde_json::from_str(content).ok();
    let inner = json.as_ref().map(|v| v.get("error").unwrap_or(v));
    let said =
        inner.and_then(|e| e.as_str().or_else(|| e.get("message")?.as_str()).or_else(|| e.get("detail")?.as_str()));
    let page = content.trim_start().starts_with('<').then(|| crate::ticket::visible(content));
    crate::check::words::shown(said.or(page.as_deref()).unwrap_or(content).trim(), 160)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "sk-proj-q7Vt2mXz9LwKc4RbN8yJf1HsDg6PaEu3TiOo5WvBn2Mk";
    const COUNTRY: &str = r#"{"error":{"code":"unsupported_country_region_territory","message":"Country, region, or territory not supported","param":null,"type":"request_forbidden"}}"#;
    const LIMIT: &str = r#"{"error":{"message":"Rate limit reached for gpt-4o in organization org-abc on tokens per min (TPM): Limit 30000, Used 29000, Requested NNN. Please try again in 2s.","type":"tokens","param":null,"code":"rate_limit_exceeded"}}"#;

    fn har(entries: usize) -> String {
        let entry = |n: usize| {
            let (status, body) = match n % 10 {
                0 => (403, COUNTRY.to_owned()),
                1 | 2 => (429, LIMIT.replace("NNN", &n.to_string())),
                _ => (200, "{}".to_owned()),
            };
            let time = format!("2025-11-13T09:{:02}:{:02}.120Z", n / 60 % 60, n % 60);
            serde_json::json!({
                "startedDateTime": time, "time": 120,
                "request": {"method": "POST", "url": "https://api.openai.com/v1/chat/completions", "httpVersion": "h2",
                    "headers": [{"name": "Authorization", "value": (["Bearer ", KEY].concat())}]},
                "response": {"status": status, "statusText": "", "headers": [{"name": "content-type", "value": "application/json"}],
                    "content": {"size": body.len(), "mimeType": "application/json", "text": body}},
            })
        };
        serde_json::json!({"log": {"version": "1.2", "entries": (0..entries).map(entry).collect::<Vec<_>>()}})
            .to_string()
    }

    #[test]
    fn a_time_a_status_and_a_message_are_a_failed_call() {
        let line = "2026-11-20T10:00:00Z 403 Country, region, or territory not supported\n";
        for (text, failed) in [(line.to_owned(), 1), (line.replace(":00Z", ":07Z") + line, 2)] {
            let found = gather(text);
            assert_eq!((found.failed, found.untimed), (failed, 0), "{found:?}");
            assert_eq!(found.groups[0].cause, "unsupported-region");
        }
    }

    #[test]
    fn an_archive_by_cause_and_time() {
        let found = gather(har(300));
        assert_eq!((found.calls, found.failed, found.unanswered, found.untimed), (300, 90, 0, 0));
        let groups: Vec<_> = found.groups.iter().map(|g| (g.cause.as_str(), g.count)).collect();
        assert_eq!(groups, [("rate-limited", 60), ("unsupported-region", 30)]);
        assert_eq!(found.groups[1].first, Some(1_763_024_400.12));
        assert_eq!(found.groups[1].columns.iter().sum::<u32>(), 30);
        assert_eq!(found.groups[1].calls, ["POST api.openai.com/v1/chat/completions"]);
        assert_eq!(found.groups[0].statuses, [429]);
        let text = serde_json::to_string(&found).unwrap();
        assert!(!text.contains(KEY));
    }

    #[test]
    fn entries_without_an_answer_are_told() {
        let found = gather(har(20).replace("\"status\":403", "\"status\":0"));
        assert_eq!((found.calls, found.failed, found.unanswered), (20, 4, 2));
    }

    #[test]
    fn a_damaged_archive_keeps_the_times_of_its_entries() {
        let whole = har(100);
        let found = gather(whole.get(..whole.len() - 40).unwrap().to_owned());
        assert_eq!((found.calls, found.failed, found.untimed), (99, 30, 0));
    }

    #[test]
    fn a_log_with_times_of_its_own() {
        let mut log = String::new();
        for n in 0..50 {
            log += &format!("2025-11-13 09:{n:02}:44,120 INFO worker-{n} request done in 120 ms\n");
            if n % 5 == 0 {
                log += &format!(
                    "2025-11-13 09:{n:02}:45,120 ERROR openai.PermissionDeniedError: Error code: 403 - {{'error': {{'code': 'unsupported_country_region_territory', 'message': 'Country, region, or territory not supported', 'param': None, 'type': 'request_forbidden'}}}}\n"
                );
            }
        }
        let found = gather(log);
        assert_eq!((found.failed, found.untimed), (10, 0), "{found:?}");
        assert_eq!(found.groups.len(), 1);
        assert_eq!(found.groups[0].cause, "unsupported-region");
        assert_eq!(found.to.zip(found.from).map(|(a, b)| a - b), Some(45.0 * 60.0));
    }

    #[test]
    fn the_milliseconds_of_a_time_are_no_status_and_a_time_of_day_makes_a_record() {
        let record = |n: usize| {
            format!(
                "[2025-11-13 09:{n}:11,{}] ERROR in app: Exception on /chat [POST]\nopenai.AuthenticationError: Error code: 401\n",
                400 + n
            )
        };
        let found = gather((10..30).map(record).collect());
        assert_eq!((found.calls, found.failed, found.untimed), (20, 20, 0));
        let line =
            |n: usize| format!("app_1  | 09:{n}:11 ERROR 403 Forbidden for url: https://api.openai.com/v1/models\n");
        let found = gather((10..30).map(line).collect());
        assert_eq!((found.failed, found.untimed), (20, 20));
    }

    #[test]
    fn a_page_is_told_by_what_it_shows() {
        assert_eq!(
            message("<html><style>p{}</style><h1>Sorry, you have been blocked</h1>"),
            "Sorry, you have been blocked"
        );
        assert_eq!(message("{\"error\":{\"message\":\"no <b>\"}}"), "no <b>");
    }

    #[test]
    fn nothing_failed_is_no_group() {
        for text in ["", "hello", "HTTP/1.1 200 OK\n\n{}"] {
            let found = gather(text.to_owned());
            assert_eq!((found.failed, found.groups.len()), (0, 0));
        }
    }

    #[test]
    fn many_kinds_are_counted_and_not_all_diagnosed() {
        let words = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"];
        let mut text = String::new();
        for a in words {
            for b in words {
                text += &format!("HTTP/1.1 403 Forbidden\n\n{{\"error\":\"{a} {b}\"}}\n\n");
            }
        }
        let found = gather(text);
        assert_eq!(found.failed, 100);
        assert_eq!(found.groups.iter().map(|g| g.count).sum::<usize>(), 100);
        assert!(found.groups.iter().any(|g| g.cause == OTHER && g.count == 40), "{:?}", found.groups);
    }
}
