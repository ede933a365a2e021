//! Api-version has no form that Azure knows.

use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "azure-api-version-malformed",
    severity: Severity::Error,
    title: "Azure does not know this api-version at this path",
    why: "An api-version is a date, perhaps with `-preview`; a version of a model or an API path is none, and the answer is 404.",
    fix: "Write it as `2024-10-21` or `2025-04-01-preview`.",
    source: "https://learn.microsoft.com/azure/ai-services/openai/api-version-lifecycle",
    example: native_only(
        "POST https://acme.openai.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=0613 HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(version) = cx.target.parameter("api-version").filter(|v| cx.provider == Provider::Azure && !v.is_empty())
    else {
        return;
    };
    let named = matches!(version, "preview" | "latest" | "v1") && cx.target.path.contains("/v1");
    // The newer paths are chosen by the path; dates belong to the older ones.
    if is_date(version) && cx.target.path.starts_with("/openai/v1/") {
        let message = format!("`api-version={version}` is a date, and `/openai/v1` takes none.");
        let place = Place::parameter("api-version", cx.url_span(version));
        let confirmed = matches!(cx.status, Some(400 | 404));
        return out.report_as(if confirmed { Severity::Error } else { Severity::Warning }, place, message);
    }
    if named || is_date(version) || words::variable(version).is_some() || version.contains(['<', '{']) {
        return;
    }
    out.report(
        Place::parameter("api-version", cx.url_span(version)),
        format!("`api-version={}` is no date.", words::shown(version, 40)),
    );
}

/// `YYYY-MM-DD`, perhaps with `-preview` or another word.
fn is_date(text: &str) -> bool {
    let mut parts = text.splitn(4, '-');
    let mut number = |digits: usize, most: u32| {
        parts.next().is_some_and(|p| {
            p.len() == digits
                && p.bytes().all(|b| b.is_ascii_digit())
                && p.parse().is_ok_and(|n: u32| n >= 1 && n <= most)
        })
    };
    let date = number(4, 2999) && number(2, 12) && number(2, 31);
    date && parts.next().is_none_or(|word| matches!(word, "preview" | "beta" | "alpha"))
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "azure-api-version-malformed",
            &[
                "POST https://acme.openai.azure.com/openai/v1/responses?api-version=2024-10-21 HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
                "POST https://acme.openai.azure.com/openai/deployments/x/chat/completions?api-version=0613 HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
                "POST https://acme.openai.azure.com/openai/deployments/x/chat/completions?api-version=2024-13-01 HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
                "POST https://acme.openai.azure.com/openai/deployments/x/chat/completions?api-version=turbo-2024-04-09 HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "azure-api-version-malformed",
            &[
                "POST https://acme.openai.azure.com/openai/deployments/x/chat/completions?api-version=2024-10-21 HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
                "POST https://acme.openai.azure.com/openai/deployments/x/chat/completions?api-version=2025-04-01-preview HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
                "POST https://acme.openai.azure.com/openai/v1/responses?api-version=preview HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
                "POST https://acme.openai.azure.com/openai/x?api-version=$V HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
                "POST https://api.openai.com/v1/responses?api-version=1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"}",
            ],
        );
    }
}
