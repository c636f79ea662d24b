//! An event of a calendar, and the drafts that it becomes.

use std::collections::BTreeSet;

use chrono::{Duration, NaiveDateTime};
use rochdale::model::Kind;

use super::Overrides;
use super::component::Component;
use super::describe::describe;
use super::line::Line;
use super::recurrence::{Recurrence, Times};
use super::value::{Time, duration, text};
use super::zone::{Zone, Zones};
use crate::codes::{
    BAD_DATE, BAD_RECURRENCE, RECURRENCE_CUT, RECURRENCE_RANGE, TITLE_MADE, UID_REPEATED,
    UNKNOWN_ZONE,
};
use crate::draft::{Draft, Key};
use crate::foreign::{Sink, Source};
use crate::place::Place;
use crate::tree::{Node, issue};

/// A calendar while its events are read.
pub(super) struct Calendar<'a> {
    pub(super) source: &'a Source,
    zones: Zones,
    overrides: Overrides,
    /// Zones that are not known and have been told.
    told: BTreeSet<String>,
}

/// A time and the zone by whose clocks it is.
#[derive(Clone, Copy, Debug)]
struct When {
    time: Time,
    zone: Zone,
    at: Place,
}

impl When {
    /// The time as EDTF, with the offset that holds then.
    fn edtf(self) -> String {
        match self.time {
            Time::Day(day) => day.format("%Y-%m-%d").to_string(),
            Time::Universal(at) => at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            Time::Local(at) => {
                let offset = self.zone.offset_at(at).map(|offset| offset.to_string());
                let offset = offset.map(|offset| offset.chars().take(6).collect::<String>());
                format!("{}{}", at.format("%Y-%m-%dT%H:%M:%S"), offset.unwrap_or_default())
            }
        }
    }

    /// The same so much later, by its clocks.
    fn later(self, by: Duration) -> Option<Self> {
        let time = self.time.at(self.time.naive().checked_add_signed(by)?);
        Some(Self { time, ..self })
    }

    /// A universal time by the clocks of a zone.
    fn by_clocks_of(self, zone: Zone) -> Self {
        match (self.time, zone.local(self.time.naive())) {
            (Time::Universal(_), Some(local)) => Self { time: Time::Local(local), zone, ..self },
            _ => self,
        }
    }
}

impl<'a> Calendar<'a> {
    pub(super) fn new(source: &'a Source, zones: Zones, overrides: Overrides) -> Self {
        Self { source, zones, overrides, told: BTreeSet::new() }
    }

    /// Takes an event; false where there is no room for more.
    pub(super) fn event(
        &mut self,
        component: &Component,
        around: Option<&Component>,
        is_first: bool,
        sink: &mut Sink<'_>,
    ) -> bool {
        let mut draft = self.source.draft(Kind::Event, component.at);
        title(&mut draft, component, sink);
        if let Some(title) = draft.title().map(str::to_owned) {
            draft.call(&title);
        }
        // A title may have no letter of which an id could be made.
        draft.call("event");
        describe(&mut draft, component, sink);
        if let Some(around) = around {
            calendar_source(&mut draft, around);
        }
        let start = component.line("DTSTART").and_then(|line| self.when(line, sink));
        let end = start.and_then(|start| self.end(component, start, sink));
        if let Some(name) = start.and_then(|start| start.zone.name()) {
            let at = start.map_or(component.at, |start| start.at);
            draft.set_text("time_zone", at, name);
        }
        let uid = component.line("UID").map(|line| line.value.trim()).filter(|uid| !uid.is_empty());
        if let (Some(line), false) = (component.line("UID"), is_first) {
            let message = format!("another event has the UID `{}`", line.value.trim());
            sink.issue(issue(&UID_REPEATED, line.value_at, message));
        }
        let uid = uid.filter(|_| is_first);
        let Some(start) = start else {
            draft.known_by(uid.and_then(Key::guid));
            return sink.draft(draft);
        };
        let overridden = component.line("RECURRENCE-ID");
        if let Some(range) = overridden.filter(|line| line.parameter("RANGE").is_some()) {
            let message = "a change from this time on is carried for this time alone";
            sink.issue(issue(&RECURRENCE_RANGE, range.at, message));
        }
        let recurs = ["RRULE", "RDATE"].iter().any(|name| component.line(name).is_some());
        if recurs && overridden.is_none() {
            return self.occurrences(component, &draft, (start, end), uid, sink);
        }
        let time = overridden.and_then(|line| Time::read(&line.value));
        draft.known_by(uid.and_then(|uid| match time {
            Some(time) => Key::guid(&named(uid, time.naive())),
            None => Key::guid(uid),
        }));
        dated(&mut draft, start, end);
        sink.draft(draft)
    }

