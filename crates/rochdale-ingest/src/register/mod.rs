//! What readers of registers share: tables in CSV, and the numbers, dates and addresses of societies.

pub(crate) mod society;
pub(crate) mod table;

use std::collections::{BTreeMap, BTreeSet};

use rochdale::model::slug;

use self::table::{Cell, Row, Table};
use crate::codes::DATE_ASSUMED;
use crate::draft::Draft;
use crate::foreign::Sink;
use crate::tree::{Node, issue};

/// A step in the life of a body, which a cell states, and the day of another cell.
pub(crate) fn stage(stage: &str, said: &Cell, day: Option<&Cell>, sink: &mut Sink<'_>) -> Node {
    let mut parts = vec![("stage", Node::text(said.at, stage))];
    if let Some(cell) = day {
        parts.push(("date", date(cell, sink)));
    }
    Node::map(said.at, parts)
}

/// The day of a cell; what no register writes so is left for the field to judge.
fn date(cell: &Cell, sink: &mut Sink<'_>) -> Node {
    let Some((date, note)) = society::day(&cell.text) else { return cell.node() };
    if let Some(note) = note {
        sink.issue(issue(&DATE_ASSUMED, cell.at, note));
    }
    Node::text(cell.at, date.to_string())
}

/// The names in a table as ids write them, so that bodies of one name get ids of their own.
#[derive(Default)]
pub(crate) struct Names(BTreeMap<String, BTreeSet<String>>);

impl Names {
    /// Notes that a body of this number has this name.
    pub(crate) fn note(&mut self, name: &str, number: String) {
        if let Some(id) = slug(name) {
            self.0.entry(id).or_default().insert(number);
        }
    }

    /// Makes the id of a name, with a number of the body where several have the name.
    pub(crate) fn call(&self, draft: &mut Draft, name: &str, number: &str) {
        draft.call(name);
        if self.0.get(&draft.id).is_some_and(|numbers| numbers.len() > 1)
            && let Some(id) = slug(&format!("{} {number}", draft.id))
        {
            draft.id = id;
        }
    }
}

/// Keeps the address of a row, and the postcode that it ends in.
pub(crate) fn keep_address(draft: &mut Draft, row: &Row, column: Option<usize>, address: &str) {
    if address.is_empty() {
        return;
    }
    let at = row.place(column);
    draft.keep("address", Node::text(at, address));
    if let Some(postcode) = society::postcode(address) {
        draft.keep("postcode", Node::text(at, postcode));
    }
}

/// Keeps the cells of the columns that are not in a list, each under the name of its column.
pub(crate) fn keep_others(draft: &mut Draft, table: &Table, row: &Row, known: &[Option<usize>]) {
    for (number, column) in table.columns().filter(|(number, _)| !known.contains(&Some(*number))) {
        if let Some(cell) = row.cell(Some(number)) {
            let name = slug(&column.text).map(|name| name.replace('-', "_"));
            draft.keep(name.unwrap_or_else(|| format!("column_{}", number + 1)), cell.node());
        }
    }
}
