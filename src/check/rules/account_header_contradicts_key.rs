//! OpenAI-Organization or OpenAI-Project names another one than the key belongs to.

use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "account-header-contradicts-key",
    severity: Severity::Error,
    title: "OpenAI-Organization or OpenAI-Project does not fit the key",
    why: "A key belongs to one project of one organization; a header that names another makes the request contradict itself: 401, `mismatched_organization` or `mismatched_project`.",
    fix: "Take the header away: the key names its organization and project itself. In a library leave `organization` and `project` out, and unset `OPENAI_ORG_ID` and `OPENAI_PROJECT_ID`.",
    source: "https://github.com/openai/codex/issues/1000",
    example: native_only(
        "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nOpenAI-Organization: org-Lk2VzR8mTqX5wYbN7cHs4dPe\n\nHTTP/1.1 401 Unauthorized\nA: b\n\n{\"error\":{\"message\":\"OpenAI-Organization header should match organization for API key\",\"code\":\"mismatched_organization\"}}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    for (name, phrase) in [
        ("OpenAI-Organization", "OpenAI-Organization header should match"),
        ("OpenAI-Project", "OpenAI-Project header should match"),
    ] {
        if let (Some(field), Some(_)) = (cx.field(name), cx.find_in_answer(phrase)) {
            let message = ["`", name, ": ", &words::shown(field.value.trim(), 40), "` is not where the key belongs."];
            out.report(Place::header(&field.name, cx.value_span(field)), message.concat());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "account-header-contradicts-key",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nOpenAI-Organization: org-abc\n\nHTTP/1.1 401 Unauthorized\nA: b\n\n{\"error\":{\"message\":\"OpenAI-Organization header should match organization for API key\",\"code\":\"mismatched_organization\"}}",
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nOpenAI-Project: proj_abc\n\nHTTP/1.1 401 Unauthorized\nA: b\n\n{\"error\":{\"message\":\"OpenAI-Project header should match project for API key\",\"code\":\"mismatched_project\"}}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "account-header-contradicts-key",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nOpenAI-Organization: org-abc",
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nOpenAI-Project: proj_abc\n\nHTTP/1.1 401 Unauthorized\nA: b\n\n{\"error\":{\"message\":\"OpenAI-Organization header should match organization for API key\",\"code\":\"mismatched_organization\"}}",
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nA: b\n\nHTTP/1.1 401 Unauthorized\nA: b\n\n{\"error\":{\"message\":\"OpenAI-Organization header should match organization for API key\",\"code\":\"mismatched_organization\"}}",
            ],
        );
    }
}
