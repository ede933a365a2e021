//! The key stands in the URL.

use crate::check::credential::{Carrier, Form};
use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "key-in-query",
    severity: Severity::Warning,
    title: "the key stands in the URL",
    why: "OpenAI and the APIs made after it do not read a key from the query, and URLs end up in logs and histories.",
    fix: "Send the key in the `Authorization` header, and replace this key if the URL was logged.",
    source: "RFC 6750, section 2.3",
    example: native_only(
        "GET https://api.openai.com/v1/models?api_key={{redacted:openai-key:51-0123456789ab}} HTTP/1.1\n",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    // Google's own interface reads `key`; an unknown host may read anything.
    if matches!(cx.provider, Provider::Google | Provider::Aws | Provider::Unknown | Provider::Local) {
        return;
    }
    for credential in &cx.credentials {
        let Carrier::Query(name) = credential.carrier else { continue };
        if matches!(credential.form, Form::Redacted(_) | Form::Variable(_) | Form::Sample) {
            let message = format!(
                "The query parameter `{}` holds the key; {} does not read it there.",
                words::shown(name, 40),
                cx.provider.title()
            );
            out.report(Place::parameter(name, cx.url_span(name)), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "key-in-query",
            &[
                "GET https://api.openai.com/v1/models?api_key={{redacted:openai-key:51-0123456789ab}}",
                "GET https://acme.openai.azure.com/openai/models?api-version=2024-10-21&api-key=$KEY",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "key-in-query",
            &[
                "GET https://api.openai.com/v1/files?limit=20\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "POST https://generativelanguage.googleapis.com/v1beta/models?key={{redacted:google-key}}",
                "GET https://api.openai.com/v1/files?key&&==&\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }
}
