//! Example inputs to try with one click. Their keys are made up.

/// One example: the id of the message that its button says, and its file's name in `static/samples`, which is fetched when somebody
/// wants it.
pub type Sample = (&'static str, &'static str);

/// The examples in the order of the page.
pub static SAMPLES: [Sample; 7] = [
    ("sample-wrong-key", "incorrect-key"),
    ("sample-country", "unsupported-country"),
    ("sample-model-access", "model-access"),
    ("sample-cloudflare", "blocked-page"),
    ("sample-azure", "azure-network"),
    ("sample-relay", "relay"),
    ("sample-1020", "error-1020"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::{Raw, RedactOptions};
    use crate::words::text;

    #[test]
    fn each_example_is_short_and_read_without_problems() {
        for (label, file) in SAMPLES {
            assert!(text(label).chars().count() <= 24, "{label}");
            let path = [env!("CARGO_MANIFEST_DIR"), "/static/samples/", file, ".txt"].concat();
            let sample = std::fs::read_to_string(path).expect("the file is there");
            assert!(sample.len() < 2500, "{label}");
            let report = crate::inspect(Raw::new(sample.clone()), &RedactOptions::default(), &[]);
            assert_eq!(report.problems, [], "{label}");
            assert_eq!(report.input.bytes, sample.len());
        }
    }
}
