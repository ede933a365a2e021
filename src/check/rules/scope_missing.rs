//! The answer says that the key lacks a permission: which one this endpoint demands.

use crate::check::{Context, Findings, Place, Rule, Severity, native_only};
use crate::permissions::{self, Known};

pub(super) static RULE: Rule = Rule {
    id: "scope-missing",
    severity: Severity::Hint,
    title: "the key lacks the permission that the endpoint demands",
    why: "A restricted key, or whom it belongs to, may do only what was chosen for it; a new key with the same choice fails in the same way.",
    fix: "Edit the key on the key page: set the row named to what is named, or choose All. Ask an owner for the role where that does not help.",
    source: "https://developers.openai.com/api/docs/guides/rbac",
    example: native_only(
        "POST https://api.openai.com/v1/images/generations HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"prompt\":\"A cat\"}\n\nHTTP/1.1 401 Unauthorized\nContent-Type: application/json\n\n{\"error\":{\"message\":\"You have insufficient permissions for this operation.\"}}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(operation) = cx.operation().filter(|_| matches!(cx.status, Some(401 | 403))) else { return };
    let phrases = ["insufficient permissions for this operation", "Missing scopes:"];
    let Some((at, said)) = phrases.iter().find_map(|p| cx.find_in_answer(p)) else { return };
    let need = permissions::of(&operation);
    if need.permission.is_empty() {
        return;
    }
    // The answer itself may name it.
    let named = !need.scope.is_empty() && said.contains(need.scope);
    let sure = if named || need.known == Known::Seen { " " } else { " probably " };
    let scope = if need.scope.is_empty() { String::new() } else { [", scope `", need.scope, "`"].concat() };
    let parts = [
        "`",
        need.method,
        " /v1",
        need.path,
        "`",
        sure,
        "needs ",
        need.permission,
        ": ",
        need.level,
        &scope,
        "; the preset role is ",
        need.role,
        " or above.",
    ];
    let span = cx.answer_shown().map(|s| crate::span::Span::new(at, s.end.min(at + 1)));
    out.report(Place::part(crate::check::Part::Response, span), parts.concat());
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, of, silent};

    const ASKED: &str = "GET https://api.openai.com/v1/files HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 Unauthorized\nContent-Type: application/json\n\n";

    #[test]
    fn fires_on_the_defect() {
        fires("scope-missing", &[&format!("{ASKED}{{\"error\":{{\"message\":\"Missing scopes: api.files.read\"}}}}")]);
        let found = of("scope-missing", super::RULE.example);
        assert!(found[0].0.contains("scope `api.model.images.request`"), "{found:?}");
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "scope-missing",
            &[
                &format!("{ASKED}{{\"error\":{{\"message\":\"Incorrect API key provided\"}}}}"),
                &format!("{ASKED}{{\"error\":{{\"message\":\"Missing scopes: x\"}}}}")
                    .replace("401 Unauthorized", "200 OK"),
                "Missing scopes: api.files.read",
            ],
        );
    }
}
