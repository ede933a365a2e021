//! The headers are larger than many servers take.

use crate::check::Part;
use crate::check::credential::Mark;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "headers-too-large",
    severity: Severity::Warning,
    title: "the headers are larger than many servers take",
    why: "Servers and proxies set limits, often 8 KB for one field and 16 KB for all; beyond them the answer is 400 or 431. Cookies and tokens with many claims are the usual reason.",
    fix: "Leave out cookies and headers that the API does not need.",
    source: "RFC 6585, section 5",
    example: native_only(
        "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nCookie: {{redacted:cookie:9000-0123456789ab}}\n",
    ),
    run,
};

/// Default limit of one line in nginx and Apache, in bytes.
const ONE: usize = 8_000;
/// Default limit of all lines together in Node.js, in bytes.
const ALL: usize = 16_000;

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let mut all = 0;
    for field in cx.request_fields() {
        let size = field.name.len() + size(&field.value);
        all += size + 4;
        if size > ONE {
            out.report(
                Place::header(&field.name, field.span),
                format!("`{}` has {size} bytes.", words::shown(&field.name, 40)),
            );
            return;
        }
    }
    if all > ALL {
        out.report(Place::part(Part::Header, None), format!("All headers together have {all} bytes."));
    }
}

/// Bytes as sent: a redacted stretch counts with the length that its fingerprint tells.
fn size(value: &str) -> usize {
    match Mark::find(value) {
        Some(mark) => value.len() - mark.text.len() + mark.chars().unwrap_or(mark.text.len()),
        None => value.len(),
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "headers-too-large",
            &[
                &["GET https://api.openai.com/v1/models HTTP/1.1\nX: ", &"a".repeat(8100)].concat(),
                &[
                    "GET https://api.openai.com/v1/models HTTP/1.1",
                    &["\nX: ", &"a".repeat(4000)].concat().repeat(5),
                    "\n",
                ]
                .concat(),
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "headers-too-large",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                &["GET https://api.openai.com/v1/models HTTP/1.1\nX: ", &"a".repeat(4000)].concat(),
                "GET https://api.openai.com/v1/models HTTP/1.1\nX: {{redacted:x:99999999999999999999999}}",
            ],
        );
    }
}
