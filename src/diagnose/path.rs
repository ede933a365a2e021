//! The path from the caller to the provider as hops, with the one that refused.

use super::SURE;
use super::data::Data;
use crate::report::{Hop, Responder};
use crate::signals::Signals;

/// Below this nobody is said to have refused.
const GUESS: f64 = 0.4;

/// The hops in order with their plain names.
pub(crate) const HOPS: [(&str, &str); 5] = [
    ("client", "Your program or browser"),
    ("network", "Your network"),
    ("gateway", "Gateway or relay"),
    ("edge", "Edge or firewall (CDN)"),
    ("provider", "Provider"),
];

/// The path as far as the facts tell it: what lies before the hop that refused was passed, what lies behind was not
/// reached. A gateway is shown only where one answered. The edge says where it stands, if its ray id told.
pub(super) fn hops(data: &Data, signals: &Signals, responder: &Responder) -> Vec<Hop> {
    let refused = data.responders.get(&responder.id).map_or("unknown", |r| r.hop.as_str());
    // A guess is no hop that refused: red on a picture says more than "perhaps".
    let at = HOPS.iter().position(|(id, _)| *id == refused).filter(|_| responder.confidence >= GUESS);
    let host = signals.parameter("host").filter(|h| !h.is_empty());
    // The browser refused an answer that it had: somebody behind it gave one, without the permission.
    let answered = ["says=cors-preflight", "says=cors-no-header"].iter().any(|fact| signals.hold(fact));
    let hops = HOPS.iter().enumerate().filter(|(_, (id, _))| *id != "gateway" || refused == "gateway");
    hops.map(|(index, (id, words))| {
        let state = match at {
            None => "unknown",
            Some(at) if index != at && responder.confidence < SURE => "unknown",
            Some(at) if index < at => "passed",
            Some(at) if index == at => "refused",
            Some(_) if refused == "client" && answered => "unknown",
            Some(_) => "unreached",
        };
        let title = match (state, *id, host) {
            ("refused", ..) => responder.title.clone(),
            (_, "provider", Some(host)) => format!("{words}: {host}"),
            _ => (*words).to_owned(),
        };
        let title = match signals.place().filter(|p| *id == "edge" && p.listed.is_some()) {
            Some(place) if state == "refused" => format!("{title}, {}", place.name()),
            Some(place) => format!("Cloudflare, {}", place.name()),
            None => title,
        };
        Hop { id: (*id).to_owned(), title, state: state.to_owned() }
    })
    .collect()
}
