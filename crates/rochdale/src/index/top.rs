//! The best entries for words, without looking at all that have them.
//!
//! Of any of several words, runs of entries are passed over as a whole where no entry can score
//! enough: each block of a list says how high its entries can score (`MaxScore` over the blocks;
//! Turtle and Flood, 1995, and Ding and Suel, 2011). What is left is scored exactly, in the order of
//! the query, so that the answer is that of scoring everything.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::ops::Range;

use super::cursor::{AnyCursor, Cursor, OfWord};
use super::open::Index;
use super::set::{Bits, END, Number};
use super::sort::Hit;
use crate::Result;
use crate::query::{Node, has_words};

/// Bounds are sums in another order than scores: so much more is allowed for.
pub(super) const SLACK: f64 = 1.0 + 1e-9;

/// Where one list is so many times as long as another, it is searched for what the other has.
const LONGER: usize = 24;

/// Words that are asked for, each with one list, and what else an entry must meet.
pub(super) struct Words<'a> {
    pub(super) terms: Vec<OfWord<'a>>,
    /// Whether an entry needs all of the words, or any.
    all: bool,
    pub(super) filter: Option<AnyCursor<'a>>,
}

/// The best entries so far.
pub(super) struct Top {
    heap: BinaryHeap<Reverse<Ranked>>,
    wanted: usize,
    /// A score that so many entries reach.
    floor: f64,
    /// The last entry of the pages before.
    after: Option<Ranked>,
}

/// An entry by its score; of equal ones the first is the best.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Ranked(pub(super) f64, pub(super) Number);

impl Eq for Ranked {}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0).then_with(|| other.1.cmp(&self.1))
    }
}

impl Top {
    pub(super) fn new(wanted: usize, floor: f64) -> Self {
        let heap = BinaryHeap::with_capacity(wanted.min(1 << 12) + 1);
        Self { heap, wanted, floor, after: None }
    }

    /// The best of those that come behind an entry.
    pub(super) fn behind(wanted: usize, after: Ranked) -> Self {
        Self { after: Some(after), ..Self::new(wanted, 0.0) }
    }

    /// Whether there are as many as are wanted.
    pub(super) fn is_full(&self) -> bool {
        self.heap.len() >= self.wanted
    }

    /// Whether an entry that comes after all others can be among the best with this score.
    #[inline]
    fn takes(&self, score: f64) -> bool {
        match self.heap.peek() {
            Some(Reverse(least)) if self.is_full() => score > least.0,
            _ => score >= self.floor && self.wanted > 0,
        }
    }

    /// A score that has to be reached.
    pub(super) fn least(&self) -> f64 {
        match self.heap.peek() {
            Some(Reverse(least)) if self.is_full() => least.0,
            _ => self.floor,
        }
    }

    /// Whether a score that is not above a bound can be enough.
    #[inline]
    pub(super) fn may_take(&self, bound: f64) -> bool {
        self.takes(bound * SLACK)
    }

    #[inline]
    pub(super) fn push(&mut self, number: Number, score: f64) {
        let ranked = Ranked(score, number);
        if self.after.is_some_and(|after| ranked >= after) {
            return;
        }
        if self.is_full() {
            match self.heap.peek() {
                Some(Reverse(least)) if ranked > *least => self.heap.pop(),
                _ => return,
            };
        } else if score < self.floor {
            return;
        }
        self.heap.push(Reverse(ranked));
    }

    /// The best entries, the best first.
    pub(super) fn into_hits(self) -> Vec<Hit> {
        let mut ranked = self.heap.into_vec();
        ranked.sort_unstable();
        ranked.into_iter().map(|Reverse(Ranked(score, number))| (number, score)).collect()
    }
}

