//! Checks of what was understood: each rule is one module of `rules/`, found by the build.

pub mod context;
pub mod credential;
pub mod endpoints;
pub mod json;
pub mod members;
pub mod pointer;
pub mod provider;
#[cfg(test)]
mod sample;
pub mod target;
pub mod words;

/// The rules: one module each, declared by the build.
pub mod rules {
    use super::Rule;
    include!(concat!(env!("OUT_DIR"), "/rules.rs"));
}

pub use crate::native::native_only;
pub use context::Context;

use crate::intake::{InputKind, Intake};
use crate::ordered;
use crate::redact::MaskedKey;
use crate::schema::Kind;
use crate::span::Span;
use serde::{Deserialize, Serialize};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    #[default]
    Hint,
    /// Probably not meant so.
    Warning,
    /// The request is wrong, or will be refused.
    Error,
}

/// Which part of an exchange a finding is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The request's method.
    Method,
    /// The request's URL.
    #[default]
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
    /// What would be right, where that can be said mechanically.
    pub mended: Option<Mended>,
    /// Where this very finding comes from, where that is not the rule's source.
    pub source: Option<&'static str>,
}

/// An edit that mends a finding: what stands at `span` in the redacted text becomes `text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// What is replaced; empty where something is put in.
    pub span: Span,
    /// What takes its place; empty where it goes.
    pub text: String,
}

impl Mended {
    /// The edit in words; `text` is the redacted text.
    pub fn sentence(&self, text: &str) -> String {
        let quoted = |t: &str| ["`", &words::shown(t, 80), "`"].concat();
        match (self.span.of(text), self.text.as_str()) {
            ("", new) if new.starts_with('\n') => ["Add the line ", &quoted(new.trim_start()), "."].concat(),
            // A further option, put in behind the text of the last one: the quotes change places.
            ("", new) if new.starts_with(['"', '\'']) => {
                let (quote, option) = new.split_at(1);
                ["Add ", &quoted(&[option.trim_start(), quote].concat()), "."].concat()
            }
            ("", new) => ["Add ", &quoted(new.trim_start()), "."].concat(),
            (old, "") => ["Take ", &quoted(old), " away."].concat(),
            (old, new) => ["Write ", &quoted(new), " in the place of ", &quoted(old), "."].concat(),
        }
    }
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
        self.found.push(Finding { rule: self.rule, severity, message, place, mended: None, source: None });
    }

    /// Says where the last finding comes from, if that is not the rule's source.
    pub fn source(&mut self, source: &'static str) {
        if let Some(last) = self.found.last_mut() {
            last.source = Some(source);
        }
    }

    /// Mends the last finding: `from`, which stands within `span` of the text, becomes `to`. Nothing is said where it does not
    /// stand there as it is, for the shell's or the program's quoting may be in between.
    pub fn mend(&mut self, cx: &Context<'_>, span: Option<Span>, from: &str, to: &str) {
        let Some(span) = span else { return };
        let Some(at) = span.of(cx.text).find(from).filter(|_| from != to && !from.is_empty()) else { return };
        self.edit(Span::new(span.start + at, span.start + at + from.len()), to);
    }

    /// Mends the last finding with a field that it lacks, behind the last one whose quoting is understood.
    pub fn mend_with_field(&mut self, cx: &Context<'_>, field: &str) {
        let last = cx.request_fields().iter().rev().filter_map(|f| Some((f, f.span?)));
        for (given, span) in last {
            let end = Span::new(span.end, span.end);
            let text = span.of(cx.text);
            // A derived field has its option's place.
            if !text.trim_start_matches(['"', '\'']).starts_with(given.name.as_str()) {
                continue;
            }
            match cx.quote_around(span).filter(|q| matches!(q, '"' | '\'')) {
                // In single quotes no variable would be expanded.
                Some('\'') if field.contains('$') => {}
                Some(quote) if cx.kind == InputKind::Curl && !text.ends_with(quote) => {
                    let quote = quote.to_string();
                    return self.edit(end, &[&quote, " -H ", &quote, field].concat());
                }
                None if cx.kind == InputKind::Http => {
                    return match cx.indent(span) {
                        Some(indent) => self.edit(end, &["\n", indent, field].concat()),
                        // An item of HTTPie's command line.
                        None => self.edit(end, &[" \"", &field.replacen(": ", ":", 1), "\""].concat()),
                    };
                }
                _ => {}
            }
        }
    }

    /// Mends the last finding in the body: `from`, which begins at `span` behind a quote at most, becomes `to`.
    pub fn mend_body(&mut self, cx: &Context<'_>, span: Option<Span>, from: &str, to: &str) {
        let Some(start) = span.map(|s| s.start) else { return };
        let rest = cx.text.get(start..).unwrap_or_default();
        let quotes = rest.len() - rest.trim_start_matches(['\\', '"']).len();
        if !from.is_empty() && rest.get(quotes..).is_some_and(|r| r.starts_with(from)) && from != to {
            let at = start + quotes;
            self.edit(Span::new(at, at + from.len()), to);
        }
    }

    /// Mends the last finding by taking a member out of the body, where that stands in the text as it is sent.
    pub fn mend_without(&mut self, cx: &Context<'_>, pointer: &str) {
        let Some(content) = cx.request.and_then(|r| r.content.as_ref()) else { return };
        let Some(span) = content.span.filter(|s| s.of(cx.text) == content.text) else { return };
        if let Some(gone) = pointer::member(&content.text, pointer) {
            self.edit(Span::new(span.start + gone.start, span.start + gone.end), "");
        }
    }

    fn edit(&mut self, span: Span, to: &str) {
        if let Some(last) = self.found.last_mut() {
            last.mended = Some(Mended { span, text: to.to_owned() });
        }
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
            let moved = if kind == Kind::Unknown && !nested { members::moved(cx, &mistake.name) } else { None };
            if let Some(new) = moved {
                let span = cx.member_span(&mistake.pointer, true);
                let tick = if new.contains(' ') { "" } else { "`" };
                let name = words::shown(&mistake.name, 60);
                let message = ["`", &name, "` is no member at this endpoint; here it is ", tick, new, tick, "."];
                self.report_as(Severity::Error, Place::body(mistake.pointer.clone(), span), message.concat());
                if words::is_token(new) && !new.contains('.') && cx.json().is_some_and(|v| v.get(new).is_none()) {
                    self.mend_body(cx, span, &mistake.name, new);
                }
                continue;
            }
            if !told {
                let name = matches!(kind, Kind::Unknown | Kind::Deprecated);
                let span = cx.member_span(&mistake.pointer, name);
                self.report_as(severity, Place::body(mistake.pointer.clone(), span), mistake.message.clone());
                let near = mistake.near.as_deref().filter(|n| words::is_token(n));
                if let (Some(near), Some(written)) = (near, mistake.pointer.rsplit('/').next()) {
                    let from = if name { written } else { cx.text_at(&mistake.pointer) };
                    self.mend_body(cx, span, from, near);
                }
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
    run_with(intake, text, masked, &Given::default())
}

/// What a caller may give to the checks besides the paste.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given {
    /// The caller's time, in seconds since 1970.
    pub now: Option<u64>,
}

