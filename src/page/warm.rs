//! Draws the report of an invented text where nobody sees it, while the visitor still looks for what to paste. A browser
//! compiles a program's functions, and prepares styles and fonts, when they are first used: afterwards the first verdict takes
//! half the time.

use super::app::Shared;
use super::components::{others, path, question, share::Share, verdict};
use super::desk::Desk;
use super::read;
use crate::report::Report;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
struct Props {
    report: Shared<Report>,
    desk: Shared<Desk>,
}

#[component]
fn Draft(props: &Props) -> Html {
    let Shared(report) = &props.report;
    let asked = question::Props { report: report.clone(), answers: Vec::new(), answer: Callback::noop() };
    html! {
        <>
            { verdict::view(report, false) }{ question::view(&asked) }{ others::view(report) }{ path::view(report) }
            <Share report={props.report.clone()} with_text={false} act={Callback::noop()} desk={props.desk.clone()} />
        </>
    }
}

/// Draws it once the browser has nothing else to do.
pub(super) fn up(report: &JsValue, desk: &Rc<Desk>) {
    let (report, desk) = (report.clone(), Shared(desk.clone()));
    let draw = Closure::once_into_js(move || {
        let root = web_sys::window().and_then(|w| w.document()).and_then(|d| d.create_element("div").ok());
        if let (Some(root), Some(report)) = (root, read::report(&report)) {
            let report = Shared(Rc::new(report));
            let drawn = root.clone();
            let draft = yew::Renderer::<Draft>::with_root_and_props(root, Props { report, desk }).render();
            // Drawing is queued, and this behind it.
            spawn_local(async move {
                super::prefs::call("practise", &[drawn.into()]);
                draft.destroy();
            });
        }
    });
    super::prefs::call("idle", &[draw]);
}
