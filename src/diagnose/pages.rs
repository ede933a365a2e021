//! The pages of whoever answered, where a fix names OpenAI's own: a key page, a bill or a status page of somebody else is no help.

use crate::check::provider::{Provider, variable};
use crate::signals::Signals;

/// Providers' own pages for keys, for money, for the state of the service, for their models and for the places they serve; `-` where none is known to us.
/// The ids are those of responders, and those of [`Provider::Other`].
static PAGES: &[(&str, &str)] = &[
    (
        "anthropic",
        "https://platform.claude.com/settings/keys https://platform.claude.com/settings/billing https://status.claude.com https://docs.claude.com/en/docs/about-claude/models/overview https://www.anthropic.com/supported-countries",
    ),
    (
        "google",
        "https://aistudio.google.com/apikey https://console.cloud.google.com/billing https://status.cloud.google.com https://ai.google.dev/gemini-api/docs/models https://ai.google.dev/gemini-api/docs/available-regions",
    ),
    (
        "openrouter",
        "https://openrouter.ai/settings/keys https://openrouter.ai/settings/credits https://status.openrouter.ai https://openrouter.ai/models",
    ),
    ("xai", "https://console.x.ai https://console.x.ai https://status.x.ai https://docs.x.ai/docs/models"),
    (
        "mistral",
        "https://console.mistral.ai/api-keys https://console.mistral.ai/usage https://status.mistral.ai https://docs.mistral.ai/getting-started/models",
    ),
    (
        "deepseek",
        "https://platform.deepseek.com/api_keys https://platform.deepseek.com/top_up https://status.deepseek.com https://api-docs.deepseek.com/quick_start/pricing",
    ),
    (
        "github",
        "https://github.com/settings/personal-access-tokens https://github.com/settings/billing https://www.githubstatus.com https://docs.github.com/en/copilot/reference/ai-models/supported-models",
    ),
    (
        "azure-openai",
        "https://portal.azure.com https://portal.azure.com https://azure.status.microsoft https://learn.microsoft.com/en-us/azure/ai-foundry/openai/concepts/models",
    ),
    (
        "aws",
        "- https://console.aws.amazon.com/billing https://health.aws.amazon.com/health/status https://docs.aws.amazon.com/bedrock/latest/userguide/models-supported.html https://www.anthropic.com/supported-countries",
    ),
    (
        "groq",
        "https://console.groq.com/keys https://console.groq.com/settings/billing https://groqstatus.com https://console.groq.com/docs/models",
    ),
    (
        "huggingface",
        "https://huggingface.co/settings/tokens https://huggingface.co/settings/billing https://status.huggingface.co https://huggingface.co/models",
    ),
    ("nvidia", "https://build.nvidia.com/settings/api-keys - - https://build.nvidia.com/models"),
    ("siliconflow", "https://cloud.siliconflow.cn/account/ak - - -"),
    (
        "cohere",
        "https://dashboard.cohere.com/api-keys https://dashboard.cohere.com/billing https://status.cohere.com https://docs.cohere.com/docs/models",
    ),
];

/// What OpenAI's pages of the same use hold in their addresses, in the order of [`PAGES`].
const OPENAI: [&[&str]; 5] =
    [&["/api-keys"], &["/billing", "/limits", "/usage"], &["//status."], &["/docs/models"], &["/supported-countries"]];

/// Whose service it is, as far as the pages and variables in a fix differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// OpenAI's, or nobody can tell.
    OpenAi,
    /// Somebody else's; the id of a responder or of [`Provider::Other`], empty for those that we don't know.
    Other(&'static str),
}

