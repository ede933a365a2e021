//! Outgoing addresses against an allowlist, and the place in a ray id.

use super::ui::{self, ToolProps, words};
use crate::network::{self, Address, Comparison, Entry};
use crate::page::spoken;
use crate::signals::place::{LISTED, Place};
use crate::words::{count, text, with};
use yew::prelude::*;

const ADDRESSES: &str = "52.30.17.4\n18.196.5.9\n10.0.0.5";
const RANGES: &str = "# data centre\n52.30.16.0/20\n52.30.17.0/24, 18.196.4.0/24\n# office\n18.196.300.1";
const RAY: &str = "cf-ray: 98dfe1a2bc3d4e5f-HKG";

/// Most entries that are named as allowing an address.
const MOST_NAMED: usize = 3;

/// The tool.
#[component]
pub(super) fn Allowlist(_: &ToolProps) -> Html {
    let addresses = use_state(String::new);
    let ranges = use_state(String::new);
    let ray = use_state(String::new);
    let set = |state: &UseStateHandle<String>| {
        let state = state.clone();
        ui::on_text(move |text| state.set(text))
    };
    let example = {
        let (addresses, ranges, ray) = (addresses.clone(), ranges.clone(), ray.clone());
        Callback::from(move |_: MouseEvent| {
            addresses.set(ADDRESSES.to_owned());
            ranges.set(RANGES.to_owned());
            ray.set(RAY.to_owned());
        })
    };
    let compared =
        use_memo(((*addresses).clone(), (*ranges).clone()), |(addresses, ranges)| network::compare(addresses, ranges));
    html! {
        <div class="result">
            <section class="card" aria-label={text("allowlist-name")}>
                <div class="two">
                    <div class="field">
                        <label for="addresses">{ text("allowlist-addresses") }</label>
                        <textarea id="addresses" spellcheck="false" autocomplete="off" data-test="addresses"
                            aria-describedby="addresses-hint" value={(*addresses).clone()} oninput={set(&addresses)} />
                        <p id="addresses-hint" class="small">{ words("allowlist-addresses-hint") }</p>
                    </div>
                    <div class="field">
                        <label for="ranges">{ text("allowlist-ranges") }</label>
                        <textarea id="ranges" spellcheck="false" autocomplete="off" data-test="ranges"
                            aria-describedby="ranges-hint" value={(*ranges).clone()} oninput={set(&ranges)} />
                        <p id="ranges-hint" class="small">{ words("allowlist-ranges-hint") }</p>
                    </div>
                </div>
                <p>{ ui::example(example) }</p>
            </section>
            { result(&compared) }
            { entries(&compared) }
            <section class="card">
                <h2>{ text("allowlist-ray") }</h2>
                <div class="field">
                    <label for="ray">{ text("allowlist-ray-label") }</label>
                    <input id="ray" type="text" spellcheck="false" autocomplete="off" data-test="ray"
                        aria-describedby="ray-hint" value={(*ray).clone()} oninput={set(&ray)} />
                    <p id="ray-hint" class="small">{ words("allowlist-ray-hint") }</p>
                </div>
                <div role="status" data-test="place">{ place(&ray) }</div>
            </section>
        </div>
    }
}

fn result(compared: &Comparison) -> Html {
    let filled = !compared.addresses.is_empty() && !compared.entries.is_empty();
    let number = |counts: fn(&Address) -> bool| compared.addresses.iter().filter(|a| counts(a)).count();
    let (strays, hidden) = (number(|a| a.ip.is_none()), number(|a| a.ip.is_some() && !a.seen()));
    let (all, missing) = (number(Address::seen), number(|a| a.seen() && a.allowed_by.is_empty()));
    // Only what a provider can see is allowed or not.
    let says = match (all, missing) {
        _ if !filled => html! { <p>{ text("allowlist-empty") }</p> },
        (0, _) => Html::default(),
        (_, 0) => {
            html! { <p class="ok">{ text(if strays + hidden == 0 { "allowlist-all" } else { "allowlist-others" }) }</p> }
        }
        _ => {
            html! { <p class="bad">{ with("allowlist-some", &[("missing", &missing.to_string()), ("all", &all.to_string())]) }</p> }
        }
    };
    let wrong =
        [(strays, "allowlist-strays"), (hidden, "allowlist-hidden")].into_iter().filter(|(n, _)| filled && *n > 0);
    let wrong = wrong.map(|(n, id)| html! { <p class="bad">{ count(id, n) }</p> });
    html! {
        <section class="card">
            <h2>{ text("allowlist-result") }</h2>
            <div role="status" data-test="tool-result">{ for wrong }{ says }</div>
            if filled {
                <table role="table" class="rows">
                    <caption class="unseen">{ text("allowlist-result") }</caption>
                    <thead role="rowgroup"><tr role="row">
                        <th role="columnheader" scope="col">{ text("allowlist-address") }</th>
                        <th role="columnheader" scope="col">{ text("allowlist-verdict") }</th>
                    </tr></thead>
                    <tbody role="rowgroup">{ for compared.addresses.iter().map(|a| address(a, &compared.entries)) }</tbody>
                </table>
            }
            <p class="small prose">{ words("allowlist-openai") }</p>
        </section>
    }
}

