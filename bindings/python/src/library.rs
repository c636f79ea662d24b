//! The library: arguments in, one call, a result out.

use std::collections::BTreeMap;
use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};
use rochdale::Opened;
use rochdale::date::Date;
use rochdale::json::Json;
use rochdale::query::Scoring;
use rochdale::snapshot;
use rochdale_files::{FileSource, only_snapshot};
use rochdale_ingest::{Reader, Reading};

use crate::convert::{
    Answer, Asked, Content, Entry, Explanation, MutualView, Out, Parties, Related, Report,
    SnapshotInfo, Timeline, to_json,
};
use crate::error::Error;
use crate::source::Snapshot;

/// An immutable collection of entries: typed, linked, checked, and safe to share between threads.
#[pyclass(frozen, module = "rochdale")]
pub(crate) struct Library(Opened);

type Result<T> = std::result::Result<T, Error>;

impl Library {
    fn of(reading: Reading) -> Self {
        Self(reading.into_library())
    }
}

/// Reads files and folders as one library, or opens the snapshot that is the only path.
#[pyfunction]
pub(crate) fn read_paths(py: Python<'_>, paths: Vec<PathBuf>, strict: bool) -> Result<Library> {
    py.detach(|| {
        if let Some(path) = only_snapshot(&paths)? {
            return Ok(Library(rochdale::Library::open(FileSource::open(path)?)?.into()));
        }
        let reader = if strict { Reader::new().strict() } else { Reader::new() };
        Ok(Library::of(reader.read_paths(paths)?))
    })
}

#[pymethods]
impl Library {
    /// Reads a library from JSON: an array of entries, one entry, or one entry a line.
    ///
    /// An entry that does not read is an issue of the report; the rest stands.
    #[staticmethod]
    fn from_json(py: Python<'_>, text: &str) -> Result<Self> {
        py.detach(|| Ok(Self(rochdale::Library::from_json(text)?)))
    }

    /// Reads files that are in memory, each by its path in a folder, as `open` reads them.
    #[staticmethod]
    fn from_files(py: Python<'_>, files: BTreeMap<String, Content>) -> Result<Self> {
        let files = files.into_iter().map(|(path, content)| (path, content.into()));
        py.detach(|| Ok(Self::of(Reader::new().read_files(files)?)))
    }

    /// Opens a snapshot, from its bytes or from its file: nothing is read that no question touches.
    ///
    /// The file must not be changed in place while the library is used; `save` never does that.
    #[staticmethod]
    fn open(py: Python<'_>, snapshot: Snapshot) -> Result<Self> {
        py.detach(|| Ok(Self(rochdale::Library::open(snapshot.source()?)?.into())))
    }

    /// Builds the library of a snapshot anew from its entries, also where it cannot be opened because
    /// its words were read by another version of the text analysis.
    #[staticmethod]
    fn rebuild(py: Python<'_>, snapshot: Snapshot) -> Result<Self> {
        py.detach(|| Ok(Self(rochdale::Library::new(snapshot::entries(snapshot.source()?)?))))
    }

    /// Checks all of a snapshot; raises where something is damaged, and says in which section.
    #[staticmethod]
    fn verify(py: Python<'_>, snapshot: Snapshot) -> Result<()> {
        py.detach(|| Ok(snapshot::verify(snapshot.source()?)?))
    }

    /// What a snapshot says of itself: its version, its size, its sections and what it holds.
    #[staticmethod]
    fn info(py: Python<'_>, snapshot: Snapshot) -> Result<Out<SnapshotInfo>> {
        py.detach(|| Out::new(&snapshot::info(snapshot.source()?)?))
    }

    /// The same entries, ranked by other parameters, which a snapshot of it keeps: any of `k1`, `b` and
    /// `weights`, which says for fields by their paths how often a word in them counts.
    #[pyo3(signature = (**scoring: "object"))]
    fn with_scoring(&self, py: Python<'_>, scoring: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let nothing = || Ok(Json::Object(rochdale::json::Map::new()));
        let scoring = scoring.map_or_else(nothing, |scoring| to_json(scoring))?;
        let made = py.detach(|| -> Result<Self> {
            let library = self.0.library.with_scoring(Scoring::from_json(&scoring)?)?;
            Ok(Self(Opened { library, report: self.0.report.clone() }))
        });
        Ok(made?)
    }

    /// The library as a snapshot: bytes that `open` takes. The same entries give the same bytes.
    fn to_snapshot<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let bytes = py.detach(|| self.0.library.to_snapshot()).map_err(Error::from)?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// Writes the library to a file as a snapshot; at any moment either all of the old file stands
    /// there or all of the new one.
    fn save(&self, py: Python<'_>, path: PathBuf) -> Result<()> {
        py.detach(move || Ok(rochdale_files::write(&path, &self.0.library.to_snapshot()?)?))
    }

