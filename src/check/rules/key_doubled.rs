//! The key was pasted twice in a row.

use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "key-doubled",
    severity: Severity::Error,
    title: "the key was pasted twice in a row",
    why: "Two copies of a key are no key; it happens where the terminal did not show the first paste.",
    fix: "Store the key again and compare its length with the one expected.",
    source: "https://platform.openai.com/docs/guides/error-codes/api-errors",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-key:52-0123456789ab-d}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    for credential in &cx.credentials {
        let Some(field) = credential.field() else { continue };
        if credential.mark().is_some_and(|m| m.has_flag('d')) {
            let length =
                credential.mark().and_then(|m| m.chars()).map_or_else(String::new, |n| format!(" ({n} characters)"));
            out.report(
                Place::key(Some(&field.name), cx.value_span(field)),
                format!("The key in `{}`{length} is the same text twice.", field.name),
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
            "key-doubled",
            &[
                &chat("Authorization: Bearer {{redacted:openai-key:52-0123456789ab-d}}"),
                "POST https://acme.openai.azure.com/openai/v1/responses\napi-key: {{redacted:openai-key:52-0123456789ab-d}}\n\n{}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "key-doubled",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: Bearer {{redacted:openai-key:52-0123456789ab-w}}"),
                &chat("Authorization: Bearer {{redacted:bearer-token}}"),
                &chat("Authorization: Bearer {{redacted:x:--------}}"),
            ],
        );
    }
}
