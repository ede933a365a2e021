//! Turns files into items, so that adding a file is all it takes to add a check, an input format, a cause, a responder
//! or a question. Nothing here knows what the files mean: their types live in the library, and its tests read them.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stderr)] // A build script that cannot go on says why and stops.

#[path = "build/words.rs"]
mod words;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process;
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    modules(&root.join("src/check/rules"), "RULE", "Rule", &out.join("rules.rs"));
    modules(&root.join("src/intake/formats"), "FORMAT", "Format", &out.join("formats.rs"));
    schemas(&root.join("static/schemas"), &out.join("schemas.rs"));
    words::compile(&root.join("locales"), &out);
    let mut data = serde_json::Map::new();
    for kind in ["causes", "responders", "questions"] {
        data.insert(kind.into(), tables(&root.join("src/diagnose").join(kind)));
    }
    // Samples are the causes' tests: they stay out of the programs.
    let samples = data.get_mut("causes").map(|causes| take(causes, "sample")).unwrap_or_default();
    fs::write(out.join("samples.json"), serde_json::Value::Object(samples).to_string()).expect("OUT_DIR is writable");
    let tree = root.join("src/diagnose/tree.toml");
    println!("cargo::rerun-if-changed={}", tree.display());
    data.insert("tree".into(), table(&tree));
    // Where a message was seen is for those who work on the files, not for visitors.
    data.values_mut().for_each(|tables| drop_members(tables, "source"));
    fs::write(out.join("data.json"), serde_json::Value::Object(data).to_string()).expect("OUT_DIR is writable");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
}

/// The files with this ending in a folder, sorted by name. Names that start with `_` are templates to copy.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    println!("cargo::rerun-if-changed={}", folder.display());
    // Git keeps no empty folder: one that is missing holds no item yet.
    if !folder.exists() {
        return Vec::new();
    }
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|p| p.extension().is_some_and(|e| e == ending) && !stem(p).starts_with('_'))
        .collect();
    found.sort();
    found
}

/// The folders in a folder.
fn folders(folder: &Path) -> Vec<PathBuf> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    entries.map(|entry| entry.expect("a readable folder").path()).filter(|p| p.is_dir()).collect()
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Declares each file of a folder as a module and gathers its one static into a slice named in the plural.
fn modules(folder: &Path, item: &str, kind: &str, out: &Path) {
    let found = files(folder, "rs");
    let mut code = String::new();
    for path in &found {
        println!("cargo::rerun-if-changed={}", path.display());
        writeln!(code, "#[path = {:?}]\nmod {};", path, stem(path)).expect("a string takes it");
    }
    let list: Vec<String> = found.iter().map(|p| format!("&{}::{item}", stem(p))).collect();
    writeln!(
        code,
        "/// Every item of this folder, sorted by file name.\npub static {item}S: &[&{kind}] = &[{}];",
        list.join(", ")
    )
    .expect("a string takes it");
    fs::write(out, code).expect("OUT_DIR is writable");
}

/// All TOML files of a folder as one object, each under its file's name.
fn tables(folder: &Path) -> serde_json::Value {
    serde_json::Value::Object(files(folder, "toml").iter().map(|p| (stem(p), table(p))).collect())
}

/// Takes one member out of each of the objects and returns it under the object's name.
fn take(tables: &mut serde_json::Value, member: &str) -> serde_json::Map<String, serde_json::Value> {
    let tables = tables.as_object_mut().into_iter().flatten();
    tables.filter_map(|(name, table)| Some((name.clone(), table.as_object_mut()?.remove(member)?))).collect()
}

/// Drops every member of this name, however deep.
fn drop_members(value: &mut serde_json::Value, name: &str) {
    if let Some(object) = value.as_object_mut() {
        object.remove(name);
        object.values_mut().for_each(|v| drop_members(v, name));
    }
    value.as_array_mut().into_iter().flatten().for_each(|v| drop_members(v, name));
}

fn table(path: &Path) -> serde_json::Value {
    println!("cargo::rerun-if-changed={}", path.display());
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let value: toml::Table = text.parse().unwrap_or_else(|e| {
        // A panic would bury the place of the slip under a backtrace.
        eprintln!("{}: {e}", path.display());
        process::exit(1)
    });
    serde_json::to_value(value).expect("TOML fits into JSON")
}

/// Lists the files of `static/schemas`: with their text for the native command, by name alone for WebAssembly, which is handed
/// the few that a request needs.
fn schemas(folder: &Path, out: &Path) {
    let built_in = env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch != "wasm32");
    let mut areas = String::new();
    for path in files(folder, "json") {
        println!("cargo::rerun-if-changed={}", path.display());
        let text = if built_in { format!("include_str!({path:?})") } else { "\"\"".to_owned() };
        writeln!(areas, "({:?}, {text}),", stem(&path)).expect("a string takes it");
    }
    let code = format!("static AREAS: &[(&str, &str)] = &[{areas}];\n");
    fs::write(out, code).expect("OUT_DIR is writable");
}
