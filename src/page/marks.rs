//! Cuts the redacted text into pieces to mark: what was taken out, what a finding is about, what a fact was read from.

use crate::check::Severity;
use crate::report::Report;
use crate::span::Span;

/// More marks than this help nobody and slow the page down: the facts' go first.
const MOST: usize = 1000;

/// A stretch of the redacted text in which nothing changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Byte range in the redacted text.
    pub span: Span,
    /// A secret stood here.
    pub redaction: bool,
    /// The narrowest fact read here: its place in the list that was given.
    pub fact: Option<usize>,
    /// The narrowest finding here: its place in the report's list, and how much it matters.
    pub finding: Option<(usize, Severity)>,
}

impl Piece {
    /// True for text without any mark.
    pub fn is_plain(&self) -> bool {
        !self.redaction && self.fact.is_none() && self.finding.is_none()
    }
}

/// What a mark stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Redaction,
    Finding(usize, Severity),
    Fact(usize),
}

/// The pieces of the report's redacted text in order; together they are the whole text. `facts` are the places of the facts that
/// are shown. Ranges that do not fit the text are
/// left out. There are few marks, so what they take does not depend on the text's length.
pub fn pieces(report: &Report, facts: &[Option<Span>]) -> Vec<Piece> {
    let text = report.redacted.as_deref().unwrap_or_default();
    let mut marks: Vec<(Span, Kind)> = Vec::new();
    marks.extend(report.placeholders.iter().map(|p| (p.span, Kind::Redaction)));
    let findings = report.findings.iter().enumerate();
    marks.extend(findings.filter_map(|(i, f)| Some((f.place.span?, Kind::Finding(i, f.severity)))));
    marks.extend(facts.iter().enumerate().filter_map(|(i, span)| Some(((*span)?, Kind::Fact(i)))));
    marks.retain(|(span, _)| !span.of(text).is_empty());
    marks.truncate(MOST);

    // Each mark opens at its start and closes at its end; between two such places nothing changes.
    // Few as they are, they are put where they belong one by one: a function that sorts would be larger.
    let mut events: Vec<(usize, bool, usize)> = Vec::with_capacity(marks.len() * 2);
    for (n, (span, _)) in marks.iter().enumerate() {
        for event in [(span.start, true, n), (span.end, false, n)] {
            let at = events.partition_point(|e| *e < event);
            events.insert(at, event);
        }
    }
    let mut open = Open::default();
    let (mut out, mut at) = (Vec::new(), 0);
    for (place, opens, n) in events {
        if place > at {
            out.push(open.piece(at, place));
            at = place;
        }
        if let Some((span, kind)) = marks.get(n) {
            open.change(*span, *kind, opens);
        }
    }
    if at < text.len() {
        out.push(open.piece(at, text.len()));
    }
    out
}

/// The marks that are open at a place.
#[derive(Default)]
struct Open {
    redactions: usize,
    /// The length, and the place in the list; so with the findings.
    facts: Vec<(usize, usize)>,
    findings: Vec<(usize, usize, Severity)>,
}

impl Open {
    fn change(&mut self, span: Span, kind: Kind, opens: bool) {
        let length = span.end - span.start;
        match (kind, opens) {
            (Kind::Redaction, true) => self.redactions += 1,
            (Kind::Redaction, false) => self.redactions = self.redactions.saturating_sub(1),
            (Kind::Fact(index), true) => self.facts.push((length, index)),
            (Kind::Fact(index), false) => self.facts.retain(|open| open.1 != index),
            (Kind::Finding(index, severity), true) => self.findings.push((length, index, severity)),
            (Kind::Finding(index, _), false) => self.findings.retain(|open| open.1 != index),
        }
    }

    fn piece(&self, start: usize, end: usize) -> Piece {
        Piece {
            span: Span::new(start, end),
            redaction: self.redactions > 0,
            fact: self.facts.iter().min().map(|(_, index)| *index),
            finding: self
                .findings
                .iter()
                .min_by_key(|open| (open.0, open.1))
                .map(|(_, index, severity)| (*index, *severity)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::{Raw, RedactOptions};
    use crate::report::{Finding, Placeholder, Where};

    fn report(text: &str) -> Report {
        let mut report = crate::inspect(Raw::new(String::new()), &RedactOptions::default(), &[]);
        report.redacted = Some(text.to_owned());
        (report.placeholders, report.findings) = (Vec::new(), Vec::new());
        report
    }

    fn finding(start: usize, end: usize) -> Finding {
        Finding {
            id: "x".into(),
            severity: Severity::Error,
            message: String::new(),
            place: Where {
                part: crate::check::Part::Header,
                name: None,
                pointer: None,
                line: None,
                column: None,
                span: Some(Span::new(start, end)),
            },
            why: String::new(),
            fix: String::new(),
            source: String::new(),
            mended: None,
        }
    }

    fn whole(report: &Report) -> String {
        let text = report.redacted.as_deref().unwrap_or_default();
        pieces(report, &[]).iter().map(|p| p.span.of(text)).collect()
    }

    #[test]
    fn overlapping_marks_are_cut_where_they_change() {
        let mut r = report("0123456789");
        r.findings = vec![finding(2, 8), finding(4, 6)];
        let facts = [None, Some(Span::new(5, 9))];
        let found: Vec<_> = pieces(&r, &facts)
            .iter()
            .map(|p| (p.span.start, p.span.end, p.fact.is_some(), p.finding.map(|f| f.0)))
            .collect();
        assert_eq!(
            found,
            [
                (0, 2, false, None),
                (2, 4, false, Some(0)),
                (4, 5, false, Some(1)),
                (5, 6, true, Some(1)),
                (6, 8, true, Some(0)),
                (8, 9, true, None),
                (9, 10, false, None)
            ]
        );
        assert_eq!(whole(&r), "0123456789");
    }

    #[test]
    fn ranges_that_do_not_fit_are_left_out() {
        let mut r = report("aü令b");
        r.findings = vec![finding(2, 3), finding(4, 99), finding(3, 3), finding(3, 6)];
        r.placeholders = vec![Placeholder { kind: "k".into(), fingerprint: None, span: Span::new(1, 3) }];
        assert_eq!(whole(&r), "aü令b");
        assert_eq!(pieces(&r, &[]).iter().filter(|p| !p.is_plain()).count(), 2);
    }

    #[test]
    fn no_text_no_pieces() {
        assert!(pieces(&report(""), &[]).is_empty());
        let plain = report("plain");
        assert_eq!(pieces(&plain, &[]).len(), 1);
    }
}
