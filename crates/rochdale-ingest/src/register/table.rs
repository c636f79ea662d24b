//! A table in CSV: its columns by name, its rows, and the place of every cell.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use csv::{ReaderBuilder, StringRecord};
use rochdale::issue::Issue;

use crate::codes::{COLUMN_REPEATED, QUOTE_NOT_CLOSED, ROW_LENGTH, SYNTAX, TOO_COMPLEX};
use crate::foreign::Sink;
use crate::limits::Limits;
use crate::place::{Place, Places};
use crate::tree::{Node, issue};

/// A table whose first row names its columns.
pub(crate) struct Table {
    columns: Vec<Cell>,
    by_name: BTreeMap<String, usize>,
    pub(crate) rows: Vec<Row>,
    /// How many rows below the first hold no value at all.
    blank: usize,
    /// How many rows were skipped because they have more cells than there are columns.
    too_long: usize,
}

/// A row that holds a value.
pub(crate) struct Row {
    pub(crate) at: Place,
    cells: Vec<Cell>,
}

/// A cell, its text without blanks around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) at: Place,
}

impl Cell {
    /// The text in one line.
    pub(crate) fn line(&self) -> Cow<'_, str> {
        if self.text.contains(['\n', '\r']) {
            self.text.split_whitespace().collect::<Vec<_>>().join(" ").into()
        } else {
            Cow::Borrowed(&self.text)
        }
    }

    pub(crate) fn node(&self) -> Node {
        Node::text(self.at, self.line())
    }
}

/// The name of a column without what differs between the editions of a file: capitals and blanks.
fn normal(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

impl Table {
    /// Reads a table and tells the sink what it holds that cannot be read; `None` where it has no
    /// first row. `format` names the format in the account of what is not carried.
    pub(crate) fn read_into(
        places: &Places,
        limits: Limits,
        format: &str,
        sink: &mut Sink<'_>,
    ) -> Option<Self> {
        let mut issues = Vec::new();
        let table = Self::read(places, limits, &mut issues);
        for issue in issues {
            sink.issue(issue);
        }
        let table = table?;
        sink.not_carried_times(&format!("{format}: rows without a value"), table.blank);
        sink.not_carried_times(&format!("{format}: rows of too many cells"), table.too_long);
        Some(table)
    }

    /// Reads a table; `None` where it has no first row.
    ///
    /// A row of more cells than the first is skipped, for nothing says which of them is which.
    fn read(places: &Places, limits: Limits, issues: &mut Vec<Issue>) -> Option<Self> {
        let mut reader = Rows::new(places, limits.values);
        let mut table = Self::named(reader.next(issues)?.cells, issues);
        while let Some(row) = reader.next(issues) {
            if row.cells.iter().all(|cell| cell.text.is_empty()) {
                table.blank += 1;
            } else if table.fits(&row, issues) {
                table.rows.push(row);
            } else {
                table.too_long += 1;
            }
        }
        Some(table)
    }

    /// A table without rows, its columns by name.
    fn named(columns: Vec<Cell>, issues: &mut Vec<Issue>) -> Self {
        let mut by_name = BTreeMap::new();
        for (number, column) in columns.iter().enumerate().filter(|(_, c)| !c.text.is_empty()) {
            match by_name.entry(normal(&column.text)) {
                Entry::Vacant(place) => drop(place.insert(number)),
                Entry::Occupied(_) => {
                    let message =
                        format!("the column `{}` stands twice; the first counts", column.text);
                    issues.push(issue(&COLUMN_REPEATED, column.at, message));
                }
            }
        }
        Self { columns, by_name, rows: Vec::new(), blank: 0, too_long: 0 }
    }

    /// The column of the first of these names that there is.
    pub(crate) fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.by_name.get(&normal(name)).copied())
    }

    /// The names of the columns as written, with their numbers.
    pub(crate) fn columns(&self) -> impl Iterator<Item = (usize, &Cell)> {
        self.columns.iter().enumerate()
    }

    /// Whether a row has a cell for each column and no more.
    fn fits(&self, row: &Row, issues: &mut Vec<Issue>) -> bool {
        let (expected, got) = (self.columns.len(), row.cells.len());
        if got == expected {
            return true;
        }
        let counts = format!("expected {expected} cells, got {got}");
        let too_many = row.cells.get(expected..).unwrap_or_default();
        let Some(first) = too_many.iter().find(|cell| !cell.text.is_empty()) else {
            if got < expected {
                let message = format!("{counts}; those that are missing are taken as empty");
                issues.push(issue(&ROW_LENGTH, row.at, message));
            }
            return true;
        };
        let found = issue(&ROW_LENGTH, first.at, format!("{counts}; the row is skipped"));
        issues.push(found.with_help("put quotes around a cell that holds a comma"));
        false
    }
}

