//! Queries of fields by their handles, so that most wrong queries do not compile.

use super::{Clause, Operand, Path, field};
use crate::date::Date;
use crate::field::{GroupField, Handle, Named};
use crate::model::{Id, Prose, Reference, Text};

/// A type of field that has an order: dates and numbers.
pub trait OrderedField {}

/// A type of field that is a time.
pub trait DateField {}

/// A type of field that is prose.
pub trait TextField {}

macro_rules! fields {
    ($($class:ident: $($ty:ty),+;)+) => {
        $($(impl $class for $ty {})+
        impl<T: $class> $class for Option<T> {}
        impl<T: $class> $class for Vec<T> {})+
    };
}

fields! {
    OrderedField: Date, f64, u32;
    DateField: Date;
    TextField: Prose, Text;
    GroupField: Reference;
}

impl<T: Named> GroupField for Id<T> {}

impl<T> From<Handle<T>> for Path {
    fn from(handle: Handle<T>) -> Self {
        Self::new(handle.name())
    }
}

/// What can be asked of a field; each method is one of
/// [`FieldBuilder`](super::FieldBuilder), and only for the types that it suits.
///
/// # Example
///
/// ```
/// use rochdale::model::{Article, Event, Speaker, Standing};
///
/// let clause = Article::PUBLISHED.during("2011-04/2011-07") & Article::CATEGORIES.within("mutualisation");
/// assert_eq!(clause.to_string(), "published:during(2011-04/2011-07) categories:within(mutualisation)");
/// let clause = Event::SPEAKERS.has(Speaker::PERSON.is("Julian Le Grand") & Speaker::STANDING.is(Standing::Invited.as_str()));
/// assert_eq!(clause.to_string(), r#"speakers:(person:"Julian Le Grand" standing:invited)"#);
/// ```
///
/// A title is no date:
///
/// ```compile_fail
/// rochdale::model::Article::TITLE.during("2011");
/// ```
impl<T> Handle<T> {
    /// Equal to the value; in prose, the words as a phrase.
    pub fn is(self, value: impl Into<Operand>) -> Clause {
        field(self).is(value)
    }

    /// Equal to any of the values.
    pub fn any(self, values: impl IntoIterator<Item = impl Into<Operand>>) -> Clause {
        field(self).any(values)
    }

    /// Each of the values is among those of the field.
    pub fn all(self, values: impl IntoIterator<Item = impl Into<Operand>>) -> Clause {
        field(self).all(values)
    }

    /// Equal to none of the values.
    pub fn none(self, values: impl IntoIterator<Item = impl Into<Operand>>) -> Clause {
        field(self).none(values)
    }

    /// Begins so; in prose, a word that begins so.
    pub fn prefix(self, value: impl Into<Operand>) -> Clause {
        field(self).prefix(value)
    }

    /// The field holds nothing.
    pub fn missing(self) -> Clause {
        field(self).missing()
    }
}

impl<T: OrderedField> Handle<T> {
    /// Before the value.
    pub fn before(self, value: impl Into<Operand>) -> Clause {
        field(self).before(value)
    }

    /// Not after the value.
    pub fn on_or_before(self, value: impl Into<Operand>) -> Clause {
        field(self).on_or_before(value)
    }

    /// Not before the value.
    pub fn on_or_after(self, value: impl Into<Operand>) -> Clause {
        field(self).on_or_after(value)
    }

    /// After the value.
    pub fn after(self, value: impl Into<Operand>) -> Clause {
        field(self).after(value)
    }

    /// Between the two values, both included.
    pub fn between(self, from: impl Into<Operand>, to: impl Into<Operand>) -> Clause {
        field(self).between(from, to)
    }
}

impl<T: DateField> Handle<T> {
    /// In the time of the value, an EDTF date or interval.
    pub fn during(self, date: impl Into<Operand>) -> Clause {
        field(self).during(date)
    }
}

impl<T: TextField> Handle<T> {
    /// A word with at most `distance` slips of the finger, 0 to 2.
    pub fn typo(self, word: impl Into<Operand>, distance: u32) -> Clause {
        field(self).typo(word, distance)
    }

    /// The words in any order with at most `slop` others between them.
    pub fn near(self, words: impl Into<Operand>, slop: u32) -> Clause {
        field(self).near(words, slop)
    }
}

impl<T: GroupField> Handle<T> {
    /// One element of the list, or one related entry, meets the clause.
    pub fn has(self, clause: Clause) -> Clause {
        field(self).has(clause)
    }

    /// The entry named, or one below it in its tree.
    pub fn within(self, reference: impl Into<Operand>) -> Clause {
        field(self).within(reference)
    }
}
