//! Example inputs to try with one click. Their keys are made up.

/// One example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// Id of the message that the button says.
    pub label: &'static str,
    /// What goes through the engine.
    pub text: &'static str,
}

/// The examples in the order of the page.
pub const SAMPLES: &[Sample] = &[
    Sample { label: "sample-wrong-key", text: include_str!("../../static/samples/incorrect-key.txt") },
    Sample { label: "sample-country", text: include_str!("../../static/samples/unsupported-country.txt") },
    Sample { label: "sample-model-access", text: include_str!("../../static/samples/model-access.txt") },
    Sample { label: "sample-cloudflare", text: include_str!("../../static/samples/blocked-page.txt") },
    Sample { label: "sample-azure", text: include_str!("../../static/samples/azure-network.txt") },
    Sample { label: "sample-relay", text: include_str!("../../static/samples/relay.txt") },
    Sample { label: "sample-1020", text: include_str!("../../static/samples/error-1020.txt") },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::{Raw, RedactOptions};
    use crate::words::text;

    #[test]
    fn each_example_is_short_and_read_without_problems() {
        for sample in SAMPLES {
            assert!(text(sample.label).chars().count() <= 24, "{}", sample.label);
            assert!(sample.text.len() < 2500, "{}", sample.label);
            let report = crate::inspect(Raw::new(sample.text.to_owned()), &RedactOptions::default(), &[]);
            assert_eq!(report.problems, [], "{}", sample.label);
            assert_eq!(report.input.bytes, sample.text.len());
        }
    }
}
