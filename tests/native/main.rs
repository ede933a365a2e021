//! Tests of the whole, without a browser.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    clippy::expect_fun_call
)]

mod checks;
mod curl;
mod diagnosis;
mod fingerprints;
mod forms;
mod golden;
mod intake;
mod links;
mod messages;
mod pasted;
mod redaction;
mod schemas;
mod types;
