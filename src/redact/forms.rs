//! Secrets that are known by what they look like: each has a prefix that nothing else has.

use super::judge::{is_filler, is_placeholder, is_random, is_wordy};

/// Which characters follow a prefix.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Body {
    /// Letters, digits, `-` and `_`.
    Url,
    /// Letters and digits.
    Alnum,
    /// Base64 with padding.
    Base64,
    /// Url and dots.
    Dotted,
}

/// A form: prefix, kind, body, fewest characters after the prefix, full length of a whole key (0 where unknown).
struct Form(&'static str, &'static str, Body, usize, usize);

use Body::{Alnum, Base64, Dotted, Url};

/// Longer prefixes stand before the shorter ones that they start with.
const FORMS: &[Form] = &[
    Form("sk-proj-", "openai-project-key", Url, 8, 132),
    Form("sk-svcacct-", "openai-service-account-key", Url, 8, 135),
    Form("sk-admin-", "openai-admin-key", Url, 8, 133),
    Form("sk-None-", "openai-key", Url, 8, 0),
    Form("sk-ant-admin", "anthropic-admin-key", Url, 8, 108),
    Form("sk-ant-api", "anthropic-key", Url, 8, 108),
    Form("sk-ant-oat", "anthropic-oauth-token", Url, 8, 0),
    Form("sk-ant-ort", "anthropic-oauth-token", Url, 8, 0),
    Form("sk-ant-sid", "anthropic-session-key", Url, 8, 0),
    Form("sk-ant-", "anthropic-key", Url, 8, 0),
    Form("sk-or-", "openrouter-key", Url, 8, 73),
    Form("sk-kimi-", "kimi-key", Url, 8, 0),
    Form("sk-lf-", "langfuse-key", Url, 8, 0),
    Form("sk-", "openai-style-key", Url, 16, 0),
    Form("sk_live_", "stripe-key", Url, 10, 0),
    Form("sk_test_", "stripe-key", Url, 10, 0),
    Form("rk_live_", "stripe-key", Url, 10, 0),
    Form("rk_test_", "stripe-key", Url, 10, 0),
    Form("whsec_", "stripe-key", Base64, 16, 0),
    Form("sess-", "openai-session-key", Url, 16, 0),
    Form("ek_", "openai-ephemeral-key", Url, 16, 0),
    Form("AIza", "google-key", Url, 20, 39),
    Form("ya29.", "google-oauth-token", Dotted, 16, 0),
    Form("AQ.Ab8", "google-key", Dotted, 20, 0),
    Form("GOCSPX-", "google-client-secret", Url, 16, 35),
    Form("AKIA", "aws-access-key-id", Alnum, 12, 20),
    Form("ASIA", "aws-access-key-id", Alnum, 12, 20),
    Form("ABIA", "aws-access-key-id", Alnum, 16, 20),
    Form("ACCA", "aws-access-key-id", Alnum, 16, 20),
    Form("ABSK", "bedrock-key", Base64, 40, 113),
    Form("bedrock-api-key-", "bedrock-key", Base64, 16, 0),
    Form("github_pat_", "github-token", Url, 20, 93),
    Form("ghp_", "github-token", Alnum, 16, 40),
    Form("gho_", "github-token", Alnum, 16, 40),
    Form("ghu_", "github-token", Alnum, 16, 40),
    Form("ghs_", "github-token", Dotted, 16, 40),
    Form("ghr_", "github-token", Alnum, 16, 40),
    Form("glpat-", "gitlab-token", Dotted, 16, 26),
    Form("hf_", "huggingface-token", Alnum, 16, 37),
    Form("api_org_", "huggingface-token", Alnum, 16, 42),
    Form("gsk_", "groq-key", Alnum, 16, 56),
    Form("xai-", "xai-key", Alnum, 20, 84),
    Form("pplx-", "perplexity-key", Alnum, 16, 53),
    Form("nvapi-", "nvidia-key", Url, 16, 0),
    Form("dapi", "databricks-token", Url, 32, 36),
    Form("r8_", "replicate-token", Alnum, 20, 40),
    Form("fw_", "fireworks-key", Alnum, 16, 0),
    Form("tgp_v1_", "together-key", Url, 16, 0),
    Form("csk-", "cerebras-key", Alnum, 20, 0),
    Form("jina_", "jina-key", Url, 20, 0),
    Form("tvly-", "tavily-key", Url, 16, 0),
    Form("pcsk_", "pinecone-key", Url, 20, 0),
    Form("lsv2_", "langsmith-key", Url, 20, 0),
    Form("xoxa-", "slack-token", Url, 10, 0),
    Form("xoxb-", "slack-token", Url, 10, 0),
    Form("xoxe-", "slack-token", Url, 10, 0),
    Form("xoxp-", "slack-token", Url, 10, 0),
    Form("xoxs-", "slack-token", Url, 10, 0),
    Form("xoxc-", "slack-token", Url, 10, 0),
    Form("xapp-", "slack-token", Url, 10, 0),
    Form("npm_", "npm-token", Alnum, 30, 40),
    Form("pypi-", "pypi-token", Url, 40, 0),
    Form("dckr_pat_", "docker-token", Url, 20, 0),
    Form("SG.", "sendgrid-key", Dotted, 40, 69),
    Form("hvs.", "vault-token", Url, 20, 0),
];

