//! The values of each entry by ordinal, as bytes.

use crate::index::set::Number;
use crate::store::Writer;

/// Writes the values of each entry: as one number an entry where none has several and most have
/// one, else as rows of entries.
pub(super) fn write(cells: &[(Number, u32)]) -> Vec<u8> {
    let mut out = Writer::default();
    let first = cells.first().map_or(0, |(number, _)| *number);
    let span = cells.last().map_or(0, |(number, _)| number + 1 - first);
    let entries = cells.chunk_by(|one, other| one.0 == other.0);
    let held = entries.clone().count();
    let single = held == cells.len();
    let greatest = cells.iter().map(|(_, value)| *value).max().unwrap_or_default();
    let width: u8 = match greatest {
        0..0xff => 1,
        0xff..0xffff => 2,
        _ => 4,
    };
    let put = |out: &mut Writer, value: u32| {
        out.bytes.extend_from_slice(&value.to_le_bytes()[..usize::from(width)]);
    };
    let dense = held * 4 >= span as usize;
    out.u8(u8::from(single) | u8::from(dense) << 1);
    out.u8(width);
    out.u16(0);
    out.u32(first);
    if single && dense {
        out.u32(span);
        let mut next = first;
        for (number, value) in cells {
            (next..*number).for_each(|_| put(&mut out, 0));
            put(&mut out, value + 1);
            next = number + 1;
        }
    } else if dense {
        out.u32(span);
        let mut at = 0;
        for number in first..first + span {
            out.u32(at as u32);
            at += cells[at..].iter().take_while(|(other, _)| *other == number).count();
        }
        out.u32(at as u32);
        for (_, value) in cells {
            put(&mut out, *value);
        }
    } else {
        out.u32(held as u32);
        entries.clone().for_each(|entry| out.u32(entry[0].0));
        let mut at = 0;
        for entry in entries {
            out.u32(at);
            at += entry.len() as u32;
        }
        out.u32(at);
        for (_, value) in cells {
            put(&mut out, *value);
        }
    }
    out.bytes
}
