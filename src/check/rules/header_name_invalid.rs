//! A header name holds characters that no name may hold.

use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "header-name-invalid",
    severity: Severity::Error,
    title: "a header name holds characters that no name may hold",
    why: "A field name is a token: letters, digits and a few marks. Servers refuse the request, or read the line as something else.",
    fix: "Type the name again; look for blanks, typographic dashes and a missing colon.",
    source: "RFC 9110, section 5.1",
    example: native_only(
        "curl https://api.openai.com/v1/models -H \"Authorization: Bearer $OPENAI_API_KEY\" -H \"Content Type: application/json\"",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    for field in cx.request_fields() {
        // Names that begin with a colon are pseudo-fields of HTTP/2, as browsers and HAR files show them.
        let name = field.name.strip_prefix(':').unwrap_or(&field.name);
        if words::is_token(name) || words::variable(name).is_some() || name.contains("{{redacted") {
            continue;
        }
        let bad = name.chars().find(|c| !c.is_ascii() || !words::is_token(c.encode_utf8(&mut [0; 4])));
        let message = match bad {
            Some(c) if c.is_whitespace() => format!("The name `{}` holds white space.", words::shown(name, 40)),
            Some(c) => format!("The name `{}` holds `{}`.", words::shown(name, 40), c.escape_default()),
            None => "A header has no name.".to_owned(),
        };
        out.report(Place::header(&field.name, field.span), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "header-name-invalid",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nContent Type: x",
                "GET https://api.openai.com/v1/models HTTP/1.1\nContent–Type: x",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization : Bearer $X",
                "GET https://api.openai.com/v1/models HTTP/1.1\n : x: y",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "header-name-invalid",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/models HTTP/1.1\nX_y.z!: a",
                "GET https://api.openai.com/v1/models HTTP/1.1\n$NAME: a",
            ],
        );
    }
}
