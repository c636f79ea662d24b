//! Values as keys whose bytes sort as the values do.

use std::borrow::Cow;

use super::schema::ValueType;
use crate::date::{Date, Moment};
use crate::json::Json;
use crate::query::Cell;
use crate::text::fold;

/// The key of a value.
pub(super) fn cell(cell: &Cell<'_>) -> Vec<u8> {
    match cell {
        Cell::Text(value) | Cell::Keyword(value) => text(value),
        Cell::Date(value) => date(value),
        Cell::Number(value) => number(*value).to_vec(),
        Cell::Bool(value) => vec![u8::from(*value)],
        Cell::Reference(kind, id) => of_reference(kind, id),
    }
}

/// The key of a text: the text folded, then as it is.
pub(super) fn text(value: &str) -> Vec<u8> {
    let mut out = folded(&fold(value));
    out.extend_from_slice(value.as_bytes());
    out
}

/// The front of the keys of all texts that fold so.
pub(super) fn folded(folded: &str) -> Vec<u8> {
    let mut out = front(folded);
    out.extend_from_slice(&[0, 1]);
    out
}

/// The front of the keys of all texts that begin so, folded.
pub(super) fn front(folded: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(folded.len() * 2 + 2);
    for byte in folded.bytes() {
        out.push(byte);
        // A zero must not be taken for the end, which sorts before it.
        if byte == 0 {
            out.push(0xff);
        }
    }
    out
}

/// The text of a key.
fn read_text(key: &[u8]) -> Option<&str> {
    let end = key.windows(2).position(|pair| pair == [0, 1])?;
    std::str::from_utf8(key.get(end + 2..)?).ok()
}

fn date(date: &Date) -> Vec<u8> {
    let mut out = Vec::with_capacity(48);
    bound(date.earliest(), 0, &mut out);
    bound(date.latest(), 2, &mut out);
    out.extend_from_slice(&front(date.text()));
    out.extend_from_slice(&[0, 1]);
    out.extend_from_slice(date.to_string().as_bytes());
    out
}

/// A moment so that later ones sort later; `open` is what stands for none.
fn bound(moment: Option<Moment>, open: u8, out: &mut Vec<u8>) {
    out.push(if moment.is_some() { 1 } else { open });
    let Moment { day, second } = moment.unwrap_or(Moment { day: 0, second: 0 });
    out.extend_from_slice(&(day.cast_unsigned() ^ 1 << 63).to_be_bytes());
    out.extend_from_slice(&second.to_be_bytes());
}

/// How many bytes a bound has.
const BOUND: usize = 13;

/// A bound, where there is one.
fn read_bound(key: &[u8]) -> Option<Moment> {
    let (state, rest) = key.split_first()?;
    let day = u64::from_be_bytes(rest.get(..8)?.try_into().ok()?) ^ 1 << 63;
    let second = u32::from_be_bytes(rest.get(8..12)?.try_into().ok()?);
    (*state == 1).then_some(Moment { day: day.cast_signed(), second })
}

/// The bounds of the date of a key, so far as it has any.
pub(super) fn bounds(key: &[u8]) -> (Option<Moment>, Option<Moment>) {
    (read_bound(key), key.get(BOUND..).and_then(read_bound))
}

/// The front of the keys of dates that begin on a day or later.
pub(super) fn from_day(day: i64) -> Vec<u8> {
    let mut out = Vec::new();
    bound(Some(Moment { day, second: 0 }), 0, &mut out);
    out
}

fn read_date(key: &[u8]) -> Option<Date> {
    Date::parse(read_text(key.get(2 * BOUND..)?)?).ok()
}

/// Whether a date lies within one day and its source is sure of it.
pub(super) fn is_sure_day(key: &[u8]) -> bool {
    let within = matches!(bounds(key), (Some(first), Some(last)) if first.day == last.day);
    within && read_date(key).is_some_and(|date| date.qualifier() == crate::date::Qualifier::None)
}

/// A number so that greater ones sort later, as `f64::total_cmp` has it.
fn number(value: f64) -> [u8; 8] {
    let bits = value.to_bits();
    let flipped = if bits >> 63 == 1 { !bits } else { bits | 1 << 63 };
    flipped.to_be_bytes()
}

fn read_number(key: &[u8]) -> Option<f64> {
    let flipped = u64::from_be_bytes(key.try_into().ok()?);
    let bits = if flipped >> 63 == 1 { flipped & !(1 << 63) } else { !flipped };
    Some(f64::from_bits(bits))
}

/// The key of a reference.
pub(super) fn of_reference(kind: &str, id: &str) -> Vec<u8> {
    [kind.as_bytes(), b":", id.as_bytes()].concat()
}

/// The kind and the id of the key of a reference.
pub(super) fn reference(key: &[u8]) -> Option<(&str, &str)> {
    std::str::from_utf8(key).ok()?.split_once(':')
}

/// The key of a value of `extra`.
pub(super) fn extra(json: &Json) -> Vec<u8> {
    json.to_string().into_bytes()
}

/// The value of `extra` of a key.
pub(super) fn read_extra(key: &[u8]) -> Option<Json> {
    Json::parse(std::str::from_utf8(key).ok()?).ok()
}

/// What the value of the key of a keyword or a reference is called, as [`Cell::label`] has it.
pub(super) fn label(ty: ValueType, key: &[u8]) -> Option<&str> {
    if ty == ValueType::Reference { reference(key).map(|(_, id)| id) } else { read_text(key) }
}

/// The value of a key; those of `extra` are read by their shape elsewhere.
pub(super) fn read(ty: ValueType, key: &[u8]) -> Option<Cell<'static>> {
    Some(match ty {
        ValueType::Text => Cell::Text(Cow::Owned(read_text(key)?.to_owned())),
        ValueType::Keyword => Cell::Keyword(Cow::Owned(read_text(key)?.to_owned())),
        ValueType::Date => Cell::Date(Cow::Owned(read_date(key)?)),
        ValueType::Number => Cell::Number(read_number(key)?),
        ValueType::Bool => Cell::Bool(key == [1]),
        ValueType::Reference => {
            let (kind, id) = reference(key)?;
            Cell::Reference(Cow::Owned(kind.to_owned()), Cow::Owned(id.to_owned()))
        }
        ValueType::Extra | ValueType::Presence => return None,
    })
}

/// Whether no two keys of a column have the same label.
pub(super) fn labels_differ<'k>(ty: ValueType, keys: impl Iterator<Item = &'k [u8]>) -> bool {
    match ty {
        ValueType::Date | ValueType::Reference => {
            let mut seen = hashbrown::HashSet::new();
            keys.filter_map(|key| read(ty, key)).all(|cell| seen.insert(cell.label()))
        }
        // Different JSON can read the same: `1` and `"1"`.
        ValueType::Extra => false,
        _ => true,
    }
}
