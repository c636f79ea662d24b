//! How much one clause counts: BM25F with one length (Robertson and Zaragoza, 2009).

use std::collections::BTreeMap;

use serde::Serialize;

use super::resolve::{Route, everywhere, path_of};
use crate::field::{Field, FieldType, Kind, Structure, nearest};
use crate::json::{Json, Map};
use crate::{Error, Result};

/// The parameters of the order by relevance, which are set when a library is built.
///
/// # Example
///
/// ```
/// use rochdale::query::Scoring;
///
/// assert_eq!(Scoring::default().k1, 1.2);
/// let scoring = Scoring::default().with_weight("title", 3);
/// assert_eq!(scoring.weights["title"], 3);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scoring {
    /// How slowly more of a word counts less and less.
    pub k1: f64,
    /// How much length counts against an entry, from 0 to 1.
    pub b: f64,
    /// How often each word of a field counts in a search of whole entries, by the path of the field,
    /// in every kind that has it. Fields that are not named count as their documentation says: once
    /// where they are prose, and not at all where they are names, unless it says otherwise.
    pub weights: BTreeMap<String, u8>,
}

impl Default for Scoring {
    fn default() -> Self {
        Self { k1: 1.2, b: 0.75, weights: BTreeMap::new() }
    }
}

impl Scoring {
    /// The same with another weight for a field.
    #[must_use]
    pub fn with_weight(mut self, path: impl Into<String>, weight: u8) -> Self {
        self.weights.insert(path.into(), weight);
        self
    }

    /// Reads the JSON form: an object with any of `k1`, `b` and `weights`, the weights by path.
    ///
    /// # Errors
    ///
    /// Where the JSON is no such object: a pointer to what was wrong.
    pub fn from_json(json: &Json) -> Result<Self> {
        let mut scoring = Self::default();
        let wrong = |at: &str, message: &str| Error::invalid(at, message);
        let members = json.as_object().ok_or_else(|| wrong("", "expected an object"))?;
        for (name, value) in members {
            match (name.as_str(), value) {
                ("k1", Json::Number(number)) => scoring.k1 = *number,
                ("b", Json::Number(number)) => scoring.b = *number,
                ("k1" | "b", _) => return Err(wrong(&format!("/{name}"), "expected a number")),
                ("weights", Json::Object(weights)) => {
                    scoring.weights = weights_of(weights)?;
                }
                ("weights", _) => return Err(wrong("/weights", "expected weights by path")),
                (name, _) => {
                    let message = format!("expected `k1`, `b` or `weights`, got `{name}`");
                    return Err(wrong(&format!("/{name}"), &message));
                }
            }
        }
        Ok(scoring)
    }

    /// The JSON form.
    pub(crate) fn to_json(&self) -> Json {
        let mut members = Map::new();
        members.insert("b".into(), Json::Number(self.b));
        members.insert("k1".into(), Json::Number(self.k1));
        if !self.weights.is_empty() {
            let weight =
                |(path, weight): (&String, &u8)| (path.clone(), Json::Number(f64::from(*weight)));
            let weights = Json::Object(self.weights.iter().map(weight).collect());
            members.insert("weights".into(), weights);
        }
        Json::Object(members)
    }

    /// Fails where a number is not in its range, or a weight is of a field that has no words.
    pub(crate) fn check(&self, kinds: &[Kind]) -> Result<()> {
        if !(0.0..=1e3).contains(&self.k1) {
            return Err(Error::invalid("/k1", "expected a number from 0 to 1000"));
        }
        if !(0.0..=1.0).contains(&self.b) {
            return Err(Error::invalid("/b", "expected a number from 0 to 1"));
        }
        let mut known: BTreeMap<String, bool> = BTreeMap::new();
        for kind in kinds {
            everywhere(kind.structure, &mut |route| {
                let prose = matches!(route.field.ty, FieldType::Text);
                if prose || matches!(route.field.ty, FieldType::Keyword) {
                    *known.entry(path_of(kind.structure, route)).or_default() |= prose;
                }
            });
        }
        for (path, weight) in &self.weights {
            let message = match known.get(path) {
                None => {
                    let cure = nearest(path, known.keys().map(String::as_str));
                    let cure =
                        cure.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
                    format!("expected a field with words, got `{path}`{cure}")
                }
                Some(true) if *weight == 0 => "expected 1 or more for prose".to_owned(),
                Some(_) => continue,
            };
            return Err(Error::invalid(format!("/weights/{path}"), message));
        }
        Ok(())
    }

    /// How often a word counts that stands at the end of a route.
    pub(crate) fn weight_of(&self, structure: &'static Structure, route: &Route) -> u8 {
        let own = || self.weights.get(&path_of(structure, route)).copied();
        let set = if self.weights.is_empty() { None } else { own() };
        set.unwrap_or_else(|| Field::search_weight(route.field))
    }

    /// More than one word of weight 1 can score among so many entries.
    pub(crate) fn highest(&self, total: usize) -> f64 {
        (self.k1 + 1.0) * rarity(total, 0)
    }

    /// What scores texts of which so many have words, in all of this length.
    #[expect(clippy::cast_precision_loss, reason = "counts of words stay far below 2^53")]
    pub(crate) fn scorer(&self, total: u64, entries: u64) -> Scorer {
        let average = total as f64 / entries.max(1) as f64;
        let norm = |byte: usize| {
            let length = length_of(u8::try_from(byte).unwrap_or(u8::MAX));
            let against = if average > 0.0 { length / average } else { 1.0 };
            self.k1 * (1.0 - self.b + self.b * against)
        };
        Scorer { gain: self.k1 + 1.0, norms: Box::new(std::array::from_fn(norm)) }
    }
}

