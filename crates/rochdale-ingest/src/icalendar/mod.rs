//! Calendars in iCalendar (RFC 5545), with the parts of RFC 7986 and RFC 9073 that say something of an event.
//!
//! | what | becomes |
//! |---|---|
//! | `VEVENT` | an event; one that recurs, an event for each time within the limit |
//! | `SUMMARY`, else the first words of another text | `title` |
//! | `STYLED-DESCRIPTION`, `X-ALT-DESC`, `DESCRIPTION` | `description` |
//! | `DTSTART`, `DTEND`, `DURATION` | `starts`, `ends`, with the offset that holds then; the end of whole days is their last |
//! | `TZID` | `time_zone`, the name in the IANA database |
//! | `RRULE`, `RDATE`, `EXDATE`, `RECURRENCE-ID` | which times there are, and what is different at one |
//! | `LOCATION`, `GEO`, `VLOCATION` | `venue` |
//! | `CONFERENCE` | `online`, and `extra.conference` |
//! | `ORGANIZER` with a name | `organisers` |
//! | `PARTICIPANT` that speaks or performs | `speakers`, with what its status says of their standing |
//! | `CATEGORIES` | `tags` |
//! | `STATUS` | `status`: scheduled, tentative or cancelled |
//! | `URL` | `url` |
//! | `UID` | what the event is known by elsewhere |
//! | `NAME` or `X-WR-CALNAME` and `URL` of the calendar | `sources` |
//!
//! Not carried, and counted by name: tasks, journals, alarms, attendees, attachments, any other
//! property of an event. What only steers calendars, such as `SEQUENCE` and `TRANSP`, is not counted.
//!
//! The crate `icalendar` tells no places, which is why lines are read here. Zones and rules are those
//! of `chrono-tz` and `rrule`. A zone that a calendar declares itself counts by the name in the
//! database that it means, or by its offset where it has only one; times of any other have no offset.

mod component;
mod describe;
mod event;
mod line;
mod recurrence;
mod value;
mod zone;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;

use crate::codes::{EMPTY_FILE, NO_ENTRIES, NOT_THE_FORMAT};
use crate::foreign::{Sink, Source};
use crate::place::Place;
use crate::tree::issue;
use component::Component;
use event::Calendar;
use value::Time;
use zone::Zones;

/// Components that say how others are to be read.
const STEERING: [&str; 3] = ["VTIMEZONE", "STANDARD", "DAYLIGHT"];

/// Reads a source.
pub(crate) fn read(source: &mut Source, sink: &mut Sink<'_>) {
    let Some(bytes) = source.bytes(sink) else { return };
    if bytes.trim_ascii().is_empty() {
        return sink.issue(issue(&EMPTY_FILE, Place::TOP, "the file has no text"));
    }
    let mut issues = Vec::new();
    let components = component::read(&bytes, source.limits.values, &mut issues);
    for issue in issues {
        sink.issue(issue);
    }
    if components.is_empty() {
        let message = "expected `BEGIN:VCALENDAR`, got no component";
        return sink.issue(issue(&NOT_THE_FORMAT, Place::TOP, message));
    }
    let mut reading = Reading {
        calendar: Calendar::new(source, Zones::of(&components), overrides(&components)),
        known: BTreeSet::new(),
        found: false,
    };
    reading.components(&components, None, sink);
    if !reading.found {
        sink.issue(issue(&NO_ENTRIES, components[0].at, "the calendar has no events"));
    }
}

/// The times of each recurring event that other components describe, by its `UID`.
type Overrides = BTreeMap<String, BTreeSet<NaiveDateTime>>;

fn overrides(components: &[Component]) -> Overrides {
    let mut found = Overrides::new();
    let mut waiting: Vec<&Component> = components.iter().collect();
    while let Some(component) = waiting.pop() {
        let time = component.line("RECURRENCE-ID").and_then(|line| Time::read(&line.value));
        if let (Some(uid), Some(time)) = (component.line("UID"), time) {
            found.entry(uid.value.trim().to_owned()).or_default().insert(time.naive());
        }
        waiting.extend(&component.components);
    }
    found
}

struct Reading<'a> {
    calendar: Calendar<'a>,
    /// The events so far, by `UID` and the time of those that override one.
    known: BTreeSet<(String, String)>,
    found: bool,
}

impl Reading<'_> {
    /// Reads the events among components, wherever they stand; false where there is no room for more.
    fn components(
        &mut self,
        components: &[Component],
        around: Option<&Component>,
        sink: &mut Sink<'_>,
    ) -> bool {
        for component in components {
            let goes = match component.name.as_str() {
                "VEVENT" => {
                    self.found = true;
                    let is_first = self.is_first(component);
                    self.calendar.event(component, around, is_first, sink)
                }
                "VCALENDAR" => self.components(&component.components, Some(component), sink),
                name if STEERING.contains(&name) => true,
                name => {
                    sink.not_carried(&format!("icalendar: {name}"));
                    self.components(&component.components, around, sink)
                }
            };
            if !goes {
                return false;
            }
        }
        true
    }

    /// Whether no event before has the same identifier.
    fn is_first(&mut self, component: &Component) -> bool {
        let value = |name| component.line(name).map(|line| line.value.trim().to_owned());
        let Some(uid) = value("UID") else { return true };
        self.known.insert((uid, value("RECURRENCE-ID").unwrap_or_default()))
    }
}
