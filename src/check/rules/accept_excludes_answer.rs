//! The Accept header does not admit what the endpoint answers.

use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "accept-excludes-answer",
    severity: Severity::Hint,
    title: "the Accept header does not admit what the endpoint answers",
    why: "The endpoint answers JSON, or events where `stream` is true; a client or a gateway that holds to Accept refuses such an answer.",
    fix: "Leave the Accept header out, or send `Accept: */*`.",
    source: "RFC 9110, section 12.5.1",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\nAccept: text/html\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let (Some(field), Some(path)) = (cx.field("accept"), cx.endpoint) else { return };
    let json =
        ["/chat/completions", "/responses", "/embeddings", "/completions", "/models", "/moderations"].contains(&path);
    let accepted = field.value.to_ascii_lowercase();
    let admits =
        ["json", "event-stream", "*/*", "application/*", "text/*", "$", "{"].iter().any(|t| accepted.contains(t));
    if json && !admits && !accepted.trim().is_empty() {
        let message = format!("`Accept: {}` admits neither JSON nor events.", words::shown(field.value.trim(), 60));
        out.report(Place::header("Accept", field.span), message);
        out.mend(cx, field.span, field.value.trim(), "*/*");
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "accept-excludes-answer",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nAccept: text/html"),
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nAccept: image/png, application/xml",
                ),
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "accept-excludes-answer",
            &[
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nAccept: application/json",
                ),
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nAccept: text/event-stream",
                ),
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nAccept:"),
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
            ],
        );
    }
}
