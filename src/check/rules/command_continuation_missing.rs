//! A line of the command is not continued.

use crate::check::{Context, Findings, Place, Rule, Severity, native_only};
use crate::check::{Part, words};
use crate::intake::InputKind;
use crate::span::Span;

pub(super) static RULE: Rule = Rule {
    id: "command-continuation-missing",
    severity: Severity::Warning,
    title: "a line of the command is not continued",
    why: "Without a backslash at the end of the line before, the shell runs the command there: headers and body in the next lines are not sent.",
    fix: "End every line but the last with ` \\` (nothing may follow the backslash); in cmd with `^`, in PowerShell with a backtick.",
    source: "https://www.gnu.org/software/bash/manual/html_node/Escape-Character.html",
    example: native_only(
        "curl https://api.openai.com/v1/responses\n  -H \"Authorization: Bearer $OPENAI_API_KEY\"\n  -d '{\"model\":\"gpt-4o\",\"input\":\"Hi\"}'",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let (Some(span), InputKind::Curl) = (cx.request.and_then(|r| r.url_span), cx.kind) else { return };
    let mut at = span.start;
    let mut lines = cx.text.get(at..).unwrap_or_default().split_inclusive('\n').take(LINES);
    // The command's lines, up to the first that is not continued.
    for line in lines.by_ref() {
        at += line.len();
        let bare = line.trim_end_matches(['\r', '\n']);
        if !bare.ends_with(['\\', '^', '`']) {
            // White space behind a backslash escapes the blank and not the line end.
            let spoilt = bare.trim_end().ends_with('\\').then_some("white space follows the backslash");
            let Some(next) = lines.next().filter(|l| is_option(l)) else { return };
            let why = spoilt.unwrap_or("the line before ends without a backslash");
            let place = Span::new(at, at + next.trim_end().len());
            let message = format!("`{}` does not belong to the command: {why}.", words::shown(next.trim(), 40));
            out.report(Place::part(Part::Header, Some(place)), message);
            return;
        }
    }
}

/// Lines of a command that are looked at.
const LINES: usize = 60;

fn is_option(line: &str) -> bool {
    let line = line.trim_start();
    ["-H ", "-H'", "-H\"", "-d ", "-d'", "-F ", "-X ", "-u ", "--header", "--data", "--json", "--form", "--request"]
        .iter()
        .any(|o| line.starts_with(o))
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "command-continuation-missing",
            &[
                "curl https://api.openai.com/v1/models\n  -H \"Authorization: Bearer $K\"",
                "curl https://api.openai.com/v1/models \\ \n  -H \"Authorization: Bearer $K\"",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "command-continuation-missing",
            &[
                "curl https://api.openai.com/v1/models \\\n  -H \"Authorization: Bearer $K\"",
                "curl https://api.openai.com/v1/models -H \"Authorization: Bearer $K\"\n\nHTTP/1.1 401 Unauthorized\n",
                &["curl https://api.openai.com/v1/models -H \"Authorization: Bearer $K\"", &" \\\n".repeat(500)]
                    .concat(),
            ],
        );
    }
}
