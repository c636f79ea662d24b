//! The best entries for words, without looking at all that have them.
//!
//! Of any of several words, runs of entries are passed over as a whole where no entry can score
//! enough: each block of a list says how high its entries can score (`MaxScore` over the blocks;
//! Turtle and Flood, 1995, and Ding and Suel, 2011). What is left is scored exactly, in the order of
//! the query, so that the answer is that of scoring everything.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::cursor::{Cursor, OfWord};
use super::open::Index;
use super::set::{Bits, END, Number};
use super::sort::Hit;
use crate::Result;
use crate::query::Node;

/// Bounds are sums in another order than scores: so much more is allowed for.
const SLACK: f64 = 1.0 + 1e-9;

/// Where one list is so many times as long as another, it is searched for what the other has.
const LONGER: usize = 24;

/// Words that are asked for, each with one list.
pub(super) enum Words<'a> {
    /// An entry has any of them.
    Any(Vec<OfWord<'a>>),
    /// An entry has all of them.
    All(Vec<OfWord<'a>>),
}

/// The best entries so far.
struct Top {
    heap: BinaryHeap<Reverse<Ranked>>,
    wanted: usize,
    /// A score that so many entries reach.
    floor: f64,
}

/// An entry by its score; of equal ones the first is the best.
#[derive(PartialEq)]
struct Ranked(f64, Number);

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
    fn new(wanted: usize, floor: f64) -> Self {
        Self { heap: BinaryHeap::with_capacity(wanted.min(1 << 12) + 1), wanted, floor }
    }

    /// Whether an entry that comes now can be among the best with this score.
    fn takes(&self, score: f64) -> bool {
        match self.heap.peek() {
            Some(Reverse(least)) if self.heap.len() >= self.wanted => score > least.0,
            _ => score >= self.floor,
        }
    }

    fn push(&mut self, number: Number, score: f64) {
        if !self.takes(score) {
            return;
        }
        if self.heap.len() >= self.wanted {
            self.heap.pop();
        }
        self.heap.push(Reverse(Ranked(score, number)));
    }

    fn into_hits(self) -> Vec<Hit> {
        let mut ranked = self.heap.into_vec();
        ranked.sort_unstable();
        ranked.into_iter().map(|Reverse(Ranked(score, number))| (number, score)).collect()
    }
}

impl<'a> Index<'a> {
    /// The words of a node that is about nothing else, where each has one list.
    pub(super) fn plain_words(&self, node: &Node) -> Result<Option<Words<'a>>> {
        let one = |node: &Node| match node {
            Node::Words(routes, phrase, boost) => self.term(routes.as_ref(), phrase, *boost),
            _ => Ok(None),
        };
        let (nodes, any) = match node {
            Node::Words(..) => (std::slice::from_ref(node), true),
            Node::Or(nodes) => (&nodes[..], true),
            Node::And(nodes) if !nodes.is_empty() => (&nodes[..], false),
            _ => return Ok(None),
        };
        let mut terms = Vec::with_capacity(nodes.len());
        for node in nodes {
            match one(node)? {
                None => return Ok(None),
                Some(Some(term)) => terms.push(term),
                // A word that no entry has changes nothing among others, and is missing from all.
                Some(None) if any => {}
                Some(None) => return Ok(Some(Words::Any(Vec::new()))),
            }
        }
        Ok(Some(if any { Words::Any(terms) } else { Words::All(terms) }))
    }
}

