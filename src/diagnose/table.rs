//! Reads the members of a data file. By hand rather than by derived code, and with one list of mistakes instead of a
//! result at every step: every type read by derived code costs each visitor some kilobytes of WebAssembly.

use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What is wrong with the data files, one sentence each, with the file and the member.
pub(super) type Mistakes = Vec<String>;

/// A TOML table of a data file. What is missing or of the wrong type is read as empty and noted as a mistake.
pub(super) struct Table<'a, 'm> {
    place: &'a str,
    members: Option<&'a Map<String, Value>>,
    mistakes: &'m mut Mistakes,
}

impl<'a, 'm> Table<'a, 'm> {
    /// A table that may hold the members of `known` (separated by blanks) and no others.
    #[inline(never)]
    pub(super) fn new(place: &'a str, value: &'a Value, known: &str, mistakes: &'m mut Mistakes) -> Self {
        let mut table = Self { place, members: value.as_object(), mistakes };
        let names = table.members.into_iter().flat_map(Map::keys);
        for name in names.filter(|name| !known.split(' ').any(|k| k == *name)) {
            table.mistake(name, "is no member");
        }
        table
    }

    #[inline(never)]
    fn mistake(&mut self, name: &str, what: &str) {
        self.mistakes.push([self.place, ": ", name, " ", what].concat());
    }

    fn member(&self, name: &str) -> Option<&'a Value> {
        self.members?.get(name)
    }

    /// A text that may be left out.
    #[inline(never)]
    pub(super) fn maybe(&mut self, name: &str) -> Option<String> {
        let value = self.member(name)?;
        if !value.is_string() {
            self.mistake(name, "is no text");
        }
        value.as_str().map(str::to_owned)
    }

    /// A text.
    #[inline(never)]
    pub(super) fn text(&mut self, name: &str) -> String {
        let text = self.maybe(name).unwrap_or_default();
        if text.is_empty() {
            self.mistake(name, "is missing");
        }
        text
    }

    /// A number that may be left out.
    #[inline(never)]
    pub(super) fn weight(&mut self, name: &str) -> Option<f64> {
        let value = self.member(name)?;
        if !value.is_number() {
            self.mistake(name, "is no number");
        }
        value.as_f64()
    }

    /// A number.
    pub(super) fn number(&mut self, name: &str) -> f64 {
        let number = self.weight(name);
        if number.is_none() {
            self.mistake(name, "is missing");
        }
        number.unwrap_or_default()
    }

    /// A list of texts; empty where it is left out.
    #[inline(never)]
    pub(super) fn texts(&mut self, name: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for value in self.items(name) {
            match value.as_str() {
                Some(text) => texts.push(text.to_owned()),
                None => self.mistake(name, "holds something that is no text"),
            }
        }
        texts
    }

    /// The values of a list; empty where it is left out.
    #[inline(never)]
    fn items(&mut self, name: &str) -> &'a [Value] {
        let value = self.member(name);
        if value.is_some_and(|v| !v.is_array()) {
            self.mistake(name, "is no list");
        }
        value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    /// A list of tables; empty where it is left out.
    pub(super) fn list<T>(&mut self, name: &str, read: fn(&str, &Value, &mut Mistakes) -> T) -> Vec<T> {
        let mut list = Vec::new();
        for value in self.items(name) {
            list.push(read(self.place, value, self.mistakes));
        }
        list
    }

    /// A table of tables by their names.
    pub(super) fn tables<T>(&mut self, name: &str, read: fn(&str, &Value, &mut Mistakes) -> T) -> BTreeMap<String, T> {
        let mut tables = BTreeMap::new();
        for (id, value) in self.member(name).and_then(Value::as_object).into_iter().flatten() {
            tables.insert(id.clone(), read(id, value, self.mistakes));
        }
        if tables.is_empty() {
            self.mistake(name, "holds no table");
        }
        tables
    }

    /// A table of numbers by their names.
    #[inline(never)]
    pub(super) fn numbers(&mut self, name: &str) -> BTreeMap<String, f64> {
        let mut numbers = BTreeMap::new();
        for (id, value) in self.member(name).and_then(Value::as_object).into_iter().flatten() {
            match value.as_f64() {
                Some(number) => _ = numbers.insert(id.clone(), number),
                None => self.mistake(id, "is no number"),
            }
        }
        numbers
    }

    /// Where mistakes are noted.
    pub(super) fn mistakes(&mut self) -> &mut Mistakes {
        self.mistakes
    }

    /// The table called `name`, as a value.
    pub(super) fn value(&self, name: &str) -> &'a Value {
        self.member(name).unwrap_or(&Value::Null)
    }
}
