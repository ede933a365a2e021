//! `/v1` is missing from the path.

use crate::check::Part;
use crate::check::endpoints;
use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "path-version-missing",
    severity: Severity::Error,
    title: "`/v1` is missing from the path",
    why: "All of OpenAI's endpoints stand below `/v1`; without it the answer is 404, \"Unknown request URL\".",
    fix: "Set the base URL to `https://api.openai.com/v1`.",
    source: "https://platform.openai.com/docs/api-reference/introduction",
    example: native_only(
        "POST https://api.openai.com/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let path = cx.target.path;
    let versioned = path == "/v1" || path.starts_with("/v1/");
    if cx.provider == Provider::OpenAi && !versioned && !endpoints::at(path).is_empty() {
        let message = format!("The path `{0}` lacks `/v1`: it should read `/v1{0}`.", words::shown(path, 60));
        out.report(Place::part(Part::Url, cx.url_span(path)), message);
        out.mend(cx, cx.url_span(path), path, &["/v1", path].concat());
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "path-version-missing",
            &[
                "GET https://api.openai.com/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "path-version-missing",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://relay.example/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }
}
