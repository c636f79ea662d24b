//! Fields seen from outside: their names, types and values.

use std::marker::PhantomData;

use crate::date::Date;
use crate::json::Map;

/// A structure of the model: an entry kind, or a value type such as a speaker.
#[derive(Debug)]
pub struct Structure {
    /// Its name in `snake_case`.
    pub name: &'static str,
    /// Its documentation, as one line.
    pub doc: &'static str,
    /// Its fields, in the order of declaration.
    pub fields: &'static [Field],
}

impl Structure {
    /// Whether both are the same structure. Names tell: one constant can have several addresses.
    pub fn is(&self, other: &Self) -> bool {
        std::ptr::eq(self, other) || self.name == other.name
    }

    /// The position of the field called `name`; a list field answers to its singular as well.
    pub fn position(&self, name: &str) -> Option<usize> {
        let exact = self.fields.iter().position(|field| field.name == name);
        exact.or_else(|| {
            self.fields.iter().position(|field| field.many && singular(field.name) == name)
        })
    }
}

/// A kind of entry, as queries see it.
#[derive(Debug)]
pub struct Kind {
    /// Its name and fields; the first is the id.
    pub structure: &'static Structure,
    /// Its name in the plural.
    pub plural: &'static str,
    /// The fields that hold its names: a reference is found by them too.
    pub names: &'static [&'static str],
    /// The value type that its entries also answer to: an author is a person.
    pub is: Option<&'static str>,
}

impl Kind {
    /// The name.
    pub fn name(&self) -> &'static str {
        self.structure.name
    }
}

/// A field of a structure.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The name, the same in Rust, JSON, queries, Python and JavaScript.
    pub name: &'static str,
    /// Its documentation, as one line.
    pub doc: &'static str,
    /// How its values behave.
    pub ty: FieldType,
    /// Whether it can hold more than one value.
    pub many: bool,
    /// Whether every structure of this type has it.
    pub required: bool,
    /// Whether it is the date that orders entries of its kind.
    pub order: bool,
    /// How much a word in it counts in a search of the whole entry, where the line says so.
    pub weight: u8,
    /// What the entry referred to calls this relation.
    pub inverse: Option<&'static str>,
    /// Its name in JSON-LD.
    pub term: Option<&'static str>,
}

impl Field {
    /// How much a word in it counts in a search of the whole entry: as the line
    /// says, else once in prose and not at all elsewhere.
    pub fn search_weight(&self) -> u8 {
        match (self.weight, self.ty) {
            (0, FieldType::Text) => 1,
            (weight, _) => weight,
        }
    }
}

/// How the values of a field behave in queries, facets, orders and exports.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum FieldType {
    /// Prose, searched by its words.
    Text,
    /// A short string, compared as a whole, without regard to case and accents.
    Keyword,
    /// One of a list of names.
    Choice(&'static Choices),
    /// A date as its source said it.
    Date,
    /// A number.
    Number,
    /// Yes or no.
    Bool,
    /// A reference to an entry: of the kind named, or of any.
    Reference(Option<&'static str>),
    /// A structure with fields of its own.
    Structure(&'static Structure),
    /// A map of fields that the model does not have.
    Extra,
}

impl FieldType {
    /// The name of the type in messages and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Keyword => "keyword",
            Self::Choice(_) => "choice",
            Self::Date => "date",
            Self::Number => "number",
            Self::Bool => "yes or no",
            Self::Reference(_) => "reference",
            Self::Structure(_) => "structure",
            Self::Extra => "map",
        }
    }
}

/// A list of values that a field may have.
#[derive(Debug)]
pub struct Choices {
    /// The name of the list.
    pub name: &'static str,
    /// Its documentation, as one line.
    pub doc: &'static str,
    /// Whether values outside the list are allowed.
    pub open: bool,
    /// The values and their documentation.
    pub values: &'static [(&'static str, &'static str)],
}

