//! What only some visitors ask for: a WebAssembly program of its own. All of it is in the library.
#![cfg_attr(target_arch = "wasm32", no_main)]

#[cfg(not(target_arch = "wasm32"))]
fn main() {}

#[cfg(target_arch = "wasm32")]
#[expect(unreachable_pub, reason = "wasm-bindgen exports public functions only, and nothing but JavaScript calls them")]
mod exports {
    use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
    use why403::extras;

    /// Runs when the program is loaded.
    #[wasm_bindgen(start)]
    pub fn start() {
        extras::start();
    }

    /// Draws the decision tree into an element.
    #[wasm_bindgen]
    pub fn show_tree(element: web_sys::Element, nodes: JsValue) {
        extras::show_tree(element, &nodes);
    }

    /// A report, as the engine gives it, as Markdown.
    #[wasm_bindgen]
    pub fn markdown(report: &JsValue) -> Option<String> {
        extras::markdown(report)
    }

    /// The side and the path of a QR code; nothing where the text is too long for one.
    #[wasm_bindgen]
    pub fn qr(text: &str) -> Option<String> {
        extras::qr::path(text)
    }
}
