//! The credentials that a request carries, wherever they stand, and what each looks like.

use super::target::Target;
use super::words;
use crate::intake::{Field, Request};

/// A redacted stretch: `{{redacted:KIND:FINGERPRINT}}` or `{{redacted:KIND}}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark<'a> {
    /// The whole stretch.
    pub text: &'a str,
    /// Kind of secret, such as `openai-project-key`.
    pub kind: &'a str,
    /// The fingerprint, `LEN-HASH`, `LEN-HASH-FLAGS`, perhaps with `.LAST`; empty where there is none.
    pub fingerprint: &'a str,
}

impl<'a> Mark<'a> {
    /// The first redacted stretch in `text`.
    pub fn find(text: &'a str) -> Option<Self> {
        let start = text.find("{{redacted")?;
        let rest = text.get(start..)?;
        let end = rest.find("}}")?;
        let inner = rest.get(10..end)?;
        let (kind, fingerprint) = match inner.strip_prefix(':') {
            Some(inner) => inner.split_once(':').unwrap_or((inner, "")),
            None => ("", ""),
        };
        Some(Self { text: rest.get(..end + 2)?, kind, fingerprint })
    }

    /// True where the fingerprint carries this flag (`d` doubled, `n` non-ASCII, `q` quotes, `t` truncated, `w` white space,
    /// `z` zero-width characters).
    pub fn has_flag(&self, flag: char) -> bool {
        let form = self.fingerprint.split('.').next().unwrap_or_default();
        form.split('-').nth(2).is_some_and(|flags| flags.contains(flag))
    }

    /// Number of characters of the secret, where the fingerprint says it.
    pub fn chars(&self) -> Option<usize> {
        self.fingerprint.split('-').next()?.parse().ok()
    }

    /// The last four characters, where the visitor wanted them.
    pub fn last_four(&self) -> Option<&'a str> {
        self.fingerprint.split_once('.').map(|(_, last)| last).filter(|l| !l.is_empty())
    }
}

/// What stands in the place of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form<'a> {
    /// Nothing.
    Empty,
    /// A secret that was taken out.
    Redacted(Mark<'a>),
    /// A variable, not expanded.
    Variable(&'a str),
    /// A word that a program writes for want of a value.
    Nothing(&'static str),
    /// Text that stands for a key in documentation.
    Sample,
    /// A key that somebody masked: the provider, or the visitor.
    Masked,
    /// Anything else.
    Other,
}

/// Where a credential stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier<'a> {
    /// In this field.
    Field(&'a Field),
    /// In the query parameter of this name.
    Query(&'a str),
    /// Before the `@` of the URL.
    Userinfo,
}

/// One credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credential<'a> {
    /// Where it stands.
    pub carrier: Carrier<'a>,
    /// Authentication scheme as written, where the field is one that has it.
    pub scheme: Option<&'a str>,
    /// What follows the scheme, as written but for white space around it.
    pub value: &'a str,
    /// What the value looks like, quotes around it left aside.
    pub form: Form<'a>,
}

impl<'a> Credential<'a> {
    /// The redacted secret, if it is one.
    pub fn mark(&self) -> Option<Mark<'a>> {
        match self.form {
            Form::Redacted(mark) => Some(mark),
            _ => None,
        }
    }

    /// The field it stands in, if it does.
    pub fn field(&self) -> Option<&'a Field> {
        match self.carrier {
            Carrier::Field(field) => Some(field),
            _ => None,
        }
    }

    /// True in an `Authorization` field.
    pub fn is_authorization(&self) -> bool {
        self.field().is_some_and(|f| f.name.trim().eq_ignore_ascii_case("authorization"))
    }
}

/// Fields whose whole value is a key.
pub static KEY_FIELDS: &[&str] =
    &["api-key", "x-api-key", "x-goog-api-key", "ocp-apim-subscription-key", "x-auth-token", "openai-api-key"];

/// Authentication schemes that people send, whether the provider takes them or not.
static SCHEMES: &[&str] = &[
    "bearer",
    "basic",
    "token",
    "apikey",
    "api-key",
    "key",
    "digest",
    "negotiate",
    "ntlm",
    "oauth",
    "dpop",
    "aws4-hmac-sha256",
];

/// Every credential of a request, in the order of `Authorization`, key fields, query, userinfo.
pub fn all<'a>(request: &'a Request, target: &Target<'a>) -> Vec<Credential<'a>> {
    let mut found = Vec::new();
    for field in request.fields.iter() {
        if field.name.trim().eq_ignore_ascii_case("authorization") {
            found.push(authorization(field));
        }
    }
    for field in request.fields.iter() {
        if KEY_FIELDS.iter().any(|name| field.name.trim().eq_ignore_ascii_case(name)) {
            let value = field.value.trim();
            found.push(Credential { carrier: Carrier::Field(field), scheme: None, value, form: form(value) });
        } else if is_astray(field) {
            found.push(authorization(field));
        }
    }
    for (name, value) in target.parameters() {
        let lower = name.to_ascii_lowercase();
        if ["key", "api_key", "api-key", "apikey", "access_token", "token", "openai_api_key"].contains(&lower.as_str())
        {
            let value = value.unwrap_or_default();
            found.push(Credential { carrier: Carrier::Query(name), scheme: None, value, form: form(value) });
        }
    }
    if let Some(userinfo) = target.userinfo {
        found.push(Credential { carrier: Carrier::Userinfo, scheme: None, value: userinfo, form: form(userinfo) });
    }
    found
}

