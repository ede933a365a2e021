//! An HTTP/1.1 message without a Host header.

use crate::check::{Context, Findings, Place, Rule, Severity, native_only};
use crate::intake::InputKind;

pub(super) static RULE: Rule = Rule {
    id: "host-header-missing",
    severity: Severity::Hint,
    title: "the message names no host",
    why: "An HTTP/1.1 request without a Host header must be answered with 400; a server of many sites cannot tell which is meant.",
    fix: "Send `Host` with the name in the URL; every common client does so by itself.",
    source: "RFC 9112, section 3.2",
    example: native_only(
        "GET /v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nAccept: */*\n",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(request) = cx.request else { return };
    // HTTP/2 names it in `:authority`.
    let bare = request.url.starts_with('/') && cx.target.host.is_empty() && cx.text.contains(" HTTP/1.1");
    let named = [":authority", "host"].iter().any(|name| cx.field(name).is_some());
    if cx.kind == InputKind::Http && bare && !named && request.fields.iter().next().is_some() {
        out.report_confirmed(cx, &[400], Place::header("Host", None), "The message has no `Host` header.");
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "host-header-missing",
            &[
                "GET /v1/models HTTP/1.1\nAccept: */*\n",
                "POST /v1/chat/completions HTTP/1.1\nContent-Type: application/json\n\n{}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "host-header-missing",
            &[
                "GET /v1/models HTTP/1.1\nHost: api.openai.com\nAccept: */*\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAccept: */*\n",
                "GET /v1/models HTTP/2\n:authority: api.openai.com\nAccept: */*\n",
                "10.0.0.1 - - [21/Nov/2026:10:00:00 +0000] \"GET /v1/models HTTP/1.1\" 403 12",
            ],
        );
    }
}
