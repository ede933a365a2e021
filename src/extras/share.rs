//! The dialog that says what a link holds before it is passed on.

use super::qr;
use crate::page::components::told;
use crate::page::engine_client::object;
use crate::page::hooks::{Copied, use_clipboard};
use crate::page::{read, spoken};
use crate::report::{Fact, Report};
use crate::words::text;
use js_sys::{Function, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlDialogElement;
use yew::prelude::*;

#[derive(Properties, PartialEq, Clone)]
struct Props {
    report: Rc<Report>,
    href: AttrValue,
    with_text: bool,
    dialog: HtmlDialogElement,
    /// Calls the page when the text is to go along, or no longer.
    tick: Function,
    /// Which showing this is: each is drawn, also where only the language is another.
    showing: u32,
}

thread_local! {
    static SHOWN: RefCell<Option<(AppHandle<Dialog>, Props)>> = const { RefCell::new(None) };
}

/// Fills the dialog for this report, as the engine gave it, and opens it. False where the report cannot be read.
pub fn show(dialog: HtmlDialogElement, report: &JsValue, href: String, with_text: bool, tick: Function) -> bool {
    // The dialog itself is the page's, whose listeners are on it.
    let (Some(report), Some(place)) = (read::report(report), dialog.first_element_child()) else { return false };
    super::picture::follow();
    let mut props =
        Props { report: Rc::new(report), href: href.into(), with_text, dialog: dialog.clone(), tick, showing: 0 };
    SHOWN.with_borrow_mut(|shown| {
        let handle = match shown.take() {
            Some((mut handle, before)) if before.dialog == dialog => {
                props.showing = before.showing + 1;
                handle.update(props.clone());
                handle
            }
            before => {
                before.into_iter().for_each(|(handle, _)| handle.destroy());
                yew::Renderer::<Dialog>::with_root_and_props(place, props.clone()).render()
            }
        };
        *shown = Some((handle, props));
    });
    true
}

#[component]
fn Dialog(props: &Props) -> Html {
    let Props { report, href, with_text, dialog, tick, .. } = props;
    let (copied, copy) = use_clipboard();
    {
        let dialog = dialog.clone();
        // Once what stands in it is there.
        use_effect(move || {
            if !dialog.open() {
                let _ = dialog.show_modal();
            }
        });
    }
    let close = {
        let dialog = dialog.clone();
        Callback::from(move |_: MouseEvent| dialog.close())
    };
    let onchange = {
        let tick = tick.clone();
        Callback::from(move |_: Event| _ = tick.call0(&JsValue::UNDEFINED))
    };
    let says = match copied {
        Copied::No => text("share-copy"),
        Copied::Yes => text("share-copied"),
        Copied::Refused => text("share-refused"),
    };
    let copies = href.to_string();
    let none = report.link_with_text.is_none();
    html! {
        <>
            <h2 id="share-title">{ text("share-title") }</h2>
            { holds(report, *with_text) }
            <label class="tick">
                <input type="checkbox" data-test="share-text" autofocus={!none} checked={*with_text} {onchange} disabled={none} />
                <span>{ text("share-text") }
                    if none { <span class="small">{ " " }{ text("share-text-none") }</span> }
                </span>
            </label>
            <p class="address" tabindex="0" role="group" aria-label={text("share-address")}>{ href }</p>
            <p class="choices">
                <button type="button" class="button copy" autofocus={none} onclick={copy.reform(move |_: MouseEvent| copies.clone())}>
                    <span aria-live="polite">{ says }</span>
                </button>
                { native(href) }
                <button type="button" class="button" data-test="share-close" onclick={close}>{ text("close") }</button>
            </p>
            { code(href) }
        </>
    }
}

/// What the link holds, in words: all of it.
fn holds(report: &Report, with_text: bool) -> Html {
    // Facts that follow from others are not in the link.
    let facts = report.facts.iter().filter(|f| !f.signal.starts_with("is="));
    // Where the text goes along, it is read again: then they say what they say here.
    let seen = |f: &Fact| Fact { text: f.shared.clone().filter(|_| !with_text).unwrap_or(f.text.clone()), ..f.clone() };
    let facts: Vec<Fact> = facts.map(seen).collect();
    html! {
        <>
            <p>{ text(if with_text { "share-holds-all" } else { "share-holds" }) }</p>
            <ul class="held" data-test="holds" tabindex="0" aria-label={text("share-title")}>
                if with_text { <li><strong>{ text("share-holds-text") }</strong></li> }
                { for facts.iter().map(|f| html! { <li>{ told(&spoken::reason(&facts, &f.text)) }</li> }) }
                if facts.is_empty() { <li>{ text("share-no-facts") }</li> }
                <li>{ text("share-holds-time") }</li>
            </ul>
            <p class="small">{ text(if with_text { "share-not-text" } else { "share-not" }) }</p>
        </>
    }
}

/// The system's own share sheet, where there is one.
fn native(href: &str) -> Html {
    let navigator: JsValue = web_sys::window().map(|w| w.navigator().into()).unwrap_or(JsValue::UNDEFINED);
    let Ok(share) = Reflect::get(&navigator, &JsValue::from_str("share")).unwrap_or_default().dyn_into::<Function>()
    else {
        return html! {};
    };
    let what = object(&[("url", JsValue::from_str(href)), ("title", JsValue::from_str("why403"))]);
    let onclick = Callback::from(move |_: MouseEvent| {
        // A refusal is the visitor's own: nothing is said about it.
        if let Ok(promise) = share.call1(&navigator, &what).map(|p| p.unchecked_into::<Promise>()) {
            spawn_local(async move {
                let _ = JsFuture::from(promise).await;
            });
        }
    });
    html! { <button type="button" class="button" data-test="share-native" {onclick}>{ text("share-native") }</button> }
}

/// The link as a QR code, drawn in a square whose side its first word says.
fn code(href: &str) -> Html {
    html! {
        <details class="qr" data-test="qr">
            <summary>{ text("qr") }</summary>
            if let Some(drawn) = qr::path(href) {
                { square(&drawn) }
            } else {
                <p>{ text("qr-too-long") }</p>
            }
        </details>
    }
}

fn square(drawn: &str) -> Html {
    let (side, path) = drawn.split_once(' ').unwrap_or_default();
    html! {
        <svg viewBox={["0 0 ", side, " ", side].concat()} role="img" aria-label={text("qr")} shape-rendering="crispEdges">
            <rect width="100%" height="100%" fill="#fff" /><path d={path.to_owned()} fill="#000" />
        </svg>
    }
}