impl Words<'_> {
    /// So many entries have the words at least.
    pub(super) fn count(&self) -> usize {
        match self {
            Self::Any(terms) => terms.iter().map(|term| term.postings.count()).max().unwrap_or(0),
            Self::All(terms) if terms.len() == 1 => terms[0].postings.count(),
            Self::All(_) => 0,
        }
    }

    /// The best entries, the best first.
    pub(super) fn best(&mut self, wanted: usize) -> Result<Vec<Hit>> {
        match self {
            _ if wanted == 0 => Ok(Vec::new()),
            Self::Any(terms) => best_of_any(terms, wanted),
            Self::All(terms) => Ok(best_of_all(terms, wanted, true)?.0),
        }
    }

    /// The best entries, the best first, and how many there are in all.
    pub(super) fn best_and_total(
        &mut self,
        wanted: usize,
        end: Number,
    ) -> Result<(Vec<Hit>, usize)> {
        match self {
            Self::Any(terms) => {
                let total = count_any(terms, end)?;
                Ok((if wanted == 0 { Vec::new() } else { best_of_any(terms, wanted)? }, total))
            }
            Self::All(terms) => best_of_all(terms, wanted, false),
        }
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

/// The best entries that have all of the words, and how many have them where none is passed over.
fn best_of_all(
    terms: &mut [OfWord<'_>],
    wanted: usize,
    pass_over: bool,
) -> Result<(Vec<Hit>, usize)> {
    let mut order: Vec<usize> = (0..terms.len()).collect();
    order.sort_by_key(|place| terms[*place].postings.count());
    let (lead, rest) = order.split_first().expect("there is a word");
    let mut top = Top::new(wanted.max(1), 0.0);
    let mut total = 0;
    // Up to where the blocks are known to hold nothing that is too low.
    let mut looked = 0;
    let mut number = terms[*lead].postings.number();
    'entries: while number != END {
        if pass_over && number >= looked && top.heap.len() >= top.wanted {
            let (mut sum, mut end) = (0.0, END);
            for term in terms.iter() {
                let (bound, last) = term.bound(number)?;
                sum += bound;
                end = end.min(last);
            }
            if !top.takes(sum * SLACK) {
                let next = if end == END { END } else { end + 1 };
                number = if next == END { END } else { terms[*lead].postings.seek(next)? };
                continue;
            }
            looked = end.saturating_add(1);
        }
        for place in rest {
            let next = terms[*place].postings.seek(number)?;
            if next != number {
                number = if next == END { END } else { terms[*lead].postings.seek(next)? };
                continue 'entries;
            }
        }
        total += 1;
        let mut score = 0.0;
        for term in terms.iter_mut() {
            score += term.score()?;
        }
        top.push(number, score);
        number = terms[*lead].postings.advance()?;
    }
    let hits = if wanted == 0 { Vec::new() } else { top.into_hits() };
    Ok((hits, total))
}

/// A word in a run of entries, by how high it can score there.
#[derive(Clone, Copy)]
struct Bound {
    place: usize,
    bound: f64,
}

fn best_of_any(terms: &mut [OfWord<'_>], wanted: usize) -> Result<Vec<Hit>> {
    let floor = terms.iter().filter_map(|term| term.floor(wanted)).fold(0.0, f64::max);
    let mut top = Top::new(wanted, floor);
    let mut parts = vec![None; terms.len()];
    let mut bounds: Vec<Bound> = Vec::with_capacity(terms.len());
    let mut from = terms.iter().map(|term| term.postings.number()).min().unwrap_or(END);
    while from != END {
        bounds.clear();
        let (mut sum, mut last) = (0.0, END);
        for (place, term) in terms.iter().enumerate() {
            let (bound, end) = term.bound(from)?;
            last = last.min(end);
            if bound > 0.0 {
                sum += bound;
                bounds.push(Bound { place, bound });
            }
        }
        if bounds.is_empty() {
            break;
        }
        let end = last.saturating_add(1);
        if top.takes(sum * SLACK) {
            bounds.sort_unstable_by(|one, other| one.bound.total_cmp(&other.bound));
            run(terms, &bounds, from, end, &mut parts, &mut top)?;
        }
        from = end;
    }
    Ok(top.into_hits())
}

/// Looks at a run of entries in which the words score no higher than their bounds.
fn run(
    terms: &mut [OfWord<'_>],
    bounds: &[Bound],
    from: Number,
    end: Number,
    parts: &mut [Option<f64>],
    top: &mut Top,
) -> Result<()> {
    // Entries that have only the lowest words cannot score enough.
    let (mut low, mut below) = (0, 0.0);
    for bound in bounds {
        if top.takes((below + bound.bound) * SLACK) {
            break;
        }
        below += bound.bound;
        low += 1;
    }
    let (lower, needed) = bounds.split_at(low);
    for bound in needed {
        terms[bound.place].postings.seek(from)?;
    }
    loop {
        let number = needed.iter().map(|bound| terms[bound.place].postings.number()).min();
        let Some(number) = number.filter(|number| *number < end) else { return Ok(()) };
        let mut high = below;
        for bound in needed {
            let term = &mut terms[bound.place];
            if term.postings.number() == number {
                let part = term.score()?;
                high += part;
                parts[bound.place] = Some(part);
                term.postings.advance()?;
            }
        }
        for bound in lower.iter().rev() {
            if !top.takes(high * SLACK) {
                break;
            }
            let term = &mut terms[bound.place];
            high -= bound.bound;
            if term.postings.seek(number)? == number {
                let part = term.score()?;
                high += part;
                parts[bound.place] = Some(part);
            }
        }
        if top.takes(high * SLACK) {
            let score = parts.iter().flatten().fold(0.0, |sum, part| sum + part);
            top.push(number, score);
        }
        parts.fill(None);
    }
}
