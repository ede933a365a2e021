//! The answer says that the key lacks a permission: which one this endpoint demands.

use crate::check::{Context, Findings, Part, Place, Rule, Severity, native_only};
use crate::permissions::{self, Known, Need};
use crate::span::Span;

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
    if !matches!(cx.status, Some(401 | 403)) {
        return;
    }
    let phrases = ["Missing scopes:", "insufficient permissions for this operation"];
    let Some((at, said)) = phrases.iter().find_map(|p| cx.find_in_answer(p)) else { return };
    let message = match cx.operation().map(|o| permissions::of(&o)).filter(|n| !n.permission.is_empty()) {
        Some(need) => of_operation(&need, said),
        None => match of_scope(said) {
            Some(message) => message,
            None => return,
        },
    };
    let span = cx.answer_shown().map(|s| Span::new(at, s.end.min(at + 1)));
    out.report(Place::part(Part::Response, span), message);
}

fn of_operation(need: &Need, said: &str) -> String {
    // The answer itself may name it.
    let named = !need.scope.is_empty() && said.contains(need.scope);
    let sure = if named || need.known == Known::Seen { "` needs " } else { "` probably needs " };
    let scope = if need.scope.is_empty() { String::new() } else { [", scope `", need.scope, "`"].concat() };
    let method = [need.method, " /v1", need.path].concat();
    let key = if need.admin_key { ", by an admin key" } else { "" };
    let parts =
        ["`", &method, sure, need.permission, ": ", need.level, &scope, key, "; the preset role is ", need.role];
    parts.concat() + " or above."
}

/// Where the request is not shown: the first of the scopes that the answer names and the table knows.
fn of_scope(said: &str) -> Option<String> {
    let names = said.strip_prefix("Missing scopes:")?;
    let words = names.split([' ', ',', '"', '\'', '\n']).take(12).map(|w| w.trim_end_matches('.'));
    let (scope, (row, level)) = words.filter_map(|w| Some((w, permissions::row_of(w)?))).next()?;
    Some(["The scope `", scope, "` stands on the key page as ", row, ": ", level, "."].concat())
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

    #[test]
    fn a_scope_in_a_traceback_is_enough() {
        let text = "openai.AuthenticationError: Error code: 401 - {'error': {'message': 'You have insufficient permissions for this operation. Missing scopes: api.model.read. Check that you have the correct role in your organization (Reader, Writer, Owner).', 'type': 'invalid_request_error', 'code': None}}";
        let found = of("scope-missing", text);
        assert!(found.len() == 1 && found[0].0.contains("List models: Read"), "{found:?}");
        assert_eq!(of("scope-missing", &text.replace("api.model.read", "some.other")), []);
    }
}
