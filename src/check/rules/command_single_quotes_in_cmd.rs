//! Single quotes stand in a command for the Windows command prompt.

use crate::check::Part;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};
use crate::intake::InputKind;

pub(super) static RULE: Rule = Rule {
    id: "command-single-quotes-in-cmd",
    severity: Severity::Error,
    title: "single quotes stand in a command for the Windows command prompt",
    why: "cmd knows double quotes only: it cuts the command at every blank, so headers and body arrive in pieces.",
    fix: "Use double quotes and write those inside as `\\\"`, or put the body into a file: `-d @body.json`.",
    source: "https://everything.curl.dev/cmdline/options/quotes.html",
    example: native_only(
        "C:\\Users\\me>curl https://api.openai.com/v1/responses -H 'Content-Type: application/json' -d '{\"model\":\"gpt-4o\"}'",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(request) = cx.request.filter(|_| cx.kind == InputKind::Curl && cx.provider.is_public_api()) else {
        return;
    };
    let body = request.content.as_ref().filter(|c| c.text.starts_with('\''));
    let field = request.fields.iter().find(|f| f.name.starts_with('\''));
    let url = request.url.starts_with('\'').then_some(request.url_span);
    let place = match (body, field, url) {
        (Some(content), _, _) => Place::body("", content.span),
        (_, Some(field), _) => Place::header(&field.name, field.span),
        (_, _, Some(span)) => Place::part(Part::Url, span),
        _ => return,
    };
    out.report(place, "A single quote is sent as a character: cmd does not take it for a quote.");
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "command-single-quotes-in-cmd",
            &["C:\\>curl https://api.openai.com/v1/responses -d '{\"model\":\"gpt-4o\"}'"],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "command-single-quotes-in-cmd",
            &[
                "curl https://api.openai.com/v1/responses -d '{\"model\":\"gpt-4o\"}'",
                "C:\\>curl https://api.openai.com/v1/responses -d \"{\\\"model\\\":\\\"gpt-4o\\\"}\"",
            ],
        );
    }
}
