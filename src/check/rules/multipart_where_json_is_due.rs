//! A form is sent to an endpoint that takes JSON.

use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "multipart-where-json-is-due",
    severity: Severity::Error,
    title: "a form is sent to an endpoint that takes JSON",
    why: "The endpoint reads a JSON body only; parts of a form are not looked at.",
    fix: "Send the members as JSON: `-H 'Content-Type: application/json' -d '{…}'`.",
    source: "https://platform.openai.com/docs/api-reference/introduction",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: multipart/form-data; boundary=x\n\n--x\nContent-Disposition: form-data; name=\"model\"\n\ngpt-4o\n--x--",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let (Some(operation), Some(field)) = (cx.operation(), cx.field("content-type")) else { return };
    let multipart = cx.media_type().is_some_and(|t| t == "multipart/form-data");
    if multipart && operation.takes("application/json") && !operation.takes("multipart/form-data") {
        let message = format!("`{} /v1{}` takes JSON, not a form.", operation.method, operation.template);
        out.report(Place::header("Content-Type", field.span), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "multipart-where-json-is-due",
            &[
                "POST https://api.openai.com/v1/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: multipart/form-data; boundary=x\n\n--x",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "multipart-where-json-is-due",
            &[
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json",
                ),
                "POST https://api.openai.com/v1/videos\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: multipart/form-data; boundary=x\n\n--x",
            ],
        );
    }
}
