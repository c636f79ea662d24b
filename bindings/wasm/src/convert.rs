//! What crosses the border: the core's canonical JSON, read by JavaScript's own reader.

use rochdale::json::Json;
use wasm_bindgen::prelude::*;

use crate::error::Error;

#[wasm_bindgen]
extern "C" {
    /// A query in text or in its JSON form.
    #[wasm_bindgen(typescript_type = "string | Query")]
    pub type Asked;
    /// What is asked beside a query.
    #[wasm_bindgen(typescript_type = "Query")]
    pub type Options;
    /// The types of value that each parameter of a query takes.
    #[wasm_bindgen(typescript_type = "{ [parameter: string]: string[] }")]
    pub type Parameters;
    /// The parameters of the order by relevance.
    #[wasm_bindgen(typescript_type = "Partial<Scoring>")]
    pub type Scoring;
    /// What a library answers.
    #[wasm_bindgen(typescript_type = "Answer")]
    pub type Answer;
    /// An entry, or nothing.
    #[wasm_bindgen(typescript_type = "Entry | undefined")]
    pub type Entry;
    /// How many entries there are of each kind that has any.
    #[wasm_bindgen(typescript_type = "{ [K in Kind]?: number }")]
    pub type Counts;
    /// How a question was answered.
    #[wasm_bindgen(typescript_type = "Explanation")]
    pub type Explanation;
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
    /// What a snapshot says of itself.
    #[wasm_bindgen(typescript_type = "SnapshotInfo")]
    pub type SnapshotInfo;
    /// The bytes of a snapshot.
    #[wasm_bindgen(typescript_type = "ArrayBuffer | Uint8Array")]
    pub type Snapshot;
    /// A mutual entity at a time.
    #[wasm_bindgen(typescript_type = "MutualView")]
    pub type MutualView;
}

/// Plain JavaScript data as JSON; what JSON lacks, such as functions, is nothing.
pub(crate) fn from_js(data: &JsValue) -> Result<Json, Error> {
    let unreadable = |_| rochdale::Error::invalid("", "expected plain data, which JSON can hold");
    let text = js_sys::JSON::stringify(data).map_err(unreadable)?;
    Ok(text.as_string().map_or(Ok(Json::Null), |text| Json::parse(&text))?)
}

/// A copy of the bytes of a snapshot.
pub(crate) fn bytes(snapshot: &Snapshot) -> Result<Vec<u8>, Error> {
    let bytes = snapshot.dyn_ref().map(js_sys::Uint8Array::to_vec);
    let buffer =
        || Some(js_sys::Uint8Array::new(snapshot.dyn_ref::<js_sys::ArrayBuffer>()?).to_vec());
    let expected = || rochdale::Error::invalid("", "expected the bytes of a snapshot");
    Ok(bytes.or_else(buffer).ok_or_else(expected)?)
}

/// A value of the core as plain JavaScript data, in one piece.
pub(crate) fn to_js<T: JsCast>(value: &impl serde::Serialize) -> Result<T, Error> {
    let value = js_sys::JSON::parse(&Json::of(value)?.to_string());
    let value = value.map_err(|_| rochdale::Error::invalid("", "the answer is not JSON"))?;
    Ok(value.unchecked_into())
}
