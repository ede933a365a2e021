//! The Host header names another host than the URL.

use crate::check::target::Target;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "host-header-differs",
    severity: Severity::Warning,
    title: "the Host header names another host than the URL",
    why: "The server picks the site by the Host header; Cloudflare answers 403 for a name it does not serve there, and a local server may refuse a foreign one.",
    fix: "Leave the Host header out: the client derives it from the URL. A proxy must set it to the host it calls.",
    source: "RFC 9110, section 7.2",
    example: native_only(
        "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nHost: gateway.example\n",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(field) = cx.field("host") else { return };
    let value = field.value.trim();
    let name = Target::new(value).host;
    let unknown = cx.target.host.is_empty() || [value, cx.target.host].iter().any(|t| t.contains(['$', '{', '<']));
    if !unknown && !name.eq_ignore_ascii_case(cx.target.host) {
        let message = format!("`Host: {}` is sent to {}.", words::shown(value, 60), words::shown(cx.target.host, 60));
        out.report_confirmed(cx, &[403, 404, 421], Place::header(&field.name, cx.value_span(field)), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "host-header-differs",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nHost: example.com",
                "GET https://api.openai.com/v1/models HTTP/1.1\nHost: localhost:3000",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "host-header-differs",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nHost: api.openai.com",
                "GET https://api.openai.com/v1/models HTTP/1.1\nhost: API.openai.com:443",
                "GET https://api.openai.com/v1/models HTTP/1.1\nHost: $HOST",
                "GET https://api.openai.com/v1/models HTTP/1.1\nHost: {{{{",
            ],
        );
    }
}
