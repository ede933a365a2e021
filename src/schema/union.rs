//! Unions: which branch was meant. By the member that tells the branches apart, else by the fewest mistakes.

use super::mistake::{Due, Kind, Note};
use super::walk::{Path, Walk, inside, names, note};
use serde_json::Value;

/// The branches of a union that admit objects, by the constants of the member that tells them apart. A list of a thousand
/// items asks for them a thousand times, so a walk keeps them.
pub(super) struct Tags<'a> {
    /// All of them, in their order.
    fit: Vec<&'a Value>,
    /// A constant, and the branch that it names.
    named: Vec<(&'a Value, &'a Value)>,
    /// Branches without a constant.
    silent: Vec<&'a Value>,
}

impl<'a> Tags<'a> {
    pub(super) fn new(walk: &Walk<'a>, branches: &'a [Value], tag: &str) -> Self {
        let object = Value::Object(serde_json::Map::new());
        let mut tags = Tags { fit: Vec::new(), named: Vec::new(), silent: Vec::new() };
        for branch in branches.iter().map(|b| walk.follow(b)).filter(|b| walk.admits(b, &object)) {
            tags.fit.push(branch);
            let member = branch.get("o").and_then(|o| o.get(tag)).map(|node| walk.follow(node));
            match member.and_then(|node| node.get("e")?.as_array()) {
                Some(values) => tags.named.extend(values.iter().map(|value| (value, branch))),
                None => tags.silent.push(branch),
            }
        }
        tags
    }
}

pub(super) fn check<'a>(
    walk: &mut Walk<'a>,
    branches: &'a [Value],
    tag: Option<&'a str>,
    value: &'a Value,
    path: &Path<'_>,
    out: &mut Vec<Note<'a>>,
) {
    let fit: Vec<&Value> = match (tag, value) {
        (Some(tag), Value::Object(members)) => {
            let tags = walk.tags(branches, tag);
            match members.get(tag) {
                // A variable in its place: any branch may be meant.
                Some(given) if !tags.fit.is_empty() && walk.is_open(given) => return,
                Some(given) if !tags.fit.is_empty() => {
                    let named = tags.named.iter().filter(|(value, _)| *value == given);
                    let meant: Vec<&Value> = named.map(|(_, branch)| *branch).collect();
                    if meant.is_empty() && tags.silent.is_empty() {
                        let mut all: Vec<&Value> = Vec::new();
                        for (each, _) in tags.named.iter().filter(|(v, _)| !v.is_null()) {
                            if !all.contains(each) {
                                all.push(each);
                            }
                        }
                        let place = inside(path, tag);
                        let kind = if given.is_string() { Kind::Value } else { Kind::Type };
                        let due = if given.is_string() { Due::Values(all) } else { Due::Types("s".to_owned()) };
                        return out.push(note(kind, &place, Some(given), due));
                    }
                    if meant.is_empty() { tags.silent.clone() } else { meant }
                }
                Some(_) => Vec::new(),
                None => {
                    let lax = |b: &&Value| b.as_object().is_none_or(|facts| !names(facts, "r").any(|name| name == tag));
                    let meant: Vec<&Value> = tags.fit.iter().copied().filter(lax).collect();
                    if meant.is_empty() && !tags.fit.is_empty() {
                        let first = |b: &&'a Value| walk.follow(b.get("o")?.get(tag)?).get("e")?.as_array()?.first();
                        let all = tags.fit.iter().filter_map(first).collect();
                        return out.push(Note { name: tag, ..note(Kind::Missing, path, None, Due::Values(all)) });
                    }
                    meant
                }
            }
        }
        _ => branches.iter().map(|b| walk.follow(b)).filter(|b| walk.admits(b, value)).collect(),
    };
    if fit.is_empty() {
        let types = branches.iter().map(|b| walk.letters(b)).collect();
        return out.push(note(Kind::Type, path, Some(value), Due::Types(types)));
    }
    let mut best: Option<(usize, Vec<Note<'a>>)> = None;
    for branch in fit {
        let mut notes = Vec::new();
        walk.value(branch, value, path, &mut notes);
        let weight = notes.iter().map(Note::weight).sum();
        if best.as_ref().is_none_or(|(least, _)| weight < *least) {
            best = Some((weight, notes));
        }
        if weight == 0 {
            break;
        }
    }
    out.extend(best.into_iter().flat_map(|(_, notes)| notes));
}
