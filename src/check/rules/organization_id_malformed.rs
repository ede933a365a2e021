//! The OpenAI-Organization header holds no organization id.

use crate::check::credential::{self, Form};
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "organization-id-malformed",
    severity: Severity::Error,
    title: "the OpenAI-Organization header holds no organization id",
    why: "The header takes the id, not the display name; anything else is an unknown organization and the answer is 401.",
    fix: "Copy the id (`org-…`) from https://platform.openai.com/settings/organization/general, or leave the header out: the key names its organization itself.",
    source: "https://platform.openai.com/docs/api-reference/authentication",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\nOpenAI-Organization: Personal\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(field) = cx.field("openai-organization") else { return };
    let value = field.value.trim();
    let sample = !matches!(credential::form(value), Form::Other | Form::Nothing(_) | Form::Empty);
    let id = value
        .strip_prefix("org-")
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphanumeric()));
    if sample || id || (value.is_empty() && !matches!(cx.status, Some(401 | 403))) {
        return;
    }
    let hint = if value.starts_with("proj_") {
        "; that is a project's id, which goes into `OpenAI-Project`"
    } else {
        "; an id reads `org-…`"
    };
    let message = format!("`OpenAI-Organization: {}` names no organization{hint}.", words::shown(value, 40));
    out.report(Place::header(&field.name, cx.value_span(field)), message);
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "organization-id-malformed",
            &[
                &chat("OpenAI-Organization: Personal"),
                &chat("OpenAI-Organization: null"),
                &chat("openai-organization: \"org-abc\""),
                &chat("OpenAI-Organization: proj_abc"),
                &chat("OpenAI-Organization: org_abc"),
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "organization-id-malformed",
            &[
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nOpenAI-Organization: org-AbC123",
                ),
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nOpenAI-Organization: $OPENAI_ORG_ID",
                ),
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nOpenAI-Organization: {{redacted:account-id}}",
                ),
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nOpenAI-Organization: YOUR_ORG_ID",
                ),
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nOpenAI-Organization:"),
            ],
        );
    }
}
