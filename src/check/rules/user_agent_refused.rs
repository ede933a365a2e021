//! The User-Agent is one that is known to be refused.

use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "user-agent-refused",
    severity: Severity::Hint,
    title: "the User-Agent is one that is known to be refused",
    why: "Edges refuse some clients by their name alone, whatever the key: Cloudflare shows error 1010 for it.",
    fix: "Send a User-Agent that names your own program.",
    source: "https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/error-1010/",
    example: native_only(
        "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nUser-Agent: Python-urllib/3.11\n",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(field) = cx.field("user-agent") else { return };
    let value = field.value.trim();
    let lower = value.to_ascii_lowercase();
    let refused = match cx.provider {
        // An OpenAI-compatible host that turns the SDK's own name away, as users of NVIDIA's report.
        Provider::Other("nvidia") if lower.starts_with("openai/") => true,
        Provider::Local => false,
        _ => value.is_empty() || ["python-urllib/", "libwww-perl", "lwp::simple"].iter().any(|n| lower.starts_with(n)),
    };
    if refused {
        let name = if value.is_empty() {
            "An empty User-Agent".to_owned()
        } else {
            format!("`User-Agent: {}`", words::shown(value, 60))
        };
        let severity = if cx.status == Some(403) { Severity::Warning } else { Severity::Hint };
        out.report_as(
            severity,
            Place::header("User-Agent", field.span),
            format!("{name} is refused by some edges before the key is looked at."),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "user-agent-refused",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nUser-Agent: Python-urllib/3.9",
                "GET https://api.openai.com/v1/models HTTP/1.1\nUser-Agent:",
                "POST https://integrate.api.nvidia.com/v1/chat/completions\nUser-Agent: OpenAI/Python 1.2\n\n{}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "user-agent-refused",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nUser-Agent: curl/8.5.0",
                "GET https://api.openai.com/v1/models HTTP/1.1\nUser-Agent: OpenAI/Python 1.2",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }
}
