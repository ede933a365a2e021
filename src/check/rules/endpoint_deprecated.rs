//! The endpoint is marked as deprecated.

use crate::check::Part;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "endpoint-deprecated",
    severity: Severity::Hint,
    title: "the endpoint is marked as deprecated",
    why: "OpenAI's API description marks it as deprecated; it may be switched off, or be so already.",
    fix: "Look into the list of deprecations for the date and for what takes its place.",
    source: "https://platform.openai.com/docs/deprecations",
    example: native_only(
        "GET https://api.openai.com/v1/assistants HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nOpenAI-Beta: assistants=v2",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    if let Some(operation) = cx.operation().filter(|o| o.deprecated()) {
        let message = format!("`{} /v1{}` is marked as deprecated.", operation.method, operation.template);
        out.report(Place::part(Part::Url, cx.url_span(cx.target.path)), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "endpoint-deprecated",
            &[
                "GET https://api.openai.com/v1/assistants\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "POST https://api.openai.com/v1/videos\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "endpoint-deprecated",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/threads\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://relay.example/v1/assistants HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }
}
