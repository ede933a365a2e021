//! One sentence: the defect that this rule names. Copy this file; its name, with hyphens, is the rule's id.
//!
//! Where the defect can be mended mechanically, say so behind `report`: `out.mend(cx, span, from, to)` for a stretch,
//! `out.mend_with_field(cx, "Name: value")` for a field that is missing (`openai_beta_missing.rs` does both). Two rules must not complain
//! about one thing: let the broader one return early where the narrower applies.

use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "template",
    severity: Severity::Hint,
    title: "what is wrong, without values",
    why: "What comes of it, in one to three sentences.",
    fix: "What to do, in one or two sentences.",
    source: "RFC 9110, section 5.1",
    example: native_only("GET https://api.openai.com/v1/models HTTP/1.1\nX-Template: yes\n"),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(field) = cx.field("x-template") else { return };
    out.report(Place::header(&field.name, field.span), "`X-Template` is sent.");
}

// In the copy, make these tests real: at least one input on which it fires, one near miss and one hostile value.
//
// #[cfg(test)]
// mod tests {
//     use crate::check::sample::{chat, fires, silent};
//
//     #[test]
//     fn fires_on_the_defect() {
//         fires("template", &["GET https://api.openai.com/v1/models\nX-Template: yes\n"]);
//     }
//
//     #[test]
//     fn silent_on_what_is_right_or_unknown() {
//         silent("template", &[&chat("Authorization: Bearer $OPENAI_API_KEY"), "X-Template"]);
//     }
// }
