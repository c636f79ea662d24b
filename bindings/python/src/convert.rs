//! What crosses the border: the core's canonical JSON, read by Python's own reader.

use std::marker::PhantomData;

use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_identifier;
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
    Entry "read_entry" type_hint_identifier!("rochdale.types", "Entry");
    Related "read_related" list(&type_hint_identifier!("rochdale.results", "Related"));
    Parties "read_parties" list(&type_hint_identifier!("rochdale.results", "KnownParty"));
    Timeline "read_timeline" type_hint_identifier!("rochdale.results", "Timeline");
    MutualView "read_mutual_view" type_hint_identifier!("rochdale.results", "MutualView");
    Report "read_report" type_hint_identifier!("rochdale.results", "Report");
}
