//! The tree's arithmetic: weights of branches and leaves.

use super::data::{CauseFile, Data, NodeFile, literals};
use super::responder::said;
use crate::ordered;
use crate::signals::{Signal, Signals};
use std::collections::BTreeMap;

/// How many times likelier a cause is once its message is seen, where its file says nothing else.
pub(super) const SAYS: f64 = 400.0;

/// What is left of a branch that the facts deny, or whose sibling they affirm: evidence can err.
const DENIED: f64 = 0.06;

/// The share that no cause of ours has, and how much a further doubt flattens the ranking. Both were fitted on reported cases that
/// the data had not seen, so that of all diagnoses given with a probability that share is right: between those that name the one
/// cause a report is labelled with and those that name one it may be labelled with.
const UNLISTED: f64 = 0.03;
const FLATTEN: f64 = 0.9;

/// A cause below one group of responders.
#[derive(Debug, Clone)]
pub struct Leaf<'a> {
    /// The group's id.
    pub group: &'a str,
    /// The cause's id.
    pub cause: &'a str,
    /// Its probability.
    pub probability: f64,
}

/// Every leaf with what arrives at it; they sum to 1 minus what is kept for causes not listed.
pub(super) fn leaves<'a>(data: &'a Data, signals: &Signals, responders: &BTreeMap<&str, f64>) -> Vec<Leaf<'a>> {
    let mut leaves = Vec::new();
    let facts = ordered::map(data.causes.iter().map(|(id, c)| (id.as_str(), likelihood(c, signals))));
    for group in data.tree.groups.keys() {
        let members = data.responders.iter().filter(|(_, r)| r.group == *group);
        let share: f64 = members.filter_map(|(id, _)| responders.get(id.as_str())).sum();
        let total: f64 = data.causes.values().filter_map(|c| c.at.get(group)).sum();
        let node = data.tree.groups.get(group).map_or(1.0, |n| answer(n, signals).0.factor());
        let affirmed = data.tree.families.values().any(|n| answer(n, signals).0 == Known::Yes);
        for (id, cause) in &data.causes {
            let Some(weight) = cause.at.get(group).filter(|_| total > 0.0) else { continue };
            let family = data.tree.families.get(&cause.family).map_or(1.0, |n| match answer(n, signals).0 {
                Known::Unknown if affirmed => DENIED,
                known => known.factor(),
            });
            let probability = share * node * weight / total * family * facts.get(id.as_str()).copied().unwrap_or(1.0);
            leaves.push(Leaf { group, cause: id, probability });
        }
    }
    calibrate(&mut leaves);
    leaves
}

/// Whether the facts take a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    Yes,
    No,
    Unknown,
}

impl Known {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }

    fn factor(self) -> f64 {
        if self == Self::No { DENIED } else { 1.0 }
    }
}

/// What the facts say of a branch, and the one that says it.
pub(super) fn answer<'a>(node: &NodeFile, signals: &'a Signals) -> (Known, Option<&'a Signal>) {
    for (conditions, known) in [(&node.when, Known::Yes), (&node.unless, Known::No)] {
        if let Some(condition) = conditions.iter().find(|c| signals.hold(c)) {
            return (known, literals(condition).find_map(|l| signals.get(l)));
        }
    }
    (Known::Unknown, None)
}

/// How many times likelier the facts make a cause.
pub(super) fn likelihood(cause: &CauseFile, signals: &Signals) -> f64 {
    let says = cause.says.iter().filter(|s| said(signals, s)).map(|s| s.weight.unwrap_or(SAYS));
    // Two wordings of one message are one piece of evidence: only the strongest counts.
    let says = says.fold(1.0, f64::max);
    cause.evidence.iter().filter(|e| signals.hold(&e.when)).fold(says, |product, e| product * e.weight)
}

/// Flattens the ranking of the causes and keeps a share for those not listed; a cause's leaves keep their proportions.
fn calibrate(leaves: &mut [Leaf<'_>]) {
    let sums = ordered::map(ranked(leaves).into_iter());
    let all: f64 = sums.values().sum();
    let flat = |p: f64| (p / all).powf(FLATTEN);
    let flattened: f64 = sums.values().map(|p| flat(*p)).sum();
    if all <= 0.0 || flattened <= 0.0 {
        return;
    }
    for leaf in leaves.iter_mut() {
        let sum = sums.get(leaf.cause).copied().unwrap_or_default();
        leaf.probability =
            if sum > 0.0 { leaf.probability / sum * flat(sum) / flattened * (1.0 - UNLISTED) } else { 0.0 };
    }
}

/// Causes with their probability over all groups, most likely first; equal ones by name.
pub(super) fn ranked<'a>(leaves: &[Leaf<'a>]) -> Vec<(&'a str, f64)> {
    let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
    for leaf in leaves {
        *sums.entry(leaf.cause).or_default() += leaf.probability;
    }
    let mut ranked: Vec<_> = sums.into_iter().collect();
    ordered::sort_by(&mut ranked, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
    ranked
}
