//! Rochdale in JavaScript: plain objects in, plain objects out.

mod convert;
mod error;
mod library;
#[cfg(feature = "reading")]
mod reading;

use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const ENTRIES: &str = include_str!("../types.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const RESULTS: &str = include_str!("../results.d.ts");

/// The version of the library.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").into()
}

/// The name of every sort of error.
#[wasm_bindgen(js_name = errorCodes)]
pub fn error_codes() -> Vec<String> {
    rochdale::ErrorKind::ALL.iter().map(|kind| kind.code().to_owned()).collect()
}
