//! The report as text for a terminal.

use crate::report::Report;

/// Renders a report for people.
pub fn text(report: &Report) -> String {
    format!("{}\n", report.responder.title)
}
