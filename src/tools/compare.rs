//! A request that works beside the one that fails.

use super::engine::{Asked, Pair, use_pair};
use super::ui::{self, ToolProps};
use crate::compare::{Comparison, Difference, Side};
use crate::page::spoken;
use crate::words::{text, with};
use yew::prelude::*;

const WORKS: &str = r#"curl https://api.openai.com/v1/chat/completions \
  -H "Authorization: Bearer $OPENAI_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Hi"}]}'"#;
const FAILS: &str = r#"curl https://api.openai.com/v1/chat/completions \
  -H "Authorization: Bearer $OPENAI_API_KEY" \
  -H "OpenAI-Project: proj_Zk3vR8mQx1LtYw5nPa7cHb2d" \
  -H "Content-Type: application/json" \
  -d '{"model": "gpt-4o", "messages": [{"role": "user", "content": "Hi"}]}'

HTTP/2 403
{"error": {"message": "Project `proj_Zk3vR8mQx1LtYw5nPa7cHb2d` does not have access to model `gpt-4o`", "type": "invalid_request_error", "param": null, "code": "model_not_found"}}"#;

static PARTS: [(&str, &str); 12] = [
    ("scheme", "compare-part-scheme"),
    ("host", "compare-part-host"),
    ("port", "compare-part-port"),
    ("path", "compare-part-path"),
    ("method", "compare-part-method"),
    ("key", "compare-part-key"),
    ("key-kind", "compare-part-key-kind"),
    ("query", "compare-part-query"),
    ("header", "compare-part-header"),
    ("body", "compare-part-body"),
    ("body-form", "compare-part-body-form"),
    ("finding", "compare-part-finding"),
];

/// From this weight on a difference is said to explain the failure.
const LIKELY: u8 = 70;
/// From this weight on it may.
const POSSIBLE: u8 = 25;
/// Two whose weights are no further apart than this are both named.
const NEAR: u8 = 10;
/// Longest value that the conclusion repeats, in bytes.
const SHORT: usize = 60;

/// The tool.
#[component]
pub(super) fn Compare(_: &ToolProps) -> Html {
    // What was read in place of a secret takes the secret's place in the box.
    let Pair { boxes: [works, fails], asked, submit, example } =
        use_pair::<Comparison>("compare", [WORKS, FAILS], |found| {
            [&found.works, &found.fails].map(|side| side.secrets.then(|| side.redacted.as_deref().unwrap_or_default()))
        });
    html! {
        <div class="result">
            <form class="card" onsubmit={submit}>
                <p class="small prose" id="compare-hint">{ text("compare-hint") }</p>
                <div class="two">
                    { ui::area("works", "compare-works", &works, "", "compare-hint") }
                    { ui::area("fails", "compare-fails", &fails, "", "compare-hint") }
                </div>
                { ui::buttons(html! { { text("compare-go") } }, example) }
            </form>
            { ui::outcome(&asked, "tools-comparing", summary) }
            if let Asked::Told(found) = &asked {
                if !found.differences.is_empty() {
                    <section class="card" data-test="tool-result">
                        <h2>{ text("compare-result") }</h2>
                        <ol class="lines">{ for found.differences.iter().map(difference) }</ol>
                    </section>
                }
            }
        </div>
    }
}

fn summary(found: &Comparison) -> Html {
    let unread = |side: &Side, id: &'static str| {
        html! { if side.request.is_none() { <p class="notice">{ text(id) }</p> } }
    };
    let read = found.works.request.is_some() && found.fails.request.is_some();
    html! {
        <>
            { unread(&found.works, "compare-unread-works") }
            { unread(&found.fails, "compare-unread-fails") }
            if read && found.differences.is_empty() {
                <p class="notice" data-test="same">{ text("compare-none") }</p>
            } else if read {
                <p class="notice" data-test="conclusion">{ ui::rich(&conclusion(found)) }</p>
            }
        </>
    }
}

/// What the comparison comes to, in a sentence.
fn conclusion(found: &Comparison) -> String {
    let status = found.status.to_string();
    let Some(first) = found.differences.first() else { return String::new() };
    let says = match first.weight {
        LIKELY.. => "compare-because",
        POSSIBLE.. => "compare-perhaps",
        _ => "compare-nothing",
    };
    let second = found.differences.get(1).filter(|d| d.weight >= LIKELY && d.weight + NEAR >= first.weight);
    let what = match second {
        Some(second) => with("compare-or", &[("one", &named(first)), ("other", &named(second))]),
        None => named(first),
    };
    let mut said = with(says, &[("status", &status), ("what", &what)]);
    if found.fails.status.is_none() {
        said.extend([" ", text("compare-assumed")]);
    }
    said
}

/// A difference in a few words.
fn named(difference: &Difference) -> String {
    let Difference { part, name, works, fails, .. } = difference;
    if part == "finding" {
        let message = fails.as_deref().unwrap_or_default();
        return spoken::finding(name, message).text.trim_end_matches(['.', '。']).to_owned();
    }
    let mut what = part_name(part).to_ascii_lowercase();
    if !name.is_empty() {
        what.extend([" `", name, "`"]);
    }
    let short = |value: &Option<String>| value.clone().filter(|v| v.len() <= SHORT && !v.contains('`'));
    match (works, fails, short(works), short(fails)) {
        (None, ..) => with("compare-added", &[("what", &what)]),
        (_, None, ..) => with("compare-left-out", &[("what", &what)]),
        (.., Some(works), Some(fails)) => {
            with("compare-instead", &[("what", &what), ("works", &works), ("fails", &fails)])
        }
        _ => with("compare-other", &[("what", &what)]),
    }
}

fn part_name(part: &str) -> &'static str {
    PARTS.iter().find(|(id, _)| *id == part).map_or("", |(_, name)| text(name))
}

fn difference(difference: &Difference) -> Html {
    let part = part_name(&difference.part);
    let (class, likely) = match difference.weight {
        LIKELY.. => ("bad", "compare-likely"),
        POSSIBLE.. => ("", "compare-possible"),
        _ => ("label", "compare-unlikely"),
    };
    let value = |name: &'static str, value: &Option<String>| {
        html! {
            <>
                <dt>{ text(name) }</dt>
                <dd>
                    if let Some(value) = value { <code>{ value }</code> } else { <span class="label">{ text("compare-missing") }</span> }
                </dd>
            </>
        }
    };
    let flaw = difference.part == "finding";
    html! {
        <li data-test="difference" data-part={difference.part.clone()}>
            <h3>
                { part }
                if !difference.name.is_empty() && !flaw { { " " }<code>{ &difference.name }</code> }
                { " " }<span class={class}>{ text(likely) }</span>
            </h3>
            if flaw {
                { ui::said(spoken::finding(&difference.name, difference.fails.as_deref().unwrap_or_default()), "") }
            } else {
                <dl class="after sides">
                    { value("compare-value-works", &difference.works) }
                    { value("compare-value-fails", &difference.fails) }
                </dl>
            }
            { ui::said(spoken::sentence(&difference.because), "small") }
        </li>
    }
}
