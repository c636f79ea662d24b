//! Dates that say what their source said: a day, a month, "summer 2011", "about", unknown.
//!
//! A [`Date`] is an expression of EDTF, the Extended Date/Time Format of ISO 8601-2:2019 as the
//! [Library of Congress](https://www.loc.gov/standards/datetime/) writes it down. Levels 0 and 1
//! are kept, and of level 2 the sets (`[2011,2012]`, `{2011-05..2011-07}`), the quarters (`33` to
//! `36`) and the halves (`40`, `41`) of a year. The rest of level 2 is refused by name.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

mod bounds;
mod compare;
mod convert;
pub mod english;
mod error;
mod parse;

pub use bounds::Moment;
use bounds::{Edge, Span, Zone};
pub use compare::{Certainty, Comparison};
pub use error::DateError;

/// When something happened or will happen, as exactly as its source said and no more.
///
/// A date has two forms. [`edtf`](Self::edtf) is the normal one; [`text`](Self::text) holds the
/// words of the source where they differ. As JSON, and through [`Display`](fmt::Display), a date is
/// one string: the EDTF, and after it the words in parentheses if there are any, as in
/// `2011-05-20 (Friday 20th May 2011)`. EDTF holds no space, so the two never run together.
///
/// The EDTF is kept as it is written, with one exception: an offset of hours alone (`+01`) becomes
/// one of hours and minutes (`+01:00`), which means the same.
///
/// Dates are ordered by [`earliest`](Self::earliest), then [`latest`](Self::latest), then text. A
/// date without an earliest moment, such as `../2011`, comes before all others; of two that begin
/// together, the one without a latest moment comes last.
/// [`compare_optional`](Self::compare_optional) puts entries without a date at the end.
///
/// # Example
///
/// ```
/// use rochdale::date::{Certainty, Comparison, Date, Precision};
///
/// let summer = Date::parse("2011-22")?.with_text("summer 2011");
/// assert_eq!(summer.precision(), Precision::Season);
/// assert_eq!(summer.earliest().map(|moment| moment.to_string()), Some("2011-06-01T00:00:00".into()));
/// assert_eq!(summer.to_string(), "2011-22 (summer 2011)");
///
/// let july = Date::parse("2011-07")?;
/// assert!(summer.meets(Comparison::During, &july, Certainty::Possible));
/// assert!(!summer.meets(Comparison::During, &july, Certainty::Definite));
/// # Ok::<(), rochdale::date::DateError>(())
/// ```
#[derive(Clone)]
pub struct Date {
    edtf: Box<str>,
    /// The words of the source; never empty, never equal to `edtf`.
    words: Option<Box<str>>,
    /// What `edtf` means: equal expressions have equal spans.
    span: Span,
}

impl Date {
    /// Reads EDTF, or EDTF followed by the words of the source in parentheses.
    ///
    /// # Errors
    ///
    /// Fails on text that is not EDTF, on a day that no calendar has, on an interval that ends
    /// before it begins, on a year whose days an `i64` cannot count, and on the parts of EDTF level
    /// 2 that are not kept. The error says which, and where.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let spoken = text.strip_suffix(')').and_then(|text| text.split_once(" ("));
        let (edtf, words) = spoken.map_or((text, ""), |(edtf, words)| (edtf, words));
        let span = parse::span(edtf)?;
        let date = Self { edtf: parse::normal(edtf, &span), words: None, span };
        Ok(date.with_text(words))
    }

    /// Keeps the words of the source beside the EDTF. Words that are empty or say the same as the
    /// EDTF are not kept.
    #[must_use]
    pub fn with_text(mut self, text: impl Into<String>) -> Self {
        let words = text.into();
        self.words = (!words.is_empty() && *words != *self.edtf).then(|| words.into());
        self
    }

    /// The date in EDTF.
    pub fn edtf(&self) -> &str {
        &self.edtf
    }

    /// What the source said: its own words, or the EDTF where it said that.
    pub fn text(&self) -> &str {
        self.words.as_deref().unwrap_or(&self.edtf)
    }

    /// The first second that the date may mean, in the civil time of the source; none where the
    /// start is open or unknown.
    pub fn earliest(&self) -> Option<Moment> {
        self.span.start.moment()
    }

    /// The last second that the date may mean, in the civil time of the source; none where the end
    /// is open or unknown.
    pub fn latest(&self) -> Option<Moment> {
        self.span.end.moment()
    }

    /// Whether the date is an interval with a start that is not known (`/2011`), as opposed to an
    /// open one (`../2011`).
    pub fn start_is_unknown(&self) -> bool {
        self.span.start == Edge::Unknown
    }

    /// Whether the date is an interval with an end that is not known (`2011/`), as opposed to an
    /// open one (`2011/..`).
    pub fn end_is_unknown(&self) -> bool {
        self.span.end == Edge::Unknown
    }

    /// How exact the date is.
    pub fn precision(&self) -> Precision {
        self.span.precision
    }

    /// Whether the date is said to be uncertain or approximate. That of an interval or a set is
    /// what is said of any of its members.
    pub fn qualifier(&self) -> Qualifier {
        self.span.qualifier
    }

    /// How far the clock of the source is ahead of UTC, in seconds; none where the source says
    /// nothing of it. The bounds are never moved by it.
    pub fn offset_seconds(&self) -> Option<i32> {
        match self.span.zone {
            Zone::None => None,
            Zone::Utc => Some(0),
            Zone::Offset(seconds) => Some(seconds),
        }
    }

    /// Whether the time is marked with `Z`.
    pub fn is_utc(&self) -> bool {
        self.span.zone == Zone::Utc
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.edtf)?;
        self.words.iter().try_for_each(|words| write!(f, " ({words})"))
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Date({:?})", self.to_string())
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        Self::parse(text)
    }
}

