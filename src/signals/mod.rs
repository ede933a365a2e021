//! Facts in a closed vocabulary, gathered from what was read, found and answered.

use crate::check::Finding;
use crate::intake::Intake;
use crate::span::Span;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the visitor said to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Id of the question.
    pub question: String,
    /// Id of the answer.
    pub answer: String,
}

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    /// The fact in the vocabulary, such as `status=403`.
    pub id: String,
    /// The fact in words.
    pub text: String,
    /// Where in the redacted text it was read.
    pub span: Option<Span>,
}

/// The facts that hold. What is not in here is unknown, not false: a known absence is a fact of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signals {
    facts: BTreeMap<String, Signal>,
}

impl Signals {
    /// Adds a fact; the first of a name stays.
    pub fn add(&mut self, signal: Signal) {
        self.facts.entry(signal.id.clone()).or_insert(signal);
    }

    /// The facts, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = &Signal> {
        self.facts.values()
    }

    /// These facts and what the visitor answered.
    #[must_use]
    pub fn with(self, _answers: &[Answer]) -> Self {
        self
    }
}

/// Gathers the facts.
pub fn gather(_text: &str, _intake: &Intake, _findings: &[Finding], answers: &[Answer]) -> Signals {
    Signals::default().with(answers)
}
