//! The six kinds of entry and the values that they hold.

mod article;
mod author;
mod category;
mod choices;
mod claim;
mod entry;
mod event;
mod id;
mod mutual_entity;
mod policy_announcement;
mod text;
mod value;

pub use article::{Article, Mention, PublicationStatus};
pub use author::{Affiliation, Author};
pub use category::Category;
pub use claim::{Certainty, Evidence, Finding, Verdict};
pub use entry::Entry;
pub use event::{Event, EventStatus, EventType, Speaker, Standing};
pub use id::{EntryType, Id, Reference, slug};
pub use mutual_entity::{
    Alias, LegalForm, LifecycleStage, MutualEntity, Officer, OwnershipModel, Route, Stage, Stake,
};
pub use policy_announcement::{Announcer, PolicyAnnouncement, PolicyStage, PolicyType};
pub use text::{Markup, Prose, RegisterId, Text};
pub use value::{Figure, Link, Organisation, Person, Place, Quote, Source};

use crate::field::{Kind as KindInfo, Structured};

/// Declares the kinds of entry: the only list of them.
///
/// A row has the type, the name, the plural, the fields that hold its names, and where its entries also answer
/// to the name of a value type, that name.
macro_rules! kinds {
    (@is) => { None };
    (@is $is:literal) => { Some($is) };
    ($($(#[doc = $doc:literal])+ $name:ident $text:literal $plural:literal [$($called:literal),+] $(is $is:literal)?;)+) => {
        /// A kind of entry.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Kind {
            /// Every kind, in the order of the library.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// What queries need to know of every kind, in the same order.
            pub const INFOS: &'static [KindInfo] = &[$(KindInfo {
                structure: <$name as Structured>::STRUCTURE,
                plural: $plural,
                names: &[$($called),+],
                is: kinds!(@is $($is)?),
            }),+];

            /// The name, as in `article:first-major-mutualisation`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }

            /// The kind of this name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$name),)+ _ => None }
            }
        }

        $(impl EntryType for $name {
            const KIND: Kind = Kind::$name;
        }

        impl From<$name> for Entry {
            fn from(entry: $name) -> Self {
                Self::$name(entry)
            }
        }

        impl TryFrom<Entry> for $name {
            type Error = crate::Error;

            fn try_from(entry: Entry) -> crate::Result<Self> {
                match entry {
                    Entry::$name(entry) => Ok(entry),
                    other => Err(crate::Error::invalid(
                        String::new(),
                        format!("expected an entry of kind `{}`, got `{}`", $text, other.reference()),
                    )),
                }
            }
        })+
    };
}

kinds! {
    /// A written piece.
    Article "article" "articles" ["title"];
    /// A person or a body that writes.
    Author "author" "authors" ["name", "aliases"] is "person";
    /// A subject heading.
    Category "category" "categories" ["name"];
    /// Something that takes place.
    Event "event" "events" ["title"];
    /// A body that its staff, its users or its community own or control.
    MutualEntity "mutual_entity" "mutual_entities" ["name", "aliases"] is "organisation";
    /// Something that a government announced.
    PolicyAnnouncement "policy_announcement" "policy_announcements" ["title"];
}

impl Kind {
    /// What queries need to know of this kind.
    pub fn info(self) -> &'static KindInfo {
        &Self::INFOS[self as usize]
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl serde::Serialize for Kind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
