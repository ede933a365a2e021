//! `/v1` stands in the path twice.

use crate::check::Part;
use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "path-version-doubled",
    severity: Severity::Error,
    title: "`/v1` stands in the path twice",
    why: "The base URL ends with `/v1` and the client adds it once more; no endpoint has that address.",
    fix: "Leave `/v1` out of the base URL, or out of the path.",
    source: "https://platform.openai.com/docs/api-reference/introduction",
    example: native_only(
        "GET https://api.openai.com/v1/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let mut versions = cx.target.segments().filter(|s| *s == "v1");
    if cx.provider != Provider::Local && versions.next().is_some() && cx.target.path.contains("/v1/v1") {
        let message = format!("The path `{}` holds `/v1` twice.", words::shown(cx.target.path, 60));
        out.report(Place::part(Part::Url, cx.url_span(cx.target.path)), message);
        out.mend(cx, cx.url_span(cx.target.path), "/v1/v1", "/v1");
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "path-version-doubled",
            &[
                "GET https://api.openai.com/v1/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://relay.example/v1/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "path-version-doubled",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://relay.example/v1/ HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/files/v1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }
}
