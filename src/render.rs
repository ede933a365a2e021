//! The report as text for a terminal: the verdict first, then why, then what to do, then the rest.
//!
//! Everything printed passes through [`printable`]: a paste must not be able to steer the terminal.

use crate::report::{Cause, Report};
use std::fmt::Write as _;

/// Columns that wrapped text keeps within.
const WIDTH: usize = 96;
/// How many causes after the first are named.
const OTHERS: usize = 4;

/// Renders a report for people; with `colour`, headings and severities carry ANSI colours.
pub fn text(report: &Report, colour: bool) -> String {
    let mut page = Page { out: String::new(), colour };
    if let Some(notice) = &report.notice {
        page.paragraph(0, notice);
    }
    verdict(&mut page, report);
    if let Some(cause) = report.causes.first() {
        reasons(&mut page, cause);
        fixes(&mut page, cause);
        reproduce(&mut page, report);
    }
    others(&mut page, report);
    findings(&mut page, report);
    questions(&mut page, report);
    notes(&mut page, report);
    page.out
}

/// A text without control characters that a terminal would obey; line breaks and tabs become spaces.
pub fn printable(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            // Direction marks could make a line read otherwise than it is.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => '\u{fffd}',
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}

fn verdict(page: &mut Page, report: &Report) {
    match report.causes.first() {
        Some(cause) => {
            page.line(0, Some("1"), &format!("{} ({})", cause.title, percent(cause.probability)));
            page.paragraph(2, &cause.meaning);
            page.line(2, Some("2"), &format!("cause: {}", cause.id));
        }
        None => page.line(0, Some("1"), "The evidence does not say why this failed."),
    }
    page.heading("Who answered");
    page.line(2, None, &format!("{} ({})", report.responder.title, percent(report.responder.confidence)));
    for reason in &report.responder.because {
        page.item(2, "-", reason);
    }
    if let Some(place) = &report.location {
        page.item(2, "-", &place.sentence());
    }
    if report.path.iter().any(|hop| hop.state == "refused") {
        let hop = |h: &crate::report::Hop| match h.state.as_str() {
            "refused" => format!("[{}: refused]", h.title),
            _ => h.title.clone(),
        };
        page.paragraph(2, &report.path.iter().map(hop).collect::<Vec<_>>().join(" > "));
    }
}

fn reasons(page: &mut Page, cause: &Cause) {
    if !cause.because.is_empty() || !cause.against.is_empty() {
        page.heading("Why");
    }
    for reason in &cause.because {
        page.item(2, "+", reason);
    }
    for reason in &cause.against {
        page.item(2, "-", &format!("against it: {reason}"));
    }
    if let Some(myth) = &cause.myth {
        page.paragraph(2, myth);
    }
}

fn fixes(page: &mut Page, cause: &Cause) {
    if cause.fixes.is_empty() && cause.retry.is_empty() {
        return;
    }
    page.heading("What to do");
    for (number, fix) in cause.fixes.iter().enumerate() {
        page.item(2, &format!("{}.", number + 1), &format!("{} ({})", fix.title, fix.effort));
        if let Some(detail) = &fix.detail {
            page.paragraph(5, detail);
        }
        for line in fix.command.iter().flat_map(|command| command.lines()) {
            // Not wrapped: a command is there to be copied.
            page.line(7, None, line);
        }
        if let Some(address) = &fix.page {
            page.line(5, None, address);
        }
    }
    if !cause.retry.is_empty() {
        page.item(2, "Retry:", &cause.retry);
    }
}

fn reproduce(page: &mut Page, report: &Report) {
    let Some(command) = &report.reproduce else { return };
    page.heading("To see it again, in bash");
    command.lines().for_each(|line| page.line(2, None, line));
}

fn others(page: &mut Page, report: &Report) {
    let others: Vec<_> = report.causes.iter().skip(1).filter(|c| c.probability >= 0.01).take(OTHERS).collect();
    if !others.is_empty() {
        page.heading("If it is not that");
    }
    for cause in others {
        page.item(2, &format!("{:>5}", percent(cause.probability)), &format!("{} ({})", cause.title, cause.id));
    }
}

fn findings(page: &mut Page, report: &Report) {
    if !report.findings.is_empty() {
        page.heading("Findings");
    }
    for finding in &report.findings {
        let (word, colour) = match finding.severity {
            crate::check::Severity::Error => ("error", "31"),
            crate::check::Severity::Warning => ("warning", "33"),
            crate::check::Severity::Hint => ("hint", "36"),
        };
        let place = match (finding.place.line, finding.place.column) {
            (Some(line), Some(column)) => format!("{line}:{column} "),
            _ => String::new(),
        };
        page.line(2, Some(colour), &format!("{place}{word} [{}]", finding.id));
        page.paragraph(4, &finding.message);
        page.paragraph(4, &finding.fix);
        if let Some(mended) = &finding.mended {
            page.paragraph(4, &mended.sentence);
        }
    }
    for problem in &report.problems {
        page.item(2, &format!("{}:{}", problem.line, problem.column), &format!("not understood: {}", problem.message));
    }
}

