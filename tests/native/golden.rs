//! Golden reports: one folder of `tests/cases` each, with an input and the report it must give.
//!
//! `INSTA_UPDATE=always cargo test` writes them anew; read the difference before you commit it.

use std::panic;
use std::path::Path;
use why403::redact::{Raw, RedactOptions};

#[test]
fn reports_stay_as_they_are() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases: Vec<_> =
        std::fs::read_dir(&folder).expect("tests/cases").map(|e| e.expect("entry").path()).collect();
    cases.sort();
    assert!(cases.len() >= 10);
    // All are looked at, so that one run tells every report that changed.
    let changed: Vec<_> = cases.iter().filter(|case| panic::catch_unwind(|| stays(case)).is_err()).collect();
    assert!(changed.is_empty(), "reports changed: {changed:#?}");
}

fn stays(case: &Path) {
    let input = std::fs::read_dir(case)
        .expect("a folder")
        .map(|e| e.expect("entry").path())
        .find(|p| p.file_stem().is_some_and(|s| s == "input"))
        .unwrap_or_else(|| panic!("{} has no input", case.display()));
    let text = std::fs::read_to_string(&input).expect("UTF-8");
    let report = why403::inspect(Raw::new(text), &RedactOptions::default(), &[]);
    insta::with_settings!({ snapshot_path => case, prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_json_snapshot!("report", report);
    });
    let again = why403::inspect(Raw::new(report.redacted.clone().expect("small")), &RedactOptions::default(), &[]);
    assert_eq!(again.causes, report.causes, "{}: redacted text must say the same", case.display());
    assert_eq!(again.findings, report.findings, "{}: redacted text must say the same", case.display());
}
