//! The diagnosis as a whole: whether its probabilities mean what they say, and whether answers alone lead to a cause.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use why403::diagnose::data::{CauseFile, Data, Evidence};
use why403::inspect;
use why403::redact::{Raw, RedactOptions};
use why403::report::{Question, Report};
use why403::signals::Answer;

/// A constructed case of a cause: a `[[sample]]` of its file.
#[derive(Debug, Deserialize)]
struct Sample {
    text: String,
    expect: String,
    #[serde(rename = "responder")]
    _responder: Option<String>,
}

/// A reported case, as `WHY403_CASES` names folders of them.
#[derive(Debug, Deserialize)]
struct Case {
    text: String,
    cause: String,
    #[serde(default)]
    acceptable: Vec<String>,
    certainty: Option<String>,
}

fn samples() -> BTreeMap<String, Vec<Sample>> {
    serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/samples.json"))).expect("samples are well-formed")
}

fn asked(text: &str, answers: &[Answer]) -> Report {
    inspect(Raw::new(text.to_owned()), &RedactOptions::default(), answers)
}

/// Shown also where the test passes: the figures are for those who change the data.
fn show(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// The first cause's probability and whether it was right, for each case.
fn judged(cases: impl Iterator<Item = Case>) -> Vec<(f64, bool)> {
    let cases = cases.filter(|c| c.certainty.as_deref() != Some("ambiguous"));
    let judge = |case: Case| {
        let report = asked(&case.text, &[]);
        let first = report.causes.first()?;
        Some((first.probability, first.id == case.cause || case.acceptable.contains(&first.id)))
    };
    cases.filter_map(judge).collect()
}

/// Prints how often the first cause was right in each band of probability, and checks that no band promises too much.
fn reliability(what: &str, judged: &[(f64, bool)]) {
    const BANDS: [f64; 7] = [0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 1.01];
    let mut table = format!("\nreliability on {} {what}\nprobability  cases  mean said  share right\n", judged.len());
    let mut wrong = Vec::new();
    for band in BANDS.windows(2) {
        let of: Vec<_> = judged.iter().filter(|(p, _)| *p >= band[0] && *p < band[1]).collect();
        if of.is_empty() {
            continue;
        }
        let count = of.len() as f64;
        let said = of.iter().map(|(p, _)| p).sum::<f64>() / count;
        let right = of.iter().filter(|(_, right)| *right).count() as f64 / count;
        let _ =
            writeln!(table, "{:.1} to {:.1}  {:>6}  {said:>9.2}  {right:>11.2}", band[0], band[1].min(1.0), of.len());
        // Two standard errors of so many cases, and a tenth for what cases cannot tell.
        let doubt = 0.1 + 2.0 * (said * (1.0 - said) / count).sqrt();
        wrong.extend((right < said - doubt).then(|| format!("{:.1}: said {said:.2}, right {right:.2}", band[0])));
    }
    show(&table);
    assert!(wrong.is_empty(), "{what} promise too much: {wrong:?}");
}

#[test]
fn probabilities_mean_what_they_say() {
    let of = |(cause, samples): (String, Vec<Sample>)| {
        let first = samples.into_iter().filter(|s| s.expect == "first");
        first.map(move |s| Case { text: s.text, cause: cause.clone(), acceptable: Vec::new(), certainty: None })
    };
    reliability("samples of the causes", &judged(samples().into_iter().flat_map(of)));
    for folder in std::env::var("WHY403_CASES").iter().flat_map(|folders| folders.split(':')) {
        let mut files: Vec<_> = std::fs::read_dir(folder).expect(folder).flatten().map(|e| e.path()).collect();
        files.sort();
        let read = |p| serde_json::from_str(&std::fs::read_to_string(p).expect("readable")).expect("a case");
        reliability(folder, &judged(files.iter().filter(|p| p.extension().is_some_and(|e| e == "json")).map(read)));
    }
}

#[test]
fn every_cause_is_complete() {
    let samples = samples();
    let mut wrong = Vec::new();
    let mut miss = |there: bool, id: &str, what: &str| wrong.extend((!there).then(|| format!("{id}: {what}")));
    for (id, cause) in &Data::get().causes {
        miss(cause.sources.iter().any(|s| s.starts_with("https://")), id, "no source");
        miss(!cause.fixes.is_empty(), id, "no fix");
        miss(cause.retry.contains(' '), id, "no advice on retrying");
        miss(cause.support.contains(' '), id, "nothing for support");
        miss(samples.get(id).is_some_and(|s| s.iter().any(|s| s.expect == "first")), id, "no sample");
        miss(!cause.says.is_empty(), id, "no message");
        let sentences = cause.meaning.matches(['.', '?', '!']).count();
        miss(sentences >= 2, id, "meaning is no two sentences");
        let ids: BTreeSet<_> = cause.fixes.iter().map(|f| &f.id).collect();
        miss(ids.len() == cause.fixes.len(), id, "two fixes of one id");
        for fix in &cause.fixes {
            let known = ["minutes", "hours", "administrator"].contains(&fix.effort.as_str());
            miss(known, id, "a fix without a known effort");
            miss(fix.page.as_ref().is_none_or(|p| p.starts_with("https://")), id, "a page that is no address");
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn fragments_tell_who_answered() {
    let mut wrong = Vec::new();
    for line in include_str!("diagnosis_responders.txt").lines().filter(|l| !l.starts_with('#')) {
        let (right, text) = line.split_once('\t').expect("a tab");
        let report = asked(&text.replace("\\n", "\n").replace("\\\\", "\\"), &[]);
        let named = &report.responder.id;
        wrong.extend((!right.split(',').any(|r| r == named)).then(|| format!("{right}: {named} for {text}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What a visitor with this cause would truthfully say to a question: what the error itself shows (a sample of the cause), else
/// what the cause's file calls likeliest; none where neither tells, which is "I don't know".
fn truth(cause: &CauseFile, sample: &Report, question: &Question) -> Option<String> {
    let home = cause.at.iter().filter(|(g, _)| *g != "unknown").max_by(|a, b| a.1.total_cmp(b.1)).map(|(g, _)| g);
    let answers = |id: &String, group: &String| match sample.responder.id.as_str() {
        "unknown" => Some(group) == home,
        known => known == id,
    };
    let weight = |answer: &str| {
        let fact = format!("answer={}.{answer}", question.id);
        let of = |evidence: &[Evidence]| evidence.iter().filter(|e| e.when == fact).map(|e| e.weight).product::<f64>();
        // Where they are and whose service it is visitors know as well as whoever answered would.
        let known = ["where", "provider"].contains(&question.id.as_str());
        let who = Data::get().responders.iter().filter(|(id, r)| known && answers(id, &r.group));
        of(&cause.evidence) * who.map(|(_, r)| of(&r.evidence)).fold(1.0, f64::max)
    };
    let file = Data::get().questions.get(&question.id).expect("a question of the files");
    let shown = |fact: &String| sample.facts.iter().any(|f| f.signal == *fact);
    if let Some(answer) = file.answers.iter().find(|a| a.means.iter().any(shown)) {
        return Some(answer.id.clone());
    }
    let best = question.answers.iter().max_by(|a, b| weight(&a.id).total_cmp(&weight(&b.id)))?;
    let least = question.answers.iter().map(|a| weight(&a.id)).fold(f64::MAX, f64::min);
    let usual = file.answers.iter().find(|a| a.usual.is_some()).map(|a| a.id.clone());
    (weight(&best.id) > least * 1.4).then(|| best.id.clone()).or(usual)
}

/// How many answers it takes until the cause comes first, at most `most`; none where it does not.
fn conversation(id: &str, cause: &CauseFile, sample: &Report, most: usize) -> (Option<usize>, Vec<String>) {
    let (mut answers, mut said, mut unknown): (Vec<Answer>, Vec<String>, BTreeSet<String>) = Default::default();
    loop {
        let report = asked("", &answers);
        if report.causes.first().is_some_and(|c| c.id == id) {
            return (Some(answers.len()), said);
        }
        if answers.len() == most {
            return (None, said);
        }
        let open = report.questions.iter().find(|q| q.given.is_none() && !unknown.contains(&q.id));
        let Some(question) = open else { return (None, said) };
        match truth(cause, sample, question) {
            Some(answer) => {
                said.push(format!("{}.{answer}", question.id));
                answers.push(Answer { question: question.id.clone(), answer });
            }
            None => {
                said.push(format!("{}?", question.id));
                unknown.insert(question.id.clone());
            }
        }
    }
}

/// What visitors of ChatGPT on the web and callers of the API come with most.
const COMMON: [&str; 26] = [
    "invalid-api-key",
    "missing-api-key",
    "malformed-authorization-header",
    "restricted-key-missing-scope",
    "model-access-project",
    "model-does-not-exist",
    "unsupported-region",
    "quota-exhausted",
    "billing-inactive",
    "rate-limited",
    "ip-not-allowlisted",
    "organization-mismatch",
    "account-deactivated",
    "content-policy",
    "wrong-host-or-path",
    "payload-malformed",
    "edge-ip-block",
    "edge-bot-challenge",
    "corporate-proxy-block",
    "cors-or-origin",
    "self-hosted-origin-check",
    "relay-quota",
    "azure-network-rules",
    "session-or-cookie-expired",
    "web-automation-detected",
    "service-incident",
];

#[test]
fn answers_alone_lead_to_the_cause() {
    let samples = samples();
    let (mut first, mut common, mut all) = (0, 0, 0);
    let mut text = String::from("\na visitor without a paste, who answers truthfully\n");
    for (id, cause) in &Data::get().causes {
        let Some(sample) = samples.get(id).and_then(|s| s.iter().find(|s| s.expect == "first")) else { continue };
        let sample = asked(&sample.text, &[]);
        let (took, said) = conversation(id, cause, &sample, 5);
        all += 1;
        first += usize::from(took.is_some());
        let usual = COMMON.contains(&id.as_str());
        common += usize::from(took.is_some() && usual);
        if took.is_none() {
            let _ = writeln!(text, "{}{id}: not after {}", if usual { "COMMON " } else { "" }, said.join(", "));
        }
    }
    let _ = writeln!(text, "first within 5 answers: {common} of {} common causes, {first} of all {all}", COMMON.len());
    show(&text);
    assert!(common >= 25, "{common} of {} common causes", COMMON.len());
    assert!(first >= 65, "{first} of {all} causes");
}

/// Visitors who know what people know: the place in which the right cause stands after so many questions, where each that they
/// cannot answer counts as well.
#[test]
fn visitors_who_know_little_come_to_their_cause() {
    let lines: Vec<_> = include_str!("visitors.tsv").lines().filter(|l| !l.starts_with('#')).collect();
    let (mut first, mut three, mut lost) = ([0, 0], [0, 0], String::new());
    for line in &lines {
        let [causes, typed, known] = line.split('\t').collect::<Vec<_>>().try_into().expect("three columns");
        let known: BTreeMap<_, _> = known.split(' ').map(|k| k.split_once('=').expect("question=answer")).collect();
        let (mut answers, mut put, mut said): (Vec<Answer>, BTreeSet<String>, Vec<String>) = Default::default();
        loop {
            let report = asked(typed, &answers);
            let place = report.causes.iter().position(|c| causes.split('|').any(|right| right == c.id));
            let open = report.questions.into_iter().find(|q| q.given.is_none() && !put.contains(&q.id));
            for (nth, most) in [5, 8].into_iter().enumerate() {
                if put.len() == most || put.len() < most && open.is_none() {
                    first[nth] += usize::from(place == Some(0));
                    three[nth] += usize::from(place.is_some_and(|p| p < 3));
                }
            }
            let Some(question) = open.filter(|_| put.len() < 8) else {
                if place != Some(0) {
                    let top = report.causes.first().map_or("-", |c| c.id.as_str());
                    let _ = writeln!(lost, "{causes} [{typed}] at {place:?}, first {top}: {}", said.join(", "));
                }
                break;
            };
            let answer = known.get(question.id.as_str());
            said.push(format!("{}{}", question.id, answer.map_or("?".to_owned(), |a| format!(".{a}"))));
            answers.push(Answer { question: question.id.clone(), answer: answer.unwrap_or(&"unknown").to_string() });
            put.insert(question.id);
        }
    }
    let all = lines.len();
    show(&format!(
        "\n{all} visitors who know little\n{lost}first after five {}, after eight {}; in the first three {}, {}\n",
        first[0], first[1], three[0], three[1]
    ));
    assert!(first[1] * 10 >= all * 9, "{} of {all} first after eight questions", first[1]);
}

/// The kinds in placeholders are why403's own words, and nothing that anybody said.
#[test]
fn a_placeholder_says_nothing() {
    let text = "Authorization: Bearer {{redacted:groq-key:56-0123456789ab}}\nHTTP/1.1 403 Forbidden";
    let report = why403::inspect(Raw::new(text.to_owned()), &RedactOptions::default(), &[]);
    let said = report.responder.because.iter().chain(report.causes.iter().flat_map(|cause| &cause.because));
    for sentence in said {
        assert!(!sentence.contains("“groq"), "{sentence}");
    }
}