fn weights_of(weights: &Map) -> Result<BTreeMap<String, u8>> {
    let weight = |(path, weight): (&String, &Json)| match weight {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is in range"
        )]
        Json::Number(number) if (0.0..=255.0).contains(number) && number.fract() == 0.0 => {
            Ok((path.clone(), *number as u8))
        }
        _ => {
            Err(Error::invalid(format!("/weights/{path}"), "expected a whole number from 0 to 255"))
        }
    };
    weights.iter().map(weight).collect()
}

/// Scores one word in entries of known lengths.
#[derive(Clone, Debug)]
pub(crate) struct Scorer {
    gain: f64,
    norms: Box<[f64; 256]>,
}

impl Scorer {
    /// The score of what weighs so much, found so often in an entry whose length has this byte.
    #[inline]
    pub(crate) fn score(&self, weight: f64, frequency: u32, length: u8) -> f64 {
        let frequency = f64::from(frequency);
        weight * (frequency * self.gain / (frequency + self.norms[usize::from(length)]))
    }
}

impl Scorer {
    /// Whether the score can be as high as this, but for what rounding does; sooner known than the
    /// score.
    #[inline]
    pub(crate) fn reaches(&self, weight: f64, frequency: u32, length: u8, least: f64) -> bool {
        let frequency = f64::from(frequency);
        weight * (frequency * self.gain) >= least * (frequency + self.norms[usize::from(length)])
    }
}

/// What lifts a tier above so many others.
pub(crate) fn tier(step: f64, above: usize) -> f64 {
    let above = u32::try_from(above).unwrap_or(u32::MAX);
    step * f64::from(above)
}

/// How rare a word is that stands in `holding` of `total` entries; never negative.
#[expect(clippy::cast_precision_loss, reason = "counts of entries stay far below 2^53")]
pub(crate) fn rarity(total: usize, holding: usize) -> f64 {
    let (total, holding) = (total as f64, holding as f64);
    libm::log(1.0 + (total - holding + 0.5) / (holding + 0.5))
}

/// The byte that stands for a length: itself below 32, then sixteen steps from each power of two
/// to the next.
pub(crate) fn length_byte(length: u32) -> u8 {
    if length < 32 {
        return u8::try_from(length).unwrap_or_default();
    }
    let octave = length.ilog2() - 5;
    let step = (length >> (octave + 1)) & 15;
    u8::try_from(32 + octave * 16 + step).unwrap_or(u8::MAX)
}

/// The length that a byte stands for: the middle of those that have it.
fn length_of(byte: u8) -> f64 {
    if byte < 32 {
        return f64::from(byte);
    }
    let (octave, step) = (u32::from(byte - 32) / 16, u32::from(byte - 32) % 16);
    let width = 1_u64 << (octave + 1);
    let first = u64::from(16 + step) << (octave + 1);
    #[expect(clippy::cast_precision_loss, reason = "lengths stay far below 2^53")]
    let middle = first as f64 + (width - 1) as f64 / 2.0;
    middle
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Place;
    use crate::model::Kind as Entries;

    #[test]
    fn what_is_out_of_range_is_an_error_with_its_place() {
        for (json, place, part) in [
            ("[]", "", "object"),
            (r#"{"k2": 1}"#, "/k2", "`k1`, `b` or `weights`"),
            (r#"{"k1": "1"}"#, "/k1", "number"),
            (r#"{"k1": -1}"#, "/k1", "from 0"),
            (r#"{"b": 1.5}"#, "/b", "from 0 to 1"),
            (r#"{"weights": 2}"#, "/weights", "by path"),
            (r#"{"weights": {"title": 2.5}}"#, "/weights/title", "whole number"),
            (r#"{"weights": {"title": 256}}"#, "/weights/title", "whole number"),
            (r#"{"weights": {"title": 0}}"#, "/weights/title", "1 or more"),
            (r#"{"weights": {"titel": 2}}"#, "/weights/titel", "did you mean `title`?"),
            (r#"{"weights": {"published": 2}}"#, "/weights/published", "with words"),
        ] {
            let json = Json::parse(json).unwrap();
            let read = Scoring::from_json(&json).and_then(|read| read.check(Entries::INFOS));
            let error = read.unwrap_err();
            assert!(error.to_string().contains(part), "{error}");
            let pointer = (!place.is_empty()).then(|| Place::Pointer(place.to_owned()));
            assert_eq!(error.place(), pointer.as_ref());
        }
    }

    #[test]
    fn scoring_reads_back() {
        let scoring = Scoring { k1: 0.9, ..Scoring::default() };
        let scoring = scoring.with_weight("title", 3).with_weight("tags", 0);
        assert_eq!(Scoring::from_json(&scoring.to_json()).unwrap(), scoring);
        scoring.check(Entries::INFOS).unwrap();
    }

    #[test]
    fn bytes_follow_lengths() {
        let mut before = 0;
        for length in (0..5000).chain((5000..600_000).step_by(97)) {
            let byte = length_byte(length);
            assert!(byte >= before, "{length}");
            before = byte;
            let kept = length_of(byte);
            let off = (kept - f64::from(length)).abs();
            assert!(byte == 255 || off <= f64::from(length) / 32.0, "{length} {kept}");
        }
        assert_eq!(length_byte(u32::MAX), 255);
    }
}
