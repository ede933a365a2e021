//! A variable stands in the URL where nothing expands it.

use crate::check::Part;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};
use crate::intake::InputKind;

pub(super) static RULE: Rule = Rule {
    id: "url-variable-unexpanded",
    severity: Severity::Error,
    title: "a variable stands in the URL where nothing expands it",
    why: "Single quotes keep a shell from putting the variable's value in, so its name is asked for.",
    fix: "Use double quotes around the URL.",
    source: "https://www.gnu.org/software/bash/manual/html_node/Single-Quotes.html",
    example: native_only(
        "GET https://api.openai.com/v1/files/$FILE_ID HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(span) = cx.request.and_then(|r| r.url_span) else { return };
    let Some(variable) = words::variable(cx.target.url).filter(|v| !v.starts_with("{{")) else { return };
    let literal = match cx.kind {
        InputKind::Curl => cx.quote_around(span) == Some('\''),
        // A request line as it went over the wire.
        InputKind::Http => cx.request.and_then(|r| r.method_span).is_some_and(|m| cx.is_literal_at(m)),
        _ => false,
    };
    if literal {
        let message = format!("`{}` goes out as it is written.", words::shown(variable, 40));
        out.report(Place::part(Part::Url, cx.url_span(variable)), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "url-variable-unexpanded",
            &[
                "GET https://api.openai.com/v1/files/$FILE_ID\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/files/${FILE_ID}/content\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "url-variable-unexpanded",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/files/{{ id }}\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/files/a%20b\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "curl \"https://api.openai.com/v1/files/$FILE_ID\" -H \"Authorization: Bearer $K\"",
            ],
        );
    }
}
