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
    self, Checker, FacetCounts, Found, Highlighter, Node, Order, Places, Query, facet_columns, has_words,
    without_field,
};

impl Index<'_> {
    /// Finds the entries that a query asks for.
    pub(crate) fn find(&self, query: &Query, places: &Places) -> Result<Found> {
        let mut checker = Checker::new(self, places);
        let node = checker.entries(&query.clause)?;
        let mut warnings = checker.warnings;
        let scored = has_words(&node);
        let hits = self.all(&node)?;
        let total = hits.len();
        let facets = self.facets(query, places, &hits, &mut warnings)?;
        let order = Order::new(query, scored, places, self)?;
        let sorter = Sorter::new(*self, &order)?;
        let wanted = match (query.limit, &query.cursor) {
            (Some(limit), None) => query.offset.saturating_add(limit),
            _ => total,
        };
        let hits = sorter.sort(hits, wanted)?;
        let mut start = query.offset;
        if let Some(cursor) = &query.cursor {
            let last = query::after(query, cursor, &places.named("cursor"), self)?;
            let place = hits.iter().position(|(number, _)| *number as usize == last);
            start += place.map_or(total, |place| place + 1);
        }
        let end = query.limit.map_or(total, |limit| start.saturating_add(limit)).min(total);
        let page = hits.get(start..end).unwrap_or_default();
        let last = page.last().filter(|_| end < total);
        let cursor = last.map(|(number, _)| query::cursor(query, self, *number as usize));
        let cursor = cursor.transpose()?;
        let mut highlighter = Highlighter::new(&node);
        let mut hits = Vec::with_capacity(page.len());
        for (number, score) in page {
            let number = *number as usize;
            let mut highlights = Vec::new();
            if let Some(highlighter) = &mut highlighter {
                self.entries.with(number, &mut |entry, language| {
                    let routes = query::text_routes(entry.structure());
                    highlights = highlighter.highlights(entry, language, &routes);
                })?;
            }
            hits.push(query::Hit {
                number,
                reference: query::reference_of(self, number)?,
                score: scored.then_some(*score),
                highlights,
            });
        }
        Ok(Found { total, hits, facets, warnings, cursor })
    }

    /// All entries that meet a node, in the order of their numbers.
    fn all(&self, node: &Node) -> Result<Vec<Hit>> {
        let mut cursor = self.cursor(node)?;
        let mut hits = Vec::new();
        let mut number = cursor.seek(0)?;
        while number != END {
            hits.push((number, cursor.score()?));
            number = cursor.seek(number + 1)?;
        }
        Ok(hits)
    }

    fn facets(
        &self,
        query: &Query,
        places: &Places,
        hits: &[Hit],
        warnings: &mut Vec<Issue>,
    ) -> Result<BTreeMap<String, FacetCounts>> {
        let mut facets = BTreeMap::new();
        for (name, facet) in &query.facets {
            let (column, of) = facet_columns(name, facet, places, self)?;
            let counter = Counter {
                index: *self,
                name,
                facet,
                sources: Sources::new(*self, &column)?,
                of: of.map(|of| Sources::new(*self, &of)).transpose()?,
            };
            let clause = without_field(&query.clause, &facet.field);
            let numbers: Vec<Number> = if facet.keep_own_filter || clause == query.clause {
                hits.iter().map(|(number, _)| *number).collect()
            } else {
                // The clause is part of one that was checked, so it holds no new warning.
                let places = Places::of(&Query::new(clause.clone()));
                let node = Checker::new(self, &places).entries(&clause)?;
                self.all(&node)?.into_iter().map(|(number, _)| number).collect()
            };
            facets.insert(name.clone(), counter.count(&numbers, warnings)?);
        }
        Ok(facets)
    }
}
