//! Content-Type is no media type.

use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "content-type-malformed",
    severity: Severity::Warning,
    title: "Content-Type is no media type",
    why: "A media type reads `type/subtype`; another text is ignored or refused, and the body is not read as JSON.",
    fix: "Send `Content-Type: application/json`.",
    source: "RFC 9110, section 8.3.1",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application-json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let (Some(field), Some(media_type)) = (cx.field("content-type"), cx.media_type()) else { return };
    if words::variable(&media_type).is_some() {
        return;
    }
    let formed = media_type.split_once('/').is_some_and(|(a, b)| words::is_token(a) && words::is_token(b));
    let slip = media_type != "application/json"
        && media_type.len() < 30
        && (1..=2).contains(&words::distance(&media_type, "application/json"));
    if !formed || slip {
        let message = format!("`{}` is no media type; `application/json` is.", words::shown(field.value.trim(), 40));
        out.report_confirmed(cx, &[400, 415], Place::header("Content-Type", cx.value_span(field)), message);
        out.mend(cx, field.span, field.value.trim(), "application/json");
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "content-type-malformed",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: json"),
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: applicaton/json",
                ),
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type:"),
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application\\json",
                ),
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "content-type-malformed",
            &[
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json; charset=utf-8",
                ),
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: multipart/form-data; boundary=x",
                ),
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: $TYPE"),
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: text/plain",
                ),
            ],
        );
    }
}
