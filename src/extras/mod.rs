//! What only some visitors ask for: the decision tree as a picture, and QR codes. A program of its own (`src/bin/extras.rs`),
//! which the page loads when it is first needed, since Rust cannot split one.

pub mod layout;
pub mod qr;

#[cfg(target_arch = "wasm32")]
mod picture;
#[cfg(target_arch = "wasm32")]
pub use picture::{show_tree, start};
