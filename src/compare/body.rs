//! Two bodies, member by member.

use super::Found;
use serde_json::Value;

/// Compares two bodies.
pub(super) fn compare(found: &mut Found, works: Option<&str>, fails: Option<&str>) {
    let parsed = |text: Option<&str>| text.map(serde_json::from_str::<Value>).transpose().ok();
    match (parsed(works), parsed(fails)) {
        (Some(Some(one)), Some(Some(other))) => walk(found, &mut String::new(), &one, &other),
        // Only one of the two is JSON, or there.
        (Some(_), None) | (None, Some(_)) => found.add("body-form", "", works, fails),
        _ if works != fails => found.add("body", "", works, fails),
        _ => {}
    }
}

fn walk(found: &mut Found, pointer: &mut String, one: &Value, other: &Value) {
    if one == other {
        return;
    }
    let (Value::Object(a), Value::Object(b)) = (one, other) else {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        return found.add("body", pointer, Some(&text(one)), Some(&text(other)));
    };
    for (name, value) in a {
        let length = step(pointer, name);
        match b.get(name) {
            Some(theirs) => walk(found, pointer, value, theirs),
            None => found.add("body", pointer, Some(&value.to_string()), None),
        }
        pointer.truncate(length);
    }
    for (name, value) in b.iter().filter(|(name, _)| !a.contains_key(*name)) {
        let length = step(pointer, name);
        found.add("body", pointer, None, Some(&value.to_string()));
        pointer.truncate(length);
    }
}

/// Goes one step down (RFC 6901) and gives the length to go back to.
fn step(pointer: &mut String, name: &str) -> usize {
    let length = pointer.len();
    pointer.extend(["/", &name.replace('~', "~0").replace('/', "~1")]);
    length
}
