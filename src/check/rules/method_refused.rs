//! The answer names the methods that it takes.

use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "method-refused",
    severity: Severity::Hint,
    title: "the answer names the methods that it takes",
    why: "The Allow header lists what the server takes at this address.",
    fix: "Use one of these methods, and compare the address.",
    source: "RFC 9110, section 10.2.1",
    example: native_only(
        "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 405 Method Not Allowed\nAllow: POST\n\n",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(field) = cx.answer_field("allow").filter(|_| cx.status == Some(405)) else { return };
    let sent = if cx.method().is_empty() { String::new() } else { format!(", not {}", words::shown(cx.method(), 20)) };
    out.report(
        Place::answer(&field.name, field.span),
        format!("The server takes `{}`{sent}.", words::shown(field.value.trim(), 60)),
    );
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "method-refused",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 405 X\nallow: GET, HEAD\n\n",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "method-refused",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 405 X\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 200 OK\nallow: GET\n\n",
            ],
        );
    }
}
