//! Words that stand together, found entry by entry: those that have the words are known from their
//! lists, and where the words stand is read for each of them.

use super::cursor::Cursor;
use super::lengths::Lengths;
use super::open::Index;
use super::postings::{Pair, Positions, Postings};
use super::set::{END, Number};
use super::worded::Scope;
use super::words::{Lists, WordList};
use crate::Result;
use crate::query::{Phrase, Scorer, length_byte, rarity};

/// A word that is asked for, in any of its lists.
pub(super) struct Union<'a> {
    lists: Vec<(Postings<'a>, Positions<'a>)>,
    pub(super) number: Number,
}

impl<'a> Union<'a> {
    pub(super) fn open(lists: &[WordList<'a>]) -> Result<Self> {
        let open = |own: &WordList<'a>| Ok((own.list.open()?, own.list.positions()?));
        Ok(Self { lists: lists.iter().map(open).collect::<Result<_>>()?, number: 0 })
    }

    pub(super) fn seek(&mut self, from: Number) -> Result<Number> {
        self.number = END;
        for (postings, _) in &mut self.lists {
            self.number = self.number.min(postings.seek(from)?);
        }
        Ok(self.number)
    }

    /// About how many entries there are.
    fn count(&self) -> usize {
        self.lists.iter().map(|(postings, _)| postings.count()).sum()
    }

    /// The positions of the word in the entry here.
    pub(super) fn positions(&self, out: &mut Vec<u32>) -> Result<()> {
        out.clear();
        let mut lists = 0;
        for (postings, positions) in &self.lists {
            if postings.number() == self.number {
                positions.read(postings.place(), out)?;
                lists += 1;
            }
        }
        if lists > 1 {
            out.sort_unstable();
            out.dedup();
        }
        Ok(())
    }
}

/// The least entry, not below `from`, that has every word.
fn seek_all(words: &mut [Union<'_>], from: Number) -> Result<Number> {
    let Some((lead, rest)) = words.split_first_mut() else { return Ok(END) };
    let mut number = lead.seek(from)?;
    'entries: while number != END {
        for word in &mut *rest {
            let next = word.seek(number)?;
            if next != number {
                number = if next == END { END } else { lead.seek(next)? };
                continue 'entries;
            }
        }
        break;
    }
    Ok(number)
}

/// Entries in which words stand together.
pub(super) struct InPhrase<'a> {
    index: Index<'a>,
    scope: Scope,
    phrase: Phrase,
    boost: f64,
    /// The words that there are, rarest first.
    words: Vec<Union<'a>>,
    lists: Vec<Lists<'a>>,
    /// The place of each of them among those of the phrase.
    order: Vec<usize>,
    /// The sets of words any of which an entry needs, where it does not need all of the words.
    ways: Option<Vec<Vec<Union<'a>>>>,
    /// How far words are from each other, where there is only one way to say them.
    chain: Option<Vec<Apart>>,
    positions: Vec<Vec<u32>>,
    /// What scores entries, once it is needed.
    scoring: Option<Scoring<'a>>,
    found: Option<Found>,
}

/// The entry that was found last.
#[derive(Clone, Copy)]
struct Found {
    number: Number,
    frequency: u32,
    length: u32,
}

/// What scores the entries of a phrase.
enum Scoring<'a> {
    Whole(f64, &'a Scorer, Lengths<'a>),
    Texts(f64, Box<Scorer>),
}

impl<'a> InPhrase<'a> {
    pub(super) fn open(
        index: Index<'a>,
        scope: Scope,
        phrase: &Phrase,
        boost: f64,
    ) -> Result<Self> {
        let lists: Vec<Lists<'a>> =
            phrase.words.iter().map(|word| index.lists(word)).collect::<Result<_>>()?;
        let known: Vec<bool> = lists.iter().map(|lists| !lists.is_empty()).collect();
        let mut order: Vec<usize> = (0..lists.len()).filter(|word| known[*word]).collect();
        order.sort_by_key(|word| count(&lists[*word]));
        let open = |words: &[usize]| -> Result<Vec<Union<'a>>> {
            words.iter().map(|word| Union::open(&lists[*word])).collect()
        };
        let mut ways = phrase.shape.ways(&known);
        let ways = match &ways[..] {
            [way] if way.len() == order.len() => None,
            _ => {
                for way in &mut ways {
                    way.sort_by_key(|word| count(&lists[*word]));
                }
                Some(ways.iter().map(|way| open(way)).collect::<Result<_>>()?)
            }
        };
        Ok(Self {
            index,
            scope,
            boost,
            words: open(&order)?,
            chain: phrase
                .shape
                .chain(&known)
                .filter(|_| ways.is_none())
                .map(|chain| apart(&chain, &order)),
            positions: vec![Vec::new(); lists.len()],
            phrase: phrase.clone(),
            lists,
            order,
            ways,
            scoring: None,
            found: None,
        })
    }

    /// The next entry that has the words.
    fn candidate(&mut self, from: Number) -> Result<Number> {
        let Some(ways) = &mut self.ways else { return seek_all(&mut self.words, from) };
        let mut number = END;
        for way in ways {
            number = number.min(seek_all(way, from)?);
        }
        if number != END {
            for word in &mut self.words {
                word.seek(number)?;
            }
        }
        Ok(number)
    }

    /// Whether the words stand together in an entry, whatever its texts are; reads their positions.
    fn together(&mut self, number: Number) -> Result<bool> {
        let Some(chain) = &self.chain else {
            for (word, place) in self.words.iter().zip(&self.order) {
                let positions = &mut self.positions[*place];
                positions.clear();
                if word.number == number {
                    word.positions(positions)?;
                }
            }
            return Ok(!self.phrase.shape.starts(&self.positions).is_empty());
        };
        // The rarest word first: mostly the next one is not beside it, and the others are not read.
        for (word, place) in self.words.iter().zip(&self.order) {
            word.positions(&mut self.positions[*place])?;
            let mut steps = chain.iter().filter(|step| step.word == *place);
            if !steps.all(|step| step.may_be(&self.positions)) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn weigh(&mut self, number: Number) -> Result<Option<Found>> {
        if !self.together(number)? {
            return Ok(None);
        }
        let (frequency, length) =
            self.index.weigh(&self.scope, &self.phrase, number, &self.positions)?;
        Ok((frequency > 0).then_some(Found { number, frequency, length }))
    }

    fn scoring(&mut self) -> Result<&mut Scoring<'a>> {
        let scoring = match self.scoring.take() {
            Some(scoring) => scoring,
            None => self.find_scoring()?,
        };
        Ok(self.scoring.insert(scoring))
    }

    fn find_scoring(&self) -> Result<Scoring<'a>> {
        let total = self.index.end() as usize;
        let mut rare = Vec::with_capacity(self.lists.len());
        for lists in &self.lists {
            let holding = self.index.holding_count(&self.scope, lists)?;
            rare.push((holding > 0).then(|| rarity(total, holding)));
        }
        let weight = self.boost * self.phrase.shape.rarity(&rare);
        Ok(match &self.scope {
            Scope::Whole => {
                let lengths = self.index.lengths(&self.index.schema().composite)?;
                Scoring::Whole(weight, self.index.opened.scorer(), lengths)
            }
            Scope::Texts(texts) => {
                let (total, with_words) = self.index.totals(texts)?;
                let scorer = self.index.opened.scoring.scorer(total, with_words);
                Scoring::Texts(weight, Box::new(scorer))
            }
        })
    }
}

