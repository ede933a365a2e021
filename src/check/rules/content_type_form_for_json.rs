//! A JSON body is sent as a form.

use crate::check::json::Body;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "content-type-form-for-json",
    severity: Severity::Warning,
    title: "a JSON body is sent as a form",
    why: "curl's `-d` declares a form unless told otherwise; the server then reads no JSON and says that `model` is missing.",
    fix: "Add `-H 'Content-Type: application/json'`, or use `--json` in the place of `-d`.",
    source: "https://everything.curl.dev/http/post/simple.html",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/x-www-form-urlencoded\n\n{\"model\":\"gpt-4o\",\"messages\":[]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let json = matches!(cx.body, Body::Json(_) | Body::Broken(_));
    let Some(field) = cx.field("content-type") else { return };
    if json && cx.media_type().as_deref() == Some("application/x-www-form-urlencoded") {
        let message = "The body is JSON, the type sent is `application/x-www-form-urlencoded`.";
        out.report_confirmed(cx, &[400, 415], Place::header("Content-Type", field.span), message);
        out.mend(cx, field.span, "application/x-www-form-urlencoded", "application/json");
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "content-type-form-for-json",
            &[
                "POST https://api.openai.com/v1/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\ncontent-type: application/x-www-form-urlencoded; charset=utf-8\n\n{\"model\":\"x\"}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "content-type-form-for-json",
            &[
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json",
                ),
                "POST https://auth.example/token\nContent-Type: application/x-www-form-urlencoded\n\na=b",
                &chat("Content-Type: ;;;"),
            ],
        );
    }
}