impl<'a> Index<'a> {
    /// The words of a node whose words have one list each, and what else it asks for; nothing where
    /// it asks for words in another way.
    pub(super) fn words_of(&self, node: &Node) -> Result<Option<Words<'a>>> {
        let nodes = match node {
            Node::And(nodes) => &nodes[..],
            node => std::slice::from_ref(node),
        };
        let (worded, others): (Vec<&Node>, Vec<&Node>) =
            nodes.iter().partition(|node| has_words(node));
        let (worded, all) = match &worded[..] {
            [Node::Or(nodes)] => (nodes.iter().collect(), false),
            _ => (worded, true),
        };
        let mut terms = Vec::with_capacity(worded.len());
        for node in worded {
            let Node::Words(routes, phrase, boost) = node else { return Ok(None) };
            match self.term(routes.as_ref(), phrase, *boost)? {
                None => return Ok(None),
                Some(Some(term)) => terms.push(term),
                // A word that no entry has changes nothing among others, and is missing from all.
                Some(None) if !all => {}
                Some(None) => {
                    return Ok(Some(Words { terms: Vec::new(), all: false, filter: None }));
                }
            }
        }
        if all && terms.is_empty() {
            return Ok(None);
        }
        let filter = match &others[..] {
            [] => None,
            [node] => Some(self.cursor(node)?),
            nodes => Some(self.all_of(nodes.iter().copied())?),
        };
        Ok(Some(Words { terms, all, filter }))
    }
}

impl Words<'_> {
    /// What the way to the best of them is called.
    pub(super) fn name(&self) -> &'static str {
        match (self.all && self.terms.len() > 1, &self.filter) {
            (false, None) => "best of any word",
            (true, None) => "best of all words",
            (false, Some(_)) => "best of any word, filtered",
            (true, Some(_)) => "best of all words, filtered",
        }
    }

    /// A score that so many entries reach, where that is known.
    pub(super) fn floor(&self, wanted: usize) -> f64 {
        if self.filter.is_some() || self.all && self.terms.len() > 1 {
            return 0.0;
        }
        self.terms.iter().filter_map(|term| term.floor(wanted)).fold(0.0, f64::max)
    }

    /// Takes the best entries; says how many there are where that is asked or becomes known.
    pub(super) fn best(
        &mut self,
        top: &mut Top,
        exact: bool,
        end: Number,
    ) -> Result<Option<usize>> {
        if self.all && self.terms.len() > 1 {
            return self.best_of_all(top, end).map(Some);
        }
        let total = match &self.filter {
            None if exact => Some(count_any(&self.terms, end)?),
            _ => None,
        };
        self.best_of_any(top)?;
        Ok(total)
    }
}

/// How many entries have any of the words.
fn count_any(terms: &[OfWord<'_>], end: Number) -> Result<usize> {
    match terms {
        [] => return Ok(0),
        [term] => return Ok(term.postings.count()),
        [one, other] => {
            let (short, long) = if one.postings.count() < other.postings.count() {
                (one, other)
            } else {
                (other, one)
            };
            if short.postings.count() * LONGER < long.postings.count() {
                let both = both(short, long)?;
                return Ok(short.postings.count() + long.postings.count() - both);
            }
        }
        _ => {}
    }
    let mut bits = Bits::new(end);
    for term in terms {
        term.postings.clone().drain_numbers(end, |number| bits.insert(number))?;
    }
    Ok(bits.count())
}

fn both(short: &OfWord<'_>, long: &OfWord<'_>) -> Result<usize> {
    let (mut short, mut long) = (short.postings.clone(), long.postings.clone());
    let mut count = 0;
    while short.number() != END {
        count += usize::from(long.seek(short.number())? == short.number());
        short.advance()?;
    }
    Ok(count)
}

impl Words<'_> {
    /// Takes the best entries that have any of the words.
    fn best_of_any(&mut self, top: &mut Top) -> Result<()> {
        let mut windows = Windows::new(self.terms.len());
        let mut from = self.terms.iter().map(|term| term.postings.number()).min().unwrap_or(END);
        while from != END {
            if let Some(filter) = &mut self.filter {
                from = filter.seek(from)?;
            }
            let (sum, end) = windows.bounds(&self.terms, from)?;
            if windows.order.is_empty() {
                break;
            }
            if top.may_take(sum) {
                windows.take(self, from..end, top)?;
            }
            from = end;
        }
        Ok(())
    }
}