fn count(lists: &[WordList<'_>]) -> u64 {
    lists.iter().map(|list| u64::from(list.list.count)).sum()
}

/// A word that stands so many words behind another that is read before it.
struct Apart {
    word: usize,
    other: usize,
    by: i64,
}

/// How far each word of a chain is from those that are read before it; a word that stands in the chain
/// more than once is left to those who look closer.
fn apart(chain: &[usize], order: &[usize]) -> Vec<Apart> {
    let at = |word: usize| {
        let mut places = chain.iter().zip(0_i64..).filter(move |(own, _)| **own == word);
        places.next().map(|(_, place)| place).filter(|_| places.next().is_none())
    };
    let mut out = Vec::new();
    for (read, word) in order.iter().enumerate() {
        for other in &order[..read] {
            if let (Some(here), Some(there)) = (at(*word), at(*other)) {
                out.push(Apart { word: *word, other: *other, by: here - there });
            }
        }
    }
    out
}

impl Apart {
    /// Whether the words stand anywhere as far from each other as they should.
    fn may_be(&self, positions: &[Vec<u32>]) -> bool {
        let (here, there) = (&positions[self.word], &positions[self.other]);
        let (mut left, mut right) = (0, 0);
        while let (Some(one), Some(other)) = (here.get(left), there.get(right)) {
            let behind = i64::from(*one) - i64::from(*other) - self.by;
            if behind == 0 {
                return true;
            }
            // Which of them lags cannot be foreseen.
            left += usize::from(behind < 0);
            right += usize::from(behind > 0);
        }
        false
    }
}

impl Cursor for InPhrase<'_> {
    fn seek(&mut self, from: Number) -> Result<Number> {
        if let Some(found) = self.found.filter(|found| found.number >= from) {
            return Ok(found.number);
        }
        let mut number = self.candidate(from)?;
        while number != END {
            self.found = self.weigh(number)?;
            if self.found.is_some() {
                return Ok(number);
            }
            number = self.candidate(number + 1)?;
        }
        self.found = Some(Found { number: END, frequency: 0, length: 0 });
        Ok(END)
    }

    fn score(&mut self) -> Result<f64> {
        let Some(Found { number, frequency, length }) = self.found else { return Ok(0.0) };
        Ok(match self.scoring()? {
            Scoring::Whole(weight, scorer, lengths) => {
                scorer.score(*weight, frequency, lengths.of(number)?)
            }
            Scoring::Texts(weight, scorer) => scorer.score(*weight, frequency, length_byte(length)),
        })
    }

    fn cost(&self) -> usize {
        let of = |words: &[Union<'_>]| words.first().map_or(0, Union::count);
        let cost = match &self.ways {
            None => of(&self.words),
            Some(ways) => ways.iter().fold(0_usize, |sum, way| sum.saturating_add(of(way))),
        };
        // To read where words stand takes longer than to see that they do.
        cost.saturating_mul(16)
    }

    fn bound(&mut self, from: Number) -> Result<(f64, Number)> {
        let Scoring::Whole(weight, scorer, _) = self.scoring()? else {
            return Ok((f64::INFINITY, END));
        };
        let (weight, scorer) = (*weight, *scorer);
        if self.ways.is_some() {
            return Ok((f64::INFINITY, END));
        }
        // The words stand together no more often than any of them stands at all.
        let (mut bound, mut last) = (f64::INFINITY, END);
        for word in &self.words {
            if let [(postings, _)] = &word.lists[..] {
                let score = |pair: Pair| scorer.score(weight, pair.frequency, pair.length);
                let (own, end) = postings.bound(from, score)?;
                bound = bound.min(own);
                last = last.min(end);
            }
        }
        Ok((bound, last))
    }
}
