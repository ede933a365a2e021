//! Pieces that several tools use.

use super::engine::Asked;
use crate::page::hooks::{Copied, use_clipboard};
use crate::page::state::Failure;
use crate::page::words::{host, with_code};
use crate::words::{text, translated, translation};
use js_sys::{Array, Reflect};
use std::collections::BTreeMap;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, Event, HtmlElement, InputEvent, Url};
use yew::prelude::*;

/// What every tool is given: a number that changes with the language, so that it is drawn again.
#[derive(Properties, PartialEq)]
pub(super) struct ToolProps {
    pub(super) language: u32,
}

/// What stands between backticks as code.
pub(super) fn rich(sentence: &str) -> Html {
    let part = |(text, code): (&str, bool)| match code {
        true => html! { <code>{ text }</code> },
        false => html! { { text } },
    };
    with_code(sentence).into_iter().map(part).collect()
}

/// A sentence of a report as a paragraph, in the page's language or marked as English.
pub(super) fn said(said: crate::page::spoken::Spoken<'_>, class: &'static str) -> Html {
    html! { <p class={class} lang={said.lang}>{ rich(&said.text) }</p> }
}

/// The message of this id, with code.
pub(super) fn words(id: &'static str) -> Html {
    rich(text(id))
}

/// What the data files say, in the page's language where its words are here; with the value of `lang` where they are not.
pub(super) fn spoken(id: &[&str], english: &str) -> (String, Option<&'static str>) {
    let said = translation(id, &BTreeMap::new());
    said.map_or_else(|| (english.to_owned(), translated().then_some("en")), |said| (said, None))
}

/// A link to another site, which opens beside this page.
pub(super) fn outside(address: &str) -> Html {
    match host(address) {
        Some(host) => html! {
            <a href={address.to_owned()} target="_blank" rel="noreferrer noopener">
                { host }<span class="unseen">{ " " }{ text("tools-new-tab") }</span>
            </a>
        },
        None => html! { { address } },
    }
}

/// A box for a text that may hold secrets: it keeps its text to itself. `class` is `low` where a line or two will do, `hint`
/// the id of what explains it.
pub(super) fn area(
    id: &'static str,
    label: &'static str,
    node: &NodeRef,
    class: &'static str,
    hint: &'static str,
) -> Html {
    html! {
        <div class="field">
            <label for={id}>{ text(label) }</label>
            <textarea {id} ref={node.clone()} {class} spellcheck="false" autocomplete="off" data-test={id}
                aria-describedby={(!hint.is_empty()).then_some(hint)} />
        </div>
    }
}

/// The button that fills in an example.
pub(super) fn example(onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="button" {onclick} data-test="tool-example">{ text("tools-example") }</button> }
}

/// The buttons of a form: the one that sends it, with these words, and the one that fills in an example.
pub(super) fn buttons(go: Html, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <div class="choices">
            <button class="button main" data-test="go">{ go }</button>
            { example(onclick) }
        </div>
    }
}

/// What became of a question to the engine, said where it is heard: `working` while it lasts, and the answer as `told` says it.
pub(super) fn outcome<T>(asked: &Asked<T>, working: &'static str, told: impl FnOnce(&T) -> Html) -> Html {
    let says = match asked {
        Asked::Not => Html::default(),
        Asked::Working => html! { <p>{ text(working) }</p> },
        Asked::Failed(failure) => html! { <p class="notice failure" data-test="failed">{ text(failed(*failure)) }</p> },
        Asked::Told(answer) => told(answer),
    };
    html! { <div role="status">{ says }</div> }
}

fn failed(failure: Failure) -> &'static str {
    match failure {
        Failure::Load => "tools-failed-load",
        Failure::Crashed => "tools-failed-crashed",
        Failure::Slow => "tools-failed-slow",
        Failure::NotText => "tools-failed-not-text",
        Failure::Unreadable => "tools-failed-unreadable",
        Failure::TooLarge => "tools-failed-too-large",
    }
}

