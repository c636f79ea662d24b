//! Events that sites keep as posts: a custom type whose values say when it takes place.

use crate::draft::Draft;
use crate::place::Place;
use crate::tree::{Node, Value};

/// Values that say when an event starts, those that are in no doubt first; a value of the second
/// name, if there is one, is the time of the day.
const STARTS: &[(&str, &str)] = &[
    ("_EventStartDate", ""),
    ("_event_start_date", "_event_start_time"),
    ("_event_start", ""),
    ("event_start_date", "event_start_time"),
    ("event_start", ""),
    ("start_date", "start_time"),
    ("event_date", "event_time"),
    ("starts", ""),
];

/// Values that say when it ends.
const ENDS: &[(&str, &str)] = &[
    ("_EventEndDate", ""),
    ("_event_end_date", "_event_end_time"),
    ("_event_end", ""),
    ("event_end_date", "event_end_time"),
    ("event_end", ""),
    ("end_date", "end_time"),
    ("ends", ""),
];

/// Values that name the time zone.
const ZONES: &[&str] =
    &["_EventTimezone", "_event_timezone", "event_timezone", "timezone", "time_zone"];

/// Values that say where it takes place.
const PLACES: &[&str] = &["event_venue", "venue", "event_location", "location"];

/// Values that give the address for bookings.
const TICKETS: &[&str] = &["_EventURL", "event_url", "tickets", "website"];

/// Values that begin with `_` and still say something of an event.
pub(crate) fn speaks_of_event(name: &str) -> bool {
    let dates = STARTS.iter().chain(ENDS).any(|(date, time)| name == *date || name == *time);
    dates || ZONES.contains(&name) || TICKETS.contains(&name) || name == "_EventCost"
}

/// Whether posts of a type with these values are events: the type says so, and a value says when.
pub(crate) fn is_event(sort: &str, values: &[(String, Node)]) -> bool {
    sort.to_ascii_lowercase().contains("event") && find(values, STARTS).is_some()
}

/// Moves what the values say of the event into its fields.
pub(super) fn fill(draft: &mut Draft, values: &mut Vec<(String, Node)>) {
    for (field, names) in [("starts", STARTS), ("ends", ENDS)] {
        if let Some((at, text, used)) = find(values, names) {
            draft.set_text(field, at, text);
            values.retain(|(name, _)| !used.contains(&name.as_str()));
        }
    }
    if let Some(zone) =
        take(values, ZONES, |node| node.as_text().is_some_and(|zone| zone.contains('/')))
    {
        draft.set("time_zone", zone);
    }
    if let Some(node) = take(values, PLACES, |node| place(node).is_some())
        && let Some(venue) = place(&node)
    {
        draft.set("venue", venue);
    }
    let is_address = |node: &Node| node.as_text().is_some_and(|text| text.starts_with("http"));
    if let Some(tickets) = take(values, TICKETS, is_address) {
        draft.set("tickets", Node::map(tickets.at, [("url", tickets.clone())]));
    }
}

/// The first date that the values give, and the names it was made of.
fn find(
    values: &[(String, Node)],
    names: &[(&'static str, &'static str)],
) -> Option<(Place, String, [&'static str; 2])> {
    let text = |name: &str| {
        let (_, node) = values.iter().find(|(known, _)| known == name)?;
        let text = node.as_text()?.trim();
        (text.bytes().filter(u8::is_ascii_digit).count() > 2).then(|| (node.at, text.to_owned()))
    };
    names.iter().find_map(|(date, time)| {
        let (at, day) = text(date)?;
        let day = super::moment::civil(&day).unwrap_or(day);
        let whole = day.strip_suffix("T00:00:00").or_else(|| day.strip_suffix("T23:59:59"));
        let day = whole.map(str::to_owned).unwrap_or(day);
        Some(match text(time).filter(|_| !time.is_empty() && !day.contains(':')) {
            Some((_, clock)) => (at, format!("{day}T{clock}"), [*date, *time]),
            None => (at, day, [*date, ""]),
        })
    })
}

/// Takes the first value of these names that will do.
fn take(
    values: &mut Vec<(String, Node)>,
    names: &[&str],
    will_do: impl Fn(&Node) -> bool,
) -> Option<Node> {
    let position = names
        .iter()
        .find_map(|name| values.iter().position(|(known, node)| known == name && will_do(node)))?;
    Some(values.remove(position).1)
}

/// A place, from its name or from the parts of an address.
fn place(node: &Node) -> Option<Node> {
    let Value::Map(members) = &node.value else {
        let name = node.as_text().filter(|text| !text.trim().is_empty() && !is_number(text))?;
        return Some(Node::map(node.at, [("name", Node::text(node.at, super::text::line(name)))]));
    };
    let part = |names: &[&str]| {
        let found = names.iter().find_map(|name| members.get(*name)?.node.as_text());
        found.filter(|text| !text.trim().is_empty()).map(super::text::line)
    };
    let parts = [
        ("name", part(&["venue", "name", "title", "address"])),
        ("locality", part(&["city", "locality", "town"])),
        ("country", part(&["country", "country_short"])),
    ];
    let parts =
        parts.into_iter().filter_map(|(name, text)| Some((name, Node::text(node.at, text?))));
    let parts: Vec<_> = parts.collect();
    (!parts.is_empty()).then(|| Node::map(node.at, parts))
}

fn is_number(text: &str) -> bool {
    text.trim().bytes().all(|byte| byte.is_ascii_digit())
}