impl PartialEq for Date {
    fn eq(&self, other: &Self) -> bool {
        self.edtf == other.edtf && self.words == other.words
    }
}

impl Eq for Date {}

impl Hash for Date {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.edtf.hash(state);
        self.words.hash(state);
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl serde::de::Visitor<'_> for Visitor {
            type Value = Date;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date in EDTF")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Date, E> {
                Date::parse(text).map_err(E::custom)
            }
        }

        deserializer.deserialize_str(Visitor)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Date {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "A date in EDTF (`2011`, `2011-05`, `2011-22`, `2011-05-20T09:30:00Z`, \
                `2011~`, `2011-05/2011-07`), with the words of the source after it in parentheses \
                where they differ.",
            "x-rochdale": "date",
        })
    }
}

/// How exact a date is, the finest first. Digits that are not specified count as not known:
/// `2011-05-XX` is exact to the month, `2011-XX` to the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Precision {
    /// A second, `2011-05-20T09:30:00`.
    Second,
    /// A minute, `2011-05-20T09:30`; the one form taken from ISO 8601-1 beyond EDTF.
    Minute,
    /// A day, `2011-05-20`.
    Day,
    /// A month, `2011-05`.
    Month,
    /// A season of the northern year, `2011-22`.
    Season,
    /// A quarter, `2011-34`.
    Quarter,
    /// A half-year, `2011-40`.
    Half,
    /// A year, `2011`.
    Year,
    /// Ten years that share their first digits, `201X`.
    Decade,
    /// A hundred years that share their first digits, `20XX`.
    Century,
    /// A thousand years that share their first digit, `1XXX`.
    Millennium,
    /// A time between two dates, `2011-05/2011-07`.
    Interval,
    /// One of several dates, `[2011,2012]`, or all of them, `{2011,2012}`.
    Set,
}

/// What a source says about how far its date can be relied on. It never widens the bounds, but a
/// qualified date meets no comparison definitely.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Qualifier {
    /// Nothing is said.
    #[default]
    None,
    /// Uncertain, `2011?`: the source may be wrong.
    Uncertain,
    /// Approximate, `2011~`: about then.
    Approximate,
    /// Uncertain and approximate, `2011%`.
    Both,
}

impl Qualifier {
    /// What is said of a whole when these are said of its parts.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::None, one) | (one, Self::None) => one,
            (one, two) if one == two => one,
            _ => Self::Both,
        }
    }
}

#[cfg(all(test, feature = "schema"))]
mod tests {
    use super::*;

    #[test]
    fn the_schema_is_a_marked_string() {
        #[derive(schemars::JsonSchema)]
        #[expect(dead_code, reason = "only its schema is looked at")]
        struct Holder {
            when: Date,
        }
        let schema = schemars::schema_for!(Holder).to_value();
        let when = &schema["properties"]["when"];
        assert_eq!((&when["type"], &when["x-rochdale"]), (&"string".into(), &"date".into()));
    }
}