impl Row {
    /// The cell of a column, if it holds anything.
    pub(crate) fn cell(&self, column: Option<usize>) -> Option<&Cell> {
        self.cells.get(column?).filter(|cell| !cell.text.is_empty())
    }

    /// The place of a column's cell, or else of the row.
    pub(crate) fn place(&self, column: Option<usize>) -> Place {
        column.and_then(|column| self.cells.get(column)).map_or(self.at, |cell| cell.at)
    }

    /// The text of a column's cell; empty where there is none.
    pub(crate) fn text(&self, column: Option<usize>) -> &str {
        self.cell(column).map_or("", |cell| &cell.text)
    }
}

/// The rows one after the other.
struct Rows<'a> {
    places: &'a Places<'a>,
    reader: csv::Reader<&'a [u8]>,
    separator: u8,
    record: StringRecord,
    offset: usize,
    /// How many cells may still come.
    room: usize,
    limit: usize,
}

impl<'a> Rows<'a> {
    fn new(places: &'a Places<'a>, limit: usize) -> Self {
        let separator = separator(places.text());
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(places.text().as_bytes());
        Self {
            places,
            reader,
            separator,
            record: StringRecord::new(),
            offset: 0,
            room: limit,
            limit,
        }
    }

    fn next(&mut self, issues: &mut Vec<Issue>) -> Option<Row> {
        let start = self.offset;
        match self.reader.read_record(&mut self.record) {
            Ok(true) => {}
            Ok(false) => return None,
            Err(error) => {
                let message = format!("expected CSV: {error}");
                issues.push(issue(&SYNTAX, self.places.at(start), message));
                return None;
            }
        }
        let text = self.places.text();
        let end = usize::try_from(self.reader.position().byte())
            .map_or(text.len(), |byte| byte.min(text.len()));
        self.offset = end;
        let scan = Scan::of(&text.as_bytes()[start..end], self.separator, start);
        let first = self.places.at(scan.starts[0]);
        if let (true, Some(open)) = (end == text.len(), scan.open) {
            let message = "expected a quote at the end of the cell; it holds the rest of the file";
            issues.push(issue(&QUOTE_NOT_CLOSED, self.places.at(open), message));
        }
        let Some(room) = self.room.checked_sub(self.record.len()) else {
            let message = format!("expected at most {} values; the rest is skipped", self.limit);
            issues.push(issue(&TOO_COMPLEX, first, message));
            return None;
        };
        self.room = room;
        let places = self.places.ascending(&scan.starts);
        let cell = |(number, text): (usize, &str)| {
            let at = places.get(number).copied().unwrap_or(first);
            Cell { text: text.trim().to_owned(), at }
        };
        Some(Row { at: first, cells: self.record.iter().enumerate().map(cell).collect() })
    }
}

