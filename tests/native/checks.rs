//! The rules as a set: what each declares, and the reference page made from it.

use std::collections::BTreeSet;
use std::path::Path;
use why403::check::rules::RULES;
use why403::check::{self, Rule, Severity};
use why403::intake;
use why403::redact::{Raw, RedactOptions, redact};

/// Runs `wrong` over every rule and fails with the ids and what is wrong.
fn each(wrong: impl Fn(&Rule) -> Option<String>) {
    let found: Vec<String> = RULES.iter().filter_map(|r| wrong(r).map(|w| format!("{}: {w}", r.id))).collect();
    assert!(found.is_empty(), "{found:#?}");
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn ids_are_unique_and_name_their_files() {
    let ids: BTreeSet<&str> = RULES.iter().map(|r| r.id).collect();
    assert_eq!(ids.len(), RULES.len());
    let files: BTreeSet<String> = std::fs::read_dir(root().join("src/check/rules"))
        .unwrap()
        .map(|f| f.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "rs"))
        .map(|p| p.file_stem().unwrap().to_string_lossy().replace('_', "-"))
        .filter(|stem| !stem.starts_with('-'))
        .collect();
    let ids: BTreeSet<String> = ids.into_iter().map(str::to_owned).collect();
    let odd: Vec<_> = files.symmetric_difference(&ids).collect();
    assert!(odd.is_empty(), "a rule's id and its file's name differ: {odd:?}");
}

#[test]
fn texts_keep_to_one_style() {
    each(|r| {
        let first = r.title.chars().next()?;
        // A title may begin with a name that has a capital: one that is missing here may be added.
        let name = [
            "Content-Length",
            "Authorization",
            "Retry-After",
            "OpenAI",
            "Azure",
            "Cloudflare",
            "JSON",
            "Accept",
            "Content-Type",
        ];
        let start = !first.is_uppercase() || name.iter().any(|n| r.title.starts_with(n));
        let long = r.title.chars().count() > 80;
        (!start || long || r.title.ends_with('.')).then(|| format!("title: {}", r.title))
    });
    each(|r| {
        let texts = [("why", r.why), ("fix", r.fix)];
        texts.iter().find(|(_, t)| t.len() < 20 || !t.ends_with(['.', '?'])).map(|(n, t)| format!("{n}: {t}"))
    });
    each(|r| (r.why.len() > 400 || r.fix.len() > 300).then(|| "too long".to_owned()));
}

#[test]
fn sources_are_pages_or_sections() {
    each(|r| {
        let rfc = r.source.strip_prefix("RFC ").and_then(|rest| rest.split_once(", "));
        let section = rfc.is_some_and(|(number, part)| {
            number.parse::<u32>().is_ok() && (part.starts_with("section ") || part.starts_with("appendix "))
        });
        let page = r.source.starts_with("https://") && !r.source.contains(char::is_whitespace);
        (!section && !page).then(|| r.source.to_owned())
    });
}

#[test]
fn there_are_enough_of_them() {
    assert!(RULES.len() >= 40, "{}", RULES.len());
}

/// The reference is generated: a run of the tests writes it anew where a rule has changed. Where `CI` is set, a stale one
/// is a failure, because there it should have been committed.
#[test]
fn reference_is_up_to_date() {
    let path = root().join("docs/checks.md");
    let wanted = reference();
    if std::fs::read_to_string(&path).unwrap_or_default() != wanted {
        assert!(
            std::env::var_os("CI").is_none(),
            "docs/checks.md is stale: run `cargo test` and commit what it writes"
        );
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &wanted).unwrap();
    }
}

fn reference() -> String {
    let mut out = String::from(
        "# Checks\n\nWhat why403 looks for in a request and in its answer. This page is made from the rules in `src/check/rules`; \
         do not edit it.\n\nAn **error** is wrong or will be refused; a **warning** is probably not meant so, and becomes an error \
         where the answer confirms it; a **hint** is worth knowing.\n\n| check | severity | what is wrong |\n| --- | --- | --- |\n",
    );
    for rule in RULES {
        let title = rule.title.replace('|', "\\|");
        out += &format!("| [{0}](#{0}) | {1} | {title} |\n", rule.id, severity(rule));
    }
    for rule in RULES {
        let source =
            if rule.source.starts_with("https://") { format!("<{}>", rule.source) } else { rule.source.to_owned() };
        let edit = mended(rule).map(|m| format!("\n\n**Edit.** {m}")).unwrap_or_default();
        out += &format!(
            "\n## {}\n\n{}: {}.\n\n{}\n\n**Fix.** {}{edit}\n\n**Source.** {source}\n\nFires on:\n\n```http\n{}\n```\n",
            rule.id,
            severity(rule),
            rule.title,
            rule.why,
            rule.fix,
            short(rule.example),
        );
        if matches!(rule.id, "member-not-for-model" | "model-at-other-endpoint") {
            out += &models(rule.id == "model-at-other-endpoint");
        }
    }
    out
}

