//! Fingerprints of keys: commands to make one, and a comparison of two.

use super::engine::{Asked, Pair, use_pair};
use super::ui::{self, ToolProps, words};
use crate::compare::keys::{Keys, Side};
use crate::fingerprint_commands::COMMANDS;
use crate::words::text;
use yew::prelude::*;

/// An invented fingerprint twice: once of a key in order, once of the same key with a line break behind it.
const EXAMPLE: [&str; 2] = ["164-3f9c0e5a7b12.a1B2", "164-3f9c0e5a7b12-w.a1B2"];

/// The flags and what each means.
static FLAGS: [(&str, &str); 6] = [
    ("d", "fingerprint-flag-d"),
    ("n", "fingerprint-flag-n"),
    ("q", "fingerprint-flag-q"),
    ("t", "fingerprint-flag-t"),
    ("w", "fingerprint-flag-w"),
    ("z", "fingerprint-flag-z"),
];

/// The tool.
#[component]
pub(super) fn Fingerprint(&ToolProps { language }: &ToolProps) -> Html {
    html! { <div class="result"><Comparison {language} /><Commands {language} />{ parts() }</div> }
}

#[component]
fn Commands(_: &ToolProps) -> Html {
    let variable = use_state(|| "OPENAI_API_KEY".to_owned());
    let last_four = use_state(|| false);
    let oninput = {
        let variable = variable.clone();
        ui::on_text(move |text| variable.set(text.trim().to_owned()))
    };
    let onchange = {
        let last_four = last_four.clone();
        Callback::from(move |_: Event| last_four.set(!*last_four))
    };
    let wrong = COMMANDS.iter().any(|c| c.text(&variable, false).is_none());
    html! {
        <section class="card">
            <h2>{ text("fingerprint-make") }</h2>
            <p class="prose">{ words("fingerprint-made") }</p>
            <div class="fields">
                <div class="field">
                    <label for="variable">{ text("fingerprint-variable") }</label>
                    <input id="variable" type="text" autocomplete="off" spellcheck="false" data-test="variable"
                        aria-invalid={wrong.then_some("true")} aria-describedby="variable-wrong"
                        value={(*variable).clone()} {oninput} />
                    <p id="variable-wrong" class="small" role="status">
                        if wrong { { text("fingerprint-variable-wrong") } }
                    </p>
                </div>
            </div>
            <label class="tick">
                <input type="checkbox" checked={*last_four} {onchange} data-test="last-four" />
                <span>{ text("fingerprint-last-four") }</span>
            </label>
            { for COMMANDS.iter().filter_map(|command| {
                let code = command.text(&variable, *last_four)?;
                Some(html! {
                    <div class="field" data-test="shell">
                        <h3>{ command.title }</h3>
                        { ui::command(&code, command.title) }
                    </div>
                })
            }) }
        </section>
    }
}

fn parts() -> Html {
    html! {
        <section class="card">
            <h2>{ text("fingerprint-parts") }</h2>
            <p>{ words("fingerprint-parts-example") }</p>
            <dl class="after">
                <dt><code>{ "164" }</code></dt><dd>{ words("fingerprint-part-length") }</dd>
                <dt><code>{ "3f9c0e5a7b12" }</code></dt><dd>{ words("fingerprint-part-hash") }</dd>
                <dt><code>{ "w" }</code></dt>
                <dd>
                    { words("fingerprint-part-flags") }
                    <ul>{ for FLAGS.iter().map(|(flag, means)| html! { <li><code>{ *flag }</code>{ " " }{ text(means) }</li> }) }</ul>
                </dd>
                <dt><code>{ "a1B2" }</code></dt><dd>{ words("fingerprint-part-last") }</dd>
            </dl>
        </section>
    }
}

