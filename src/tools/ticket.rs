//! A support request, filled in from the page's report and changed by hand. What is typed may be a secret: the boxes keep it to
//! themselves, and the ticket is made of what the engine gives back for it.

use super::engine::{Asked, use_engine};
use super::ui::{self, ToolProps};
use crate::ticket::{ERROR, FIELDS, Source, TIME, Ticket};
use crate::words::text;
use js_sys::{Array, Reflect};
use std::array;
use wasm_bindgen::{JsCast, JsValue};
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

/// The boxes: those of the fields, then request, response, command, notes, and what else was tried.
const BOXES: usize = FIELDS.len() + 5;

/// The longer boxes and their words, in their order.
static LONGER: [(&str, &str); 4] = [
    ("request", "ticket-request"),
    ("response", "ticket-response"),
    ("reproduce", "ticket-reproduce"),
    ("notes", "ticket-notes"),
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

/// What the boxes show of a ticket.
fn texts(ticket: &Ticket) -> [String; BOXES] {
    let longer = [&ticket.request, &ticket.response, &ticket.reproduce, &ticket.notes];
    let mut all = ticket.fields.iter().chain(longer).cloned();
    array::from_fn(|_| all.next().unwrap_or_default())
}

/// The ticket that the boxes' texts make.
fn ticket(texts: &[String; BOXES], ticked: &[bool]) -> Ticket {
    let mut texts = texts.iter().cloned();
    let mut next = || texts.next().unwrap_or_default();
    let fields = array::from_fn(|_| next());
    let (request, response, reproduce, notes, more) = (next(), next(), next(), next(), next());
    let known = TRIED.iter().zip(ticked).filter(|(_, on)| **on).map(|((_, english), _)| *english);
    let tried = known.chain(more.lines().filter(|l| !l.trim().is_empty())).map(str::to_owned).collect();
    Ticket { fields, request, response, reproduce, notes, tried, ..Ticket::default() }
}

/// The texts as the engine gives them back, without secrets.
fn redacted(answer: JsValue) -> Option<[String; BOXES]> {
    let texts: Array = Reflect::get(&answer, &JsValue::from_str("texts")).ok()?.dyn_into().ok()?;
    let mut texts = texts.iter().map(|text| text.as_string());
    let all: [Option<String>; BOXES] = array::from_fn(|_| texts.next().flatten());
    all.iter().all(Option::is_some).then(|| all.map(Option::unwrap_or_default))
}

/// True where this box is being typed in.
fn typed_in(node: &NodeRef) -> bool {
    let active = web_sys::window().and_then(|w| w.document()).and_then(|d| d.active_element());
    node.get().is_some_and(|own| active.is_some_and(|active| own.is_same_node(Some(&active))))
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
    // Of the ticket that was taken over: its advice.
    let base = use_state(Ticket::default);
    let boxes = use_state(|| array::from_fn::<NodeRef, BOXES, _>(|_| NodeRef::default()));
    let told = use_state(|| array::from_fn::<String, BOXES, _>(|_| String::new()));
    let ticked = use_state(|| [false; TRIED.len()]);
    let typed = use_state(|| false);
    let newer = offered.is_some() && *taken != offered;
    let (asked, ask) = use_engine(redacted);
    // All boxes at once: the engine does one thing at a time.
    let go = {
        let boxes = boxes.clone();
        move || ask.emit(("redact", vec![("text", boxes.iter().map(ui::held).collect::<Array>().into())]))
    };
    {
        let (boxes, told) = (boxes.clone(), told.clone());
        use_effect_with(asked.clone(), move |asked| {
            let Asked::Told(texts) = asked else { return };
            for (node, text) in boxes.iter().zip(texts.iter()) {
                // Half of a key may be typed yet: what stands in for it comes once its box is left.
                if !typed_in(node) && ui::held(node) != JsValue::from_str(text) {
                    ui::put(node, text);
                }
            }
            told.set((**texts).clone());
        });
    }
    // Shows texts that hold no secret. What the engine still has to say is about other texts.
    let show = {
        let (boxes, told, go) = (boxes.clone(), told.clone(), go.clone());
        let working = matches!(asked, Asked::Working);
        move |texts: [String; BOXES]| {
            boxes.iter().zip(&texts).for_each(|(node, text)| ui::put(node, text));
            told.set(texts);
            if working {
                go();
            }
        }
    };
    let take = {
        let (base, taken, typed, offered) = (base.clone(), taken.clone(), typed.clone(), offered.clone());
        let (ticked, show) = (ticked.clone(), show.clone());
        move || {
            let ticket = offered.clone().map(from_report).unwrap_or_default();
            ticked.set([false; TRIED.len()]);
            show(texts(&ticket));
            base.set(ticket);
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
    let oninput = {
        let (typed, go) = (typed.clone(), go.clone());
        Callback::from(move |_: InputEvent| {
            typed.set(true);
            go();
        })
    };
    // Once a box is left, what was found in it leaves it.
    let onchange = {
        let go = go.clone();
        Callback::from(move |_: Event| go())
    };
    let node = |n: usize| boxes.get(n).cloned().unwrap_or_default();
    let area = |n: usize, id: &'static str, name: &'static str, class: Option<&'static str>| {
        html! {
            <div class="field">
                <label for={id}>{ text(name) }</label>
                <textarea {id} ref={node(n)} {class} data-test={id} spellcheck="false" autocomplete="off"
                    oninput={oninput.clone()} onchange={onchange.clone()} />
            </div>
        }
    };
    let example = {
        let (base, taken, typed, show) = (base.clone(), taken.clone(), typed.clone(), show.clone());
        Callback::from(move |_: MouseEvent| {
            // The diagnosis is offered again beside it.
            taken.set(None);
            typed.set(true);
            let ticket = js_sys::JSON::parse(EXAMPLE).map(from_report).unwrap_or_default();
            show(texts(&ticket));
            base.set(ticket);
        })
    };
    let now = {
        let (boxes, go, typed) = (boxes.clone(), go.clone(), typed.clone());
        Callback::from(move |_: MouseEvent| {
            typed.set(true);
            let time = String::from(js_sys::Date::new_0().to_iso_string());
            boxes.get(TIME).into_iter().for_each(|node| ui::put(node, &time));
            go();
        })
    };
    let whole = ticket(&told, &*ticked);
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
        if n == ERROR {
            return area(n, name, name, Some("low"));
        }
        html! {
            <div class="field">
                <label for={*name}>{ text(name) }</label>
                <div class="beside">
                    <input id={*name} ref={node(n)} type="text" spellcheck="false" autocomplete="off" data-test={*name}
                        oninput={oninput.clone()} onchange={onchange.clone()} />
                    if n == TIME {
                        <button type="button" class="button" onclick={now.clone()} data-test="now">{ text("ticket-now") }</button>
                    }
                </div>
            </div>
        }
    };
    let (advice, lang) = ui::spoken(&["cause-", &base.cause, "-support"], &base.advice);
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
                    { for LONGER.iter().zip(FIELDS.len()..).map(|((id, name), n)| area(n, id, name, None)) }
                </div>
                if !base.advice.is_empty() {
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
                { area(BOXES - 1, "more", "ticket-tried-more", Some("low")) }
            </section>
            <section class="card">
                <h2>{ text("ticket-text") }</h2>
                <div class="choices" role="group" aria-label={text("ticket-form")}>
                    { form(false, "ticket-markdown") }
                    { form(true, "ticket-plain") }
                    <ui::Copy text={written.clone()} />
                </div>
                if matches!(asked, Asked::Failed(_)) { { ui::outcome(&asked, "", |_| Html::default()) } }
                <pre class="text" tabindex="0" data-test="tool-result" aria-label={text("ticket-text")} role="region">{ written }</pre>
                <p class="small">{ text("ticket-english") }</p>
            </section>
        </div>
    }
}
