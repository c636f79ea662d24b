//! The library: arguments in, one call, a result out.

use rochdale::Opened;
use rochdale::date::Date;
use rochdale::json::Json;
use rochdale::snapshot;
use wasm_bindgen::prelude::*;

use crate::convert::{
    self, Answer, Asked, Counts, Entry, Explanation, MutualView, Options, Parameters, Parties,
    Relations, Report, Scoring, Snapshot, SnapshotInfo, Timeline, from_js, to_js,
};
use crate::error::Error;

pub(crate) type Result<T> = std::result::Result<T, Error>;

/// An immutable collection of entries: typed, linked and checked.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Library(pub(crate) Opened);

#[wasm_bindgen]
impl Library {
    /// Reads a library from JSON: an array of entries, one entry, or one entry a line.
    ///
    /// An entry that does not read is an issue of the report; the rest stands.
    #[wasm_bindgen(js_name = fromJson)]
    pub fn from_json(text: &str) -> Result<Library> {
        Ok(Self(rochdale::Library::from_json(text)?))
    }

    /// Opens a snapshot: nothing is read of its bytes that no question touches.
    pub fn open(snapshot: &Snapshot) -> Result<Library> {
        Ok(Self(rochdale::Library::open(convert::bytes(snapshot)?)?.into()))
    }

    /// Builds the library of a snapshot anew from its entries, also where it cannot be opened because
    /// its words were read by another version of the text analysis.
    pub fn rebuild(snapshot: &Snapshot) -> Result<Library> {
        Ok(Self(rochdale::Library::new(snapshot::entries(convert::bytes(snapshot)?)?)))
    }

    /// Checks all of a snapshot; throws where something is damaged, and says in which section.
    pub fn verify(snapshot: &Snapshot) -> Result<()> {
        Ok(snapshot::verify(convert::bytes(snapshot)?)?)
    }

    /// What a snapshot says of itself: its version, its size, its sections and what it holds.
    pub fn info(snapshot: &Snapshot) -> Result<SnapshotInfo> {
        to_js(&snapshot::info(convert::bytes(snapshot)?)?)
    }

    /// The same entries, ranked by other parameters, which a snapshot of it keeps.
    #[wasm_bindgen(js_name = withScoring)]
    pub fn with_scoring(&self, scoring: &Scoring) -> Result<Library> {
        let scoring = rochdale::query::Scoring::from_json(&from_js(scoring)?)?;
        let library = self.0.library.with_scoring(scoring)?;
        Ok(Self(Opened { library, report: self.0.report.clone() }))
    }

    /// The library as a snapshot: bytes that `open` takes. The same entries give the same bytes.
    #[wasm_bindgen(js_name = toSnapshot)]
    pub fn to_snapshot(&self) -> Result<Vec<u8>> {
        Ok(self.0.library.to_snapshot()?)
    }

    /// Finds entries by a query, in text or in its JSON form; options such as `limit` come on top,
    /// and among them `params`, the values of its parameters.
    pub fn find(&self, query: &Asked, options: Option<Options>) -> Result<Answer> {
        let options = options.map_or(Ok(Json::Null), |options| from_js(&options))?;
        to_js(&self.0.library.ask_json(&from_js(query)?, &options)?.to_json()?)
    }

    /// How a query is answered: the way, the conditions with what they cost, and the parts of the
    /// scores; it is asked as `find` is.
    pub fn explain(&self, query: &Asked, options: Option<Options>) -> Result<Explanation> {
        let options = options.map_or(Ok(Json::Null), |options| from_js(&options))?;
        to_js(&self.0.library.explain_json(&from_js(query)?, &options)?)
    }

    /// Checks a query with parameters such as `$from`, and says which types of value each takes;
    /// `find` takes the values as `params`.
    pub fn parameters(&self, query: &Asked) -> Result<Parameters> {
        to_js(&self.0.library.parameters_json(&from_js(query)?)?)
    }

    /// Every entry as JSON, in an array; `fromJson` reads it.
    #[wasm_bindgen(js_name = toJson)]
    pub fn to_json(&self) -> Result<String> {
        let entries = self.0.library.entries().collect::<rochdale::Result<Vec<_>>>()?;
        Ok(rochdale::json::Json::of(&entries)?.to_string())
    }

    /// The entry of a reference such as `article:first-major-mutualisation`, if there is one.
    pub fn get(&self, reference: &str) -> Result<Entry> {
        match self.0.library.get(reference)? {
            Some(entry) => to_js(&entry),
            None => Ok(JsValue::UNDEFINED.unchecked_into()),
        }
    }

    /// The entries that an entry refers to, and those that refer to it.
    pub fn related(&self, reference: &str) -> Result<Relations> {
        to_js(&self.0.library.related(reference)?)
    }

    /// Every dated fact about an entry, across kinds, in the order of time.
    pub fn timeline(&self, reference: &str) -> Result<Timeline> {
        to_js(&self.0.library.timeline(reference)?)
    }

    /// A mutual entity as it was on a day, or at a less exact time: its names, stages and stakes.
    #[wasm_bindgen(js_name = asOf)]
    pub fn as_of(&self, reference: &str, date: &str) -> Result<MutualView> {
        let date = Date::parse(date).map_err(|e| rochdale::Error::invalid("", e.to_string()))?;
        to_js(&self.0.library.as_of(reference, &date)?)
    }

    /// Every person that the library knows, by name, each with where it appears.
    pub fn people(&self) -> Result<Parties> {
        to_js(&self.0.library.people()?)
    }

    /// Every organisation that the library knows, by name, each with where it appears.
    pub fn organisations(&self) -> Result<Parties> {
        to_js(&self.0.library.organisations()?)
    }

    /// How many entries there are of each kind that has any.
    pub fn counts(&self) -> Result<Counts> {
        to_js(&self.0.library.counts())
    }

    /// What reading found: issues, what was not carried over, and counts.
    pub fn report(&self) -> Result<Report> {
        to_js(&self.0.report)
    }
}
