//! A query as it is looked up in an index, and the way that leads to its first entries.

use std::ops::Range;

use super::many::Many;
use super::open::Index;
use super::set::Number;
use super::sort::Sorter;
use super::top::Words;
use crate::Result;
use crate::issue::Issue;
use crate::query::{
    self, Checker, Clause, Column, Facet, Node, Order, Parameters, Places, Query, facet_columns,
    has_words, without_field,
};

/// A query that was looked up: it can be answered again and again.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// What an entry must meet.
    pub(crate) node: Node,
    /// Whether words are searched, so that scores say something.
    pub(crate) scored: bool,
    pub(super) order: Order,
    pub(super) counts: Vec<Counted>,
    pub(super) warnings: Vec<Issue>,
    /// The entry behind which the page begins.
    pub(super) after: Option<Number>,
}

/// A facet that was looked up.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    pub(super) name: String,
    pub(super) facet: Facet,
    pub(super) column: Column,
    pub(super) of: Option<Column>,
    pub(super) among: Among,
}

/// The entries among which a facet counts.
#[derive(Clone, Debug)]
pub(super) enum Among {
    All,
    Hits,
    /// Those that meet the query without the facet's own filter.
    Others(Node),
}

/// How the first entries are found.
pub(super) enum Way<'a> {
    /// The order of the query is that of the numbers in these ranges: the first ones are taken.
    InOrder(Vec<Range<Number>>),
    /// Lists of words are read together, and what cannot score enough is passed over.
    Words(Words<'a>),
    /// The lists of many words are added up.
    Many(Many<'a>),
    /// Every entry is scored, unless a block of them cannot score enough.
    Scored,
    /// All entries are gathered and sorted.
    Sorted,
}

impl Way<'_> {
    /// What the way is called.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::InOrder(_) => "in order",
            Self::Words(words) => words.name(),
            Self::Many(_) => "many words",
            Self::Scored => "scored",
            Self::Sorted => "sorted",
        }
    }
}

impl<'a> Index<'a> {
    /// Looks a query up.
    pub(crate) fn plan(&self, query: &Query, places: &Places) -> Result<Plan> {
        let mut checker = Checker::new(self, places);
        let node = checker.query(query)?;
        let warnings = checker.warnings;
        let scored = has_words(&node);
        let facets = query.facets.iter();
        let counts = facets.map(|(name, facet)| self.counted(query, name, facet, places));
        let counts = counts.collect::<Result<_>>()?;
        let order = Order::new(query, scored, places, self)?;
        let after = match &query.cursor {
            Some(cursor) => Some(query::after(query, cursor, &places.named("cursor"), self)?),
            None => None,
        };
        let after = after.map(|number| number as Number);
        Ok(Plan { node, scored, order, counts, warnings, after })
    }

    /// The types of value that each parameter of a query takes; the rest of it is checked as well.
    pub(crate) fn parameters(&self, query: &Query, places: &Places) -> Result<Parameters> {
        let parameters = Checker::new(self, places).parameters(&query.clause)?;
        for (name, facet) in &query.facets {
            facet_columns(name, facet, places, self)?;
        }
        Order::new(query, false, places, self)?;
        Ok(parameters)
    }

    fn counted(
        &self,
        query: &Query,
        name: &str,
        facet: &Facet,
        places: &Places,
    ) -> Result<Counted> {
        let (column, of) = facet_columns(name, facet, places, self)?;
        let others = without_field(&query.clause, &facet.field);
        let among = if facet.keep_own_filter || others == query.clause {
            if query.clause == Clause::default() { Among::All } else { Among::Hits }
        } else if others == Clause::default() {
            Among::All
        } else {
            // The clause is part of one that was checked, so it holds no new warning.
            let places = Places::of(&Query::new(others.clone()));
            Among::Others(Checker::new(self, &places).entries(&others)?)
        };
        Ok(Counted { name: name.to_owned(), facet: facet.clone(), column, of, among })
    }

    /// The way to the first entries.
    pub(super) fn way(&self, node: &Node, sorter: &Sorter<'a>) -> Result<Way<'a>> {
        if let Some(ranges) = sorter.walk(node) {
            return Ok(Way::InOrder(ranges));
        }
        if !sorter.is_by_score() {
            return Ok(Way::Sorted);
        }
        if let Some(many) = self.many_of(node)? {
            return Ok(Way::Many(many));
        }
        Ok(self.words_of(node)?.map_or(Way::Scored, Way::Words))
    }
}
