//! A proxy on the way wants credentials of its own.

use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "proxy-demands-credentials",
    severity: Severity::Error,
    title: "a proxy on the way wants credentials of its own",
    why: "The request did not leave the network: the proxy refused it, and the provider never saw the key.",
    fix: "Give the client the credentials of the proxy (`--proxy-user`, `HTTPS_PROXY`), or take another way out.",
    source: "RFC 9110, section 15.5.8",
    example: native_only(
        "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 407 Proxy Authentication Required\nProxy-Authenticate: Basic realm=\"proxy\"\n\n",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let field = cx.answer_field("proxy-authenticate");
    if cx.status == Some(407) || field.is_some() {
        let says = field.map(|f| format!(" (`{}`)", words::shown(f.value.trim(), 60))).unwrap_or_default();
        let place = field.and_then(|f| f.span).or(cx.response.and_then(|r| r.status_span));
        out.report(
            Place::answer("Proxy-Authenticate", place),
            format!("A proxy answers and demands credentials{says}."),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "proxy-demands-credentials",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 407 X\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 407 X\nproxy-authenticate: NTLM\n\n",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "proxy-demands-credentials",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 X\nwww-authenticate: Basic\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 200 OK\n\n",
            ],
        );
    }
}