impl Whose {
    /// By who answered (group and responder, where that is clear), else by the host that was called.
    pub(super) fn of(signals: &Signals, who: Option<(&str, &str)>) -> Self {
        let known = |id: &str| PAGES.iter().map(|(known, _)| *known).find(|known| *known == id);
        let called = signals.parameter("host").map_or(Provider::Unknown, Provider::of_host);
        let host = match called {
            Provider::Other(id) => Some(id),
            Provider::Unknown | Provider::Local => None,
            other => known(other.name()),
        };
        match who {
            Some(("openai-api" | "chatgpt", _)) => Self::OpenAi,
            Some(("azure", _)) => Self::Other("azure-openai"),
            Some(("provider", id)) => Self::Other(known(id).or(host).unwrap_or_default()),
            Some(("relay" | "self-hosted", _)) => Self::Other(""),
            _ if called == Provider::Azure => Self::Other("azure-openai"),
            _ => host.map_or(Self::OpenAi, Self::Other),
        }
    }

    /// The page to go to in place of this one; none where only OpenAI has such a page.
    pub(super) fn page(self, page: &str) -> Option<String> {
        let Self::Other(id) = self else { return Some(page.to_owned()) };
        if !page.contains("openai.com/") && !page.ends_with("openai.com") {
            return Some(page.to_owned());
        }
        let (_, pages) = PAGES.iter().find(|(known, _)| *known == id)?;
        let column = OPENAI.iter().position(|parts| parts.iter().any(|part| page.contains(part)))?;
        pages.split(' ').nth(column).filter(|page| *page != "-").map(str::to_owned)
    }

    /// The command with the variable that this provider's documentation keeps a key in; none where it calls OpenAI all the same.
    pub(super) fn command(self, command: String) -> Option<String> {
        let Self::Other(id) = self else { return Some(command) };
        if command.contains("openai.com") {
            return None;
        }
        if id.is_empty() {
            return Some(command);
        }
        // Azure's own variable ends in OpenAI's.
        Some(command.replace("$OPENAI_API_KEY", &["$", &variable(id)].concat()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_belong_to_somebody_who_is_known() {
        for (id, pages) in PAGES {
            let responder = super::super::data::Data::get().responders.contains_key(*id);
            assert!(responder || Provider::Other(id).known().is_some(), "{id}");
            // The places served are named where the provider has such a list.
            let pages = pages.split(' ').filter(|p| *p == "-" || p.starts_with("https://")).count();
            assert!((4..=5).contains(&pages), "{id}");
        }
    }

    #[test]
    fn a_fix_names_the_pages_and_variables_of_whoever_answered() {
        let fixes = |text: &str| -> String {
            let raw = crate::redact::Raw::new(text.to_owned());
            let report = crate::inspect(raw, &crate::redact::RedactOptions::default(), &[]);
            let fixes = report.causes.first().map(|c| c.fixes.clone()).unwrap_or_default();
            let said = |f: &crate::report::Fix| [f.page.clone(), f.command.clone()].into_iter().flatten();
            fixes.iter().flat_map(said).collect::<Vec<_>>().join(" ")
        };
        for (text, holds) in [
            (
                r#"401 {"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"},"request_id":"req_011CXw8h8A796q3f74Ezmhav"}"#,
                "https://platform.claude.com/settings/keys",
            ),
            (
                "Error code: 402 - {'error': {'message': 'Insufficient Balance'}} api.deepseek.com",
                "deepseek.com/top_up",
            ),
            (
                r#"[{"error":{"code":400,"message":"User location is not supported for the API use.","status":"FAILED_PRECONDITION"}}]"#,
                "https://ai.google.dev/gemini-api/docs/available-regions",
            ),
            (
                r#"403 {"error":{"type":"forbidden","message":"Request not allowed"}} api.anthropic.com"#,
                "https://www.anthropic.com/supported-countries",
            ),
            ("HTTP 401 from https://api.groq.com/openai/v1/models: Invalid API Key", "$GROQ_API_KEY"),
        ] {
            let said = fixes(text);
            assert!(said.contains(holds), "{text}: {said}");
            assert!(!said.contains("platform.openai.com"), "{text}: {said}");
        }
        let said = fixes(r#"403 {"error":{"message":"无效的令牌","type":"one_api_error"}}"#);
        assert!(!said.contains("openai.com"), "a relay's token is made at the relay: {said}");
        assert!(fixes("401 Incorrect API key provided: sk-abc. You can find your API key at https://platform.openai.com/account/api-keys.").contains("https://platform.openai.com/api-keys"));
    }
}
