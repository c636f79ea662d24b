//! The extract of the Mutuals Public Register of the Financial Conduct Authority (`SocietyList.csv`).
//!
//! Columns are found by name, whatever their order, capitals and blanks. The edition of 2021 has ten
//! of them, later ones have twelve and misspell the full number.
//!
//! | column | field of a mutual entity |
//! |---|---|
//! | `Full Registration Number`, `Full Registation Number` | `register_ids`, as `GB-MPR-29999R` |
//! | `Society Number` and `Society Suffix` | the same, where there is no full number |
//! | `Society Name` | `name`; the id is made of it, with the number where several share a name |
//! | `Registered As` | `legal_form`; the suffix is a check, and stands in where the cell is empty |
//! | `Registration Date` | a stage `registered` |
//! | `Deregistration Date` | a stage `deregistered`; it does not say that trading ceased |
//! | `Society Status` | a stage without date, where no date shows it; other values `extra.society_status` |
//! | `Reporting Classification` | `sector` |
//! | `Society Address` | `extra.address`, and `extra.postcode` where it ends in one |
//! | `Registration Act` | `extra.registration_act` |
//! | `Standard Industrial Classification Code (SIC)` | `extra.sic_codes` |
//! | any other | `extra`, under its name |
//!
//! Not carried, but told and counted: rows without a name, rows whose number stands further up, rows
//! of more cells than there are columns, and rows without any value. `Registered Society` is a form of
//! its own: it does not say whether a society is a co-operative.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, UTF_8};
use rochdale::issue::{Code, Issue};
use rochdale::model::Kind;

use crate::codes::{
    EMPTY_FILE, FORM_DIFFERS, MISSING_COLUMN, MISSING_FIELD, NUMBER_DIFFERS, NUMBER_REPEATED,
    NUMBER_UNREADABLE, STATUS_DIFFERS, ZERO_BYTES,
};
use crate::decode::decode;
use crate::draft::{Draft, Key};
use crate::foreign::{Sink, Source};
use crate::place::{Place, Places};
use crate::register::society::{Number, named_form};
use crate::register::table::{Row, Table};
use crate::register::{Names, keep_address, keep_others, stage};
use crate::tree::{Node, issue};

/// Reads an extract of the register.
pub(crate) fn read(source: &mut Source, sink: &mut Sink<'_>) {
    let Some(text) = text(source, sink) else { return };
    let places = Places::new(&text);
    let Some(table) = Table::read_into(&places, source.limits, "fca-register", sink) else {
        return;
    };
    let columns = Columns::of(&table);
    if columns.name.is_none() || (columns.full.is_none() && columns.number.is_none()) {
        let message =
            "expected columns `Society Name` and `Full Registration Number` in the first row";
        let found = issue(&MISSING_COLUMN, Place::TOP, message);
        return sink.issue(found.with_help("keep the row that names the columns"));
    }
    let mut names = Names::default();
    for row in &table.rows {
        let number = Number::read(row.text(columns.full)).or_else(|| columns.parts(row));
        names.note(row.text(columns.name), number.map(|number| number.id()).unwrap_or_default());
    }
    let mut reader = Register { source, sink, columns, seen: BTreeMap::new(), names };
    for row in &table.rows {
        if !reader.row(&table, row) {
            break;
        }
    }
}

/// The text of the extract without zero bytes, which some editions hold.
fn text(source: &mut Source, sink: &mut Sink<'_>) -> Option<String> {
    let mut bytes = source.bytes(sink)?;
    let is_utf_16 = Encoding::for_bom(&bytes).is_some_and(|(encoding, _)| encoding != UTF_8);
    let length = bytes.len();
    if !is_utf_16 {
        bytes.retain(|byte| *byte != 0);
    }
    if bytes.len() < length {
        let message = format!("took {} zero bytes out of the text", length - bytes.len());
        sink.issue(Issue::new(&ZERO_BYTES, message));
    }
    match decode(bytes) {
        Ok((text, found)) => {
            if let Some(found) = found {
                sink.issue(found);
            }
            if !text.trim().is_empty() {
                return Some(text);
            }
            sink.issue(Issue::new(&EMPTY_FILE, "the file has no text"));
        }
        Err(issue) => sink.issue(*issue),
    }
    None
}

