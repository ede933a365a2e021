//! The tools: a WebAssembly program of its own, loaded when somebody goes to one of them. All of it is in the library.

fn main() {
    #[cfg(target_arch = "wasm32")]
    why403::tools::start();
}
