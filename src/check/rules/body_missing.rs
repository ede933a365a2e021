//! The request has no body.

use crate::check::json::Body;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "body-missing",
    severity: Severity::Error,
    title: "the request has no body",
    why: "The endpoint reads its parameters from the body; without one it answers 400.",
    fix: "Send the parameters: `-d '{…}'`. A body is lost on redirects and where a tool takes the empty variable for it.",
    source: "https://platform.openai.com/docs/api-reference/introduction",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(operation) = cx.operation().filter(|o| o.needs_body() && cx.whole) else { return };
    let empty = match &cx.body {
        Body::Empty => true,
        Body::Absent => {
            cx.field("content-length").is_none_or(|f| f.value.trim() == "0") && cx.field("transfer-encoding").is_none()
        }
        _ => false,
    };
    // A form is shown by its files; its text is put together by the client.
    let form = cx.media_type().is_some_and(|t| t.starts_with("multipart/"));
    if empty && !form {
        out.report(
            Place::body("", None),
            format!("`{} /v1{}` is sent without a body.", operation.method, operation.template),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "body-missing",
            &[
                "POST https://api.openai.com/v1/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "POST https://api.openai.com/v1/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Length: 0",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "body-missing",
            &[
                "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"}",
                "POST https://api.openai.com/v1/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Length: 55",
                "POST https://api.openai.com/v1/threads\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "POST https://relay.example/v1/responses HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "POST https://api.openai.com/v1/files\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: multipart/form-data; boundary=x",
            ],
        );
    }
}
