//! A header that is meant for one connection is sent on.

use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "hop-by-hop-header",
    severity: Severity::Hint,
    title: "a header that is meant for one connection is sent on",
    why: "Such fields describe the connection between two neighbours; HTTP/2 and later forbid them, and a proxy that copies them breaks calls.",
    fix: "Leave the header out, and let a proxy drop it.",
    source: "RFC 9110, section 7.6.1",
    example: native_only(
        "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nProxy-Connection: keep-alive\n",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    if cx.is_websocket() {
        return;
    }
    for field in cx.request_fields() {
        let name = field.name.trim().to_ascii_lowercase();
        let value = field.value.trim();
        let odd = match name.as_str() {
            "proxy-connection" | "keep-alive" | "proxy-authorization" | "trailer" => true,
            "connection" => !value.split(',').all(|v| {
                ["keep-alive", "close", "upgrade", "te", ""].iter().any(|usual| v.trim().eq_ignore_ascii_case(usual))
            }),
            "te" => !value.eq_ignore_ascii_case("trailers"),
            "upgrade" => !value.eq_ignore_ascii_case("h2c"),
            _ => false,
        };
        if odd {
            out.report(
                Place::header(&field.name, field.span),
                format!("`{}: {}` concerns one connection only.", field.name, words::shown(value, 40)),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "hop-by-hop-header",
            &[
                &chat("Connection: keep-alive, X-Secret"),
                "GET https://api.openai.com/v1/models HTTP/1.1\nProxy-Connection: keep-alive",
                "GET https://api.openai.com/v1/models HTTP/1.1\nKeep-Alive: timeout=5",
                "GET https://api.openai.com/v1/models HTTP/1.1\nTE: gzip",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "hop-by-hop-header",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nConnection: keep-alive\nTE: trailers",
                "GET https://api.openai.com/v1/realtime\nUpgrade: websocket\nConnection: Upgrade",
            ],
        );
    }
}