/// One value of one field.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Value<'a> {
    /// Prose with its markup.
    Text(&'a str, crate::model::Markup),
    /// A short string.
    Keyword(&'a str),
    /// A name from a list.
    Choice(&'a str),
    /// A date.
    Date(&'a Date),
    /// A number.
    Number(f64),
    /// Yes or no.
    Bool(bool),
    /// A reference: kind and id.
    Reference(&'a str, &'a str),
    /// A structure.
    Structure(&'a dyn Fields),
    /// A map of fields that the model does not have.
    Extra(&'a Map),
}

/// A value that lists its fields.
pub trait Fields {
    /// What it is.
    fn structure(&self) -> &'static Structure;

    /// Visits the values of the field at `position`.
    fn values<'a>(&'a self, position: usize, visit: &mut dyn FnMut(Value<'a>));
}

/// A field of a model type by its type, for queries that are checked when they are compiled.
///
/// The attribute `model` makes one of each line: `Article::PUBLISHED`.
pub struct Handle<T> {
    name: &'static str,
    ty: PhantomData<fn() -> T>,
}

impl<T> Handle<T> {
    /// The handle of the field called `name`, whose type is `T`.
    pub const fn new(name: &'static str) -> Self {
        Self { name, ty: PhantomData }
    }

    /// The name of the field.
    pub const fn name(self) -> &'static str {
        self.name
    }
}

impl<T> Clone for Handle<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Handle<T> {}

/// A type of the model by its name, which is known without looking at its fields.
pub trait Named {
    /// The name in `snake_case`.
    const NAME: &'static str;
}

/// A type of field that has fields of its own: structures and references.
pub trait GroupField {}

/// A type whose fields are known without a value of it.
pub trait Structured: Fields {
    /// What it is.
    const STRUCTURE: &'static Structure;
}

/// A type that a field can have.
pub trait ToValues {
    /// How its values behave.
    const TYPE: FieldType;
    /// Whether it holds more than one value.
    const MANY: bool = false;

    /// Visits its values.
    fn values<'a>(&'a self, visit: &mut dyn FnMut(Value<'a>));
}

impl ToValues for String {
    const TYPE: FieldType = FieldType::Keyword;
    fn values<'a>(&'a self, visit: &mut dyn FnMut(Value<'a>)) {
        visit(Value::Keyword(self));
    }
}

impl ToValues for bool {
    const TYPE: FieldType = FieldType::Bool;
    fn values<'a>(&'a self, visit: &mut dyn FnMut(Value<'a>)) {
        visit(Value::Bool(*self));
    }
}

impl ToValues for f64 {
    const TYPE: FieldType = FieldType::Number;
    fn values<'a>(&'a self, visit: &mut dyn FnMut(Value<'a>)) {
        visit(Value::Number(*self));
    }
}

impl ToValues for u32 {
    const TYPE: FieldType = FieldType::Number;
    fn values<'a>(&'a self, visit: &mut dyn FnMut(Value<'a>)) {
        visit(Value::Number(f64::from(*self)));
    }
}

impl ToValues for Date {
    const TYPE: FieldType = FieldType::Date;
    fn values<'a>(&'a self, visit: &mut dyn FnMut(Value<'a>)) {
        visit(Value::Date(self));
    }
}

impl ToValues for Map {
    const TYPE: FieldType = FieldType::Extra;
    fn values<'a>(&'a self, visit: &mut dyn FnMut(Value<'a>)) {
        visit(Value::Extra(self));
    }
}

impl<T: ToValues> ToValues for Option<T> {
    const TYPE: FieldType = T::TYPE;
    const MANY: bool = T::MANY;
    fn values<'a>(&'a self, visit: &mut dyn FnMut(Value<'a>)) {
        if let Some(value) = self {
            value.values(visit);
        }
    }
}

impl<T: ToValues> ToValues for Vec<T> {
    const TYPE: FieldType = T::TYPE;
    const MANY: bool = true;
    fn values<'a>(&'a self, visit: &mut dyn FnMut(Value<'a>)) {
        for value in self {
            value.values(visit);
        }
    }
}

/// The singular of a plural name of the model: `categories` gives `category`.
pub fn singular(name: &str) -> std::borrow::Cow<'_, str> {
    if let Some(stem) = name.strip_suffix("ies") {
        format!("{stem}y").into()
    } else if let Some(stem) = name.strip_suffix("ses") {
        format!("{stem}s").into()
    } else {
        name.strip_suffix('s').unwrap_or(name).into()
    }
}

/// The name among `names` that is nearest to a wrong one, if any is near.
///
/// Near is at most two slips of the finger (an insertion, a deletion, a
/// replacement or two neighbours exchanged), and fewer for short names.
pub fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong: Vec<char> = wrong.chars().flat_map(char::to_lowercase).take(64).collect();
    let limit = match wrong.len() {
        0..=2 => 1,
        3..=8 => 2,
        _ => 3,
    };
    let rank = |name: &'a str| (distance(&wrong, &name.chars().collect::<Vec<_>>()), name);
    let (slips, name) = names.into_iter().map(rank).min()?;
    (slips <= limit && slips < wrong.len().max(1)).then_some(name)
}

/// The distance of optimal string alignment.
pub(crate) fn distance(left: &[char], right: &[char]) -> usize {
    distances(right, left)[left.len()]
}

/// The least distance of a word to any front of another.
pub(crate) fn distance_to_front(word: &[char], other: &[char]) -> usize {
    distances(word, other).into_iter().min().unwrap_or(word.len())
}

/// The distances of a word to each front of another, the shortest first.
fn distances(right: &[char], left: &[char]) -> Vec<usize> {
    let mut rows = vec![(0..=right.len()).collect::<Vec<_>>()];
    for (i, a) in left.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in right.iter().enumerate() {
            let mut best =
                (rows[i][j + 1] + 1).min(row[j] + 1).min(rows[i][j] + usize::from(a != b));
            if i > 0 && j > 0 && *a == right[j - 1] && left[i - 1] == *b {
                best = best.min(rows[i - 1][j - 1] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows.into_iter().map(|row| row[right.len()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plural_names_have_singulars() {
        for (plural, one) in [
            ("categories", "category"),
            ("authors", "author"),
            ("aliases", "alias"),
            ("speakers", "speaker"),
            ("register_ids", "register_id"),
        ] {
            assert_eq!(singular(plural), one);
        }
    }

    #[test]
    fn a_slip_finds_its_name_and_a_stranger_none() {
        let names = ["authors", "published", "title"];
        assert_eq!(nearest("auhtors", names), Some("authors"));
        assert_eq!(nearest("publishd", names), Some("published"));
        assert_eq!(nearest("elephant", names), None);
        assert_eq!(nearest("", names), None);
    }
}
