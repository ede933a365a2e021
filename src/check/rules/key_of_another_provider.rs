//! The key belongs to another provider than the host.

use crate::check::credential::Credential;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "key-of-another-provider",
    severity: Severity::Error,
    title: "the key belongs to another provider than the host",
    why: "Keys are known only to the provider that made them; the prefix tells which that is.",
    fix: "Use a key of the provider that the URL names, or the URL that fits the key.",
    source: "https://platform.openai.com/docs/guides/error-codes/api-errors",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:anthropic-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    for credential in &cx.credentials {
        let Some(mark) = credential.mark() else { continue };
        if cx.provider.takes(mark.kind) == Some(false) && !is_elsewhere(cx, credential) {
            let message =
                format!("A key of the kind `{}` is sent to {} ({}).", mark.kind, cx.target.host, cx.provider.title());
            let name = credential.field().map(|f| f.name.as_str());
            out.report(Place::key(name, credential.field().and_then(|f| cx.value_span(f))), message);
        }
    }
}

/// Gateways put a second credential beside the provider's own, which is none of this rule's business.
fn is_elsewhere(cx: &Context<'_>, credential: &Credential<'_>) -> bool {
    cx.credentials.iter().any(|c| c != credential && c.mark().is_some_and(|m| cx.provider.takes(m.kind) == Some(true)))
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "key-of-another-provider",
            &[
                &chat("Authorization: Bearer {{redacted:anthropic-key:164-0123456789ab}}"),
                &chat("Authorization: Bearer {{redacted:groq-key:164-0123456789ab}}"),
                "POST https://api.anthropic.com/v1/messages\nx-api-key: {{redacted:openai-project-key:164-0123456789ab}}\n\n{}",
                "POST https://acme.openai.azure.com/openai/v1/responses\napi-key: {{redacted:openai-project-key:164-0123456789ab}}",
                "POST https://openrouter.ai/api/v1/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "key-of-another-provider",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: Bearer {{redacted:bearer-token:164-0123456789ab}}"),
                "POST https://relay.example/v1/chat/completions\nAuthorization: Bearer {{redacted:anthropic-key:164-0123456789ab}}",
                "POST https://api.deepseek.com/chat/completions\nAuthorization: Bearer {{redacted:openai-key:164-0123456789ab}}",
                &chat("Authorization: Bearer {{redacted::}}"),
            ],
        );
    }
}
