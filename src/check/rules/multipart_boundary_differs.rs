//! The boundary of the header is not that of the content.

use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "multipart-boundary-differs",
    severity: Severity::Error,
    title: "the boundary in Content-Type is not the one in the content",
    why: "The server looks for the boundary that the header names and finds no part, so every member is missing. It happens where the header is written by hand and the form by a library.",
    fix: "Leave the `Content-Type` header out: the library that makes the form sets it with the right boundary.",
    source: "RFC 2046, section 5.1.1",
    example: native_only(
        "POST https://api.openai.com/v1/files HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: multipart/form-data; boundary=xyz\n\n--abc\nContent-Disposition: form-data; name=\"purpose\"\n\nbatch\n--abc--",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let (Some(field), Some(content)) = (cx.field("content-type"), cx.request.and_then(|r| r.content.as_ref())) else {
        return;
    };
    if cx.media_type().is_none_or(|t| !t.starts_with("multipart/")) {
        return;
    }
    let named = field.value.split(';').skip(1).find_map(|p| {
        let (name, value) = p.trim().split_once('=')?;
        name.eq_ignore_ascii_case("boundary").then(|| value.trim_matches('"'))
    });
    let first = content.text.trim_start().lines().next().unwrap_or_default().trim_end();
    let (Some(named), Some(written)) = (named, first.strip_prefix("--").filter(|w| !w.is_empty())) else { return };
    // A preamble may stand before the first part, and a placeholder for the whole content.
    let somewhere = content.text.contains(&["--", named].concat());
    if named != written && !somewhere && words::variable(named).is_none() {
        let message = ["The header names the boundary `", &words::shown(named, 40), "`, the content begins with `--"];
        out.report(Place::header(&field.name, field.span), message.concat() + &words::shown(written, 40) + "`.");
        out.mend(cx, field.span, named, written);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "multipart-boundary-differs",
            &[
                "POST https://api.openai.com/v1/files\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: multipart/form-data; boundary=xyz\n\n--abc\nContent-Disposition: form-data; name=\"purpose\"\n\nbatch\n--abc--",
                "POST https://api.openai.com/v1/files\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: multipart/form-data; boundary=\"xyz\"\n\n--abc\nContent-Disposition: form-data; name=\"purpose\"\n\nbatch\n--abc--",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "multipart-boundary-differs",
            &[
                "POST https://api.openai.com/v1/files\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: multipart/form-data; boundary=abc\n\n--abc\nContent-Disposition: form-data; name=\"purpose\"\n\nbatch\n--abc--",
                "POST https://api.openai.com/v1/files\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: multipart/form-data; boundary=\"abc\"; charset=utf-8\n\n--abc\nContent-Disposition: form-data; name=\"purpose\"\n\nbatch\n--abc--",
                "POST https://api.openai.com/v1/files\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: multipart/form-data; boundary=xyz\n\n@form.bin",
                "POST https://api.openai.com/v1/files\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: multipart/form-data; boundary=xyz",
            ],
        );
    }
}
