//! A JSON body is sent without Content-Type.

use crate::check::json::Body;
use crate::check::provider::Provider;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "content-type-missing",
    severity: Severity::Warning,
    title: "a JSON body is sent without Content-Type",
    why: "Without the type the body is not read as JSON, and the server says that parameters such as `model` are missing.",
    fix: "Send `Content-Type: application/json`.",
    source: "RFC 9110, section 8.3",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\n{\"model\":\"gpt-4o\",\"messages\":[]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let json = matches!(cx.body, Body::Json(_) | Body::Broken(_));
    if json && cx.whole && cx.field("content-type").is_none() && cx.provider != Provider::Google {
        out.report_confirmed(
            cx,
            &[400, 415],
            Place::header("Content-Type", None),
            "A JSON body is sent without `Content-Type: application/json`.",
        );
        out.mend_with_field(cx, "Content-Type: application/json");
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "content-type-missing",
            &[
                "POST https://api.openai.com/v1/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\n{\"model\":\"x\"}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "content-type-missing",
            &[
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json",
                ),
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "POST https://api.openai.com/v1/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\na=b",
            ],
        );
    }
}
