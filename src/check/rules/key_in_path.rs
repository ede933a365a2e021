//! The key stands in the path of the URL.

use crate::check::Part;
use crate::check::credential::Mark;
use crate::check::provider::key_provider;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "key-in-path",
    severity: Severity::Error,
    title: "the key stands in the path of the URL",
    why: "The path names the endpoint; a key in it makes an address that does not exist, and it ends up in logs.",
    fix: "Send the key in the `Authorization` header, and replace this key if the URL was logged.",
    source: "RFC 3986, section 7.5",
    example: native_only("GET https://api.openai.com/v1/{{redacted:openai-key:51-0123456789ab}}/models HTTP/1.1\n"),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    if !cx.provider.is_public_api() {
        return;
    }
    if let Some(mark) = Mark::find(cx.target.path).filter(|m| key_provider(m.kind).is_some()) {
        let message = format!("A key of the kind `{}` stands in the path.", mark.kind);
        out.report(Place::part(Part::Url, cx.url_span(mark.text)), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires("key-in-path", &["GET https://api.openai.com/v1/{{redacted:openai-key:51-0123456789ab}}/models"]);
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "key-in-path",
            &[
                "GET https://api.openai.com/v1/files/{{redacted:account-id}}\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://relay.example/{{redacted:openai-key}}/v1",
                "GET https://api.openai.com/v1/{{redacted:\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }
}
