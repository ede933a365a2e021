//! What programs write when they refuse, as their source code and documentation have it: the cause and who answered.

use why403::inspect;
use why403::redact::{Raw, RedactOptions};

#[test]
fn documented_messages_are_understood() {
    let mut wrong = Vec::new();
    for line in include_str!("messages.tsv").lines().filter(|l| !l.starts_with('#')) {
        let [causes, responders, text] = line.splitn(3, '\t').collect::<Vec<_>>()[..] else {
            panic!("three fields: {line}")
        };
        let report = inspect(Raw::new(text.replace("\\n", "\n")), &RedactOptions::default(), &[]);
        let first = report.causes.first().map_or("none", |c| c.id.as_str());
        let right = causes.split('|').any(|c| c == first) && responders.split('|').any(|r| r == report.responder.id);
        if !right {
            wrong.push(format!("{text}: said {first} by {}, not {causes} by {responders}", report.responder.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
