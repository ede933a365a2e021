//! Passing the diagnosis on: the link, a dialog that says what it holds before it is copied, and the report as a file.

use super::copy::CopyButton;
use crate::page::app::Shared;
use crate::page::desk::Desk;
use crate::page::hooks::{download, focus, use_language};
use crate::page::state::Action;
use crate::page::{prefs, spoken};
use crate::report::Report;
use crate::words::text;
use js_sys::{Function, JsString, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlDialogElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Shared<Report>,
    pub(crate) with_text: bool,
    pub(crate) act: Callback<Action>,
    pub(crate) desk: Shared<Desk>,
}

/// The section; nothing where there is nothing to say.
#[component]
pub(crate) fn Share(props: &Props) -> Html {
    use_language();
    let dialog = use_node_ref();
    let opened = use_state_eq(|| false);
    let failed = use_state_eq(|| false);
    {
        let dialog = dialog.clone();
        use_effect_with(*opened, move |opened| {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>().filter(|d| *opened && !d.open()) {
                let _ = dialog.show_modal();
                focus("[data-test=\"share-dialog\"] :is(input:enabled, button)");
            }
        });
    }
    let report = &props.report.0;
    if report.link.is_empty() {
        return html! {};
    }
    let full = report.link_with_text.as_ref().filter(|_| props.with_text);
    let href = address(full.unwrap_or(&report.link));
    let set = |to: bool| {
        let opened = opened.clone();
        move || opened.set(to)
    };
    let (open, closed) = (set(true), set(false));
    let open = Callback::from(move |_: MouseEvent| open());
    let onclose = Callback::from(move |_: Event| closed());
    let save = {
        let desk = props.desk.0.clone();
        Callback::from(move |_: MouseEvent| {
            desk.json().and_then(|json| download("why403-report.json", "application/json", &json));
        })
    };
    let save_text = {
        let (desk, failed) = (props.desk.0.clone(), failed.clone());
        Callback::from(move |_: MouseEvent| {
            let (report, failed) = (desk.object(), failed.clone());
            spawn_local(async move {
                let text = prefs::program("extras", "markdown", &[report]).await.ok();
                let text = text.and_then(|text| text.dyn_into::<JsString>().ok());
                failed.set(text.and_then(|text| download("why403-report.md", "text/markdown", &text)).is_none());
            });
        })
    };
    let print = Callback::from(|_: MouseEvent| {
        let _ = web_sys::window().map(|w| w.print());
    });
    html! {
        <section class="card share" aria-labelledby="share">
            <h2 id="share">{ text("share") }</h2>
            <p>{ text(if full.is_some() { "share-what-text" } else { "share-what" }) }</p>
            <p class="choices">
                <a class="button" data-test="share-link" href={href.clone()} target="_blank" rel="noopener noreferrer">{ text("share-link") }</a>
                <button type="button" class="button main" data-test="share" aria-haspopup="dialog" onclick={open}>{ text("share-open") }</button>
                <button type="button" class="button" data-test="save" onclick={save}>{ text("save-json") }</button>
                <button type="button" class="button" data-test="save-markdown" onclick={save_text}>{ text("save-markdown") }</button>
                <button type="button" class="button" data-test="print" onclick={print}>{ text("print") }</button>
            </p>
            if *failed { <p role="status">{ text("extras-failed") }</p> }
            <dialog ref={dialog.clone()} class="dialog" data-test="share-dialog" aria-labelledby="share-title" {onclose}>
                if *opened { { inside(props, &dialog, &href, full.is_some()) } }
            </dialog>
        </section>
    }
}

/// What stands in the dialog.
fn inside(props: &Props, dialog: &NodeRef, href: &str, with_text: bool) -> Html {
    let report = &props.report.0;
    let close = {
        let dialog = dialog.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        })
    };
    let onchange = props.act.reform(move |_: Event| Action::WithText(!with_text));
    html! {
        <>
            <h2 id="share-title">{ text("share-title") }</h2>
            { holds(report, with_text) }
            <label class="tick">
                <input type="checkbox" data-test="share-text" checked={with_text} {onchange} disabled={report.link_with_text.is_none()} />
                <span>{ text("share-text") }
                    if report.link_with_text.is_none() { <span class="small">{ " " }{ text("share-text-none") }</span> }
                </span>
            </label>
            <p class="address" tabindex="0" role="group" aria-label={text("share-link")}>{ href }</p>
            <p class="choices">
                <CopyButton text={href.to_owned()} label={text("share-copy")} />
                { native(href) }
                <button type="button" class="button" data-test="share-close" onclick={close}>{ text("close") }</button>
            </p>
            <QrCode text={href.to_owned()} />
        </>
    }
}

/// What the link holds, in words: all of it.
fn holds(report: &Report, with_text: bool) -> Html {
    // Facts that follow from others are not in the link.
    let facts: Vec<_> = report.facts.iter().filter(|f| !f.signal.starts_with("is=")).collect();
    html! {
        <>
            <p>{ text("share-holds") }</p>
            <ul class="held" data-test="holds" tabindex="0" aria-label={text("share-title")}>
                if with_text { <li><strong>{ text("share-holds-text") }</strong></li> }
                { for facts.iter().map(|f| html! { <li>{ super::told(&spoken::reason(&report.facts, &f.text)) }</li> }) }
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
    let what =
        crate::page::engine_client::object(&[("url", JsValue::from_str(href)), ("title", JsValue::from_str("why403"))]);
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

#[derive(Properties, PartialEq)]
struct QrProps {
    text: String,
}

/// A QR code, drawn by a program that is loaded when it is first asked for.
#[component]
fn QrCode(props: &QrProps) -> Html {
    let wanted = use_state_eq(|| false);
    let drawn = use_state_eq(|| None::<Result<String, &'static str>>);
    {
        let drawn = drawn.clone();
        use_effect_with((props.text.clone(), *wanted), move |(address, wanted)| {
            if *wanted {
                let address = JsValue::from_str(address);
                spawn_local(async move {
                    drawn.set(Some(match prefs::program("extras", "qr", &[address]).await {
                        Ok(path) => path.as_string().ok_or("qr-too-long"),
                        Err(_) => Err("extras-failed"),
                    }));
                });
            }
        });
    }
    let ontoggle = {
        let wanted = wanted.clone();
        Callback::from(move |_: Event| wanted.set(true))
    };
    html! {
        <details class="qr" data-test="qr" {ontoggle}>
            <summary>{ text("qr") }</summary>
            { match &*drawn {
                None => html! {},
                Some(Err(why)) => html! { <p role="status">{ text(why) }</p> },
                // The path is drawn in a square whose side its first word says.
                Some(Ok(path)) => {
                    let (side, path) = path.split_once(' ').unwrap_or_default();
                    html! {
                        <svg viewBox={format!("0 0 {side} {side}")} role="img" aria-label={text("qr")} shape-rendering="crispEdges">
                            <rect width="100%" height="100%" fill="#fff" /><path d={path.to_owned()} fill="#000" />
                        </svg>
                    }
                }
            } }
        </details>
    }
}

/// The page's own address with this fragment.
fn address(fragment: &str) -> String {
    let href = web_sys::window().and_then(|w| w.location().href().ok()).unwrap_or_default();
    let page = href.split_once('#').map_or(href.as_str(), |(page, _)| page);
    format!("{page}{fragment}")
}
