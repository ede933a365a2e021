//! A sample stands in the URL.

use crate::check::Part;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "url-sample",
    severity: Severity::Warning,
    title: "a sample stands in the URL",
    why: "The text that documentation writes for a name of your own is no address.",
    fix: "Put your own name there.",
    source: "https://learn.microsoft.com/azure/ai-services/openai/reference",
    example: native_only(
        "GET https://YOUR_RESOURCE_NAME.openai.azure.com/openai/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let sample = |text: &&str| {
        let lower = text.to_ascii_lowercase().replace('-', "_");
        lower.contains("your_")
            || lower.contains("yourresource")
            || (text.contains('<') && text.contains('>'))
            || lower.contains("resource_name")
    };
    let found = cx.target.host.split('.').chain(cx.target.segments()).find(sample);
    if let Some(part) = found {
        let message = format!(
            "`{}` is text from an example, unless you put it there to hide the real name.",
            words::shown(part, 60)
        );
        out.report(Place::part(Part::Url, cx.url_span(part)), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "url-sample",
            &[
                "GET https://YOUR_RESOURCE_NAME.openai.azure.com/openai/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://<resource>.openai.azure.com/x HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/files/<file-id>\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "url-sample",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://acme.openai.azure.com/openai/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/files/$FILE\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://yours.example/ HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }
}
