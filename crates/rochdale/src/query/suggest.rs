//! "Did you mean": the words of a library that are nearest to those that it does not hold.

use std::cmp::Reverse;

use serde::Serialize;

use super::check::{Checker, Worded};
use super::directory::Directory;
use super::path::unquoted;
use super::{Argument, Clause, Places, Query};
use crate::field::distance;
use crate::text::{Token, tokens};
use crate::{Place, Result};

/// How many words are suggested for one.
const MOST: usize = 3;

/// Shorter words are near to everything.
const SHORTEST: usize = 3;

/// For so many words of a query others are looked for: a text full of unknown words is no slip.
const LOOKED_FOR: usize = 16;

/// Words of a query that a library does not hold, and what may have been meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Suggestions {
    /// The words to which others are near, in the order of the query.
    pub words: Vec<Suggestion>,
    /// The text of the query with the nearest word in place of each, from its first page on.
    pub query: String,
}

/// A word that a library does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Suggestion {
    /// The word as it stands in the query.
    pub word: String,
    /// Where it stands: the byte in the text of the query, or the pointer to the value.
    pub at: Place,
    /// The nearest words that the library holds, the best first.
    pub near: Vec<String>,
}

/// A word to be put in place of a part of a value.
struct Change {
    value: Place,
    start: usize,
    end: usize,
    word: String,
}

/// What may have been meant by the words of a query that no entry has; nothing where all are
/// known, or nothing is near.
pub(crate) fn suggest(
    directory: &dyn Directory,
    query: &Query,
    places: &Places,
) -> Result<Option<Suggestions>> {
    let (mut words, mut changes, mut looked_for) = (Vec::new(), Vec::new(), 0);
    for Worded { value, place } in Checker::new(directory, places).worded(&query.clause)? {
        for token in unknown(directory, &value)? {
            if looked_for == LOOKED_FOR {
                break;
            }
            looked_for += 1;
            let near = nearest(directory, &token.written)?;
            let Some(best) = near.first() else { continue };
            let (start, end) = (token.start, token.end);
            changes.push(Change { value: place.clone(), start, end, word: best.clone() });
            let at = within(&place, places.text(), start);
            words.push(Suggestion { word: value[start..end].to_owned(), at, near });
        }
    }
    if words.is_empty() {
        return Ok(None);
    }
    let clause = corrected(&query.clause, &mut 0, places, &changes);
    let query = Query { clause, offset: 0, cursor: None, ..query.clone() };
    Ok(Some(Suggestions { words, query: query.to_string() }))
}

/// The words of a text that the library does not hold: those without signs inside, of letters, and
/// long enough that not everything is near to them.
fn unknown(directory: &dyn Directory, text: &str) -> Result<Vec<Token>> {
    let all: Vec<Token> = tokens(text).collect();
    let places: Vec<&[Token]> = all.chunk_by(|one, other| one.position == other.position).collect();
    let mut unknown = Vec::new();
    for (at, place) in places.iter().enumerate() {
        let [token] = place else { continue };
        let word = token.written.as_str();
        let is_word = word.chars().count() >= SHORTEST && word.chars().all(char::is_alphabetic);
        let beside = |at: usize| Some(places.get(at)?.first()?.written.as_str());
        let (before, after) = (at.checked_sub(1).and_then(beside), beside(at + 1));
        // `spin out` is found where it is written `spinout`.
        let joined = [before.map(|before| [before, word]), after.map(|after| [word, after])];
        let mut forms = vec![word.to_owned()];
        forms.extend(joined.into_iter().flatten().map(|pair| pair.concat()));
        if is_word && !is_any_held(directory, &forms)? {
            unknown.push(token.clone());
        }
    }
    Ok(unknown)
}

/// Whether an entry has a word with the stem of one of these, in any language of the library.
fn is_any_held(directory: &dyn Directory, words: &[String]) -> Result<bool> {
    for language in directory.languages()? {
        for word in words {
            if directory.holding(&language.stem(word))? > 0 {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The words that are nearest to one that the library does not hold: by slips, those with another
/// first letter last, then by the number of entries that have them, then by the alphabet.
fn nearest(directory: &dyn Directory, word: &str) -> Result<Vec<String>> {
    let letters: Vec<char> = word.chars().collect();
    let limit = if letters.len() < 5 { 1 } else { 2 };
    let mut found = Vec::new();
    directory.each_near(&letters, limit, &mut |word, entries| {
        let other: Vec<char> = word.chars().collect();
        let slips = distance(&letters, &other);
        let other_first = letters.first() != other.first();
        found.push((slips, other_first, Reverse(entries), word.to_owned()));
    })?;
    found.sort_unstable();
    Ok(found.into_iter().take(MOST).map(|(.., word)| word).collect())
}

/// The place of what stands in a value, in the text where the value stands in one.
fn within(place: &Place, text: &str, start: usize) -> Place {
    match place {
        Place::Offset(offset) => {
            let value = text.get(*offset..).unwrap_or_default();
            Place::Offset(offset + unquoted(value, start))
        }
        other => other.clone(),
    }
}

/// The clause with the changes made; `next` counts the places of its tests.
fn corrected(clause: &Clause, next: &mut usize, places: &Places, changes: &[Change]) -> Clause {
    let mut each = |clauses: &[Clause]| -> Vec<Clause> {
        clauses.iter().map(|clause| corrected(clause, next, places, changes)).collect()
    };
    match clause {
        Clause::And(clauses) => Clause::And(each(clauses)),
        Clause::Or(clauses) => Clause::Or(each(clauses)),
        Clause::Not(clause) => corrected(clause, next, places, changes).negate(),
        Clause::Has(path, clause) => {
            *next += 1;
            Clause::Has(path.clone(), Box::new(corrected(clause, next, places, changes)))
        }
        Clause::Test(test) => {
            let place = places.test(*next);
            *next += 1;
            let mut test = test.clone();
            for (position, argument) in test.values.iter_mut().enumerate() {
                if let Argument::Value(value) = argument {
                    let own = |change: &&Change| change.value == place.value(position);
                    // From the last on, so that the places of those before stay true.
                    for change in changes.iter().filter(own).rev() {
                        value.replace_range(change.start..change.end, &change.word);
                    }
                }
            }
            Clause::Test(test)
        }
    }
}
