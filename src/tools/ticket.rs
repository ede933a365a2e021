//! A support request, filled in from the page's report and changed by hand.

use super::ui::{self, ToolProps};
use crate::ticket::{ERROR, FIELDS, Source, TIME, Ticket};
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
const EXAMPLE: &str = r#"{"subject":0,"settled":true,"responder":{"title":"OpenAI's API"},"causes":[{"id":"model-access-project","title":"The project may not use this model","support":"Give the project's id, the model's name and the request id."}],"reproduce":"curl -sS -i https://api.openai.com/v1/chat/completions \\\n  -H \"Authorization: Bearer $OPENAI_API_KEY\" \\\n  -H 'Content-Type: application/json' \\\n  -d '{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}'","exchanges":[{"request":{"method":"POST","url":"https://api.openai.com/v1/chat/completions","headers":[["Content-Type","application/json"],["Authorization","Bearer {{redacted:openai-project-key:164-3f9c0e5a7b12}}"]],"body":"{\"model\":\"gpt-4o\"}"},"response":{"status":403,"headers":[["date","Thu, 13 Nov 2025 09:15:02 GMT"],["x-request-id","req_0f5f3c5b8a1e4d7c9b2a6e4d1c3b5a79"],["cf-ray","98dfe1a2bc3d4e5f-FRA"]],"body":"{\"error\":{\"message\":\"Project `proj_a` does not have access to model `gpt-4o`\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"model_not_found\"}}"}}]}"#;

/// The ticket of a report; an empty one where there is no report.
fn from_report(report: JsValue) -> Ticket {
    serde_wasm_bindgen::from_value(report).map(|source: Source| Ticket::from_report(&source)).unwrap_or_default()
}

/// The report that the page holds.
fn report() -> Option<JsValue> {
    let why403 = Reflect::get(&js_sys::global(), &JsValue::from_str("why403")).ok()?;
    Reflect::get(&why403, &JsValue::from_str("report")).ok().filter(JsValue::is_object)
}

/// The tool.
#[component]
pub(super) fn TicketTool(_: &ToolProps) -> Html {
    // Who comes back may bring another diagnosis.
    let again = use_force_update();
    ui::use_window_event("hashchange", move || again.force_update());
    let offered = report();
    let taken = use_state(|| None::<JsValue>);
    let ticket = use_state(Ticket::default);
    let ticked = use_state(|| [false; TRIED.len()]);
    let more = use_state(String::new);
    let typed = use_state(|| false);
    let newer = offered.is_some() && *taken != offered;
    let take = {
        let (ticket, taken, typed, offered) = (ticket.clone(), taken.clone(), typed.clone(), offered.clone());
        let (ticked, more) = (ticked.clone(), more.clone());
        move || {
            ticked.set([false; TRIED.len()]);
            more.set(String::new());
            ticket.set(offered.clone().map(from_report).unwrap_or_default());
            taken.set(offered.clone());
            typed.set(false);
        }
    };
    {
        let take = take.clone();
        use_effect_with(newer && !*typed, move |wanted| {
            if *wanted {
                take();
            }
        });
    }
    let plain = use_state(|| false);
    // Each field changes a copy of the ticket.
    let change = |apply: fn(&mut Ticket, usize, String), which: usize| {
        let (ticket, typed) = (ticket.clone(), typed.clone());
        ui::on_text(move |text| {
            let mut changed = (*ticket).clone();
            apply(&mut changed, which, text);
            ticket.set(changed);
            typed.set(true);
        })
    };
    let set_field: fn(&mut Ticket, usize, String) = |t, n, text| {
        if let Some(field) = t.fields.get_mut(n) {
            *field = text;
        }
    };
    let area = |id: &'static str,
                name: &'static str,
                value: &str,
                apply: fn(&mut Ticket, usize, String),
                which: usize| {
        html! {
            <div class="field">
                <label for={id}>{ text(name) }</label>
                <textarea {id} class={(which == ERROR).then_some("low")} data-test={id} spellcheck="false" autocomplete="off"
                    value={value.to_owned()} oninput={change(apply, which)} />
            </div>
        }
    };
    let example = {
        let (ticket, taken, typed) = (ticket.clone(), taken.clone(), typed.clone());
        Callback::from(move |_: MouseEvent| {
            // The diagnosis is offered again beside it.
            taken.set(None);
            typed.set(true);
            ticket.set(js_sys::JSON::parse(EXAMPLE).map(from_report).unwrap_or_default());
        })
    };
    let now = {
        let (ticket, typed) = (ticket.clone(), typed.clone());
        Callback::from(move |_: MouseEvent| {
            typed.set(true);
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
    let field = |(n, name): (usize, &&'static str)| {
        let value = ticket.fields.get(n).map_or("", String::as_str);
        if n == ERROR {
            return area(name, name, value, set_field, n);
        }
        html! {
            <div class="field">
                <label for={*name}>{ text(name) }</label>
                <div class="beside">
                    <input id={*name} type="text" spellcheck="false" autocomplete="off" data-test={*name}
                        value={value.to_owned()} oninput={change(set_field, n)} />
                    if n == TIME {
                        <button type="button" class="button" onclick={now.clone()} data-test="now">{ text("ticket-now") }</button>
                    }
                </div>
            </div>
        }
    };
    let on_more = {
        let (more, typed) = (more.clone(), typed.clone());
        ui::on_text(move |text| {
            more.set(text);
            typed.set(true);
        })
    };
    let (advice, lang) = ui::spoken(&["cause-", &ticket.cause, "-support"], &ticket.advice);
    html! {
        <div class="result">
            <div class="notice" role="status" data-test="taken">
                <p>{ text(match (&*taken, newer) {
                    (_, true) => "ticket-newer",
                    (Some(_), _) => "ticket-taken",
                    _ => "ticket-empty",
                }) }</p>
                if newer {
                    <p><button type="button" class="button" onclick={move |_: MouseEvent| take()} data-test="take">{ text("ticket-take") }</button></p>
                }
            </div>
            <section class="card">
                <h2>{ text("ticket-fields") }</h2>
                <div class="choices">{ ui::example(example) }</div>
                <div class="two">{ for NAMES.iter().enumerate().map(field) }</div>
                <div class="two">
                    { area("request", "ticket-request", &ticket.request, |t, _, text| t.request = text, 0) }
                    { area("response", "ticket-response", &ticket.response, |t, _, text| t.response = text, 0) }
                    { area("reproduce", "ticket-reproduce", &ticket.reproduce, |t, _, text| t.reproduce = text, 0) }
                    { area("notes", "ticket-notes", &ticket.notes, |t, _, text| t.notes = text, 0) }
                </div>
                if !ticket.advice.is_empty() {
                    <p class="prose" data-test="advice"><strong>{ text("ticket-advice") }{ ": " }</strong><span {lang}>{ advice }</span></p>
                }
            </section>
            <section class="card">
                <h2>{ text("ticket-tried") }</h2>
                <ul>
                    { for TRIED.iter().enumerate().map(|(n, (name, _))| {
                        let on = ticked.get(n).copied().unwrap_or_default();
                        let (ticked, typed) = (ticked.clone(), typed.clone());
                        let onchange = Callback::from(move |_: Event| {
                            typed.set(true);
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
