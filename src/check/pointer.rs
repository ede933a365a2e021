//! Where in a JSON text a value stands that a JSON Pointer (RFC 6901) names.

use serde_json::Value;
use std::ops::Range;

/// The byte offset of that value, or of its `name` where it is a member; none where the pointer leads nowhere. One pass over `text`, which
/// must be JSON: on anything else the answer may be wrong, but comes.
pub fn find(text: &str, pointer: &str, name: bool) -> Option<usize> {
    let mut wanted = pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).peekable();
    let mut read = Reader { bytes: text.as_bytes(), at: 0 };
    read.blank();
    while let Some(step) = wanted.next() {
        let open = read.next()?;
        let mut item = 0usize;
        loop {
            read.blank();
            if matches!(read.peek()?, b'}' | b']') {
                return None;
            }
            let start = read.at;
            let found = if open == b'{' {
                let written = text.get(start..read.string()?)?;
                read.blank();
                read.next().filter(|b| *b == b':')?;
                read.blank();
                serde_json::from_str::<Value>(written).is_ok_and(|name| name == *step)
            } else {
                item.to_string() == step
            };
            if found {
                if wanted.peek().is_none() && name {
                    return Some(start);
                }
                break;
            }
            read.skip()?;
            read.blank();
            item += 1;
            if read.peek()? == b',' {
                read.at += 1;
            }
        }
    }
    Some(read.at)
}

/// The stretch that goes where the member that a pointer names is taken out: with the comma behind it, or else before it.
pub fn member(text: &str, pointer: &str) -> Option<Range<usize>> {
    let start = find(text, pointer, true)?;
    let mut read = Reader { bytes: text.as_bytes(), at: find(text, pointer, false)? };
    read.skip()?;
    if read.peek()? == b',' {
        read.at += 1;
        read.blank();
        return Some(start..read.at);
    }
    let before = text.get(..start)?.trim_end();
    let end = text.get(..read.at)?.trim_end().len();
    Some(before.strip_suffix(',').map_or(start, str::len)..end)
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn blank(&mut self) {
        while self.peek().is_some_and(|b| b.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Goes behind the string that starts here and returns where that is.
    fn string(&mut self) -> Option<usize> {
        self.next().filter(|b| *b == b'"')?;
        loop {
            match self.next()? {
                b'\\' => self.at += 1,
                b'"' => return Some(self.at),
                _ => {}
            }
        }
    }

    /// Goes behind the value that starts here.
    fn skip(&mut self) -> Option<()> {
        let mut depth = 0usize;
        loop {
            match self.peek()? {
                b'"' => drop(self.string()?),
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' | b',' if depth == 0 => return Some(()),
                b'}' | b']' => {
                    depth -= 1;
                    self.at += 1;
                }
                _ => self.at += 1,
            }
            if depth == 0 {
                // A number or a word ends at what follows it.
                while self.peek().is_some_and(|b| !matches!(b, b',' | b'}' | b']')) {
                    self.at += 1;
                }
                return Some(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{find, member};

    #[test]
    fn a_member_goes_with_one_comma() {
        for (text, pointer, left) in [
            ("{\"a\": 1, \"b\": [1, {}], \"c\": \"x\"}", "/b", "{\"a\": 1, \"c\": \"x\"}"),
            ("{\"a\": 1,\n  \"b\": \"x,}\"\n}", "/b", "{\"a\": 1\n}"),
            ("{\"a\": {\"b\": 1}}", "/a/b", "{\"a\": {}}"),
        ] {
            let mut text = text.to_owned();
            let range = member(&text, pointer).unwrap();
            text.replace_range(range, "");
            assert_eq!(text, left);
        }
        assert_eq!((member("{\"a\": 1}", "/b"), member("{\"a\"", "/a")), (None, None));
    }

    #[test]
    fn values_are_found_where_they_stand() {
        let text = " {\"a\": [1, {\"b/c\": \"x,]\"}, []],\n\"d\": {\"~\": null}, \"e\": 1}";
        for (pointer, there) in [
            ("", "{\"a\""),
            ("/a", "\"a\""),
            ("/a/0", "1, "),
            ("/a/1", "{\"b/c\""),
            ("/a/1/b~1c", "\"b/c\""),
            ("/a/2", "[]]"),
            ("/d/~0", "\"~\""),
            ("/e", "\"e\": 1"),
        ] {
            let at = find(text, pointer, true).unwrap_or_else(|| panic!("{pointer}"));
            let rest = text.get(at..).unwrap();
            assert!(rest.starts_with(there), "{pointer}: {rest}");
        }
        assert_eq!(find(text, "/e", false), Some(text.len() - 2));
        for pointer in ["/x", "/a/3", "/a/0/b", "/a/x", "/d/~0/y", "/e/0"] {
            assert_eq!(find(text, pointer, false), None, "{pointer}");
        }
        for broken in ["", "{", "{\"a", "{\"a\":", "[", "{]}"] {
            find(broken, "/a/b", true);
            find(broken, "/0", false);
        }
    }
}
