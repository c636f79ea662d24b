//! What a date may mean, as Python's own dates.

use pyo3::prelude::*;
use pyo3::types::PyDate;
use rochdale::date::{Date, Moment};

use crate::error::Error;

type Day<'py> = Option<Bound<'py, PyDate>>;

/// The EDTF, the words, the precision, the first and last day, and the day that is meant.
#[pyfunction]
pub(crate) fn date_parts<'py>(
    py: Python<'py>,
    text: &str,
) -> PyResult<(String, String, String, Day<'py>, Day<'py>, Day<'py>)> {
    let date = Date::parse(text).map_err(|e| rochdale::Error::invalid("", e.to_string()));
    let date = date.map_err(Error::from)?;
    let precision = rochdale::json::Json::of(&date.precision()).map_err(Error::from)?;
    let precision = precision.as_str().unwrap_or_default().to_owned();
    let [first, last] = [date.earliest(), date.latest()].map(|moment| day(py, moment));
    let exact = if date.to_naive_date().is_ok() { first.clone() } else { None };
    Ok((date.edtf().to_owned(), date.text().to_owned(), precision, first, last, exact))
}

/// None for years that Python's dates do not have.
fn day(py: Python<'_>, moment: Option<Moment>) -> Day<'_> {
    let (year, month, day) = moment?.civil();
    PyDate::new(py, i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
        .ok()
}
