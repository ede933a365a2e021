//! The words that visitors see, in their language. They stand in `locales/<language>/<bundle>.ftl` (Project Fluent,
//! <https://projectfluent.org>); `build/words.rs` compiles them into tables, so that no parser is in the programs.
//!
//! English is built in; a program [`install`]s the bundle that it uses. Another language's table is fetched when it is chosen
//! and given to [`choose`]. What it lacks is said in English. Adding a language is one folder in `locales/`.

#[cfg(target_arch = "wasm32")]
pub mod browser;
mod fill;
#[cfg(test)]
mod said;

use std::cell::RefCell;
use std::collections::BTreeMap;

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
        take_in(bundle, &mut words.english);
    });
}

/// Says everything in the language of these tables, or in English where there is none. Each table that is chosen stays in
/// memory: it is some dozen kilobytes, once for each language.
pub fn choose(tables: &[&'static str], plural: fn(&str) -> String) {
    WORDS.with_borrow_mut(|words| {
        words.chosen.clear();
        tables.iter().for_each(|table| take_in(table, &mut words.chosen));
        words.plural = Some(plural);
    });
}

fn read(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter_map(|line| line.split_once('='))
}

/// Takes a table's messages in. The tables are sorted already, so this is quick, and smaller than any function that sorts.
fn take_in(table: &'static str, into: &mut Table) {
    for message in read(table) {
        let at = into.partition_point(|known| known.0 <= message.0);
        into.insert(at, message);
    }
}

fn find(table: &Table, id: &str) -> Option<&'static str> {
    table.binary_search_by_key(&id, |m| m.0).ok().and_then(|i| table.get(i)).map(|m| m.1)
}

/// The message of this id; the id itself where no language has it, which a test rules out.
pub fn text(id: &'static str) -> &'static str {
    WORDS.with_borrow(|words| {
        find(&words.chosen, id).or_else(|| find(&words.english, id)).or_else(|| for_tests(id)).unwrap_or(id)
    })
}

/// True where another language than English was chosen and its words are here.
pub fn translated() -> bool {
    WORDS.with_borrow(|words| !words.chosen.is_empty())
}

/// The chosen language's message of an id that is put together, such as `cause-rate-limited`; none where it has none. Its
/// English stands in the data files. Where a parameter has no value, `parameter-NAME` stands in.
pub fn translation(id: &[&str], parameters: &BTreeMap<String, String>) -> Option<String> {
    WORDS.with_borrow(|words| {
        let pattern = find(&words.chosen, &id.concat())?;
        let values = parameters.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let stand_ins = words.chosen.iter().filter_map(|(id, text)| Some((id.strip_prefix("parameter-")?, *text)));
        Some(fill::fill(pattern, &values.chain(stand_ins).collect::<Vec<_>>(), english_plural))
    })
}

/// A sentence of a report in the chosen language, found by its own words, or by the check whose finding it is; none in English
/// and where it is not translated.
pub fn said(english: &str, rule: &str) -> Option<String> {
    #[cfg(target_arch = "wasm32")]
    if translated() {
        return browser::said(english, rule);
    }
    // Only a browser has other languages.
    let _ = (english, rule);
    None
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
