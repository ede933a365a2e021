//! Draws the report of an invented text where nobody sees it, while the visitor still looks for what to paste. A browser
//! compiles a program's functions when they first run: afterwards the first verdict takes half the time.

use super::components::{others, path, question, verdict};
use super::read;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
struct Props {
    report: super::app::Shared<crate::report::Report>,
}

#[component]
fn Draft(props: &Props) -> Html {
    let report = &props.report.0;
    let asked = question::Props { report: report.clone(), answers: Vec::new(), answer: Callback::noop() };
    html! { <>{ verdict::view(report, false) }{ question::view(&asked) }{ others::view(report) }{ path::view(report) }</> }
}

/// Draws it once the browser has nothing else to do.
pub(super) fn up(report: &JsValue) {
    let report = report.clone();
    let draw = Closure::once_into_js(move || {
        let root = web_sys::window().and_then(|w| w.document()).and_then(|d| d.create_element("div").ok());
        if let (Some(root), Some(report)) = (root, read::report(&report)) {
            let report = super::app::Shared(Rc::new(report));
            let draft = yew::Renderer::<Draft>::with_root_and_props(root, Props { report }).render();
            // Drawing is queued, and this behind it.
            spawn_local(async move { draft.destroy() });
        }
    });
    super::prefs::call("idle", &[draw]);
}
