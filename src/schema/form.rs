//! Reads a multipart/form-data body (RFC 7578) into the shape of a JSON object, so that one interpreter checks both.

use serde_json::{Map, Value};

/// The parts by name: text as a string, a file as `null` (its content says nothing here), several of one name, or a name that
/// ends in `[]`, as a list; `name[key]` as a member of an object. None where the text is not made of parts.
pub fn read(text: &str) -> Option<Value> {
    let boundary = text.lines().next()?.trim_end();
    if !boundary.starts_with("--") || boundary.len() < 3 {
        return None;
    }
    let mut members = Map::new();
    for part in text.split(boundary).skip(1) {
        let part = part.strip_prefix("\r\n").or_else(|| part.strip_prefix('\n')).unwrap_or(part);
        let Some((head, content)) = part.split_once("\r\n\r\n").or_else(|| part.split_once("\n\n")) else { continue };
        let Some(name) = parameter(head, "name") else { continue };
        let value = match parameter(head, "filename") {
            Some(_) => Value::Null,
            None => Value::String(content.trim_end_matches(['\r', '\n']).to_owned()),
        };
        put(&mut members, name, value);
    }
    (!members.is_empty()).then_some(Value::Object(members))
}

fn put(members: &mut Map<String, Value>, name: &str, value: Value) {
    let Some((base, key)) = name.split_once('[').filter(|(base, _)| !base.is_empty()) else {
        let several = members.get_mut(name);
        match several {
            Some(Value::Array(all)) => all.push(value),
            Some(one) => *one = Value::Array(vec![one.take(), value]),
            None => drop(members.insert(name.to_owned(), value)),
        }
        return;
    };
    let inner = key.split(']').next().unwrap_or_default();
    let slot = members.entry(base).or_insert(Value::Null);
    match slot {
        Value::Array(all) => all.push(value),
        Value::Object(all) if !inner.is_empty() => drop(all.insert(inner.to_owned(), value)),
        Value::Null if inner.is_empty() => *slot = Value::Array(vec![value]),
        Value::Null => *slot = Value::Object(Map::from_iter([(inner.to_owned(), value)])),
        _ => {}
    }
}

/// A parameter of the part's `Content-Disposition`.
fn parameter<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let is_disposition = |l: &&str| l.get(..20).is_some_and(|start| start.eq_ignore_ascii_case("content-disposition:"));
    let line = head.lines().find(is_disposition)?;
    line.split(';').skip(1).find_map(|p| {
        let (n, value) = p.trim().split_once('=')?;
        n.eq_ignore_ascii_case(name).then(|| value.trim_matches('"'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn parts_become_members() {
        let text = "--x\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jsonl\"\r\nContent-Type: application/octet-stream\r\n\r\n@a.jsonl\r\n--x\r\ncontent-disposition: form-data; name=\"include[]\"\r\n\r\nlogprobs\r\n--x\r\nContent-Disposition: form-data; name=\"expires_after[anchor]\"\r\n\r\ncreated_at\r\n--x--\r\n";
        assert_eq!(
            read(text),
            Some(
                json!({"purpose": "batch", "file": null, "include": ["logprobs"], "expires_after": {"anchor": "created_at"}})
            )
        );
        for other in ["", "{}", "--", "--x", "--x\n--x--"] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
