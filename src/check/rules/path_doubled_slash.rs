//! Two slashes stand in a row in the path.

use crate::check::Part;
use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "path-doubled-slash",
    severity: Severity::Warning,
    title: "two slashes stand in a row in the path",
    why: "An empty segment makes another address, which the server does not know: a base URL ends with a slash and the path begins with one, or a variable in between is empty.",
    fix: "Take one slash away, and look whether a variable in the path is empty.",
    source: "RFC 3986, section 3.3",
    example: native_only(
        "GET https://api.openai.com/v1//models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let path = cx.target.path;
    let Some(at) = path.find("//") else { return };
    // A URL inside the path, as relays take it, has them too.
    let nested = path.get(..at).is_some_and(|p| p.ends_with(':'));
    if nested || cx.provider == Provider::Unknown || cx.provider == Provider::Local {
        return;
    }
    let message = format!("The path `{}` holds `//`.", words::shown(path, 60));
    let place = path.get(at..at + 2).and_then(|p| cx.url_span(p));
    out.report_confirmed(cx, &[404], Place::part(Part::Url, place), message);
    out.mend(cx, place, "//", "/");
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "path-doubled-slash",
            &[
                "GET https://api.openai.com/v1//models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com//v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://acme.openai.azure.com//openai/deployments/x/chat/completions?api-version=2024-10-21 HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "path-doubled-slash",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://relay.example//v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/models?x=//\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }
}
