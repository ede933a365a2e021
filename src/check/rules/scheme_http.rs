//! The URL begins with http in the place of https.

use crate::check::Part;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "scheme-http",
    severity: Severity::Error,
    title: "the URL begins with http in the place of https",
    why: "OpenAI answers 403 to plain http (\"can only be accessed over HTTPS\"), and the key goes over the network for everyone to read.",
    fix: "Write `https://` in the URL or in the setting for the base URL.",
    source: "https://github.com/openai/openai-cookbook/issues/174",
    example: native_only(
        "GET http://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    if let Some(scheme @ ("http" | "HTTP" | "Http" | "ws")) = cx.target.scheme.filter(|_| cx.provider.is_public_api()) {
        let message =
            format!("`{scheme}://` is not encrypted, and {} takes encrypted connections only.", cx.target.host);
        out.report(Place::part(Part::Url, cx.url_span(scheme)), message);
        let whole = cx.request.and_then(|r| r.url_span);
        if !cx.written_url().contains("://") {
            // curl takes a URL without a scheme for http.
            return out.mend(cx, whole, cx.target.host, &["https://", cx.target.host].concat());
        }
        out.mend(cx, cx.url_span(scheme), scheme, if scheme == "ws" { "wss" } else { "https" });
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "scheme-http",
            &[
                "GET http://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET HTTP://api.anthropic.com/v1/messages HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET ws://api.openai.com/v1/realtime HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "scheme-http",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET http://localhost:11434/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET http://relay.example/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET ://x HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }
}
