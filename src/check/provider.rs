//! Whose address a host is.

/// Who stands behind a host name, as far as rules differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Provider {
    /// OpenAI's API, regional hosts included.
    OpenAi,
    /// ChatGPT on the web and its backend.
    ChatGptWeb,
    /// Another page of OpenAI's: the dashboard, the documentation, the sign-in.
    OpenAiPage,
    /// Azure OpenAI or Azure AI Foundry resources.
    Azure,
    /// Anthropic's API.
    Anthropic,
    /// Google's Gemini API or Vertex AI.
    Google,
    /// OpenRouter.
    OpenRouter,
    /// A service of Amazon Web Services.
    Aws,
    /// Another provider with an API in OpenAI's manner; the kind of its keys, where they have one of their own.
    Other(&'static str),
    /// This machine or a private network.
    Local,
    /// Anyone: a relay, a gateway, a proxy, a slip of the pen.
    Unknown,
}

/// Providers whose hosts are known by name. An entry that starts with a dot is a suffix.
static HOSTS: &[(&str, Provider)] = &[
    ("api.openai.com", Provider::OpenAi),
    (".api.openai.com", Provider::OpenAi),
    ("chatgpt.com", Provider::ChatGptWeb),
    (".chatgpt.com", Provider::ChatGptWeb),
    ("chat.openai.com", Provider::ChatGptWeb),
    ("openai.com", Provider::OpenAiPage),
    (".openai.com", Provider::OpenAiPage),
    (".openai.azure.com", Provider::Azure),
    (".openai.azure.us", Provider::Azure),
    (".services.ai.azure.com", Provider::Azure),
    (".cognitiveservices.azure.com", Provider::Azure),
    (".api.cognitive.microsoft.com", Provider::Azure),
    ("api.anthropic.com", Provider::Anthropic),
    ("generativelanguage.googleapis.com", Provider::Google),
    ("aiplatform.googleapis.com", Provider::Google),
    ("-aiplatform.googleapis.com", Provider::Google),
    ("openrouter.ai", Provider::OpenRouter),
    (".amazonaws.com", Provider::Aws),
    ("api.groq.com", Provider::Other("groq")),
    ("api.x.ai", Provider::Other("xai")),
    ("api.perplexity.ai", Provider::Other("perplexity")),
    ("integrate.api.nvidia.com", Provider::Other("nvidia")),
    ("api.mistral.ai", Provider::Other("mistral")),
    ("codestral.mistral.ai", Provider::Other("mistral")),
    ("api.deepseek.com", Provider::Other("deepseek")),
    ("api.together.xyz", Provider::Other("together")),
    ("api.together.ai", Provider::Other("together")),
    ("api.fireworks.ai", Provider::Other("fireworks")),
    ("api.cohere.com", Provider::Other("cohere")),
    ("api.cohere.ai", Provider::Other("cohere")),
    ("router.huggingface.co", Provider::Other("huggingface")),
    ("api-inference.huggingface.co", Provider::Other("huggingface")),
    ("models.github.ai", Provider::Other("github")),
    ("models.inference.ai.azure.com", Provider::Other("github")),
    ("api.githubcopilot.com", Provider::Other("github")),
    ("api.moonshot.cn", Provider::Other("moonshot")),
    ("api.moonshot.ai", Provider::Other("moonshot")),
    ("api.kimi.com", Provider::Other("kimi")),
    ("dashscope.aliyuncs.com", Provider::Other("dashscope")),
    ("dashscope-intl.aliyuncs.com", Provider::Other("dashscope")),
    ("dashscope-us.aliyuncs.com", Provider::Other("dashscope")),
    ("open.bigmodel.cn", Provider::Other("zhipu")),
    ("api.cerebras.ai", Provider::Other("cerebras")),
    ("api.replicate.com", Provider::Other("replicate")),
    (".databricks.com", Provider::Other("databricks")),
    (".azuredatabricks.net", Provider::Other("databricks")),
    ("api.voyageai.com", Provider::Other("voyage")),
    ("api.elevenlabs.io", Provider::Other("elevenlabs")),
    ("api.deepinfra.com", Provider::Other("deepinfra")),
    ("ark.cn-beijing.volces.com", Provider::Other("volcengine")),
    ("api.siliconflow.cn", Provider::Other("siliconflow")),
    ("api.siliconflow.com", Provider::Other("siliconflow")),
    ("api.z.ai", Provider::Other("zhipu")),
    ("api.minimax.io", Provider::Other("minimax")),
    ("api.minimax.chat", Provider::Other("minimax")),
    ("api.sambanova.ai", Provider::Other("sambanova")),
    ("api.studio.nebius.ai", Provider::Other("nebius")),
    ("api.novita.ai", Provider::Other("novita")),
    ("api.stability.ai", Provider::Other("stability")),
    ("opencode.ai", Provider::Other("opencode")),
];

