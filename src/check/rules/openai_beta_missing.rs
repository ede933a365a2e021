//! The OpenAI-Beta header that this endpoint needs is missing.

use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "openai-beta-missing",
    severity: Severity::Error,
    title: "the OpenAI-Beta header that this endpoint needs is missing",
    why: "The Assistants endpoints and ChatKit answer only requests that name the version of the beta.",
    fix: "Add the header that the message names; the SDKs do so themselves.",
    source: "https://platform.openai.com/docs/assistants/migration",
    example: native_only(
        "GET https://api.openai.com/v1/assistants HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n",
    ),
    run,
};

/// What the endpoint needs. Source: the requests that OpenAI's reference shows for these endpoints.
fn needed(path: &str) -> Option<&'static str> {
    let area = path.split('/').nth(1)?;
    match area {
        "assistants" | "threads" => Some("assistants=v2"),
        "chatkit" => Some("chatkit_beta=v1"),
        _ => None,
    }
}

/// The field's value with what is needed in the place of its other version, or behind the rest.
fn completed(value: &str, needed: &str) -> String {
    let name = needed.split_once('=').map_or(needed, |(name, _)| name);
    let others = value.split(',').map(str::trim);
    let others = others.filter(|v| !v.is_empty() && v.split_once('=').map_or(*v, |(name, _)| name) != name);
    others.chain([needed]).collect::<Vec<_>>().join(", ")
}

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(needed) = cx.endpoint.and_then(needed) else { return };
    if !cx.whole || cx.operations.is_empty() || cx.method() == "OPTIONS" {
        return;
    }
    let fields: Vec<_> = cx.request_fields().iter().filter(|f| f.name.eq_ignore_ascii_case("openai-beta")).collect();
    if fields.iter().any(|f| f.value.split(',').any(|v| v.trim() == needed)) {
        return;
    }
    let message = match fields.first() {
        Some(field) => {
            format!("`OpenAI-Beta: {}` is sent; this endpoint needs `{needed}`.", words::shown(field.value.trim(), 40))
        }
        None => format!("This endpoint needs `OpenAI-Beta: {needed}`."),
    };
    out.report(Place::header("OpenAI-Beta", fields.first().and_then(|f| f.span)), message);
    match fields.first() {
        Some(field) => out.mend(cx, cx.value_span(field), field.value.trim(), &completed(field.value.trim(), needed)),
        None => out.mend_with_field(cx, &["OpenAI-Beta: ", needed].concat()),
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "openai-beta-missing",
            &[
                "GET https://api.openai.com/v1/assistants\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/threads/thread_abc\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nOpenAI-Beta: assistants=v1",
                "POST https://api.openai.com/v1/chatkit/sessions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "openai-beta-missing",
            &[
                "GET https://api.openai.com/v1/assistants\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nOpenAI-Beta: assistants=v2",
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                "GET https://api.openai.com/v1/vector_stores\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://relay.example/v1/assistants\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/threads/thread_abc\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nopenai-beta: x=1, assistants=v2",
            ],
        );
    }

    #[test]
    fn an_edit_leaves_other_versions_alone() {
        for (sent, mended) in [
            ("assistants=v1", "assistants=v2"),
            ("realtime=v1, assistants=v1", "realtime=v1, assistants=v2"),
            ("assistants=v10,x=1", "x=1, assistants=v2"),
            ("", "assistants=v2"),
        ] {
            assert_eq!(super::completed(sent, "assistants=v2"), mended, "{sent}");
        }
    }
}
