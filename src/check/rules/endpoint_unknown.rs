//! The path is none of the published endpoints.

use crate::check::Part;
use crate::check::endpoints;
use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "endpoint-unknown",
    severity: Severity::Warning,
    title: "the path is none of the published endpoints",
    why: "OpenAI answers 404 to an address that it does not know (\"Invalid URL\", \"Unknown request URL\").",
    fix: "Compare the path with the reference; the message names the nearest endpoint where one is near.",
    source: "https://platform.openai.com/docs/api-reference",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completion HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[]}",
    ),
    run,
};

/// Paths below `/v1` that exist and are not in the published list: WebSockets, and what SDKs and the dashboard use.
static BESIDE: &[&str] = &[
    "/realtime",
    "/responses",
    "/traces",
    "/dashboard",
    "/me",
    "/login",
    "/usage",
    "/engines",
    "/edits",
    "/fine-tunes",
    "/answers",
    "/classifications",
    "/search",
];

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    if cx.provider != Provider::OpenAi || cx.is_websocket() {
        return;
    }
    let path = cx.target.path;
    let below = cx.endpoint.unwrap_or(path);
    // A gateway's prefix before what would be right: `/api/v1/chat/completions`.
    let inner =
        path.split_once("/v1").map(|(_, rest)| rest).filter(|r| cx.endpoint.is_none() && !endpoints::at(r).is_empty());
    let inner = inner.map(str::to_owned);
    let odd =
        [below.is_empty() || below == "/", below.contains("//"), below.contains("/v1/"), below.starts_with("/v1")]
            .contains(&true);
    let beside = BESIDE
        .iter()
        .any(|b| below.strip_prefix(b).is_some_and(|r| r.is_empty() || (r.starts_with('/') && *b != "/responses")));
    let unclear = words::variable(below).is_some()
        || below.contains("{{redacted")
        || below.ends_with('…')
        || below.ends_with("...");
    if (odd && inner.is_none()) || beside || unclear || !endpoints::at(below).is_empty() {
        return;
    }
    let near = inner.or_else(|| endpoints::near(below)).map(|m| ["/v1", &m].concat());
    let meant = near.as_ref().map(|m| format!("; was `{}` meant?", words::shown(m, 60))).unwrap_or_default();
    let message = format!("`{}` is no published endpoint{meant}", words::shown(path, 60));
    let stop = if meant.is_empty() { "." } else { "" };
    out.report_confirmed(cx, &[404], Place::part(Part::Url, cx.url_span(path)), message + stop);
    if let Some(near) = near {
        out.mend(cx, cx.url_span(path), path, &near);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, of, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "endpoint-unknown",
            &[
                "POST https://api.openai.com/v1/chat/completion\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"}",
                "POST https://api.openai.com/v1/response\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"}",
                "POST https://api.openai.com/v1/image/generations\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"}",
                "GET https://api.openai.com/v1/whatever\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/openai/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "endpoint-unknown",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1//models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET wss://api.openai.com/v1/realtime?model=x\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://relay.example/v1/chat/completion HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/realtime/calls/$CALL_ID/accept\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/$PATH\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/edits\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }

    #[test]
    fn the_nearest_endpoint_is_named() {
        let found = of("endpoint-unknown", "POST https://api.openai.com/v1/chat/completion\n");
        assert_eq!(
            found.first().map(|f| (f.0.as_str(), f.1, f.2)),
            Some(("`/v1/chat/completion` is no published endpoint; was `/v1/chat/completions` meant?", 1, 28))
        );
    }
}
