//! A support request, filled in from the page's report and changed by hand.

use super::ui::{self, ToolProps};
use crate::ticket::{FIELDS, Source, TIME, Ticket};
use crate::words::text;
use js_sys::Reflect;
use wasm_bindgen::JsValue;
use yew::prelude::*;

/// The words for [`FIELDS`].
static NAMES: [&str; FIELDS.len()] = [
    "ticket-endpoint",
    "ticket-model",
    "ticket-status",
    "ticket-error",
    "ticket-request-id",
    "ticket-ray-id",
    "ticket-time",
    "ticket-responder",
    "ticket-cause",
];

/// What people try, in the visitor's language and in the ticket's.
static TRIED: [(&str, &str); 5] = [
    ("ticket-tried1", "Another key: the same."),
    ("ticket-tried2", "Another network: the same."),
    ("ticket-tried3", "Another model: the same."),
    ("ticket-tried4", "The same call with curl: the same."),
    ("ticket-tried5", "Again an hour later: the same."),
];

/// What the engine makes of the example on the first page, as far as a ticket needs it.
const EXAMPLE: &str = r#"{"subject":0,"responder":{"title":"OpenAI's API"},"causes":[{"title":"The project may not use this model","support":"Please tell us whether this project can be given access to the model."}],"exchanges":[{"request":{"method":"POST","url":"https://api.openai.com/v1/chat/completions","headers":[["Content-Type","application/json"],["Authorization","Bearer {{redacted:openai-project-key:164-3f9c0e5a7b12}}"]],"body":"{\"model\":\"gpt-4o\"}"},"response":{"status":403,"headers":[["date","Thu, 13 Nov 2025 09:15:02 GMT"],["x-request-id","req_0f5f3c5b8a1e4d7c9b2a6e4d1c3b5a79"],["cf-ray","98dfe1a2bc3d4e5f-FRA"]],"body":"{\"error\":{\"message\":\"Project `proj_a` does not have access to model `gpt-4o`\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"model_not_found\"}}"}}]}"#;

/// The ticket of a report; none where there is no report.
fn from_report(report: JsValue) -> Option<Ticket> {
    let source: Source = serde_wasm_bindgen::from_value(report).ok()?;
    Some(Ticket::from_report(&source))
}

/// The report that the page holds.
fn report() -> Option<Ticket> {
    let why403 = Reflect::get(&js_sys::global(), &JsValue::from_str("why403")).ok()?;
    let report = Reflect::get(&why403, &JsValue::from_str("report")).ok().filter(JsValue::is_object)?;
    from_report(report)
}

