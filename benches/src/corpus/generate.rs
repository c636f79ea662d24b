//! Generated documents, shaped as `gen_corpus.py` shapes them.
//!
//! Words by Zipf and Mandelbrot, 24 categories with words of their own, bursts of what was said
//! before, 20,000 fixed pairs, about 300 words a document (log-normal), 2,000 authors (Zipf), days
//! from 2005 to 2025, more of the later ones, and up to four of 500 tags.

use super::vocabulary::{WORDS, words};
use super::{Document, Heading, Name};
use crate::random::{Random, Ranks};

const SEED: u64 = 20_240_607;
const CATEGORIES: [&str; 24] = [
    "economy",
    "health",
    "housing",
    "energy",
    "education",
    "transport",
    "farming",
    "culture",
    "sport",
    "science",
    "environment",
    "justice",
    "defence",
    "tax",
    "labour",
    "cooperatives",
    "finance",
    "technology",
    "local",
    "world",
    "welfare",
    "migration",
    "trade",
    "opinion",
];
const AUTHORS: usize = 2_000;
const TAGS: usize = 500;
const PAIRS: usize = 20_000;
const TOPICAL: usize = 4_000;
/// 1 January 2005 and the days from it to 31 December 2025.
const FIRST_DAY: i32 = 12_784;
const DAYS: f64 = 7_669.0;

/// Makes documents by their numbers; each follows from its number alone.
#[derive(Debug)]
pub struct Generator {
    words: Vec<String>,
    ranks: Ranks,
    category: Ranks,
    topics: Vec<Vec<usize>>,
    topic: Ranks,
    pairs: Vec<(usize, usize)>,
    pair: Ranks,
    author: Ranks,
    tag: Ranks,
}

impl Default for Generator {
    fn default() -> Self {
        Self::new()
    }
}

impl Generator {
    /// Makes the words and their likelihoods.
    pub fn new() -> Self {
        let ranks = Ranks::zipf(WORDS, 2.7, 1.15);
        let topics = (0..CATEGORIES.len()).map(|category| topic(category as u64)).collect();
        let mut random = Random::new(9);
        let mut frequent = || ranks.draw(&mut random).max(20);
        let pairs = (0..PAIRS).map(|_| (frequent(), frequent())).collect();
        Self {
            words: words(&CATEGORIES),
            category: Ranks::zipf(CATEGORIES.len(), 0.0, 0.8),
            topics,
            topic: Ranks::zipf(TOPICAL, 5.0, 0.95),
            pairs,
            pair: Ranks::zipf(PAIRS, 10.0, 0.9),
            author: Ranks::zipf(AUTHORS, 5.0, 0.9),
            tag: Ranks::zipf(TAGS, 3.0, 0.9),
            ranks,
        }
    }

    /// What is said of a corpus of so many documents.
    pub fn heading(&self, documents: u32) -> Heading {
        let name = |id: String| Name { name: id.clone(), id };
        Heading {
            title: format!("{documents} generated articles, seed {SEED}"),
            documents,
            plain: true,
            authors: (0..AUTHORS).map(|number| name(format!("author{number}"))).collect(),
            categories: CATEGORIES.iter().map(|id| name((*id).to_owned())).collect(),
        }
    }

    /// The document of this number.
    pub fn document(&self, number: u32) -> Document {
        let mut random = Random::new(SEED ^ (u64::from(number) << 24));
        let category = self.category.draw(&mut random);
        let ranks = self.ranks(category, &mut random);
        let body = self.body(&ranks, &mut random);
        let title: Vec<&str> = (0..random.between(5, 12))
            .map(|_| self.words[*random.choose(&ranks)].as_str())
            .collect();
        let mut title = title.join(" ");
        capitalize(&mut title, 0);
        let tags = (0..random.below(5)).map(|_| format!("tag{}", self.tag.draw(&mut random)));
        let mut tags: Vec<String> = tags.collect();
        tags.sort_unstable();
        tags.dedup();
        Document {
            number,
            title,
            body,
            authors: vec![format!("author{}", self.author.draw(&mut random))],
            category: Some(CATEGORIES[category].to_owned()),
            tags,
            day: Some(day(&mut random)),
        }
    }

    /// The words of a body, as ranks.
    fn ranks(&self, category: usize, random: &mut Random) -> Vec<usize> {
        let length = length(random);
        let mut out: Vec<usize> = Vec::with_capacity(length);
        for at in 0..length {
            let any = self.ranks.draw(random);
            let chance = random.unit();
            let rank = if chance < 0.22 {
                self.topics[category][self.topic.draw(random)]
            } else if chance > 0.92 && at > 3 {
                // A word that is not among the most frequent comes back.
                let earlier = out[random.below(at)];
                if earlier > 100 { earlier } else { any }
            } else {
                any
            };
            out.push(rank);
        }
        for _ in 0..(length / 25).max(1) {
            let at = random.below(length - 1);
            let (first, second) = self.pairs[self.pair.draw(random)];
            (out[at], out[at + 1]) = (first, second);
        }
        out
    }

    /// The text of a body: sentences of 8 to 24 words.
    fn body(&self, ranks: &[usize], random: &mut Random) -> String {
        let mut text = String::with_capacity(ranks.len() * 7);
        let mut end = 0;
        for (at, rank) in ranks.iter().enumerate() {
            if at > 0 {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(&self.words[*rank]);
            if at == end {
                capitalize(&mut text, start);
                end = at + random.between(8, 25);
            }
            if at + 1 == end || at + 1 == ranks.len() {
                text.push('.');
            }
        }
        text
    }
}

/// The words of a category's own, none of the most frequent and none of the rarest.
fn topic(category: u64) -> Vec<usize> {
    let mut ranks: Vec<usize> = (150..40_000).collect();
    Random::new(100 + category).shuffle(&mut ranks);
    ranks.truncate(TOPICAL);
    ranks
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 40 to 2,500")]
fn length(random: &mut Random) -> usize {
    (270_f64.ln() + 0.45 * random.normal()).exp().clamp(40.0, 2_500.0) as usize
}

#[expect(clippy::cast_possible_truncation, reason = "from 0 to 7,669")]
fn day(random: &mut Random) -> i32 {
    FIRST_DAY + (DAYS * random.unit().powf(0.7)) as i32
}

fn capitalize(text: &mut str, at: usize) {
    if let Some(letter) = text.get_mut(at..=at) {
        letter.make_ascii_uppercase();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_as_long_as_they_should_be_and_the_same_at_every_run() {
        let (one, other) = (Generator::new(), Generator::new());
        let documents: Vec<_> = (0..400).map(|number| one.document(number)).collect();
        assert_eq!(documents[7], other.document(7));
        let words: usize = documents.iter().map(|it| it.body.split(' ').count()).sum();
        // The mean of the log-normal distribution is 270 · exp(0.45² / 2), or 299.
        assert!((280..320).contains(&(words / 400)), "{}", words / 400);
        let days = documents.iter().filter_map(Document::date);
        assert_eq!(days.clone().count(), 400);
        assert!(days.min().is_some_and(|day| day.to_string().as_str() >= "2005-01-01"));
        assert!(documents.iter().any(|document| document.category.as_deref() == Some("economy")));
    }
}
