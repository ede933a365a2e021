//! White space stands in the URL.

use crate::check::Part;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "url-white-space",
    severity: Severity::Error,
    title: "white space stands in the URL",
    why: "A URL holds no blanks: a client cuts it there, encodes them, or refuses it.",
    fix: "Take the blank away; in a query write `%20`.",
    source: "RFC 3986, section 2",
    example: native_only("curl \"https://api.openai.com/v1 /models\" -H \"Authorization: Bearer $OPENAI_API_KEY\""),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    // curl and browsers encode a blank without a word.
    let url = if cx.target.url.contains(char::is_whitespace) { cx.target.url } else { cx.written_url() };
    let unclear = url.contains("{{") || url.contains("${") || url.contains("$(") || url.contains(['\\', '^']);
    if let Some((at, c)) = url.char_indices().find(|(_, c)| c.is_whitespace()).filter(|_| !unclear) {
        let place = url.get(at..at + c.len_utf8()).and_then(|p| cx.url_span(p));
        out.report(
            Place::part(Part::Url, place),
            format!("A blank stands in the URL after `{}`.", words::shown(url.get(..at).unwrap_or_default(), 60)),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "url-white-space",
            &[
                "GET https://api.openai.com/v1 /models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/ v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "url-white-space",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/models%20x\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://${HOST:- x}/v1 HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/{{ path }} HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }
}
