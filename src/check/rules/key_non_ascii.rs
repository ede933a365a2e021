//! The key holds characters that no key has.

use crate::check::credential::Form;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "key-non-ascii",
    severity: Severity::Error,
    title: "the key holds characters that no key has",
    why: "Keys are made of ASCII letters, digits, `-` and `_`; another character came in by copying, and many clients refuse to send it.",
    fix: "Copy the key again from the provider's dashboard, as plain text.",
    source: "RFC 6750, section 2.1",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-key:52-0123456789ab-n}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    for credential in &cx.credentials {
        let Some(field) = credential.field() else { continue };
        if credential.mark().is_some_and(|m| m.has_flag('n'))
            || (credential.form == Form::Other
                && !credential.value.is_ascii()
                && !credential.value.chars().any(|c| {
                    words::is_smart_quote(c) || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
                }))
        {
            let length =
                credential.mark().and_then(|m| m.chars()).map_or_else(String::new, |n| format!(" ({n} characters)"));
            out.report(
                Place::key(Some(&field.name), cx.value_span(field)),
                format!("The key in `{}`{length} holds characters outside ASCII.", field.name),
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
            "key-non-ascii",
            &[
                &chat("Authorization: Bearer {{redacted:openai-key:52-0123456789ab-n}}"),
                "POST https://acme.openai.azure.com/openai/v1/responses\napi-key: {{redacted:openai-key:52-0123456789ab-n}}\n\n{}",
                &chat("Authorization: Bearer clé"),
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "key-non-ascii",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: Bearer {{redacted:openai-key:52-0123456789ab-w}}"),
                &chat("Authorization: Bearer {{redacted:bearer-token}}"),
                &chat("Authorization: Bearer {{redacted:x:--------}}"),
            ],
        );
    }
}