/// The edit that mends a rule's example, in words.
fn mended(rule: &Rule) -> Option<String> {
    let redacted = redact(Raw::new(rule.example.to_owned()), &RedactOptions::default());
    let (redacted, intake) = intake::read(redacted, &RedactOptions::default());
    let found = check::run(&intake, redacted.text(), redacted.masked());
    found.into_iter().find(|f| f.rule.id == rule.id)?.mended.map(|m| m.sentence(redacted.text()))
}

/// What is known of models, each with its source.
fn models(whole: bool) -> String {
    let mut out = String::from(
        "\n| endpoint | models | member | values that go | what is right |\n| --- | --- | --- | --- | --- |\n",
    );
    for line in include_str!("../../src/check/models.tsv").lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [paths, models, member, right, _, what, source] = cells[..] else { panic!("{line}") };
        if (member == "model") == whole {
            let what = what.trim_start_matches('=').replace("effort:", "");
            let models = models.replace('!', "not ");
            out += &format!("| {paths} | {models} | `{member}` | {right} | {what} ([source]({source})) |\n");
        }
    }
    out
}

fn severity(rule: &Rule) -> &'static str {
    match rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    }
}

/// An example without what a page cannot show.
fn short(example: &str) -> String {
    example
        .trim_end()
        .chars()
        .flat_map(|c| if c.is_control() && c != '\n' { c.escape_default().collect() } else { vec![c] })
        .collect()
}

/// Ids of what the rules find in a paste, on the whole way from the raw text.
fn found(text: &str) -> Vec<&'static str> {
    let redacted = redact(Raw::new(text.to_owned()), &RedactOptions::default());
    let (redacted, intake) = intake::read(redacted, &RedactOptions::default());
    check::run(&intake, redacted.text(), redacted.masked()).iter().map(|f| f.rule.id).collect()
}

#[test]
fn every_rule_fires_on_its_example_as_a_paste() {
    each(|r| {
        let ids = found(r.example);
        (!ids.contains(&r.id)).then(|| format!("{ids:?} in {}", r.example))
    });
}

/// A key that is none: the form of a project key around a pattern.
fn key() -> String {
    let half = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xYaB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xYaB3dE5fG7h";
    let rest = "zY9xW7vU5tS3rQ1pN8mL6kJ4hG2fE0dCzY9xW7vU5tS3rQ1pN8mL6kJ4hG2fE0dCzY9xW7vU5t";
    format!("sk-proj-{half}T3BlbkFJ{rest}")
}

const URL: &str = "https://api.openai.com/v1/chat/completions";
const JSON: &str = r#"{"model":"gpt-4o","messages":[{"role":"user","content":"Don't “quote” $me {{now}}, café"}]}"#;

#[test]
fn correct_pastes_get_no_finding() {
    let key = key();
    let json = JSON.replace('\'', "");
    for paste in [
        format!("curl {URL} -H 'Content-Type: application/json' -H 'Authorization: Bearer {key}' -d '{json}'"),
        format!("curl {URL} \\\n  -H \"Content-Type: application/json\" \\\n  -H \"Authorization: Bearer $OPENAI_API_KEY\" \\\n  -d '{json}'"),
        format!("curl --json '{json}' --oauth2-bearer {key} {URL}"),
        format!("curl {URL} -H 'Content-Type: application/json' -H 'Authorization: Bearer {key}' -d @body.json"),
        format!("curl {URL} -H 'Content-Type: application/json' -H 'Authorization: Bearer {key}' -d @- <<EOF\n{json}\nEOF"),
        format!("curl https://api.openai.com/v1/files -H 'Authorization: Bearer {key}' -F purpose=batch -F file=@a.jsonl"),
        format!("curl \"https://api.openai.com/v1/files?limit=2&order=desc\" -H \"Authorization: Bearer {key}\""),
        "curl https://acme.openai.azure.com/openai/v1/responses -H 'api-key: 0123456789abcdef0123456789abcdef' --json '{\"model\":\"gpt\",\"input\":\"Hi\"}'".to_owned(),
        "curl https://api.anthropic.com/v1/messages -H \"x-api-key: $K\" -H 'anthropic-version: 2023-06-01' --json '{\"model\":\"claude\",\"max_tokens\":9,\"messages\":[]}'".to_owned(),
        format!("POST /v1/chat/completions HTTP/1.1\nHost: api.openai.com\nAuthorization: Bearer {key}\nContent-Type: application/json\n\n{JSON}"),
        "2026-01-01 INFO httpx HTTP Request: POST https://api.openai.com/v1/chat/completions \"HTTP/1.1 401 Unauthorized\"".to_owned(),
        "Error code: 403 - {'error': {'message': 'Country, region, or territory not supported', 'type': 'request_forbidden'}}".to_owned(),
        "My colleague says Authorization: Bearer undefined is what gets sent?".to_owned(),
        String::new(),
    ] {
        assert_eq!(found(&paste), Vec::<&str>::new(), "{paste}");
    }
}

