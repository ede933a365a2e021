//! Typographic quotes stand in the command.

use crate::check::{Context, Findings, Place, Rule, Severity, native_only};
use crate::check::{Part, words};
use crate::intake::InputKind;
use crate::span::Span;

pub(super) static RULE: Rule = Rule {
    id: "command-smart-quotes",
    severity: Severity::Error,
    title: "typographic quotes stand in the command",
    why: "A shell takes only straight quotes for quotes: with typographic ones the words fall apart, and headers and body do not arrive as meant.",
    fix: "Type the quotes again in the terminal or in an editor for code, or paste the command as plain text.",
    source: "https://www.gnu.org/software/bash/manual/html_node/Quoting.html",
    example: native_only("curl https://api.openai.com/v1/models -H “Authorization: Bearer $OPENAI_API_KEY”"),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(request) = cx.request.filter(|_| cx.kind == InputKind::Curl) else { return };
    let spans = request
        .fields
        .iter()
        .filter_map(|f| f.span)
        .chain(request.url_span)
        .chain(request.content.as_ref().and_then(|c| c.span));
    for span in spans {
        let before =
            cx.text.get(..span.start).and_then(|t| t.chars().next_back()).map(|c| (span.start - c.len_utf8(), c));
        let first = span.of(cx.text).chars().next().map(|c| (span.start, c));
        if let Some((at, quote)) = [before, first].into_iter().flatten().find(|(_, c)| words::is_smart_quote(*c)) {
            let place = Span::new(at, at + quote.len_utf8());
            out.report(Place::part(Part::Header, Some(place)), format!("`{quote}` is no quote for a shell."));
            let single = matches!(quote, '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2039}' | '\u{203a}' | '\u{ff07}');
            out.mend(cx, Some(place), &quote.to_string(), if single { "'" } else { "\"" });
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires("command-smart-quotes", &["curl https://api.openai.com/v1/models -H ‘Authorization: Bearer $K’"]);
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "command-smart-quotes",
            &[
                "curl https://api.openai.com/v1/models -H \"X-Title: “a”\" -H \"Authorization: Bearer $K\"",
                "curl https://api.openai.com/v1/responses -H \"Authorization: Bearer $K\" --json '{\"input\":\"“Hi”\",\"model\":\"x\"}'",
            ],
        );
    }
}
