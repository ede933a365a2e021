//! Quotes stand around the key and are sent with it.

use crate::check::credential::Form;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "key-quoted",
    severity: Severity::Error,
    title: "quotes stand around the key and are sent with it",
    why: "The server compares the key with its quotes and does not find it. Quotes get in through `.env` files, Docker `--env-file` and settings pages, which keep them.",
    fix: "Take the quotes away where the key is stored.",
    source: "https://platform.openai.com/docs/guides/error-codes/api-errors",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer \"{{redacted:openai-project-key:164-0123456789ab}}\"\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    for credential in &cx.credentials {
        let Some(field) = credential.field() else { continue };
        let quoted = credential.value.starts_with(['"', '\'', '`']) && credential.value.len() > 1;
        let whole = field.value.trim().starts_with(['"', '\'']) && credential.is_authorization();
        let flagged = credential.mark().is_some_and(|m| m.has_flag('q'));
        if (quoted || whole || flagged) && credential.form != Form::Empty {
            let message = format!("The value of `{}` carries quotes inside: they become part of the key.", field.name);
            out.report(Place::key(Some(&field.name), cx.value_span(field)), message);
            if let Some(bare) = words::unquoted(credential.value) {
                out.mend(cx, cx.value_span(field), credential.value, bare);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "key-quoted",
            &[
                &chat("Authorization: Bearer \"{{redacted:openai-project-key:164-0123456789ab}}\""),
                &chat("Authorization: \"Bearer {{redacted:openai-project-key:164-0123456789ab}}\""),
                &chat("Authorization: Bearer '$KEY'"),
                &chat("Authorization: Bearer {{redacted:openai-key:53-0123456789ab-q}}"),
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "key-quoted",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: Bearer \"\""),
                &chat("Authorization: Bearer {{redacted:openai-key:53-0123456789ab-w}}"),
                &chat("Authorization: Bearer “x”"),
                &chat("X: \"a\""),
            ],
        );
    }
}
