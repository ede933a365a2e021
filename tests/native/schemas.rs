//! Published requests against the published schemas. `published_curl.txt` holds the curl commands of OpenAI's OpenAPI document
//! in its order; `published_mutants.tsv` changes of their bodies that the document's own JSON Schema rejects (by PyPI's
//! `jsonschema`, with a fixed seed): number of the command, JSON Pointer, and the new value or `-` where it is taken out.

use serde_json::Value;
use why403::check::{self, Severity};
use why403::intake::{self, Request};
use why403::redact::{Raw, RedactOptions, redact};
use why403::schema::{self, Kind};

fn commands() -> Vec<&'static str> {
    include_str!("published_curl.txt").split("\n%%\n").collect()
}

fn request(command: &str) -> Option<Request> {
    let redacted = redact(Raw::new(command.to_owned()), &RedactOptions::default());
    intake::read(redacted, &RedactOptions::default()).1.exchanges.into_iter().next()?.request
}

/// Commands that are wrong as published, by a part of each: broken JSON, a backslash that is missing, a path misspelt.
static WRONG: &[&str] = &[
    "/rate_limits?after=", // the shell cuts the URL at the `&`
    "files_batches",
    "runs/evalrun_67abd54d60ec8190832b46859da808f7/cancel",
    "/uploads/upload_abc123/",
    "https://api.openai.com/v1/uploads \\", // JSON without a Content-Type
];

#[test]
fn published_commands_get_no_complaint() {
    let mut bodies = 0;
    for command in commands() {
        let redacted = redact(Raw::new(command.to_owned()), &RedactOptions::default());
        let (redacted, intake) = intake::read(redacted, &RedactOptions::default());
        bodies += usize::from(intake.exchanges.iter().any(|e| schema::needed(e).is_some()));
        for finding in check::run(&intake, redacted.text(), redacted.masked()) {
            let bad = match finding.severity {
                Severity::Hint => false,
                Severity::Error => finding.rule.id != "json-broken",
                Severity::Warning => {
                    finding.rule.id != "command-continuation-missing"
                        && finding.rule.id != "method-wrong"
                        && !WRONG.iter().any(|w| command.contains(w))
                }
            };
            assert!(!bad, "{}: {}\n{command}", finding.rule.id, finding.message);
        }
    }
    assert!(bodies >= 100, "{bodies}");
}

#[test]
fn mutants_are_found_where_they_are() {
    let commands = commands();
    let (mut all, mut missed) = (0, Vec::new());
    for line in include_str!("published_mutants.tsv").lines() {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap();
        let (number, pointer, new) = (next().parse::<usize>().unwrap(), next(), next());
        let request = request(commands[number]).unwrap();
        let mut body: Value = serde_json::from_str(&request.content.as_ref().unwrap().text).unwrap();
        assert!(
            schema::check(&request, &body).iter().all(|m| matches!(m.kind, Kind::Deprecated | Kind::Unknown)),
            "{line}"
        );
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let (parent, name) = (parent.to_owned(), name.replace("~1", "/").replace("~0", "~"));
        if new == "-" {
            match body.pointer_mut(&parent).unwrap() {
                Value::Object(members) => drop(members.remove(&name)),
                Value::Array(items) => drop(items.remove(name.parse().unwrap())),
                other => panic!("{other}"),
            }
        } else {
            *body.pointer_mut(pointer).unwrap() = serde_json::from_str(new).unwrap();
        }
        let found = schema::check(&request, &body);
        // What is missing is told at the object that lacks it; an object of the wrong shape at what is wrong in it.
        let there = |at: &str| match new {
            "-" => at == parent,
            "{\"unexpected\": true}" => at == pointer || at.starts_with(&format!("{pointer}/")),
            _ => at == pointer,
        };
        all += 1;
        if !found.iter().any(|m| there(&m.pointer)) {
            missed.push(format!("{line}: {found:?}"));
        }
    }
    // Members that OpenAI's server does without, whatever the document says: `LAX` in script/schemas.
    let known = missed.iter().filter(|m| m.contains("/annotations\t-") || m.contains("/logprobs\t-")).count();
    assert!(missed.len() == known && known <= 4, "{} of {all}: {missed:#?}", missed.len());
    assert!(all > 400, "{all}");
}

#[test]
fn misspelt_members_are_named() {
    let mut all = 0;
    for request in commands().into_iter().filter_map(request) {
        let Some(Value::Object(body)) = request.content.as_ref().and_then(|c| serde_json::from_str(&c.text).ok())
        else {
            continue;
        };
        // An operation with a published body.
        if schema::check(&request, &Value::from(7)).is_empty() {
            continue;
        }
        for (name, value) in &body {
            let mut letters: Vec<char> = name.chars().collect();
            let middle = letters.len() / 2;
            if letters.len() < 5 || letters[middle] == letters[middle - 1] {
                continue;
            }
            letters.swap(middle, middle - 1);
            let wrong: String = letters.into_iter().collect();
            let mut body = body.clone();
            body.shift_remove(name);
            body.insert(wrong.clone(), value.clone());
            let found = schema::check(&request, &Value::Object(body));
            let open = found.iter().all(|m| m.kind != Kind::Unknown) && request.url.contains("/chatkit/");
            let open = open || request.url.ends_with("/realtime/sessions");
            let hit = found.iter().any(|m| m.name == wrong && m.near.as_deref() == Some(name));
            assert!(hit || open, "{wrong} at {}: {found:#?}", request.url);
            all += 1;
        }
    }
    assert!(all > 150, "{all}");
}
