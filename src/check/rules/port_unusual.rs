//! The URL names a port that the provider does not serve.

use crate::check::Part;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "port-unusual",
    severity: Severity::Warning,
    title: "the URL names a port that the provider does not serve",
    why: "Providers answer on port 443 only; another port is refused or ends at somebody else.",
    fix: "Leave the port out of the URL.",
    source: "RFC 9110, section 4.2.2",
    example: native_only(
        "GET https://api.openai.com:8080/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    if let Some(port) = cx.target.port.filter(|p| cx.provider.is_public_api() && *p != "443" && !p.is_empty()) {
        // An `http` URL has a rule of its own, which says more.
        if !matches!((cx.target.scheme, port), (Some("http"), "80")) {
            let message = format!("Port {} is none that {} serves.", words::shown(port, 8), cx.target.host);
            out.report(Place::part(Part::Url, cx.url_span(port)), message);
            let host = [cx.target.host, ":", port].concat();
            out.mend(cx, cx.url_span(cx.target.url), &host, cx.target.host);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "port-unusual",
            &[
                "GET https://api.openai.com:8080/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "port-unusual",
            &[
                "GET https://api.openai.com:443/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET http://localhost:8080/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://relay.example:3000/v1 HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com:/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }
}