/// Where each column stands.
#[derive(Clone, Copy)]
struct Columns {
    full: Option<usize>,
    number: Option<usize>,
    suffix: Option<usize>,
    name: Option<usize>,
    registered_as: Option<usize>,
    address: Option<usize>,
    registered: Option<usize>,
    deregistered: Option<usize>,
    act: Option<usize>,
    sic: Option<usize>,
    class: Option<usize>,
    status: Option<usize>,
}

impl Columns {
    fn of(table: &Table) -> Self {
        Self {
            full: table.column(&["Full Registration Number", "Full Registation Number"]),
            number: table.column(&["Society Number", "SocietyNumber"]),
            suffix: table.column(&["Society Suffix"]),
            name: table.column(&["Society Name", "OrganisationName"]),
            registered_as: table.column(&["Registered As"]),
            address: table.column(&["Society Address", "Address"]),
            registered: table.column(&["Registration Date"]),
            deregistered: table.column(&["Deregistration Date"]),
            act: table.column(&["Registration Act"]),
            sic: table.column(&["Standard Industrial Classification Code (SIC)", "SIC"]),
            class: table.column(&["Reporting Classification"]),
            status: table.column(&["Society Status"]),
        }
    }

    /// The number that the digits and the suffix of a row make.
    fn parts(self, row: &Row) -> Option<Number> {
        Number::read(&format!("{}{}", row.text(self.number), row.text(self.suffix)))
    }

    fn all(self) -> [Option<usize>; 12] {
        let Self { full, number, suffix, name, registered_as, address, .. } = self;
        let Self { registered, deregistered, act, sic, class, status, .. } = self;
        [
            full,
            number,
            suffix,
            name,
            registered_as,
            address,
            registered,
            deregistered,
            act,
            sic,
            class,
            status,
        ]
    }
}

struct Register<'a, 's> {
    source: &'a Source,
    sink: &'a mut Sink<'s>,
    columns: Columns,
    /// The line of each number.
    seen: BTreeMap<String, u32>,
    names: Names,
}

impl Register<'_, '_> {
    /// Adds the society of a row; false where no more are wanted.
    fn row(&mut self, table: &Table, row: &Row) -> bool {
        let columns = self.columns;
        let Some(name) = row.cell(columns.name) else {
            let message = "expected a society name; the row is skipped";
            self.tell(&MISSING_FIELD, row.place(columns.name), message);
            self.sink.not_carried("fca-register: rows without a name");
            return true;
        };
        let mut draft = self.source.draft(Kind::MutualEntity, row.at);
        let number = self.number(row, &mut draft);
        if self.is_repeated(row, number.as_ref()) {
            return true;
        }
        draft.set("name", name.node());
        if let Some(number) = &number {
            let id = number.id();
            let place = row.place(columns.full.or(columns.number));
            draft.push("register_ids", Node::text(place, format!("GB-MPR-{id}")));
            draft.known_by(Key::register("GB-MPR", &id));
            self.names.call(&mut draft, &name.text, &id);
        }
        self.form(row, number.as_ref(), &mut draft);
        self.stages(row, &mut draft);
        self.keep(table, row, &mut draft);
        self.sink.draft(draft)
    }

    fn tell(&mut self, code: &'static Code, at: Place, message: impl Into<String>) {
        self.sink.issue(issue(code, at, message));
    }

    /// Whether the number stands further up, which is told.
    fn is_repeated(&mut self, row: &Row, number: Option<&Number>) -> bool {
        let Some(id) = number.map(Number::id) else { return false };
        let Some(line) = self.seen.get(&id) else {
            self.seen.insert(id, row.at.line);
            return false;
        };
        let message = format!("the number `{id}` stands in line {line} already; that row counts");
        self.tell(&NUMBER_REPEATED, row.place(self.columns.full.or(self.columns.number)), message);
        self.sink.not_carried("fca-register: rows whose number stands further up");
        true
    }

