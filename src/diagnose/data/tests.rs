//! The data files are whole: every reference leads somewhere, every cause has samples, and these come out as they say.

use super::*;
use crate::check::provider::Provider;
use crate::diagnose::BY;
use crate::diagnose::questions::MESSAGE;
use crate::redact::{Raw, RedactOptions};

/// A constructed case of a cause: a `[[sample]]` of its file, which the build keeps out of the programs.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Sample {
    /// The paste.
    text: String,
    /// `first`: the cause must rank first. `absent`: it must not be among the first three.
    expect: String,
    /// The responder that must be named, if any.
    responder: Option<String>,
}

/// The samples of every cause file, by the cause's id.
fn samples() -> BTreeMap<String, Vec<Sample>> {
    serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/samples.json"))).expect("samples are well-formed")
}

#[test]
fn every_file_can_be_read() {
    let mut mistakes = Mistakes::new();
    Data::read(&mut mistakes);
    assert_eq!(mistakes, Mistakes::new());
}

/// A provider with a name of its own is one whose API was called, and nobody is asked for it.
#[test]
fn every_named_provider_is_known_to_the_tree() {
    let data = Data::get();
    let (api, asked) = (&data.tree.derived["api"].any, &data.questions["provider"].unless);
    for name in Provider::names().filter(|name| !["chatgpt", "openai-page"].contains(name)) {
        let fact = format!("to={name}");
        assert!(api.contains(&fact), "[derived.api] of tree.toml lacks {fact}");
        assert!(asked.contains(&fact), "`unless` of questions/provider.toml lacks {fact}");
    }
}

#[test]
fn a_host_in_a_configuration_that_is_not_heeded_answers_nothing() {
    let text = "base_url=\"https://opencode.ai/zen/v1\"\nopenai.AuthenticationError: Error code: 401 - {'error': {'message': 'Incorrect API key provided: sk-abcd. You can find your API key at https://platform.openai.com/account/api-keys.', 'type': 'invalid_request_error', 'param': None, 'code': 'invalid_api_key'}}";
    let report = crate::inspect(Raw::new(text.to_owned()), &RedactOptions::default(), &[]);
    assert_eq!(report.responder.id, "openai-api");
}

