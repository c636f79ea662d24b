//! Ids and references.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use unicode_normalization::UnicodeNormalization;

use super::Kind;
use crate::field::{FieldType, Named, ToValues, Value, nearest};
use crate::{Error, Result};

/// A type of entry of a library.
pub trait EntryType: Named {
    /// Which of the kinds it is.
    const KIND: Kind;
}

/// The id of a `T`: a slug, unique among entries of its kind.
///
/// A slug has letters, digits, `.`, `-` and `_`, no capitals and no spaces.
///
/// # Example
///
/// ```
/// use rochdale::model::{Article, Id};
///
/// let id: Id<Article> = "first-major-mutualisation".parse()?;
/// assert_eq!(id.as_str(), "first-major-mutualisation");
/// let wrong = "First Mutual!".parse::<Id<Article>>().unwrap_err();
/// assert!(wrong.to_string().contains("`first-mutual`"));
/// # Ok::<(), rochdale::Error>(())
/// ```
pub struct Id<T> {
    text: String,
    marker: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// The id that `text` writes.
    ///
    /// # Errors
    ///
    /// Where the text is not a slug, with the nearest slug.
    pub fn new(text: &str) -> Result<Self> {
        check(text)?;
        Ok(Self { text: text.to_owned(), marker: PhantomData })
    }

    /// The id as a string.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<T: EntryType> Id<T> {
    /// The same as a reference that names its kind.
    pub fn to_reference(&self) -> Reference {
        Reference { kind: T::KIND, id: self.text.clone() }
    }
}

/// Makes a slug of any text; nothing where it has no letter and no digit.
///
/// # Example
///
/// ```
/// use rochdale::model::slug;
///
/// assert_eq!(slug("Tony Collins"), Some("tony-collins".into()));
/// assert_eq!(slug("Café – Émile’s"), Some("café-émile-s".into()));
/// assert_eq!(slug("!?"), None);
/// ```
pub fn slug(text: &str) -> Option<String> {
    if text.is_ascii() {
        let out = joined(text.chars().map(|letter| letter.to_ascii_lowercase()), text.len());
        let out = out.trim_matches(ENDS);
        return out.contains(char::is_alphanumeric).then(|| out.to_owned());
    }
    let out = joined(text.nfc().flat_map(char::to_lowercase), text.len());
    // Lower-casing can leave letters that compose again.
    let out: String = out.trim_matches(ENDS).nfc().collect();
    out.contains(char::is_alphanumeric).then_some(out)
}

/// What no slug begins or ends with.
const ENDS: [char; 3] = ['-', '.', '_'];

/// What a slug keeps of letters, with one hyphen for all that stands between.
fn joined(letters: impl Iterator<Item = char>, length: usize) -> String {
    let mut out = String::with_capacity(length);
    for letter in letters {
        let kept = letter.is_alphanumeric()
            || matches!(letter, '.' | '_')
            || unicode_normalization::char::is_combining_mark(letter);
        if kept {
            out.push(letter);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out
}

fn check(text: &str) -> Result<()> {
    let right = slug(text);
    if right.as_deref() == Some(text) {
        return Ok(());
    }
    let cure = right.map(|right| format!(" (did you mean `{right}`?)")).unwrap_or_default();
    let rule = "expected an id of small letters, digits, `.`, `-` and `_`";
    Err(Error::invalid(String::new(), format!("{rule}, got `{text}`{cure}")))
}

impl<T> FromStr for Id<T> {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::new(text)
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        Self { text: self.text.clone(), marker: PhantomData }
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.text.cmp(&other.text)
    }
}

impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de, T: Named> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        // `author:tony-collins` is as good as `tony-collins` where an author is expected.
        let bare = text.strip_prefix(T::NAME).and_then(|rest| rest.strip_prefix(':'));
        Self::new(bare.unwrap_or(&text)).map_err(serde::de::Error::custom)
    }
}

impl<T: Named> ToValues for Id<T> {
    const TYPE: FieldType = FieldType::Reference(Some(T::NAME));

    fn values<'a>(&'a self, visit: &mut dyn FnMut(Value<'a>)) {
        visit(Value::Reference(T::NAME, &self.text));
    }
}

#[cfg(feature = "schema")]
impl<T: Named> schemars::JsonSchema for Id<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("{}_id", T::NAME).into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "x-rochdale-reference": T::NAME })
    }
}

/// A reference to an entry of any kind, written `kind:id`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    /// The kind of the entry.
    pub kind: Kind,
    id: String,
}

impl Reference {
    /// A reference to the entry of this kind and id.
    ///
    /// # Errors
    ///
    /// Where the id is not a slug.
    pub fn new(kind: Kind, id: &str) -> Result<Self> {
        check(id)?;
        Ok(Self { kind, id: id.to_owned() })
    }

    /// The id, unique within the kind.
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl FromStr for Reference {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let Some((kind, id)) = text.split_once(':') else {
            let message = format!("expected a reference `kind:id`, got `{text}`");
            return Err(Error::invalid(String::new(), message));
        };
        let Some(kind) = Kind::from_name(kind) else {
            let cure = nearest(kind, Kind::ALL.iter().map(|kind| kind.name()));
            let cure = cure.map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default();
            return Err(Error::invalid(String::new(), format!("unknown kind `{kind}`{cure}")));
        };
        Self::new(kind, id)
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind, self.id)
    }
}

impl Serialize for Reference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Reference {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl ToValues for Reference {
    const TYPE: FieldType = FieldType::Reference(None);

    fn values<'a>(&'a self, visit: &mut dyn FnMut(Value<'a>)) {
        visit(Value::Reference(self.kind.name(), &self.id));
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Reference {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Reference".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "x-rochdale-reference": "*" })
    }
}
