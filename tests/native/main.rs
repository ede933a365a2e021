//! Tests of the whole, without a browser.

mod curl;
