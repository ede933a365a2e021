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

    /// Fills and opens the dialog that says what a link holds; false where the report cannot be read.
    #[wasm_bindgen]
    pub fn show_share(
        dialog: web_sys::HtmlDialogElement,
        report: &JsValue,
        href: String,
        with_text: bool,
        tick: js_sys::Function,
    ) -> bool {
        extras::share::show(dialog, report, href, with_text, tick)
    }
}
