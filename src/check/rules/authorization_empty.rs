//! The key is empty.

use crate::check::credential::Form;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "authorization-empty",
    severity: Severity::Error,
    title: "the key is empty",
    why: "A variable that is not set leaves nothing behind, and the server answers as if no key had been sent.",
    fix: "Set the variable in the shell or process that makes the call, and look at it with `printf %s \"$OPENAI_API_KEY\" | wc -c`.",
    source: "RFC 9110, section 11.4",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer \nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    for credential in cx.credentials.iter().filter(|c| c.form == Form::Empty) {
        let Some(field) = credential.field() else { continue };
        let message = match credential.scheme {
            Some(scheme) => format!("`{}: {scheme}` has nothing after the scheme.", field.name),
            None => format!("The `{}` header is empty.", field.name),
        };
        out.report(Place::key(Some(&field.name), field.span), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "authorization-empty",
            &[
                &chat("Authorization:"),
                &chat("Authorization: Bearer"),
                &chat("Authorization: Bearer \"\""),
                "POST https://acme.openai.azure.com/openai/v1/responses\napi-key: \n\n{}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "authorization-empty",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: Bearer $KEY"),
                &chat("Authorization: Bearer \u{200b}"),
            ],
        );
    }
}
