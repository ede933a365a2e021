//! Which question would settle most: the expected gain of information over the causes.

use super::data::{AnswerFile, Data, Evidence, QuestionFile, Says, UNKNOWN};
use super::responder;
use super::tree::{Leaf, SAYS};
use crate::ordered;
use crate::report::{Question, QuestionAnswer};
use crate::signals::Signals;
use std::collections::BTreeMap;
use std::iter;

/// How many questions a report names, besides those answered.
const QUESTIONS: usize = 4;

/// Questions that settle less than this many bits are not asked.
const LEAST: f64 = 0.03;

/// More ease than this puts a question before others, but does not make it worth asking.
const EASIEST: f64 = 2.0;

/// Causes that together have less than this share are not worth a question that is about them only.
const RELEVANT: f64 = 0.2;

/// A question is about a cause where one answer is this many times likelier than the answers are on average.
const CLEAR: f64 = 1.3;

/// Stands in a question's `unless` for: the text holds a message of the first cause.
pub(super) const MESSAGE: &str = "is=message";

/// The questions answered so far, then those worth asking, best first.
pub(super) fn next(data: &Data, signals: &Signals, leaves: &[Leaf<'_>]) -> Vec<Question> {
    let given = ordered::map(signals.answers());
    let mut open: Vec<(f64, Question)> = Vec::new();
    let mut answered = Vec::new();
    let ground = Ground::of(data, leaves);
    let first = super::tree::ranked(leaves).first().and_then(|(id, _)| data.causes.get(*id));
    let told = first.is_some_and(|c| c.says.iter().any(|s| signals.get(&s.fact).is_some()));
    for ((id, file), answers) in data.questions.iter().zip(Weights::all(data)) {
        if let Some(answer) = given.get(id.as_str()) {
            answered.push(question(id, file, signals, Some(answer)));
        } else if (file.when.is_empty() || file.when.iter().any(|c| signals.hold(c)))
            && !file.unless.iter().any(|c| signals.hold(c) || told && c == MESSAGE)
        {
            let (gain, ease) = (ground.gain(answers), file.ease.unwrap_or(1.0));
            if gain * ease.min(EASIEST) >= LEAST {
                open.push((gain * ease, question(id, file, signals, None)));
            }
        }
    }
    ordered::sort_by(&mut open, |a, b| b.0.total_cmp(&a.0));
    open.into_iter().take(QUESTIONS).map(|(_, q)| q).chain(answered).collect()
}

fn question(id: &str, file: &QuestionFile, signals: &Signals, given: Option<&str>) -> Question {
    let offered = |a: &&AnswerFile| given == Some(&a.id) || !a.unless.iter().any(|c| signals.hold(c));
    let answers = file
        .answers
        .iter()
        .filter(offered)
        .map(|a| QuestionAnswer { id: a.id.clone(), text: a.text.clone() })
        .collect();
    Question {
        id: id.to_owned(),
        text: file.text.clone(),
        how: file.how.clone(),
        answers,
        given: given.map(str::to_owned),
    }
}

/// Where the leaves stand, by place in the lists of causes and groups: looked up once, used for every question.
struct Ground {
    leaves: Vec<(usize, usize, f64)>,
    before: Vec<f64>,
}

impl Ground {
    fn of(data: &Data, leaves: &[Leaf<'_>]) -> Self {
        let causes = ordered::map(data.causes.keys().map(String::as_str).zip(0..));
        let groups = ordered::map(data.tree.groups.keys().map(String::as_str).zip(0..));
        let placed = |l: &Leaf<'_>| Some((*causes.get(l.cause)?, *groups.get(l.group)?, l.probability));
        let leaves: Vec<_> = leaves.iter().filter_map(placed).collect();
        let mut before = vec![0.0; data.causes.len()];
        for (cause, _, probability) in &leaves {
            add(&mut before, *cause, *probability);
        }
        Self { leaves, before }
    }

    /// Expected drop of the entropy over causes, in bits, when this question is answered.
    fn gain(&self, answers: &[Weights]) -> f64 {
        let mut after = vec![vec![0.0; self.before.len()]; answers.len()];
        let mut touched = 0.0;
        for (cause, group, probability) in &self.leaves {
            let on = || answers.iter().map(|a| a.on(*cause, *group));
            let sum: f64 = on().sum();
            if on().fold(0.0, f64::max) * answers.len() as f64 >= sum * CLEAR {
                touched += probability;
            }
            for (answer, causes) in answers.iter().zip(&mut after) {
                add(causes, *cause, probability * answer.on(*cause, *group) / sum.max(f64::MIN_POSITIVE));
            }
        }
        let total: f64 = self.before.iter().sum();
        let expected: f64 = after.iter().map(|causes| entropy(causes) * causes.iter().sum::<f64>()).sum();
        if total > 0.0 && touched >= total * RELEVANT { entropy(&self.before) - expected / total } else { 0.0 }
    }
}

fn add(sums: &mut [f64], at: usize, more: f64) {
    if let Some(sum) = sums.get_mut(at) {
        *sum += more;
    }
}

/// How many times likelier an answer makes each cause, by its file, and each group, by the mean of its responders' files.
#[derive(Debug)]
pub(super) struct Weights {
    causes: Vec<f64>,
    groups: Vec<f64>,
}

/// The facts that an answer implies, each with the places of the answers that do, among those of all questions.
type Implied<'a> = BTreeMap<&'a str, Vec<usize>>;

impl Weights {
    /// Those of each question's answers, in the order of the files: worked out once, for the facts have no part in them.
    fn all(data: &Data) -> &[Vec<Self>] {
        data.answers.get_or_init(|| Self::of(data))
    }

    fn of(data: &Data) -> Vec<Vec<Self>> {
        let answers: Vec<(String, &AnswerFile)> = data
            .questions
            .iter()
            .flat_map(|(id, file)| telling(file).map(move |a| (["answer=", id, ".", &a.id].concat(), a)))
            .collect();
        let mut implied = Implied::new();
        for (place, (fact, answer)) in answers.iter().enumerate() {
            for fact in iter::once(fact).chain(&answer.means) {
                implied.entry(fact).or_default().push(place);
            }
        }
        let by_cause: Vec<Vec<f64>> =
            data.causes.values().map(|c| weights(&implied, answers.len(), &c.evidence, &c.says, SAYS)).collect();
        let by_responder: Vec<(&str, Vec<f64>)> = data
            .responders
            .values()
            .map(|r| (r.group.as_str(), weights(&implied, answers.len(), &r.evidence, &r.says, responder::SAYS)))
            .collect();
        let of_answer = |place: usize, answer: &AnswerFile| {
            let at = |weights: &Vec<f64>| weights.get(place).copied().unwrap_or(1.0);
            let usual = answer.usual.unwrap_or(1.0);
            let group = |group: &String| {
                let members = by_responder.iter().filter(|(of, _)| of == group).map(|(_, weights)| at(weights));
                let (sum, count) = members.fold((0.0, 0.0), |(sum, count), w| (sum + w, count + 1.0));
                if count > 0.0 { sum / count } else { 1.0 }
            };
            Self {
                causes: by_cause.iter().map(|weights| usual * at(weights)).collect(),
                groups: data.tree.groups.keys().map(group).collect(),
            }
        };
        let mut each = answers.iter().enumerate().map(|(place, (_, answer))| of_answer(place, answer));
        data.questions.values().map(|file| each.by_ref().take(telling(file).count()).collect()).collect()
    }

    fn on(&self, cause: usize, group: usize) -> f64 {
        self.causes.get(cause).unwrap_or(&1.0) * self.groups.get(group).unwrap_or(&1.0)
    }
}

/// How many times likelier each of `count` answers makes what has this evidence: the product of the evidence that it implies, and of
/// the messages the one that says most.
fn weights(implied: &Implied<'_>, count: usize, evidence: &[Evidence], says: &[Says], least: f64) -> Vec<f64> {
    let mut weights = vec![1.0_f64; count];
    let mut change = |fact: &str, change: &dyn Fn(f64) -> f64| {
        for place in implied.get(fact).into_iter().flatten() {
            if let Some(weight) = weights.get_mut(*place) {
                *weight = change(*weight);
            }
        }
    };
    for says in says {
        change(&says.fact, &|weight| weight.max(says.weight.unwrap_or(least)));
    }
    for evidence in evidence {
        change(&evidence.when, &|weight| weight * evidence.weight);
    }
    weights
}

/// The answers that say something.
fn telling(file: &QuestionFile) -> impl Iterator<Item = &AnswerFile> {
    file.answers.iter().filter(|answer| answer.id != UNKNOWN)
}

fn entropy(weights: &[f64]) -> f64 {
    let sum: f64 = weights.iter().sum();
    let share = weights.iter().map(|w| w / sum).filter(|p| *p > 0.0);
    if sum > 0.0 { -share.map(|p| p * p.log2()).sum::<f64>() } else { 0.0 }
}
