//! Rochdale in Python: verbs only; what they mean is said in the core.

/// A headless content library.
#[pyo3::pymodule]
mod _rochdale {
    use pyo3::prelude::*;

    /// The version of the library.
    #[pyfunction]
    fn version() -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}
