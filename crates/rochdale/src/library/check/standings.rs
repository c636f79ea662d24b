//! One person with different standings in several entries for one event.

use std::collections::{BTreeMap, BTreeSet};

use crate::date::{Date, Moment};
use crate::issue::Issue;
use crate::library::codes::STANDINGS_DIFFER;
use crate::library::fold::fold;
use crate::library::memory::Memory;
use crate::library::order::order_date;
use crate::library::validate::same_person;
use crate::model::{Entry, Event, Evidence, Kind, Speaker, Standing};

/// What one entry says of one speaker.
#[derive(Clone, Copy)]
struct Statement<'a> {
    event: &'a Event,
    place: usize,
    speaker: &'a Speaker,
}

/// The first and the last moment of an event; no start comes before all, no end after all.
type Time = (Option<Moment>, Option<Moment>);

/// Compares what entries for one event say of one person.
///
/// Entries are for one event if they have one address, or one title and dates that overlap. What
/// one entry says twice is found by the entry itself.
pub(super) fn check(library: &Memory, issues: &mut Vec<Issue>) {
    let mut groups: BTreeMap<(String, String), Vec<Statement<'_>>> = BTreeMap::new();
    for number in library.numbers(Kind::Event) {
        let Entry::Event(event) = library.entry(number) else { continue };
        for (place, speaker) in event.speakers.iter().enumerate() {
            let statement = Statement { event, place, speaker };
            for happening in happenings(event) {
                let person = fold(speaker.person.name.as_str());
                groups.entry((happening, person)).or_default().push(statement);
            }
        }
    }
    let mut reported = BTreeSet::new();
    for ((_, person), statements) in &mut groups {
        statements.sort_by_key(|one| (time(one.event).0, one.event.id.as_str(), one.place));
        for (one, other) in contradictions(statements) {
            if reported.insert((one.event.id.as_str(), other.event.id.as_str(), person.clone())) {
                issues.push(issue(library, one, other));
            }
        }
    }
}

/// Names for what the event is, under which another entry for it would be found.
fn happenings(event: &Event) -> impl Iterator<Item = String> {
    let title = Some(fold(event.title.as_str())).filter(|title| !title.is_empty());
    let title = title.filter(|_| event.starts.is_some()).map(|title| format!("title {title}"));
    title.into_iter().chain(event.url.as_ref().map(|url| format!("url {url}")))
}

/// Pairs of statements that differ although the events overlap, each statement with at most one
/// earlier one of each standing.
///
/// Among earlier ones it is enough to look at that which ends last, so that many entries for one
/// event cost no more than their number.
fn contradictions<'a>(statements: &[Statement<'a>]) -> Vec<(Statement<'a>, Statement<'a>)> {
    let mut furthest: BTreeMap<Standing, Statement<'a>> = BTreeMap::new();
    let mut found = Vec::new();
    for statement in statements {
        for (standing, earlier) in &furthest {
            let differs = *standing != statement.speaker.standing
                && earlier.event.id != statement.event.id
                && same_person(&earlier.speaker.person, &statement.speaker.person);
            if differs && overlap(time(earlier.event), time(statement.event)) {
                found.push((*earlier, *statement));
            }
        }
        let slot = furthest.entry(statement.speaker.standing).or_insert(*statement);
        if ends_after(time(statement.event), time(slot.event)) {
            *slot = *statement;
        }
    }
    found
}

fn time(event: &Event) -> Time {
    let start = event.starts.as_ref().and_then(Date::earliest);
    let end = event.ends.as_ref().or(event.starts.as_ref()).and_then(Date::latest);
    (start, end)
}

fn overlap(one: Time, other: Time) -> bool {
    let starts_by = |start: Option<Moment>, end: Option<Moment>| {
        start.is_none() || end.is_none() || start <= end
    };
    starts_by(one.0, other.1) && starts_by(other.0, one.1)
}

fn ends_after(one: Time, other: Time) -> bool {
    other.1.is_some_and(|end| one.1.is_none_or(|mine| mine > end))
}

fn issue(library: &Memory, one: Statement<'_>, other: Statement<'_>) -> Issue {
    let dates = (said(library, one), said(library, other));
    // The issue stands at what is less up to date, as far as the sources tell.
    let swap = matches!(dates, (Some(first), Some(second)) if first > second);
    let (old, new) = if swap { (other, one) } else { (one, other) };
    let message = format!(
        "`{}` is listed as `{}` here and as `{}` in `event:{}`",
        old.speaker.person.name, old.speaker.standing, new.speaker.standing, new.event.id
    );
    let help = match if swap { dates.0 } else { dates.1 } {
        Some(date) if dates.0 != dates.1 && dates.0.is_some() && dates.1.is_some() => {
            format!("the later source, of `{date}`, says `{}`", new.speaker.standing)
        }
        _ => "keep the standing of the later source".to_owned(),
    };
    let pointer = format!("/speakers/{}/standing", old.place);
    Issue::new(&STANDINGS_DIFFER, message)
        .with_help(help)
        .with_entry(old.event.id.to_reference().to_string(), pointer)
}

/// When it was said, so far as the entries that a statement rests on are dated: the latest of them.
fn said<'a>(library: &'a Memory, statement: Statement<'_>) -> Option<&'a Date> {
    let latest = |evidence: &[Evidence]| {
        let entries = evidence.iter().filter_map(|one| library.number(one.entry.as_ref()?));
        entries.filter_map(|number| order_date(library.entry(number))).max()
    };
    latest(&statement.speaker.evidence).or_else(|| latest(&statement.event.evidence))
}
