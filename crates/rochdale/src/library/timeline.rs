//! Every dated fact about an entry, in the order of time.

use std::collections::BTreeSet;

use serde::Serialize;

use super::links::Related;
use super::walk::{self, Spot};
use super::{Library, label};
use crate::Result;
use crate::date::Date;
use crate::field::{Field, FieldType, Fields, Value};
use crate::model::{Entry, Reference};

/// Dated facts in the order of time.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Timeline {
    /// The facts: by date, then by the entry that states them, then by field.
    pub facts: Vec<Fact>,
    /// How many more facts there are that no source dates.
    pub undated: usize,
}

/// Something that happened, and when.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fact {
    /// When it happened, as exactly as the source says.
    pub when: Date,
    /// The entry that states it.
    pub reference: Reference,
    /// The title or name of that entry.
    pub title: String,
    /// The field that holds the date, as in `stakes.from`.
    pub field: String,
    /// The JSON pointer (RFC 6901) to the date inside the entry.
    pub pointer: String,
    /// What happened, in a line.
    pub label: String,
    /// How the entry relates to the one asked about: `mentioned_by`, `speakers.person`; empty
    /// where it is that entry.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<String>,
}

/// Fields whose dates are those of papers, not of what the papers are about.
const PROVENANCE: [&str; 2] = ["sources", "evidence"];

impl Library {
    /// Every dated fact about an entry, across kinds.
    ///
    /// These are the dates inside the entry itself, but for those of its sources; of each entry
    /// that refers to it, or that it refers to, the date that orders it; and the dates that stand
    /// beside a reference to it, such as those of the stake that it holds in another entity.
    ///
    /// # Errors
    ///
    /// Where the reference is not of the form `kind:id`, or the library has no such entry.
    ///
    /// # Example
    ///
    /// ```
    /// use rochdale::library::Library;
    ///
    /// let library = Library::from_json(
    ///     r#"[
    ///         {"kind": "mutual_entity", "id": "northmoor", "name": "Northmoor Libraries", "stages": [
    ///             {"stage": "spun_out", "date": "2012-04-30", "note": "It went live."}]},
    ///         {"kind": "article", "id": "a", "title": "A year on", "published": "2013-05",
    ///          "mentions": [{"entry": "mutual_entity:northmoor"}]}
    ///     ]"#,
    /// )?
    /// .library;
    /// let timeline = library.timeline("mutual_entity:northmoor")?;
    /// let lines: Vec<_> =
    ///     timeline.facts.iter().map(|fact| format!("{} {}", fact.when, fact.label)).collect();
    /// assert_eq!(lines, ["2012-04-30 spun out: It went live.", "2013-05 article published: A year on"]);
    /// # Ok::<(), rochdale::Error>(())
    /// ```
    pub fn timeline(&self, reference: &str) -> Result<Timeline> {
        let number = self.required(reference)?;
        let mut timeline = self.timeline_of([number])?;
        let about = self.entry(number)?.reference();
        for related in self.nearby(reference)? {
            let entry = self.entry(related.number)?;
            timeline.add_related(&entry, &related.relations, &about);
        }
        timeline.sort();
        Ok(timeline)
    }

    /// The dated facts inside some entries, such as those that a query found.
    pub(crate) fn timeline_of(&self, numbers: impl IntoIterator<Item = usize>) -> Result<Timeline> {
        let mut timeline = Timeline::default();
        for number in BTreeSet::from_iter(numbers) {
            timeline.add_own(&*self.entry(number)?);
        }
        timeline.sort();
        Ok(timeline)
    }

    /// The entries next to one, each once with all its relations.
    fn nearby(&self, reference: &str) -> Result<Vec<Nearby>> {
        let mut found = std::collections::BTreeMap::<usize, Vec<String>>::new();
        let own = self.required(reference)?;
        for Related { reference, relation, .. } in self.related(reference)? {
            match self.number(&reference)? {
                Some(number) if number != own => {
                    let relations = found.entry(number).or_default();
                    if !relations.contains(&relation) {
                        relations.push(relation);
                    }
                }
                _ => {}
            }
        }
        Ok(found.into_iter().map(|(number, relations)| Nearby { number, relations }).collect())
    }
}

struct Nearby {
    number: usize,
    relations: Vec<String>,
}

impl Timeline {
    fn add_own(&mut self, entry: &Entry) {
        let order = order_field(entry.as_fields());
        let has_order =
            order.is_some_and(|field| walk::first(entry.as_fields(), field.name).is_some());
        self.undated += usize::from(order.is_some_and(is_date) && !has_order);
        walk::walk(entry.as_fields(), &mut |spot| {
            if is_provenance(spot) {
                return;
            }
            match spot.value {
                Value::Date(date) => self.add(entry, date, spot, &[]),
                Value::Structure(inner) => self.undated += usize::from(lacks_dates(inner)),
                _ => {}
            }
        });
    }

    fn add_related(&mut self, entry: &Entry, relations: &[String], about: &Reference) {
        let fields = entry.as_fields();
        let before = self.facts.len();
        let beside = beside(fields, about);
        let first = super::order::order_date(entry);
        walk::walk(fields, &mut |spot| {
            let Value::Date(date) = spot.value else { return };
            let orders = spot.outwards().last().is_some_and(|root| root.field.order)
                && first == Some(date)
                && !is_provenance(spot)
                && spot.outwards().count() <= 2;
            let is_beside = spot.parent.is_some_and(|around| beside.contains(&around.pointer()));
            if orders || is_beside {
                self.add(entry, date, spot, relations);
            }
        });
        let undated = self.facts.len() == before && order_field(fields).is_some();
        self.undated += usize::from(undated);
    }

    fn add(&mut self, entry: &Entry, date: &Date, spot: &Spot<'_, '_>, relations: &[String]) {
        self.facts.push(Fact {
            when: date.clone(),
            reference: entry.reference(),
            title: entry.title().to_owned(),
            field: spot.path(),
            pointer: spot.pointer(),
            label: label::label(entry, spot, !relations.is_empty()),
            relations: relations.to_vec(),
        });
    }

    fn sort(&mut self) {
        self.facts.sort_by(|a, b| {
            let key = |fact: &Fact| (fact.reference.clone(), fact.field.clone());
            a.when.cmp(&b.when).then_with(|| key(a).cmp(&key(b)))
        });
    }
}

/// The field whose date orders entries of this kind.
fn order_field(entry: &dyn Fields) -> Option<&'static Field> {
    entry.structure().fields.iter().find(|field| field.order)
}

fn is_date(field: &Field) -> bool {
    matches!(field.ty, FieldType::Date)
}

fn is_provenance(spot: &Spot<'_, '_>) -> bool {
    spot.outwards().any(|spot| PROVENANCE.contains(&spot.field.name))
}

/// Whether a structure could say when, and does not.
fn lacks_dates(structure: &dyn Fields) -> bool {
    structure.structure().fields.iter().any(is_date)
        && walk::direct_dates(structure).next().is_none()
}

/// The structures of an entry that hold a reference to another, but as what they rest on.
fn beside(entry: &dyn Fields, about: &Reference) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    walk::walk(entry, &mut |spot| {
        let Value::Reference(kind, id) = spot.value else { return };
        if kind == about.kind.name() && id == about.id() && !is_provenance(spot) {
            found.extend(spot.outwards().skip(1).map(Spot::pointer));
        }
    });
    found
}
