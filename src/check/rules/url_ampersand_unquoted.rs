//! An ampersand outside quotes cuts the URL.

use crate::check::Part;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};
use crate::intake::InputKind;
use crate::span::Span;

pub(super) static RULE: Rule = Rule {
    id: "url-ampersand-unquoted",
    severity: Severity::Warning,
    title: "an ampersand outside quotes cuts the URL",
    why: "The shell ends the command at `&` and runs it in the background: the rest of the URL and all options after it are not sent.",
    fix: "Put the URL in double quotes.",
    source: "https://www.gnu.org/software/bash/manual/html_node/Lists.html",
    example: native_only(
        "curl https://api.openai.com/v1/files?limit=20&order=desc -H \"Authorization: Bearer $OPENAI_API_KEY\"",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let (Some(span), InputKind::Curl) = (cx.request.and_then(|r| r.url_span), cx.kind) else { return };
    let after = cx.text.get(span.end..).unwrap_or_default();
    let goes_on = after.strip_prefix('&').is_some_and(|r| r.starts_with(|c: char| c.is_alphanumeric() || c == '_'));
    if cx.quote_around(span).is_none() && goes_on {
        let message = "The shell cuts the URL at `&`; what follows is not sent.";
        out.report(Place::part(Part::Url, Some(Span::new(span.end, span.end + 1))), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires("url-ampersand-unquoted", &["curl https://api.openai.com/v1/files?limit=20&order=desc"]);
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "url-ampersand-unquoted",
            &[
                "curl \"https://api.openai.com/v1/files?limit=20&order=desc\" -H \"Authorization: Bearer $K\"",
                "curl https://api.openai.com/v1/files -H \"Authorization: Bearer $K\" && echo done",
                "curl https://api.openai.com/v1/files?limit=20\\&order=desc",
            ],
        );
    }
}
