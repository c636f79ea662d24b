//! Holds answers of the index to those of the plain scan.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rochdale::field::{Fields, Kind as KindInfo};
use rochdale::library::{Library, ScorePart};
use rochdale::model::{Entry, Kind};
use rochdale::query::{Collection, Found, Query, Scoring, find};
use rochdale::text::Language;

/// The entries of a library, to be scanned.
struct Scanned(Vec<Entry>, Scoring);

impl Scanned {
    fn new(library: &Library) -> Self {
        let entries = library.entries().map(|entry| entry.expect("an entry that reads"));
        Self(entries.collect(), library.scoring().clone())
    }
}

impl Collection for Scanned {
    fn kinds(&self) -> &'static [KindInfo] {
        Kind::INFOS
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    fn entry(&self, number: usize) -> &dyn Fields {
        self.0[number].as_fields()
    }

    fn scoring(&self) -> Scoring {
        self.1.clone()
    }

    fn language(&self, number: usize) -> Language {
        match &self.0[number] {
            Entry::Article(article) => {
                article.language.as_deref().map_or(Language::ENGLISH, Language::from_tag)
            }
            _ => Language::ENGLISH,
        }
    }
}

/// How often each way to the entries of a page was taken.
pub(crate) type Ways = BTreeMap<&'static str, usize>;

/// Holds an answer of the index to that of the scan.
pub(crate) fn agree(
    library: &Library,
    query: &Query,
    ways: &mut Ways,
) -> Result<(), TestCaseError> {
    let scanned = find(&Scanned::new(library), query);
    let answer = library.ask(query);
    match (scanned, answer) {
        (Err(scanned), Err(answer)) => prop_assert_eq!(scanned.to_string(), answer.to_string()),
        (Ok(scanned), Ok(answer)) => {
            let Found { total, hits, facets, warnings, cursor, suggestions } = scanned;
            let expected: Vec<_> = hits.iter().map(|hit| hit.reference.clone()).collect();
            prop_assert_eq!(
                answer.references().collect::<Result<Vec<_>, _>>().expect("references"),
                expected,
                "{}",
                query
            );
            prop_assert_eq!(answer.counted(), total, "{}", query);
            let bits = |scores: Vec<Option<f64>>| -> Vec<_> {
                scores.into_iter().map(|score| score.map(f64::to_bits)).collect()
            };
            let scores = hits.iter().map(|hit| hit.score).collect();
            prop_assert_eq!(bits(answer.scores().collect()), bits(scores), "{}", query);
            let highlights: Vec<_> = hits.iter().map(|hit| hit.highlights.clone()).collect();
            prop_assert_eq!(
                answer.highlights().collect::<Result<Vec<_>, _>>().expect("highlights"),
                highlights,
                "{}",
                query
            );
            prop_assert_eq!(answer.facets(), &facets, "{}", query);
            prop_assert_eq!(answer.warnings(), &warnings[..], "{}", query);
            prop_assert_eq!(answer.cursor().expect("a cursor"), cursor, "{}", query);
            let explanation = answer.explain().expect("an explanation");
            for (part, score) in explanation.scores.iter().zip(answer.scores()) {
                prop_assert_eq!(Some(part.score.to_bits()), score.map(f64::to_bits), "{}", query);
                prop_assert!(adds_up(part), "{}: {:?}", query, part);
            }
            ways.entry(explanation.way).and_modify(|times| *times += 1).or_insert(1);
            prop_assert_eq!(answer.suggestions().expect("suggestions"), suggestions, "{}", query);
        }
        (scanned, answer) => prop_assert!(
            false,
            "{}: the scan gave {:?}, the index {:?}",
            query,
            scanned.map(|found| found.total),
            answer.map(|answer| answer.counted())
        ),
    }
    Ok(())
}

/// Whether a score is the sum of its parts, and so on down.
fn adds_up(part: &ScorePart) -> bool {
    let sum = part.parts.iter().fold(0.0, |sum, part| sum + part.score);
    part.parts.is_empty() || sum.to_bits() == part.score.to_bits() && part.parts.iter().all(adds_up)
}
