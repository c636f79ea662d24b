//! Core errors as JavaScript `Error`s.

use js_sys::{Error as JsError, Reflect};
use rochdale::Place;
use wasm_bindgen::prelude::*;

/// A core error on its way to JavaScript, with a `code`, and an `offset` or a `pointer`.
pub struct Error(rochdale::Error);

impl<E: Into<rochdale::Error>> From<E> for Error {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl From<Error> for JsValue {
    fn from(Error(error): Error) -> Self {
        let out = JsError::new(&error.to_string());
        out.set_name("RochdaleError");
        let set = |key: &str, value: JsValue| {
            // Setting a new property of a new object has nothing that could refuse it.
            let _ = Reflect::set(&out, &key.into(), &value);
        };
        set("code", error.kind().code().into());
        match error.place() {
            Some(Place::Offset(offset)) => set("offset", (*offset).into()),
            Some(Place::Pointer(pointer)) => set("pointer", pointer.into()),
            _ => {}
        }
        out.into()
    }
}
