//! Facts to ranked causes: the decision tree held as data.

use crate::report::{Cause, Hop, Question, Responder};
use crate::signals::Signals;

/// What the facts say.
#[derive(Debug, Clone)]
pub struct Diagnosis {
    /// Who answered.
    pub responder: Responder,
    /// Causes, most likely first.
    pub causes: Vec<Cause>,
    /// Questions, best first.
    pub questions: Vec<Question>,
    /// The path with the hop that refused.
    pub path: Vec<Hop>,
}

/// Ranks the causes.
pub fn diagnose(_signals: &Signals) -> Diagnosis {
    Diagnosis {
        responder: Responder {
            id: "unknown".into(),
            title: "Nobody knows yet".into(),
            confidence: 0.0,
            because: Vec::new(),
        },
        causes: Vec::new(),
        questions: Vec::new(),
        path: Vec::new(),
    }
}
