//! The program put its word for "no value" into the URL.

use crate::check::Part;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "url-word-for-nothing",
    severity: Severity::Error,
    title: "the program put its word for \"no value\" into the URL",
    why: "A setting or an id was not found, and the program wrote `undefined`, `null` or `None` into the address.",
    fix: "Find out why the value is empty where the URL is put together.",
    source: "https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/undefined",
    example: native_only(
        "GET https://api.openai.com/v1/files/undefined HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let in_path = cx.target.segments().find(|s| is_nothing(s));
    let in_host = Some(cx.target.host).filter(|h| h.split('.').any(is_nothing));
    let Some(part) = in_host.or(in_path) else { return };
    out.report(Place::part(Part::Url, cx.url_span(part)), format!("`{}` stands in the URL.", words::shown(part, 60)));
}

fn is_nothing(text: &str) -> bool {
    matches!(
        text,
        "undefined"
            | "null"
            | "None"
            | "NaN"
            | "nil"
            | "[object Object]"
            | "[object%20Object]"
            | "%5Bobject%20Object%5D"
    )
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "url-word-for-nothing",
            &[
                "GET https://api.openai.com/v1/files/undefined\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://undefined.openai.azure.com/openai/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/threads/None/messages\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "url-word-for-nothing",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/files/nullable\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/models?x=null\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }
}
