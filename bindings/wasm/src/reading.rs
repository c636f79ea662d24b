//! Reading of files, which the package has as a module of its own.

use rochdale::Error;
use rochdale_ingest::Reader;
use wasm_bindgen::prelude::*;

use crate::library::{Library, Result};

#[wasm_bindgen]
extern "C" {
    /// Files by their paths.
    #[wasm_bindgen(typescript_type = "{ readonly [path: string]: string | Uint8Array }")]
    pub type Files;
}

#[wasm_bindgen]
impl Library {
    /// Reads files that are in memory, text or bytes, each by its path in a folder.
    #[wasm_bindgen(js_name = fromFiles)]
    pub fn from_files(files: &Files) -> Result<Library> {
        let reading = Reader::new().read_files(each(files)?)?;
        Ok(Self(reading.into_library()))
    }
}

/// The files of an object, each as text or as bytes.
fn each(files: &Files) -> Result<Vec<(String, Vec<u8>)>> {
    let pairs = js_sys::Object::entries(files.unchecked_ref());
    let file = |pair: JsValue| {
        let pair: js_sys::Array = pair.unchecked_into();
        let (path, content) = (pair.get(0).as_string().unwrap_or_default(), pair.get(1));
        let bytes = content.dyn_ref().map(js_sys::Uint8Array::to_vec);
        match bytes.or_else(|| content.as_string().map(String::into_bytes)) {
            Some(bytes) => Ok((path, bytes)),
            None => Err(Error::invalid(
                format!("/{}", path.replace('~', "~0").replace('/', "~1")),
                "expected the text or the bytes of a file",
            )
            .into()),
        }
    };
    pairs.iter().map(file).collect()
}
