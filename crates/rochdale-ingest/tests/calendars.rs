//! Calendars of other people's tests, found through `ROCHDALE_DATA`, against what their readers found.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]

#[path = "corpus/mod.rs"]
mod corpus;

use corpus::{Pack, data};
use rochdale::model::Entry;
use rochdale_ingest::{Format, Input, Limits, Reader, Reading};

/// What the library `icalendar` of Python counts, where Rochdale counts otherwise, and why.
const OTHERWISE: &[(&str, &str)] = &[];

/// Calendars that the library refuses or of which it reads nothing, and the events in each.
const READ_BETTER: &[(&str, usize)] = &[
    ("collective-icalendar/calendars/big_bad_calendar.ics", 20),
    ("collective-icalendar/calendars/issue_104_broken_calendar.ics", 1),
    ("collective-icalendar/calendars/pr_480_summary_with_colon.ics", 2),
    ("collective-icalendar/calendars/small_bad_calendar.ics", 1),
];

#[test]
fn calendars_have_the_events_that_python_counts() {
    let Some(data) = data() else { return };
    let facts = data.json("facts/ical.json");
    let mut pack = Pack::new("calendars", OTHERWISE);
    let mut better = Vec::new();
    for (path, fact) in facts.pointer("/files").unwrap().as_object().unwrap() {
        let count =
            |pointer| fact.pointer(pointer).map(|n| n.to_string().parse::<usize>().unwrap());
        let name = path.trim_start_matches("ical/");
        let reading = read(path, data.bytes(path));
        let events = reading.entries.iter().filter(|it| matches!(it, Entry::Event(_))).count();
        let is_read = count("/py_icalendar/events")
            .is_some_and(|counted| counted > 0 || count("/components/VEVENT").unwrap_or(0) == 0);
        if is_read {
            let wanted = count("/py_icalendar/events").unwrap();
            let wrong = (events != wanted).then(|| {
                let issues = reading.report.issues.iter().map(ToString::to_string);
                format!("expected {wanted} events, got {events}: {:?}", issues.collect::<Vec<_>>())
            });
            pack.case(name, wrong.unwrap_or_default());
        } else if events > 0 {
            better.push((name.to_owned(), events));
            pack.case(name, String::new());
        } else {
            // What is refused is refused with a reason.
            let wrong = if reading.report.issues.is_empty() { "no reason is given" } else { "" };
            pack.case(name, wrong.to_owned());
        }
    }
    let better: Vec<_> = better.iter().map(|(name, events)| (name.as_str(), *events)).collect();
    pack.close(180);
    assert_eq!(better, READ_BETTER);
}

#[test]
fn recurring_events_stay_within_bounds() {
    let Some(data) = data() else { return };
    for path in data.files("ical").iter().filter(|path| path.rsplit('.').next() == Some("ics")) {
        let input = Input::bytes(path, data.bytes(path)).with_format(Format::ICalendar);
        let limits = Limits::default().with_occurrences(20);
        let reading = Reader::new().with_limits(limits).read_inputs([input]).unwrap();
        let bytes = data.bytes(path);
        let begins = |part: &&[u8]| part.eq_ignore_ascii_case(b"BEGIN:VEVENT");
        let events = bytes.windows(12).filter(begins).count();
        assert!(reading.entries.len() <= events * 20, "{path}");
    }
}

/// Reads a calendar, of each event that recurs its first time only.
fn read(path: &str, bytes: Vec<u8>) -> Reading {
    let input = Input::bytes(path, bytes).with_format(Format::ICalendar);
    let limits = Limits::default().with_occurrences(1);
    Reader::new().with_limits(limits).read_inputs([input]).unwrap()
}
