//! A sample stands in the place of the key.

use crate::check::credential::Form;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "key-sample",
    severity: Severity::Warning,
    title: "a sample stands in the place of the key",
    why: "The text that documentation writes for a key is no key; the server answers 401.",
    fix: "Put your own key there, best through a variable: `$OPENAI_API_KEY`.",
    source: "https://platform.openai.com/docs/api-reference/authentication",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer YOUR_API_KEY\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    for credential in cx.credentials.iter().filter(|c| c.form == Form::Sample) {
        let Some(field) = credential.field() else { continue };
        let message = format!(
            "`{}` is text from an example, unless you put it there to hide your key.",
            words::shown(credential.value, 40)
        );
        out.report_confirmed(cx, &[401], Place::key(Some(&field.name), cx.value_span(field)), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "key-sample",
            &[
                &chat("Authorization: Bearer YOUR_API_KEY"),
                &chat("Authorization: Bearer <your-key>"),
                &chat("Authorization: Bearer OPENAI_API_KEY"),
                &chat("Authorization: Bearer sk-your-key-here"),
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "key-sample",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: Bearer sk-..."),
                &chat("Authorization: Bearer [REDACTED]"),
                &chat("Authorization: Bearer $YOUR_KEY"),
                &chat("Authorization: Bearer hunter2"),
            ],
        );
    }
}
