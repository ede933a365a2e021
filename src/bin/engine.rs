//! The engine: a WebAssembly program for a worker, or for any page that imports it. All of it is in the library.
#![cfg_attr(target_arch = "wasm32", no_main)]

#[cfg(not(target_arch = "wasm32"))]
fn main() {}

#[cfg(target_arch = "wasm32")]
#[expect(unreachable_pub, reason = "wasm-bindgen exports public functions only, and nothing but JavaScript calls them")]
mod exports {
    use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};
    use why403::engine;

    /// Diagnoses a text and returns the report as a plain object.
    #[wasm_bindgen]
    pub fn analyze(text: String) -> Result<JsValue, JsError> {
        engine::analyze(text)
    }

    /// Diagnoses a text with options and the visitor's answers; either may be left out.
    #[wasm_bindgen]
    pub fn analyze_with(text: String, options: JsValue, answers: JsValue) -> Result<JsValue, JsError> {
        engine::analyze_with(text, options, answers)
    }

    /// Opens the fragment of a share link and returns its report as a plain object.
    #[wasm_bindgen]
    pub fn open_link(fragment: String, answers: JsValue) -> Result<JsValue, JsError> {
        engine::open_link(fragment, answers)
    }

    /// Puts the time at which it is made, in seconds since 1970, into a report's link.
    #[wasm_bindgen]
    pub fn stamped(link: String, seconds: f64) -> Option<String> {
        why403::share::stamped(&link, seconds as u64)
    }

    /// Returns the tree of causes as a list of nodes, as the facts in a report's `link` see it.
    #[wasm_bindgen]
    pub fn tree(fragment: String, answers: JsValue) -> Result<JsValue, JsError> {
        engine::tree(fragment, answers)
    }
}
