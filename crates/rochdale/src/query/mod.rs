//! The query: one tree with three faces, a Rust builder, a JSON form and a text form.
#![doc = ""]
#![doc = include_str!("../../docs/query.md")]

mod answer;
mod argument;
mod build;
mod check;
pub mod codes;
mod collection;
mod column;
mod directory;
mod facet;
mod handle;
mod highlight;
mod json;
mod op;
mod order;
mod parse;
mod path;
mod phrase;
mod places;
mod print;
mod resolve;
mod scan;
#[cfg(feature = "schema")]
pub(crate) mod schema;
mod score;
mod suggest;
mod value;
mod words;

use std::collections::BTreeMap;

pub use crate::date::Certainty;
pub use answer::{Found, Hit, find};
pub(crate) use answer::{has_words, reference as reference_of};
pub use argument::{Argument, parameter};
pub use build::{FieldBuilder, Operand, field, like, text};
pub(crate) use check::{Checker, Node, Parameters, Routes, Shapes, stems_of};
pub use collection::Collection;
pub(crate) use collection::{id as id_of, names as names_of};
pub(crate) use column::{Column, Source};
pub(crate) use directory::{Directory, ExtraRoute};
pub(crate) use facet::period::{
    MOST as MOST_PERIODS, days as period_days, fill as fill_periods, key as period_key,
    name_of as period_name, number as period_number, numbered as numbered_periods,
};
pub use facet::{FacetCounts, FacetValue, Summary};
pub(crate) use facet::{columns as facet_columns, parent_route, without as without_field};
pub use handle::{DateField, OrderedField, TextField};
pub(crate) use highlight::Highlighter;
pub use highlight::{Highlight, Part};
pub use op::{Arity, Operator, OperatorInfo};
pub(crate) use order::{Key, Order, after, cursor};
pub use path::Path;
pub(crate) use phrase::{Asked as Wanted, Phrase};
pub(crate) use places::Places;
pub(crate) use resolve::{Route, everywhere, path_of};
pub(crate) use scan::extra_cells as extra_values;
pub use score::Scoring;
pub(crate) use score::{Scorer, length_byte, rarity, tier};
pub(crate) use suggest::suggest;
pub use suggest::{Suggestion, Suggestions};
pub(crate) use value::{Cell, Operand as Asked, Shape, SortValue, extra_names, extra_path};
pub(crate) use words::text_routes;

/// What is asked of a library.
///
/// # Example
///
/// ```
/// use rochdale::query::{Query, field, text};
///
/// let built = Query::new(field("kind").is("article") & text("pension")).sort("-published").limit(10);
/// let read: Query = "kind:article pension sort:-published limit:10".parse()?;
/// assert_eq!(built, read);
/// assert_eq!(built.to_string(), "kind:article pension sort:-published limit:10");
/// # Ok::<(), rochdale::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// What an entry must meet.
    pub clause: Clause,
    /// The order; by relevance where words are searched and none is given, else that of the library.
    pub sort: Vec<SortKey>,
    /// How many entries to give at most; all where it is absent.
    pub limit: Option<usize>,
    /// How many entries to pass over.
    pub offset: usize,
    /// Where the page before this one ended, as its answer said.
    pub cursor: Option<String>,
    /// How much more an entry counts, in the order by relevance, in which words follow each other
    /// that do so in the query: for every two of them their score as a phrase, times this, is added.
    /// 0, as it is at first, for not at all; about 1 where the order of words matters.
    pub proximity: f64,
    /// How exactly the entries are counted.
    pub total: Totals,
    /// The fields of entries to give; all where it is empty.
    pub fields: Vec<Path>,
    /// The facets to count, by their names in the answer.
    pub facets: BTreeMap<String, Facet>,
}

/// How exactly the entries that meet a query are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Totals {
    /// All of them.
    #[default]
    Exact,
    /// Up to so many; whether there are more is not asked.
    AtLeast(usize),
    /// Not at all.
    None,
}

/// How many entries meet a query, so far as that was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    /// So many.
    Exact(usize),
    /// So many or more.
    AtLeast(usize),
    /// Nobody counted.
    Unknown,
}

impl Totals {
    /// What is said of so many entries.
    pub(crate) fn of(self, count: usize) -> Total {
        match self {
            Self::AtLeast(least) if count >= least => Total::AtLeast(least),
            Self::Exact | Self::AtLeast(_) => Total::Exact(count),
            Self::None => Total::Unknown,
        }
    }
}

