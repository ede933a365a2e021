//! A stray character stands at the end of the URL.

use crate::check::Part;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "url-trailing-character",
    severity: Severity::Error,
    title: "a stray character stands at the end of the URL",
    why: "A full stop, a quote or a bracket was copied along with the URL and makes another address of it.",
    fix: "Take the character away.",
    source: "RFC 3986, appendix C",
    example: native_only(
        "GET https://api.openai.com/v1/models, HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    // A query may end with almost anything.
    if cx.target.query.is_some() || cx.target.fragment.is_some() || !cx.provider.is_public_api() {
        return;
    }
    let url = cx.target.url;
    let encoded = ["%20", "%22", "%27", "%0A", "%0a", "%0D", "%0d", "%E2%80%8B", "%e2%80%8b"]
        .iter()
        .find(|e| url.ends_with(**e))
        .map(|e| e.len());
    let plain = url.chars().next_back().filter(|c| {
        matches!(c, '.' | ',' | ';' | ':' | '"' | '\'' | '`' | ')' | ']' | '>' | '\\' | '\u{200b}')
            || words::is_smart_quote(*c)
    });
    let Some(length) = encoded.or(plain.map(char::len_utf8)) else { return };
    let tail = url.get(url.len() - length..).unwrap_or_default();
    if !url.ends_with("...") {
        out.report(
            Place::part(Part::Url, cx.url_span(tail)),
            format!("`{}` stands at the end of the URL.", tail.escape_debug()),
        );
        let bare = url.get(..url.len() - length).unwrap_or(url);
        out.mend(cx, cx.url_span(url), url, bare);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "url-trailing-character",
            &[
                "GET https://api.openai.com/v1/models, HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/models\" HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/models%20 HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/models” HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "url-trailing-character",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/models?x=a.\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/... HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/models/$X\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://relay.example/x. HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }
}
