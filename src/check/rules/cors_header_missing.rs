//! The answer does not allow the page's origin.

use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "cors-header-missing",
    severity: Severity::Warning,
    title: "the answer does not allow the page's origin",
    why: "A browser hides an answer without `Access-Control-Allow-Origin` from the page, which then sees a network error and not the refusal.",
    fix: "Let your own server make the call; read the real answer in the network panel or with curl.",
    source: "https://fetch.spec.whatwg.org/#cors-check",
    example: native_only(
        "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nOrigin: https://app.example\n\nHTTP/1.1 403 Forbidden\nContent-Type: text/html\n\n",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(origin) = cx.field("origin").map(|f| f.value.trim()).filter(|o| !o.is_empty()) else { return };
    let Some(response) = cx.response.filter(|r| !r.fields.is_empty()) else { return };
    let allowed = response.fields.value("access-control-allow-origin").map(str::trim);
    let same = cx.target.scheme.is_some_and(|s| format!("{s}://{}", cx.target.host).eq_ignore_ascii_case(origin));
    if same || matches!(allowed, Some(a) if a == "*" || a.eq_ignore_ascii_case(origin)) {
        return;
    }
    let message = match allowed {
        None => format!("The page's origin is `{}`, and the answer allows none.", words::shown(origin, 60)),
        Some(other) => format!(
            "The page's origin is `{}`, and the answer allows `{}`.",
            words::shown(origin, 60),
            words::shown(other, 60)
        ),
    };
    out.report(Place::answer("Access-Control-Allow-Origin", response.status_span), message);
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "cors-header-missing",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nOrigin: https://a.example\n\nHTTP/1.1 403 X\na: b\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nOrigin: https://a.example\n\nHTTP/1.1 200 X\naccess-control-allow-origin: https://b.example\n\n",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "cors-header-missing",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 403 X\na: b\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nOrigin: https://a.example\n\nHTTP/1.1 200 X\nAccess-Control-Allow-Origin: *\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nOrigin: https://api.openai.com\n\nHTTP/1.1 200 X\na: b\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nOrigin: x\n\nHTTP/1.1 403 X\n\n",
            ],
        );
    }
}
