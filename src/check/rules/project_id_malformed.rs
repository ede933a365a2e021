//! The OpenAI-Project header holds no project id.

use crate::check::credential::{self, Form};
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "project-id-malformed",
    severity: Severity::Error,
    title: "the OpenAI-Project header holds no project id",
    why: "The header takes the id, not the display name; anything else is an unknown project and the answer is 401.",
    fix: "Copy the id (`proj_…`) from the project's settings, or leave the header out: a project key names its project itself.",
    source: "https://platform.openai.com/docs/api-reference/authentication",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\nOpenAI-Project: Default project\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(field) = cx.field("openai-project") else { return };
    let value = field.value.trim();
    let sample = !matches!(credential::form(value), Form::Other | Form::Nothing(_) | Form::Empty);
    let id = value
        .strip_prefix("proj_")
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphanumeric()));
    if sample || id || (value.is_empty() && !matches!(cx.status, Some(401 | 403))) {
        return;
    }
    let hint = if value.starts_with("org-") {
        "; that is an organization's id, which goes into `OpenAI-Organization`"
    } else {
        "; an id reads `proj_…`"
    };
    let message = format!("`OpenAI-Project: {}` names no project{hint}.", words::shown(value, 40));
    out.report(Place::header(&field.name, cx.value_span(field)), message);
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "project-id-malformed",
            &[
                &chat("OpenAI-Project: Default project"),
                &chat("OpenAI-Project: undefined"),
                &chat("openai-project: org-abc"),
                &chat("OpenAI-Project: proj-abc"),
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "project-id-malformed",
            &[
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nOpenAI-Project: proj_AbC123",
                ),
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nOpenAI-Project: ${P}"),
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nOpenAI-Project: {{redacted:account-id}}",
                ),
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nOpenAI-Project:"),
            ],
        );
    }
}
