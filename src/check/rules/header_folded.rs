//! A header value goes on in the next line.

use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "header-folded",
    severity: Severity::Warning,
    title: "a header value goes on in the next line",
    why: "Folding lines is obsolete: a server answers 400 or joins the lines, and a long key arrives with a blank in it.",
    fix: "Write the whole value in one line.",
    source: "RFC 9112, section 5.2",
    example: native_only(
        "curl https://api.openai.com/v1/models -H \"Authorization: Bearer $OPENAI_API_KEY\" -H \"X-Note: first\n  second\"",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    for field in cx.request_fields() {
        let folded = |text: &str| {
            let mut lines = text.trim().split('\n').skip(1);
            lines.any(|l| l.starts_with([' ', '\t']) && !l.trim_start().starts_with(['-', '"', '\'']))
        };
        let inner =
            field.span.map(|s| s.of(cx.text)).filter(|t| t.contains(field.name.as_str()) && !t.contains("\\\n"));
        if folded(&field.value) || inner.is_some_and(folded) {
            let message = format!("The value of `{}` goes on in the next line.", words::shown(&field.name, 40));
            out.report(Place::header(&field.name, field.span), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::silent;

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "header-folded",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/models HTTP/1.1\nX: a\\n b",
            ],
        );
    }
}
