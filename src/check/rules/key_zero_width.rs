//! The key holds invisible characters.

use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "key-zero-width",
    severity: Severity::Error,
    title: "the key holds invisible characters",
    why: "Zero-width characters are copied along from web pages and chat programs; they cannot be seen, and the key is not known with them.",
    fix: "Type the ends of the key by hand, or copy it again from the provider's dashboard.",
    source: "RFC 6750, section 2.1",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-key:52-0123456789ab-z}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    for credential in &cx.credentials {
        let Some(field) = credential.field() else { continue };
        if credential.mark().is_some_and(|m| m.has_flag('z'))
            || (credential.value.contains(['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}']))
        {
            let length =
                credential.mark().and_then(|m| m.chars()).map_or_else(String::new, |n| format!(" ({n} characters)"));
            out.report(
                Place::key(Some(&field.name), cx.value_span(field)),
                format!("The key in `{}`{length} holds zero-width characters.", field.name),
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
            "key-zero-width",
            &[
                &chat("Authorization: Bearer {{redacted:openai-key:52-0123456789ab-z}}"),
                "POST https://acme.openai.azure.com/openai/v1/responses\napi-key: {{redacted:openai-key:52-0123456789ab-z}}\n\n{}",
                &chat("Authorization: Bearer ab\u{200b}cd"),
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "key-zero-width",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: Bearer {{redacted:openai-key:52-0123456789ab-w}}"),
                &chat("Authorization: Bearer {{redacted:bearer-token}}"),
                &chat("Authorization: Bearer {{redacted:x:--------}}"),
            ],
        );
    }
}
