//! Tests of the whole, without a browser.
