//! What tests and reference pages need and visitors do not: it stays out of the WebAssembly.

/// A rule's or a format's example.
pub const fn native_only(example: &'static str) -> &'static str {
    if cfg!(target_arch = "wasm32") { "" } else { example }
}

/// Samples of a kind of secret.
pub(crate) const fn native_only_all(samples: &'static [&'static str]) -> &'static [&'static str] {
    if cfg!(target_arch = "wasm32") { &[] } else { samples }
}
