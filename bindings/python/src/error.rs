//! Core errors as the exceptions of `rochdale.errors`.

use pyo3::import_exception;
use pyo3::prelude::*;
use rochdale::{ErrorKind, Place};

import_exception!(rochdale.errors, RochdaleError);
import_exception!(rochdale.errors, QueryError);
import_exception!(rochdale.errors, InvalidError);
import_exception!(rochdale.errors, SourceError);
import_exception!(rochdale.errors, DamagedError);
import_exception!(rochdale.errors, UnsupportedError);
import_exception!(rochdale.errors, NeedRangeError);

/// A core error on its way to Python.
pub(crate) struct Error(rochdale::Error);

impl<E: Into<rochdale::Error>> From<E> for Error {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl From<Error> for PyErr {
    fn from(Error(error): Error) -> Self {
        let (offset, pointer) = match error.place() {
            Some(Place::Offset(offset)) => (Some(*offset), None),
            Some(Place::Pointer(pointer)) => (None, Some(pointer.clone())),
            _ => (None, None),
        };
        let arguments = (error.to_string(), offset, pointer);
        match error.kind() {
            ErrorKind::Query => QueryError::new_err(arguments),
            ErrorKind::Invalid => InvalidError::new_err(arguments),
            ErrorKind::Source => SourceError::new_err(arguments),
            ErrorKind::Damaged => DamagedError::new_err(arguments),
            ErrorKind::Unsupported => UnsupportedError::new_err(arguments),
            ErrorKind::NeedRange => NeedRangeError::new_err(arguments),
            // A kind without a class of its own; a test finds it.
            _ => RochdaleError::new_err(arguments),
        }
    }
}