/// A table; a hidden caption names it.
pub(super) fn table(caption: &str, heads: &[&'static str], rows: &[Vec<String>]) -> Html {
    html! {
        <table>
            <caption class="unseen">{ caption }</caption>
            <thead><tr>{ for heads.iter().map(|id| html! { <th scope="col">{ text(id) }</th> }) }</tr></thead>
            <tbody>{ for rows.iter().map(|row| html! { <tr>{ for row.iter().map(|cell| html! { <td>{ cell }</td> }) }</tr> }) }</tbody>
        </table>
    }
}

/// What a picture says, as a table behind a heading that unfolds it.
pub(super) fn as_table(caption: &str, heads: &[&'static str], rows: &[Vec<String>]) -> Html {
    html! {
        <details>
            <summary>{ text("tools-table") }<span class="unseen">{ ": " }{ caption }</span></summary>
            { table(caption, heads, rows) }
        </details>
    }
}

/// Calls `hears` at an event of the window as long as the component lives.
#[hook]
pub(super) fn use_window_event(name: &'static str, hears: impl Fn() + 'static) {
    use_effect_with((), move |()| {
        let closure = Closure::<dyn FnMut()>::new(hears);
        let window: Option<web_sys::EventTarget> = web_sys::window().map(Into::into);
        if let Some(window) = &window {
            let _ = window.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        }
        move || {
            if let Some(window) = &window {
                let _ = window.remove_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
            }
        }
    });
}

#[derive(Properties, PartialEq)]
pub(super) struct CopyProps {
    /// What is copied.
    pub(super) text: AttrValue,
    /// What it is, for those who only hear the button.
    #[prop_or_default]
    pub(super) what: AttrValue,
}

/// A button that copies a text.
#[component]
pub(super) fn Copy(props: &CopyProps) -> Html {
    let (copied, copy) = use_clipboard();
    let copies = props.text.clone();
    let onclick = Callback::from(move |_: MouseEvent| copy.emit(copies.to_string()));
    let says = match copied {
        Copied::No => "tools-copy",
        Copied::Yes => "tools-copied",
        Copied::Refused => "tools-refused",
    };
    html! {
        <button type="button" class="button copy" {onclick} data-test="copy">
            <span aria-live="polite">{ text(says) }</span>
            if !props.what.is_empty() { <span class="unseen">{ ": " }{ props.what.clone() }</span> }
        </button>
    }
}

/// A text to copy, with its button.
pub(super) fn command(code: &str, what: &str) -> Html {
    html! {
        <div class="command">
            <pre>{ code }</pre>
            <Copy text={code.to_owned()} what={what.to_owned()} />
        </div>
    }
}

/// The value of the field that an event came from. For fields that hold no secrets.
pub(super) fn value(event: &Event) -> String {
    let target = event.target().map(JsValue::from).unwrap_or_default();
    Reflect::get(&target, &JsValue::from_str("value")).ok().and_then(|v| v.as_string()).unwrap_or_default()
}

/// What a field holds, as a JavaScript value: it may be a secret, which must not enter this program's memory.
pub(super) fn held(node: &NodeRef) -> JsValue {
    let field = node.get().map(JsValue::from).unwrap_or_default();
    Reflect::get(&field, &JsValue::from_str("value")).unwrap_or_default()
}

/// Puts a text into a field that keeps its own.
pub(super) fn put(node: &NodeRef, text: &str) {
    let field = node.get().map(JsValue::from).unwrap_or_default();
    let _ = Reflect::set(&field, &JsValue::from_str("value"), &JsValue::from_str(text));
}

/// Gives a field's text to `set` at each change.
pub(super) fn on_text(set: impl Fn(String) + 'static) -> Callback<InputEvent> {
    Callback::from(move |event: InputEvent| set(value(&event)))
}

/// Offers a text as a file to keep.
pub(super) fn download(name: &str, kind: &str, content: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&JsValue::from_str(content));
    let document = web_sys::window().and_then(|w| w.document());
    let (Some(document), Ok(blob)) = (document, Blob::new_with_str_sequence_and_options(&parts, &options)) else {
        return;
    };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return };
    if let Some(link) = document.create_element("a").ok().and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        let _ = link.set_attribute("href", &address);
        let _ = link.set_attribute("download", name);
        link.click();
    }
    let _ = Url::revoke_object_url(&address);
}

/// Moves the keyboard's focus.
pub(super) fn focus(selector: &str) {
    let found = web_sys::window().and_then(|w| w.document()).and_then(|d| d.query_selector(selector).ok().flatten());
    if let Some(element) = found.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// The width of a picture in its own units: about as many as it has pixels, so that its letters are as large as others.
pub(super) fn picture_width() -> f64 {
    let window = web_sys::window().and_then(|w| w.inner_width().ok()).and_then(|w| w.as_f64());
    // What the page and a card have around them.
    (window.unwrap_or(720.0) - 100.0).clamp(320.0, 1040.0)
}

/// A number as JavaScript writes it: the browser has the code for that already.
pub(super) fn number(value: f64) -> String {
    js_sys::Number::from(value).to_string_with_radix(10).map(String::from).unwrap_or_default()
}

/// The view box of a picture of this height.
pub(super) fn view_box(height: f64) -> String {
    ["0 0 ", &number(picture_width()), " ", &number(height)].concat()
}

/// A rectangle of a picture.
pub(super) fn rect(class: &'static str, x: f64, y: f64, width: f64, height: f64) -> Html {
    html! { <rect {class} x={number(x)} y={number(y)} width={number(width)} height={number(height)} /> }
}

/// A line of a picture.
pub(super) fn stroke(class: &'static str, from: (f64, f64), to: (f64, f64)) -> Html {
    html! { <line {class} x1={number(from.0)} y1={number(from.1)} x2={number(to.0)} y2={number(to.1)} /> }
}

/// Words in a picture: they start at the place, end there, or stand around it (`start`, `end`, `middle`).
pub(super) fn label(anchor: &'static str, x: f64, y: f64, words: String) -> Html {
    html! { <text text-anchor={anchor} x={number(x)} y={number(y)}>{ words }</text> }
}
