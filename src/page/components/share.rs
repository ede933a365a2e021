//! The share link with what it holds, and the report as a file.

use super::copy::CopyButton;
use crate::page::desk::Desk;
use crate::page::state::Action;
use crate::report::Report;
use crate::words::text;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};
use yew::prelude::*;

/// What it shows.
pub(crate) struct Props {
    pub(crate) report: Rc<Report>,
    pub(crate) with_text: bool,
    pub(crate) act: Callback<Action>,
    pub(crate) desk: Rc<Desk>,
}

/// The section; nothing where there is nothing to say.
pub(crate) fn view(props: &Props) -> Html {
    let report = &props.report;
    if report.link.is_empty() {
        return html! {};
    }
    let full = report.link_with_text.as_ref().filter(|_| props.with_text);
    let href = address(full.unwrap_or(&report.link));
    let with_text = props.with_text;
    let onchange = props.act.reform(move |_: Event| Action::WithText(!with_text));
    let save = {
        let desk = props.desk.clone();
        Callback::from(move |_: MouseEvent| {
            desk.json().and_then(|json| download(&json));
        })
    };
    html! {
        <section class="card share" aria-labelledby="share">
            <h2 id="share">{ text("share") }</h2>
            <p>{ text("share-what") }</p>
            <div class="command">
                <a class="link" data-test="share-link" href={href.clone()}>{ &href }</a>
                <CopyButton text={href.clone()} label={text("share-copy")} />
            </div>
            <label class="tick">
                <input type="checkbox" data-test="share-text" checked={props.with_text} {onchange}
                    disabled={report.link_with_text.is_none()} />
                <span>{ text("share-text") }
                    if report.link_with_text.is_none() { <span class="small">{ " " }{ text("share-text-none") }</span> }
                </span>
            </label>
            { holds(report, full.is_some()) }
            <p><button type="button" class="button" data-test="save" onclick={save}>{ text("save-json") }</button></p>
        </section>
    }
}

/// What the link holds, in words.
fn holds(report: &Report, with_text: bool) -> Html {
    html! {
        <details class="holds">
            <summary>{ text("share-holds") }</summary>
            <ul class="plain">
                { for report.facts.iter().map(|f| html! { <li>{ super::prose(&f.text) }</li> }) }
                if report.facts.is_empty() { <li>{ text("share-no-facts") }</li> }
                if with_text { <li><strong>{ text("share-holds-text") }</strong></li> }
            </ul>
        </details>
    }
}

/// The page's own address with this fragment.
fn address(fragment: &str) -> String {
    let href = web_sys::window().and_then(|w| w.location().href().ok()).unwrap_or_default();
    let page = href.split_once('#').map_or(href.as_str(), |(page, _)| page);
    format!("{page}{fragment}")
}

/// Offers a text as a file. No request is made: the address is one of this document's memory.
fn download(json: &js_sys::JsString) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(json), &options).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlElement = web_sys::window()?.document()?.create_element("a").ok()?.dyn_into().ok()?;
    link.set_attribute("href", &url).ok()?;
    link.set_attribute("download", "why403-report.json").ok()?;
    link.click();
    Url::revoke_object_url(&url).ok()
}
