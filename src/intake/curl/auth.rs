//! Credentials: what curl puts into `Authorization`.

use crate::intake::shell::Word;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Which authentication schemes the options allow.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Schemes {
    basic: bool,
    digest: bool,
    ntlm: bool,
    negotiate: bool,
    bearer: bool,
    any: bool,
    aws: bool,
}

/// What the first request carries.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct First {
    /// Value of `Authorization`, if there is one.
    pub(super) value: Option<String>,
    /// True where curl asks first without content, to send it once it knows the challenge.
    pub(super) without_content: bool,
    /// A sentence where the answer decides what curl sends next.
    pub(super) remark: Option<&'static str>,
}

impl Schemes {
    /// Notes an option by its name; others are no business of this.
    pub(super) fn set(&mut self, name: &str, on: bool) {
        match name {
            "basic" => self.basic = on,
            "digest" => self.digest = on,
            "ntlm" | "ntlm-wb" => self.ntlm = on,
            "negotiate" => self.negotiate = on,
            "bearer" => self.bearer = on,
            "anyauth" => self.any = on,
            "aws" => self.aws = on,
            _ => {}
        }
    }

    /// What the first request carries. `user` is `-u` or the URL's user, `bearer` is `--oauth2-bearer`.
    pub(super) fn first(self, user: Option<&Word>, bearer: Option<&Word>) -> First {
        let first = |value| First { value, without_content: false, remark: None };
        let asks = |remark| First { value: None, without_content: false, remark: Some(remark) };
        if self.aws {
            return first(Some("AWS4-HMAC-SHA256 {{redacted:aws-signature}}".to_owned()));
        }
        let wanted = [self.basic, self.digest, self.ntlm, self.negotiate, self.bearer].iter().filter(|w| **w).count();
        if wanted > 1 || self.any {
            return if user.is_some() || bearer.is_some() {
                asks("curl sends no Authorization at first; the server's challenge decides which scheme it takes.")
            } else {
                first(None)
            };
        }
        match (bearer, user) {
            (Some(token), _) if self.bearer => first(Some(format!("Bearer {}", token.text()))),
            (_, Some(_)) if self.digest => First {
                without_content: true,
                ..asks("With --digest curl first asks without Authorization and without content.")
            },
            (_, Some(_)) if self.ntlm => {
                First { value: Some("NTLM {{redacted:ntlm}}".to_owned()), without_content: true, remark: None }
            }
            (_, Some(_)) if self.negotiate => {
                asks("With --negotiate the first request depends on the Kerberos tickets at hand.")
            }
            (_, Some(user)) => first(Some(basic(user))),
            _ => first(None),
        }
    }
}

/// Basic credentials of `user:password`. What is redacted, or is a variable, cannot be encoded: its place is held.
pub(crate) fn basic(user: &Word) -> String {
    let text = user.text();
    if text.contains("{{redacted") || user.expands {
        return "Basic {{redacted:basic-credentials}}".to_owned();
    }
    // Without a password curl asks for one, and takes none where nobody answers.
    let text = if text.contains(':') { text.to_owned() } else { format!("{text}:") };
    format!("Basic {}", STANDARD.encode(text))
}
