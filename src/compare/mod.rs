//! What differs between a request that works and one that fails, ranked by how likely each difference explains the failure.
//!
//! The ranking is a table (`rules.tsv`): part, name, the weight for 400, 401, 403, 404 and 429, and the reason. The weights follow
//! what answers with these statuses are about in OpenAI's documentation
//! (<https://developers.openai.com/api/docs/guides/error-codes>) and in reported cases.

mod body;
pub mod keys;

use crate::check::{self, Severity, target::Target, words::shown};
use crate::intake::{self, Exchange, Fields, Intake, Request};
use crate::ordered;
use crate::redact::{self, Placeholder, Raw, RedactOptions, Redacted};
use crate::schema;
use serde::{Deserialize, Serialize};

static RULES: &str = include_str!("rules.tsv");

/// Most differences that are told.
const MOST: usize = 100;
/// Longest value that is told, in characters.
const LONGEST: usize = 200;

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What differs: `scheme`, `host`, `port`, `path`, `method`, `key`, `key-kind`, `query`, `header`, `body`, `body-form`,
    /// `finding`.
    pub part: String,
    /// The header's or parameter's name, or the JSON Pointer; empty where the part says it all.
    pub name: String,
    /// What the working request has; none where it has nothing there.
    pub works: Option<String>,
    /// What the failing request has.
    pub fails: Option<String>,
    /// How likely this explains the failure, from 0 to 100.
    pub weight: u8,
    /// Why, in a sentence.
    pub because: String,
}

/// One of the two requests.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// The text with secrets replaced; none where it may not be shown.
    pub redacted: Option<String>,
    /// True where something was taken out.
    pub secrets: bool,
    /// Method and URL; none where no request was recognised.
    pub request: Option<String>,
    /// The status of its answer, where the text shows one.
    pub status: Option<u16>,
}

/// What comes of a comparison.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// The request that works.
    pub works: Side,
    /// The request that fails.
    pub fails: Side,
    /// The differences, the likeliest explanation first.
    pub differences: Vec<Difference>,
    /// The areas whose published schemas are not at hand, as in a report.
    pub schemas_missing: Vec<String>,
    /// The status that the weights are for.
    pub status: u16,
}

struct Read {
    redacted: Redacted,
    intake: Intake,
    subject: Option<usize>,
}

impl Read {
    fn new(text: String, failing: bool) -> Self {
        let options = RedactOptions::default();
        let (redacted, intake) = intake::read(redact::redact(Raw::new(text), &options), &options);
        let subject = match failing {
            true => intake.failures(redacted.text()).subject,
            // The last that did not fail, else the last.
            false => {
                let status = |e: &Exchange| e.response.as_ref().and_then(|r| r.status);
                let good = |e: &Exchange| e.request.is_some() && status(e).is_none_or(|s| s < 400);
                intake.exchanges.iter().rposition(good).or(intake.exchanges.len().checked_sub(1))
            }
        };
        Self { redacted, intake, subject }
    }

    fn exchange(&self) -> Option<&Exchange> {
        self.intake.exchanges.get(self.subject?)
    }

    fn request(&self) -> Option<&Request> {
        self.exchange()?.request.as_ref()
    }

    fn side(&self) -> Side {
        let request = self.request().map(|r| [r.method.as_str(), " ", &r.url].concat().trim().to_owned());
        Side {
            redacted: self.redacted.may_be_shown().then(|| self.redacted.text().to_owned()),
            secrets: !self.redacted.redactions().is_empty(),
            request,
            status: self.exchange().and_then(|e| e.response.as_ref()?.status),
        }
    }
}

/// Compares a request that works with one that fails, each as it is pasted: a command, a fetch call, a message.
pub fn compare(works: String, fails: String) -> Comparison {
    let (works, fails) = (Read::new(works, false), Read::new(fails, true));
    let mut out = Comparison { works: works.side(), fails: fails.side(), status: 403, ..Comparison::default() };
    out.status = out.fails.status.unwrap_or(out.status);
    let (Some(good), Some(bad)) = (works.request(), fails.request()) else { return out };
    let mut found = Found { all: Vec::new(), column: column(out.status) };
    requests(&mut found, good, bad);
    // What is wrong by a rule explains more than a difference of the same weight.
    let differences = found.all.len();
    findings(&mut found, &works, &fails);
    found.all.rotate_left(differences);
    out.schemas_missing = [&works, &fails].iter().flat_map(|r| schema::missing(&r.intake.exchanges)).collect();
    out.differences = found.all;
    ordered::sort_by_key(&mut out.differences, |d| std::cmp::Reverse(d.weight));
    out.differences.truncate(MOST);
    out
}

/// Which of a rule's weights counts for this status.
fn column(status: u16) -> usize {
    match status {
        401 | 407 => 3,
        404 | 405 => 5,
        429 | 402 | 503 => 6,
        400 | 406..=428 => 2,
        _ => 4,
    }
}