/// Runs of entries in none of which a word leaves its block.
struct Windows {
    /// For each word how high it can score, and up to which number.
    bounds: Vec<(f64, Number)>,
    /// The words that can score, by how high.
    order: Vec<usize>,
    /// For each of the words that are needed its entries and their scores, and how far they are read.
    runs: Vec<(Vec<(Number, f64)>, usize)>,
    parts: Vec<Option<f64>>,
}

impl Windows {
    fn new(words: usize) -> Self {
        Self {
            bounds: Vec::with_capacity(words),
            order: Vec::with_capacity(words),
            runs: vec![(Vec::new(), 0); words],
            parts: vec![None; words],
        }
    }

    /// How high entries from a number on can score, and the number after them.
    pub(super) fn bounds(&mut self, terms: &[OfWord<'_>], from: Number) -> Result<(f64, Number)> {
        let (mut sum, mut last) = (0.0, END);
        self.order.clear();
        for (place, term) in terms.iter().enumerate() {
            let (bound, end) = match self.bounds.get(place) {
                Some(known) if known.1 >= from => *known,
                _ => term.bound(from)?,
            };
            if self.bounds.len() == place {
                self.bounds.push((bound, end));
            } else {
                self.bounds[place] = (bound, end);
            }
            last = last.min(end);
            // After its last entry a word has no block.
            if end != END {
                sum += bound;
                self.order.push(place);
            }
        }
        self.order
            .sort_unstable_by(|one, other| self.bounds[*one].0.total_cmp(&self.bounds[*other].0));
        Ok((sum, last.saturating_add(1)))
    }

    /// Takes the best entries of a run of numbers.
    fn take(&mut self, words: &mut Words<'_>, numbers: Range<Number>, top: &mut Top) -> Result<()> {
        let Self { bounds, order, runs, parts } = self;
        // Entries that have only the lowest words cannot score enough.
        let (mut low, mut below) = (0, 0.0);
        while low < order.len() && !top.may_take(below + bounds[order[low]].0) {
            below += bounds[order[low]].0;
            low += 1;
        }
        let (lower, needed) = order.split_at(low);
        // Of a word that is needed alone, its scores tell.
        let least = if needed.len() == 1 { top.least() / (SLACK * SLACK) - below } else { 0.0 };
        parts.fill(None);
        for place in needed {
            let (run, at) = &mut runs[*place];
            run.clear();
            *at = 0;
            let term = &mut words.terms[*place];
            term.postings.seek(numbers.start)?;
            term.take(numbers.end, least.max(0.0), run)?;
        }
        loop {
            let next =
                |place: &usize| runs[*place].0.get(runs[*place].1).map(|(number, _)| *number);
            let Some(number) = needed.iter().filter_map(next).min() else { return Ok(()) };
            let mut high = below;
            for place in needed {
                let (run, at) = &mut runs[*place];
                parts[*place] = match run.get(*at) {
                    Some((here, part)) if *here == number => {
                        *at += 1;
                        high += part;
                        Some(*part)
                    }
                    _ => None,
                };
            }
            if !top.may_take(high) {
                continue;
            }
            if let Some(filter) = &mut words.filter
                && filter.seek(number)? != number
            {
                continue;
            }
            for place in lower.iter().rev() {
                high -= bounds[*place].0;
                let term = &mut words.terms[*place];
                parts[*place] = None;
                if top.may_take(high + bounds[*place].0) && term.postings.seek(number)? == number {
                    let part = term.score()?;
                    high += part;
                    parts[*place] = Some(part);
                }
            }
            if top.may_take(high) {
                // In the order of the query, whatever the words were read in.
                let score = parts.iter().flatten().fold(0.0, |sum, part| sum + part);
                top.push(number, score);
            }
        }
    }
}
