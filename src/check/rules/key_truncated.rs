//! The key is shorter than keys of its kind.

use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "key-truncated",
    severity: Severity::Warning,
    title: "the key is shorter than keys of its kind",
    why: "Part of the key is missing: a cut at a line end, a field that is too short, a copy of the masked form.",
    fix: "Copy the whole key again; a key that is lost cannot be shown again, so make a new one.",
    source: "https://platform.openai.com/docs/guides/error-codes/api-errors",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-key:52-0123456789ab-t}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    for credential in &cx.credentials {
        let Some(field) = credential.field() else { continue };
        if credential.mark().is_some_and(|m| m.has_flag('t')) {
            let length =
                credential.mark().and_then(|m| m.chars()).map_or_else(String::new, |n| format!(" ({n} characters)"));
            out.report(
                Place::key(Some(&field.name), cx.value_span(field)),
                format!("The key in `{}`{length} is shorter than its kind can be.", field.name),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "key-truncated",
            &[
                &chat("Authorization: Bearer {{redacted:openai-key:52-0123456789ab-t}}"),
                "POST https://acme.openai.azure.com/openai/v1/responses\napi-key: {{redacted:openai-key:52-0123456789ab-t}}\n\n{}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "key-truncated",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: Bearer {{redacted:openai-key:52-0123456789ab-w}}"),
                &chat("Authorization: Bearer {{redacted:bearer-token}}"),
                &chat("Authorization: Bearer {{redacted:x:--------}}"),
            ],
        );
    }
}