/// Right requests of many clients and providers, with a successful answer or none: nobody is to be told that something is wrong.
/// Keys are put together here, so that none stands in a file.
#[test]
fn right_requests_get_no_complaint() {
    let letters = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xYz".repeat(4);
    let cut = |n: usize| letters.get(..n).unwrap();
    let keys = [
        ("OPENAI_KEY", key()),
        ("OPENAI_ADMIN", key().replace("proj", "admin")),
        ("AZURE_KEY", "0123456789abcdef".repeat(2)),
        ("ANTHROPIC_KEY", format!("sk-ant-api03-{}-{}AA", cut(40), cut(52))),
        ("ANTHROPIC_OAUTH", format!("sk-ant-oat01-{}-{}AA", cut(40), cut(52))),
        ("GOOGLE_KEY", format!("AIzaSy{}", cut(33))),
        ("OPENROUTER_KEY", format!("sk-or-v1-{}", "0123456789abcdef".repeat(4))),
        ("GROQ_KEY", format!("gsk_{}", cut(52))),
    ];
    let mut wrong = Vec::new();
    let requests: Vec<&str> = include_str!("right_requests.txt").split("\n%%\n").collect();
    for request in &requests {
        let paste = keys.iter().fold((*request).to_owned(), |text, (name, key)| {
            // Not within `$OPENAI_KEY` and the like.
            text.replace(&format!(" {name}"), &format!(" {key}")).replace(&format!("={name}"), &format!("={key}"))
        });
        let redacted = redact(Raw::new(paste), &RedactOptions::default());
        let (redacted, intake) = intake::read(redacted, &RedactOptions::default());
        if !intake.exchanges.iter().any(|e| e.request.is_some()) {
            wrong.push(format!("not read: {request}"));
        }
        let found = check::run(&intake, redacted.text(), redacted.masked());
        for finding in found.iter().filter(|f| f.severity > Severity::Hint) {
            wrong.push(format!("{}: {}\n{request}", finding.rule.id, finding.message));
        }
    }
    assert!(requests.len() >= 80 && wrong.is_empty(), "{}: {}", requests.len(), wrong.join("\n\n"));
}

#[test]
fn wrong_pastes_get_the_finding_that_names_the_defect() {
    let key = key();
    let with = |header: &str| {
        format!(
            "curl {URL} -H 'Content-Type: application/json' -H '{header}' --data-raw '{{\"model\":\"gpt-4o\",\"messages\":[]}}'"
        )
    };
    for (paste, id) in [
        (with(&format!("Authorization: {key}")), "authorization-scheme-missing"),
        (with(&format!("Authorization: Bearer Bearer {key}")), "authorization-scheme-doubled"),
        (with(&format!("Authorization: Bearer \"{key}\"")), "key-quoted"),
        (with(&format!("Authorization: Bearer {}", key.replace("proj", "admin"))), "admin-key-at-ordinary-endpoint"),
        (with(&format!("x-api-key: {key}")), "credential-in-wrong-header"),
        (with("Authorization: Bearer $OPENAI_API_KEY"), "key-variable-unexpanded"),
        (with("Authorization: Bearer "), "authorization-empty"),
        (with("Authorization: Bearer None"), "key-is-a-word-for-nothing"),
        (with("Authorization: Bearer <YOUR_API_KEY>"), "key-sample"),
        (with("Authorization: Bearer ").replace("/v1/", "/"), "path-version-missing"),
        (with("Authorization: Bearer ").replace("https:", "http:"), "scheme-http"),
        (with("Authorization: Bearer ").replace("completions", "completion"), "endpoint-unknown"),
        (with("Authorization: Bearer ").replace("[]}", "[],}"), "json-broken"),
        (with("Authorization: Bearer ").replace("--data-raw", "-X PUT --data-raw"), "method-wrong"),
        (
            format!("curl {URL} -H \"Authorization: Bearer {key}\" -d '{{\"model\":\"gpt-4o\"}}'"),
            "content-type-form-for-json",
        ),
    ] {
        assert!(found(&paste).contains(&id), "{id}: {:?} in {paste}", found(&paste));
    }
}

#[test]
fn the_command_exports_the_table_of_permissions() {
    let run = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_why403"))
            .arg("permissions")
            .args(arguments)
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, csv) = run(&[]);
    assert_eq!(code, Some(0));
    assert!(csv.starts_with("method,path,scope,") && csv.lines().count() > 200);
    let (code, json) = run(&["--format", "json", "costs"]);
    assert_eq!(code, Some(0));
    let parsed: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(parsed[0]["path"], "/organization/costs");
    assert_eq!(run(&["--format", "xml"]).0, Some(2));
}
