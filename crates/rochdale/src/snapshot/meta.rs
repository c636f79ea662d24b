//! What a snapshot says of itself, as JSON.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::json::{Json, Map};
use crate::query::Scoring;
use crate::store::Store;
use crate::text::ANALYSER;
use crate::{Error, Result};

/// The name of the section.
pub(super) const SECTION: &str = "meta";

/// A text analysis by which words are read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Analyser {
    /// Its name.
    pub name: String,
    /// Its version; each reads some texts otherwise.
    pub version: u32,
}

impl fmt::Display for Analyser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.version)
    }
}

impl Analyser {
    /// That of this version.
    fn own() -> Self {
        Self { name: ANALYSER.0.to_owned(), version: ANALYSER.1 }
    }

    /// Fails where it is not that of this version.
    pub(super) fn check(&self) -> Result<()> {
        if *self == Self::own() {
            return Ok(());
        }
        Err(Error::unsupported(format!(
            "expected words as the text analysis `{}` reads them, got `{self}`; build the snapshot \
             again from its own entries or from its sources",
            Self::own()
        )))
    }
}

/// What a snapshot says of itself.
pub(super) struct Meta {
    pub(super) analyser: Analyser,
    pub(super) scoring: Scoring,
    pub(super) counts: BTreeMap<String, usize>,
}

impl Meta {
    pub(super) fn new(scoring: Scoring, counts: &BTreeMap<&'static str, usize>) -> Self {
        let counts = counts.iter().map(|(kind, count)| ((*kind).to_owned(), *count)).collect();
        Self { analyser: Analyser::own(), scoring, counts }
    }

    pub(super) fn write(&self) -> Vec<u8> {
        #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
        let count = |count: usize| Json::Number(count as f64);
        let object = |members: Vec<(&str, Json)>| {
            let members = members.into_iter().map(|(name, value)| (name.to_owned(), value));
            Json::Object(members.collect::<Map>())
        };
        let counts = self.counts.iter().map(|(kind, own)| (kind.as_str(), count(*own)));
        let analyser = vec![
            ("name", Json::String(self.analyser.name.clone())),
            ("version", Json::Number(self.analyser.version.into())),
        ];
        let meta = object(vec![
            ("analyser", object(analyser)),
            ("counts", object(counts.collect())),
            ("scoring", self.scoring.to_json()),
        ]);
        meta.to_string().into_bytes()
    }

    pub(super) fn read(store: &Store) -> Result<Self> {
        let section = store.section(SECTION, 0)?;
        let bytes = section.all()?;
        Self::parse(&bytes).ok_or_else(|| section.damaged())
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let meta = Json::parse(std::str::from_utf8(bytes).ok()?).ok()?;
        let member = |json: &Json, name: &str| Some(json.as_object()?.get(name)?.clone());
        let number = |json: &Json, name: &str| match member(json, name)? {
            Json::Number(number) if number.is_finite() && number >= 0.0 => Some(number),
            _ => None,
        };
        let analyser = member(&meta, "analyser")?;
        let scoring = Scoring::from_json(&member(&meta, "scoring")?).ok()?;
        scoring.check(crate::model::Kind::INFOS).ok()?;
        let counts = member(&meta, "counts")?;
        let mut kinds = BTreeMap::new();
        for kind in counts.as_object()?.keys() {
            kinds.insert(kind.clone(), whole(number(&counts, kind)?)?);
        }
        let version = u32::try_from(whole(number(&analyser, "version")?)?).ok()?;
        Some(Self {
            analyser: Analyser { name: member(&analyser, "name")?.as_str()?.to_owned(), version },
            scoring,
            counts: kinds,
        })
    }
}

/// A number without a fraction.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what is cut is compared"
)]
#[expect(clippy::cast_precision_loss, clippy::float_cmp, reason = "what is cut is compared")]
fn whole(number: f64) -> Option<usize> {
    let whole = number as usize;
    (whole as f64 == number).then_some(whole)
}
