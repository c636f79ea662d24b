//! Asking: from a query and a collection to what was found.

use std::collections::BTreeMap;

use super::check::{Checker, Node};
use super::collection::{Catalog, Collection};
use super::directory::{Directory, Plain};
use super::facet::{Counter, FacetCounts, without};
use super::highlight::{Highlight, Highlighter};
use super::order::{Order, after, cursor};
use super::scan::Scan;
use super::suggest::{Suggestions, suggest};
use super::{Places, Query, Total};
use crate::Result;
use crate::issue::Issue;

/// What a query found in a collection.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// How many entries meet the query, so far as that was asked.
    pub total: Total,
    /// Those of the page, in order.
    pub hits: Vec<Hit>,
    /// The facets, by name.
    pub facets: BTreeMap<String, FacetCounts>,
    /// What may not have been meant.
    pub warnings: Vec<Issue>,
    /// Where the next page begins, where there is one.
    pub cursor: Option<String>,
    /// What may have been meant by words that no entry has.
    pub suggestions: Option<Suggestions>,
}

/// An entry that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The number of the entry in the collection.
    pub number: usize,
    /// Its kind and id, as `kind:id`.
    pub reference: String,
    /// How well it fits, where words were searched.
    pub score: Option<f64>,
    /// The words that were asked for, in their texts.
    pub highlights: Vec<Highlight>,
}

/// Asks a collection.
///
/// # Errors
///
/// Where the query names a field that no kind has, or asks something of a
/// field that its type cannot answer: the place in the query and the cure.
pub fn find(collection: &dyn Collection, query: &Query) -> Result<Found> {
    find_in(collection, &Catalog::new(collection), query, &Places::of(query))
}

/// Asks a collection whose catalog is known.
pub(crate) fn find_in(
    collection: &dyn Collection,
    catalog: &Catalog,
    query: &Query,
    places: &Places,
) -> Result<Found> {
    let plain = Plain { collection, catalog };
    let mut checker = Checker::new(&plain, places);
    let node = checker.query(query)?;
    let mut warnings = checker.warnings;
    let scan = Scan { collection, catalog };
    let scored = has_words(&node);
    let mut hits = numbered(scan.scores(&node));
    let facets = facets(query, places, &scan, &hits, &mut warnings)?;
    Order::new(query, scored, places, &plain)?.sort(&mut hits, collection, catalog);
    let total = hits.len();
    let mut start = query.offset;
    if let Some(cursor) = &query.cursor {
        let last = after(query, cursor, &places.named("cursor"), &plain)?;
        start += hits
            .iter()
            .position(|(number, _)| *number == last)
            .map_or(total, |position| position + 1);
    }
    let end = query.limit.map_or(total, |limit| start.saturating_add(limit)).min(total);
    let page = hits.get(start..end).unwrap_or_default();
    let last = page.last().filter(|_| end < total);
    let cursor = last.map(|(number, _)| cursor(query, &plain, *number)).transpose()?;
    let mut highlighter = Highlighter::new(&node);
    let mut hits = Vec::with_capacity(page.len());
    for (number, score) in page {
        let highlights = highlighter.as_mut().map_or_else(Vec::new, |highlighter| {
            let routes = &catalog.words(collection).routes[catalog.kinds[*number]];
            let (entry, language) = (collection.entry(*number), collection.language(*number));
            highlighter.highlights(entry, language, routes)
        });
        hits.push(Hit {
            number: *number,
            reference: reference(&plain, *number)?,
            score: scored.then_some(*score),
            highlights,
        });
    }
    let suggestions = suggest(&plain, query, places)?;
    Ok(Found { total: query.total.of(total), hits, facets, warnings, cursor, suggestions })
}

/// Kind and id of an entry, as `kind:id`.
pub(crate) fn reference(directory: &dyn Directory, number: usize) -> Result<String> {
    let (kind, id) = directory.reference(number)?;
    Ok(format!("{}:{id}", directory.kinds()[kind].name()))
}

fn numbered(scores: Vec<Option<f64>>) -> Vec<(usize, f64)> {
    scores.into_iter().enumerate().filter_map(|(number, score)| Some((number, score?))).collect()
}

fn facets(
    query: &Query,
    places: &Places,
    scan: &Scan<'_>,
    hits: &[(usize, f64)],
    warnings: &mut Vec<Issue>,
) -> Result<BTreeMap<String, FacetCounts>> {
    let mut out = BTreeMap::new();
    for (name, facet) in &query.facets {
        let plain = Plain { collection: scan.collection, catalog: scan.catalog };
        let counter = Counter::new(name, facet, places, plain)?;
        let clause = without(&query.clause, &facet.field);
        let numbers: Vec<usize> = if facet.keep_own_filter || clause == query.clause {
            hits.iter().map(|(number, _)| *number).collect()
        } else {
            // The clause is part of one that was checked, so it holds no new warning.
            let places = Places::of(&Query::new(clause.clone()));
            let node = Checker::new(&plain, &places).entries(&clause)?;
            numbered(scan.scores(&node)).into_iter().map(|(number, _)| number).collect()
        };
        out.insert(name.clone(), counter.count(&numbers, warnings));
    }
    Ok(out)
}

/// Whether a node gives scores.
pub(crate) fn has_words(node: &Node) -> bool {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(has_words),
        Node::Words(..) | Node::Tiers(..) | Node::With(..) => true,
        _ => false,
    }
}
