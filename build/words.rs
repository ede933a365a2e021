//! Compiles the message files in `locales/<language>/<bundle>.ftl` (Project Fluent) into tables that need no parser at run
//! time: one line `id=pattern` for each message, sorted by id. In a pattern stand between text:
//!
//! ```text
//! \x01 NAME \x02                                   the argument NAME
//! \x03 NAME \x04 KEY = TEXT \x04 KEY = TEXT … \x05  the variant that NAME chooses; the default is the last
//! ```
//!
//! English is built into the programs. The tables of the other languages are laid into `locales/` of the profile's folder,
//! from where `script/after-build` takes them into the site.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The language that is built in, and that every other falls back to.
const BUILT_IN: &str = "en";

/// Compiles all languages. `out` gets the built-in tables and the list of languages.
pub(crate) fn compile(folder: &Path, out: &Path) {
    let mut languages = super::folders(folder);
    languages.sort_by_key(|path| (!path.ends_with(BUILT_IN), path.clone()));
    let (mut listed, mut all, mut code) = (String::new(), String::new(), String::new());
    let laid = out.ancestors().nth(3).map(|profile| profile.join("locales"));
    for language in &languages {
        let name = super::stem(language);
        let mut own_name = name.clone();
        for file in super::files(language, "ftl") {
            println!("cargo::rerun-if-changed={}", file.display());
            let bundle = super::stem(&file);
            let table = table(&file);
            if let Some(said) = table.get("language-name") {
                own_name.clone_from(said);
            }
            let lines: String = table.iter().map(|(id, pattern)| format!("{id}={pattern}\n")).collect();
            writeln!(all, "({name:?}, {bundle:?}, {lines:?}),").expect("a string takes it");
            if name == BUILT_IN {
                let constant = bundle.to_uppercase().replace('-', "_");
                writeln!(code, "/// The words of `{bundle}.ftl`.\npub static {constant}: &str = {lines:?};")
                    .expect("a string takes it");
            } else if let Some(laid) = &laid {
                let path = laid.join(&name).join(format!("{bundle}.txt"));
                fs::create_dir_all(path.parent().expect("it has one")).expect("the build folder is writable");
                fs::write(&path, lines).expect("the build folder is writable");
                // Cargo is not told of this file: being newer than the run that wrote it, it would have everything built anew.
            }
        }
        writeln!(listed, "({name:?}, {own_name:?}),").expect("a string takes it");
    }
    writeln!(
        code,
        "/// Code and own name of each language, the built-in one first.\npub static LANGUAGES: &[(&str, &str)] = &[{listed}];\n\
         #[cfg(test)]\nstatic ALL: &[(&str, &str, &str)] = &[{all}];"
    )
    .expect("a string takes it");
    fs::write(out.join("words.rs"), code).expect("OUT_DIR is writable");
}

/// The messages of one file, each compiled.
fn table(path: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let resource = fluent_syntax::parser::parse(text.as_str())
        .unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", path.display()));
    let terms: BTreeMap<&str, &Pattern<&str>> = resource
        .body
        .iter()
        .filter_map(|entry| match entry {
            Entry::Term(term) => Some((term.id.name, &term.value)),
            _ => None,
        })
        .collect();
    let mut messages = BTreeMap::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let id = message.id.name;
        let refused = |why: &str| -> ! { panic!("{}, {id}: {why}", path.display()) };
        if !message.attributes.is_empty() {
            refused("attributes are not supported: make it a message of its own");
        }
        let Some(value) = &message.value else { refused("it has no text") };
        let mut out = String::new();
        if let Err(why) = pattern(value, &terms, true, &mut out) {
            refused(why);
        }
        if messages.insert(id.to_owned(), out).is_some() {
            refused("it stands there twice");
        }
    }
    messages
}

fn pattern(
    value: &Pattern<&str>,
    terms: &BTreeMap<&str, &Pattern<&str>>,
    may_select: bool,
    out: &mut String,
) -> Result<(), &'static str> {
    for element in &value.elements {
        match element {
            // A line break in a message is white space to a page.
            PatternElement::TextElement { value } => out.push_str(&value.replace('\n', " ")),
            PatternElement::Placeable { expression: Expression::Inline(inline) } => match inline {
                InlineExpression::StringLiteral { value } => out.push_str(value),
                InlineExpression::NumberLiteral { value } => out.push_str(value),
                InlineExpression::VariableReference { id } => {
                    out.push('\x01');
                    out.push_str(id.name);
                    out.push('\x02');
                }
                InlineExpression::TermReference { id, .. } => {
                    let term = terms.get(id.name).ok_or("it names a term that is not in this file")?;
                    pattern(term, &BTreeMap::new(), false, out)?;
                }
                _ => return Err("only variables, terms and literals may stand in braces"),
            },
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                let (InlineExpression::VariableReference { id }, true) = (selector, may_select) else {
                    return Err("only a variable may select, and not inside of another selection");
                };
                out.push('\x03');
                out.push_str(id.name);
                // The default one last.
                for variant in variants.iter().filter(|v| !v.default).chain(variants.iter().filter(|v| v.default)) {
                    let (VariantKey::Identifier { name } | VariantKey::NumberLiteral { value: name }) = &variant.key;
                    out.push('\x04');
                    out.push_str(name);
                    out.push('=');
                    pattern(&variant.value, terms, false, out)?;
                }
                out.push('\x05');
            }
        }
    }
    Ok(())
}
