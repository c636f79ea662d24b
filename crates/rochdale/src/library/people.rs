//! Every person and every organisation that a library knows, and where each appears.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::fold::fold;
use super::walk::{self, Spot};
use super::{Library, order};
use crate::Result;
use crate::date::Date;
use crate::field::{FieldType, Fields, Value};
use crate::model::{Entry, Kind, Reference};

/// A person or an organisation, gathered from wherever the library names it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KnownParty {
    /// What to call it: the name of its entry, or else the name printed most often.
    pub name: String,
    /// Every name as printed, in the order of the alphabet.
    pub names: Vec<String>,
    /// Every honorific as printed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub honorifics: Vec<String>,
    /// The author or mutual entity that it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<Reference>,
    /// Whether something was put together because of a name alone: two of one name may be two.
    pub by_name: bool,
    /// Where it appears, in entry order.
    pub appearances: Vec<Appearance>,
}

/// Where a person or an organisation appears.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Appearance {
    /// The entry.
    pub reference: Reference,
    /// The title or name of the entry.
    pub title: String,
    /// The field, as in `speakers.person`.
    pub field: String,
    /// The role there, as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The standing there, of a speaker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<String>,
    /// The date beside it, or else the date of an entry that has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// The JSON pointer (RFC 6901) inside the entry.
    pub pointer: String,
    /// Whether only the name says who it is.
    pub by_name: bool,
}

impl Library {
    /// Every person that the library knows, by name: authors, and whoever is named as a speaker,
    /// an officer, an announcer or the source of a quotation.
    ///
    /// Appearances are put together by the author that they refer to. Those that refer to none are
    /// put together by their folded name, also with an author if only one has that name, and say so.
    ///
    /// # Errors
    ///
    /// Where an entry cannot be read.
    ///
    /// # Example
    ///
    /// ```
    /// use rochdale::library::Library;
    ///
    /// let library = Library::from_json(
    ///     r#"[
    ///         {"kind": "author", "id": "ann", "name": "Ann Example"},
    ///         {"kind": "event", "id": "e", "title": "Briefing", "starts": "2011-06", "speakers": [
    ///             {"person": "Ann EXAMPLE", "role": "chair", "standing": "confirmed"}]}
    ///     ]"#,
    /// )?
    /// .library;
    /// let people = library.people()?;
    /// assert_eq!(people.len(), 1);
    /// assert_eq!(people[0].names, ["Ann EXAMPLE", "Ann Example"]);
    /// assert_eq!(people[0].appearances[0].role.as_deref(), Some("chair"));
    /// assert!(people[0].by_name);
    /// # Ok::<(), rochdale::Error>(())
    /// ```
    pub fn people(&self) -> Result<Vec<KnownParty>> {
        Gatherer::gather(self, "person")
    }

    /// Every organisation that the library knows, by name: mutual entities, and whoever is named as
    /// an organiser, a holder of a stake, a parent body or the issuer of an announcement. They are
    /// put together as [`people`](Self::people) are.
    ///
    /// # Errors
    ///
    /// Where an entry cannot be read.
    pub fn organisations(&self) -> Result<Vec<KnownParty>> {
        Gatherer::gather(self, "organisation")
    }
}

/// What is known of a party so far.
#[derive(Default)]
struct Party {
    entry: Option<Reference>,
    called: Option<String>,
    names: BTreeMap<String, usize>,
    honorifics: BTreeSet<String>,
    /// With the number of the entry of each.
    appearances: Vec<(usize, Appearance)>,
}

struct Gatherer {
    /// The value type looked for.
    what: &'static str,
    /// By the entry that each is, or by folded name.
    parties: BTreeMap<Key, Party>,
    /// Appearances that name no entry, by folded name.
    unplaced: BTreeMap<String, Vec<Found>>,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Entry(Reference),
    Name(String),
}

/// An appearance and what is printed there.
struct Found {
    name: String,
    honorific: Option<String>,
    number: usize,
    appearance: Appearance,
}

impl Gatherer {
    fn gather(library: &Library, what: &'static str) -> Result<Vec<KnownParty>> {
        let (parties, unplaced) = (BTreeMap::new(), BTreeMap::new());
        let mut gatherer = Self { what, parties, unplaced };
        for kind in Kind::ALL.iter().filter(|kind| kind.info().is == Some(what)) {
            for number in library.numbers(*kind) {
                gatherer.entry(&*library.entry(number)?);
            }
        }
        let mut placed = Vec::new();
        for number in 0..library.len() {
            gatherer.walk(number, &*library.entry(number)?, &mut placed);
        }
        for (reference, found) in placed {
            gatherer.add(Key::Entry(reference), found);
        }
        gatherer.place_by_name();
        Ok(gatherer.finish())
    }

    /// An entry that is a party itself.
    fn entry(&mut self, entry: &Entry) {
        let party = self.parties.entry(Key::Entry(entry.reference())).or_default();
        party.entry = Some(entry.reference());
        party.called = Some(entry.title().to_owned());
        for name in entry.kind().info().names {
            entry.values(name, &mut |value| {
                let name = match value {
                    Value::Text(text, _) => Some(text),
                    Value::Structure(inner) => walk::text_of(inner),
                    _ => None,
                };
                party.names.extend(name.map(|name| (name.to_owned(), 0)));
            });
        }
        party.honorifics.extend(walk::text(entry.as_fields(), "honorific").map(str::to_owned));
    }

