//! The URL names the API but no endpoint.

use crate::check::Part;
use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "endpoint-missing",
    severity: Severity::Error,
    title: "the URL names the API but no endpoint",
    why: "The base URL by itself answers nothing; the endpoint is missing, or the base URL was put where the whole address belongs.",
    fix: "Add the endpoint, such as `/responses` or `/chat/completions`.",
    source: "https://platform.openai.com/docs/api-reference/introduction",
    example: native_only(
        "POST https://api.openai.com/v1 HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let bare = matches!(cx.target.path, "" | "/" | "/v1" | "/v1/");
    if cx.provider == Provider::OpenAi
        && bare
        && cx.whole
        && !cx.is_websocket()
        && !matches!(cx.method(), "OPTIONS" | "HEAD" | "CONNECT")
    {
        let severity = if cx.method() == "GET" { Severity::Warning } else { Severity::Error };
        let message = format!("`{}` names no endpoint.", words::shown(cx.target.url, 60));
        out.report_as(severity, Place::part(Part::Url, cx.url_span(cx.target.url)), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "endpoint-missing",
            &[
                "GET https://api.openai.com/v1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "POST https://api.openai.com/v1/\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "endpoint-missing",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://relay.example/v1 HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "OPTIONS https://api.openai.com/\nOrigin: x",
            ],
        );
    }
}