/// A secret that was recognised at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// Its kind.
    pub(super) kind: &'static str,
    /// Bytes before it that are no part of it (a protocol name).
    pub(super) skip: usize,
    /// Bytes up to its end.
    pub(super) len: usize,
    /// Shorter than a whole one can be.
    pub(super) truncated: bool,
}

/// One bit for each pair of bytes that a form starts with, and for each that its second and third byte are.
pub(super) struct Starts {
    first: [u64; 1024],
    second: [u64; 1024],
}

impl Starts {
    /// Reads the pairs off the table of forms.
    pub(super) fn new() -> Self {
        let (mut first, mut second) = ([0_u64; 1024], [0_u64; 1024]);
        for prefix in FORMS.iter().map(|f| f.0).chain(["eyJ"]) {
            if let [a, b, c, ..] = prefix.as_bytes() {
                for (bits, a, b) in [(&mut first, a, b), (&mut second, b, c)] {
                    let at = usize::from(*a) << 8 | usize::from(*b);
                    if let Some(word) = bits.get_mut(at >> 6) {
                        *word |= 1 << (at & 63);
                    }
                }
            }
        }
        Self { first, second }
    }

    /// True where some form may start with these three bytes; the third may be the start of an encoded character.
    #[inline(always)]
    pub(super) fn has(&self, a: u8, b: u8, c: u8) -> bool {
        let bit = |bits: &[u64; 1024], a: u8, b: u8| {
            let at = usize::from(a) << 8 | usize::from(b);
            bits.get(at >> 6).is_some_and(|word| word >> (at & 63) & 1 == 1)
        };
        bit(&self.first, a, b) && (bit(&self.second, b, c) || matches!(c, b'%' | b'&' | b'\\' | 0x80..))
    }
}

/// The form whose prefix `text` starts with.
fn prefixed(text: &str) -> Option<&'static Form> {
    let first = text.as_bytes().first()?;
    FORMS.iter().find(|f| f.0.as_bytes().first() == Some(first) && text.starts_with(f.0))
}

/// True where a form may start: its prefix stands there, or something encoded stands within the first characters.
pub(super) fn may_start(text: &str) -> bool {
    text.starts_with("eyJ")
        || prefixed(text).is_some()
        || text.as_bytes().iter().take(16).any(|b| matches!(b, b'%' | b'&' | b'\\' | 0x80..))
}

