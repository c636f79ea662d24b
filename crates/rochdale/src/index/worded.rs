//! Words and phrases in entries, scored: in whole entries, or in some of their texts.

use super::cursor::{AnyCursor, Nothing, OfWord};
use super::open::{Index, Part};
use super::phrase::{InPhrase, Union};
use super::schema::Lengths;
use super::set::{Bits, END, Number};
use super::words::{Lists, WordList};
use crate::Result;
use crate::query::{Phrase, Routes, Scorer, Wanted, path_of, rarity};
use crate::store::Reader;

/// The texts that words are asked of.
pub(super) enum Scope {
    /// All, each with its weight.
    Whole,
    /// Some: each with the kinds whose entries count.
    Texts(Vec<(usize, Vec<usize>)>),
}

/// A text of an entry among the positions of the entry.
#[derive(Clone, Copy)]
struct Span {
    text: usize,
    start: u32,
    length: u32,
}

impl Span {
    /// The positions, of those that ascend, that lie in the text.
    fn part<'p>(&self, positions: &'p [u32]) -> &'p [u32] {
        let end = self.start.saturating_add(self.length);
        let from = positions.partition_point(|position| *position < self.start);
        let to = positions.partition_point(|position| *position < end);
        &positions[from..to]
    }
}

impl<'a> Index<'a> {
    /// The entries that have the words, scored.
    pub(super) fn worded(
        &self,
        routes: Option<&Routes>,
        phrase: &Phrase,
        boost: f64,
    ) -> Result<AnyCursor<'a>> {
        let scope = match routes {
            None => Scope::Whole,
            Some(routes) => Scope::Texts(self.texts(routes)),
        };
        if let Some(word) = phrase.only()
            && let Some(term) = self.one_word(&scope, word, boost)?
        {
            return Ok(match term {
                Some(term) => Box::new(term),
                None => Box::new(Nothing),
            });
        }
        if let (Some(word), Scope::Whole) = (phrase.only(), &scope) {
            return Ok(Box::new(self.many(phrase, &self.lists(word)?, boost)?.into_cursor()?));
        }
        Ok(Box::new(InPhrase::open(*self, scope, phrase, boost)?))
    }

    /// The one list of a node of words, where it has one; nothing inside where no entry has it.
    pub(super) fn term(
        &self,
        routes: Option<&Routes>,
        phrase: &Phrase,
        boost: f64,
    ) -> Result<Option<Option<OfWord<'a>>>> {
        let scope = match routes {
            None => Scope::Whole,
            Some(routes) => Scope::Texts(self.texts(routes)),
        };
        match phrase.only() {
            Some(word) => self.one_word(&scope, word, boost),
            None => Ok(None),
        }
    }

    /// The texts at the end of the routes.
    fn texts(&self, routes: &Routes) -> Vec<(usize, Vec<usize>)> {
        let mut texts: Vec<(usize, Vec<usize>)> = Vec::new();
        for (structure, routes) in routes {
            let Some(kind) = self.kind(structure) else { continue };
            for route in routes {
                let path = path_of(structure, route);
                let found = self.schema().texts.iter().position(|t| t.scoped && t.path == path);
                let Some(text) = found else { continue };
                match texts.iter_mut().find(|(other, _)| *other == text) {
                    Some((_, kinds)) => kinds.push(kind),
                    None => texts.push((text, vec![kind])),
                }
            }
        }
        texts
    }

    /// A word whose lists say all that its score needs; nothing where the positions are needed.
    fn one_word(
        &self,
        scope: &Scope,
        word: &Wanted,
        boost: f64,
    ) -> Result<Option<Option<OfWord<'a>>>> {
        let (lists, lengths, scorer): (Lists<'a>, &Lengths, &'a Scorer) = match (scope, word) {
            (Scope::Whole, _) => {
                (self.lists(word)?, &self.schema().composite, self.opened.scorer())
            }
            (Scope::Texts(texts), Wanted::Stems(stems)) => {
                let [(text, kinds)] = &texts[..] else { return Ok(None) };
                let field = &self.schema().texts[*text];
                if field.kinds.len() != kinds.len() {
                    return Ok(None);
                }
                let mut lists = Vec::new();
                for stem in stems {
                    lists.extend(self.stem(stem, Some(*text))?);
                }
                (lists, &field.lengths, self.opened.scorer_of(*text))
            }
            _ => return Ok(None),
        };
        let total = self.end() as usize;
        match &lists[..] {
            [] => Ok(Some(None)),
            [list] => Ok(Some(Some(OfWord {
                postings: list.list.open()?,
                lengths: self.lengths(lengths)?,
                scorer,
                weight: boost * rarity(total, list.list.count as usize),
            }))),
            // Several words can stand at one place, where they count once.
            _ => Ok(None),
        }
    }

    /// How often a phrase stands in an entry, weighted, and how long its texts in scope are.
    pub(super) fn weigh(
        &self,
        scope: &Scope,
        phrase: &Phrase,
        number: Number,
        positions: &[Vec<u32>],
    ) -> Result<(u32, u32)> {
        let kind = self.schema().kind_of(number);
        let (mut frequency, mut length) = (0, 0);
        let mut inside = vec![Vec::new(); positions.len()];
        for span in self.spans(number)? {
            let weight = self.weight(scope, kind, span.text);
            if weight == 0 {
                continue;
            }
            length = u32::saturating_add(length, weight.saturating_mul(span.length));
            for (all, inside) in positions.iter().zip(&mut inside) {
                inside.clear();
                inside.extend_from_slice(span.part(all));
            }
            let starts = phrase.shape.starts(&inside).len();
            let starts = u32::try_from(starts).unwrap_or(u32::MAX);
            frequency = u32::saturating_add(frequency, weight.saturating_mul(starts));
        }
        Ok((frequency, length))
    }

    /// How much a word in a text counts in an entry of a kind; nothing where it is out of scope.
    fn weight(&self, scope: &Scope, kind: usize, text: usize) -> u32 {
        match scope {
            Scope::Whole => {
                let own = self.schema().texts.get(text).map(|text| &text.kinds);
                let own = own.and_then(|own| own.iter().find(|own| own.kind as usize == kind));
                own.map_or(0, |own| u32::from(own.weight))
            }
            Scope::Texts(texts) => {
                let own = texts.iter().find(|(other, _)| *other == text);
                u32::from(own.is_some_and(|(_, kinds)| kinds.contains(&kind)))
            }
        }
    }

    /// The texts of an entry, in order.
    fn spans(&self, number: Number) -> Result<Vec<Span>> {
        let section = self.section(Part::Spans)?;
        let at = number as usize * 4;
        let places = section.read(at..at + 8)?;
        let mut reader = Reader::new(&places);
        let (Some(from), Some(to)) = (reader.u32(), reader.u32()) else {
            return Err(section.damaged());
        };
        let data = (self.end() as usize + 1) * 4;
        let bytes = section.read(data + from as usize..data + to as usize)?;
        let mut reader = Reader::new(&bytes);
        let (mut spans, mut start) = (Vec::new(), 0_u32);
        while !reader.is_at_end() {
            let (Some(text), Some(length)) = (reader.varint_usize(), reader.varint_u32()) else {
                return Err(section.damaged());
            };
            spans.push(Span { text, start, length });
            start = start.checked_add(length).ok_or_else(|| section.damaged())?;
        }
        Ok(spans)
    }

    /// In how many entries a word stands in the texts in scope.
    pub(super) fn holding_count(&self, scope: &Scope, lists: &[WordList<'a>]) -> Result<usize> {
        if let (Scope::Whole, [list]) = (scope, lists) {
            return Ok(list.list.count as usize);
        }
        let mut union = Union::open(lists)?;
        let (mut count, mut positions) = (0, Vec::new());
        let mut number = union.seek(0)?;
        while number != END {
            count += usize::from(match scope {
                Scope::Whole => true,
                Scope::Texts(_) => {
                    union.positions(&mut positions)?;
                    let kind = self.schema().kind_of(number);
                    self.spans(number)?.iter().any(|span| {
                        self.weight(scope, kind, span.text) > 0 && !span.part(&positions).is_empty()
                    })
                }
            });
            number = union.seek(number + 1)?;
        }
        Ok(count)
    }

    /// The length of all texts in scope, and in how many entries one of them has words.
    pub(super) fn totals(&self, texts: &[(usize, Vec<usize>)]) -> Result<(u64, u64)> {
        let mut total = 0;
        let mut with_words = Bits::new(self.end());
        for (text, kinds) in texts {
            let field = &self.schema().texts[*text];
            let own = field.kinds.iter().filter(|own| kinds.contains(&(own.kind as usize)));
            total = own.fold(total, |sum: u64, own| sum.saturating_add(own.total));
            let lengths = self.lengths(&field.lengths)?.all()?;
            for range in self.ranges(kinds.iter().copied()) {
                for (number, length) in (field.lengths.numbers.start..).zip(lengths.iter()) {
                    if *length > 0 && range.contains(&number) {
                        with_words.insert(number);
                    }
                }
            }
        }
        Ok((total, with_words.count() as u64))
    }
}
