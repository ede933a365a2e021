//! The program sent its word for "no value" as the key.

use crate::check::credential::Form;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "key-is-a-word-for-nothing",
    severity: Severity::Error,
    title: "the program sent its word for \"no value\" as the key",
    why: "A setting was not found, and the program wrote `undefined`, `null` or `None` where the key belongs.",
    fix: "Find out why the setting is empty: the name of the variable, the place of the `.env` file, the process that reads it.",
    source: "https://platform.openai.com/docs/guides/error-codes/api-errors",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer undefined\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    for credential in &cx.credentials {
        let (Some(field), Form::Nothing(word)) = (credential.field(), credential.form) else { continue };
        let message = format!("`{}` is sent as the key.", word);
        out.report(Place::key(Some(&field.name), cx.value_span(field)), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "key-is-a-word-for-nothing",
            &[
                &chat("Authorization: Bearer undefined"),
                &chat("Authorization: Bearer None"),
                &chat("Authorization: null"),
                &chat("Authorization: Bearer [object Object]"),
                &chat("Authorization: Bearer \"null\""),
                "POST https://api.anthropic.com/v1/messages\nx-api-key: undefined\n\n{}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "key-is-a-word-for-nothing",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: Bearer none-such-key"),
                &chat("Authorization: Bearer $undefined"),
            ],
        );
    }
}
