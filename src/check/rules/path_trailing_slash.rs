//! A slash stands at the end of the path.

use crate::check::Part;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "path-trailing-slash",
    severity: Severity::Warning,
    title: "a slash stands at the end of the path",
    why: "OpenAI knows its endpoints without a slash at the end; with one the answer is 404 or a redirect, on which clients drop the body.",
    fix: "Take the slash away.",
    source: "https://github.com/openai/openai-quickstart-node/issues/48",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions/ HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(path) = cx.endpoint.filter(|_| !cx.operations.is_empty()) else { return };
    if path.len() > 1 && path.ends_with('/') && !path.ends_with("//") {
        let message = format!("The path `{}` ends with a slash.", words::shown(cx.target.path, 60));
        out.report_confirmed(cx, &[301, 307, 308, 404], Place::part(Part::Url, cx.url_span(cx.target.path)), message);
        out.mend(cx, cx.url_span(cx.target.path), cx.target.path, cx.target.path.trim_end_matches('/'));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "path-trailing-slash",
            &[
                "GET https://api.openai.com/v1/models/\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "path-trailing-slash",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://relay.example/v1/models/ HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/nothing/\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }
}
