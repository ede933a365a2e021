//! Passing the diagnosis on: the link, the dialog that says what it holds, which a program loaded on demand fills, and the report
//! as a file.

use crate::page::app::Shared;
use crate::page::desk::Desk;
use crate::page::hooks::{download, use_language};
use crate::page::prefs;
use crate::page::state::Action;
use crate::report::Report;
use crate::words::text;
use js_sys::JsString;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
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
    let report = &props.report.0;
    let full = report.link_with_text.as_ref().filter(|_| props.with_text);
    let href = address(full.unwrap_or(&report.link));
    let with_text = full.is_some();
    {
        let (dialog, desk, act, failed) = (dialog.clone(), props.desk.0.clone(), props.act.clone(), failed.clone());
        let opened = opened.clone();
        use_effect_with((href.clone(), *opened), move |(href, open)| {
            let Some(dialog) = dialog.get().filter(|_| *open) else { return };
            let tick = Closure::once_into_js(move || act.emit(Action::WithText(!with_text)));
            let given = [dialog.into(), desk.object(), JsValue::from_str(href), with_text.into(), tick];
            spawn_local(async move {
                let shown = prefs::program("extras", "show_share", &given).await.is_ok_and(|shown| shown.is_truthy());
                failed.set(!shown);
                if !shown {
                    opened.set(false);
                }
            });
        });
    }
    if report.link.is_empty() {
        return html! {};
    }
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
            <p>{ text(if with_text { "share-what-text" } else { "share-what" }) }</p>
            <p class="choices">
                <a class="button" data-test="share-link" href={href} target="_blank" rel="noopener noreferrer">{ text("share-link") }</a>
                <button type="button" class="button main" data-test="share" aria-haspopup="dialog" onclick={open}>{ text("share-open") }</button>
                <button type="button" class="button" data-test="save" onclick={save}>{ text("save-json") }</button>
                <button type="button" class="button" data-test="save-markdown" onclick={save_text}>{ text("save-markdown") }</button>
                <button type="button" class="button" data-test="print" onclick={print}>{ text("print") }</button>
            </p>
            if *failed { <p role="status">{ text("extras-failed") }</p> }
            <dialog ref={dialog} class="dialog" data-test="share-dialog" aria-labelledby="share-title" {onclose}><div></div></dialog>
        </section>
    }
}

/// The page's own address with this fragment.
fn address(fragment: &str) -> String {
    let href = web_sys::window().and_then(|w| w.location().href().ok()).unwrap_or_default();
    let page = href.split_once('#').map_or(href.as_str(), |(page, _)| page);
    format!("{page}{fragment}")
}
