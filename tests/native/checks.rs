//! The rules as a set: what each declares, and the reference page made from it.

use std::collections::BTreeSet;
use std::path::Path;
use why403::check::rules::RULES;
use why403::check::{Rule, Severity};

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
    assert_eq!(files, ids.iter().map(|id| (*id).to_owned()).collect());
}

#[test]
fn texts_keep_to_one_style() {
    each(|r| {
        let first = r.title.chars().next()?;
        // A title may begin with a name: `/v1`, Azure, OpenAI.
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

/// The reference is generated: `BLESS=1 cargo test --test native reference` writes it.
#[test]
fn reference_is_up_to_date() {
    let path = root().join("docs/checks.md");
    let wanted = reference();
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &wanted).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "docs/checks.md is stale: run `BLESS=1 cargo test --test native reference`");
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
        out += &format!(
            "\n## {}\n\n{}: {}.\n\n{}\n\n**Fix.** {}\n\n**Source.** {source}\n\nFires on:\n\n```http\n{}\n```\n",
            rule.id,
            severity(rule),
            rule.title,
            rule.why,
            rule.fix,
            short(rule.example),
        );
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