    /// Takes each time of a recurring event.
    fn occurrences(
        &mut self,
        component: &Component,
        template: &Draft,
        (start, end): (When, Option<When>),
        uid: Option<&str>,
        sink: &mut Sink<'_>,
    ) -> bool {
        let except = self.instants(component, "EXDATE", start.zone, sink);
        let mut except: BTreeSet<NaiveDateTime> = except.into_iter().collect();
        let own = component.line("UID").and_then(|line| self.overrides.get(line.value.trim()));
        except.extend(own.into_iter().flatten());
        let more = self.instants(component, "RDATE", start.zone, sink);
        let mut recurrence = Recurrence {
            start: start.time,
            zone: start.zone,
            rules: component.all("RRULE").map(|line| line.value.as_str()).collect(),
            more,
            except,
        };
        let limit = self.source.limits.occurrences.max(1);
        let place = component.line("RRULE").or(component.line("RDATE"));
        let place = place.map_or(component.at, |line| line.value_at);
        let times = recurrence.times(limit).unwrap_or_else(|error| {
            let message = format!("expected a rule of recurrence: {}", one_line(&error));
            sink.issue(issue(&BAD_RECURRENCE, place, message));
            recurrence.rules.clear();
            recurrence
                .times(limit)
                .unwrap_or(Times { times: vec![start.time.naive()], are_cut: false })
        });
        if times.are_cut {
            let count = times.times.len();
            let message =
                format!("the event recurs more often; the first {count} times are carried");
            sink.issue(issue(&RECURRENCE_CUT, place, message));
        }
        for time in times.times {
            let by = time.signed_duration_since(start.time.naive());
            let mut draft = template.clone();
            // The title alone would be the id of every time.
            draft.id = format!("{}-{}", time.format("%Y-%m-%d"), template.id);
            draft.dated = Some(format!("{}-{}", time.format("%Y-%m-%d-%H%M"), template.id));
            draft.known_by(uid.and_then(|uid| Key::guid(&named(uid, time))));
            let (Some(start), end) = (start.later(by), end.and_then(|end| end.later(by))) else {
                continue;
            };
            dated(&mut draft, start, end);
            if !sink.draft(draft) {
                return false;
            }
        }
        true
    }

    /// The times that the lines of a name list, by the clocks of a zone.
    fn instants(
        &mut self,
        component: &Component,
        name: &str,
        zone: Zone,
        sink: &mut Sink<'_>,
    ) -> Vec<NaiveDateTime> {
        let mut found = Vec::new();
        for line in component.all(name) {
            for value in line.value.split(',').map(str::trim).filter(|value| !value.is_empty()) {
                // Of a period, its start.
                let start = value.split('/').next().unwrap_or(value);
                let Some(time) = Time::read(start) else {
                    let value = one_line(value);
                    let message =
                        format!("expected a time such as `20110512T090000`, got `{value}`");
                    sink.issue(issue(&BAD_DATE, line.value_at, message));
                    continue;
                };
                let own = self.zone(line, time, sink);
                let when = When { time, zone: own, at: line.value_at };
                found.push(when.by_clocks_of(zone).time.naive());
            }
        }
        found
    }

    /// The time of a line.
    fn when(&mut self, line: &Line, sink: &mut Sink<'_>) -> Option<When> {
        let Some(time) = Time::read(&line.value) else {
            let value = one_line(&line.value);
            let message = format!("expected a time such as `20110512T090000`, got `{value}`");
            sink.issue(issue(&BAD_DATE, line.value_at, message));
            return None;
        };
        Some(When { time, zone: self.zone(line, time, sink), at: line.value_at })
    }

