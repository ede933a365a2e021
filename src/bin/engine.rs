//! The engine: a WebAssembly program for a worker, or for any page that imports it. All of it is in the library.
#![cfg_attr(target_arch = "wasm32", no_main)]

#[cfg(not(target_arch = "wasm32"))]
fn main() {}

#[cfg(target_arch = "wasm32")]
#[expect(unreachable_pub, reason = "wasm-bindgen exports public functions only, and nothing but JavaScript calls them")]
mod exports {
    use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};
    use why403::engine;

    #[wasm_bindgen(typescript_custom_section)]
    const TYPES: &'static str = include_str!("../engine.d.ts");

    /// Diagnoses a text and returns the report as a plain object.
    #[wasm_bindgen(unchecked_return_type = "Report")]
    pub fn analyze(#[wasm_bindgen(unchecked_param_type = "string")] text: JsValue) -> Result<JsValue, JsError> {
        engine::analyze(text)
    }

    /// Diagnoses a text with options and the visitor's answers; either may be left out.
    #[wasm_bindgen(unchecked_return_type = "Report")]
    pub fn analyze_with(
        #[wasm_bindgen(unchecked_param_type = "string")] text: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "RedactOptions | null")] options: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Answer[] | null")] answers: JsValue,
    ) -> Result<JsValue, JsError> {
        engine::analyze_with(text, options, answers)
    }

    /// Opens the fragment of a share link and returns its report as a plain object.
    #[wasm_bindgen(unchecked_return_type = "Report")]
    pub fn open_link(
        #[wasm_bindgen(unchecked_param_type = "string")] fragment: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Answer[] | null")] answers: JsValue,
    ) -> Result<JsValue, JsError> {
        engine::open_link(fragment, answers)
    }

    /// Puts the time at which it is made, in seconds since 1970, into a report's link.
    #[wasm_bindgen]
    pub fn stamped(link: String, seconds: f64) -> Option<String> {
        why403::share::stamped(&link, seconds as u64)
    }

    /// Returns the tree of causes as a list of nodes, as the facts in a report's `link` see it.
    #[wasm_bindgen(unchecked_return_type = "Node[]")]
    pub fn tree(
        #[wasm_bindgen(unchecked_param_type = "string")] fragment: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Answer[] | null")] answers: JsValue,
    ) -> Result<JsValue, JsError> {
        engine::tree(fragment, answers)
    }

    /// Compares two keys by their fingerprints; each text holds a fingerprint, a redacted stretch, a masked key, or a key.
    #[wasm_bindgen(unchecked_return_type = "Keys")]
    pub fn compare_keys(
        #[wasm_bindgen(unchecked_param_type = "string")] one: JsValue,
        #[wasm_bindgen(unchecked_param_type = "string")] other: JsValue,
    ) -> Result<JsValue, JsError> {
        engine::compare_keys(one, other)
    }

    /// Compares a request that works with one that fails: what differs, the likeliest explanation first.
    #[wasm_bindgen(unchecked_return_type = "Comparison")]
    pub fn compare(
        #[wasm_bindgen(unchecked_param_type = "string")] works: JsValue,
        #[wasm_bindgen(unchecked_param_type = "string")] fails: JsValue,
    ) -> Result<JsValue, JsError> {
        engine::compare(works, fails)
    }

    /// Takes the text of an area's published schemas (`schemas/AREA.json`), one that a report's `schemas_missing` names: bodies are checked
    /// against it from then on. False where there is no such area or the text is damaged.
    #[wasm_bindgen]
    pub fn add_schema(area: &str, text: &str) -> bool {
        engine::add_schema(area, text)
    }

    /// Takes the secrets out of texts, each by itself; `redactions` are the places in the list of those that held any.
    #[wasm_bindgen(unchecked_return_type = "{ texts: string[]; redactions: number[] }")]
    pub fn redact(#[wasm_bindgen(unchecked_param_type = "string[]")] texts: JsValue) -> Result<JsValue, JsError> {
        engine::redact(texts)
    }

    /// Groups the failed calls of an archive or a log by cause.
    #[wasm_bindgen(unchecked_return_type = "Incidents")]
    pub fn incidents(#[wasm_bindgen(unchecked_param_type = "string")] text: JsValue) -> Result<JsValue, JsError> {
        engine::incidents(text)
    }
}
