//! Reads the members of a data file. By hand rather than by derived code: every type read by derived code costs each
//! visitor some kilobytes of WebAssembly.

use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What is wrong with a data file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {what}")]
pub struct DataError {
    /// The file and the members that lead to the place.
    pub place: String,
    /// What is wrong there.
    pub what: String,
}

/// A TOML table of a data file.
pub(super) struct Table<'a> {
    place: String,
    members: &'a Map<String, Value>,
}

impl<'a> Table<'a> {
    /// A table that may hold the members of `known` and no others.
    pub(super) fn new(place: &str, value: &'a Value, known: &[&str]) -> Result<Self, DataError> {
        let place = place.to_owned();
        let Value::Object(members) = value else { return Err(DataError { place, what: "is no table".to_owned() }) };
        match members.keys().find(|name| !known.is_empty() && !known.contains(&name.as_str())) {
            Some(name) => Err(DataError { place, what: format!("{name} is no member") }),
            None => Ok(Self { place, members }),
        }
    }

    fn wrong<T>(&self, name: &str, what: &str) -> Result<T, DataError> {
        Err(DataError { place: self.place.clone(), what: format!("{name} {what}") })
    }

    /// A text that may be left out.
    pub(super) fn maybe(&self, name: &str) -> Result<Option<String>, DataError> {
        match self.members.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => self.wrong(name, "is no text"),
        }
    }

    /// A text.
    pub(super) fn text(&self, name: &str) -> Result<String, DataError> {
        match self.maybe(name)? {
            Some(text) => Ok(text),
            None => self.wrong(name, "is missing"),
        }
    }

    /// A number that may be left out.
    pub(super) fn weight(&self, name: &str) -> Result<Option<f64>, DataError> {
        match self.members.get(name) {
            None => Ok(None),
            Some(value) => value.as_f64().map_or_else(|| self.wrong(name, "is no number"), |n| Ok(Some(n))),
        }
    }

    /// A number.
    pub(super) fn number(&self, name: &str) -> Result<f64, DataError> {
        match self.weight(name)? {
            Some(number) => Ok(number),
            None => self.wrong(name, "is missing"),
        }
    }

    /// A list of texts; empty where it is left out.
    pub(super) fn texts(&self, name: &str) -> Result<Vec<String>, DataError> {
        let list = self.members.get(name).map(|v| v.as_array().map_or(&[][..], Vec::as_slice)).unwrap_or_default();
        let texts: Vec<String> = list.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect();
        if texts.len() == list.len() { Ok(texts) } else { self.wrong(name, "holds something that is no text") }
    }

    /// A list of tables; empty where it is left out.
    pub(super) fn list<T>(
        &self,
        name: &str,
        read: fn(&str, &Value) -> Result<T, DataError>,
    ) -> Result<Vec<T>, DataError> {
        match self.members.get(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(list)) => list.iter().map(|v| read(&format!("{} {name}", self.place), v)).collect(),
            Some(_) => self.wrong(name, "is no list"),
        }
    }

    /// A table of tables by their names.
    pub(super) fn tables<T>(
        &self,
        name: &str,
        read: fn(&str, &Value) -> Result<T, DataError>,
    ) -> Result<BTreeMap<String, T>, DataError> {
        let value = self.members.get(name).unwrap_or(&Value::Null);
        let table = Table::new(&format!("{}{name}", self.place), value, &[])?;
        table.members.iter().map(|(id, v)| Ok((id.clone(), read(&format!("{name}/{id}"), v)?))).collect()
    }

    /// The table of numbers called `name`.
    pub(super) fn numbers(&self, name: &str) -> Result<BTreeMap<String, f64>, DataError> {
        let read = |v: &Value| v.as_f64();
        let members = self.members.get(name).and_then(Value::as_object);
        let numbers = members.and_then(|m| m.iter().map(|(k, v)| Some((k.clone(), read(v)?))).collect());
        numbers.map_or_else(|| self.wrong(name, "is no table of numbers"), Ok)
    }

    /// The member called `name`, whatever it is.
    pub(super) fn member(&self, name: &str) -> &'a Value {
        self.members.get(name).unwrap_or(&Value::Null)
    }
}
