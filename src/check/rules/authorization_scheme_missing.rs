//! The key stands in Authorization without `Bearer`.

use crate::check::credential::Form;
use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "authorization-scheme-missing",
    severity: Severity::Error,
    title: "the key stands in Authorization without `Bearer`",
    why: "The header is read as scheme and credentials; a bare key is taken for an unknown scheme, and no key is found.",
    fix: "Put `Bearer` and one space before the key.",
    source: "RFC 6750, section 2.1",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    if matches!(cx.provider, Provider::Aws | Provider::ChatGptWeb | Provider::OpenAiPage) {
        return;
    }
    for credential in cx.credentials.iter().filter(|c| c.is_authorization() && c.scheme.is_none()) {
        let Some(field) = credential.field() else { continue };
        // A glued scheme has a rule of its own.
        let starts = ["bearer", "authorization"]
            .iter()
            .any(|w| credential.value.to_ascii_lowercase().trim_start_matches(['"', '\'']).starts_with(w));
        if !starts && matches!(credential.form, Form::Redacted(_) | Form::Variable(_) | Form::Sample | Form::Other) {
            let message =
                format!("`{}: {}` has no scheme before the key.", field.name, words::shown(credential.value, 70));
            out.report(Place::key(Some(&field.name), cx.value_span(field)), message);
            out.mend(cx, cx.value_span(field), credential.value, &["Bearer ", credential.value].concat());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "authorization-scheme-missing",
            &[
                &chat("Authorization: {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("authorization: $OPENAI_API_KEY"),
                &chat("Authorization: YOUR_API_KEY"),
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "authorization-scheme-missing",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization:"),
                &chat("Authorization: Bearer{{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: Basic {{redacted:basic-credentials}}"),
                &chat(&["Authorization:", &" a".repeat(5000), " "].concat()),
            ],
        );
    }
}
