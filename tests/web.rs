//! Tests of the engine boundary, in a browser.
#![cfg(target_arch = "wasm32")]
