//! Asking an index: from a query to what was found.

use std::collections::BTreeMap;

use super::cursor::{AnyCursor, Cursor};
use super::facet::Counter;
use super::open::Index;
use super::plan::{Among, Counted, Plan, Way};
use super::set::{Bits, END, Number};
use super::sort::{Hit, Sorter};
use super::sources::Sources;
use super::top::{Ranked, Top};
use crate::Result;
use crate::issue::Issue;
use crate::query::{FacetCounts, Node, Query, Total, Totals};

/// What an index found: the entries of one page, and what is known of the others.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) total: Total,
    /// The entries and their scores, in order.
    pub(crate) hits: Vec<(usize, f64)>,
    /// Whether there are more after them, where there are any.
    pub(crate) more: bool,
    pub(crate) facets: BTreeMap<String, FacetCounts>,
    pub(crate) warnings: Vec<Issue>,
    /// The way by which they were found.
    pub(crate) way: &'static str,
}

/// The first entries, and how many there are where that became known.
struct First {
    hits: Vec<Hit>,
    total: Option<usize>,
}

/// The entries that meet a node, found when they are first needed.
struct Matched<'i, 'a> {
    index: &'i Index<'a>,
    node: &'i Node,
    bits: Option<Bits>,
}

impl Matched<'_, '_> {
    fn bits(&mut self) -> Result<&Bits> {
        let bits = match self.bits.take() {
            Some(bits) => bits,
            None => self.index.matching(self.node)?,
        };
        Ok(self.bits.insert(bits))
    }
}

impl<'a> Index<'a> {
    /// Finds the entries that a query asks for which was looked up.
    pub(crate) fn answer(&self, plan: &Plan, query: &Query) -> Result<Page> {
        let sorter = Sorter::new(*self, &plan.order)?;
        let mut warnings = plan.warnings.clone();
        let mut matched = Matched { index: self, node: &plan.node, bits: None };
        let facets = self.facets(plan, &mut matched, &mut warnings)?;
        let way = self.way(&plan.node, &sorter)?;
        let name = way.name();
        let wanted = query.limit.map_or(usize::MAX, |limit| query.offset.saturating_add(limit));
        // One more than is wanted tells whether there are more.
        let first = match query.limit {
            // A page without entries has no cursor either.
            Some(0) if query.offset == 0 => First { hits: Vec::new(), total: None },
            _ => self.first(plan, way, &sorter, wanted.saturating_add(1), query.total)?,
        };
        let counted = matched.bits.as_ref().map(Bits::count).or(first.total);
        let total = self.total(query, counted, &mut matched)?;
        let more = first.hits.len() > wanted;
        let page = first.hits.into_iter().take(wanted).skip(query.offset);
        let hits = page.map(|(number, score)| (number as usize, score)).collect();
        Ok(Page { total, hits, more, facets, warnings, way: name })
    }

    /// The entries that meet a node.
    fn matching(&self, node: &Node) -> Result<Bits> {
        let mut bits = Bits::new(self.end());
        self.cursor(node)?.fill(&(0..END), &mut bits)?;
        Ok(bits)
    }

    /// How many entries there are, so far as that is asked.
    fn total(
        &self,
        query: &Query,
        counted: Option<usize>,
        matched: &mut Matched<'_, '_>,
    ) -> Result<Total> {
        if query.total == Totals::None {
            return Ok(Total::Unknown);
        }
        if let Some(count) = counted {
            return Ok(query.total.of(count));
        }
        let mut cursor = self.cursor(matched.node)?;
        if let Some(count) = cursor.known() {
            return Ok(query.total.of(count));
        }
        match query.total {
            Totals::AtLeast(least) => {
                let (mut count, mut number) = (0, cursor.seek(0)?);
                while number != END && count < least {
                    count += 1;
                    number = cursor.seek(number + 1)?;
                }
                Ok(query.total.of(count))
            }
            _ => Ok(query.total.of(matched.bits()?.count())),
        }
    }

    /// The first entries, at most so many.
    fn first(
        &self,
        plan: &Plan,
        way: Way<'a>,
        sorter: &Sorter<'a>,
        wanted: usize,
        totals: Totals,
    ) -> Result<First> {
        match way {
            Way::InOrder(ranges) => self.in_order(plan, &ranges, wanted),
            Way::Sorted => self.sorted(plan, sorter, wanted),
            Way::Words(mut words) => {
                let mut top = self.top(plan, wanted, words.floor(wanted))?;
                let total = words.best(&mut top, totals == Totals::Exact, self.end())?;
                Ok(First { hits: top.into_hits(), total })
            }
            Way::Many(many) => {
                let mut top = self.top(plan, wanted, 0.0)?;
                let total = Some(many.best(&mut top)?);
                Ok(First { hits: top.into_hits(), total })
            }
            Way::Scored => {
                let mut top = self.top(plan, wanted, 0.0)?;
                let exact = totals == Totals::Exact;
                let total = scored(&mut *self.cursor(&plan.node)?, &mut top, exact)?;
                Ok(First { hits: top.into_hits(), total })
            }
        }
    }

