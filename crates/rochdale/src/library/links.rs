//! References between entries, in both directions.

use serde::Serialize;

use super::Library;
use super::content::Content;
use super::memory::Memory;
use super::walk::{self, Spot};
use crate::Result;
use crate::field::Value;
use crate::index::REFERRED;
use crate::model::{Kind, Reference};

/// An entry that another one refers to, or that refers to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Related {
    /// The other entry.
    pub reference: Reference,
    /// Its title or name.
    pub title: String,
    /// What the relation is called from here: `authors`, or `articles` the other way.
    pub relation: String,
    /// Which of the two refers to the other.
    pub direction: Direction,
    /// The field that holds the reference, as in `speakers.person.author`.
    pub field: String,
}

/// Which of two related entries refers to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The entry asked about refers to the other.
    Forward,
    /// The other refers to it.
    Backward,
}

impl Library {
    /// The entries that an entry refers to, in the order of its fields, and after them those that
    /// refer to it, by relation and in entry order.
    ///
    /// A pair of entries appears once for each field that relates them. A reference to an entry
    /// that the library does not have relates nothing; the report names it.
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
    ///         {"kind": "author", "id": "ann", "name": "Ann"},
    ///         {"kind": "article", "id": "pensions", "title": "Pensions", "authors": ["ann"]}
    ///     ]"#,
    /// )?
    /// .library;
    /// let related = library.related("author:ann")?;
    /// assert_eq!(related[0].reference.to_string(), "article:pensions");
    /// assert_eq!(related[0].relation, "articles");
    /// # Ok::<(), rochdale::Error>(())
    /// ```
    pub fn related(&self, reference: &str) -> Result<Vec<Related>> {
        let number = self.required(reference)?;
        let mut out = self.forward(number)?;
        out.extend(self.backward(number)?);
        let mut seen = std::collections::BTreeSet::new();
        out.retain(|one| seen.insert((one.direction, one.field.clone(), one.reference.clone())));
        Ok(out)
    }

    /// The entries that refer to an entry, by relation and in entry order.
    ///
    /// # Errors
    ///
    /// Where the reference is not of the form `kind:id`, or the library has no such entry.
    pub fn referrers(&self, reference: &str) -> Result<Vec<Related>> {
        let number = self.required(reference)?;
        let mut out = self.backward(number)?;
        out.dedup();
        Ok(out)
    }

    /// The entries that an entry refers to, in the order of its fields.
    fn forward(&self, number: usize) -> Result<Vec<Related>> {
        let entry = self.entry(number)?;
        let mut references = Vec::new();
        walk::walk(entry.as_fields(), &mut |spot| {
            if let Value::Reference(kind, id) = spot.value
                && let Some(kind) = Kind::from_name(kind)
            {
                references.push((kind, id.to_owned(), Name::of(spot)));
            }
        });
        let mut out = Vec::new();
        for (kind, id, name) in references {
            if let Some(other) = self.content.number_of(kind, &id)? {
                out.push(self.relate(other, &name, Direction::Forward)?);
            }
        }
        Ok(out)
    }

    fn backward(&self, number: usize) -> Result<Vec<Related>> {
        let mut edges: Vec<(usize, Name)> = match &*self.content {
            Content::Memory(inside) => {
                let links = inside.links.get_or_init(|| Links::of(&inside.memory));
                links.to(number).map(|edge| (edge.from, links.names[edge.name].clone())).collect()
            }
            Content::Stored(_) => self
                .content
                .index()
                .referrers(number)?
                .into_iter()
                .map(|(from, path, inverse)| (from, Name { path, inverse }))
                .collect(),
        };
        edges.sort_by(|(from, name), (other_from, other)| {
            (name.inverse, from, &name.path).cmp(&(other.inverse, other_from, &other.path))
        });
        edges.iter().map(|(from, name)| self.relate(*from, name, Direction::Backward)).collect()
    }

    fn relate(&self, other: usize, name: &Name, direction: Direction) -> Result<Related> {
        let relation = match direction {
            Direction::Forward => name.relation(),
            Direction::Backward => name.inverse,
        };
        let entry = self.entry(other)?;
        Ok(Related {
            reference: entry.reference(),
            title: entry.title().to_owned(),
            relation: relation.to_owned(),
            direction,
            field: name.path.clone(),
        })
    }
}

/// Every reference that leads to an entry, in both directions.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Links {
    names: Vec<Name>,
    /// In the order of the entries that refer.
    edges: Vec<Edge>,
    /// Positions of edges, in the order of the entries referred to.
    back: Vec<usize>,
}

/// A field that holds references.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    /// The path of the field.
    path: String,
    /// What the entry referred to calls the relation.
    inverse: &'static str,
}

impl Name {
    /// The field of a reference.
    fn of(spot: &Spot<'_, '_>) -> Self {
        Self { path: spot.path(), inverse: spot.field.inverse.unwrap_or(REFERRED) }
    }

    /// What the entry that refers calls the relation: the reference inside a structure goes by the
    /// name of the structure.
    fn relation(&self) -> &str {
        self.path.rsplit_once('.').map_or(self.path.as_str(), |(structure, _)| structure)
    }
}

/// One reference from an entry to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Edge {
    /// The number of the entry that refers.
    pub(crate) from: usize,
    /// The number of the entry referred to.
    pub(crate) to: usize,
    name: usize,
}

impl Links {
    /// The links of a library whose entries are in place.
    pub(super) fn of(memory: &Memory) -> Self {
        let mut found = Vec::new();
        for (from, entry) in memory.entries.iter().enumerate() {
            walk::walk(entry.as_fields(), &mut |spot| {
                let Value::Reference(kind, id) = spot.value else { return };
                let number = Kind::from_name(kind).and_then(|kind| memory.number_of(kind, id));
                if let Some(to) = number {
                    found.push((from, to, Name::of(spot)));
                }
            });
        }
        let mut names: Vec<Name> = found.iter().map(|(.., name)| name.clone()).collect();
        names.sort_unstable();
        names.dedup();
        let number = |name: &Name| names.partition_point(|other| other < name);
        let edges =
            found.iter().map(|(from, to, name)| Edge { from: *from, to: *to, name: number(name) });
        let edges: Vec<Edge> = edges.collect();
        let mut back: Vec<usize> = (0..edges.len()).collect();
        back.sort_by_key(|place| edges[*place].to);
        Self { names, edges, back }
    }

    /// The references to an entry, in the order of the entries that hold them.
    pub(crate) fn to(&self, number: usize) -> impl Iterator<Item = &Edge> {
        let start = self.back.partition_point(|place| self.edges[*place].to < number);
        let edges = self.back[start..].iter().map(|place| &self.edges[*place]);
        edges.take_while(move |edge| edge.to == number)
    }
}
