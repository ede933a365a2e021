//! What leaves this page: a list of all requests that it has made, to be checked by anybody.

use crate::page::hooks::{use_language, use_redraw};
use crate::page::prefs;
use crate::words::text;
use js_sys::{Array, JsString};
use wasm_bindgen::JsCast;
use yew::prelude::*;

#[component]
pub(crate) fn Leaves() -> Html {
    use_language();
    // The browser's own record changes without Yew's knowing.
    use_redraw("why403:request");
    let base =
        web_sys::window().and_then(|w| w.document()).and_then(|d| d.base_uri().ok().flatten()).unwrap_or_default();
    let base = base.split(['#', '?']).next().unwrap_or_default().to_owned();
    let folder = base.rsplit_once('/').map_or(&*base, |(folder, _)| folder).to_owned() + "/";
    let asked = prefs::call("requests", &[]).dyn_into::<Array>().unwrap_or_default();
    let row = |address: wasm_bindgen::JsValue| {
        let address = String::from(address.unchecked_into::<JsString>());
        match address.strip_prefix(&*folder) {
            Some(own) => {
                html! { <li data-test="request">{ if own.is_empty() { text("leaves-page") } else { own } }</li> }
            }
            None => html! { <li data-test="request" class="foreign">{ address }</li> },
        }
    };
    html! {
        <details class="leaves" data-test="leaves">
            <summary>{ text("leaves") }</summary>
            <p>{ text("leaves-what") }</p>
            <ul class="requests">{ for asked.iter().map(row) }</ul>
            <p class="small">{ text("check-network") }</p>
            <p class="small">{ text("check-worker") }</p>
        </details>
    }
}