    /// The number of a society: the full one, or else its digits and its suffix.
    fn number(&mut self, row: &Row, draft: &mut Draft) -> Option<Number> {
        let made = self.columns.parts(row);
        let full = row.cell(self.columns.full);
        let Some(cell) = full.or(row.cell(self.columns.number).filter(|_| made.is_none())) else {
            if made.is_none() {
                let message = "the row has no number, so the society has no register id";
                self.tell(&NUMBER_UNREADABLE, row.at, message);
            }
            return made;
        };
        let full = Number::read(&cell.text);
        match (&full, &made) {
            (None, _) => {
                let message = format!("expected a number such as `29999R`, got `{}`", cell.text);
                self.tell(&NUMBER_UNREADABLE, cell.at, message);
                draft.keep("society_number", cell.node());
            }
            (Some(full), Some(made)) if full != made => {
                let message = format!(
                    "the full number is `{}`, but its parts give `{}`; the former counts",
                    full.id(),
                    made.id()
                );
                self.tell(&NUMBER_DIFFERS, cell.at, message);
            }
            _ => {}
        }
        full.or(made)
    }

    /// What the society is registered as, or else what its suffix stands for.
    fn form(&mut self, row: &Row, number: Option<&Number>, draft: &mut Draft) {
        let of_suffix = number.and_then(Number::form);
        let Some(cell) = row.cell(self.columns.registered_as) else {
            if let Some(form) = of_suffix {
                draft.set_text("legal_form", row.place(self.columns.suffix), form);
            }
            return;
        };
        if cell.text.to_lowercase().starts_with("data transfer") {
            // The register of companies has gone on with it; this is no form.
            return draft.keep("registered_as", cell.node());
        }
        let form = named_form(&cell.text);
        if let (Some(number), Some(of_suffix)) = (number, of_suffix.filter(|of| **of != *form)) {
            let message = format!(
                "registered as `{}`, but the suffix of `{}` stands for `{of_suffix}`; the former counts",
                cell.text,
                number.id()
            );
            self.tell(&FORM_DIFFERS, cell.at, message);
        }
        draft.set("legal_form", Node::text(cell.at, form));
    }

    /// The entry in the register and the removal from it.
    fn stages(&mut self, row: &Row, draft: &mut Draft) {
        let columns = self.columns;
        let (from, until) = (row.cell(columns.registered), row.cell(columns.deregistered));
        let status = row.cell(columns.status);
        let says =
            |start: &str| status.is_some_and(|cell| cell.text.to_lowercase().starts_with(start));
        if let Some(cell) = from.or(status.filter(|_| says("registered"))) {
            draft.push("stages", stage("registered", cell, from, self.sink));
        }
        if let Some(cell) = until.or(status.filter(|_| says("deregistered"))) {
            draft.push("stages", stage("deregistered", cell, until, self.sink));
        }
        let Some(status) = status else { return };
        if until.is_some() && says("registered") {
            let message =
                "the status is registered, but there is a date of deregistration; both are kept";
            self.tell(&STATUS_DIFFERS, status.at, message);
            draft.keep("society_status", status.node());
        } else if !matches!(&*status.text.to_lowercase(), "registered" | "deregistered") {
            draft.keep("society_status", status.node());
        }
    }

    /// What the model has no field for, and the sector.
    fn keep(&mut self, table: &Table, row: &Row, draft: &mut Draft) {
        let columns = self.columns;
        if let Some(cell) = row.cell(columns.class) {
            draft.set("sector", cell.node());
        }
        keep_address(draft, row, columns.address, row.text(columns.address));
        if let Some(cell) = row.cell(columns.act) {
            draft.keep("registration_act", cell.node());
        }
        if let Some(cell) = row.cell(columns.sic) {
            let codes = cell.text.split([',', ';']).map(str::trim).filter(|code| !code.is_empty());
            draft.keep(
                "sic_codes",
                Node::list(cell.at, codes.map(|code| Node::text(cell.at, code))),
            );
        }
        keep_others(draft, table, row, &columns.all());
    }
}
