//! The kinds of secrets as data: what each is, whose it is, what it is good for, and samples that a test runs.

/// What a credential opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Serves {
    /// The provider's ordinary endpoints.
    Api,
    /// Its administration endpoints only.
    Admin,
    /// One realtime session.
    Realtime,
    /// Its website and apps, not its API.
    Web,
}

/// A kind of secret.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Id as it stands in a placeholder, in kebab-case.
    pub id: &'static str,
    /// What it is, for people.
    pub title: &'static str,
    /// Whose it is, where its form tells.
    pub provider: Option<&'static str>,
    /// What it opens; empty where it is no credential of an LLM provider.
    pub serves: &'static [Serves],
    /// Texts that hold one. `{20}` stands for twenty random letters and digits, `{hex32}` for hexadecimal digits,
    /// `{b32:16}` for base32: no sample looks like a live key to a scanner that reads this file.
    pub hits: &'static [&'static str],
    /// Texts that hold no secret, though they look a little like it.
    pub misses: &'static [&'static str],
}

/// Samples, which tests need and visitors do not: they stay out of the WebAssembly.
const fn native_only(samples: &'static [&'static str]) -> &'static [&'static str] {
    if cfg!(target_arch = "wasm32") { &[] } else { samples }
}

/// The kind of this id.
pub fn get(id: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|k| k.id == id)
}

