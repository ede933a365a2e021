//! Multipart content is sent without a boundary.

use crate::check::{Context, Findings, Place, Rule, Severity, native_only};
use crate::intake::InputKind;

pub(super) static RULE: Rule = Rule {
    id: "multipart-boundary-missing",
    severity: Severity::Error,
    title: "multipart content is sent without a boundary",
    why: "The boundary in the header tells where the parts begin and end; without it no part can be read. It gets lost where the header is set by hand.",
    fix: "Leave the `Content-Type` header out: `-F`, `FormData` and `files=` set it with its boundary.",
    source: "RFC 7578, section 4.1",
    example: native_only(
        "POST https://api.openai.com/v1/files HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: multipart/form-data\n\n--x\nContent-Disposition: form-data; name=\"purpose\"\n\nbatch\n--x--",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let (Some(field), Some(media_type)) = (cx.field("content-type"), cx.media_type()) else { return };
    let parameters = field.value.to_ascii_lowercase();
    // curl completes a header that stands beside `-F`.
    let completed = cx.kind == InputKind::Curl && [" -F", "--form"].iter().any(|o| cx.text.contains(o));
    if media_type == "multipart/form-data"
        && !parameters.contains("boundary=")
        && field.span.is_some()
        && !completed
        && cx.whole
    {
        out.report(Place::header("Content-Type", field.span), "`Content-Type: multipart/form-data` names no boundary.");
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "multipart-boundary-missing",
            &[
                "POST https://api.openai.com/v1/files\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: Multipart/Form-Data; charset=x\n\n--a",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "multipart-boundary-missing",
            &[
                "POST https://api.openai.com/v1/files\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: multipart/form-data; boundary=a\n\n--a",
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json",
                ),
            ],
        );
    }
}
