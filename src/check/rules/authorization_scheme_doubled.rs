//! The scheme stands in Authorization twice.

use crate::check::credential;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "authorization-scheme-doubled",
    severity: Severity::Error,
    title: "the scheme stands in Authorization twice",
    why: "The second word is read as the beginning of the key, so the key is not recognised.",
    fix: "Keep one `Bearer`: the library or the tool adds it, or you do, not both.",
    source: "RFC 9110, section 11.4",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    for credential in cx.credentials.iter().filter(|c| c.is_authorization()) {
        let (Some(field), Some(first)) = (credential.field(), credential.scheme) else { continue };
        let (Some(second), rest) = credential::scheme(credential.value) else { continue };
        let again = first.eq_ignore_ascii_case(second) || second.eq_ignore_ascii_case("bearer");
        if again && !rest.is_empty() {
            let message = format!("`{first} {second}` stands before the key; one scheme is due.");
            out.report(Place::key(Some(&field.name), cx.value_span(field)), message);
            out.mend(cx, cx.value_span(field), &[first, " ", second].concat(), "Bearer");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "authorization-scheme-doubled",
            &[
                &chat("Authorization: Bearer Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("authorization: bearer Bearer $KEY"),
                &chat("Authorization: Token Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "authorization-scheme-doubled",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: Bearer Bearer"),
                &chat("Authorization: Bearer a b"),
                &chat(&["Authorization: ", &"Bearer".repeat(3000)].concat()),
            ],
        );
    }
}
