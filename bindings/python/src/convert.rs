//! What crosses the border: the core's canonical JSON, read by Python's own reader.

use std::marker::PhantomData;

use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyString};
use pyo3::{type_hint_identifier, type_hint_union};
use rochdale::json::Json;

use crate::error::Error;

/// A value of the core on its way to Python, where `T` says what becomes of it.
pub(crate) struct Out<T> {
    text: String,
    noun: PhantomData<T>,
}

impl<T> Out<T> {
    /// The value as the text that crosses.
    pub(crate) fn new(value: &impl serde::Serialize) -> Result<Self, Error> {
        Ok(Self { text: Json::of(value)?.to_string(), noun: PhantomData })
    }
}

/// What is asked: a query in text form, or its JSON form as a mapping.
pub(crate) struct Asked(pub(crate) Json);

impl<'py> FromPyObject<'_, 'py> for Asked {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_union!(
        type_hint_identifier!("builtins", "str"),
        PyStaticExpr::Subscript {
            value: &type_hint_identifier!("collections.abc", "Mapping"),
            slice: &PyStaticExpr::Tuple {
                elts: &[
                    type_hint_identifier!("builtins", "str"),
                    type_hint_identifier!("typing", "Any"),
                ],
            },
        }
    );

    fn extract(query: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        to_json(&query).map(Self)
    }
}

/// Plain Python data as JSON; dates and other values by their text.
pub(crate) fn to_json(data: &Bound<'_, PyAny>) -> PyResult<Json> {
    let py = data.py();
    let json = py.import("json")?;
    let how = [("default", py.get_type::<PyString>())].into_py_dict(py)?;
    let text: String = json.call_method("dumps", (data,), Some(&how))?.extract()?;
    Ok(Json::parse(&text).map_err(Error::from)?)
}

/// The text or bytes of a file.
#[derive(FromPyObject)]
pub(crate) enum Content {
    Text(String),
    Bytes(Vec<u8>),
}

impl From<Content> for Vec<u8> {
    fn from(content: Content) -> Self {
        match content {
            Content::Text(text) => text.into_bytes(),
            Content::Bytes(bytes) => bytes,
        }
    }
}

/// What a value becomes in Python.
pub(crate) trait Noun {
    /// The function of `rochdale.results` that reads it.
    const READER: &'static str;
    /// Its type.
    const HINT: PyStaticExpr;
}

impl<'py, T: Noun> IntoPyObject<'py> for Out<T> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    const OUTPUT_TYPE: PyStaticExpr = T::HINT;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        py.import("rochdale.results")?.call_method1(T::READER, (self.text,))
    }
}

/// Declares what values become: one, or with `list` several.
macro_rules! nouns {
    ($($name:ident $reader:literal $hint:expr;)+) => {
        $(pub(crate) struct $name;

        impl Noun for $name {
            const READER: &'static str = $reader;
            const HINT: PyStaticExpr = $hint;
        })+
    };
}

const fn list(item: &'static PyStaticExpr) -> PyStaticExpr {
    PyStaticExpr::Subscript { value: &type_hint_identifier!("builtins", "list"), slice: item }
}

nouns! {
    Answer "read_answer" type_hint_identifier!("rochdale.results", "Answer");
    Entry "read_entry" type_hint_identifier!("rochdale.types", "Entry");
    Related "read_related" list(&type_hint_identifier!("rochdale.results", "Related"));
    Parties "read_parties" list(&type_hint_identifier!("rochdale.results", "KnownParty"));
    Explanation "read_explanation" type_hint_identifier!("rochdale.explanation", "Explanation");
    Timeline "read_timeline" type_hint_identifier!("rochdale.results", "Timeline");
    MutualView "read_mutual_view" type_hint_identifier!("rochdale.results", "MutualView");
    SnapshotInfo "read_snapshot_info" type_hint_identifier!("rochdale.results", "SnapshotInfo");
    Report "read_report" type_hint_identifier!("rochdale.results", "Report");
}
