//! What the names of a query are looked up in: ids, names, trees, languages.

use std::collections::{BTreeMap, BTreeSet};

use super::check::Shapes;
use super::collection::{Catalog, Collection, id};
use super::facet::parents;
use super::resolve::Route;
use super::value::extra;
use crate::Result;
use crate::field::{Kind, Structure, Value};
use crate::text::Language;

/// A name of `extra` where it can stand: in a structure, on a route, and the names inside.
pub(crate) type ExtraRoute = (&'static Structure, Route, Vec<String>);

/// What the names of a query are looked up in.
pub(crate) trait Directory {
    /// The kinds of entry that there are.
    fn kinds(&self) -> &'static [Kind];

    /// The languages of the entries; English where there are none.
    fn languages(&self) -> Result<BTreeSet<Language>>;

    /// How many entries there are.
    fn len(&self) -> usize;

    /// How often each stem stands in an entry, by the weights of its texts.
    fn stems_of(&self, number: usize) -> Result<BTreeMap<String, u32>>;

    /// In how many entries a stem stands.
    fn holding(&self, stem: &str) -> Result<usize>;

    /// Visits each word as written within so many slips of another, and how many entries have it.
    fn each_near(
        &self,
        letters: &[char],
        limit: usize,
        visit: &mut dyn FnMut(&str, usize),
    ) -> Result<()>;

    /// The number of the entry of this kind and id.
    fn number(&self, kind: &str, id: &str) -> Result<Option<usize>>;

    /// The position of the kind of an entry, and its id.
    fn reference(&self, number: usize) -> Result<(usize, String)>;

    /// The entries that are called so, without regard to case and accents.
    fn named(&self, name: &str) -> Result<Vec<usize>>;

    /// Visits every kind and id; those of one kind, where it is given, that begin so.
    fn each_id(
        &self,
        kind: Option<&str>,
        prefix: &str,
        visit: &mut dyn FnMut(&'static str, &str),
    ) -> Result<()>;

    /// Visits every folded name that begins so, and who is called so; of these kinds only, by
    /// position, where they are given.
    fn each_name(
        &self,
        kinds: Option<&[usize]>,
        prefix: &str,
        visit: &mut dyn FnMut(&str, &[usize]),
    ) -> Result<()>;

    /// The shapes of the values of a name of `extra`, and the names that there are beside it.
    fn extra(&self, routes: &[ExtraRoute]) -> Result<(Shapes, BTreeSet<String>)>;

    /// The parent of each entry of a kind that is a tree.
    fn parents(&self, kind: &'static Kind) -> Result<Option<BTreeMap<String, String>>>;
}

/// The names of a collection whose entries are at hand.
#[derive(Clone, Copy)]
pub(super) struct Plain<'a> {
    pub(super) collection: &'a dyn Collection,
    pub(super) catalog: &'a Catalog,
}

impl Directory for Plain<'_> {
    fn kinds(&self) -> &'static [Kind] {
        self.collection.kinds()
    }

    fn languages(&self) -> Result<BTreeSet<Language>> {
        Ok(self.catalog.words(self.collection).languages())
    }

    fn len(&self) -> usize {
        self.collection.len()
    }

    fn stems_of(&self, number: usize) -> Result<BTreeMap<String, u32>> {
        let kind = self.catalog.kinds[number];
        Ok(self.catalog.words(self.collection).stems_of(number, kind))
    }

    fn holding(&self, stem: &str) -> Result<usize> {
        Ok(self.catalog.words(self.collection).holding(stem))
    }

    fn each_near(
        &self,
        letters: &[char],
        limit: usize,
        visit: &mut dyn FnMut(&str, usize),
    ) -> Result<()> {
        self.catalog.words(self.collection).each_near(letters, limit, visit);
        Ok(())
    }

    fn number(&self, kind: &str, id: &str) -> Result<Option<usize>> {
        Ok(self.catalog.number(kind, id))
    }

    fn reference(&self, number: usize) -> Result<(usize, String)> {
        Ok((self.catalog.kinds[number], id(self.collection.entry(number))))
    }

    fn named(&self, name: &str) -> Result<Vec<usize>> {
        Ok(self.catalog.named(name).to_vec())
    }

    fn each_id(
        &self,
        kind: Option<&str>,
        prefix: &str,
        visit: &mut dyn FnMut(&'static str, &str),
    ) -> Result<()> {
        let fits =
            |own: &str, id: &str| kind.is_none_or(|kind| kind == own) && id.starts_with(prefix);
        self.catalog
            .ids()
            .filter(|(kind, id)| fits(kind, id))
            .for_each(|(kind, id)| visit(kind, id));
        Ok(())
    }

    fn each_name(
        &self,
        kinds: Option<&[usize]>,
        prefix: &str,
        visit: &mut dyn FnMut(&str, &[usize]),
    ) -> Result<()> {
        for (name, numbers) in self.catalog.names().filter(|(name, _)| name.starts_with(prefix)) {
            let of = |number: &&usize| {
                kinds.is_none_or(|kinds| kinds.contains(&self.catalog.kinds[**number]))
            };
            let numbers: Vec<usize> = numbers.iter().filter(of).copied().collect();
            if !numbers.is_empty() {
                visit(name, &numbers);
            }
        }
        Ok(())
    }

    fn extra(&self, routes: &[ExtraRoute]) -> Result<(Shapes, BTreeSet<String>)> {
        let (mut shapes, mut names) = (Shapes::default(), BTreeSet::new());
        for number in 0..self.collection.len() {
            let entry = self.collection.entry(number);
            let own = routes.iter().filter(|(structure, ..)| structure.is(entry.structure()));
            for (_, route, path) in own {
                route.visit(entry, &mut |value| {
                    let Value::Extra(map) = value else { return };
                    // Only advice needs them, and advice has room for few.
                    if names.len() < 10_000 && path.len() == 1 {
                        names.extend(map.keys().cloned());
                    }
                    if let Some(json) = map.get(&path[0]) {
                        extra(json, &path[1..], &mut |json| shapes.add(json));
                    }
                });
            }
        }
        Ok((shapes, names))
    }

    fn parents(&self, kind: &'static Kind) -> Result<Option<BTreeMap<String, String>>> {
        Ok(parents(self.collection, self.catalog, kind))
    }
}