fn address(address: &Address, entries: &[Entry]) -> Html {
    let by = address.allowed_by.iter().filter_map(|n| entries.get(*n)).map(|e| e.text.as_str());
    // One is enough to be let in; a few show what else does.
    let more = (address.allowed_by.len() > MOST_NAMED).then_some("…");
    let by: Vec<&str> = by.take(MOST_NAMED).chain(more).collect();
    html! {
        <tr role="row" data-test="address">
            <th role="rowheader" scope="row"><code>{ &address.text }</code></th>
            <td role="cell">
                if !address.seen() {
                    // What is wrong with it says all.
                } else if by.is_empty() {
                    <span class="bad">{ text("allowlist-refused") }</span>
                } else {
                    <span class="ok">{ with("allowlist-allowed", &[("entry", &by.join(", "))]) }</span>
                }
                if let Some(problem) = &address.problem { { ui::said(spoken::sentence(&named(problem, &address.text)), "bad") } }
            </td>
        </tr>
    }
}

/// A sentence that begins with an entry, with that as code.
fn named(sentence: &str, entry: &str) -> String {
    match sentence.strip_prefix(entry) {
        Some(rest) => ["`", entry, "`", rest].concat(),
        None => sentence.to_owned(),
    }
}

fn entries(compared: &Comparison) -> Html {
    if compared.entries.is_empty() {
        return html! {};
    }
    let said = |entry: &Entry, sentence: &String, wrong: bool| {
        html! {
            <li data-test="entry">
                { ui::said(spoken::sentence(&named(sentence, &entry.text)), if wrong { "bad" } else { "" }) }
                { " " }<span class="label">{ with("allowlist-line", &[("line", &entry.at.line.to_string())]) }</span>
            </li>
        }
    };
    // What cannot be read comes first.
    let problems = compared.entries.iter().filter_map(|e| e.problem.as_ref().map(|problem| said(e, problem, true)));
    let notes = compared.entries.iter().flat_map(|e| e.notes.iter().map(move |note| said(e, note, false)));
    let lines: Vec<Html> = problems.chain(notes).take(200).collect();
    html! {
        <section class="card">
            <h2>{ text("allowlist-entries") }</h2>
            { for compared.remarks().into_iter().map(|remark| html! { { ui::said(spoken::sentence(&remark), "bad") } }) }
            if lines.is_empty() { <p>{ text("allowlist-fine") }</p> } else { <ul class="lines">{ for lines }</ul> }
        </section>
    }
}

/// The code at the end of a ray id, wherever that stands in the text, or alone.
fn code(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['"', '\'']);
    let code = text.rsplit_once('-').map_or(text, |(_, code)| code);
    (code.len() == 3 && code.bytes().all(|b| b.is_ascii_alphabetic())).then(|| code.to_ascii_uppercase())
}

fn place(ray: &str) -> Html {
    if ray.trim().is_empty() {
        return html! {};
    }
    let Some(code) = code(ray) else { return html! { <p>{ text("allowlist-ray-none") }</p> } };
    let place = Place::of(&code);
    let listed = match place.listed {
        None => return html! { <p>{ with("allowlist-place-unknown", &[("code", &code)]) }</p> },
        Some(true) => "allowlist-listed",
        Some(false) => "allowlist-unlisted",
    };
    html! {
        <>
            <p>{ with("allowlist-place", &[("code", &code), ("place", &spoken::sentence(&place.name()).text)]) }</p>
            <p class={if place.listed == Some(true) { "ok" } else { "bad" }}>{ with(listed, &[("date", LISTED)]) }</p>
            <p class="small">{ text("allowlist-near") }</p>
        </>
    }
}
