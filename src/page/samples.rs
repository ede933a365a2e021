//! Example inputs to try with one click. Their keys are made up.

/// One example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// What the button says.
    pub label: &'static str,
    /// What goes through the engine.
    pub text: &'static str,
}

/// The examples in the order of the page.
pub const SAMPLES: &[Sample] = &[
    Sample { label: "Wrong key", text: include_str!("../../static/samples/incorrect-key.txt") },
    Sample { label: "Country", text: include_str!("../../static/samples/unsupported-country.txt") },
    Sample { label: "Model access", text: include_str!("../../static/samples/model-access.txt") },
    Sample { label: "Cloudflare block", text: include_str!("../../static/samples/blocked-page.txt") },
    Sample { label: "Azure firewall", text: include_str!("../../static/samples/azure-network.txt") },
    Sample { label: "Relay, Chinese", text: include_str!("../../static/samples/relay.txt") },
    Sample { label: "Error 1020", text: include_str!("../../static/samples/error-1020.txt") },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::{Raw, RedactOptions};

    #[test]
    fn each_example_is_short_and_read_without_problems() {
        for sample in SAMPLES {
            assert!(sample.label.chars().count() <= 24, "{}", sample.label);
            assert!(sample.text.len() < 2500, "{}", sample.label);
            let report = crate::inspect(Raw::new(sample.text.to_owned()), &RedactOptions::default(), &[]);
            assert_eq!(report.problems, [], "{}", sample.label);
            assert_eq!(report.input.bytes, sample.text.len());
        }
    }
}
