//! Checks of what was understood: each rule is one module of `rules/`, found by the build.

pub mod context;
pub mod credential;
pub mod endpoints;
pub mod json;
pub mod pointer;
pub mod provider;
pub mod retry;
#[cfg(test)]
mod sample;
pub mod target;
pub mod words;

/// The rules: one module each, declared by the build.
pub mod rules {
    use super::Rule;
    include!(concat!(env!("OUT_DIR"), "/rules.rs"));
}

pub use context::Context;

use crate::intake::Intake;
use crate::redact::MaskedKey;
use crate::schema::{Kind, Schemas};
use crate::span::Span;
use serde::{Deserialize, Serialize};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Hint,
    /// Probably not meant so.
    Warning,
    /// The request is wrong, or will be refused.
    Error,
}

/// Which part of an exchange a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The request's method.
    Method,
    /// The request's URL.
    Url,
    /// A request header field.
    Header,
    /// The request's content.
    Body,
    /// The credential.
    Key,
    /// The response.
    Response,
}

/// Where a finding stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The part.
    pub part: Part,
    /// Name of the header field or query parameter.
    pub name: Option<String>,
    /// JSON Pointer (RFC 6901) into the body.
    pub pointer: Option<String>,
    /// Stretch of the redacted text; none where nothing is written (a missing header).
    pub span: Option<Span>,
}

impl Place {
    /// A place that is a whole part.
    pub fn part(part: Part, span: Option<Span>) -> Self {
        Self { part, name: None, pointer: None, span }
    }

    /// A header field by name.
    pub fn header(name: &str, span: Option<Span>) -> Self {
        Self { part: Part::Header, name: Some(name.to_owned()), pointer: None, span }
    }

    /// The credential, in the field of this name where it stands in one.
    pub fn key(name: Option<&str>, span: Option<Span>) -> Self {
        Self { part: Part::Key, name: name.map(str::to_owned), pointer: None, span }
    }

    /// A query parameter by name.
    pub fn parameter(name: &str, span: Option<Span>) -> Self {
        Self { part: Part::Url, name: Some(name.to_owned()), pointer: None, span }
    }

    /// A field of the response by name.
    pub fn answer(name: &str, span: Option<Span>) -> Self {
        Self { part: Part::Response, name: Some(name.to_owned()), pointer: None, span }
    }

    /// A place in the body.
    pub fn body(pointer: impl Into<String>, span: Option<Span>) -> Self {
        Self { part: Part::Body, name: None, pointer: Some(pointer.into()), span }
    }
}

/// One thing that a rule noticed.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// How much it matters here: what the rule says, or more where the answer confirms it.
    pub severity: Severity,
    /// One sentence with the actual values.
    pub message: String,
    /// Where.
    pub place: Place,
}

/// A check: one module of `rules/` with one static `RULE`.
#[derive(Debug)]
pub struct Rule {
    /// The file's name, underscores as hyphens. It names the defect.
    pub id: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, without values; at most 80 characters, no final stop. It starts in lower case, but for
    /// a name such as Azure or a path.
    pub title: &'static str,
    /// Why it matters: one to three sentences.
    pub why: &'static str,
    /// How to mend it: one or two sentences.
    pub fix: &'static str,
    /// Where the rule comes from: `RFC nnnn, section x`, or a page's https address.
    pub source: &'static str,
    /// A paste in which it fires: a curl command or an HTTP message, perhaps with the answer below it. Runs as a test and
    /// stands in the reference.
    pub example: &'static str,
    /// Looks at one exchange and reports what it finds.
    pub run: fn(&Context<'_>, &mut Findings<'_>),
}

/// Longest message, in characters.
const LONGEST: usize = 600;

/// A rule's example, which tests and the reference page need and visitors do not: it stays out of the WebAssembly.
pub const fn native_only(example: &'static str) -> &'static str {
    if cfg!(target_arch = "wasm32") { "" } else { example }
}

/// Takes what a rule reports.
pub struct Findings<'a> {
    rule: &'static Rule,
    found: &'a mut Vec<Finding>,
}

