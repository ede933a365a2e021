//! The words that visitors see, in their language. They stand in `locales/<language>/<bundle>.ftl` (Project Fluent,
//! <https://projectfluent.org>); `build/words.rs` compiles them into tables, so that no parser is in the programs.
//!
//! English is built in; a program [`install`]s the bundle that it uses. Another language's table is fetched when it is chosen
//! and given to [`choose`]. What it lacks is said in English. Adding a language is one folder in `locales/`.

#[cfg(target_arch = "wasm32")]
pub mod browser;
mod fill;

use std::cell::RefCell;

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// A table's messages, sorted by id.
type Table = Vec<(&'static str, &'static str)>;

#[derive(Default)]
struct Words {
    english: Table,
    chosen: Table,
    /// Tells the plural category of a number in the chosen language (<https://cldr.unicode.org>).
    plural: Option<fn(&str) -> String>,
}

thread_local! {
    static WORDS: RefCell<Words> = RefCell::default();
}

/// Makes a built-in bundle known, such as [`PAGE`]. Programs call it once, at their start.
pub fn install(bundle: &'static str) {
    WORDS.with_borrow_mut(|words| {
        words.english.extend(read(bundle));
        words.english.sort_unstable();
    });
}

/// Says everything in the language of this table, or in English where it is none. Each table that is chosen stays in memory:
/// it is a dozen kilobytes, once for each language.
pub fn choose(table: Option<&'static str>, plural: fn(&str) -> String) {
    WORDS.with_borrow_mut(|words| {
        words.chosen = table.map(read).unwrap_or_default();
        words.plural = Some(plural);
    });
}

fn read(table: &'static str) -> Table {
    table.lines().filter_map(|line| line.split_once('=')).collect()
}

/// The message of this id; the id itself where no language has it, which a test rules out.
pub fn text(id: &'static str) -> &'static str {
    WORDS.with_borrow(|words| {
        let find =
            |table: &Table| table.binary_search_by_key(&id, |m| m.0).ok().and_then(|i| table.get(i)).map(|m| m.1);
        find(&words.chosen).or_else(|| find(&words.english)).or_else(|| for_tests(id)).unwrap_or(id)
    })
}

/// The message of this id with its arguments filled in.
pub fn with(id: &'static str, arguments: &[(&str, &str)]) -> String {
    let plural = WORDS.with_borrow(|words| words.plural).unwrap_or(english_plural);
    fill::fill(text(id), arguments, plural)
}

/// The message of this id, whose argument `n` is this number.
pub fn count(id: &'static str, n: usize) -> String {
    with(id, &[("n", &n.to_string())])
}

/// English has two plural categories for whole numbers.
fn english_plural(number: &str) -> String {
    if number == "1" { "one" } else { "other" }.to_owned()
}

#[cfg(not(test))]
fn for_tests(_: &str) -> Option<&'static str> {
    None
}

/// Unit tests need not install anything.
#[cfg(test)]
fn for_tests(id: &str) -> Option<&'static str> {
    ALL.iter().filter(|(language, ..)| *language == "en").find_map(|(.., table)| {
        table.lines().filter_map(|line| line.split_once('=')).find(|(name, _)| *name == id).map(|(_, text)| text)
    })
}

#[cfg(test)]
mod tests;
