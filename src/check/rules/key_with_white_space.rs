//! White space stands inside the key.

use crate::check::credential::Form;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "key-with-white-space",
    severity: Severity::Error,
    title: "white space stands inside the key",
    why: "A line break or blank that was copied with the key becomes part of it; clients refuse to send it, or the server does not know the key.",
    fix: "Store the key again without line breaks and blanks: `export OPENAI_API_KEY=\"$(printf %s \"$OPENAI_API_KEY\" | tr -d '[:space:]')\"`.",
    source: "RFC 6750, section 2.1",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-key:52-0123456789ab-w}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    for credential in &cx.credentials {
        let Some(field) = credential.field() else { continue };
        let flagged = credential.mark().is_some_and(|m| m.has_flag('w'));
        // Several words after the scheme, one of them a key; a scheme written twice has a rule of its own.
        let after = credential
            .mark()
            .and_then(|m| credential.value.split_once(m.text))
            .map(|(_, after)| after.trim_end_matches(['"', '\'', ',']));
        let split = after.is_some_and(|a| a.contains(char::is_whitespace)) && credential.is_authorization();
        let escaped = ["\\n", "\\r", "%0A", "%0a", "\n", "\r"].iter().any(|e| credential.value.contains(e))
            && !matches!(credential.form, Form::Empty | Form::Variable(_));
        if flagged || split || escaped {
            let message = format!("The key in `{}` holds white space or a line break.", field.name);
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
            "key-with-white-space",
            &[
                &chat("Authorization: Bearer {{redacted:openai-key:52-0123456789ab-qw}}"),
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\\n"),
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}} abc"),
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "key-with-white-space",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: Bearer   {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: Bearer Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: Bearer"),
            ],
        );
    }
}
