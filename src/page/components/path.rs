//! The way from the caller to the provider as a row of stops. It is a list with words, so it needs no other text.

use crate::page::{spoken, words};
use crate::report::{Hop, Report, Responder};
use crate::words::text;
use yew::prelude::*;

/// The picture; nothing where nothing is known of the way.
pub(crate) fn view(report: &Report) -> Html {
    if report.path.iter().all(|hop| hop.state == "unknown") {
        return html! {};
    }
    html! {
        <section class="way" aria-labelledby="way" data-test="path">
            <h2 id="way" class="unseen">{ text("path") }</h2>
            <ol class="hops">{ for report.path.iter().map(|hop| stop(hop, &report.responder)) }</ol>
        </section>
    }
}

fn stop(hop: &Hop, who: &Responder) -> Html {
    html! {
        <li class={classes!("hop", hop.state.clone())} data-test="hop" data-hop={hop.id.clone()} data-state={hop.state.clone()}>
            <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">{ drawing(&hop.id) }</svg>
            <span class="who">{ super::told(&spoken::stop(hop, who)) }</span>
            <span class="did">{ words::hop_state(&hop.id, &hop.state) }</span>
        </li>
    }
}

/// A small drawing for each kind of stop.
fn drawing(id: &str) -> Html {
    let d = match id {
        "client" => "M4 5h16v10H4zM2.5 19h19M10 15v4M14 15v4",
        "network" => "M5 10h14v10H5zM8 10V7a4 4 0 0 1 8 0v3M12 14v2.5",
        "gateway" => "M3 12h6M15 12h6M9 6h6v12H9zM6 9.5 3 12l3 2.5M18 9.5l3 2.5-3 2.5",
        "edge" => "M7 18a4 4 0 0 1-.6-7.95A6 6 0 0 1 18 9.5a4.2 4.2 0 0 1-.5 8.5z",
        _ => "M4 4h16v6H4zM4 14h16v6H4zM7.5 7h.01M7.5 17h.01",
    };
    html! { <path d={d} /> }
}