/// What parts the cells: in the first line, the most frequent of those that spreadsheets use.
fn separator(text: &str) -> u8 {
    let first = text.trim_start().lines().next().unwrap_or_default();
    let count = |sign: u8| first.matches(char::from(sign)).count();
    // Of several that are as frequent, `max_by_key` takes the last.
    [b'\t', b';', b','].into_iter().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

/// Where in the text the cells of a row begin, judged as crate `csv` judges them: it tells no place of a cell.
struct Scan {
    starts: Vec<usize>,
    /// Where a cell begins whose quote is not closed.
    open: Option<usize>,
}

/// Where in a cell a reader of CSV is.
#[derive(Clone, Copy)]
enum Inside {
    Start,
    Plain,
    Quotes,
    /// After a quote that ends the cell, or that the next one makes part of it.
    Closed,
}

impl Scan {
    /// Judges a row that stands at `base`.
    fn of(row: &[u8], separator: u8, base: usize) -> Self {
        let is_end = |byte: u8| matches!(byte, b'\r' | b'\n');
        let first = row.iter().position(|byte| !is_end(*byte)).unwrap_or(0);
        let mut starts = vec![base + first];
        let mut inside = Inside::Start;
        for (offset, byte) in row.iter().copied().enumerate().skip(first) {
            inside = match (inside, byte) {
                (Inside::Quotes, b'"') => Inside::Closed,
                (Inside::Quotes, _) | (Inside::Start | Inside::Closed, b'"') => Inside::Quotes,
                (_, byte) if byte == separator => {
                    starts.push(base + offset + 1);
                    Inside::Start
                }
                (_, byte) if is_end(byte) => break,
                _ => Inside::Plain,
            };
        }
        let open = starts.last().copied().filter(|_| matches!(inside, Inside::Quotes));
        Self { starts, open }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> (Table, Vec<String>) {
        let mut issues = Vec::new();
        let table = Table::read(&Places::new(text), Limits::default(), &mut issues).unwrap();
        let shown = |i: &Issue| format!("{}:{}: {i}", i.line.unwrap_or(0), i.column.unwrap_or(0));
        (table, issues.iter().map(shown).collect())
    }

    #[test]
    fn cells_know_their_places() {
        let (table, issues) = read("A, b  B ,C\r\n\r\n\"x\r\ny\",\"é\"\"\", z\r\n,,\r\n1,2\r\n");
        assert_eq!(table.column(&["D", "B b"]), Some(1));
        let cells: Vec<_> = (0..3).filter_map(|n| table.rows[0].cell(Some(n))).collect();
        let cells: Vec<_> = cells.iter().map(|c| (&*c.text, c.at.line, c.at.column)).collect();
        assert_eq!(cells, [("x\r\ny", 3, 1), ("é\"", 4, 4), ("z", 4, 10)]);
        assert_eq!(table.blank, 1);
        assert_eq!(issues.len(), 1);
        assert!(issues[0].starts_with("6:1: "), "{issues:?}");
    }

    #[test]
    fn a_row_that_is_too_long_is_skipped_unless_the_rest_is_empty() {
        let (table, issues) = read("a;b\n1;2;;\n1;2;3\n");
        assert_eq!((table.rows.len(), issues.len()), (1, 1));
        assert!(issues[0].starts_with("3:5: "), "{issues:?}");
    }

    #[test]
    fn a_quote_that_is_not_closed_is_told_where_it_opens() {
        let (_, issues) = read("a,b\n1,\"2\n3,4\n5,6\n");
        assert!(issues[0].starts_with("2:3: "), "{issues:?}");
        assert!(read("a\n\"b\"\"c\"").1.is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn cells_are_counted_as_the_crate_counts_them(text in "[a,\"\r\n é]{0,40}") {
            let places = Places::new(&text);
            let mut rows = Rows::new(&places, 1000);
            loop {
                let start = rows.offset;
                let Some(row) = rows.next(&mut Vec::new()) else { break };
                let scan = Scan::of(&text.as_bytes()[start..rows.offset], b',', 0);
                prop_assert_eq!(scan.starts.len(), row.cells.len(), "{:?}", text);
            }
        }
    }
}