/// What is known of a provider with an API in OpenAI's manner.
pub struct Known {
    /// Its id, as [`Provider::Other`] and the kinds of its keys name it.
    id: &'static str,
    title: &'static str,
    /// What stands before `/chat/completions`, the best first, separated by blanks, `-` for nothing; empty where it is not known or
    /// a part of it differs for each customer.
    pub bases: &'static str,
    /// Where that is documented.
    pub source: &'static str,
    /// The variable that its documentation keeps a key in; empty for `NAME_API_KEY`.
    variable: &'static str,
    /// Its answers have a responder of their own.
    own: bool,
}

const fn known(id: &'static str, title: &'static str, bases: &'static str, source: &'static str) -> Known {
    Known { id, title, bases, source, variable: "", own: false }
}

/// The providers with an API in OpenAI's manner. The hosts of each stand in [`HOSTS`].
#[rustfmt::skip]
static OTHERS: &[Known] = &[
    known("groq", "Groq", "/openai/v1", "https://console.groq.com/docs/openai"),
    Known { own: true, ..known("xai", "xAI", "/v1", "https://docs.x.ai/docs/api-reference") },
    known("perplexity", "Perplexity", "", ""),
    known("nvidia", "NVIDIA", "", ""),
    Known { own: true, ..known("mistral", "Mistral", "/v1", "https://docs.mistral.ai/api") },
    Known { own: true, ..known("deepseek", "DeepSeek", "- /v1 /beta", "https://api-docs.deepseek.com") },
    known("together", "Together AI", "/v1", "https://docs.together.ai/docs/openai-api-compatibility"),
    known("fireworks", "Fireworks AI", "/inference/v1", "https://docs.fireworks.ai/tools-sdks/openai-compatibility"),
    known("cohere", "Cohere", "", ""),
    Known { variable: "HF_TOKEN", ..known("huggingface", "Hugging Face", "", "") },
    Known { variable: "GITHUB_TOKEN", own: true, ..known("github", "GitHub", "", "") },
    known("moonshot", "Moonshot AI", "", ""),
    known("kimi", "Kimi", "", ""),
    known("dashscope", "Alibaba Cloud's DashScope", "", ""),
    known("zhipu", "Zhipu AI", "", ""),
    known("cerebras", "Cerebras", "/v1", "https://inference-docs.cerebras.ai/resources/openai"),
    Known { variable: "REPLICATE_API_TOKEN", ..known("replicate", "Replicate", "", "") },
    Known { variable: "DATABRICKS_TOKEN", ..known("databricks", "Databricks", "", "") },
    known("voyage", "Voyage AI", "", ""),
    known("elevenlabs", "ElevenLabs", "", ""),
    known("deepinfra", "DeepInfra", "/v1/openai", "https://deepinfra.com/docs/openai_api"),
    Known { variable: "ARK_API_KEY", ..known("volcengine", "Volcano Engine", "", "") },
    known("siliconflow", "SiliconFlow", "", ""),
    known("minimax", "MiniMax", "", ""),
    known("sambanova", "SambaNova", "", ""),
    known("nebius", "Nebius", "", ""),
    known("novita", "Novita AI", "", ""),
    known("stability", "Stability AI", "", ""),
    known("opencode", "OpenCode", "", ""),
];