fn questions(page: &mut Page, report: &Report) {
    let Some(question) = report.questions.iter().find(|q| q.given.is_none()) else { return };
    page.heading("What would settle more");
    page.paragraph(2, &question.text);
    page.paragraph(2, &question.how);
    for answer in &question.answers {
        page.item(4, "-", &answer.text);
    }
}

fn notes(page: &mut Page, report: &Report) {
    page.heading("Notes");
    match report.redactions.len() {
        0 => {}
        1 => page.line(2, None, "1 secret was taken out before anything else happened."),
        n => page.line(2, None, &format!("{n} secrets were taken out before anything else happened.")),
    }
    if let Some(cause) = report.causes.first() {
        if !cause.support.is_empty() {
            page.item(2, "For support:", &cause.support);
        }
        for source in &cause.sources {
            page.item(2, "Source:", source);
        }
    }
    page.line(2, None, "This diagnosis, to be put behind the address of a why403 page:");
    page.line(2, None, &report.link);
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share.clamp(0.0, 1.0) * 100.0)
}

/// Text under way, with what is needed to lay it out.
struct Page {
    out: String,
    colour: bool,
}

impl Page {
    fn heading(&mut self, title: &str) {
        self.out.push('\n');
        self.line(0, Some("1"), title);
    }

    /// One line, not wrapped, in the ANSI colour `code` where colours are on.
    fn line(&mut self, indent: usize, code: Option<&str>, text: &str) {
        let text = printable(text);
        // Writing to a string cannot fail.
        let _ = match code.filter(|_| self.colour) {
            Some(code) => writeln!(self.out, "{:indent$}\x1b[{code}m{text}\x1b[0m", ""),
            None => writeln!(self.out, "{:indent$}{text}", ""),
        };
    }

    /// A wrapped paragraph; nothing for an empty one.
    fn paragraph(&mut self, indent: usize, text: &str) {
        if !text.trim().is_empty() {
            self.wrapped(indent, indent, "", text);
        }
    }

    /// A wrapped paragraph behind a mark.
    fn item(&mut self, indent: usize, mark: &str, text: &str) {
        self.wrapped(indent, indent + mark.chars().count() + 1, mark, text);
    }

    fn wrapped(&mut self, indent: usize, hanging: usize, mark: &str, text: &str) {
        let mut line = format!("{:indent$}{mark}", "");
        let mut width = line.chars().count();
        let mut fresh = mark.is_empty();
        for word in printable(text).split_whitespace() {
            let length = word.chars().count();
            if !fresh && width > hanging && width + 1 + length > WIDTH {
                self.out.push_str(line.trim_end());
                self.out.push('\n');
                line = format!("{:hanging$}", "");
                width = hanging;
                fresh = true;
            }
            if !fresh {
                line.push(' ');
                width += 1;
            }
            line.push_str(word);
            width += length;
            fresh = false;
        }
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::{Page, printable};

    fn wrapped(mark: &str, text: &str) -> String {
        let mut page = Page { out: String::new(), colour: false };
        page.item(2, mark, text);
        page.out
    }

    #[test]
    fn a_paste_cannot_steer_the_terminal() {
        assert_eq!(printable("a\x1b[31mb\u{9b}c\u{202e}d\ne"), "a\u{fffd}[31mb\u{fffd}c\u{fffd}d e");
    }

    #[test]
    fn long_text_hangs_under_its_mark() {
        let out = wrapped("-", &"word ".repeat(30));
        assert!(out.lines().all(|line| line.chars().count() <= 96), "{out}");
        assert_eq!(out.lines().map(|line| line.find('w').unwrap()).collect::<Vec<_>>(), [4, 4]);
        assert_eq!(wrapped("-", "x"), "  - x\n");
        assert_eq!(wrapped("-", &"y".repeat(200)), format!("  - {}\n", "y".repeat(200)));
    }

    #[test]
    fn colours_only_where_wanted() {
        let report = crate::inspect(crate::redact::Raw::new(String::new()), &Default::default(), &[]);
        assert!(!super::text(&report, false).contains('\x1b'));
        assert!(super::text(&report, true).contains("\x1b["));
    }
}
