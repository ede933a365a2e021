//! What only some visitors ask for: the decision tree as a picture, the dialog of a link, and the report as Markdown. A program of its own (`src/bin/extras.rs`),
//! which the page loads when it is first needed, since Rust cannot split one.

pub mod layout;
pub mod qr;

#[cfg(target_arch = "wasm32")]
mod picture;
#[cfg(target_arch = "wasm32")]
pub mod share;
#[cfg(target_arch = "wasm32")]
pub use picture::{show_tree, start};

/// The report as Markdown; nothing where it cannot be read.
#[cfg(target_arch = "wasm32")]
pub fn markdown(report: &wasm_bindgen::JsValue) -> Option<String> {
    crate::page::read::report(report).map(|report| crate::page::markdown::markdown(&report))
}