/// A condition, made of conditions.
///
/// [`all`](Self::all) and [`any`](Self::any) join clauses in one normal form:
/// groups of the same sort are joined, groups of one are that one.
#[derive(Clone, Debug, PartialEq)]
pub enum Clause {
    /// Every clause holds; without clauses, everything.
    And(Vec<Clause>),
    /// At least one clause holds.
    Or(Vec<Clause>),
    /// The clause does not hold.
    Not(Box<Clause>),
    /// One element of a list of structures, or one related entry, meets the clause.
    Has(Path, Box<Clause>),
    /// A test of a field, or of all the words of an entry.
    Test(Test),
}

/// A test of a field, or of all the words of an entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// The field; absent, the words of the whole entry.
    pub field: Option<Path>,
    /// The operator.
    pub op: Operator,
    /// The values, as many as the operator takes.
    pub values: Vec<Argument>,
    /// The number beside the values, where the operator takes one.
    pub slack: u32,
    /// Whether a date must certainly meet the test, or may.
    pub certainty: Certainty,
    /// How much the test counts in the order by relevance.
    pub boost: f64,
}

/// One key of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortKey {
    /// The field; `relevance` and `id` are keys as well.
    pub field: Path,
    /// Whether the greatest comes first; what is missing comes last either way.
    pub descending: bool,
}

/// A count of the values of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// The field.
    pub field: Path,
    /// How many values to give at most, the most frequent first.
    pub limit: usize,
    /// The period by which dates are counted.
    pub per: Option<Period>,
    /// The field whose least, greatest, sum and mean are given for each value.
    pub of: Option<Path>,
    /// Whether the facet's own filter in the query counts as well.
    pub keep_own_filter: bool,
}

impl Facet {
    /// How many values a facet gives unless told otherwise.
    pub const LIMIT: usize = 10;

    /// A facet of a field.
    pub fn new(field: impl Into<Path>) -> Self {
        let field = field.into();
        Self { field, limit: Self::LIMIT, per: None, of: None, keep_own_filter: false }
    }
}

/// A period of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// A year.
    Year,
    /// A month.
    Month,
    /// A week from Monday (ISO 8601).
    Week,
    /// A day.
    Day,
}

impl Period {
    /// Every period.
    pub const ALL: &'static [Self] = &[Self::Year, Self::Month, Self::Week, Self::Day];

    /// The name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Week => "week",
            Self::Day => "day",
        }
    }

    /// The period of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|period| period.name() == name)
    }
}

impl Default for Clause {
    fn default() -> Self {
        Self::And(Vec::new())
    }
}

impl Clause {
    /// Every clause holds; without clauses, everything.
    pub fn all(clauses: impl IntoIterator<Item = Self>) -> Self {
        let mut out = Vec::new();
        for clause in clauses {
            match clause {
                Self::And(inner) => out.extend(inner),
                other => out.push(other),
            }
        }
        if out.len() == 1 { out.remove(0) } else { Self::And(out) }
    }

    /// At least one clause holds; without clauses, nothing.
    pub fn any(clauses: impl IntoIterator<Item = Self>) -> Self {
        let mut out = Vec::new();
        for clause in clauses {
            match clause {
                Self::Or(inner) => out.extend(inner),
                other => out.push(other),
            }
        }
        match out.len() {
            0 => Self::default().negate(),
            1 => out.remove(0),
            _ => Self::Or(out),
        }
    }

    /// The clause does not hold.
    #[must_use]
    pub fn negate(self) -> Self {
        Self::Not(Box::new(self))
    }

    /// The clauses that must all hold.
    pub(crate) fn conjuncts(&self) -> &[Self] {
        if let Self::And(clauses) = self { clauses } else { std::slice::from_ref(self) }
    }

    /// Whether this is a condition on an element where it stands behind `field:`, and not values of the
    /// field: a test inside names a field, or is of entries.
    pub(crate) fn is_condition(&self) -> bool {
        match self {
            Self::And(clauses) | Self::Or(clauses) => clauses.iter().any(Self::is_condition),
            Self::Not(clause) => clause.is_condition(),
            Self::Has(..) => true,
            Self::Test(test) => test.field.is_some() || test.op == Operator::Like,
        }
    }
}

impl Test {
    /// A test with these values.
    pub(crate) fn new(field: Option<Path>, op: Operator, values: Vec<Argument>) -> Self {
        Self { field, op, values, slack: 0, certainty: Certainty::Possible, boost: 1.0 }
    }
}

#[cfg(test)]
mod tests;
