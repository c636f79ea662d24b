//! What an event is about, where it is, and who holds it and speaks.

use super::component::Component;
use super::line::Line;
use super::value::{list, text};
use crate::codes::{BAD_FIELD, UNSAFE_ADDRESS};
use crate::draft::{Draft, html};
use crate::foreign::Sink;
use crate::tree::{Node, issue};

/// Properties that are read elsewhere or only steer calendars.
const STEERING: [&str; 14] = [
    "UID",
    "DTSTAMP",
    "SEQUENCE",
    "TRANSP",
    "SUMMARY",
    "DTSTART",
    "DTEND",
    "DURATION",
    "RRULE",
    "RDATE",
    "EXDATE",
    "RECURRENCE-ID",
    "CREATED",
    "LAST-MODIFIED",
];

/// Sets all but the title and the times of an event, and counts what is not carried.
pub(super) fn describe(draft: &mut Draft, component: &Component, sink: &mut Sink<'_>) {
    let mut venue = Vec::new();
    description(draft, component);
    for line in &component.lines {
        match line.name.as_str() {
            "DESCRIPTION" | "STYLED-DESCRIPTION" | "X-ALT-DESC" => {}
            "LOCATION" => {
                let name = text(&line.value).trim().to_owned();
                if !name.is_empty() && !venue.iter().any(|(part, _)| *part == "name") {
                    venue.push(("name", Node::text(line.value_at, name)));
                }
            }
            "GEO" => geo(line, &mut venue, sink),
            "ORGANIZER" => {
                if !organiser(draft, line) {
                    sink.not_carried("icalendar: ORGANIZER");
                }
            }
            "CATEGORIES" => {
                for tag in list(&line.value) {
                    draft.push("tags", Node::text(line.value_at, tag));
                }
            }
            "STATUS" => draft.set_text("status", line.value_at, status(&line.value)),
            "URL" => {
                if let Some(address) = address(line, sink) {
                    draft.set_text("url", line.value_at, address);
                }
            }
            "CONFERENCE" => {
                if let Some(address) = address(line, sink) {
                    draft.set("online", Node::flag(line.at, true));
                    draft.keep("conference", Node::text(line.value_at, address));
                }
            }
            name if STEERING.contains(&name) => {}
            name => sink.not_carried(&format!("icalendar: {name}")),
        }
    }
    for part in &component.components {
        match part.name.as_str() {
            "PARTICIPANT" => participant(draft, part, sink),
            "VLOCATION" => location(part, &mut venue, sink),
            name => sink.not_carried(&format!("icalendar: {name}")),
        }
    }
    if let Some((_, first)) = venue.first() {
        draft.set("venue", Node::map(first.at, venue));
    }
}

/// The description, with its markup where a property has it.
fn description(draft: &mut Draft, component: &Component) {
    let is_html = |line: &&Line| {
        line.parameter("FMTTYPE").is_some_and(|kind| kind.eq_ignore_ascii_case("text/html"))
    };
    let mut styled = component.all("STYLED-DESCRIPTION").chain(component.all("X-ALT-DESC"));
    if let Some(line) = styled.find(is_html) {
        return draft.set_prose("description", line.value_at, text(&line.value), "html");
    }
    if let Some(line) = component.line("DESCRIPTION") {
        draft.set_prose("description", line.value_at, text(&line.value).trim(), "plain");
    }
}

