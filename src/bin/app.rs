//! The page: a WebAssembly program that shows what the engine found. All of it is in the library.

fn main() {
    #[cfg(target_arch = "wasm32")]
    why403::page::start();
}
