//! Which question would settle most: the expected gain of information over the causes.

use super::data::{Data, QuestionFile};
use super::tree::Leaf;
use crate::report::{Question, QuestionAnswer};
use crate::signals::Signals;
use std::collections::BTreeMap;

/// How many questions a report names, besides those answered.
const QUESTIONS: usize = 4;

/// Questions that settle less than this many bits are not asked.
const LEAST: f64 = 0.03;

/// The questions answered so far, then those worth asking, best first.
pub(super) fn next(data: &Data, signals: &Signals, leaves: &[Leaf<'_>]) -> Vec<Question> {
    let given: BTreeMap<&str, &str> = signals.answers().collect();
    let mut open: Vec<(f64, Question)> = Vec::new();
    let mut answered = Vec::new();
    for (id, file) in &data.questions {
        if let Some(answer) = given.get(id.as_str()) {
            answered.push(question(id, file, Some(answer)));
        } else if !file.unless.iter().any(|c| signals.hold(c)) {
            let gain = gain(data, id, file, leaves);
            if gain >= LEAST {
                open.push((gain, question(id, file, None)));
            }
        }
    }
    open.sort_by(|a, b| b.0.total_cmp(&a.0));
    open.into_iter().take(QUESTIONS).map(|(_, q)| q).chain(answered).collect()
}

fn question(id: &str, file: &QuestionFile, given: Option<&str>) -> Question {
    let answers = file.answers.iter().map(|a| QuestionAnswer { id: a.id.clone(), text: a.text.clone() }).collect();
    Question {
        id: id.to_owned(),
        text: file.text.clone(),
        how: file.how.clone(),
        answers,
        given: given.map(str::to_owned),
    }
}

/// Expected drop of the entropy over causes, in bits, when this question is answered.
fn gain(data: &Data, id: &str, file: &QuestionFile, leaves: &[Leaf<'_>]) -> f64 {
    let mut before: BTreeMap<&str, f64> = BTreeMap::new();
    let mut after: Vec<BTreeMap<&str, f64>> = vec![BTreeMap::new(); file.answers.len()];
    for leaf in leaves {
        *before.entry(leaf.cause).or_default() += leaf.probability;
        let weights: Vec<f64> = file
            .answers
            .iter()
            .map(|a| {
                let fact = format!("answer={id}.{}", a.id);
                weight(data, leaf, &fact)
            })
            .collect();
        let sum: f64 = weights.iter().sum();
        for (weight, causes) in weights.iter().zip(&mut after) {
            *causes.entry(leaf.cause).or_default() += leaf.probability * weight / sum.max(f64::MIN_POSITIVE);
        }
    }
    let total: f64 = before.values().sum();
    let expected: f64 = after.iter().map(|causes| entropy(causes) * causes.values().sum::<f64>()).sum();
    if total > 0.0 { entropy(&before) - expected / total } else { 0.0 }
}

/// How many times likelier an answer makes a leaf: by its cause's file and by its group's responders.
fn weight(data: &Data, leaf: &Leaf<'_>, fact: &str) -> f64 {
    let cause = data.causes.get(leaf.cause).map(|c| c.evidence.as_slice()).unwrap_or_default();
    let cause = cause.iter().filter(|e| e.when == fact).fold(1.0, |p, e| p * e.weight);
    let members: Vec<f64> = data
        .responders
        .values()
        .filter(|r| r.group == leaf.group)
        .map(|r| r.evidence.iter().filter(|e| e.when == fact).fold(1.0, |p, e| p * e.weight))
        .collect();
    let group = if members.is_empty() { 1.0 } else { members.iter().sum::<f64>() / members.len() as f64 };
    cause * group
}

fn entropy(weights: &BTreeMap<&str, f64>) -> f64 {
    let sum: f64 = weights.values().sum();
    let share = weights.values().map(|w| w / sum).filter(|p| *p > 0.0);
    if sum > 0.0 { -share.map(|p| p * p.log2()).sum::<f64>() } else { 0.0 }
}
