//! The guide: six steps, causes, fixes, notes, questions and answers, and a checklist that prints on one page.
//!
//! It says what guides of this kind commonly say and, where the provider's documentation and reported cases differ, that too:
//! <https://developers.openai.com/api/docs/guides/error-codes> and <https://developers.openai.com/api/docs/guides/ip-allowlist>.

use super::ui::{ToolProps, rich, words};
use crate::words::{text, with};
use yew::prelude::*;

struct Step {
    title: &'static str,
    minutes: &'static str,
    what: &'static str,
    tip: &'static str,
    evidence: &'static str,
    tool: &'static str,
    link: &'static str,
}

static STEPS: [Step; 6] = [
    Step {
        title: "guide-step1-title",
        minutes: "5",
        what: "guide-step1-do",
        tip: "guide-step1-tip",
        evidence: "guide-step1-evidence",
        tool: "#/fingerprint",
        link: "guide-step1-link",
    },
    Step {
        title: "guide-step2-title",
        minutes: "10",
        what: "guide-step2-do",
        tip: "guide-step2-tip",
        evidence: "guide-step2-evidence",
        tool: "#/allowlist",
        link: "guide-step2-link",
    },
    Step {
        title: "guide-step3-title",
        minutes: "10",
        what: "guide-step3-do",
        tip: "guide-step3-tip",
        evidence: "guide-step3-evidence",
        tool: "#/permissions",
        link: "guide-step3-link",
    },
    Step {
        title: "guide-step4-title",
        minutes: "5",
        what: "guide-step4-do",
        tip: "guide-step4-tip",
        evidence: "guide-step4-evidence",
        tool: "#/compare",
        link: "guide-step4-link",
    },
    Step {
        title: "guide-step5-title",
        minutes: "10",
        what: "guide-step5-do",
        tip: "guide-step5-tip",
        evidence: "guide-step5-evidence",
        tool: "#/retry",
        link: "guide-step5-link",
    },
    Step {
        title: "guide-step6-title",
        minutes: "10",
        what: "guide-step6-do",
        tip: "guide-step6-tip",
        evidence: "guide-step6-evidence",
        tool: "#/ticket",
        link: "guide-step6-link",
    },
];

/// A cause, what guides say of its likelihood, and what reported cases show.
static CAUSES: [(&str, &str, &str); 5] = [
    ("guide-cause1", "guide-high", "guide-cause1-here"),
    ("guide-cause2", "guide-high", "guide-cause2-here"),
    ("guide-cause3", "guide-medium", "guide-cause3-here"),
    ("guide-cause4", "guide-low", "guide-cause4-here"),
    ("guide-cause5", "guide-cause5-told", "guide-cause5-here"),
];

static FIXES: [(&str, &str); 5] = [
    ("guide-fix1", "guide-effort-easy"),
    ("guide-fix2", "guide-effort-medium"),
    ("guide-fix3", "guide-effort-medium"),
    ("guide-fix4", "guide-effort-easy"),
    ("guide-fix5", "guide-effort-medium"),
];

static NOTES: [(&str, &str, &str); 3] = [
    ("notice failure", "guide-warning-title", "guide-warning"),
    ("notice", "guide-pro-title", "guide-pro"),
    ("notice", "guide-note-title", "guide-note"),
];

static QUESTIONS: [(&str, &str); 6] = [
    ("guide-faq1", "guide-faq1-answer"),
    ("guide-faq2", "guide-faq2-answer"),
    ("guide-faq3", "guide-faq3-answer"),
    ("guide-faq4", "guide-faq4-answer"),
    ("guide-faq5", "guide-faq5-answer"),
    ("guide-faq6", "guide-faq6-answer"),
];

static TAKEAWAYS: [&str; 5] =
    ["guide-takeaway1", "guide-takeaway2", "guide-takeaway3", "guide-takeaway4", "guide-takeaway5"];

/// What is written down first, on lines of its own.
static BLANKS: [&str; 3] = ["guide-check-when", "guide-check-ids", "guide-check-who"];

