//! What crosses the border: the core's canonical JSON, read by JavaScript's own reader.

use rochdale::json::Json;
use wasm_bindgen::prelude::*;

use crate::error::Error;

#[wasm_bindgen]
extern "C" {
    /// An entry, or nothing.
    #[wasm_bindgen(typescript_type = "Entry | undefined")]
    pub type Entry;
    /// How many entries there are of each kind that has any.
    #[wasm_bindgen(typescript_type = "{ [K in Kind]?: number }")]
    pub type Counts;
    /// What reading a library found.
    #[wasm_bindgen(typescript_type = "Report")]
    pub type Report;
    /// Entries that one refers to or is referred to by.
    #[wasm_bindgen(typescript_type = "Related[]")]
    pub type Relations;
    /// Dated facts.
    #[wasm_bindgen(typescript_type = "Timeline")]
    pub type Timeline;
    /// People or organisations.
    #[wasm_bindgen(typescript_type = "KnownParty[]")]
    pub type Parties;
    /// A mutual entity at a time.
    #[wasm_bindgen(typescript_type = "MutualView")]
    pub type MutualView;
}

/// A value of the core as plain JavaScript data, in one piece.
pub(crate) fn to_js<T: JsCast>(value: &impl serde::Serialize) -> Result<T, Error> {
    let value = js_sys::JSON::parse(&Json::of(value)?.to_string());
    let value = value.map_err(|_| rochdale::Error::invalid("", "the answer is not JSON"))?;
    Ok(value.unchecked_into())
}