    /// What takes the best entries, but for those of the pages before.
    fn top(&self, plan: &Plan, wanted: usize, floor: f64) -> Result<Top> {
        let Some(after) = plan.after else { return Ok(Top::new(wanted, floor)) };
        let mut cursor = self.cursor(&plan.node)?;
        if cursor.seek(after)? != after {
            return Ok(Top::new(0, 0.0));
        }
        Ok(Top::behind(wanted, Ranked(cursor.score()?, after)))
    }

    /// The first entries of an order that is that of the numbers in these ranges.
    fn in_order(
        &self,
        plan: &Plan,
        ranges: &[std::ops::Range<Number>],
        wanted: usize,
    ) -> Result<First> {
        let mut hits = Vec::new();
        let mut ranges = ranges.to_vec();
        if let Some(after) = plan.after {
            let place = ranges.iter().position(|range| range.contains(&after));
            let meets = self.cursor(&plan.node)?.seek(after)? == after;
            let Some(place) = place.filter(|_| meets) else {
                return Ok(First { hits, total: None });
            };
            ranges.drain(..place);
            ranges[0].start = after + 1;
        }
        let mut cursor: Option<(Number, AnyCursor<'a>)> = None;
        for range in ranges.into_iter().filter(|range| !range.is_empty()) {
            // A cursor does not go back; one that is ahead begins anew.
            let mut own = match cursor.take() {
                Some((at, cursor)) if at <= range.start => cursor,
                _ => self.cursor(&plan.node)?,
            };
            let mut number = own.seek(range.start)?;
            while number < range.end && hits.len() < wanted {
                let score = if plan.scored { own.score()? } else { 0.0 };
                hits.push((number, score));
                number = own.seek(number + 1)?;
            }
            if hits.len() >= wanted {
                return Ok(First { hits, total: None });
            }
            cursor = Some((number, own));
        }
        let total = plan.after.is_none().then_some(hits.len());
        Ok(First { hits, total })
    }

    /// The first entries of any order, of all that are found.
    fn sorted(&self, plan: &Plan, sorter: &Sorter<'a>, wanted: usize) -> Result<First> {
        let mut cursor = self.cursor(&plan.node)?;
        let mut hits = Vec::new();
        let mut number = cursor.seek(0)?;
        while number != END {
            hits.push((number, if plan.scored { cursor.score()? } else { 0.0 }));
            number = cursor.seek(number + 1)?;
        }
        let total = Some(hits.len());
        let Some(after) = plan.after else {
            return Ok(First { hits: sorter.sort(hits, wanted)?, total });
        };
        let mut hits = sorter.sort(hits, usize::MAX)?;
        let place = hits.iter().position(|(number, _)| *number == after);
        hits.drain(..place.map_or(hits.len(), |place| place + 1));
        Ok(First { hits, total })
    }

    fn facets(
        &self,
        plan: &Plan,
        matched: &mut Matched<'_, '_>,
        warnings: &mut Vec<Issue>,
    ) -> Result<BTreeMap<String, FacetCounts>> {
        let mut facets = BTreeMap::new();
        for counted in &plan.counts {
            let counts = self.facet(counted, matched, warnings)?;
            facets.insert(counted.name.clone(), counts);
        }
        Ok(facets)
    }

    fn facet(
        &self,
        counted: &Counted,
        matched: &mut Matched<'_, '_>,
        warnings: &mut Vec<Issue>,
    ) -> Result<FacetCounts> {
        let sources = Sources::new(*self, &counted.column)?;
        let of = counted.of.as_ref().map(|of| Sources::new(*self, of)).transpose()?;
        let (name, facet) = (&counted.name, &counted.facet);
        let values = Counter { index: *self, name, facet, sources, of };
        match &counted.among {
            Among::All => {
                if let Some(counts) = values.count_all(self.end() as usize, warnings)? {
                    return Ok(counts);
                }
                let mut all = Bits::new(self.end());
                all.insert_range(0..self.end());
                values.count(&all, warnings)
            }
            Among::Hits => values.count(matched.bits()?, warnings),
            Among::Others(node) => values.count(&self.matching(node)?, warnings),
        }
    }
}

/// Takes the best entries of a cursor; says how many there are where none was passed over.
fn scored(cursor: &mut dyn Cursor, top: &mut Top, exact: bool) -> Result<Option<usize>> {
    let (mut total, mut all) = (0, true);
    // Up to where a block is known to hold nothing that is too low.
    let mut looked = 0;
    let mut number = cursor.seek(0)?;
    while number != END {
        if !exact && number >= looked && top.is_full() {
            let (bound, last) = cursor.bound(number)?;
            looked = last.saturating_add(1);
            if !top.may_take(bound) {
                all = false;
                if last == END {
                    break;
                }
                number = cursor.seek(looked)?;
                continue;
            }
        }
        total += 1;
        top.push(number, cursor.score()?);
        number = cursor.seek(number + 1)?;
    }
    Ok(all.then_some(total))
}