/// The same with what the caller gives.
pub fn run_with(intake: &Intake, text: &str, masked: &[MaskedKey], given: &Given) -> Vec<Finding> {
    let mut all = Vec::new();
    // CONNECT is between the caller and its proxy (RFC 9110, section 9.3.6): it has neither key nor body.
    let connect = |e: &&crate::intake::Exchange| e.request.as_ref().is_some_and(|r| r.method == "CONNECT");
    for exchange in intake.exchanges.iter().filter(|e| !connect(e)) {
        let context = Context::new(exchange, intake, text, masked, given);
        let mut found = Vec::new();
        for rule in rules::RULES {
            (rule.run)(&context, &mut Findings { rule, found: &mut found });
        }
        ordered::sort_by_key(&mut found, |f: &Finding| std::cmp::Reverse(f.severity));
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
    fn an_edit_is_said_in_words() {
        let edit = |start, end, text: &str| super::Mended { span: super::Span::new(start, end), text: text.to_owned() };
        let said = |edit: super::Mended| edit.sentence("Accept: text/html");
        assert_eq!(said(edit(8, 8, "application/json")), "Add `application/json`.");
        assert_eq!(said(edit(6, 6, "' -H 'OpenAI-Beta: assistants=v2")), "Add `-H 'OpenAI-Beta: assistants=v2'`.");
        assert_eq!(said(edit(17, 17, "\nA: b")), "Add the line `A: b`.");
        assert_eq!(said(edit(8, 12, "image")), "Write `image` in the place of `text`.");
        assert_eq!(said(edit(0, 6, "")), "Take `Accept` away.");
    }

    #[test]
    fn a_tunnel_is_not_checked_as_a_call() {
        let text = "> CONNECT api.openai.com:443 HTTP/1.1\n> Host: api.openai.com:443\n> Proxy-Connection: Keep-Alive\n>\n< HTTP/1.1 403 Forbidden\n<\n";
        let intake = crate::intake::read_text(text);
        assert!(!intake.exchanges.is_empty());
        assert!(super::run(&intake, text, &[]).is_empty());
    }
}
