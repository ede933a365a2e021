//! The method is not written in capitals.

use crate::check::Part;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};
use crate::intake::InputKind;

pub(super) static RULE: Rule = Rule {
    id: "method-lower-case",
    severity: Severity::Error,
    title: "the method is not written in capitals",
    why: "Methods are case-sensitive; `post` is an unknown one, and edges refuse it.",
    fix: "Write the method in capitals.",
    source: "RFC 9110, section 9.1",
    example: native_only(
        "curl -X post https://api.openai.com/v1/responses -H \"Authorization: Bearer $OPENAI_API_KEY\" --json '{\"model\":\"gpt-4o\",\"input\":\"Hi\"}'",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(request) = cx.request else { return };
    let method = request.method.as_str();
    let upper = method.to_ascii_uppercase();
    // The Fetch standard puts these in capitals by itself; `patch` it does not.
    let normalized =
        cx.kind == InputKind::Fetch && matches!(upper.as_str(), "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "OPTIONS");
    let known = matches!(upper.as_str(), "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "OPTIONS" | "PATCH");
    if known
        && upper != method
        && !normalized
        && matches!(cx.kind, InputKind::Curl | InputKind::Http | InputKind::Fetch)
    {
        out.report(
            Place::part(Part::Method, request.method_span),
            format!("`{}` is sent; the method is `{upper}`.", words::shown(method, 20)),
        );
        out.mend(cx, request.method_span, method, &upper);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "method-lower-case",
            &[
                "post https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "Get https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "method-lower-case",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "QUERY https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "brew https://a.example/\nA: b",
            ],
        );
    }
}
