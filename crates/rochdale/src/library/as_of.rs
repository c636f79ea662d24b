//! A mutual entity as it was on a day: its stage, its stakes and its names.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Library;
use super::fold::fold;
use crate::date::{Certainty, Date, Moment, Qualifier};
use crate::model::{Entry, MutualEntity, Organisation, Reference, Stage, Stake};
use crate::{Error, Result};

/// Something that held at a time, and whether it definitely did.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Held<T> {
    /// What held.
    pub value: T,
    /// Definite where it held all through the time asked for, however the dates are understood;
    /// possible where it may have held at some moment of it.
    pub certainty: Certainty,
}

/// A mutual entity as it was at a time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MutualView {
    /// The mutual entity.
    pub reference: Reference,
    /// The time asked for.
    pub date: Date,
    /// The names in use.
    pub names: Vec<Held<String>>,
    /// The last step taken by then, or several where the dates leave it open.
    pub stages: Vec<Held<Stage>>,
    /// The stakes held.
    pub stakes: Vec<Held<Stake>>,
    /// How many steps have no date and so appear in no view.
    pub undated_stages: usize,
}

impl Library {
    /// A mutual entity as it was on a day, or at a less exact time such as a month.
    ///
    /// # Errors
    ///
    /// Where the reference is not one to a mutual entity, or the library has no such entry.
    ///
    /// # Example
    ///
    /// ```
    /// use rochdale::date::{Certainty, Date};
    /// use rochdale::library::Library;
    ///
    /// let library = Library::from_json(
    ///     r#"{"kind": "mutual_entity", "id": "northmoor", "name": "Northmoor Libraries", "stakes": [
    ///         {"holder": {"name": "Staff trust"}, "percent": 25, "from": "2012-04-30"},
    ///         {"holder": {"name": "Staff trust"}, "percent": 40, "from": "2014-10"}]}"#,
    /// )?
    /// .library;
    /// let view = library.as_of("mutual_entity:northmoor", &Date::parse("2013")?)?;
    /// assert_eq!(view.stakes.len(), 1);
    /// assert_eq!(view.stakes[0].value.percent, Some(25.0));
    /// assert_eq!(view.stakes[0].certainty, Certainty::Definite);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn as_of(&self, reference: &str, date: &Date) -> Result<MutualView> {
        let number = self.required(reference)?;
        let entry = self.entry(number)?;
        let Entry::MutualEntity(entity) = &*entry else {
            let message = format!("expected a mutual entity, got `{reference}`");
            return Err(Error::invalid("", message));
        };
        Ok(MutualView {
            reference: entity.id.to_reference(),
            date: date.clone(),
            names: owned(entity.names_on(date), str::to_owned),
            stages: owned(entity.stages_on(date), Stage::clone),
            stakes: owned(entity.stakes_on(date), Stake::clone),
            undated_stages: entity.stages.iter().filter(|stage| stage.date.is_none()).count(),
        })
    }
}

fn owned<T: ?Sized, U>(held: Vec<Held<&T>>, own: impl Fn(&T) -> U) -> Vec<Held<U>> {
    held.into_iter().map(|one| Held { value: own(one.value), certainty: one.certainty }).collect()
}

impl MutualEntity {
    /// The stakes held at a time, in the order of the entry.
    ///
    /// A stake without an end holds until the same holder's next stake begins, or still. One
    /// without a beginning is possible at any time before its end.
    pub fn stakes_on(&self, date: &Date) -> Vec<Held<&Stake>> {
        let at = Days::of(date);
        let spans = spans(&self.stakes).into_iter().zip(&self.stakes);
        spans.filter_map(|(span, stake)| span.held(at, stake)).collect()
    }

    /// The last step taken by a time; several where imprecise or uncertain dates leave open which
    /// was the last. Steps without a date are left out.
    pub fn stages_on(&self, date: &Date) -> Vec<Held<&Stage>> {
        let at = Days::of(date);
        let steps = self.stages.iter().enumerate().filter_map(|(place, stage)| {
            let days = Days::of(stage.date.as_ref()?);
            (days.first <= at.last).then_some((place, days, stage))
        });
        let steps: Vec<(usize, Days, &Stage)> = steps.collect();
        // Of steps that share their days, the later in the entry overtakes the others.
        let last_of: BTreeMap<(i64, i64), usize> =
            steps.iter().map(|(place, days, _)| ((days.last, days.first), *place)).collect();
        let taken = steps.iter().filter(|(_, days, _)| days.last <= at.first);
        let latest_start = taken.map(|(_, days, _)| days.first).max();
        let mut latest_ends = last_of.keys().rev().map(|(last, _)| *last);
        let (latest_end, second_end) = (latest_ends.next(), latest_ends.next());
        let held = steps.into_iter().filter_map(|(place, days, stage)| {
            let is_taken = days.last <= at.first;
            let is_last = last_of[&(days.last, days.first)] == place;
            if latest_start.is_some_and(|start| start > days.last) || (is_taken && !is_last) {
                return None;
            }
            let alone =
                latest_end == Some(days.last) && second_end.is_none_or(|end| end < days.first);
            let certainty = certainty(days.sure && is_taken && is_last && alone);
            Some(Held { value: stage, certainty })
        });
        held.collect()
    }

