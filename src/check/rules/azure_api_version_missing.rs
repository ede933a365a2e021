//! The query parameter api-version is missing.

use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "azure-api-version-missing",
    severity: Severity::Error,
    title: "the query parameter api-version is missing",
    why: "Azure picks the interface by it and answers 404, \"Resource not found\", without it.",
    fix: "Add `?api-version=2024-10-21`, or use the path `/openai/v1/`, which does without.",
    source: "https://learn.microsoft.com/azure/ai-services/openai/reference",
    example: native_only(
        "POST https://acme.openai.azure.com/openai/deployments/gpt-4o/chat/completions HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let path = cx.target.path.trim_start_matches('/');
    let old = path.starts_with("openai/") && !path.starts_with("openai/v1");
    if cx.provider == Provider::Azure && old && cx.target.parameter("api-version").is_none_or(str::is_empty) {
        out.report(
            Place::parameter("api-version", cx.url_span(cx.target.path)),
            format!("`{}` is called without `api-version`.", words::shown(cx.target.path, 60)),
        );
        if cx.target.query.is_none() {
            out.mend(
                cx,
                cx.url_span(cx.target.path),
                cx.target.path,
                &[cx.target.path, "?api-version=2024-10-21"].concat(),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "azure-api-version-missing",
            &[
                "POST https://acme.openai.azure.com/openai/deployments/x/chat/completions HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
                "POST https://acme.openai.azure.com/openai/deployments/x/chat/completions?api-version= HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "azure-api-version-missing",
            &[
                "POST https://acme.openai.azure.com/openai/v1/responses HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
                "POST https://acme.openai.azure.com/openai/deployments/x/chat/completions?api-version=2024-10-21 HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
                "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"}",
                "POST https://x.azure-api.net/openai/deployments/x/chat/completions\nA: b",
            ],
        );
    }
}
