//! An entry of any kind.

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};

use super::{Article, Author, Category, Event, Kind, MutualEntity, PolicyAnnouncement, Reference};
use crate::field::{Fields, Value, nearest};
use crate::json::{Json, Map, ShapeError};
use crate::{Error, Result};

/// An entry of any kind; in JSON an object whose `kind` says which.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(tag = "kind", rename_all = "snake_case"))]
pub enum Entry {
    /// An article.
    Article(Article),
    /// An author.
    Author(Author),
    /// A category.
    Category(Category),
    /// An event.
    Event(Event),
    /// A mutual entity.
    MutualEntity(MutualEntity),
    /// A policy announcement.
    PolicyAnnouncement(PolicyAnnouncement),
}

/// Does the same with whichever entry is inside.
macro_rules! each {
    ($entry:expr, $inside:ident => $do:expr) => {
        match $entry {
            Entry::Article($inside) => $do,
            Entry::Author($inside) => $do,
            Entry::Category($inside) => $do,
            Entry::Event($inside) => $do,
            Entry::MutualEntity($inside) => $do,
            Entry::PolicyAnnouncement($inside) => $do,
        }
    };
}

impl Entry {
    /// The kind.
    pub fn kind(&self) -> Kind {
        fn of<T: super::EntryType>(_: &T) -> Kind {
            T::KIND
        }
        each!(self, entry => of(entry))
    }

    /// The id, unique among entries of its kind.
    pub fn id(&self) -> &str {
        each!(self, entry => entry.id.as_str())
    }

    /// Kind and id.
    pub fn reference(&self) -> Reference {
        each!(self, entry => entry.id.to_reference())
    }

    /// The title or name.
    pub fn title(&self) -> &str {
        match self {
            Self::Article(entry) => entry.title.as_str(),
            Self::Author(entry) => entry.name.as_str(),
            Self::Category(entry) => entry.name.as_str(),
            Self::Event(entry) => entry.title.as_str(),
            Self::MutualEntity(entry) => entry.name.as_str(),
            Self::PolicyAnnouncement(entry) => entry.title.as_str(),
        }
    }

    /// The entry as something that lists its fields.
    pub fn as_fields(&self) -> &dyn Fields {
        each!(self, entry => entry)
    }

    /// Visits the values of the field called `name`.
    pub fn values<'a>(&'a self, name: &str, visit: &mut dyn FnMut(Value<'a>)) {
        let fields = self.as_fields();
        if let Some(position) = fields.structure().position(name) {
            fields.values(position, visit);
        }
    }

    /// Reads an entry from JSON.
    ///
    /// # Errors
    ///
    /// Where the JSON does not have the shape of its kind: a pointer to the
    /// place, and for a wrong name the nearest right one.
    ///
    /// # Example
    ///
    /// ```
    /// use rochdale::{json::Json, model::Entry};
    ///
    /// let json = Json::parse(r#"{"kind": "author", "id": "tony-collins", "nmae": "Tony Collins"}"#)?;
    /// let error = Entry::from_json(&json).unwrap_err();
    /// assert_eq!(error.to_string(), "unknown field `nmae` (did you mean `name`?)");
    /// assert_eq!(error.pointer(), "/nmae");
    /// # Ok::<(), rochdale::Error>(())
    /// ```
    pub fn from_json(json: &Json) -> Result<Self, ShapeError> {
        Self::from_owned(json.clone())
    }

    /// Reads an entry from JSON that nobody needs any more.
    pub(crate) fn from_owned(json: Json) -> Result<Self, ShapeError> {
        match json {
            Json::Object(map) => Self::from_object(map),
            _ => Err(ShapeError::custom("expected an entry, which is an object")),
        }
    }

    /// Reads an entry from the members of a JSON object, of which `kind` names the kind.
    ///
    /// # Errors
    ///
    /// Where the members do not fit the kind, with the way to what is wrong.
    pub fn from_object(members: Map) -> Result<Self, ShapeError> {
        fn read<T: DeserializeOwned + Into<Entry>>(json: Json) -> Result<Entry, ShapeError> {
            T::deserialize(json).map(Into::into)
        }
        let mut rest = members;
        let name = match rest.remove("kind") {
            Some(Json::String(name)) => name,
            Some(_) => return Err(ShapeError::custom("expected the name of a kind").at("kind")),
            None => return Err(ShapeError::missing_field("kind")),
        };
        let Some(kind) = Kind::from_name(&name) else {
            let cure = nearest(&name, Kind::ALL.iter().map(|kind| kind.name()));
            let cure = cure.map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default();
            return Err(ShapeError::custom(format!("unknown kind `{name}`{cure}")).at("kind"));
        };
        let rest = Json::Object(rest);
        match kind {
            Kind::Article => read::<Article>(rest),
            Kind::Author => read::<Author>(rest),
            Kind::Category => read::<Category>(rest),
            Kind::Event => read::<Event>(rest),
            Kind::MutualEntity => read::<MutualEntity>(rest),
            Kind::PolicyAnnouncement => read::<PolicyAnnouncement>(rest),
        }
    }

    /// The entry as JSON; its text is the canonical form (RFC 8785).
    ///
    /// # Errors
    ///
    /// None is known; the model holds nothing that JSON cannot.
    pub fn to_json(&self) -> Result<Json> {
        let mut json = each!(self, entry => Json::of(entry))?;
        if let Json::Object(map) = &mut json {
            map.insert("kind".to_owned(), Json::String(self.kind().name().to_owned()));
        }
        Ok(json)
    }
}

impl std::str::FromStr for Entry {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Ok(Self::from_owned(Json::parse(text)?)?)
    }
}

impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json().map_err(serde::ser::Error::custom)?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Json::deserialize(deserializer)?;
        Self::from_owned(json).map_err(|error| D::Error::custom(Error::from(error)))
    }
}
