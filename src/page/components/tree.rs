//! The decision tree: the engine gives it, the program of the extras draws it, both when the visitor asks for it.

use crate::page::app::Shared;
use crate::page::desk::Desk;
use crate::page::hooks::use_language;
use crate::page::prefs;
use crate::report::Report;
use crate::words::text;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Shared<Report>,
    pub(crate) desk: Shared<Desk>,
}

#[component]
pub(crate) fn Tree(props: &Props) -> Html {
    use_language();
    let wanted = use_state_eq(|| false);
    let failed = use_state_eq(|| false);
    let place = use_node_ref();
    {
        let (desk, place, failed) = (props.desk.0.clone(), place.clone(), failed.clone());
        use_effect_with((props.report.0.link.clone(), *wanted), move |(link, wanted)| {
            if !*wanted || link.is_empty() {
                return;
            }
            let draw = Callback::from(move |nodes: JsValue| {
                let Some(element) = place.cast::<Element>() else { return };
                let failed = failed.clone();
                spawn_local(async move {
                    let drawn = prefs::program("extras", "show_tree", &[element.into(), nodes]).await;
                    failed.set(drawn.is_err());
                });
            });
            desk.tree(link, draw);
        });
    }
    let ontoggle = {
        let wanted = wanted.clone();
        Callback::from(move |_: Event| wanted.set(true))
    };
    html! {
        <section class="card" aria-labelledby="tree">
            <h2 id="tree">{ text("tree") }</h2>
            <p>{ text("tree-what") }</p>
            <details class="tree" data-test="tree" {ontoggle}>
                <summary>{ text("tree-open") }</summary>
                if *failed { <p role="status">{ text("extras-failed") }</p> }
                <div ref={place} class="drawn"></div>
            </details>
        </section>
    }
}