/// `51.5007;-0.1246`, in degrees.
fn geo(line: &Line, venue: &mut Vec<(&'static str, Node)>, sink: &mut Sink<'_>) {
    // Some write a comma, with or without an escape.
    let parts = line.value.split_once(';').or_else(|| line.value.split_once(','));
    let parts = parts.map(|(north, east)| (north.trim_end_matches('\\'), east));
    let degrees = |text: &str, most: f64| {
        let degrees: f64 = text.trim().parse().ok()?;
        (degrees.abs() <= most).then_some(degrees)
    };
    let read = parts.and_then(|(north, east)| Some((degrees(north, 90.0)?, degrees(east, 180.0)?)));
    let Some((north, east)) = read else {
        let value = super::event::one_line(&line.value);
        let message = format!("expected degrees such as `51.5007;-0.1246`, got `{value}`");
        return sink.issue(issue(&BAD_FIELD, line.value_at, message));
    };
    for (name, degrees) in [("latitude", north), ("longitude", east)] {
        if !venue.iter().any(|(part, _)| *part == name) {
            venue.push((name, Node::number(line.value_at, degrees.to_string())));
        }
    }
}

/// A place of its own (RFC 9073, section 7.2).
fn location(part: &Component, venue: &mut Vec<(&'static str, Node)>, sink: &mut Sink<'_>) {
    let name = part.line("NAME").or_else(|| part.line("SUMMARY"));
    let name = name.map(|line| (line, text(&line.value).trim().to_owned()));
    if let Some((line, name)) = name.filter(|(_, name)| !name.is_empty())
        && !venue.iter().any(|(part, _)| *part == "name")
    {
        venue.push(("name", Node::text(line.value_at, name)));
    }
    if let Some(line) = part.line("GEO") {
        geo(line, venue, sink);
    }
}

/// Adds who holds the event; false where no name is known.
fn organiser(draft: &mut Draft, line: &Line) -> bool {
    let name = line.parameter("CN").map(str::trim).filter(|name| !name.is_empty());
    let Some(name) = name else { return false };
    let url = line.value.trim();
    let is_page = url.starts_with("http://") || url.starts_with("https://");
    let url = is_page.then(|| ("url", Node::text(line.value_at, url)));
    let parts = [("name", Node::text(line.at, name))].into_iter().chain(url);
    draft.push("organisers", Node::map(line.at, parts));
    true
}

/// Adds who speaks or performs (RFC 9073, section 7.1), where a name is stated.
fn participant(draft: &mut Draft, part: &Component, sink: &mut Sink<'_>) {
    let kind = part.line("PARTICIPANT-TYPE").map(|line| line.value.trim().to_uppercase());
    let speaks = kind.is_some_and(|kind| matches!(kind.as_str(), "SPEAKER" | "PERFORMER"));
    let stated = part.line("SUMMARY").or_else(|| part.line("NAME"));
    let stated = stated.map(|line| (line.value_at, text(&line.value)));
    let called = part.line("CALENDAR-ADDRESS");
    let called = called.and_then(|line| Some((line.at, line.parameter("CN")?.to_owned())));
    let mut names = stated.into_iter().chain(called);
    let name = names.find(|(_, name)| !name.trim().is_empty()).filter(|_| speaks);
    let Some((at, name)) = name else { return sink.not_carried("icalendar: PARTICIPANT") };
    let url =
        part.line("URL").and_then(|line| Some(Node::text(line.value_at, address(line, sink)?)));
    let person =
        [("name", Node::text(at, name.trim()))].into_iter().chain(url.map(|url| ("url", url)));
    let parts = [
        ("person", Node::map(at, person)),
        ("standing", Node::text(at, standing(part))),
        ("certainty", Node::text(at, "reported")),
    ];
    draft.push("speakers", Node::map(at, parts));
    let known = ["PARTICIPANT-TYPE", "SUMMARY", "NAME", "CALENDAR-ADDRESS", "URL", "STATUS"];
    for line in part.lines.iter().filter(|line| !known.contains(&&*line.name)) {
        if !STEERING.contains(&&*line.name) {
            sink.not_carried(&format!("icalendar: PARTICIPANT {}", line.name));
        }
    }
}

/// What a calendar says of whether a person will speak. It lists those who do, so that one of whom
/// nothing is said has agreed.
fn standing(part: &Component) -> &'static str {
    let stated = part.line("STATUS").map(|line| line.value.as_str());
    let answered = || part.line("CALENDAR-ADDRESS").and_then(|line| line.parameter("PARTSTAT"));
    match stated.or_else(answered).unwrap_or_default().trim().to_ascii_uppercase().as_str() {
        "NEEDS-ACTION" | "TENTATIVE" | "DELEGATED" => "invited",
        "DECLINED" | "CANCELLED" => "withdrawn",
        _ => "confirmed",
    }
}

/// The model's word for a status, or the calendar's own where there is none.
fn status(value: &str) -> String {
    let word = value.trim().to_ascii_lowercase();
    if word == "confirmed" { "scheduled".to_owned() } else { word }
}

/// The address of a line; none where it would run something instead of leading somewhere.
fn address(line: &Line, sink: &mut Sink<'_>) -> Option<String> {
    let address = line.value.trim();
    if html::is_unsafe(address) {
        let message = format!("the address `{}` leads to no page", super::event::one_line(address));
        sink.issue(issue(&UNSAFE_ADDRESS, line.value_at, message));
        return None;
    }
    (!address.is_empty()).then(|| address.to_owned())
}