/// Recognises a secret at the start of `text`, a run of key characters. With `sure`, where a secret is bound to stand
/// (an `Authorization` value), short ones count too.
pub(super) fn find(text: &str, sure: bool) -> Option<Found> {
    if text.starts_with("eyJ") {
        return jwt(text);
    }
    let Form(prefix, kind, body, fewest, full) = prefixed(text)?;
    let after = text.get(prefix.len()..)?;
    let len = body_len(after, *body);
    let inner = after.get(..len)?;
    let fewest = if sure { (*fewest).min(8) } else { *fewest };
    if inner.chars().count() < fewest || is_filler(inner) || is_placeholder(inner) || is_wordy(inner) {
        return None;
    }
    let whole = prefix.len() + len;
    let kind = if *prefix == "sk-" { sk(inner, sure)? } else { kind };
    // The weaker the prefix, the more the rest must look like a key.
    let strong = (inner.len() >= 24
        && inner.bytes().any(|b| b.is_ascii_digit())
        && inner.bytes().any(|b| b.is_ascii_alphabetic()))
        || (kind == "aws-access-key-id" && len == 16)
        || prefix.len() >= 7
        || is_random(inner)
        || sure
        || *prefix == "sk-";
    let full = if kind == "openai-key" { 51 } else { *full };
    strong.then_some(Found { kind, skip: 0, len: whole, truncated: full > whole })
}

/// What a key that starts with `sk-` and nothing more telling is.
fn sk(inner: &str, sure: bool) -> Option<&'static str> {
    let longest = inner.split(['-', '_']).map(str::len).max().unwrap_or_default();
    if inner.contains("T3BlbkFJ") || (inner.len() == 48 && longest == 48) {
        return Some("openai-key");
    }
    (sure || is_random(inner) || longest >= 16).then_some("openai-style-key")
}

/// A JSON Web Token in compact form: signed (three parts), encrypted (five), or cut off.
fn jwt(text: &str) -> Option<Found> {
    let len = body_len(text, Dotted);
    let token = text.get(..len)?;
    let parts = token.split('.').count();
    let first = token.split('.').next().unwrap_or_default();
    let whole = (parts == 3 || parts == 5) && token.len() >= 40;
    // Cut off within its header or its claims: the alphabet and the length must convince.
    let cut = first.len() >= 17 && super::judge::turns(first) * 5 >= first.len() && token.len() >= 24;
    (whole || cut).then_some(Found { kind: "jwt", skip: 0, len, truncated: !whole || token.ends_with('.') })
}

/// The kinds that forms tell.
#[cfg(test)]
pub(super) fn kinds() -> impl Iterator<Item = &'static str> {
    FORMS.iter().map(|f| f.1).chain(["jwt", "openai-key"])
}

fn body_len(text: &str, body: Body) -> usize {
    let fits = |c: char| {
        c.is_ascii_alphanumeric()
            || !c.is_ascii()
            || match body {
                Url => matches!(c, '-' | '_'),
                Alnum => false,
                Base64 => matches!(c, '-' | '_' | '+' | '/' | '='),
                Dotted => matches!(c, '-' | '_' | '.'),
            }
    };
    let len = text.find(|c| !fits(c)).unwrap_or(text.len());
    // A full stop, a hyphen or an equals sign at the end belongs to the sentence.
    text.get(..len).map_or(0, |t| t.trim_end_matches('.').len())
}

/// True where `more` characters make a whole key of a run that broke off.
pub(super) fn would_complete(text: &str, more: usize) -> bool {
    let Some(found) = find(text, true) else { return false };
    let body = super::judge::strip_known_prefix(text).len() + more;
    match found.kind {
        "openai-project-key" | "openai-service-account-key" | "openai-admin-key" => matches!(body, 124 | 156),
        "openai-key" | "openai-style-key" => text.len() + more == 51,
        kind => FORMS.iter().any(|f| f.1 == kind && f.4 > 0 && text.starts_with(f.0) && text.len() + more == f.4),
    }
}

/// True where a run that broke off at a line end is a whole key already.
pub(super) fn is_complete(text: &str) -> bool {
    let Some(found) = find(text, true) else { return false };
    match found.kind {
        "openai-project-key" | "openai-service-account-key" | "openai-admin-key" => {
            let body = super::judge::strip_known_prefix(text);
            let marked = |half: usize| body.len() == 2 * half + 8 && body.get(half..half + 8) == Some("T3BlbkFJ");
            marked(58) || marked(74) || text.len() > 167
        }
        "jwt" | "openai-style-key" => false,
        kind => {
            FORMS.iter().any(|f| f.1 == kind && f.4 > 0 && text.starts_with(f.0) && found.len >= f.4)
                || (kind == "openai-key" && found.len >= 51)
        }
    }
}
