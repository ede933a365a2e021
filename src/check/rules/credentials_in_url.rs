//! User name and password stand in the URL.

use crate::check::Part;
use crate::check::target::Target;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "credentials-in-url",
    severity: Severity::Warning,
    title: "user name and password stand in the URL",
    why: "Clients turn them into Basic credentials, which overwrite the key or are refused; browsers drop them.",
    fix: "Take everything before the `@` out of the URL.",
    source: "RFC 9110, section 4.2.4",
    example: native_only("curl https://me:{{redacted:password}}@api.openai.com/v1/models"),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    // Clients take them out before they send.
    let credentials = Target::new(cx.written_url()).userinfo.or(cx.target.userinfo).is_some_and(|u| !u.is_empty());
    if credentials && cx.provider.is_public_api() {
        let message = format!("Credentials stand before the host {} in the URL.", cx.target.host);
        out.report(Place::part(Part::Url, cx.request.and_then(|r| r.url_span)), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "credentials-in-url",
            &[
                "GET https://{{redacted:url-credentials}}@api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "credentials-in-url",
            &[
                "GET https://api.openai.com/v1/models?a=b@c\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET http://u:p@localhost/\nA: b",
                "GET https://@/\nA: b",
            ],
        );
    }
}
