//! The page: shows a report and hands what is pasted to the engine. It decides nothing about the diagnosis, and no raw text
//! ever becomes a Rust string here.
//!
//! ```text
//! events ─desk→ engine_client ─worker→ report ─state→ components
//! ```
//!
//! [`state`], [`marks`], [`markdown`], [`samples`], [`say_once`], [`shell`], [`spoken`] and
//! [`words`] are plain Rust and tested natively; the rest needs a browser.

pub mod markdown;
pub mod marks;
pub mod samples;
pub mod say_once;
pub mod shell;
pub mod spoken;
pub mod state;
pub mod words;

#[cfg(target_arch = "wasm32")]
mod app;
#[cfg(target_arch = "wasm32")]
pub(crate) mod components;
#[cfg(target_arch = "wasm32")]
mod desk;
#[cfg(target_arch = "wasm32")]
pub(crate) mod engine_client;
#[cfg(target_arch = "wasm32")]
pub(crate) mod hooks;
#[cfg(target_arch = "wasm32")]
mod prefs;
#[cfg(target_arch = "wasm32")]
pub(crate) mod read;
#[cfg(target_arch = "wasm32")]
mod text_box;
#[cfg(target_arch = "wasm32")]
mod warm;

#[cfg(target_arch = "wasm32")]
pub use app::start;
