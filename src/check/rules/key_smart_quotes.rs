//! Typographic quotes stand around the key.

use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "key-smart-quotes",
    severity: Severity::Error,
    title: "typographic quotes stand around the key",
    why: "Word processors and chat programs turn straight quotes into typographic ones; no shell takes them for quotes, so they are sent as part of the key.",
    fix: "Type the quotes again in the editor, or paste the command as plain text.",
    source: "RFC 9110, section 5.5",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer “{{redacted:openai-project-key:164-0123456789ab}}”\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    for field in cx.credentials.iter().filter_map(|c| c.field()) {
        if let Some(quote) = field.value.chars().find(|c| words::is_smart_quote(*c)) {
            let message = format!("`{quote}` stands in the value of `{}`.", field.name);
            out.report(Place::key(Some(&field.name), cx.value_span(field)), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "key-smart-quotes",
            &[
                &chat("Authorization: Bearer “{{redacted:openai-project-key:164-0123456789ab}}”"),
                &chat("Authorization: ‘Bearer {{redacted:openai-project-key:164-0123456789ab}}’"),
                &chat("api-key: «x»"),
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "key-smart-quotes",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: Bearer \"x\""),
                &chat("X-Title: “x”"),
            ],
        );
    }
}