    /// Finds entries by a query, in text or in its JSON form; options such as `limit` come on top,
    /// and among them `params`, the values of its parameters.
    #[pyo3(signature = (query, **options: "object"))]
    fn find(
        &self,
        py: Python<'_>,
        query: Asked,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Out<Answer>> {
        let Asked(query) = query;
        let options = options.map_or(Ok(Json::Null), |options| to_json(options))?;
        let answer = py.detach(|| self.0.library.ask_json(&query, &options)?.to_json());
        Ok(Out::new(&answer.map_err(Error::from)?)?)
    }

    /// How a query is answered: the way, the conditions with what they cost, and the parts of the
    /// scores; it is asked as `find` is.
    #[pyo3(signature = (query, **options: "object"))]
    fn explain(
        &self,
        py: Python<'_>,
        query: Asked,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Out<Explanation>> {
        let Asked(query) = query;
        let options = options.map_or(Ok(Json::Null), |options| to_json(options))?;
        let explanation = py.detach(|| self.0.library.explain_json(&query, &options));
        Ok(Out::new(&explanation.map_err(Error::from)?)?)
    }

    /// Checks a query with parameters such as `$from`, and says which types of value each takes;
    /// `find` takes the values as `params`.
    fn parameters(
        &self,
        py: Python<'_>,
        query: Asked,
    ) -> Result<BTreeMap<String, Vec<&'static str>>> {
        let Asked(query) = query;
        py.detach(|| Ok(self.0.library.parameters_json(&query)?))
    }

    /// Every entry as JSON, in an array; `from_json` reads it.
    fn to_json(&self, py: Python<'_>) -> Result<String> {
        py.detach(|| {
            let entries = self.0.library.entries().collect::<rochdale::Result<Vec<_>>>()?;
            Ok(Json::of(&entries)?.to_string())
        })
    }

    /// The entry of a reference such as `article:first-major-mutualisation`, if there is one.
    fn get(&self, reference: &str) -> Result<Option<Out<Entry>>> {
        self.0.library.get(reference)?.as_ref().map(Out::new).transpose()
    }

    /// The entries that an entry refers to, and those that refer to it.
    fn related(&self, py: Python<'_>, reference: &str) -> Result<Out<Related>> {
        py.detach(|| Out::new(&self.0.library.related(reference)?))
    }

    /// Every dated fact about an entry, across kinds, in the order of time.
    fn timeline(&self, py: Python<'_>, reference: &str) -> Result<Out<Timeline>> {
        py.detach(|| Out::new(&self.0.library.timeline(reference)?))
    }

    /// A mutual entity as it was on a day, or at a less exact time: its names, stages and stakes.
    fn as_of(&self, py: Python<'_>, reference: &str, date: &str) -> Result<Out<MutualView>> {
        let date = Date::parse(date).map_err(|e| rochdale::Error::invalid("", e.to_string()))?;
        py.detach(|| Out::new(&self.0.library.as_of(reference, &date)?))
    }

    /// Every person that the library knows, by name, each with where it appears.
    fn people(&self, py: Python<'_>) -> Result<Out<Parties>> {
        py.detach(|| Out::new(&self.0.library.people()?))
    }

    /// Every organisation that the library knows, by name, each with where it appears.
    fn organisations(&self, py: Python<'_>) -> Result<Out<Parties>> {
        py.detach(|| Out::new(&self.0.library.organisations()?))
    }

    /// How many entries there are of each kind that has any.
    fn counts(&self) -> BTreeMap<&'static str, usize> {
        self.0.library.counts()
    }

    /// What reading found: issues, what was not carried over, and counts.
    fn report(&self) -> Result<Out<Report>> {
        Out::new(&self.0.report)
    }

    fn __len__(&self) -> usize {
        self.0.library.len()
    }

    fn __repr__(&self) -> String {
        let counts = self.counts().into_iter().map(|(kind, count)| format!(", {count} {kind}"));
        format!(
            "<rochdale.Library of {} entries{}>",
            self.0.library.len(),
            counts.collect::<String>()
        )
    }

    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    /// What cannot change is its own copy, however deep.
    fn __deepcopy__(slf: Py<Self>, _memo: &Bound<'_, PyAny>) -> Py<Self> {
        slf
    }

    fn __reduce__<'py>(
        slf: &Bound<'py, Self>,
    ) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        Ok((slf.get_type().getattr("open")?, (slf.get().to_snapshot(slf.py())?,)))
    }
}