    /// The names in use at a time: the main name first.
    ///
    /// The main name is the one borne last, so it is only possible while another, dated one may
    /// still have been in use. A name without dates is always possible.
    pub fn names_on(&self, date: &Date) -> Vec<Held<&str>> {
        let at = Days::of(date);
        let main = fold(self.name.as_str());
        let mut held = Vec::new();
        if !self.aliases.iter().any(|alias| fold(alias.name.as_str()) == main) {
            let former = self.aliases.iter().filter_map(|alias| alias.until.as_ref());
            let certain = former.map(Days::of).all(|end| end.sure && end.last < at.first);
            held.push(Held { value: self.name.as_str(), certainty: certainty(certain) });
        }
        held.extend(self.aliases.iter().filter_map(|alias| {
            let end = alias.until.as_ref().map(|date| End { days: Days::of(date), included: true });
            Span { from: Days::optional(alias.from.as_ref()), end }.held(at, alias.name.as_str())
        }));
        held.sort_by_key(|name| fold(name.value) != main);
        held
    }
}

/// The days on which each stake was definitely held: the first, and the first after the last.
pub(super) fn definite_spans(stakes: &[Stake]) -> Vec<Option<(i64, i64)>> {
    let definite = |span: Span| {
        let end = span.end.map_or(Some(i64::MAX), |end| end.days.sure.then_some(end.days.first));
        let end = end.filter(|end| span.from.sure && span.from.last < *end)?;
        Some((span.from.last, end))
    };
    spans(stakes).into_iter().map(definite).collect()
}

/// A day since 1970-01-01 as it is written.
pub(super) fn written_day(day: i64) -> String {
    let moment = Moment { day, second: 0 }.to_string();
    moment.split('T').next().unwrap_or_default().to_owned()
}

/// When each stake began and ended.
fn spans(stakes: &[Stake]) -> Vec<Span> {
    let holders = holders(stakes);
    let mut starts: BTreeMap<usize, Vec<&Date>> = BTreeMap::new();
    for (stake, holder) in stakes.iter().zip(&holders) {
        starts.entry(*holder).or_default().extend(&stake.from);
    }
    for dates in starts.values_mut() {
        dates.sort_unstable();
    }
    let span = |(stake, holder): (&Stake, usize)| {
        let from = Days::optional(stake.from.as_ref());
        let next = stake.from.as_ref().and_then(|from| {
            let dates = &starts[&holder];
            dates.get(dates.partition_point(|date| *date <= from)).copied()
        });
        let end = match &stake.until {
            Some(until) => Some(End { days: Days::of(until), included: true }),
            None => next.map(|next| End { days: Days::of(next), included: false }),
        };
        Span { from, end }
    };
    stakes.iter().zip(holders).map(span).collect()
}

/// A number for each stake, the same for those of one holder: one mutual entity, one register
/// number or one name.
fn holders(stakes: &[Stake]) -> Vec<usize> {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let number = |(place, stake): (usize, &Stake)| {
        let keys = holder_keys(&stake.holder);
        let number = keys.iter().find_map(|key| known.get(key)).copied().unwrap_or(place);
        for key in keys {
            known.entry(key).or_insert(number);
        }
        number
    };
    stakes.iter().enumerate().map(number).collect()
}

fn holder_keys(holder: &Organisation) -> Vec<String> {
    let entity = holder.mutual_entity.as_ref().map(|id| format!("mutual_entity:{id}"));
    let register = holder.register_id.as_ref().map(ToString::to_string);
    entity.into_iter().chain(register).chain([fold(holder.name.as_str())]).collect()
}

fn certainty(definite: bool) -> Certainty {
    if definite { Certainty::Definite } else { Certainty::Possible }
}

/// The days that a date may mean.
#[derive(Clone, Copy)]
struct Days {
    first: i64,
    last: i64,
    /// Whether the source is sure of them.
    sure: bool,
}

impl Days {
    fn of(date: &Date) -> Self {
        let unknown = date.start_is_unknown() || date.end_is_unknown();
        Self {
            first: date.earliest().map_or(i64::MIN, |moment| moment.day),
            last: date.latest().map_or(i64::MAX, |moment| moment.day),
            sure: date.qualifier() == Qualifier::None && !unknown,
        }
    }

    fn optional(date: Option<&Date>) -> Self {
        date.map_or(Self { first: i64::MIN, last: i64::MAX, sure: false }, Self::of)
    }
}

/// The time in which something held.
struct Span {
    from: Days,
    /// None where it has no end.
    end: Option<End>,
}

struct End {
    days: Days,
    /// Whether it may still have held on the last day itself.
    included: bool,
}

impl Span {
    fn held<T>(&self, at: Days, value: T) -> Option<Held<T>> {
        let begun = self.from.first <= at.last;
        let ended = self.end.as_ref().is_some_and(|end| {
            end.days.last < at.first || (end.days.last == at.first && !end.included)
        });
        let throughout = self.from.sure
            && self.from.last <= at.first
            && self.end.as_ref().is_none_or(|end| end.days.sure && at.last < end.days.first);
        (begun && !ended).then(|| Held { value, certainty: certainty(throughout) })
    }
}
