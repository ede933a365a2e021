//! OpenAI's path is used at Azure.

use crate::check::Part;
use crate::check::endpoints;
use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "azure-path-of-openai",
    severity: Severity::Error,
    title: "OpenAI's path is used at Azure",
    why: "Azure's endpoints stand below `/openai`; OpenAI's own paths are not found there.",
    fix: "Use `/openai/v1/…`, or `/openai/deployments/NAME/…?api-version=…`.",
    source: "https://learn.microsoft.com/azure/ai-services/openai/reference",
    example: native_only(
        "POST https://acme.openai.azure.com/v1/chat/completions HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    if cx.provider != Provider::Azure {
        return;
    }
    let path = cx.target.path;
    // Foundry hosts serve `/models` and others of their own, and `/anthropic`.
    let foundry = cx.target.host.ends_with(".services.ai.azure.com") && !path.starts_with("/v1/");
    let below = path.strip_prefix("/v1").unwrap_or(path);
    if !foundry && (path == "/v1" || !endpoints::at(below).is_empty()) {
        out.report(
            Place::part(Part::Url, cx.url_span(path)),
            format!("`{}` is a path of OpenAI's own API.", words::shown(path, 60)),
        );
        out.mend(cx, cx.url_span(path), path, &["/openai/v1", below].concat());
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "azure-path-of-openai",
            &[
                "POST https://acme.openai.azure.com/v1/chat/completions HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
                "POST https://acme.openai.azure.com/chat/completions HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
                "POST https://acme.openai.azure.com/v1 HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "azure-path-of-openai",
            &[
                "POST https://acme.openai.azure.com/openai/v1/chat/completions HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
                "POST https://acme.openai.azure.com/openai/deployments/x/chat/completions?api-version=2024-10-21 HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
                "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"}",
                "POST https://a.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview\napi-key: $K\n\n{}",
            ],
        );
    }
}
