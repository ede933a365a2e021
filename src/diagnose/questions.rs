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
    let answers: Vec<Weights<'_>> =
        file.answers.iter().map(|a| Weights::of(data, &format!("answer={id}.{}", a.id))).collect();
    let mut before: BTreeMap<&str, f64> = BTreeMap::new();
    let mut after: Vec<BTreeMap<&str, f64>> = vec![BTreeMap::new(); answers.len()];
    for leaf in leaves {
        *before.entry(leaf.cause).or_default() += leaf.probability;
        let sum: f64 = answers.iter().map(|a| a.on(leaf)).sum();
        for (answer, causes) in answers.iter().zip(&mut after) {
            *causes.entry(leaf.cause).or_default() += leaf.probability * answer.on(leaf) / sum.max(f64::MIN_POSITIVE);
        }
    }
    let total: f64 = before.values().sum();
    let expected: f64 = after.iter().map(|causes| entropy(causes) * causes.values().sum::<f64>()).sum();
    if total > 0.0 { entropy(&before) - expected / total } else { 0.0 }
}

/// How many times likelier an answer makes causes, by their files, and groups, by the mean of their responders' files.
struct Weights<'a> {
    causes: Vec<(&'a str, f64)>,
    groups: Vec<(&'a str, f64)>,
}

impl<'a> Weights<'a> {
    fn of(data: &'a Data, fact: &str) -> Self {
        let weight = |evidence: &[super::data::Evidence]| {
            evidence.iter().filter(|e| e.when == fact).fold(1.0, |product, e| product * e.weight)
        };
        let causes = data.causes.iter().map(|(id, c)| (id.as_str(), weight(&c.evidence)));
        let groups = data.tree.groups.keys().map(|group| {
            let members = data.responders.values().filter(|r| r.group == *group).map(|r| weight(&r.evidence));
            let (sum, count) = members.fold((0.0, 0.0), |(sum, count), w| (sum + w, count + 1.0));
            (group.as_str(), if count > 0.0 { sum / count } else { 1.0 })
        });
        Self {
            causes: causes.filter(|(_, w)| *w != 1.0).collect(),
            groups: groups.filter(|(_, w)| *w != 1.0).collect(),
        }
    }

    fn on(&self, leaf: &Leaf<'_>) -> f64 {
        let find = |list: &[(&str, f64)], id: &str| list.iter().find(|(i, _)| *i == id).map_or(1.0, |(_, w)| *w);
        find(&self.causes, leaf.cause) * find(&self.groups, leaf.group)
    }
}

fn entropy(weights: &BTreeMap<&str, f64>) -> f64 {
    let sum: f64 = weights.values().sum();
    let share = weights.values().map(|w| w / sum).filter(|p| *p > 0.0);
    if sum > 0.0 { -share.map(|p| p * p.log2()).sum::<f64>() } else { 0.0 }
}