/// The variable that the documentation of a provider keeps a key in; `id` is that of a responder or of [`Provider::Other`].
pub(crate) fn variable(id: &str) -> String {
    let known = match id {
        "azure-openai" => "AZURE_OPENAI_API_KEY",
        "google" => "GEMINI_API_KEY",
        "aws" => "AWS_BEARER_TOKEN_BEDROCK",
        _ => OTHERS.iter().find(|known| known.id == id).map_or("", |known| known.variable),
    };
    if known.is_empty() { id.to_ascii_uppercase() + "_API_KEY" } else { known.to_owned() }
}

impl Provider {
    /// What is known of a provider with an API in OpenAI's manner.
    pub fn known(self) -> Option<&'static Known> {
        match self {
            Self::Other(id) => OTHERS.iter().find(|known| known.id == id),
            _ => None,
        }
    }

    /// Whose host this is; letter case and one final dot do not matter.
    pub fn of_host(host: &str) -> Self {
        let host = host.trim().to_ascii_lowercase();
        let host = host.strip_suffix('.').unwrap_or(&host);
        let known = HOSTS.iter().find(|(name, _)| match name.as_bytes().first() {
            Some(b'.' | b'-') => host.len() > name.len() && host.ends_with(name),
            _ => host == *name,
        });
        match known {
            Some((_, provider)) => *provider,
            None if is_local(host) => Self::Local,
            None => Self::Unknown,
        }
    }

    /// The provider in words.
    pub fn title(self) -> &'static str {
        match self {
            Self::OpenAi => "OpenAI's API",
            Self::ChatGptWeb => "ChatGPT",
            Self::OpenAiPage => "OpenAI's website",
            Self::Azure => "Azure OpenAI",
            Self::Anthropic => "Anthropic's API",
            Self::Google => "Google's API",
            Self::OpenRouter => "OpenRouter",
            Self::Aws => "Amazon Web Services",
            Self::Other(_) => self.known().map_or("this provider", |known| known.title),
            Self::Local => "a server of one's own",
            Self::Unknown => "an unknown host",
        }
    }

    /// The provider in one word, for facts.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::OpenAi => "openai",
            Self::ChatGptWeb => "chatgpt",
            Self::OpenAiPage => "openai-page",
            Self::Azure => "azure",
            Self::Anthropic => "anthropic",
            Self::Google => "google",
            Self::OpenRouter => "openrouter",
            Self::Aws => "aws",
            Self::Other(_) => self.known().filter(|known| known.own).map_or("other", |known| known.id),
            Self::Local => "local",
            Self::Unknown => "unknown",
        }
    }

    /// Every name of a provider whose host is known.
    #[cfg(test)]
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        HOSTS.iter().map(|(_, provider)| provider.name())
    }

    /// Every host of a provider that stands in [`OTHERS`].
    #[cfg(test)]
    pub(crate) fn others() -> impl Iterator<Item = &'static str> {
        HOSTS.iter().filter(|(_, provider)| provider.known().is_some()).map(|(host, _)| *host)
    }

    /// True where only https is served, as far as their documentation says: every provider in the public net.
    pub fn is_public_api(self) -> bool {
        !matches!(self, Self::Local | Self::Unknown)
    }

    /// True for a known provider that is not OpenAI.
    pub(crate) fn is_foreign(self) -> bool {
        self.is_public_api() && !matches!(self, Self::OpenAi | Self::ChatGptWeb | Self::OpenAiPage)
    }

    /// True where keys of this kind (a kind of the redactor, such as `openai-project-key`) are made for this provider; none
    /// where the kind says nothing about that.
    pub fn takes(self, kind: &str) -> Option<bool> {
        let of = key_provider(kind)?;
        Some(match self {
            Self::OpenAi => of == "openai",
            Self::Anthropic => of == "anthropic",
            Self::Google => of == "google",
            Self::OpenRouter => of == "openrouter",
            Self::Aws => of == "aws" || of == "anthropic",
            Self::Azure => of == "azure",
            // Moonshot, DeepSeek and others give out `sk-` keys that look like OpenAI's old ones.
            Self::Other(name) => of == name || kind == "openai-key",
            _ => return None,
        })
    }
}

