//! The key stands in a header that this provider does not read.

use crate::check::credential::Credential;
use crate::check::provider::Provider;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "credential-in-wrong-header",
    severity: Severity::Error,
    title: "the key stands in a header that this provider does not read",
    why: "Each provider reads its key from one header; in another it is as good as not sent.",
    fix: "Send the key in the header that the message names.",
    source: "https://learn.microsoft.com/azure/ai-services/openai/reference",
    example: native_only(
        "POST https://api.openai.com/v1/responses HTTP/1.1\napi-key: {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"input\":\"Hi\"}",
    ),
    run,
};

/// The fields that a provider reads a key from, the best first.
fn read_by(cx: &Context<'_>) -> Option<&'static [&'static str]> {
    Some(match cx.provider {
        Provider::OpenAi | Provider::OpenRouter => &["Authorization"],
        // The newer `/openai/v1` and Microsoft Entra tokens use Authorization.
        Provider::Azure if cx.target.path.starts_with("/openai/v1") => return None,
        Provider::Azure => &["api-key", "ocp-apim-subscription-key"],
        // The OpenAI-compatible route takes what OpenAI's libraries send.
        Provider::Anthropic if cx.target.path.ends_with("/chat/completions") => &["Authorization", "x-api-key"],
        Provider::Anthropic => &["x-api-key"],
        Provider::Google if cx.target.path.contains("/openai/") => &["Authorization", "x-goog-api-key"],
        Provider::Google => &["x-goog-api-key"],
        _ => return None,
    })
}

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(read) = read_by(cx) else { return };
    let is_read = |name: &str| read.iter().any(|r| r.eq_ignore_ascii_case(name.trim()));
    if cx.credentials.iter().filter_map(|c| c.field()).any(|f| is_read(&f.name)) {
        return;
    }
    let Some(right) = read.first() else { return };
    for credential in &cx.credentials {
        let Some(field) = credential.field() else { continue };
        if credential.is_authorization() && !is_api_key(cx.provider, credential) {
            continue;
        }
        let message = format!("The key is sent in `{}`; {} reads it from `{right}`.", field.name, cx.provider.title());
        out.report(Place::key(Some(&field.name), field.span), message);
        let bearer = if *right == "Authorization" { "Bearer " } else { "" };
        let old = [&field.name, ": ", field.value.trim()].concat();
        out.mend(cx, field.span, &old, &[right, ": ", bearer, credential.value].concat());
    }
}

/// True for what is surely an API key in Authorization. Tokens (Microsoft Entra, Google, OAuth) belong there, and a variable
/// may hold one.
fn is_api_key(provider: Provider, credential: &Credential<'_>) -> bool {
    let Some(mark) = credential.mark() else { return false };
    let token = ["jwt", "bearer-token", "credentials", "oauth"].iter().any(|k| mark.kind.contains(k));
    match provider {
        Provider::Google => mark.kind == "google-key" || mark.kind == "google-api-key",
        // Tokens of Microsoft Entra are JSON Web Tokens.
        Provider::Azure => mark.kind != "jwt",
        _ => !token,
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "credential-in-wrong-header",
            &[
                "POST https://api.openai.com/v1/chat/completions\napi-key: $KEY",
                "GET https://api.openai.com/v1/models\nAuthentication: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "POST https://api.openai.com/v1/chat/completions\nx-api-key: {{redacted:openai-project-key:164-0123456789ab}}",
                "POST https://api.anthropic.com/v1/messages\nAuthorization: Bearer {{redacted:anthropic-key:108-0123456789ab}}\n\n{}",
                "POST https://acme.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-10-21\nAuthorization: Bearer {{redacted:api-key:32-0123456789ab}}\n\n{}",
                "POST https://generativelanguage.googleapis.com/v1beta/models/gemini-pro:generateContent\nAuthorization: Bearer {{redacted:google-key:39-0123456789ab}}\n\n{}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "credential-in-wrong-header",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                "POST https://api.openai.com/v1/chat/completions\nAuthorization: Bearer $X\napi-key: $X",
                "POST https://acme.openai.azure.com/openai/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "POST https://acme.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-10-21\nAuthorization: Bearer {{redacted:jwt}}\n\n{}",
                "POST https://relay.example/v1/messages\napi-key: $KEY",
                "POST https://api.anthropic.com/v1/messages\nAuthorization: Bearer $CLAUDE_CODE_OAUTH_TOKEN\n\n{}",
            ],
        );
    }
}
