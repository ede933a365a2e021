//! The endpoint is marked as deprecated.

use crate::check::Part;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};
use crate::limits::http_date;

pub(super) static RULE: Rule = Rule {
    id: "endpoint-deprecated",
    severity: Severity::Hint,
    title: "the endpoint is marked as deprecated",
    why: "OpenAI's API description marks it as deprecated; it may be switched off, or be so already.",
    fix: "Look into the list of deprecations for the date and for what takes its place.",
    source: "https://platform.openai.com/docs/deprecations",
    example: native_only(
        "GET https://api.openai.com/v1/assistants HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nOpenAI-Beta: assistants=v2",
    ),
    run,
};

/// First segment of the path, the day on which OpenAI announced to switch it off (and in seconds since 1970), what takes its place.
static SWITCHED_OFF: &[(&str, &str, f64, &str)] = &[
    ("assistants", "2026-08-26", 1_787_702_400.0, "; `/v1/responses` and `/v1/conversations` take its place"),
    ("threads", "2026-08-26", 1_787_702_400.0, "; `/v1/responses` and `/v1/conversations` take its place"),
    ("videos", "2026-09-24", 1_790_208_000.0, ""),
];

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(operation) = cx.operation().filter(|o| o.deprecated()) else { return };
    let area = operation.template.split('/').nth(1).unwrap_or_default();
    let end = SWITCHED_OFF.iter().find(|(name, ..)| *name == area);
    // The answer's own clock says whether that day is past.
    let answered = cx.answer_field("date").and_then(|f| http_date(f.value.trim()));
    let past = end.is_some_and(|(_, _, day, _)| answered.is_some_and(|at| at >= *day));
    let severity = if past && cx.status.is_some_and(|s| s >= 400) { Severity::Error } else { Severity::Hint };
    let until = end.map(|(_, day, _, next)| [", to be switched off on ", day, next].concat()).unwrap_or_default();
    let message = format!("`{} /v1{}` is marked as deprecated{until}.", operation.method, operation.template);
    out.report_as(severity, Place::part(Part::Url, cx.url_span(cx.target.path)), message);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample::{findings, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "endpoint-deprecated",
            &[
                "GET https://api.openai.com/v1/assistants\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "POST https://api.openai.com/v1/videos\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "endpoint-deprecated",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/threads\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://relay.example/v1/assistants HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }

    #[test]
    fn the_answers_own_date_decides_whether_it_is_gone() {
        let at = |date: &str| {
            let text =
                format!("GET https://api.openai.com/v1/assistants\nA: b\n\nHTTP/1.1 404 Not Found\nDate: {date}\n\n");
            findings(&text).into_iter().find(|f| f.rule.id == "endpoint-deprecated").map(|f| f.severity)
        };
        assert_eq!(at("Tue, 25 Aug 2026 23:59:59 GMT"), Some(Severity::Hint));
        assert_eq!(at("Wed, 26 Aug 2026 00:00:00 GMT"), Some(Severity::Error));
        let days = ["Wed, 26 Aug 2026 00:00:00 GMT", "Thu, 24 Sep 2026 00:00:00 GMT"].map(http_date);
        assert_eq!(days, [Some(SWITCHED_OFF[0].2), Some(SWITCHED_OFF[2].2)]);
    }
}
