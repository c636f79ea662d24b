//! The Rust builder.

use std::ops::{BitAnd, BitOr, Not};

use crate::date::Date;
use crate::model::{Id, Reference};

use super::{Argument, Certainty, Clause, Facet, Operator, Path, Query, SortKey, Test, Totals};

/// Words that stand anywhere in an entry, as a phrase.
///
/// # Example
///
/// ```
/// use rochdale::query::text;
///
/// assert_eq!((text("joint venture") & text("pension").or_prefix()).to_string(), "\"joint venture\" pension*");
/// ```
pub fn text(words: impl Into<Operand>) -> Clause {
    Clause::Test(Test::new(None, Operator::Is, vec![words.into().0]))
}

/// Words that an entry shares with this one, those that few others have.
///
/// # Example
///
/// ```
/// use rochdale::query::{field, like};
///
/// let clause = like("article:first-major-mutualisation") & field("kind").is("article");
/// assert_eq!(clause.to_string(), "like:article:first-major-mutualisation kind:article");
/// ```
pub fn like(reference: impl Into<Operand>) -> Clause {
    Clause::Test(Test::new(None, Operator::Like, vec![reference.into().0]))
}

/// A field to be tested; a path such as `speakers.person` reaches inside.
///
/// # Example
///
/// ```
/// use rochdale::query::field;
///
/// let clause = field("published").during("2011-04/2011-07").definite() & !field("tags").is("draft");
/// assert_eq!(clause.to_string(), "published:definite(during(2011-04/2011-07)) -tags:draft");
/// ```
pub fn field(path: impl Into<Path>) -> FieldBuilder {
    FieldBuilder(path.into())
}

/// A field to be tested.
#[derive(Clone, Debug)]
pub struct FieldBuilder(Path);

/// A value to test a field against: text, a number, a flag, a date, an id, or a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operand(Argument);

impl From<Argument> for Operand {
    fn from(argument: Argument) -> Self {
        Self(argument)
    }
}

impl From<Operand> for Argument {
    fn from(operand: Operand) -> Self {
        operand.0
    }
}

macro_rules! operands {
    ($($ty:ty),+) => {
        $(impl From<$ty> for Operand {
            fn from(value: $ty) -> Self {
                Self(Argument::Value(value.to_string()))
            }
        })+
    };
}

operands!(
    &str, String, &String, bool, u8, u16, u32, u64, usize, i8, i16, i32, i64, isize, f32, f64,
    &Reference
);

impl<T> From<&Id<T>> for Operand {
    fn from(id: &Id<T>) -> Self {
        Self(Argument::Value(id.to_string()))
    }
}

impl From<&Date> for Operand {
    fn from(date: &Date) -> Self {
        Self(Argument::Value(date.edtf().to_owned()))
    }
}

impl FieldBuilder {
    fn test(self, op: Operator, values: Vec<Argument>) -> Clause {
        Clause::Test(Test::new(Some(self.0), op, values))
    }

    fn one(self, op: Operator, value: impl Into<Operand>) -> Clause {
        self.test(op, vec![value.into().0])
    }

    fn many(self, op: Operator, values: impl IntoIterator<Item = impl Into<Operand>>) -> Clause {
        self.test(op, values.into_iter().map(|value| value.into().0).collect())
    }

    /// Equal to the value; in prose, the words as a phrase.
    pub fn is(self, value: impl Into<Operand>) -> Clause {
        self.one(Operator::Is, value)
    }

    /// Equal to any of the values.
    pub fn any(self, values: impl IntoIterator<Item = impl Into<Operand>>) -> Clause {
        self.many(Operator::Any, values)
    }

    /// Each of the values is among those of the field.
    pub fn all(self, values: impl IntoIterator<Item = impl Into<Operand>>) -> Clause {
        self.many(Operator::All, values)
    }

    /// Equal to none of the values.
    pub fn none(self, values: impl IntoIterator<Item = impl Into<Operand>>) -> Clause {
        self.many(Operator::None, values)
    }

    /// Begins so; in prose, a word that begins so.
    pub fn prefix(self, value: impl Into<Operand>) -> Clause {
        self.one(Operator::Prefix, value)
    }

    /// A word with at most `distance` slips of the finger, 0 to 2.
    pub fn typo(self, word: impl Into<Operand>, distance: u32) -> Clause {
        self.one(Operator::Typo, word).with_slack(distance)
    }

    /// A word that is being typed: equal, begun, or begun with at most `distance` slips, 0 to 2; in
    /// this order.
    pub fn typing(self, word: impl Into<Operand>, distance: u32) -> Clause {
        self.one(Operator::Typing, word).with_slack(distance)
    }

    /// The words in any order with at most `slop` others between them.
    pub fn near(self, words: impl Into<Operand>, slop: u32) -> Clause {
        self.one(Operator::Near, words).with_slack(slop)
    }

    /// Before the value.
    pub fn before(self, value: impl Into<Operand>) -> Clause {
        self.one(Operator::Before, value)
    }

    /// Not after the value.
    pub fn on_or_before(self, value: impl Into<Operand>) -> Clause {
        self.one(Operator::OnOrBefore, value)
    }

    /// Not before the value.
    pub fn on_or_after(self, value: impl Into<Operand>) -> Clause {
        self.one(Operator::OnOrAfter, value)
    }

    /// After the value.
    pub fn after(self, value: impl Into<Operand>) -> Clause {
        self.one(Operator::After, value)
    }

    /// Between the two values, both included.
    pub fn between(self, from: impl Into<Operand>, to: impl Into<Operand>) -> Clause {
        self.test(Operator::Between, vec![from.into().0, to.into().0])
    }

