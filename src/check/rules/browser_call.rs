//! The request comes from a page in a browser.

use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "browser-call",
    severity: Severity::Hint,
    title: "the request comes from a page in a browser",
    why: "A call from a page shows the key to every visitor, and the browser hides the answer where the server does not allow the page's origin.",
    fix: "Let your own server make the call and keep the key there.",
    source: "https://platform.openai.com/docs/guides/production-best-practices/api-keys",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\nOrigin: https://app.example\nSec-Fetch-Mode: cors\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let api = matches!(
        cx.provider,
        Provider::OpenAi
            | Provider::Azure
            | Provider::Anthropic
            | Provider::OpenRouter
            | Provider::Other(_)
            | Provider::Local
    );
    if !api || (cx.credentials.is_empty() && cx.provider != Provider::Local) {
        return;
    }
    let revealing = ["origin", "sec-fetch-mode", "sec-fetch-site"].iter().find_map(|name| cx.field(name));
    if let Some(field) = revealing.filter(|f| !f.value.trim().is_empty()) {
        let message = format!("`{}: {}` is a browser's header.", field.name, words::shown(field.value.trim(), 60));
        out.report(Place::header(&field.name, field.span), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "browser-call",
            &[
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nOrigin: https://a.example",
                ),
                "POST http://localhost:11434/api/chat\nOrigin: chrome-extension://abc\n\n{}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "browser-call",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                "POST https://chatgpt.com/backend-api/x\nAuthorization: Bearer {{redacted:jwt}}\nOrigin: https://chatgpt.com",
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nOrigin:"),
            ],
        );
    }
}
