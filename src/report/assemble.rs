//! Puts reports together: of a paste, of an opened link, of a link that could not be opened.

use super::{
    Exchange, Fact, Finding, Input, Mended, Placeholder, Problem, Report, Request, Response, SCHEMA, VERDICT, Where,
};
use crate::check::{self, provider::Provider};
use crate::diagnose::Diagnosis;
use crate::intake::{self, InputKind, Intake};
use crate::redact::{self, Redacted};
use crate::schema;
use crate::share::{self, ShareError};
use crate::signals::{self, Signal, Signals};
use crate::span::{LineIndex, Span};
use std::collections::BTreeMap;

/// What a report is put together from.
pub struct Parts<'a> {
    /// Length of the paste in bytes.
    pub bytes: usize,
    /// The redacted text.
    pub redacted: &'a Redacted,
    /// What was understood.
    pub intake: &'a Intake,
    /// What the checks noticed.
    pub findings: &'a [check::Finding],
    /// The facts.
    pub signals: &'a Signals,
    /// The ranked causes.
    pub diagnosis: &'a Diagnosis,
}

/// Puts the report together.
pub fn assemble(parts: Parts<'_>) -> Report {
    let text = parts.redacted.text();
    let lines = LineIndex::new(text);
    let shown = parts.redacted.may_be_shown();
    let failures = parts.intake.failures(text);
    let at = |span: Option<Span>| span.map(|s| lines.position(text, s.start));
    Report {
        schema: SCHEMA.to_owned(),
        input: Input { kind: parts.intake.kind, bytes: parts.bytes },
        redacted: (shown && !too_large(parts.intake.kind, text)).then(|| text.to_owned()),
        redactions: parts.redacted.redactions().to_vec(),
        exchanges: parts.intake.exchanges.iter().map(exchange).collect(),
        schemas_missing: schema::missing(&parts.intake.exchanges),
        findings: parts
            .findings
            .iter()
            .map(|f| Finding {
                id: f.rule.id.to_owned(),
                severity: f.severity,
                message: f.message.clone(),
                place: Where {
                    part: f.place.part,
                    name: f.place.name.clone(),
                    pointer: f.place.pointer.clone(),
                    line: at(f.place.span).map(|p| p.line),
                    column: at(f.place.span).map(|p| p.column),
                    span: f.place.span,
                },
                why: f.rule.why.to_owned(),
                fix: f.rule.fix.to_owned(),
                source: f.source.unwrap_or(f.rule.source).to_owned(),
                mended: f.mended.as_ref().map(|m| Mended {
                    span: m.span,
                    text: m.text.clone(),
                    sentence: m.sentence(text),
                }),
            })
            .collect(),
        notice: parts.intake.about(&failures),
        subject: failures.subject,
        reproduce: shown
            .then(|| parts.intake.exchanges.get(failures.subject?))
            .flatten()
            .and_then(|exchange| crate::signals::reproduce::command(exchange, parts.signals.parameter("model"))),
        problems: parts
            .intake
            .problems
            .iter()
            .map(|p| {
                let position = lines.position(text, p.span.start);
                Problem { message: p.message.clone(), line: position.line, column: position.column }
            })
            .collect(),
        link_with_text: shown.then(|| share::link(parts.signals, Some(text)).ok()).flatten(),
        // Values of a text that may not be shown have no place here.
        parameters: if shown { parts.signals.parameters() } else { BTreeMap::new() },
        placeholders: redact::Placeholder::find_all(text)
            .map(|p| Placeholder { kind: p.kind, fingerprint: p.fingerprint.and_then(|f| f.text()), span: p.span })
            .collect(),
        ..judged(parts.signals, parts.diagnosis)
    }
}

/// A recording or a log of more than a mebibyte is not repeated in its report.
fn too_large(kind: InputKind, text: &str) -> bool {
    const MOST: usize = 1 << 20;
    matches!(kind, InputKind::Har | InputKind::Log) && text.len() > MOST
}

/// The report of an opened link that holds facts only. One that holds none shows no causes: their order would be that of how
/// common they are, and look like a diagnosis.
pub fn from_link(signals: &Signals, diagnosis: &Diagnosis, unknown: usize) -> Report {
    if signals.said().next().is_none() {
        let notice = match unknown {
            0 => {
                "This link holds no facts, so nothing can be told from it. Paste the error itself, or answer a question."
            }
            _ => {
                "This version of why403 knows none of the facts in this link. Reload this page to get the newest version."
            }
        };
        return Report {
            causes: Vec::new(),
            settled: false,
            notice: Some(notice.into()),
            ..judged(signals, diagnosis)
        };
    }
    let notice = (unknown > 0).then(|| {
        format!("This link holds {unknown} facts that this version of why403 does not know; the diagnosis goes by the others.")
    });
    Report { notice, ..judged(signals, diagnosis) }
}

