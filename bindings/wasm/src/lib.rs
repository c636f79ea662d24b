//! Rochdale in JavaScript: plain objects in, plain objects out.

use wasm_bindgen::prelude::*;

/// The version of the library.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").into()
}
