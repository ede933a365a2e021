//! An API key is sent to ChatGPT's web backend.

use crate::check::provider::{Provider, key_provider};
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "api-key-at-web-backend",
    severity: Severity::Error,
    title: "an API key is sent to ChatGPT's web backend",
    why: "ChatGPT's backend takes the tokens of its own sign-in and knows no API keys.",
    fix: "Send the request to `https://api.openai.com/v1`.",
    source: "https://platform.openai.com/docs/api-reference/introduction",
    example: native_only(
        "POST https://chatgpt.com/backend-api/codex/responses HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-5\"}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    if !matches!(cx.provider, Provider::ChatGptWeb | Provider::OpenAiPage) {
        return;
    }
    for credential in &cx.credentials {
        let (Some(mark), Some(field)) = (credential.mark(), credential.field()) else { continue };
        if key_provider(mark.kind) == Some("openai") && !mark.kind.contains("session") {
            let message = format!("A key of the kind `{}` is sent to {}, which is no API.", mark.kind, cx.target.host);
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
            "api-key-at-web-backend",
            &[
                "POST https://chatgpt.com/backend-api/codex/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://platform.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "api-key-at-web-backend",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                "POST https://chatgpt.com/backend-api/codex/responses\nAuthorization: Bearer {{redacted:jwt}}",
                "GET https://relay.example/\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }
}