/// The report of a text that came in a link, which a stranger may have written: no command sends the reader's key to a host that
/// belongs to no known provider.
pub fn without_strangers(mut report: Report) -> Report {
    let requests = report.exchanges.iter().filter_map(|exchange| exchange.request.as_ref());
    let hosts = requests.map(|request| signals::facts::host(&request.url)).filter(|host| !host.is_empty());
    let strangers: Vec<String> =
        hosts.filter(|host| Provider::of_host(host) == Provider::Unknown).map(str::to_owned).collect();
    let Some(first) = strangers.first() else { return report };
    report.notice = report.notice.or_else(|| {
        Some(format!(
            "This text came in a link, and `{first}` belongs to no known provider: send no key there unless you know who runs it."
        ))
    });
    let named = |text: &String| strangers.iter().any(|host| text.contains(host.as_str()));
    report.reproduce = report.reproduce.filter(|command| !named(command));
    report.parameters.retain(|_, value| !named(value));
    for fix in report.causes.iter_mut().flat_map(|cause| &mut cause.fixes) {
        fix.command = fix.command.take().filter(|command| !named(command));
    }
    report
}

/// The report of a link that could not be opened: a sentence, and no diagnosis.
pub fn refused_link(error: &ShareError) -> Report {
    let signals = Signals::default();
    let diagnosis = crate::diagnose::diagnose(&signals);
    let report = judged(&signals, &diagnosis);
    Report { causes: Vec::new(), settled: false, questions: Vec::new(), notice: Some(error.to_string()), ..report }
}

/// The parts of a report that follow from the facts alone.
fn judged(signals: &Signals, diagnosis: &Diagnosis) -> Report {
    Report {
        schema: SCHEMA.to_owned(),
        input: Input { kind: InputKind::Link, bytes: 0 },
        redacted: None,
        redactions: Vec::new(),
        exchanges: Vec::new(),
        responder: diagnosis.responder.clone(),
        settled: diagnosis.causes.first().is_some_and(|c| c.probability >= VERDICT),
        causes: diagnosis.causes.clone(),
        findings: Vec::new(),
        schemas_missing: Vec::new(),
        questions: diagnosis.questions.clone(),
        link: share::link(signals, None).unwrap_or_default(),
        link_with_text: None,
        path: diagnosis.path.clone(),
        location: signals.place().cloned(),
        facts: signals.iter().map(|s| fact(signals, s)).collect(),
        placeholders: Vec::new(),
        problems: Vec::new(),
        notice: None,
        subject: None,
        reproduce: None,
        parameters: signals.parameters(),
        made: None,
    }
}

fn fact(signals: &Signals, signal: &Signal) -> Fact {
    Fact { signal: signal.id.clone(), text: signal.text.clone(), span: signal.span, shared: signals.shared(signal) }
}

fn exchange(exchange: &intake::Exchange) -> Exchange {
    let headers = |fields: &intake::Fields| fields.iter().map(|f| (f.name.clone(), f.value.clone())).collect();
    let body = |content: &Option<intake::Content>| content.as_ref().map(|c| c.text.clone());
    Exchange {
        request: exchange.request.as_ref().map(|r| Request {
            method: r.method.clone(),
            url: r.url.clone(),
            headers: headers(&r.fields),
            body: body(&r.content),
        }),
        response: exchange.response.as_ref().map(|r| Response {
            status: r.status,
            headers: headers(&r.fields),
            body: body(&r.content),
        }),
    }
}

#[cfg(test)]
mod tests {
    use crate::redact::{Raw, RedactOptions};

    #[test]
    fn secrets_taken_out_earlier_are_listed_too() {
        let text = "Authorization: Bearer {{redacted:openai-key:51-0123456789ab-qw.bC6d}}\nCookie: {{redacted:cookie}}";
        let report = crate::inspect(Raw::new(text.to_owned()), &RedactOptions::default(), &[]);
        assert!(report.redactions.is_empty());
        let listed: Vec<_> = report.placeholders.iter().map(|p| (&*p.kind, p.fingerprint.as_deref())).collect();
        assert_eq!(listed, [("openai-key", Some("51-0123456789ab-qw.bC6d")), ("cookie", None)]);
        assert!(report.placeholders.iter().all(|p| p.span.of(text).starts_with("{{redacted:")));
    }
}