    /// In the time of the value, an EDTF date or interval.
    pub fn during(self, date: impl Into<Operand>) -> Clause {
        self.one(Operator::During, date)
    }

    /// The entry named, or one below it in its tree.
    pub fn within(self, reference: impl Into<Operand>) -> Clause {
        self.one(Operator::Within, reference)
    }

    /// The field holds nothing.
    pub fn missing(self) -> Clause {
        self.test(Operator::Missing, Vec::new())
    }

    /// One element of the list, or one related entry, meets the clause.
    pub fn has(self, clause: Clause) -> Clause {
        Clause::Has(self.0, Box::new(clause))
    }
}

impl Clause {
    fn with_test(mut self, change: impl Fn(&mut Test)) -> Self {
        if let Self::Test(test) = &mut self {
            change(test);
        }
        self
    }

    fn with_slack(self, slack: u32) -> Self {
        self.with_test(|test| test.slack = slack)
    }

    /// A test of dates that must certainly hold; other clauses stay as they are.
    #[must_use]
    pub fn definite(self) -> Self {
        self.with_test(|test| {
            if !matches!(test.op, Operator::Missing | Operator::Like) {
                test.certainty = Certainty::Definite;
            }
        })
    }

    /// A test that counts `factor` times in the order by relevance.
    ///
    /// A factor that is not a positive number counts as 1; a clause that is
    /// not a test stays as it is.
    #[must_use]
    pub fn boost(self, factor: f64) -> Self {
        let factor = if factor.is_finite() && factor > 0.0 { factor } else { 1.0 };
        self.with_test(|test| {
            if test.op != Operator::Missing {
                test.boost = factor;
            }
        })
    }

    /// The same test for words that begin so.
    #[must_use]
    pub fn or_prefix(self) -> Self {
        self.with_test(|test| {
            if test.op == Operator::Is {
                test.op = Operator::Prefix;
            }
        })
    }

    /// The same test for words with at most `distance` slips of the finger, 0 to 2.
    #[must_use]
    pub fn or_typo(self, distance: u32) -> Self {
        self.with_test(|test| {
            if test.op == Operator::Is {
                (test.op, test.slack) = (Operator::Typo, distance);
            }
        })
    }

    /// The same test for words that are being typed: equal, begun, or begun with at most `distance`
    /// slips, 0 to 2; in this order.
    #[must_use]
    pub fn or_typing(self, distance: u32) -> Self {
        self.with_test(|test| {
            if test.op == Operator::Is {
                (test.op, test.slack) = (Operator::Typing, distance);
            }
        })
    }

    /// The same test for the words in any order with at most `slop` others between them.
    #[must_use]
    pub fn or_near(self, slop: u32) -> Self {
        self.with_test(|test| {
            if test.op == Operator::Is {
                (test.op, test.slack) = (Operator::Near, slop);
            }
        })
    }
}

impl BitAnd for Clause {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self::all([self, other])
    }
}

impl BitOr for Clause {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self::any([self, other])
    }
}

impl Not for Clause {
    type Output = Self;

    fn not(self) -> Self {
        self.negate()
    }
}

impl Query {
    /// A query for the entries that meet a clause.
    pub fn new(clause: Clause) -> Self {
        Self { clause, ..Self::default() }
    }

    /// Adds a key to the order: a field, with `-` before it for the greatest first.
    #[must_use]
    pub fn sort(mut self, key: &str) -> Self {
        self.sort.push(SortKey::from(key));
        self
    }

    /// Counts words more that follow each other in an entry as they do in the query.
    #[must_use]
    pub fn proximity(mut self, weight: f64) -> Self {
        self.proximity = weight;
        self
    }

    /// Counts the entries so exactly.
    #[must_use]
    pub fn total(mut self, total: Totals) -> Self {
        self.total = total;
        self
    }

    /// Gives at most so many entries.
    #[must_use]
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Passes over so many entries.
    #[must_use]
    pub fn offset(mut self, offset: usize) -> Self {
        self.offset = offset;
        self
    }

    /// Goes on where the page before this one ended, as its answer said.
    #[must_use]
    pub fn cursor(mut self, cursor: impl Into<String>) -> Self {
        self.cursor = Some(cursor.into());
        self
    }

    /// Gives these fields of the entries only.
    #[must_use]
    pub fn fields(mut self, fields: impl IntoIterator<Item = impl Into<Path>>) -> Self {
        self.fields.extend(fields.into_iter().map(Into::into));
        self
    }

    /// Counts the values of a field; the facet is called after it.
    #[must_use]
    pub fn facet(self, facet: Facet) -> Self {
        let name = facet.field.to_string();
        self.facet_named(name, facet)
    }

    /// Counts the values of a field under a name.
    #[must_use]
    pub fn facet_named(mut self, name: impl Into<String>, facet: Facet) -> Self {
        self.facets.insert(name.into(), facet);
        self
    }
}

impl Facet {
    /// Gives at most so many values.
    #[must_use]
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// Counts dates by a period, in order of time, with the gaps filled.
    #[must_use]
    pub fn per(mut self, period: super::Period) -> Self {
        self.per = Some(period);
        self
    }

    /// Gives the least, greatest, sum and mean of another field for each value.
    #[must_use]
    pub fn of(mut self, field: impl Into<Path>) -> Self {
        self.of = Some(field.into());
        self
    }

    /// Lets the facet's own filter in the query count as well.
    #[must_use]
    pub fn keep_own_filter(mut self) -> Self {
        self.keep_own_filter = true;
        self
    }
}

impl From<&str> for SortKey {
    fn from(key: &str) -> Self {
        match key.strip_prefix('-') {
            Some(field) => Self { field: field.into(), descending: true },
            None => Self { field: key.into(), descending: false },
        }
    }
}