/// Fills the holes of a sample with what `draw` gives: a number below its argument.
pub fn fill(sample: &str, mut draw: impl FnMut(usize) -> usize) -> String {
    const ALPHABETS: [(&str, &str); 3] = [
        ("hex", "0123456789abcdef"),
        ("b32:", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
        ("", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"),
    ];
    let mut out = String::new();
    let mut rest = sample;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((hole, tail)) = after.split_once('}') else { break };
        let filled = ALPHABETS.iter().find_map(|(mark, letters)| {
            let count: usize = hole.strip_prefix(mark)?.parse().ok()?;
            Some((0..count).filter_map(|_| letters.chars().nth(draw(letters.len()))).collect::<String>())
        });
        out.push_str(before);
        match filled {
            Some(filled) => out.push_str(&filled),
            None => {
                out.push('{');
                out.push_str(hole);
                out.push('}');
            }
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// All kinds.
#[rustfmt::skip]
pub static KINDS: &[Kind] = &[
    Kind {
        id: "openai-key",
        title: "OpenAI user key of the first generation",
        provider: Some("openai"),
        serves: &[Serves::Api],
        hits: native_only(&["sk-{20}T3BlbkFJ{20}", "sk-{48}"]),
        misses: &["sk-...", "sk-xxxxxxxxxxxxxxxxxxxx", "sk-your-openai-api-key", "sk-ab***********wxyz", "id=sk-container-id-12"],
    },
    Kind {
        id: "openai-project-key",
        title: "OpenAI project key",
        provider: Some("openai"),
        serves: &[Serves::Api],
        hits: native_only(&["sk-proj-{74}T3BlbkFJ{74}", "sk-proj-{58}T3BlbkFJ{58}", "sk-proj-{20}"]),
        misses: &["sk-proj-****abcd", "sk-proj-...", "sk-proj-your-key-here", "sk-proj-xxxxxxxxxxxxxxxx"],
    },
    Kind {
        id: "openai-service-account-key",
        title: "OpenAI service account key",
        provider: Some("openai"),
        serves: &[Serves::Api],
        hits: native_only(&["sk-svcacct-{74}T3BlbkFJ{74}", "sk-svcacct-{30}"]),
        misses: &["sk-svcacct-****abcd", "sk-svcacct-<key>"],
    },
    Kind {
        id: "openai-admin-key",
        title: "OpenAI admin key, for /v1/organization only",
        provider: Some("openai"),
        serves: &[Serves::Admin],
        hits: native_only(&["sk-admin-{74}T3BlbkFJ{74}", "sk-admin-{58}T3BlbkFJ{58}"]),
        misses: &["sk-admin-****abcd", "sk-admin-key"],
    },
    Kind {
        id: "openai-session-key",
        title: "OpenAI browser session key",
        provider: Some("openai"),
        serves: &[Serves::Web],
        hits: native_only(&["sess-{40}"]),
        misses: &["sess-id", "sess-..."],
    },
    Kind {
        id: "openai-ephemeral-key",
        title: "OpenAI ephemeral client secret of the realtime API",
        provider: Some("openai"),
        serves: &[Serves::Realtime],
        hits: native_only(&["ek_{32}"]),
        misses: &["ek_...", "week_number"],
    },
    Kind {
        id: "openai-style-key",
        title: "Key that starts with sk-: OpenAI's cut off, another provider's or a relay's",
        provider: None,
        serves: &[Serves::Api],
        hits: native_only(&["sk-{hex32}", "sk-{22}"]),
        misses: &["sk-toggleable__content", "sk-fading-circle", "task-{hex32}"],
    },
    Kind {
        id: "anthropic-key",
        title: "Anthropic API key",
        provider: Some("anthropic"),
        serves: &[Serves::Api],
        hits: native_only(&["sk-ant-api03-{93}AA"]),
        misses: &["sk-ant-...", "sk-ant-api03-****wxyz"],
    },
    Kind {
        id: "anthropic-admin-key",
        title: "Anthropic admin key",
        provider: Some("anthropic"),
        serves: &[Serves::Admin],
        hits: native_only(&["sk-ant-admin01-{93}AA"]),
        misses: &["sk-ant-admin01-****wxyz"],
    },
    Kind {
        id: "anthropic-oauth-token",
        title: "Anthropic OAuth token",
        provider: Some("anthropic"),
        serves: &[Serves::Web],
        hits: native_only(&["sk-ant-oat01-{93}AA"]),
        misses: &["sk-ant-oat01-..."],
    },
    Kind {
        id: "anthropic-session-key",
        title: "Anthropic session key of claude.ai",
        provider: Some("anthropic"),
        serves: &[Serves::Web],
        hits: native_only(&["sk-ant-sid01-{93}AA"]),
        misses: &["sk-ant-sid01-..."],
    },
    Kind {
        id: "openrouter-key",
        title: "OpenRouter key",
        provider: Some("openrouter"),
        serves: &[Serves::Api],
        hits: native_only(&["sk-or-v1-{hex64}"]),
        misses: &["sk-or-v1-...", "sk-or-v1-xxxxxxxx"],
    },
    Kind {
        id: "kimi-key",
        title: "Kimi (Moonshot) coding key",
        provider: Some("moonshot"),
        serves: &[Serves::Api],
        hits: native_only(&["sk-kimi-{48}"]),
        misses: &["sk-kimi-..."],
    },
    Kind {
        id: "langfuse-key",
        title: "Langfuse secret key",
        provider: Some("langfuse"),
        serves: &[],
        hits: native_only(&["sk-lf-3f2a9c0d-{hex4}-{hex4}-{hex4}-{hex12}"]),
        misses: &["sk-lf-..."],
    },
    Kind {
        id: "google-key",
        title: "Google API key",
        provider: Some("google"),
        serves: &[Serves::Api],
        hits: native_only(&["AIza{35}"]),
        misses: &["AIza...", "AIzaYOUR_KEY"],
    },
    Kind {
        id: "google-oauth-token",
        title: "Google OAuth access token",
        provider: Some("google"),
        serves: &[Serves::Api],
        hits: native_only(&["ya29.a0Af{60}"]),
        misses: &["ya29."],
    },
    Kind {
        id: "google-client-secret",
        title: "Google OAuth client secret",
        provider: Some("google"),
        serves: &[],
        hits: native_only(&["GOCSPX-{28}"]),
        misses: &["GOCSPX-..."],
    },
    Kind {
        id: "aws-access-key-id",
        title: "AWS access key id",
        provider: Some("aws"),
        serves: &[],
        hits: native_only(&["AKIA{b32:16}", "ASIA{b32:16}"]),
        misses: &["AKIA...", "AKIAXXXXXXXX", "ASIAN MARKETS"],
    },
    Kind {
        id: "aws-secret",
        title: "AWS secret access key",
        provider: Some("aws"),
        serves: &[],
        hits: native_only(&["aws_secret_access_key={40}"]),
        misses: &["aws_secret_access_key=$AWS_SECRET_ACCESS_KEY"],
    },
    Kind {
        id: "aws-session-token",
        title: "AWS session token",
        provider: Some("aws"),
        serves: &[],
        hits: native_only(&["x-amz-security-token: {120}"]),
        misses: &["x-amz-security-token: <token>"],
    },
    Kind {
        id: "aws-signature",
        title: "AWS Signature Version 4",
        provider: Some("aws"),
        serves: &[],
        hits: native_only(&["X-Amz-Signature={hex64}"]),
        misses: &["X-Amz-SignedHeaders=host"],
    },
    Kind {
        id: "bedrock-key",
        title: "Amazon Bedrock API key",
        provider: Some("aws"),
        serves: &[Serves::Api],
        hits: native_only(&["ABSK{132}", "bedrock-api-key-{80}"]),
        misses: &["bedrock-api-key-..."],
    },
    Kind {
        id: "azure-sas-signature",
        title: "Signature of an Azure shared access URL",
        provider: Some("azure-openai"),
        serves: &[],
        hits: native_only(&["https://x.blob.core.windows.net/c?sv=2022-11-02&sig={44}%3D"]),
        misses: &["https://x.blob.core.windows.net/c?sv=2022-11-02"],
    },
    Kind {
        id: "github-token",
        title: "GitHub token",
        provider: Some("github"),
        serves: &[Serves::Api],
        hits: native_only(&["ghp_{36}", "gho_{36}", "ghu_{36}", "ghs_{36}", "ghr_{36}", "github_pat_{22}_{59}"]),
        misses: &["ghp_...", "github_pat_xxxxxxxxxxxxxxxxxxxx"],
    },
    Kind {
        id: "gitlab-token",
        title: "GitLab token",
        provider: Some("gitlab"),
        serves: &[],
        hits: native_only(&["glpat-{20}"]),
        misses: &["glpat-..."],
    },
    Kind {
        id: "huggingface-token",
        title: "Hugging Face token",
        provider: Some("huggingface"),
        serves: &[Serves::Api],
        hits: native_only(&["hf_{34}", "api_org_{34}"]),
        misses: &["hf_...", "hf_hub_download", "hf_xxxxxxxxxxxxxxxxxxxx"],
    },
    Kind {
        id: "groq-key",
        title: "Groq key",
        provider: Some("groq"),
        serves: &[Serves::Api],
        hits: native_only(&["gsk_{52}"]),
        misses: &["gsk_...", "gsk_xxxxxxxxxxxxxxxxxxxx"],
    },
    Kind {
        id: "xai-key",
        title: "xAI key",
        provider: Some("xai"),
        serves: &[Serves::Api],
        hits: native_only(&["xai-{80}"]),
        misses: &["xai-...", "xai-org"],
    },
    Kind {
        id: "perplexity-key",
        title: "Perplexity key",
        provider: Some("perplexity"),
        serves: &[Serves::Api],
        hits: native_only(&["pplx-{48}"]),
        misses: &["pplx-7b-online", "pplx-70b-chat"],
    },
    Kind {
        id: "nvidia-key",
        title: "NVIDIA API key",
        provider: Some("nvidia"),
        serves: &[Serves::Api],
        hits: native_only(&["nvapi-{64}"]),
        misses: &["nvapi-..."],
    },
    Kind {
        id: "databricks-token",
        title: "Databricks token",
        provider: Some("databricks"),
        serves: &[Serves::Api],
        hits: native_only(&["dapi{hex32}", "dapi{hex32}-2"]),
        misses: &["dapi...", "dapiVersion"],
    },
    Kind {
        id: "replicate-token",
        title: "Replicate token",
        provider: Some("replicate"),
        serves: &[Serves::Api],
        hits: native_only(&["r8_{37}"]),
        misses: &["r8_..."],
    },
    Kind {
        id: "fireworks-key",
        title: "Fireworks key",
        provider: Some("fireworks"),
        serves: &[Serves::Api],
        hits: native_only(&["fw_{24}"]),
        misses: &["fw_version", "fw_..."],
    },
    Kind {
        id: "together-key",
        title: "Together key",
        provider: Some("together"),
        serves: &[Serves::Api],
        hits: native_only(&["tgp_v1_{43}"]),
        misses: &["tgp_v1_..."],
    },
    Kind {
        id: "cerebras-key",
        title: "Cerebras key",
        provider: Some("cerebras"),
        serves: &[Serves::Api],
        hits: native_only(&["csk-{48}"]),
        misses: &["csk-..."],
    },
    Kind {
        id: "jina-key",
        title: "Jina key",
        provider: Some("jina"),
        serves: &[Serves::Api],
        hits: native_only(&["jina_{hex32}{28}"]),
        misses: &["jina_embeddings_v3"],
    },
    Kind {
        id: "tavily-key",
        title: "Tavily key",
        provider: Some("tavily"),
        serves: &[],
        hits: native_only(&["tvly-{32}"]),
        misses: &["tvly-YOUR_API_KEY"],
    },
    Kind {
        id: "pinecone-key",
        title: "Pinecone key",
        provider: Some("pinecone"),
        serves: &[],
        hits: native_only(&["pcsk_{60}"]),
        misses: &["pcsk_..."],
    },
    Kind {
        id: "langsmith-key",
        title: "LangSmith key",
        provider: Some("langsmith"),
        serves: &[],
        hits: native_only(&["lsv2_pt_{hex32}_{hex10}"]),
        misses: &["lsv2_..."],
    },
    Kind {
        id: "stripe-key",
        title: "Stripe key",
        provider: Some("stripe"),
        serves: &[],
        hits: native_only(&["sk_live_{24}", "sk_test_{24}", "rk_live_{24}", "whsec_{32}"]),
        misses: &["sk_test_...", "sk_live_xxxxxxxxxxxx"],
    },
    Kind {
        id: "slack-token",
        title: "Slack token",
        provider: Some("slack"),
        serves: &[],
        hits: native_only(&["xoxb-1234567890-{24}", "xoxp-{40}", "xapp-1-{40}"]),
        misses: &["xoxb-..."],
    },
    Kind {
        id: "npm-token",
        title: "npm token",
        provider: Some("npm"),
        serves: &[],
        hits: native_only(&["npm_{36}"]),
        misses: &["npm_config_registry"],
    },
    Kind {
        id: "pypi-token",
        title: "PyPI token",
        provider: Some("pypi"),
        serves: &[],
        hits: native_only(&["pypi-AgEIcHlwaS5vcmc{80}"]),
        misses: &["pypi-..."],
    },
    Kind {
        id: "docker-token",
        title: "Docker Hub token",
        provider: Some("docker"),
        serves: &[],
        hits: native_only(&["dckr_pat_{27}"]),
        misses: &["dckr_pat_..."],
    },
    Kind {
        id: "sendgrid-key",
        title: "SendGrid key",
        provider: Some("sendgrid"),
        serves: &[],
        hits: native_only(&["SG.{22}.{43}"]),
        misses: &["SG.png"],
    },
    Kind {
        id: "vault-token",
        title: "HashiCorp Vault token",
        provider: Some("vault"),
        serves: &[],
        hits: native_only(&["hvs.{24}", "X-Vault-Token: {26}"]),
        misses: &["X-Vault-Token: $VAULT_TOKEN"],
    },
    Kind {
        id: "jwt",
        title: "JSON Web Token, also of ChatGPT and Codex",
        provider: None,
        serves: &[Serves::Web],
        hits: native_only(&["eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJ{80}.{86}", "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..{16}.{200}.{22}", "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJ{30}"]),
        misses: &["eyJ...", "eyJhbGci..."],
    },
    Kind {
        id: "bearer-token",
        title: "Token after Bearer whose form is unknown",
        provider: None,
        serves: &[Serves::Api],
        hits: native_only(&["Authorization: Bearer hunter2", "access_token={32}"]),
        misses: &["Authorization: Bearer", "Authorization: Bearer $TOKEN", "Authorization: Bearer undefined"],
    },
    Kind {
        id: "basic-credentials",
        title: "User and password of Basic authentication",
        provider: None,
        serves: &[],
        hits: native_only(&["Authorization: Basic YWRtaW46aHVudGVyMg==", "curl -u 'adm1n:hunter2' http://h"]),
        misses: &["Authorization: Basic <credentials>", "curl -u $USER:$PASS http://h"],
    },
    Kind {
        id: "credentials",
        title: "Credentials of another scheme, or none",
        provider: None,
        serves: &[],
        hits: native_only(&["Authorization: hunter2"]),
        misses: &["Authorization: null", "authorization: failed for this request"],
    },
    Kind {
        id: "cookie",
        title: "Value of a cookie",
        provider: None,
        serves: &[Serves::Web],
        hits: native_only(&["Cookie: a={30}", "Set-Cookie: __cf_bm={43}-1717689725-1.0.1.1-{40}; path=/"]),
        misses: &["Cookie: ", "Set-Cookie: a=; Path=/; HttpOnly"],
    },
    Kind {
        id: "api-key",
        title: "Key whose form is unknown, at a key's place",
        provider: None,
        serves: &[Serves::Api],
        hits: native_only(&["api-key: {hex32}", "api_key=hunter22", "X-Api-Key: hunter22"]),
        misses: &["api-key: ", "api_key: str", "api_key=api_key", "apiKey: process.env.OPENAI_API_KEY"],
    },
    Kind {
        id: "url-credentials",
        title: "User and password in a URL",
        provider: None,
        serves: &[],
        hits: native_only(&["http://jd03:hunter2@proxy.example:8080/"]),
        misses: &["https://user:password@host", "https://$USER:$PASS@host", "ssh://git@github.com/x"],
    },
    Kind {
        id: "password",
        title: "Password",
        provider: None,
        serves: &[],
        hits: native_only(&["password=hunter2", "DB_PASSWORD: hunter2"]),
        misses: &["password: required", "password = getpass()"],
    },
    Kind {
        id: "secret",
        title: "Secret by its name",
        provider: None,
        serves: &[],
        hits: native_only(&["client_secret={40}", "\"secret\": \"hunter2\""]),
        misses: &["client_secret=<secret>", "secret: Option<String>"],
    },
    Kind {
        id: "private-key",
        title: "Private key",
        provider: None,
        serves: &[],
        hits: native_only(&["-----BEGIN PRIVATE KEY-----\n{64}\n{64}\n-----END PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----\\n{64}\\n{30}\\n-----END RSA PRIVATE KEY-----"]),
        misses: &["-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----"],
    },
    Kind {
        id: "email",
        title: "E-mail address",
        provider: None,
        serves: &[],
        hits: native_only(&["jane.doe@example.com"]),
        misses: &["openai@4.47.3", "git@github.com:x/y.git", "support@openai.com", "icon@2x.png"],
    },
    Kind {
        id: "ip-address",
        title: "Internet address",
        provider: None,
        serves: &[],
        hits: native_only(&[]),
        misses: &["1.2.3.4"],
    },
    Kind {
        id: "account-id",
        title: "Organization or project id",
        provider: None,
        serves: &[],
        hits: native_only(&[]),
        misses: &["org-{24}", "proj_{24}"],
    },
];

#[cfg(test)]
mod tests {
    use super::super::{Raw, RedactOptions, redact};
    use super::*;

    /// Numbers that look random and are the same each time.
    fn dice(mut state: u64) -> impl FnMut(usize) -> usize {
        move |below| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % below
        }
    }

    #[test]
    fn samples_hold() {
        for kind in KINDS {
            for (seed, sample) in kind.hits.iter().enumerate() {
                let text = fill(sample, dice(seed as u64 + 7));
                let got = redact(Raw::new(text.clone()), &RedactOptions::default());
                let kinds: Vec<_> = got.redactions().iter().map(|r| r.kind.as_str()).collect();
                assert_eq!(kinds, [kind.id], "{text} -> {}", got.text());
            }
            for sample in kind.misses {
                let text = fill(sample, dice(3));
                assert_eq!(redact(Raw::new(text.clone()), &RedactOptions::default()).text(), text, "{}", kind.id);
            }
        }
    }

    #[test]
    fn ids_are_unique_and_every_form_has_its_kind() {
        for (at, kind) in KINDS.iter().enumerate() {
            assert!(KINDS.iter().skip(at + 1).all(|k| k.id != kind.id), "{}", kind.id);
            assert!(kind.id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", kind.id);
        }
        for id in super::super::forms::kinds() {
            assert!(get(id).is_some(), "{id}");
        }
    }
}
