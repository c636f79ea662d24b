//! Rochdale in Python: verbs only; what they mean is said in the core.

mod convert;
mod date;
mod error;
mod library;
mod source;

/// Reading makes many small values on one thread and takes them apart on another, which allocators of
/// systems are slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A headless content library.
#[pyo3::pymodule]
mod _rochdale {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::date::date_parts;
    #[pymodule_export]
    use crate::library::{Library, read_paths};

    /// The version of the library.
    #[pyfunction]
    fn version() -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    /// The name of every sort of error.
    #[pyfunction]
    fn error_codes() -> Vec<&'static str> {
        rochdale::ErrorKind::ALL.iter().map(|kind| kind.code()).collect()
    }
}
