//! A request to the API without any credential.

use crate::check::{Context, Findings, Part, Place, Rule, Severity};

pub(super) static RULE: Rule = Rule {
    id: "key-missing",
    severity: Severity::Error,
    title: "the request carries no credential",
    why: "OpenAI reads the key from the Authorization header only; without it the answer is 401.",
    fix: "Send `Authorization: Bearer $OPENAI_API_KEY`.",
    source: "https://platform.openai.com/docs/api-reference/authentication",
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(request) = cx.request else { return };
    if request.url.contains("api.openai.com") && request.fields.get("authorization").is_none() {
        out.report(Place::header("Authorization", None), "The request carries no Authorization header.");
    }
    let _ = Part::Key;
}
