//! why403 tells why an LLM provider's API, ChatGPT or something in between refused a call.
//!
//! ```text
//! Raw ─redact→ Redacted ─intake→ Intake ─check→ findings ─signals→ Signals ─diagnose→ Diagnosis ─report→ Report
//! ```
//!
//! Each step is a pure function of the one before. Only [`redact`] ever sees raw text; no step opens a connection,
//! reads a clock or fails. [`inspect`] runs them all.

pub mod check;
pub mod diagnose;
pub mod intake;
pub mod redact;
pub mod report;
pub mod share;
pub mod signals;
pub mod span;

#[cfg(not(target_arch = "wasm32"))]
pub mod render;

use redact::{Raw, RedactOptions};
use report::Report;
use signals::Answer;

/// Diagnoses a paste: redacts it, understands it, checks it and ranks the causes.
///
/// `answers` are what the visitor said to questions so far; unknown ids are ignored.
pub fn inspect(raw: Raw, options: &RedactOptions, answers: &[Answer]) -> Report {
    let bytes = raw.len();
    let redacted = redact::redact(raw, options);
    let intake = intake::read(&redacted);
    if let Some(fragment) = &intake.link {
        return report::from_link(share::open(fragment), answers, bytes);
    }
    let findings = check::run(&intake, redacted.text());
    let signals = signals::gather(redacted.text(), &intake, &findings, answers);
    let diagnosis = diagnose::diagnose(&signals);
    report::assemble(report::Parts {
        bytes,
        redacted: &redacted,
        intake: &intake,
        findings: &findings,
        signals: &signals,
        diagnosis: &diagnosis,
    })
}
