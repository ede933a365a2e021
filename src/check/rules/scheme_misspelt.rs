//! The beginning of the URL is misspelt.

use crate::check::words;
use crate::check::{Context, Findings, Part, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "scheme-misspelt",
    severity: Severity::Error,
    title: "the beginning of the URL is misspelt",
    why: "The client takes the word for another protocol or for a host, and the request never reaches the provider.",
    fix: "Write `https://` with its colon and both slashes.",
    source: "RFC 9110, section 4.2.2",
    example: native_only("curl \"https:/api.openai.com/v1/models\" -H \"Authorization: Bearer $OPENAI_API_KEY\""),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let url = cx.written_url();
    let end = url.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(url.len());
    let (scheme, rest) = url.split_at_checked(end).unwrap_or_default();
    let slashes = rest.len() - rest.trim_start_matches([':', ';', '/', '\\']).len();
    let between = rest.get(..slashes).unwrap_or_default();
    let lower = scheme.to_ascii_lowercase();
    let right = match lower.as_str() {
        "https" | "http" | "wss" | "ws" => lower.as_str(),
        _ if lower.len() < 8 && lower.contains('t') && words::distance(&lower, "https") <= 2 => "https",
        _ => return,
    };
    // A word before a single colon or slash may be a host and its port or path.
    let odd = (between.len() > 1 && between != "://") || (between == ":/" && right == lower);
    if (right != lower && between == "://") || (odd && between.contains(['/', '\\'])) {
        let from = [scheme, between].concat();
        let place = Place::part(Part::Url, cx.request.and_then(|r| r.url_span));
        out.report(place, ["The URL begins with `", &words::shown(&from, 20), "`; `", right, "://` is due."].concat());
        out.mend(cx, cx.request.and_then(|r| r.url_span), &from, &[right, "://"].concat());
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "scheme-misspelt",
            &[
                "curl \"https//api.openai.com/v1/models\" -H \"Authorization: Bearer $K\"",
                "curl \"https:/api.openai.com/v1/models\" -H \"Authorization: Bearer $K\"",
                "GET hhttps://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "scheme-misspelt",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n",
                "GET wss://api.openai.com/v1/realtime\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n",
                "curl \"api.openai.com/v1/models\"",
                "curl \"http:8080\"",
                "curl \"test/x\"",
                "GET ftp://example.com/x\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n",
            ],
        );
    }
}
