//! The endpoint was retired.

use crate::check::Part;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "endpoint-retired",
    severity: Severity::Error,
    title: "the endpoint was retired",
    why: "OpenAI has switched it off; whatever the key, the answer is a refusal.",
    fix: "Use the endpoint that the message names.",
    source: "https://platform.openai.com/docs/deprecations",
    example: native_only(
        "POST https://api.openai.com/v1/engines/davinci/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"prompt\":\"Hi\"}",
    ),
    run,
};

/// Path below `/v1` (all that begin with it), and what took its place.
static RETIRED: &[(&str, &str)] = &[
    ("/engines", "`/v1/chat/completions` with `model` in the body"),
    ("/edits", "`/v1/chat/completions`"),
    ("/fine-tunes", "`/v1/fine_tuning/jobs`"),
    ("/answers", "`/v1/responses`"),
    ("/classifications", "`/v1/responses`"),
    ("/search", "`/v1/embeddings`"),
    ("/dashboard/billing", "`/v1/organization/costs` with an admin key; the old path takes a browser's session only"),
];

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(path) = cx.endpoint else { return };
    let old = RETIRED
        .iter()
        .find(|(old, _)| path.strip_prefix(old).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
    if let Some((_, instead)) = old {
        let message = format!("`{}` is retired; {instead} took its place.", words::shown(cx.target.path, 60));
        out.report(Place::part(Part::Url, cx.url_span(cx.target.path)), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "endpoint-retired",
            &[
                "POST https://api.openai.com/v1/engines/davinci/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"}",
                "POST https://api.openai.com/v1/edits\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"}",
                "GET https://api.openai.com/v1/dashboard/billing/usage\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "POST https://api.openai.com/v1/fine-tunes\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "endpoint-retired",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://relay.example/v1/edits HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/editsx\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }
}