impl Findings<'_> {
    /// Reports one finding of the running rule.
    pub fn report(&mut self, place: Place, message: impl Into<String>) {
        self.report_as(self.rule.severity, place, message);
    }

    /// Reports one finding that matters more, or less, than the rule's do in general.
    pub fn report_as(&mut self, severity: Severity, place: Place, message: impl Into<String>) {
        // One line of bounded length, whatever the paste put into it.
        let message = words::shown(&message.into(), LONGEST);
        self.found.push(Finding { rule: self.rule, severity, message, place });
    }

    /// Reports the mistakes of one kind that the published schema finds in the body.
    pub fn mistakes(&mut self, cx: &Context<'_>, kind: Kind) {
        for mistake in cx.mistakes.iter().filter(|m| m.kind == kind) {
            // The model has a rule of its own, which needs no schema; what the server closed, it refuses.
            let told = kind == Kind::Missing && mistake.name == "model" && mistake.pointer.is_empty();
            let nested = mistake.pointer.bytes().filter(|b| *b == b'/').count() > 1;
            let severity = match kind {
                Kind::Unknown if mistake.closed => Severity::Error,
                Kind::Unknown if nested && mistake.near.is_none() => Severity::Hint,
                _ => self.rule.severity,
            };
            if !told {
                let name = matches!(kind, Kind::Unknown | Kind::Deprecated);
                let place = Place::body(mistake.pointer.clone(), cx.member_span(&mistake.pointer, name));
                self.report_as(severity, place, mistake.message.clone());
            }
        }
    }

    /// Reports one finding, as an error where the answer's status is one that confirms it.
    pub fn report_confirmed(&mut self, cx: &Context<'_>, by: &[u16], place: Place, message: impl Into<String>) {
        let confirmed = cx.status.is_some_and(|s| by.contains(&s));
        self.report_as(if confirmed { Severity::Error } else { self.rule.severity }, place, message);
    }
}

/// Runs every rule over every exchange; findings come in the order of the exchanges, worst first within one.
///
/// `masked` are the keys that a provider had masked in the paste, as the redactor noted them.
pub fn run(intake: &Intake, text: &str, masked: &[MaskedKey]) -> Vec<Finding> {
    run_with(intake, text, masked, &Schemas::built_in())
}

/// The same with schemas that are not built in.
pub fn run_with(intake: &Intake, text: &str, masked: &[MaskedKey], schemas: &Schemas) -> Vec<Finding> {
    let mut all = Vec::new();
    // CONNECT is between the caller and its proxy (RFC 9110, section 9.3.6): it has neither key nor body.
    let connect = |e: &&crate::intake::Exchange| e.request.as_ref().is_some_and(|r| r.method == "CONNECT");
    for exchange in intake.exchanges.iter().filter(|e| !connect(e)) {
        let context = Context::new(exchange, intake, text, masked, schemas);
        let mut found = Vec::new();
        for rule in rules::RULES {
            (rule.run)(&context, &mut Findings { rule, found: &mut found });
        }
        found.sort_by_key(|f: &Finding| std::cmp::Reverse(f.severity));
        // Several exchanges may be read from one stretch of text: what is wrong there is said once.
        for finding in found {
            let said =
                |f: &Finding| f.rule.id == finding.rule.id && f.message == finding.message && f.place == finding.place;
            if !all.iter().any(said) {
                all.push(finding);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_tunnel_is_not_checked_as_a_call() {
        let text = "> CONNECT api.openai.com:443 HTTP/1.1\n> Host: api.openai.com:443\n> Proxy-Connection: Keep-Alive\n>\n< HTTP/1.1 403 Forbidden\n<\n";
        let intake = crate::intake::read_text(text);
        assert!(!intake.exchanges.is_empty());
        assert!(super::run(&intake, text, &[]).is_empty());
    }
}
