//! The TypeScript types of the engine (`src/engine.d.ts`) are written from the Rust types, so that they cannot lag behind.
//! `UPDATE_TYPES=1 cargo test --test native types` writes them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Where the types stand that cross the engine's boundary; where a name stands twice, the first counts.
const SOURCES: [&str; 9] = [
    include_str!("../../src/report/mod.rs"),
    include_str!("../../src/diagnose/picture.rs"),
    include_str!("../../src/redact/mod.rs"),
    include_str!("../../src/signals/mod.rs"),
    include_str!("../../src/signals/place.rs"),
    include_str!("../../src/span.rs"),
    include_str!("../../src/intake/model.rs"),
    include_str!("../../src/check/mod.rs"),
    include_str!("../../src/incidents/mod.rs"),
];
const COMPARE: [&str; 2] = [include_str!("../../src/compare/mod.rs"), include_str!("../../src/compare/keys.rs")];
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/engine.d.ts");

/// What JavaScript gives or gets, under the name that it has there; the source that counts first.
fn roots() -> Vec<(&'static str, &'static str, Vec<&'static str>)> {
    let all = |first: &[&'static str]| first.iter().copied().chain(SOURCES).collect::<Vec<_>>();
    vec![
        ("Report", "", all(&[])),
        ("RedactOptions", "", all(&[])),
        ("Answer", "", all(&[])),
        ("Node", "", all(&[])),
        ("Incidents", "", all(&[])),
        ("Comparison", "Compared", all(&[COMPARE[0]])),
        ("Keys", "Key", all(&[COMPARE[1]])),
    ]
}

/// One type as Rust has it.
struct Item {
    doc: String,
    enumeration: bool,
    rename: Option<String>,
    /// All members may be left out, as `#[serde(default)]` says of options.
    optional: bool,
    /// Documentation, name, type; for an enumeration, documentation and name.
    members: Vec<(String, String, String)>,
}

/// The item of this name in a source.
fn item(source: &str, name: &str) -> Option<Item> {
    let open = ["struct", "enum"].into_iter().find_map(|what| {
        let head = format!("pub {what} {name} {{\n");
        source.find(&head).map(|at| (what == "enum", at, at + head.len()))
    });
    let (enumeration, head, body) = open?;
    let mut doc = Vec::new();
    let (mut rename, mut optional) = (None, false);
    for line in source[..head].lines().rev().map(str::trim) {
        if let Some(text) = line.strip_prefix("/// ") {
            doc.insert(0, text.to_owned());
        } else if let Some(rest) = line.strip_prefix("#[serde(rename_all = \"") {
            rename = Some(rest.trim_end_matches("\")]").to_owned());
        } else if line == "#[serde(default)]" {
            optional = true;
        } else if !line.starts_with("#[") {
            break;
        }
    }
    let mut members = Vec::new();
    let (mut words, mut as_name, mut may_lack) = (Vec::new(), None, false);
    for line in source[body..].lines().map(str::trim).take_while(|l| *l != "}") {
        if let Some(text) = line.strip_prefix("/// ") {
            words.push(text.to_owned());
        } else if let Some(rest) = line.strip_prefix("#[serde(rename = \"") {
            as_name = Some(rest.split('"').next().unwrap().to_owned());
        } else if line.starts_with("#[serde(") && line.contains("skip_serializing_if") {
            may_lack = true;
        } else if let Some(rest) = line.strip_prefix("pub ") {
            let (field, kind) = rest.trim_end_matches(',').split_once(": ").unwrap();
            let field = as_name.take().unwrap_or_else(|| field.to_owned());
            // What is left out where there is nothing is never null.
            let present = kind.strip_prefix("Option<").and_then(|k| k.strip_suffix('>')).filter(|_| may_lack);
            let mark = if std::mem::take(&mut may_lack) { "?" } else { "" };
            members.push((words.join(" "), [&field, mark].concat(), present.unwrap_or(kind).to_owned()));
            words.clear();
        } else if enumeration && line.ends_with(',') && !line.starts_with('#') {
            members.push((words.join(" "), line.trim_end_matches(',').to_owned(), String::new()));
            words.clear();
        }
    }
    Some(Item { doc: doc.join(" "), enumeration, rename, optional, members })
}

/// A Rust type as TypeScript has it; names of further types go into `wanted`.
fn script(kind: &str, prefix: &str, wanted: &mut Vec<String>) -> String {
    let inner = |name: &str| kind.strip_prefix(name)?.strip_prefix('<')?.strip_suffix('>');
    if let Some(kind) = inner("Option") {
        return format!("{} | null", script(kind, prefix, wanted));
    }
    if let Some(kind) = inner("Vec") {
        let each = script(kind, prefix, wanted);
        return if each.contains(' ') && !each.starts_with('[') { format!("({each})[]") } else { format!("{each}[]") };
    }
    if let Some(kinds) = inner("BTreeMap") {
        let each: Vec<String> = kinds.split(", ").map(|k| script(k, prefix, wanted)).collect();
        return format!("Record<{}>", each.join(", "));
    }
    if let Some(kinds) = kind.strip_prefix('(').and_then(|k| k.strip_suffix(')')) {
        let each: Vec<String> = kinds.split(", ").map(|k| script(k, prefix, wanted)).collect();
        return format!("[{}]", each.join(", "));
    }
    match kind {
        "String" => "string".into(),
        "bool" => "boolean".into(),
        "u8" | "u16" | "u32" | "u64" | "usize" | "f32" | "f64" | "i32" => "number".into(),
        _ => {
            let name = kind.rsplit("::").next().unwrap().to_owned();
            wanted.push(name.clone());
            named(&name, prefix)
        }
    }
}

/// The name under which JavaScript knows a type. The sides of two comparisons would have the same.
fn named(name: &str, prefix: &str) -> String {
    if name == "Side" { format!("{prefix}Side") } else { name.to_owned() }
}

fn renamed(name: &str, rule: Option<&str>) -> String {
    match rule {
        Some("lowercase") => name.to_lowercase(),
        Some("kebab-case") => {
            let mut out = String::new();
            for (n, c) in name.char_indices() {
                if n > 0 && c.is_uppercase() {
                    out.push('-');
                }
                out.extend(c.to_lowercase());
            }
            out
        }
        _ => name.to_owned(),
    }
}

fn types() -> String {
    let mut out = String::from("// Written by tests/native/types.rs from the Rust types.\n");
    let mut done: BTreeMap<String, ()> = BTreeMap::new();
    for (root, prefix, sources) in roots() {
        let mut wanted = vec![root.to_owned()];
        while let Some(name) = wanted.pop() {
            let public = named(&name, prefix);
            if done.insert(public.clone(), ()).is_some() {
                continue;
            }
            let item = sources.iter().find_map(|s| item(s, &name)).unwrap_or_else(|| panic!("{name} is in no source"));
            write!(out, "\n/** {} */\n", item.doc).unwrap();
            if item.enumeration {
                let values: Vec<String> = item
                    .members
                    .iter()
                    .map(|(_, n, _)| format!("\"{}\"", renamed(n, item.rename.as_deref())))
                    .collect();
                writeln!(out, "export type {public} = {};", values.join(" | ")).unwrap();
                continue;
            }
            writeln!(out, "export interface {public} {{").unwrap();
            for (doc, field, kind) in item.members {
                let kind = script(&kind, prefix, &mut wanted);
                let mark = if item.optional { "?" } else { "" };
                writeln!(out, "  /** {doc} */\n  {field}{mark}: {kind};").unwrap();
            }
            out.push_str("}\n");
        }
    }
    // References of rustdoc mean nothing to readers of TypeScript.
    out.replace("[`", "`").replace("`]", "`").replace("crate::", "")
}

#[test]
fn the_types_are_up_to_date() {
    let now = types();
    if std::env::var_os("UPDATE_TYPES").is_some() {
        std::fs::write(FILE, &now).unwrap();
    }
    let kept = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(now == kept, "src/engine.d.ts is stale: run UPDATE_TYPES=1 cargo test --test native types");
}

/// A report that was really made has exactly the members that the types name.
#[test]
fn a_real_report_has_these_members() {
    let text = "curl https://api.openai.com/v1/models -H 'Authorization: Bearer sk-x'\n\nHTTP/1.1 403 Forbidden\ncf-ray: 98dfe1a2bc3d4e5f-FRA\n\n{}";
    let report = why403::inspect(why403::redact::Raw::new(text.into()), &why403::redact::RedactOptions::default(), &[]);
    let value = serde_json::to_value(&report).unwrap();
    let said: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    let item = item(SOURCES[0], "Report").unwrap();
    let typed: Vec<&str> =
        item.members.iter().map(|(_, name, _)| name.as_str()).filter(|n| !n.ends_with('?')).collect();
    assert_eq!(said, typed);
}
