//! The answer sends the request elsewhere.

use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "redirected",
    severity: Severity::Warning,
    title: "the answer sends the request elsewhere",
    why: "On a redirect many clients turn POST into GET and drop the body, and drop the Authorization header on another host.",
    fix: "Call the address in `Location` itself; the usual reasons are `http`, a slash at the end, and a page in the place of the API.",
    source: "RFC 9110, section 15.4",
    example: native_only(
        "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 308 Permanent Redirect\nLocation: https://api.openai.com/v1/models/\n\n",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let (Some(status @ (301 | 302 | 303 | 307 | 308)), Some(field)) = (cx.status, cx.answer_field("location")) else {
        return;
    };
    out.report(
        Place::answer(&field.name, field.span),
        format!("{status} leads to `{}`.", words::shown(field.value.trim(), 100)),
    );
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "redirected",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 301 X\nlocation: https://x.example/\n\n",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "redirected",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 201 X\nLocation: /v1/x\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 304 X\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 301 X\n\n",
            ],
        );
    }
}
