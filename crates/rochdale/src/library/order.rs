//! The order of entries, and which of several entries with one reference stands.

use std::cmp::Reverse;

use super::codes::{DUPLICATE_ID, REPEATED_ENTRY};
use super::walk;
use crate::date::Date;
use crate::field::Value;
use crate::issue::Issue;
use crate::model::{Entry, Kind};

/// The entries in entry order, one for each reference.
pub(super) fn sorted(mut entries: Vec<Entry>, issues: &mut Vec<Issue>) -> Vec<Entry> {
    entries.sort_by(|a, b| key(a).cmp(&key(b)));
    let mut unique = Vec::with_capacity(entries.len());
    let mut rest = entries.into_iter().peekable();
    while let Some(first) = rest.next() {
        let mut same = vec![first];
        while let Some(next) = rest.next_if(|next| key(next) == key(&same[0])) {
            same.push(next);
        }
        unique.extend(standing(same, issues));
    }
    let mut keyed: Vec<_> = unique
        .iter()
        .enumerate()
        .map(|(place, entry)| {
            let date = order_date(entry);
            (entry.kind(), date.is_none(), Reverse(date), entry.id(), place)
        })
        .collect();
    keyed.sort_unstable();
    let places: Vec<usize> = keyed.into_iter().map(|(.., place)| place).collect();
    let mut unique: Vec<_> = unique.into_iter().map(Some).collect();
    places.into_iter().filter_map(|place| unique[place].take()).collect()
}

/// The numbers of sorted entries, in the order of kind and id.
pub(super) fn by_id(entries: &[Entry]) -> Vec<usize> {
    let mut numbers: Vec<usize> = (0..entries.len()).collect();
    numbers.sort_unstable_by(|a, b| key(&entries[*a]).cmp(&key(&entries[*b])));
    numbers
}

/// The date that orders an entry within its kind: that of the field marked so, or the earliest
/// inside it.
pub(crate) fn order_date(entry: &Entry) -> Option<&Date> {
    let fields = entry.as_fields();
    let position = fields.structure().fields.iter().position(|field| field.order)?;
    let mut earliest: Option<&Date> = None;
    let mut consider = |date| earliest = Some(earliest.map_or(date, |known| known.min(date)));
    fields.values(position, &mut |value| match value {
        Value::Date(date) => consider(date),
        // What a step rests on has dates of its own, which are not the step's.
        Value::Structure(inner) => walk::direct_dates(inner).for_each(&mut consider),
        _ => {}
    });
    earliest
}

fn key(entry: &Entry) -> (Kind, &str) {
    (entry.kind(), entry.id())
}

/// Of entries with one reference, the one that stands; the others become issues.
fn standing(same: Vec<Entry>, issues: &mut Vec<Issue>) -> Option<Entry> {
    if same.len() == 1 {
        return same.into_iter().next();
    }
    let mut texts: Vec<_> = same.into_iter().map(|entry| (canonical(&entry), entry)).collect();
    texts.sort_by(|(a, _), (b, _)| a.cmp(b));
    for pair in texts.windows(2) {
        let [(before, _), (text, entry)] = pair else { continue };
        let issue = if before == text {
            Issue::new(&REPEATED_ENTRY, "the entry was given more than once, in the same words")
        } else {
            let message = format!("another entry has the same id; left out: {text}");
            Issue::new(&DUPLICATE_ID, message)
                .with_help("give one of them another id, or merge them")
        };
        issues.push(issue.with_entry(entry.reference().to_string(), ""));
    }
    texts.into_iter().next().map(|(_, entry)| entry)
}

fn canonical(entry: &Entry) -> String {
    entry.to_json().map_or_else(|error| error.to_string(), |json| json.to_string())
}
