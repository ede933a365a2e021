//! The address of a page stands in the place of the API.

use crate::check::Part;
use crate::check::endpoints;
use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "page-address-for-api",
    severity: Severity::Error,
    title: "the address of a page stands in the place of the API",
    why: "ChatGPT and the dashboard are made for browsers; an API call there meets a challenge or a page, mostly with status 403.",
    fix: "Send the request to `https://api.openai.com/v1`.",
    source: "https://platform.openai.com/docs/api-reference/introduction",
    example: native_only(
        "POST https://chat.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let path = cx.target.path;
    let page = matches!(cx.provider, Provider::ChatGptWeb | Provider::OpenAiPage);
    // Their own interfaces stand elsewhere.
    let own =
        ["/backend-api", "/backend-anon", "/api/", "/oauth", "/cdn-cgi", "/ces/", "/docs", "/settings", "/account"]
            .iter()
            .any(|p| path.starts_with(p));
    let below = path.strip_prefix("/v1").unwrap_or(path);
    // The reference's page in the place of the endpoint that it describes.
    if page && path.starts_with("/docs/api-reference") && cx.method() == "POST" {
        let message = format!("`{}{}` is a page to read.", cx.target.host, words::shown(path, 60));
        return out.report(Place::part(Part::Url, cx.url_span(path)), message);
    }
    let api = path == "/v1" || path.starts_with("/v1/") || !endpoints::at(below).is_empty();
    if page && !own && api && !cx.target.host.starts_with("auth.") {
        let message = format!("`{}{}` is no address of the API.", cx.target.host, words::shown(path, 60));
        out.report(Place::part(Part::Url, cx.url_span(cx.target.host)), message);
        let version = if below == path { "/v1" } else { "" };
        out.mend(
            cx,
            cx.url_span(cx.target.url),
            &[cx.target.host, path].concat(),
            &["api.openai.com", version, path].concat(),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "page-address-for-api",
            &[
                "GET https://chat.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://platform.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://openai.com/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "page-address-for-api",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://chatgpt.com/backend-api/codex/responses HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://chatgpt.com/ HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://auth.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://platform.openai.com/docs/api-reference HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }
}