    fn walk(&mut self, number: usize, entry: &Entry, placed: &mut Vec<(Reference, Found)>) {
        walk::walk(entry.as_fields(), &mut |spot| {
            let (reference, name, honorific) = match spot.value {
                Value::Structure(inner) if inner.structure().name == self.what => {
                    let name = walk::text_of(inner).unwrap_or_default();
                    (reference(inner), name, walk::text(inner, "honorific"))
                }
                // A place in an organisation is a role of the author whose entry states it.
                Value::Structure(inner)
                    if inner.structure().name == "affiliation"
                        && self.is_party(entry.kind().name()) =>
                {
                    (Some(entry.reference()), "", None)
                }
                Value::Reference(kind, id) if self.is_party(kind) && !self.is_inside(spot) => {
                    (parsed(kind, id), "", None)
                }
                _ => return,
            };
            let (name, honorific) = (name.to_owned(), honorific.map(str::to_owned));
            let appearance = appearance(entry, spot, reference.is_none());
            let found = Found { name, honorific, number, appearance };
            match reference {
                Some(reference) => placed.push((reference, found)),
                None => self.unplaced.entry(fold(&found.name)).or_default().push(found),
            }
        });
    }

    /// Whether entries of this kind are parties of the sort looked for.
    fn is_party(&self, kind: &str) -> bool {
        Kind::from_name(kind).is_some_and(|kind| kind.info().is == Some(self.what))
    }

    /// Whether the reference belongs to a value that is counted itself, or is no appearance.
    fn is_inside(&self, spot: &Spot<'_, '_>) -> bool {
        [self.what, "evidence"].contains(&spot.holder.structure().name)
    }

    fn add(&mut self, key: Key, found: Found) {
        let party = self.parties.entry(key.clone()).or_default();
        if let Key::Entry(reference) = key {
            party.entry = Some(reference);
        }
        if !found.name.is_empty() {
            *party.names.entry(found.name).or_default() += 1;
        }
        party.honorifics.extend(found.honorific);
        party.appearances.push((found.number, found.appearance));
    }

    /// Adds what names no entry to the only entry of that name, or to a party of its own.
    fn place_by_name(&mut self) {
        let mut bearers: BTreeMap<String, BTreeSet<Key>> = BTreeMap::new();
        for (key, party) in &self.parties {
            for name in party.names.keys() {
                bearers.entry(fold(name)).or_default().insert(key.clone());
            }
        }
        for (name, found) in std::mem::take(&mut self.unplaced) {
            let bearers = bearers.get(&name).map(|keys| keys.iter().collect::<Vec<_>>());
            let key = match bearers.as_deref() {
                Some([only]) if !name.is_empty() => (*only).clone(),
                _ => Key::Name(name),
            };
            for one in found {
                self.add(key.clone(), one);
            }
        }
    }

    fn finish(self) -> Vec<KnownParty> {
        let mut known: Vec<KnownParty> = self
            .parties
            .into_values()
            .map(|mut party| {
                // Within an entry the order of the walk stands, as the sort is stable.
                party.appearances.sort_by_key(|(number, _)| *number);
                party.known()
            })
            .collect();
        known.sort_by_cached_key(|party| {
            (fold(&party.name), party.name.clone(), party.entry.clone())
        });
        known
    }
}

impl Party {
    fn known(self) -> KnownParty {
        let printed =
            self.names.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(*name)));
        let printed = printed.map(|(name, _)| name.clone());
        let id = || self.entry.as_ref().map(|entry| entry.id().to_owned());
        let name = self.called.clone().or(printed).or_else(id).unwrap_or_default();
        let alone = self.entry.is_none() && self.appearances.len() < 2;
        KnownParty {
            name,
            names: self.names.into_keys().collect(),
            honorifics: self.honorifics.into_iter().collect(),
            by_name: !alone && self.appearances.iter().any(|(_, appearance)| appearance.by_name),
            entry: self.entry,
            appearances: self.appearances.into_iter().map(|(_, appearance)| appearance).collect(),
        }
    }
}

/// The entry that a value refers to.
fn reference(value: &dyn Fields) -> Option<Reference> {
    let is_reference = |ty| matches!(ty, FieldType::Reference(_));
    let field = value.structure().fields.iter().find(|field| is_reference(field.ty))?;
    match walk::first(value, field.name)? {
        Value::Reference(kind, id) => parsed(kind, id),
        _ => None,
    }
}

fn parsed(kind: &str, id: &str) -> Option<Reference> {
    Reference::new(Kind::from_name(kind)?, id).ok()
}

fn appearance(entry: &Entry, spot: &Spot<'_, '_>, by_name: bool) -> Appearance {
    // The role of a person stands beside it, that of an affiliation inside.
    let around = match spot.value {
        Value::Structure(inner) if inner.structure().name == "affiliation" => Some(inner),
        _ => spot.parent.map(|_| spot.holder),
    };
    let beside = |name: &str| around.and_then(|holder| walk::text(holder, name)).map(str::to_owned);
    let date = around.and_then(|holder| walk::direct_dates(holder).next());
    Appearance {
        reference: entry.reference(),
        title: entry.title().to_owned(),
        field: spot.path(),
        role: beside("role"),
        standing: beside("standing"),
        date: date.or_else(|| own_date(entry)).cloned(),
        pointer: spot.pointer(),
        by_name,
    }
}

/// The date of an entry that happened or came out at a time; a mutual entity did not.
fn own_date(entry: &Entry) -> Option<&Date> {
    let mut fields = entry.as_fields().structure().fields.iter();
    let is_single = fields.any(|field| field.order && matches!(field.ty, FieldType::Date));
    is_single.then(|| order::order_date(entry)).flatten()
}
