//! Something else than a space stands between `Bearer` and the key.

use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "authorization-separator-wrong",
    severity: Severity::Error,
    title: "something else than a space stands between `Bearer` and the key",
    why: "Scheme and credentials are separated by a space; anything else makes one long unknown word of them.",
    fix: "Write `Bearer`, one space, and the key.",
    source: "RFC 9110, section 11.4",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer:{{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    for credential in cx.credentials.iter().filter(|c| c.is_authorization()) {
        let Some(field) = credential.field() else { continue };
        let value = field.value.trim();
        let Some((word, rest)) = value.split_at_checked(6).filter(|(w, _)| w.eq_ignore_ascii_case("bearer")) else {
            continue;
        };
        let separator = match rest.chars().next() {
            None | Some(' ') => continue,
            Some('\t') => "a tab",
            Some(c) if c.is_whitespace() => "a white space character that is no plain space",
            Some(':' | '=' | ',' | ';' | '-' | '_') => "a punctuation mark",
            Some('+' | '%') => "URL encoding",
            Some(_) => "nothing",
        };
        let message = format!("After `{word}` comes {separator} in the place of one space.");
        out.report(Place::key(Some(&field.name), cx.value_span(field)), message);
        // Everything between the scheme and the key, where the key is known by its mark.
        if let Some((before, _)) = credential.mark().and_then(|m| value.split_once(m.text)) {
            out.mend(cx, cx.value_span(field), before, "Bearer ");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "authorization-separator-wrong",
            &[
                &chat("Authorization: Bearer{{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: Bearer: {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: Bearer\t{{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: bearer%20{{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "authorization-separator-wrong",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: Bearer  {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: Bearer"),
                &chat("Authorization: Béarer x"),
            ],
        );
    }
}
