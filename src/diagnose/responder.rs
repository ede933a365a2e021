//! Who answered: each responder's weight by the facts that speak for or against it.

use super::data::{Data, Says};
use super::tree::Leaf;
use crate::ordered;
use crate::report::Responder;
use crate::signals::Signals;
use std::collections::BTreeMap;

/// How many times likelier a responder is once a text that it writes is seen, where its file says nothing else.
pub(super) const SAYS: f64 = 60.0;

/// How many times likelier a responder is once a message of a cause is seen that only it emits.
const EMITS: f64 = 150.0;

/// How many times likelier it is that nobody can tell, where no fact speaks for or against anybody.
const SILENT: f64 = 27.0;

/// How fast further evidence for a responder loses weight.
const FLOCK: f64 = 0.5;

/// How much the causes' share of the weight says about who answered: less than it would if no fact stood in both.
const CAUSES: f64 = 0.7;

/// Below this the evidence does not tell.
const CONFIDENT: f64 = 0.2;

/// Below this, where nothing speaks for the likeliest one in particular, nobody is named.
const GROUNDLESS: f64 = 0.27;

/// The probability of each responder, by id; they sum to 1.
pub(super) fn posterior<'a>(data: &'a Data, signals: &Signals) -> BTreeMap<&'a str, f64> {
    let mut weights = ordered::map(data.responders.iter().map(|(id, r)| (id.as_str(), r.prior)));
    for (id, file) in &data.responders {
        let Some(weight) = weights.get_mut(id.as_str()) else { continue };
        let says = file.says.iter().filter(|s| said(signals, s)).map(|s| s.weight.unwrap_or(SAYS));
        let evidence = file.evidence.iter().filter(|e| signals.hold(&e.when)).map(|e| e.weight);
        *weight *= together(says.chain(evidence).collect());
    }
    for says in data.causes.values().flat_map(|c| &c.says).filter(|s| said(signals, s)) {
        if let Some(weight) = says.by.as_deref().and_then(|by| weights.get_mut(by)) {
            *weight *= EMITS;
        }
    }
    let prior = |id: &str| data.responders.get(id).map_or(0.0, |r| r.prior);
    // Where a message speaks for a cause, who answered follows from what causes it may have.
    if weights.iter().all(|(id, weight)| *weight == prior(id)) && !data.told(signals) {
        weights.entry("unknown").and_modify(|w| *w *= SILENT);
    }
    normal(&mut weights);
    weights
}

/// The posterior once more, with what the causes say: a message that only Azure's causes know speaks for Azure, whoever
/// else might have written it.
pub(super) fn informed<'a>(
    data: &'a Data,
    posterior: &BTreeMap<&'a str, f64>,
    leaves: &[Leaf<'_>],
) -> BTreeMap<&'a str, f64> {
    let mut informed = posterior.clone();
    for group in data.tree.groups.keys() {
        let members = || data.responders.iter().filter(|(_, r)| r.group == *group).map(|(id, _)| id.as_str());
        let before: f64 = members().filter_map(|id| posterior.get(id)).sum();
        let after: f64 = leaves.iter().filter(|l| l.group == group).map(|l| l.probability).sum();
        let factor = (after / before.max(f64::MIN_POSITIVE)).powf(CAUSES);
        members().for_each(|id| {
            informed.entry(id).and_modify(|w| *w *= factor);
        });
    }
    normal(&mut informed);
    informed
}

fn normal(weights: &mut BTreeMap<&str, f64>) {
    let sum: f64 = weights.values().sum();
    if sum > 0.0 {
        weights.values_mut().for_each(|w| *w /= sum);
    }
}

/// What several pieces of evidence weigh together. Words that name one responder come in flocks: a piece counts the less, the
/// more of its kind are stronger.
fn together(mut weights: Vec<f64>) -> f64 {
    ordered::sort_by(&mut weights, |a, b| b.total_cmp(a));
    let (mut product, mut place) = (1.0, 0.0);
    for weight in weights {
        if weight > 1.0 {
            product *= weight.powf(1.0 / (1.0 + FLOCK * place));
            place += 1.0;
        } else {
            product *= weight;
        }
    }
    product
}

pub(super) fn said(signals: &Signals, says: &Says) -> bool {
    signals.get(&says.fact).is_some()
}

/// The likeliest responder with its evidence; `unknown` where none stands out.
pub(super) fn describe(data: &Data, signals: &Signals, posterior: &BTreeMap<&str, f64>) -> Responder {
    let best = posterior.iter().max_by(|a, b| a.1.total_cmp(b.1)).map(|(id, p)| (*id, *p));
    let (id, confidence) = best.filter(|(_, p)| *p >= CONFIDENT).unwrap_or(("unknown", 0.0));
    let Some(file) = data.responders.get(id) else { return nobody(data) };
    let mut because = Vec::new();
    let emitted = data.causes.values().flat_map(|c| &c.says).filter(|s| s.by.as_deref() == Some(id));
    for says in file.says.iter().chain(emitted) {
        because.extend(signals.get(&says.fact).map(|s| s.text.clone()));
    }
    for evidence in file.evidence.iter().filter(|e| e.weight > 1.0 && signals.hold(&e.when)) {
        match &evidence.because {
            Some(reason) => because.push(reason.clone()),
            None => {
                because.extend(super::data::literals(&evidence.when).filter_map(|l| Some(signals.get(l)?.text.clone())))
            }
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    because.retain(|reason| seen.insert(reason.clone()));
    // What is merely common is no reason to name somebody.
    if because.is_empty() && confidence < GROUNDLESS {
        return nobody(data);
    }
    let confidence = (confidence * 1000.0).round() / 1000.0;
    Responder { id: id.to_owned(), title: file.title.clone(), confidence, because }
}

fn nobody(data: &Data) -> Responder {
    let title = data.responders.get("unknown").map(|r| r.title.clone()).unwrap_or_default();
    Responder { id: "unknown".to_owned(), title, confidence: 0.0, because: Vec::new() }
}
