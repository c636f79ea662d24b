//! Asking an index: from a query to what was found.

use std::collections::BTreeMap;

use super::facet::Counter;
use super::open::Index;
use super::set::{END, Number};
use super::sort::{Hit, Sorter};
use super::sources::Sources;
use crate::Result;
use crate::issue::Issue;
use crate::query::{
    self, Checker, Clause, FacetCounts, Node, Order, Parameters, Places, Query, Total, Totals,
    facet_columns, has_words, without_field,
};

/// What an index found: the entries of one page, and what is known of the others.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) total: Total,
    /// The entries and their scores, in order.
    pub(crate) hits: Vec<(usize, f64)>,
    /// Whether words were searched, so that scores say something.
    pub(crate) scored: bool,
    /// Whether there are more after them.
    pub(crate) more: bool,
    pub(crate) facets: BTreeMap<String, FacetCounts>,
    pub(crate) warnings: Vec<Issue>,
    /// What was asked, looked up.
    pub(crate) node: Node,
}

/// How many entries have to be found before the first ones and the total are known.
fn enough(query: &Query, sorter: &Sorter<'_>, wanted: Option<usize>) -> usize {
    let Some(wanted) = wanted.filter(|_| query.facets.is_empty() && sorter.is_none()) else {
        return usize::MAX;
    };
    match query.total {
        Totals::Exact => usize::MAX,
        Totals::AtLeast(least) => least.max(wanted.saturating_add(1)),
        Totals::None => wanted.saturating_add(1),
    }
}

impl<'a> Index<'a> {
    /// Finds the entries that a query asks for.
    pub(crate) fn find(&self, query: &Query, places: &Places) -> Result<Page> {
        let mut checker = Checker::new(self, places);
        let node = checker.entries(&query.clause)?;
        let mut warnings = checker.warnings;
        let scored = has_words(&node);
        let counters = self.counters(query, places)?;
        let order = Order::new(query, scored, places, self)?;
        let sorter = Sorter::new(*self, &order)?;
        let wanted = match (query.limit, &query.cursor) {
            (Some(limit), None) => Some(query.offset.saturating_add(limit)),
            _ => None,
        };
        let quick = self.quick(&node, query, &sorter, wanted)?;
        let (hits, total) = if let Some(found) = quick {
            found
        } else {
            let hits = self.all(&node, enough(query, &sorter, wanted))?;
            let total = hits.len();
            (hits, total)
        };
        let facets = self.facets(query, &counters, &hits, &mut warnings)?;
        let hits = sorter.sort(hits, wanted.unwrap_or(total))?;
        let mut start = query.offset;
        if let Some(cursor) = &query.cursor {
            let last = query::after(query, cursor, &places.named("cursor"), self)?;
            let place = hits.iter().position(|(number, _)| *number as usize == last);
            start += place.map_or(total, |place| place + 1);
        }
        let end = query.limit.map_or(total, |limit| start.saturating_add(limit)).min(total);
        let page = hits.get(start..end).unwrap_or_default();
        let hits = page.iter().map(|(number, score)| (*number as usize, *score)).collect();
        let (total, more) = (query.total.of(total), end < total);
        Ok(Page { total, hits, scored, more, facets, warnings, node })
    }

    /// The types of value that each parameter of a query takes.
    pub(crate) fn parameters(&self, query: &Query, places: &Places) -> Result<Parameters> {
        let parameters = Checker::new(self, places).parameters(&query.clause)?;
        // The rest of the query is checked as well, and nothing is counted or sorted.
        self.counters(query, places)?;
        Order::new(query, false, places, self)?;
        Ok(parameters)
    }

    /// The first entries and how many there are, where they are found without the others.
    fn quick(
        &self,
        node: &Node,
        query: &Query,
        sorter: &Sorter<'_>,
        wanted: Option<usize>,
    ) -> Result<Option<(Vec<Hit>, usize)>> {
        let Some(wanted) = wanted else { return Ok(None) };
        if query.clause == Clause::default() && sorter.is_none() {
            let total = self.end();
            let first = 0..Number::try_from(wanted).map_or(total, |wanted| wanted.min(total));
            return Ok(Some((first.map(|number| (number, 0.0)).collect(), total as usize)));
        }
        if !query.facets.is_empty() || !sorter.is_by_score() {
            return Ok(None);
        }
        let Some(mut words) = self.plain_words(node)? else { return Ok(None) };
        // One more than is wanted tells whether there are more.
        let enough = match query.total {
            Totals::Exact => None,
            Totals::None => Some(0),
            Totals::AtLeast(least) => Some(least).filter(|least| words.count() >= *least),
        };
        Ok(Some(match enough {
            Some(least) => {
                let hits = words.best(wanted.saturating_add(1))?;
                let total = least.max(hits.len());
                (hits, total)
            }
            None => words.best_and_total(wanted, self.end())?,
        }))
    }

    /// The entries that meet a node, in the order of their numbers, at most so many.
    fn all(&self, node: &Node, most: usize) -> Result<Vec<Hit>> {
        let mut cursor = self.cursor(node)?;
        let mut hits = Vec::new();
        let mut number = cursor.seek(0)?;
        while number != END && hits.len() < most {
            hits.push((number, cursor.score()?));
            number = cursor.seek(number + 1)?;
        }
        Ok(hits)
    }

    /// What the facets of a query count.
    fn counters<'q>(&self, query: &'q Query, places: &Places) -> Result<Vec<Counter<'a, 'q>>> {
        let counters = query.facets.iter().map(|(name, facet)| {
            let (column, of) = facet_columns(name, facet, places, self)?;
            let sources = Sources::new(*self, &column)?;
            let of = of.map(|of| Sources::new(*self, &of)).transpose()?;
            Ok(Counter { index: *self, name, facet, sources, of })
        });
        counters.collect()
    }

    fn facets(
        &self,
        query: &Query,
        counters: &[Counter<'_, '_>],
        hits: &[Hit],
        warnings: &mut Vec<Issue>,
    ) -> Result<BTreeMap<String, FacetCounts>> {
        let mut facets = BTreeMap::new();
        for counter in counters {
            let clause = without_field(&query.clause, &counter.facet.field);
            let all = if counter.facet.keep_own_filter { &query.clause } else { &clause };
            if *all == Clause::default()
                && let Some(counts) = counter.count_all(self.end() as usize, warnings)?
            {
                facets.insert(counter.name.to_owned(), counts);
                continue;
            }
            let numbers: Vec<Number> = if *all == Clause::default() {
                (0..self.end()).collect()
            } else if counter.facet.keep_own_filter || clause == query.clause {
                hits.iter().map(|(number, _)| *number).collect()
            } else {
                // The clause is part of one that was checked, so it holds no new warning.
                let places = Places::of(&Query::new(clause.clone()));
                let node = Checker::new(self, &places).entries(&clause)?;
                self.all(&node, usize::MAX)?.into_iter().map(|(number, _)| number).collect()
            };
            facets.insert(counter.name.to_owned(), counter.count(&numbers, warnings)?);
        }
        Ok(facets)
    }
}
