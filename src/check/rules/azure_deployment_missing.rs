//! The path names no deployment.

use crate::check::Part;
use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "azure-deployment-missing",
    severity: Severity::Error,
    title: "the path names no deployment",
    why: "Azure's older paths go through a deployment of yours: `/openai/deployments/NAME/chat/completions`; without it the answer is 404.",
    fix: "Put the name of your deployment into the path, or use `/openai/v1/` with the deployment as `model`.",
    source: "https://learn.microsoft.com/azure/ai-services/openai/reference",
    example: native_only(
        "POST https://acme.openai.azure.com/openai/chat/completions?api-version=2024-10-21 HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    if cx.provider != Provider::Azure || cx.target.host.ends_with(".services.ai.azure.com") {
        return;
    }
    let path = cx.target.path.trim_start_matches('/');
    let Some(rest) = path.strip_prefix("openai/") else { return };
    let direct =
        ["chat/completions", "completions", "embeddings", "audio/", "images/"].iter().any(|p| rest.starts_with(p));
    let unnamed = rest.strip_prefix("deployments").is_some_and(|r| {
        let name = r.trim_start_matches('/').split('/').next().unwrap_or_default();
        r.starts_with("//") || matches!(name, "chat" | "completions" | "embeddings")
    });
    if direct || unnamed {
        out.report(
            Place::part(Part::Url, cx.url_span(cx.target.path)),
            format!("`{}` names no deployment.", words::shown(cx.target.path, 60)),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "azure-deployment-missing",
            &[
                "POST https://acme.openai.azure.com/openai/chat/completions?api-version=2024-10-21 HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
                "POST https://acme.openai.azure.com/openai/deployments//chat/completions?api-version=2024-10-21 HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
                "POST https://acme.openai.azure.com/openai/deployments/chat/completions?api-version=2024-10-21 HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "azure-deployment-missing",
            &[
                "POST https://acme.openai.azure.com/openai/deployments/x/chat/completions?api-version=2024-10-21 HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
                "POST https://acme.openai.azure.com/openai/v1/chat/completions HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
                "POST https://acme.openai.azure.com/openai/models?api-version=2024-10-21 HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
                "POST https://api.openai.com/openai/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"}",
            ],
        );
    }
}