/// True for a field that no provider reads a key from and that yet holds what is surely a provider's key, such as
/// `Authentication: Bearer …`.
fn is_astray(field: &Field) -> bool {
    let name = field.name.trim().to_ascii_lowercase();
    let own = ["authorization", "proxy-authorization", "sec-websocket-protocol", "cookie"].contains(&name.as_str());
    let kind = Mark::find(&field.value).and_then(|mark| crate::redact::kind::get(mark.kind));
    !own && kind.is_some_and(|kind| !kind.serves.is_empty())
}

fn authorization(field: &Field) -> Credential<'_> {
    let value = field.value.trim();
    let (scheme, value) = scheme(value);
    Credential { carrier: Carrier::Field(field), scheme, value, form: form(value) }
}

/// Splits `Bearer abc` into scheme and credentials. A first word that is no scheme known here counts as one only where it is
/// made of letters and something follows.
pub fn scheme(value: &str) -> (Option<&str>, &str) {
    let end = value.find(char::is_whitespace).unwrap_or(value.len());
    let (first, rest) = value.split_at_checked(end).unwrap_or((value, ""));
    let rest = rest.trim_start();
    let known = SCHEMES.iter().any(|s| first.eq_ignore_ascii_case(s));
    let looks = first.len() <= 20 && !first.is_empty() && first.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-');
    if known || (looks && !rest.is_empty() && words::nothing_word(value).is_none()) {
        (Some(first), rest)
    } else {
        (None, value)
    }
}

/// What a value in the place of a key looks like.
pub fn form(value: &str) -> Form<'_> {
    let value = value.trim();
    let value = words::unquoted(value).map_or(value, str::trim);
    if value.is_empty() {
        return Form::Empty;
    }
    if let Some(mark) = Mark::find(value) {
        return Form::Redacted(mark);
    }
    if let Some(variable) = words::variable(value) {
        return Form::Variable(variable);
    }
    if let Some(word) = words::nothing_word(value) {
        return Form::Nothing(word);
    }
    if is_masked(value) {
        return Form::Masked;
    }
    if is_sample(value) { Form::Sample } else { Form::Other }
}

/// True for what a provider or a careful visitor leaves of a key: `sk-proj-****abcd`, `***`, `[REDACTED]`, `xxxx`.
fn is_masked(value: &str) -> bool {
    let bare = value.trim_start_matches("sk-");
    let lower = value.to_ascii_lowercase();
    value.contains("**")
        || value.contains('…')
        || value.contains("...")
        || value.contains('•')
        || ["redact", "hidden", "masked", "removed", "censored", "omitted"].iter().any(|w| lower.contains(w))
        || (bare.len() >= 3 && bare.bytes().all(|b| matches!(b, b'x' | b'X' | b'*' | b'.' | b'-' | b'_' | b'#')))
}

/// True for the names that stand for a key in documentation and templates.
fn is_sample(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let spaced = lower.replace(['-', ' '], "_");
    let bracketed =
        (lower.starts_with('<') && lower.ends_with('>')) || (lower.starts_with('[') && lower.ends_with(']'));
    let named = [
        "api_key",
        "apikey",
        "openai_key",
        "your_",
        "_key_here",
        "key_here",
        "my_key",
        "secret_key",
        "access_token",
        "placeholder",
        "insert_",
    ]
    .iter()
    .any(|w| spaced.contains(w));
    bracketed || (lower.starts_with('{') && lower.ends_with('}')) || named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        assert_eq!(form(""), Form::Empty);
        assert_eq!(form("\"\""), Form::Empty);
        assert_eq!(form("$OPENAI_API_KEY"), Form::Variable("$OPENAI_API_KEY"));
        assert_eq!(form("undefined"), Form::Nothing("undefined"));
        for sample in ["YOUR_API_KEY", "<your-key>", "sk-your-key-here", "OPENAI_API_KEY", "your api key", "{api_key}"]
        {
            assert_eq!(form(sample), Form::Sample, "{sample}");
        }
        for masked in ["sk-...", "sk-xxxx", "***", "[REDACTED]", "sk-proj-****abcd", "xxxxxxxx"] {
            assert_eq!(form(masked), Form::Masked, "{masked}");
        }
        assert_eq!(form("hunter2"), Form::Other);
    }

    #[test]
    fn marks_are_read() {
        let Form::Redacted(mark) = form("'{{redacted:openai-key:51-0123456789ab-qw.abcd}}'") else { panic!("a mark") };
        assert_eq!((mark.kind, mark.chars(), mark.last_four()), ("openai-key", Some(51), Some("abcd")));
        assert!(mark.has_flag('q') && mark.has_flag('w') && !mark.has_flag('d') && !mark.has_flag('a'));
        let bare = Mark::find("x {{redacted:cookie}} y").unwrap();
        assert_eq!((bare.kind, bare.fingerprint, bare.text), ("cookie", "", "{{redacted:cookie}}"));
        assert_eq!(Mark::find("{{redacted:never closed"), None);
    }

    #[test]
    fn schemes() {
        assert_eq!(scheme("Bearer abc"), (Some("Bearer"), "abc"));
        assert_eq!(scheme("bearer"), (Some("bearer"), ""));
        assert_eq!(scheme("abc"), (None, "abc"));
        assert_eq!(scheme("Bearer   abc def"), (Some("Bearer"), "abc def"));
        assert_eq!(scheme("[object Object]"), (None, "[object Object]"));
        assert_eq!(scheme(""), (None, ""));
    }
}
