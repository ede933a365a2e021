//! Tests of the whole, without a browser.

mod checks;
mod curl;
mod intake;
mod redaction;
