//! JSON is sent to an endpoint that takes a file in a form.

use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "json-where-multipart-is-due",
    severity: Severity::Error,
    title: "JSON is sent to an endpoint that takes a file in a form",
    why: "Endpoints that take a file read `multipart/form-data` only.",
    fix: "Send the file as a form: `curl -F file=@FILE -F purpose=batch`, without a `Content-Type` header of your own.",
    source: "https://platform.openai.com/docs/api-reference/files/create",
    example: native_only(
        "POST https://api.openai.com/v1/files HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"file\":\"a.jsonl\",\"purpose\":\"batch\"}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let (Some(operation), Some(field)) = (cx.operation(), cx.field("content-type")) else { return };
    let json = cx.media_type().is_some_and(|t| t == "application/json");
    if json && operation.takes("multipart/form-data") && !operation.takes("application/json") {
        let message =
            format!("`{} /v1{}` takes `multipart/form-data`, not JSON.", operation.method, operation.template);
        out.report(Place::header("Content-Type", field.span), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "json-where-multipart-is-due",
            &[
                "POST https://api.openai.com/v1/audio/transcriptions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "json-where-multipart-is-due",
            &[
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json",
                ),
                "GET https://api.openai.com/v1/files\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json",
            ],
        );
    }
}
