//! From words that are asked for to the lists of the words that are meant.

use smallvec::SmallVec;

use super::automaton::{Automaton, Near};
use super::dictionary::{Dictionary, Step};
use super::open::{Index, Part};
use super::postings::List;
use crate::Result;
use crate::query::Wanted;
use crate::store::{Reader, Section};

/// A list of one of the words that are meant by one that is asked for.
#[derive(Clone)]
pub(super) struct WordList<'a> {
    pub(super) list: List<'a>,
    /// Whether the word can stand at one place with another one.
    pub(super) beside: bool,
}

/// The lists of one word that is asked for: an entry of any of them has it.
pub(super) type Lists<'a> = Vec<WordList<'a>>;

impl<'a> Index<'a> {
    /// The lists of whole entries for a word that is asked for.
    pub(super) fn lists(&self, wanted: &Wanted) -> Result<Lists<'a>> {
        let mut lists = Vec::new();
        match wanted {
            Wanted::Stems(stems) => {
                for stem in stems {
                    lists.extend(self.stem(stem, None)?);
                }
            }
            Wanted::Prefix(prefix) => {
                let words = Dictionary::open(self.section(Part::Words)?)?;
                let heads = Heads::new(self)?;
                words.walk(prefix.as_bytes(), &mut |item| {
                    if !item.key.starts_with(prefix.as_bytes()) {
                        return Ok(Step::Stop);
                    }
                    heads.written(item.payload, &mut lists)?;
                    Ok(Step::Next)
                })?;
            }
            Wanted::Typo(letters, limit) => {
                let (heads, automaton) = (Heads::new(self)?, Automaton::new(letters, *limit));
                self.near(automaton, &mut |_, payload| heads.written(payload, &mut lists))?;
            }
            Wanted::Typing(letters, limit) => {
                let (heads, automaton) = (Heads::new(self)?, Automaton::of_fronts(letters, *limit));
                self.near(automaton, &mut |_, payload| heads.written(payload, &mut lists))?;
            }
        }
        Ok(lists)
    }

    /// Visits each word that is near enough, and what is known of it.
    pub(super) fn near(
        &self,
        mut automaton: Automaton,
        visit: &mut dyn FnMut(&str, &[u8]) -> Result<()>,
    ) -> Result<()> {
        let section = self.section(Part::Words)?;
        let words = Dictionary::open(section.clone())?;
        words.walk(&[], &mut |item| {
            let word = std::str::from_utf8(item.key).map_err(|_| section.damaged())?;
            match automaton.compare(word, item.shared) {
                Near::Within(_) => visit(word, item.payload)?,
                Near::Perhaps => {}
                Near::Never(bytes) => return Ok(Step::Past(bytes)),
                Near::NotBefore(next) => return Ok(Step::To(next.into_bytes())),
            }
            Ok(Step::Next)
        })
    }

    /// The list of a stem: of whole entries, or of one text.
    pub(super) fn stem(&self, stem: &str, text: Option<usize>) -> Result<Option<WordList<'a>>> {
        let section = self.section(Part::Stems)?;
        let found = Dictionary::open(section.clone())?.get(stem.as_bytes())?;
        match found {
            Some(found) => Heads::new(self)?.of_stem(&found.payload, text),
            None => Ok(None),
        }
    }
}

/// Reads what leads from words and stems to their lists.
pub(super) struct Heads<'i, 'a> {
    index: &'i Index<'a>,
    lists: Section<'a>,
    positions: Section<'a>,
}

impl<'i, 'a> Heads<'i, 'a> {
    pub(super) fn new(index: &'i Index<'a>) -> Result<Self> {
        let (lists, positions) = (index.section(Part::Lists)?, index.section(Part::Positions)?);
        Ok(Self { index, lists, positions })
    }

    fn list(&self, reader: &mut Reader<'_>, has_positions: bool) -> Option<List<'a>> {
        let positions = has_positions.then(|| self.positions.clone());
        List::read(reader, self.index.end(), self.lists.clone(), positions)
    }

    fn of_stem(&self, payload: &[u8], text: Option<usize>) -> Result<Option<WordList<'a>>> {
        let damaged = || crate::Error::damaged("stems", "its parts contradict each other");
        let mut reader = Reader::new(payload);
        let beside = reader.u8().ok_or_else(damaged)? != 0;
        let scoped = reader.varint_usize().ok_or_else(damaged)?;
        let list = self.list(&mut reader, true).ok_or_else(damaged)?;
        let Some(text) = text else { return Ok(Some(WordList { list, beside })) };
        for _ in 0..scoped {
            let own = reader.varint_usize().ok_or_else(damaged)?;
            let list = self.list(&mut reader, false).ok_or_else(damaged)?;
            if own == text {
                return Ok(Some(WordList { list, beside }));
            }
        }
        Ok(None)
    }

    /// Adds the lists of a word as it is written.
    pub(super) fn written(&self, payload: &[u8], lists: &mut Lists<'a>) -> Result<()> {
        let damaged = || crate::Error::damaged("words", "its parts contradict each other");
        let mut reader = Reader::new(payload);
        let head = reader.varint().ok_or_else(damaged)?;
        let mut stems: SmallVec<[u32; 4]> = SmallVec::new();
        for _ in 0..head >> 2 {
            stems.push(reader.varint_u32().ok_or_else(damaged)?);
        }
        if head & 1 == 1 {
            let list = self.list(&mut reader, true).ok_or_else(damaged)?;
            lists.push(WordList { list, beside: head & 2 != 0 });
            return Ok(());
        }
        let dictionary = Dictionary::open(self.index.section(Part::Stems)?)?;
        for stem in stems {
            let (_, payload) = dictionary.at(stem)?;
            lists.extend(self.of_stem(&payload, None)?);
        }
        Ok(())
    }
}