/// Whose keys a kind stands for; none for kinds that several providers share.
pub fn key_provider(kind: &str) -> Option<&'static str> {
    crate::redact::kind::get(kind)?.provider
}

fn is_local(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = bare.parse::<std::net::IpAddr>() {
        return match address {
            std::net::IpAddr::V4(v4) => {
                v4.is_loopback() || v4.is_private() || v4.is_unspecified() || v4.is_link_local()
            }
            std::net::IpAddr::V6(v6) => v6.is_loopback() || v6.is_unspecified() || v6.is_unique_local(),
        };
    }
    host == "localhost"
        || [".localhost", ".local", ".internal", ".lan", ".home.arpa"].iter().any(|s| host.ends_with(s))
        || (!host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_host_is_of_a_provider_that_is_known() {
        for (host, provider) in HOSTS {
            if let Provider::Other(id) = provider {
                assert!(provider.known().is_some(), "{host}: no entry for {id}");
            }
        }
        for known in OTHERS {
            assert!(HOSTS.iter().any(|(_, provider)| *provider == Provider::Other(known.id)), "{}", known.id);
            assert_eq!(known.bases.is_empty(), known.source.is_empty(), "{}", known.id);
        }
    }

    #[test]
    fn whose_a_key_is_stands_in_its_kind() {
        assert_eq!(Provider::OpenAi.takes("groq-key"), Some(false));
        assert_eq!(Provider::OpenAi.takes("langsmith-key"), Some(false));
        assert_eq!(Provider::OpenAi.takes("openai-style-key"), None);
        assert_eq!(Provider::of_host("api.kimi.com").takes("kimi-key"), Some(true));
        // A kind names its provider as the table of hosts does.
        for name in crate::redact::kind::KINDS.iter().filter_map(|k| k.provider) {
            assert!(!["azure-openai", "moonshot"].contains(&name), "{name}");
        }
    }

    #[test]
    fn hosts_are_known() {
        for (host, provider) in [
            ("api.openai.com", Provider::OpenAi),
            ("API.OpenAI.com.", Provider::OpenAi),
            ("eu.api.openai.com", Provider::OpenAi),
            ("platform.openai.com", Provider::OpenAiPage),
            ("chat.openai.com", Provider::ChatGptWeb),
            ("acme.openai.azure.com", Provider::Azure),
            ("openai.azure.com", Provider::Unknown),
            ("us-central1-aiplatform.googleapis.com", Provider::Google),
            ("localhost", Provider::Local),
            ("192.168.1.5", Provider::Local),
            ("[::1]", Provider::Local),
            ("ollama", Provider::Local),
            ("8.8.8.8", Provider::Unknown),
            ("api.openai.com.evil.example", Provider::Unknown),
            ("", Provider::Unknown),
        ] {
            assert_eq!(Provider::of_host(host), provider, "{host}");
        }
    }

    #[test]
    fn keys_fit_their_provider_only() {
        assert_eq!(Provider::OpenAi.takes("openai-project-key"), Some(true));
        assert_eq!(Provider::OpenAi.takes("anthropic-key"), Some(false));
        assert_eq!(Provider::OpenAi.takes("bearer-token"), None);
        assert_eq!(Provider::OpenAi.takes("openai-style-key"), None, "relays give out such keys too");
        assert_eq!(Provider::Unknown.takes("anthropic-key"), None);
        assert_eq!(Provider::Other("deepseek").takes("openai-key"), Some(true));
    }
}
