//! Unions: which branch was meant. By the member that tells the branches apart, else by the fewest mistakes.

use super::mistake::{Due, Kind, Note};
use super::walk::{Path, Walk, inside, names, note};
use serde_json::Value;

pub(super) fn check<'a>(
    walk: &mut Walk<'a>,
    branches: &'a [Value],
    tag: Option<&'a str>,
    value: &'a Value,
    path: &Path<'_>,
    out: &mut Vec<Note<'a>>,
) {
    let mut fit: Vec<&Value> = branches.iter().map(|b| walk.follow(b)).filter(|b| walk.admits(b, value)).collect();
    if fit.is_empty() {
        let types = branches.iter().map(|b| walk.letters(b)).collect();
        return out.push(note(Kind::Type, path, Some(value), Due::Types(types)));
    }
    if let (Some(tag), Value::Object(members)) = (tag, value) {
        let told = |b: &&'a Value| b.get("o").and_then(|o| o.get(tag)).map(|node| walk.follow(node));
        match members.get(tag) {
            // A variable in its place: any branch may be meant.
            Some(given) if walk.is_open(given) => return,
            Some(given) => {
                let values = |b: &&'a Value| told(b).and_then(|node| node.get("e")?.as_array());
                let meant: Vec<&Value> =
                    fit.iter().copied().filter(|b| values(b).is_some_and(|v| v.contains(given))).collect();
                let silent: Vec<&Value> = fit.iter().copied().filter(|b| values(b).is_none()).collect();
                if meant.is_empty() && silent.is_empty() {
                    let mut all: Vec<&Value> = Vec::new();
                    for each in fit.iter().filter_map(values).flatten().filter(|v| !v.is_null()) {
                        if !all.contains(&each) {
                            all.push(each);
                        }
                    }
                    let place = inside(path, tag);
                    let kind = if given.is_string() { Kind::Value } else { Kind::Type };
                    let due = if given.is_string() { Due::Values(all) } else { Due::Types("s".to_owned()) };
                    return out.push(note(kind, &place, Some(given), due));
                }
                fit = if meant.is_empty() { silent } else { meant };
            }
            None => {
                let lax = |b: &&&Value| b.as_object().is_none_or(|facts| !names(facts, "r").any(|name| name == tag));
                let meant: Vec<&Value> = fit.iter().filter(lax).copied().collect();
                if meant.is_empty() {
                    let all = fit.iter().filter_map(|b| told(b)?.get("e")?.as_array()?.first()).collect();
                    return out.push(Note { name: tag, ..note(Kind::Missing, path, None, Due::Values(all)) });
                }
                fit = meant;
            }
        }
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