#[component]
fn Comparison(_: &ToolProps) -> Html {
    // A key that was given leaves the box; its fingerprint stays.
    let Pair { boxes: [one, other], asked, submit, example } = use_pair::<Keys>("keys", EXAMPLE, |keys| {
        [&keys.one, &keys.other].map(|side| side.key.then(|| side.text.as_deref().unwrap_or_default()))
    });
    html! {
        <form class="card" onsubmit={submit}>
            <h2>{ text("fingerprint-compare") }</h2>
            <p class="prose" id="keys-hint">{ words("fingerprint-compare-hint") }</p>
            <div class="two">
                // Areas, because a line would drop the line break that may be what is wrong.
                { ui::area("one", "fingerprint-one", &one, "low", "keys-hint") }
                { ui::area("other", "fingerprint-other", &other, "low", "keys-hint") }
            </div>
            { ui::buttons(html! { { text("compare-go") } }, example) }
            { ui::outcome(&asked, "tools-comparing", verdict) }
            if let Asked::Told(keys) = &asked { if !nothing(&keys.one) || !nothing(&keys.other) { { table(keys) } } }
        </form>
    }
}

/// True where a box holds nothing to compare.
fn nothing(side: &Side) -> bool {
    side.hash.is_none() && side.last_four.is_none() && side.kind.is_empty()
}

fn verdict(keys: &Keys) -> Html {
    let (class, says) = match keys.same {
        Some(true) => ("ok", "fingerprint-same"),
        Some(false) => ("bad", "fingerprint-different"),
        None if nothing(&keys.one) || nothing(&keys.other) => ("", "fingerprint-unread"),
        None if keys.one.last_four.is_some() && keys.one.last_four == keys.other.last_four => ("", "fingerprint-four"),
        None => ("", "fingerprint-maybe"),
    };
    let odd = keys.same == Some(true) && keys.differs.iter().any(|d| d == "flags");
    html! {
        <>
            <p class={class} data-test="tool-result">{ text(says) }</p>
            if [&keys.one, &keys.other].iter().any(|side| side.flags.contains('t')) {
                <p class="prose" data-test="cut">{ text("fingerprint-cut") }</p>
            }
            if odd { <p class="prose" data-test="odd">{ text("fingerprint-odd-one") }</p> }
        </>
    }
}

fn table(keys: &Keys) -> Html {
    let (one, other) = (&keys.one, &keys.other);
    let odd = |side: &Side| {
        let means = FLAGS.iter().filter(|(flag, _)| side.flags.contains(flag)).map(|(_, means)| text(means));
        means.collect::<Vec<_>>().join(", ")
    };
    let chars = |side: &Side| side.chars.map(|c| c.to_string()).unwrap_or_default();
    let maybe = |value: &Option<String>| value.clone().unwrap_or_default();
    let kind = |side: &Side| crate::page::words::secret(&side.kind);
    let rows = [
        ("kind", "fingerprint-kind", kind(one), kind(other)),
        ("chars", "fingerprint-length", chars(one), chars(other)),
        ("hash", "fingerprint-hash", maybe(&one.hash), maybe(&other.hash)),
        ("flags", "fingerprint-flags", odd(one), odd(other)),
        ("last_four", "fingerprint-last", maybe(&one.last_four), maybe(&other.last_four)),
    ];
    html! {
        <table>
            <caption class="unseen">{ text("fingerprint-compare") }</caption>
            <thead><tr>
                <th scope="col">{ text("fingerprint-what") }</th>
                <th scope="col">{ text("fingerprint-one") }</th>
                <th scope="col">{ text("fingerprint-other") }</th>
            </tr></thead>
            <tbody>
                { for rows.iter().filter(|(_, _, a, b)| !a.is_empty() || !b.is_empty()).map(|(id, name, a, b)| {
                    let differs = keys.differs.iter().any(|d| d == id);
                    html! {
                        <tr>
                            <th scope="row">
                                { text(name) }
                                if differs { { " " }<strong class="bad">{ text("fingerprint-differs") }</strong> }
                            </th>
                            <td>{ a }</td><td>{ b }</td>
                        </tr>
                    }
                }) }
            </tbody>
        </table>
    }
}