struct Found {
    all: Vec<Difference>,
    column: usize,
}

impl Found {
    fn add(&mut self, part: &str, name: &str, works: Option<&str>, fails: Option<&str>) {
        let rule = RULES.lines().map(|line| line.split('\t').collect::<Vec<_>>()).find(|rule| {
            let own = rule.get(1).copied().unwrap_or_default();
            rule.first() == Some(&part) && (own.is_empty() || own.eq_ignore_ascii_case(name) || below(name, own))
        });
        let Some(rule) = rule else { return };
        let weight = rule.get(self.column).and_then(|w| w.parse().ok()).unwrap_or_default();
        let cut = |value: Option<&str>| value.map(|v| shown(v, LONGEST));
        self.all.push(Difference {
            part: part.to_owned(),
            name: shown(name, LONGEST),
            works: cut(works),
            fails: cut(fails),
            weight,
            because: rule.last().copied().unwrap_or_default().to_owned(),
        });
    }

    /// Adds a difference where there is one.
    fn unlike(&mut self, part: &str, name: &str, works: Option<&str>, fails: Option<&str>) {
        if works != fails {
            self.add(part, name, works, fails);
        }
    }
}

/// True for a JSON Pointer below another one.
fn below(name: &str, pointer: &str) -> bool {
    pointer.starts_with('/') && name.strip_prefix(pointer).is_some_and(|rest| rest.starts_with('/'))
}

fn requests(found: &mut Found, good: &Request, bad: &Request) {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    found.unlike("method", "", some(&good.method).as_deref(), some(&bad.method).as_deref());
    let (a, b) = (Target::new(&good.url), Target::new(&bad.url));
    let (host_a, host_b) = (a.host.to_ascii_lowercase(), b.host.to_ascii_lowercase());
    found.unlike("scheme", "", a.scheme, b.scheme);
    found.unlike("host", "", some(&host_a).as_deref(), some(&host_b).as_deref());
    found.unlike("port", "", a.port, b.port);
    found.unlike("path", "", Some(a.path), Some(b.path));
    let names = a.parameters().chain(b.parameters().filter(|(n, _)| a.parameter(n).is_none()));
    for (name, _) in names.take(MOST) {
        found.unlike("query", name, a.parameter(name), b.parameter(name));
    }
    headers(found, &good.fields, &bad.fields);
    let body = |r: &Request| r.content.as_ref().map(|c| c.text.clone()).filter(|t| !t.trim().is_empty());
    body::compare(found, body(good).as_deref(), body(bad).as_deref());
}

fn headers(found: &mut Found, good: &Fields, bad: &Fields) {
    let mut told: Vec<String> = Vec::new();
    for field in good.iter().chain(bad.iter()).take(4 * MOST) {
        let name = field.name.trim().to_ascii_lowercase();
        if told.contains(&name) {
            continue;
        }
        let all = |fields: &Fields| {
            let values: Vec<&str> = fields.all(&name).map(|f| f.value.trim()).collect();
            (!values.is_empty()).then(|| values.join(", "))
        };
        let (a, b) = (all(good), all(bad));
        match (a.as_deref(), b.as_deref()) {
            (Some(one), Some(other)) if one != other && key_only(one, other) => keys(found, &name, one, other),
            (one, other) => found.unlike("header", &name, one, other),
        }
        told.push(name);
    }
}

/// True where two values differ in nothing but the secret in them.
fn key_only(one: &str, other: &str) -> bool {
    let around = |text: &str| {
        let place = Placeholder::find_all(text).next()?;
        Some((text.get(..place.span.start)?.to_owned(), text.get(place.span.end..)?.to_owned()))
    };
    around(one).is_some_and(|a| Some(a) == around(other))
}

/// Two different secrets in the same place.
fn keys(found: &mut Found, name: &str, one: &str, other: &str) {
    let kind = |text: &str| Placeholder::find_all(text).next().map(|p| p.kind);
    let part = if kind(one) == kind(other) { "key" } else { "key-kind" };
    found.add(part, name, Some(one), Some(other));
}

/// What the checks find in the failing request alone.
fn findings(found: &mut Found, works: &Read, fails: &Read) {
    let run = |read: &Read| {
        let alone = Intake { exchanges: read.exchange().cloned().into_iter().collect(), ..read.intake.clone() };
        check::run(&alone, read.redacted.text(), read.redacted.masked())
    };
    let before = run(works);
    for finding in run(fails) {
        // What the answer says is no difference between the requests.
        let sent = finding.place.part != check::Part::Response && finding.severity != Severity::Hint;
        if sent && !before.iter().any(|f| f.rule.id == finding.rule.id) {
            found.add("finding", finding.rule.id, None, Some(&finding.message));
            if let Some(last) = found.all.last_mut().filter(|_| finding.severity != Severity::Error) {
                last.weight /= 2;
            }
        }
    }
}

#[cfg(test)]
mod tests;
