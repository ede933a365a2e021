//! The answer demands other credentials.

use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "authentication-demanded",
    severity: Severity::Hint,
    title: "the answer demands other credentials",
    why: "WWW-Authenticate names the scheme and the realm that the server expects; it shows that the request reached who checks the key.",
    fix: "Compare the scheme with the one sent; where an `error` is named, renew or replace the token.",
    source: "RFC 9110, section 11.6.1",
    example: native_only(
        "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer realm=\"OpenAI API\"\n\n",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    if !matches!(cx.status, None | Some(400..=499)) {
        return;
    }
    if let Some(field) = cx.answer_field("www-authenticate").filter(|f| !f.value.trim().is_empty()) {
        out.report(
            Place::answer(&field.name, field.span),
            format!("The server demands `{}`.", words::shown(field.value.trim(), 100)),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "authentication-demanded",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 X\nWWW-Authenticate: Bearer error=\"invalid_token\"\n\n",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "authentication-demanded",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 X\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 200 OK\nWWW-Authenticate: Basic\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 X\nWWW-Authenticate:\n\n",
            ],
        );
    }
}
