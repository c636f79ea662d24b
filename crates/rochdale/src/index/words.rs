//! From words that are asked for to the lists of the words that are meant.

use super::automaton::{Automaton, Near};
use super::dictionary::{Dictionary, Step};
use super::open::Index;
use super::postings::List;
use crate::Result;
use crate::query::Wanted;
use crate::store::Reader;

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
                let words = Dictionary::open(self.section("words")?)?;
                words.walk(prefix.as_bytes(), &mut |item| {
                    if !item.key.starts_with(prefix.as_bytes()) {
                        return Ok(Step::Stop);
                    }
                    self.written(item.payload, &mut lists)?;
                    Ok(Step::Next)
                })?;
            }
            Wanted::Typo(letters, limit) => {
                self.near(letters, *limit, &mut |_, payload| self.written(payload, &mut lists))?;
            }
        }
        Ok(lists)
    }

    /// Visits each word within so many slips of another, and what is known of it.
    pub(super) fn near(
        &self,
        letters: &[char],
        limit: usize,
        visit: &mut dyn FnMut(&str, &[u8]) -> Result<()>,
    ) -> Result<()> {
        let section = self.section("words")?;
        let words = Dictionary::open(section.clone())?;
        let mut automaton = Automaton::new(letters, limit);
        words.walk(&[], &mut |item| {
            let word = std::str::from_utf8(item.key).map_err(|_| section.damaged())?;
            match automaton.compare(word, item.shared) {
                Near::Within => visit(word, item.payload)?,
                Near::Perhaps => {}
                Near::Never(bytes) => return Ok(Step::Past(bytes)),
            }
            Ok(Step::Next)
        })
    }

    /// The list of a stem: of whole entries, or of one text.
    pub(super) fn stem(&self, stem: &str, text: Option<usize>) -> Result<Option<WordList<'a>>> {
        let section = self.section("stems")?;
        let found = Dictionary::open(section.clone())?.get(stem.as_bytes())?;
        match found {
            Some(found) => self.of_stem(&found.payload, text),
            None => Ok(None),
        }
    }

    fn of_stem(&self, payload: &[u8], text: Option<usize>) -> Result<Option<WordList<'a>>> {
        let damaged = || crate::Error::damaged("stems", "its parts contradict each other");
        let mut reader = Reader::new(payload);
        let beside = reader.u8().ok_or_else(damaged)? != 0;
        let scoped = reader.varint_usize().ok_or_else(damaged)?;
        let lists = self.section("lists")?;
        let positions = self.section("positions")?;
        let whole = List::read(&mut reader, self.end(), lists.clone(), Some(positions));
        let list = whole.ok_or_else(damaged)?;
        let Some(text) = text else { return Ok(Some(WordList { list, beside })) };
        for _ in 0..scoped {
            let own = reader.varint_usize().ok_or_else(damaged)?;
            let list = List::read(&mut reader, self.end(), lists.clone(), None);
            let list = list.ok_or_else(damaged)?;
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
        let mut stems = Vec::new();
        for _ in 0..head >> 2 {
            stems.push(reader.varint_u32().ok_or_else(damaged)?);
        }
        if head & 1 == 1 {
            let section = self.section("lists")?;
            let positions = self.section("positions")?;
            let list = List::read(&mut reader, self.end(), section, Some(positions));
            let list = list.ok_or_else(damaged)?;
            lists.push(WordList { list, beside: head & 2 != 0 });
            return Ok(());
        }
        let dictionary = Dictionary::open(self.section("stems")?)?;
        for stem in stems {
            let (_, payload) = dictionary.at(stem)?;
            lists.extend(self.of_stem(&payload, None)?);
        }
        Ok(())
    }
}