/// A new host needs no line in a responder's file.
#[test]
fn what_another_providers_host_answers_is_not_openais() {
    for host in Provider::others() {
        let host = [host.strip_prefix('.').map_or("", |_| "example"), host].concat();
        for message in [
            "Incorrect API key provided",
            "Incorrect API key provided: sk-abcd. You can find your API key at https://platform.openai.com/account/api-keys.",
        ] {
            let answer = format!(
                r#"{{"error":{{"message":"{message}","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}}}"#
            );
            let url = format!("https://{host}/v1/chat/completions");
            for text in [
                format!(
                    "POST {url} HTTP/1.1\nAuthorization: Bearer x\n\nHTTP/1.1 401 Unauthorized\nContent-Type: application/json\n\n{answer}"
                ),
                format!("401 {answer} for url: {url}"),
                format!("HTTP Request: POST {url} \"HTTP/1.1 401 Unauthorized\"\nError code: 401 - {answer}"),
            ] {
                let report = crate::inspect(Raw::new(text.clone()), &RedactOptions::default(), &[]);
                assert!(
                    !["openai-api", "openai-edge", "unknown"].contains(&report.responder.id.as_str()),
                    "{}: {text}",
                    report.responder.id
                );
                let fixes = report.causes.first().map(|c| c.fixes.as_slice()).unwrap_or_default();
                for said in fixes.iter().flat_map(|f| [&f.page, &f.command]).flatten() {
                    assert!(!said.contains("openai.com") && !said.contains("$OPENAI_API_KEY"), "{said}: {text}");
                }
            }
        }
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let data = Data::get();
    let rules: BTreeSet<&str> = crate::check::rules::RULES.iter().map(|r| r.id).collect();
    let mut wrong = Vec::new();
    for (id, cause) in &data.causes {
        wrong.extend(
            (!data.tree.families.contains_key(&cause.family)).then(|| format!("{id}: family {}", cause.family)),
        );
        wrong
            .extend(cause.at.keys().filter(|g| !data.tree.groups.contains_key(*g)).map(|g| format!("{id}: group {g}")));
        wrong.extend(cause.at.is_empty().then(|| format!("{id}: stands nowhere in the tree")));
        let by = cause.says.iter().filter_map(|s| s.by.as_ref());
        wrong.extend(by.filter(|b| !data.responders.contains_key(*b)).map(|b| format!("{id}: by {b}")));
        let efforts =
            cause.fixes.iter().filter(|f| !["minutes", "hours", "administrator"].contains(&f.effort.as_str()));
        wrong.extend(efforts.map(|f| format!("{id}: effort {}", f.effort)));
        wrong.extend(cause.fixes.is_empty().then(|| format!("{id}: no fix")));
        wrong.extend(cause.sources.is_empty().then(|| format!("{id}: no source")));
    }
    for (id, responder) in &data.responders {
        wrong.extend(
            (!data.tree.groups.contains_key(&responder.group)).then(|| format!("{id}: group {}", responder.group)),
        );
    }
    let mut known = Vocabulary::get().all();
    known.extend(data.tree.derived.keys().map(|id| format!("{DERIVED}{id}")));
    known.extend(data.tree.groups.keys().chain(data.responders.keys()).map(|id| format!("{BY}{id}")));
    for (id, cause) in &data.causes {
        let conditions =
            cause.fixes.iter().flat_map(|f| f.first.iter().chain(&f.only).chain(&f.unless)).flat_map(|c| literals(c));
        let unknown = conditions.filter(|fact| !known.contains(*fact));
        wrong.extend(unknown.map(|fact| format!("{id}: no evidence asks for {fact}, which a fix names")));
    }
    let derived = data.conditions().flat_map(literals).filter_map(|fact| fact.strip_prefix(DERIVED));
    let lost = derived.filter(|id| !data.tree.derived.contains_key(*id) && [DERIVED, id].concat() != MESSAGE);
    wrong.extend(lost.map(|id| format!("is={id}: no [derived] entry of tree.toml")));
    for fact in Vocabulary::get().facts.iter() {
        let (name, value) = fact.split_once('=').unwrap_or((fact, ""));
        let there = match name {
            "finding" => rules.contains(value),
            "says" | "answer" => {
                known.iter().filter(|k| *k == fact).count() == 1 && {
                    let says = data.templates().any(|(s, _)| s.id == value);
                    let answer = value.split_once('.').is_some_and(|(q, a)| {
                        data.questions.get(q).is_some_and(|q| q.answers.iter().any(|x| x.id == a))
                    });
                    if name == "says" { says } else { answer }
                }
            }
            "body" => ["json", "html", "text", "empty"].contains(&value),
            "ray" => ["listed", "unlisted"].contains(&value),
            "input" => value == "long" || crate::intake::formats::FORMATS.iter().any(|f| f.kind.name() == value),
            "to" => {
                ["own", "relay", "foreign", "other", "local", "unknown"].contains(&value)
                    || Provider::names().any(|name| name == value)
            }
            "contrast" => value == "client",
            "key" => ["value", "bearer-token"].contains(&value) || crate::redact::kind::get(value).is_some(),
            "status" => value.parse().is_ok_and(|status: u16| (100..600).contains(&status)),
            "header" | "!header" | "sent" => {
                value.split(':').next().is_some_and(|n| !n.bytes().any(|b| b.is_ascii_uppercase()))
            }
            "shape" => value.split(':').next_back().is_some_and(|n| n.split(',').is_sorted()),
            "code" | "target" | "!target" | "path" | "mentions" | "method" => !value.is_empty(),
            _ => false,
        };
        wrong.extend((!there).then(|| format!("fact {fact}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn templates_have_ids_of_their_own_and_fixed_text() {
    let (mut seen, mut texts) = (BTreeSet::new(), BTreeMap::new());
    for (says, text) in Data::get().templates() {
        assert!(seen.insert(&says.id), "{} stands twice", says.id);
        for wording in text.split(OR) {
            assert!(Template::new(wording).is_some(), "{} has no fixed text", says.id);
            let spelt = crate::signals::canon::Canon::spelling(wording, wording.contains('<'));
            // A word may stand for several things; a message means one.
            let word = says.fact.starts_with(WORD);
            let other = texts.insert(spelt, says).filter(|o| !(word && o.fact.starts_with(WORD)));
            assert!(
                other.is_none(),
                "{} and {:?} are one message: let one name the other's id without a text",
                says.id,
                other.map(|o| &o.id)
            );
        }
    }
    let lost: Vec<_> = Data::get().says().filter(|s| !seen.contains(&s.id)).map(|s| &s.id).collect();
    assert!(lost.is_empty(), "{lost:?} stand nowhere with a text");
}

#[test]
fn samples_come_out_as_their_files_say() {
    let mut wrong = Vec::new();
    for (id, samples) in samples() {
        for expect in ["first", "absent"] {
            let there = samples.iter().any(|s| s.expect == expect);
            wrong.extend((!there).then(|| format!("{id}: no sample that expects it {expect}")));
        }
        for sample in &samples {
            let report = crate::inspect(Raw::new(sample.text.clone()), &RedactOptions::default(), &[]);
            let place = report.causes.iter().position(|c| c.id == id);
            let right = match sample.expect.as_str() {
                "first" => place == Some(0),
                "absent" => place.is_none_or(|p| p > 2),
                _ => false,
            };
            let ranked: Vec<_> = report.causes.iter().take(3).map(|c| format!("{} {}", c.id, c.probability)).collect();
            let why = || report.causes.first().map(|c| c.because.as_slice()).unwrap_or_default();
            wrong.extend((!right).then(|| {
                format!("{id}: {} but {ranked:?}, the first for {:?}: {}", sample.expect, why(), sample.text.trim())
            }));
            let named = sample.responder.as_ref().is_none_or(|r| *r == report.responder.id);
            wrong.extend(
                (!named).then(|| format!("{id}: responder {} for {}", report.responder.id, sample.text.trim())),
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_cause_has_samples() {
    let samples = samples();
    let without: Vec<_> = Data::get().causes.keys().filter(|id| !samples.contains_key(*id)).collect();
    assert!(without.is_empty(), "{without:?}");
}
