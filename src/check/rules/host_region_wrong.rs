//! The host is not that of the region of the project.

use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Part, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "host-region-wrong",
    severity: Severity::Error,
    title: "the host is not that of the project's region",
    why: "A project with data residency is served by the host of its region alone; elsewhere the answer is 401, `incorrect_hostname`, whatever the key.",
    fix: "Set the base URL to the host that the message names, with `/v1` behind it.",
    source: "https://developers.openai.com/api/docs/guides/data-residency",
    example: native_only(
        "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 Unauthorized\nA: b\n\n{\"error\":{\"message\":\"Attempted to access resource with incorrect regional hostname. Please make your request to us.api.openai.com\"}}",
    ),
    run,
};

/// The regions whose two letters stand before `.api.openai.com`.
static REGIONS: &[&str] = &["us", "eu", "au", "ca", "jp", "in", "sg", "kr", "gb", "ae"];

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let host = cx.target.host;
    let lower = host.to_ascii_lowercase();
    let report = |out: &mut Findings<'_>, severity, message: &[&str], right: &str| {
        out.report_as(severity, Place::part(Part::Url, cx.url_span(host)), message.concat());
        out.mend(cx, cx.url_span(host), host, right);
    };
    const PHRASE: &str = "Please make your request to ";
    if let (Provider::OpenAi, Some((_, rest))) = (cx.provider, cx.find_in_answer(PHRASE)) {
        let named = rest.get(PHRASE.len()..).unwrap_or_default();
        let end = named.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-')).unwrap_or(named.len());
        let right = named.get(..end).unwrap_or_default().trim_end_matches('.');
        if right.ends_with("api.openai.com") && right != lower {
            report(
                out,
                Severity::Error,
                &["The server asks for `", right, "`, not `", &words::shown(host, 60), "`."],
                right,
            );
        }
        return;
    }
    // The parts in the other order.
    let swapped = lower.strip_prefix("api.").and_then(|r| r.strip_suffix(".openai.com"));
    if let Some(region) = swapped.filter(|r| REGIONS.contains(r)) {
        let right = [region, ".api.openai.com"].concat();
        report(out, Severity::Error, &["`", &lower, "` is no host; the region's is `", &right, "`."], &right);
        return;
    }
    let prefix = lower.strip_suffix(".api.openai.com").filter(|p| !REGIONS.contains(p) && words::variable(p).is_none());
    if let Some(prefix) = prefix.filter(|p| p.len() <= 3) {
        let all = REGIONS.join(", ");
        let message = ["`", prefix, "` is none of the regions that OpenAI lists: ", &all, "."];
        report(out, Severity::Warning, &message, "api.openai.com");
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "host-region-wrong",
            &[
                "GET https://eu.api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 Unauthorized\nA: b\n\n{\"error\":{\"message\":\"Attempted to access resource with incorrect regional hostname. Please make your request to us.api.openai.com\"}}",
                "GET https://api.eu.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\n",
                "GET https://uk.api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\n",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "host-region-wrong",
            &[
                "GET https://eu.api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\n",
                "GET https://us.api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 Unauthorized\nA: b\n\n{\"error\":{\"message\":\"Attempted to access resource with incorrect regional hostname. Please make your request to us.api.openai.com\"}}",
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\n",
                "GET https://$REGION.api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\n",
                "GET https://relay.example/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 Unauthorized\nA: b\n\n{\"error\":{\"message\":\"Attempted to access resource with incorrect regional hostname. Please make your request to us.api.openai.com\"}}",
            ],
        );
    }
}