static CHECKS: [&str; 12] = [
    "guide-check1",
    "guide-check2",
    "guide-check3",
    "guide-check4",
    "guide-check5",
    "guide-check6",
    "guide-check7",
    "guide-check8",
    "guide-check9",
    "guide-check10",
    "guide-check11",
    "guide-check12",
];

/// The guide.
#[component]
pub(super) fn Guide(_: &ToolProps) -> Html {
    let print = Callback::from(|_: MouseEvent| {
        let _ = web_sys::window().map(|w| w.print());
    });
    html! {
        <div class="result">
            <section class="card">
                <h2>{ text("guide-means-title") }</h2>
                <p class="prose">{ words("guide-means") }</p>
                <p class="prose">{ words("guide-means-401") }</p>
            </section>
            <section class="card">
                <h2>{ text("guide-steps-title") }</h2>
                <ol class="walk">{ for STEPS.iter().map(step) }</ol>
            </section>
            <section class="card">
                <h2>{ text("guide-causes-title") }</h2>
                <ul class="causes-told">{ for CAUSES.iter().map(cause) }</ul>
            </section>
            <section class="card">
                <h2>{ text("guide-fixes-title") }</h2>
                <ul class="lines">
                    { for FIXES.iter().map(|(fix, effort)| html! {
                        <li>{ words(fix) }{ " " }<span class="label">{ "(" }{ text(effort) }{ ")" }</span></li>
                    }) }
                </ul>
            </section>
            <section class="notices">
                <h2 class="unseen">{ text("guide-notes-title") }</h2>
                { for NOTES.iter().map(|(class, title, note)| html! {
                    <p class={*class}><strong>{ text(title) }{ ": " }</strong>{ words(note) }</p>
                }) }
            </section>
            <section class="card">
                <h2>{ text("guide-faq-title") }</h2>
                <div>{ for QUESTIONS.iter().map(|(question, answer)| html! {
                    <details><summary>{ text(question) }</summary><p class="prose">{ words(answer) }</p></details>
                }) }</div>
            </section>
            <section class="card">
                <h2>{ text("guide-takeaways-title") }</h2>
                <ul class="lines">{ for TAKEAWAYS.iter().map(|id| html! { <li>{ words(id) }</li> }) }</ul>
            </section>
            <section class="card checklist" data-test="checklist">
                <h2>{ text("guide-check-title") }</h2>
                <p class="small">{ text("guide-check-lede") }</p>
                <ul class="blanks">{ for BLANKS.iter().map(|id| html! { <li>{ text(id) }</li> }) }</ul>
                <ul class="boxes">{ for CHECKS.iter().map(|id| html! {
                    <li><label class="tick"><input type="checkbox" /><span>{ words(id) }</span></label></li>
                }) }</ul>
                <p><button type="button" class="button" onclick={print} data-test="print">{ text("guide-print") }</button></p>
            </section>
        </div>
    }
}

fn step(step: &Step) -> Html {
    html! {
        <li data-test="step">
            <h3>{ text(step.title) }{ " " }<span class="label">{ with("guide-time", &[("minutes", step.minutes)]) }</span></h3>
            <p class="prose">{ words(step.what) }</p>
            <p class="prose"><strong>{ text("guide-evidence") }{ ": " }</strong>{ words(step.evidence) }</p>
            <p class="prose tip"><strong>{ text("guide-tip") }{ ": " }</strong>{ rich(text(step.tip)) }</p>
            <p><a href={step.tool}>{ text(step.link) }</a></p>
        </li>
    }
}

fn cause((title, told, here): &(&'static str, &'static str, &'static str)) -> Html {
    html! {
        <li>
            <h3>{ text(title) }</h3>
            <dl class="after">
                <dt>{ text("guide-causes-told") }</dt><dd>{ text(told) }</dd>
                <dt>{ text("guide-causes-here") }</dt><dd>{ words(here) }</dd>
            </dl>
        </li>
    }
}