    /// The zone that a line names for a time of it.
    fn zone(&mut self, line: &Line, time: Time, sink: &mut Sink<'_>) -> Zone {
        let Some(id) = line.parameter("TZID").filter(|_| matches!(time, Time::Local(_))) else {
            return Zone::Floating;
        };
        let zone = self.zones.find(id);
        if zone == Zone::Floating && self.told.insert(id.to_owned()) {
            let message = format!("unknown time zone `{}`; its times have no offset", one_line(id));
            sink.issue(issue(&UNKNOWN_ZONE, line.at, message));
        }
        zone
    }

    /// The end of an event, of whole days the last of them; none where it is its start.
    fn end(&mut self, component: &Component, start: When, sink: &mut Sink<'_>) -> Option<When> {
        let end = match (component.line("DTEND"), component.line("DURATION")) {
            (Some(line), _) => self.when(line, sink)?.by_clocks_of(start.zone),
            (None, Some(line)) => {
                let Some(length) = duration(&line.value) else {
                    let value = one_line(&line.value);
                    let message = format!("expected a duration such as `PT1H30M`, got `{value}`");
                    sink.issue(issue(&BAD_DATE, line.value_at, message));
                    return None;
                };
                When { at: line.value_at, ..start }.later(length)?
            }
            (None, None) => return None,
        };
        match end.time {
            // The day that is stated is the first after the event (RFC 5545, section 3.6.1); some
            // write the last all the same, where that is the only one.
            Time::Day(day) => {
                let last = if day.and_time(chrono::NaiveTime::MIN) == start.time.naive() {
                    day
                } else {
                    day.pred_opt()?
                };
                let end = When { time: Time::Day(last), ..end };
                (end.time != start.time).then_some(end)
            }
            _ => (end.edtf() != start.edtf()).then_some(end),
        }
    }
}

/// An identifier of one time of a recurring event.
fn named(uid: &str, time: NaiveDateTime) -> String {
    format!("{uid}#{}", time.format("%Y%m%dT%H%M%S"))
}

fn dated(draft: &mut Draft, start: When, end: Option<When>) {
    draft.set_text("starts", start.at, start.edtf());
    if let Some(end) = end {
        draft.set_text("ends", end.at, end.edtf());
    }
}

/// A text in one line, not too long for a message.
pub(super) fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().filter(|letter| !letter.is_control()).take(80).collect()
}

/// Sets the title, made of another text where there is none.
fn title(draft: &mut Draft, component: &Component, sink: &mut Sink<'_>) {
    let words = |name: &str| {
        let line = component.line(name)?;
        let text = text(&line.value).split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some((line.value_at, text))
    };
    if let Some((at, title)) = words("SUMMARY") {
        return draft.set_text("title", at, title);
    }
    let others = ["DESCRIPTION", "COMMENT", "LOCATION", "CATEGORIES", "DTSTART", "UID"];
    let other = others.iter().find_map(|name| words(name));
    let (at, other) = other.unwrap_or_else(|| (component.at, "event".to_owned()));
    let other: String = other.chars().take(80).collect();
    let other = other.trim_end().to_owned();
    sink.issue(issue(&TITLE_MADE, at, format!("no `SUMMARY` is stated: took `{other}`")));
    draft.set_text("title", at, other);
}

/// Sets the calendar as a source.
fn calendar_source(draft: &mut Draft, calendar: &Component) {
    let name = calendar.line("NAME").or_else(|| calendar.line("X-WR-CALNAME"));
    let Some(name) = name else { return };
    let text = text(&name.value);
    if text.trim().is_empty() {
        return;
    }
    let url = calendar.line("URL").filter(|line| line.value.contains("://"));
    let url = url.map(|line| ("url", Node::text(line.value_at, line.value.trim())));
    let parts = [("name", Node::text(name.value_at, text.trim()))].into_iter().chain(url);
    draft.push("sources", Node::map(name.value_at, parts));
}