/// The tool.
#[component]
pub(super) fn TicketTool(_: &ToolProps) -> Html {
    let taken = use_memo((), |()| report());
    let ticket = use_state(|| (*taken).clone().unwrap_or_default());
    let ticked = use_state(|| [false; TRIED.len()]);
    let more = use_state(String::new);
    let plain = use_state(|| false);
    // Each field changes a copy of the ticket.
    let change = |apply: fn(&mut Ticket, usize, String), which: usize| {
        let ticket = ticket.clone();
        ui::on_text(move |text| {
            let mut changed = (*ticket).clone();
            apply(&mut changed, which, text);
            ticket.set(changed);
        })
    };
    let set_field =
        |t: &mut Ticket, n: usize, text: String| t.fields.get_mut(n).into_iter().for_each(|f| f.clone_from(&text));
    let area = |id: &'static str, name: &'static str, value: &str, apply: fn(&mut Ticket, usize, String)| {
        html! {
            <div class="field">
                <label for={id}>{ text(name) }</label>
                <textarea {id} data-test={id} spellcheck="false" autocomplete="off" value={value.to_owned()} oninput={change(apply, 0)} />
            </div>
        }
    };
    let example = {
        let ticket = ticket.clone();
        Callback::from(move |_: MouseEvent| {
            ticket.set(js_sys::JSON::parse(EXAMPLE).ok().and_then(from_report).unwrap_or_default());
        })
    };
    let now = {
        let ticket = ticket.clone();
        Callback::from(move |_: MouseEvent| {
            let mut changed = (*ticket).clone();
            if let Some(time) = changed.fields.get_mut(TIME) {
                *time = js_sys::Date::new_0().to_iso_string().into();
            }
            ticket.set(changed);
        })
    };
    let mut whole = (*ticket).clone();
    whole.tried =
        TRIED.iter().zip(ticked.iter()).filter(|(_, on)| **on).map(|((_, english), _)| (*english).to_owned()).collect();
    whole.tried.extend(more.lines().filter(|l| !l.trim().is_empty()).map(str::to_owned));
    let written = if *plain { whole.plain() } else { whole.markdown() };
    let form = |wanted: bool, name: &'static str| {
        let chosen = *plain == wanted;
        let plain = plain.clone();
        let onclick = Callback::from(move |_: MouseEvent| plain.set(wanted));
        html! {
            <button type="button" class="answer" aria-pressed={chosen.to_string()} {onclick} data-test={name}>{ text(name) }</button>
        }
    };
    let on_more = {
        let more = more.clone();
        ui::on_text(move |text| more.set(text))
    };
    html! {
        <div class="result">
            <p class="notice" role="status" data-test="taken">
                { text(if taken.is_some() { "ticket-taken" } else { "ticket-empty" }) }
            </p>
            <section class="card">
                <h2>{ text("ticket-fields") }</h2>
                <div class="choices">
                    <button type="button" class="button" onclick={example} data-test="tool-example">{ text("tools-example") }</button>
                </div>
                <div class="two">
                    { for NAMES.iter().enumerate().map(|(n, name)| html! {
                        <div class="field">
                            <label for={*name}>{ text(name) }</label>
                            <input id={*name} type="text" spellcheck="false" autocomplete="off" data-test={*name}
                                value={ticket.fields.get(n).cloned().unwrap_or_default()} oninput={change(set_field, n)} />
                            if n == TIME {
                                <p><button type="button" class="button" onclick={now.clone()} data-test="now">{ text("ticket-now") }</button></p>
                            }
                        </div>
                    }) }
                </div>
                <div class="two">
                    { area("request", "ticket-request", &ticket.request, |t, _, text| t.request = text) }
                    { area("response", "ticket-response", &ticket.response, |t, _, text| t.response = text) }
                    { area("reproduce", "ticket-reproduce", &ticket.reproduce, |t, _, text| t.reproduce = text) }
                    { area("notes", "ticket-notes", &ticket.notes, |t, _, text| t.notes = text) }
                </div>
            </section>
            <section class="card">
                <h2>{ text("ticket-tried") }</h2>
                <ul>
                    { for TRIED.iter().enumerate().map(|(n, (name, _))| {
                        let on = ticked.get(n).copied().unwrap_or_default();
                        let ticked = ticked.clone();
                        let onchange = Callback::from(move |_: Event| {
                            let mut now = *ticked;
                            now.get_mut(n).into_iter().for_each(|t| *t = !*t);
                            ticked.set(now);
                        });
                        html! {
                            <li><label class="tick">
                                <input type="checkbox" checked={on} {onchange} data-test="tried" /><span>{ text(name) }</span>
                            </label></li>
                        }
                    }) }
                </ul>
                <div class="field">
                    <label for="more">{ text("ticket-tried-more") }</label>
                    <textarea id="more" class="low" data-test="more" value={(*more).clone()} oninput={on_more} />
                </div>
            </section>
            <section class="card">
                <h2>{ text("ticket-text") }</h2>
                <div class="choices" role="group" aria-label={text("ticket-form")}>
                    { form(false, "ticket-markdown") }
                    { form(true, "ticket-plain") }
                    <ui::Copy text={written.clone()} />
                </div>
                <pre class="text" tabindex="0" data-test="tool-result" aria-label={text("ticket-text")} role="region">{ written }</pre>
                <p class="small">{ text("ticket-english") }</p>
            </section>
        </div>
    }
}
