//! A variable stands where nothing expands it.

use crate::check::credential::Form;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "key-variable-unexpanded",
    severity: Severity::Error,
    title: "a variable stands where nothing expands it",
    why: "Single quotes keep a shell from putting the variable's value in, so its name goes out in the place of the key.",
    fix: "Use double quotes around the header: `-H \"Authorization: Bearer $OPENAI_API_KEY\"`.",
    source: "https://www.gnu.org/software/bash/manual/html_node/Single-Quotes.html",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer $OPENAI_API_KEY\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    for credential in &cx.credentials {
        let (Some(field), Form::Variable(variable)) = (credential.field(), credential.form) else { continue };
        let Some(span) = field.span else { continue };
        // `{{ name }}` is a template of a tool, which fills it in before it sends.
        if !variable.starts_with("{{") && cx.is_literal_at(span) {
            let message =
                format!("`{}` goes out as it is written, in the place of the key.", words::shown(variable, 40));
            out.report(Place::key(Some(&field.name), cx.value_span(field)), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "key-variable-unexpanded",
            &[
                &chat("Authorization: Bearer $OPENAI_API_KEY"),
                &chat("Authorization: Bearer ${OPENAI_API_KEY}"),
                &chat("Authorization: Bearer %OPENAI_API_KEY%"),
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "key-variable-unexpanded",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: Bearer {{ openai_key }}"),
                &chat("Authorization: Bearer $"),
                "curl https://api.openai.com/v1/models -H \"Authorization: Bearer $OPENAI_API_KEY\"",
            ],
        );
    }
}
