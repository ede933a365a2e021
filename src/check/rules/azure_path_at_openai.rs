//! Azure's path is used at OpenAI.

use crate::check::Part;
use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "azure-path-at-openai",
    severity: Severity::Error,
    title: "Azure's path is used at OpenAI",
    why: "Deployments and `api-version` are Azure's; OpenAI's API does not know these paths.",
    fix: "Use `https://api.openai.com/v1/…`, or the host of your Azure resource.",
    source: "https://platform.openai.com/docs/api-reference/introduction",
    example: native_only(
        "POST https://api.openai.com/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21 HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    if cx.provider != Provider::OpenAi {
        return;
    }
    if cx.target.path.contains("/deployments/") || cx.target.path.starts_with("/openai/") {
        out.report(
            Place::part(Part::Url, cx.url_span(cx.target.path)),
            format!("`{}` is a path of Azure's.", words::shown(cx.target.path, 60)),
        );
    } else if cx.target.parameter("api-version").is_some() {
        out.report(
            Place::parameter("api-version", cx.url_span(cx.target.query.unwrap_or_default())),
            "`api-version` is a parameter of Azure's.",
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "azure-path-at-openai",
            &[
                "POST https://api.openai.com/openai/deployments/x/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"}",
                "POST https://api.openai.com/v1/chat/completions?api-version=2024-10-21\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "azure-path-at-openai",
            &[
                "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"}",
                "POST https://acme.openai.azure.com/openai/deployments/x/chat/completions?api-version=2024-10-21 HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
            ],
        );
    }
}
