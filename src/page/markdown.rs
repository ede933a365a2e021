//! The report as Markdown, for a ticket, a chat or a wiki: the verdict, why, what to do, what else it could be, the redacted
//! text. Everything is redacted already.

use super::say_once::evidence;
use super::{spoken, words};
use crate::report::{Cause, Report};
use crate::words::text;

/// The report as a Markdown document.
pub fn markdown(report: &Report) -> String {
    let mut out = String::new();
    let verdict = report.causes.first().filter(|_| report.settled);
    match verdict {
        Some(cause) => {
            heading(&mut out, "# ", &spoken::title(cause).text);
            out.extend([&*spoken::likelihood(cause).text, ", ", &words::percent(cause.probability), ". "]);
            out.extend([&*spoken::meaning(cause).text, "\n\n"]);
        }
        None => {
            heading(&mut out, "# ", text(if report.causes.is_empty() { "nothing-recognised" } else { "not-enough" }))
        }
    }
    out.extend([text("who-answered"), ": ", &spoken::responder(&report.responder).text, "\n\n"]);
    let (because, others) = evidence(report);
    let (title, said) = if verdict.is_some() { ("why", because) } else { ("known", others) };
    section(&mut out, text(title), said.iter().map(|e| ("- ", &*e.text)));
    if let Some(cause) = verdict {
        section(&mut out, text("against"), cause.against.iter().map(|s| ("- ", &**s)));
        fixes(&mut out, report, cause);
    }
    let rest = report.causes.get(usize::from(verdict.is_some())..).unwrap_or_default();
    let rest: Vec<String> =
        rest.iter().map(|c| [&*spoken::title(c).text, ", ", &words::percent(c.probability)].concat()).collect();
    section(&mut out, text(if verdict.is_some() { "others" } else { "possible" }), rest.iter().map(|s| ("- ", &**s)));
    section(&mut out, text("findings"), report.findings.iter().map(|f| ("- ", &*f.message)));
    if let Some(redacted) = report.redacted.as_deref().filter(|t| !t.is_empty()) {
        heading(&mut out, "## ", text("redacted"));
        // A fence that is longer than any in the text.
        let longest = redacted.split(|c| c != '`').map(str::len).max().unwrap_or_default();
        let fence = "`".repeat(longest.max(2) + 1);
        out.extend([&*fence, "\n", redacted.trim_end(), "\n", &*fence, "\n"]);
    }
    out
}

fn heading(out: &mut String, level: &str, title: &str) {
    out.extend([level, title, "\n\n"]);
}

/// A heading and a list; nothing where the list is empty.
fn section<'a>(out: &mut String, title: &str, items: impl Iterator<Item = (&'a str, &'a str)>) {
    let mut items = items.peekable();
    if items.peek().is_none() {
        return;
    }
    heading(out, "## ", title);
    for (mark, item) in items {
        out.extend([mark, item, "\n"]);
    }
    out.push('\n');
}

fn fixes(out: &mut String, report: &Report, cause: &Cause) {
    heading(out, "## ", text("fixes"));
    for fix in &cause.fixes {
        out.extend(["1. ", &*spoken::fix_title(cause, fix, &report.parameters).text, "\n"]);
        if let Some(detail) = spoken::fix_detail(cause, fix, &report.parameters) {
            out.extend(["   ", &*detail.text, "\n"]);
        }
        if let Some(command) = &fix.command {
            out.extend(["\n   ```\n   ", command, "\n   ```\n"]);
        }
        if let Some(page) = &fix.page {
            out.extend(["   <", page, ">\n"]);
        }
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::{Raw, RedactOptions};

    #[test]
    fn it_says_the_verdict_the_evidence_the_fixes_and_the_text() {
        let text = "HTTP/1.1 403 Forbidden\n\nSorry, you have been blocked\n```";
        let report = crate::inspect(Raw::new(text.to_owned()), &RedactOptions::default(), &[]);
        let said = markdown(&report);
        let first = &report.causes.first().expect("a cause").title;
        assert!(said.starts_with(&format!("# {first}\n")), "{said}");
        for part in ["## Why", "## What to do", "1. ", "## What else it could be", "````\nHTTP/1.1 403 Forbidden"] {
            assert!(said.contains(part), "{part} is missing in {said}");
        }
    }

    #[test]
    fn of_nothing_it_says_that() {
        let said = markdown(&Report::default());
        assert!(said.starts_with("# No refusal recognised"), "{said}");
    }
}
