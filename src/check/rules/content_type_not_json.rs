//! A JSON body is sent under another media type.

use crate::check::json::Body;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "content-type-not-json",
    severity: Severity::Warning,
    title: "a JSON body is sent under another media type",
    why: "The endpoint reads JSON by its type; under another one the body is refused or taken for empty.",
    fix: "Send `Content-Type: application/json`.",
    source: "RFC 9110, section 8.3",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: text/plain;charset=UTF-8\n\n{\"model\":\"gpt-4o\",\"messages\":[]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let json = matches!(cx.body, Body::Json(_) | Body::Broken(_));
    let (Some(field), Some(media_type)) = (cx.field("content-type"), cx.media_type()) else { return };
    // Forms have a rule of their own, and so has what is no media type at all.
    let other = media_type.contains('/')
        && !media_type.contains("json")
        && !media_type.contains("form")
        && !media_type.starts_with("application/sdp");
    if json && other && words::variable(&media_type).is_none() && words::is_token(&media_type.replace('/', "")) {
        let message = format!("The body is JSON, the type sent is `{}`.", words::shown(&media_type, 60));
        out.report_confirmed(cx, &[400, 415], Place::header("Content-Type", field.span), message);
        out.mend(cx, field.span, field.value.trim(), "application/json");
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "content-type-not-json",
            &[
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: text/plain",
                ),
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/octet-stream",
                ),
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "content-type-not-json",
            &[
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json",
                ),
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/vnd.api+json",
                ),
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: $T"),
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: “text/plain”",
                ),
            ],
        );
    }
}
