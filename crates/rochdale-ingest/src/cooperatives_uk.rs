//! The open data of Co-operatives UK, in the shapes of 2016 and 2017: the table of organisations.
//!
//! | column | field of a mutual entity |
//! |---|---|
//! | `Registered Name` | `name`; the id is made of it |
//! | `Trading Name` | `aliases`, where it differs |
//! | `Registered Number`, `Registrar` | `register_ids`: `GB-MPR`, `GB-COH`, `GB-CHC`, `GB-SC` |
//! | `Legal Form` | `legal_form`; for a society what the code of its number stands for |
//! | `Ownership Classification` | `ownership` |
//! | `Sector - Simplified, High Level` | `sector` |
//! | `Registered City`, `UK Nation` | `places`, as locality and country |
//! | `Registered Street`, `… City`, `… State/Province`, `… Postcode` | `extra.address`, `extra.postcode` |
//! | `Incorporation Date` | a stage `registered` |
//! | `Dissolved Date` | a stage `deregistered` of a society, `dissolved` of a company; neither says that trading ceased |
//! | `Registered Status` | the same stage without date, where it is `Dead` |
//! | `SIC Code`, `SIC section` | `extra.sic_code`, `extra.sic_section` |
//! | the description of the finest level | `extra.sic_description` |
//! | `CUK Organisation ID` | `extra.cuk_organisation_id` |
//! | any other | `extra`, under its name |
//!
//! Not carried, but counted: the coarser levels of the SIC code, which follow from it; rows whose
//! organisation stands further up; the table of outlets, which are not bodies.
//!
//! Spreadsheets took the zeros from numbers of Companies House in the edition of 2016; they are put
//! back. Codes that Co-operatives UK adds to the numbers of societies under the Act of 2014, `CS` and
//! `CBS`, say the legal form and are not part of the number.

use std::collections::BTreeMap;

use rochdale::issue::Code;
use rochdale::model::Kind;

use crate::codes::{
    MISSING_COLUMN, MISSING_FIELD, NUMBER_REPEATED, NUMBER_UNREADABLE, STATUS_DIFFERS,
};
use crate::draft::{Draft, Key};
use crate::foreign::{Sink, Source};
use crate::place::{Place, Places};
use crate::register::society::{Number, named_form};
use crate::register::table::{Row, Table};
use crate::register::{Names, keep_address, keep_others, stage};
use crate::tree::{Node, issue};

/// Reads a table of organisations.
pub(crate) fn read(source: &mut Source, sink: &mut Sink<'_>) {
    let Some(text) = source.text(sink) else { return };
    let places = Places::new(&text);
    let Some(table) = Table::read_into(&places, source.limits, "cooperatives-uk", sink) else {
        return;
    };
    if table.column(&["Outlet Name"]).is_some() {
        return sink.not_carried_times("cooperatives-uk: outlets", table.rows.len());
    }
    let columns = Columns::of(&table);
    if columns.name.is_none() {
        let message = "expected a column `Registered Name` in the first row";
        let found = issue(&MISSING_COLUMN, Place::TOP, message);
        return sink.issue(found.with_help("keep the row that names the columns"));
    }
    let mut names = Names::default();
    for row in &table.rows {
        names.note(row.text(columns.name), row.text(columns.id).to_owned());
    }
    let mut reader = Organisations { source, sink, columns, seen: BTreeMap::new(), names };
    for row in &table.rows {
        if !reader.row(&table, row) {
            break;
        }
    }
}

/// Where each column stands.
struct Columns {
    id: Option<usize>,
    number: Option<usize>,
    registrar: Option<usize>,
    name: Option<usize>,
    trading: Option<usize>,
    form: Option<usize>,
    /// Street, city, state and postcode.
    address: [Option<usize>; 4],
    nation: Option<usize>,
    sic: Option<usize>,
    section: Option<usize>,
    /// Descriptions of the SIC code, the finest first.
    descriptions: [Option<usize>; 4],
    levels: [Option<usize>; 4],
    sector: Option<usize>,
    ownership: Option<usize>,
    status: Option<usize>,
    incorporated: Option<usize>,
    dissolved: Option<usize>,
}

impl Columns {
    fn of(table: &Table) -> Self {
        let one = |name: &str| table.column(&[name]);
        let level = |level: usize, rest: &str| one(&format!("SIC code - level {level}{rest}"));
        Self {
            id: one("CUK Organisation ID"),
            number: one("Registered Number"),
            registrar: one("Registrar"),
            name: one("Registered Name"),
            trading: one("Trading Name"),
            form: one("Legal Form"),
            address: ["Street", "City", "State/Province", "Postcode"]
                .map(|part| one(&format!("Registered {part}"))),
            nation: one("UK Nation"),
            sic: one("SIC Code"),
            section: one("SIC section"),
            descriptions: [5, 4, 3, 2].map(|number| level(number, " description")),
            levels: [5, 4, 3, 2].map(|number| level(number, "")),
            sector: one("Sector - Simplified, High Level"),
            ownership: one("Ownership Classification"),
            status: one("Registered Status"),
            incorporated: one("Incorporation Date"),
            dissolved: one("Dissolved Date"),
        }
    }

    fn all(&self) -> Vec<Option<usize>> {
        let single = [
            self.id,
            self.number,
            self.registrar,
            self.name,
            self.trading,
            self.form,
            self.nation,
            self.sic,
            self.section,
            self.sector,
            self.ownership,
            self.status,
            self.incorporated,
            self.dissolved,
        ];
        single.into_iter().chain(self.address).chain(self.descriptions).chain(self.levels).collect()
    }
}

/// The number of an organisation and the register that it stands in.
struct Registered {
    list: &'static str,
    number: String,
    form: Option<&'static str>,
}

impl Registered {
    /// What a registrar and a number say together. Where the registrar is not stated, only numbers
    /// that no other register writes so are taken.
    fn of(registrar: &str, text: &str) -> Option<Self> {
        let plain: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        let plain = plain.to_uppercase();
        let other = |list, number: String| Some(Self { list, number, form: None });
        match registrar.to_lowercase().as_str() {
            // Companies House has numbers of its own for societies, such as `RS001234`.
            "fca" | "detini" => Self::society(&plain).or_else(|| other("GB-COH", company(&plain)?)),
            "companies house" => other("GB-COH", company(&plain)?),
            "charity commission" => other("GB-CHC", plain),
            "oscr" => other("GB-SC", plain),
            _ => match Number::read(&plain) {
                Some(number) if number.form().is_some() => Self::society(&plain),
                _ => other("GB-COH", company(&plain).filter(|_| plain.len() > 6)?),
            },
        }
    }

    fn society(text: &str) -> Option<Self> {
        let number = Number::read(text)?;
        let form = number.form();
        Some(Self { list: "GB-MPR", number: number.without_added_code().id(), form })
    }

    /// What a date of dissolution means in the register.
    fn end(&self) -> &'static str {
        if self.list == "GB-COH" { "dissolved" } else { "deregistered" }
    }
}

/// A number of Companies House: eight digits, or two letters and six.
fn company(text: &str) -> Option<String> {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = text.len() - letters;
    let shaped = text[letters..].bytes().all(|byte| byte.is_ascii_digit());
    match letters {
        0 if shaped && (1..=8).contains(&digits) => Some(format!("{text:0>8}")),
        2 if shaped && digits == 6 => Some(text.to_owned()),
        _ => None,
    }
}

/// The model's word for a class of ownership; others are kept as they are.
fn ownership(class: &str) -> &str {
    match class {
        "Workers" => "worker_co_operative",
        "Consumers" => "consumer_co_operative",
        "Multi-stakeholder" => "multi_stakeholder",
        "Employee Trust" => "employee_benefit_trust",
        "Community of Interest" => "community_owned",
        other => other,
    }
}

struct Organisations<'a, 's> {
    source: &'a Source,
    sink: &'a mut Sink<'s>,
    columns: Columns,
    /// The line of each organisation.
    seen: BTreeMap<String, u32>,
    names: Names,
}

impl Organisations<'_, '_> {
    /// Adds the organisation of a row; false where no more are wanted.
    fn row(&mut self, table: &Table, row: &Row) -> bool {
        let columns = &self.columns;
        let Some(name) = row.cell(columns.name).or(row.cell(columns.trading)) else {
            let message = "expected a registered name; the row is skipped";
            self.tell(&MISSING_FIELD, row.place(columns.name), message);
            self.sink.not_carried("cooperatives-uk: rows without a name");
            return true;
        };
        if self.is_repeated(row) {
            return true;
        }
        let columns = &self.columns;
        let mut draft = self.source.draft(Kind::MutualEntity, row.at);
        draft.set("name", name.node());
        self.names.call(&mut draft, &name.text, row.text(columns.id));
        if let Some(trading) = row.cell(columns.trading)
            && trading.text.to_lowercase() != name.text.to_lowercase()
        {
            draft.push("aliases", Node::map(trading.at, [("name", trading.node())]));
        }
        let registered = self.registered(row, &mut draft);
        self.form(row, registered.as_ref(), &mut draft);
        self.stages(row, registered.as_ref(), &mut draft);
        self.describe(row, &mut draft);
        self.locate(row, &mut draft);
        keep_others(&mut draft, table, row, &self.columns.all());
        self.sink.draft(draft)
    }

    fn tell(&mut self, code: &'static Code, at: Place, message: impl Into<String>) {
        self.sink.issue(issue(code, at, message));
    }

    /// Whether the organisation stands further up, which is told.
    fn is_repeated(&mut self, row: &Row) -> bool {
        let Some(id) = row.cell(self.columns.id) else { return false };
        let (id, at) = (id.text.clone(), id.at);
        let Some(line) = self.seen.get(&id) else {
            self.seen.insert(id, row.at.line);
            return false;
        };
        let message = format!("`{id}` stands in line {line} already; that row counts");
        self.tell(&NUMBER_REPEATED, at, message);
        self.sink.not_carried("cooperatives-uk: rows whose organisation stands further up");
        true
    }

    fn registered(&mut self, row: &Row, draft: &mut Draft) -> Option<Registered> {
        let cell = row.cell(self.columns.number)?;
        let registrar = row.text(self.columns.registrar);
        let Some(registered) = Registered::of(registrar, &cell.text) else {
            let message = format!(
                "expected a number of the registrar `{registrar}`, got `{}`; kept in `extra`",
                cell.text
            );
            self.tell(&NUMBER_UNREADABLE, cell.at, message);
            draft.keep("registered_number", cell.node());
            return None;
        };
        let id = format!("{}-{}", registered.list, registered.number);
        draft.push("register_ids", Node::text(cell.at, id));
        draft.known_by(Key::register(registered.list, &registered.number));
        Some(registered)
    }

    /// The legal form: of a society what its number says, of others what the cell says.
    fn form(&self, row: &Row, registered: Option<&Registered>, draft: &mut Draft) {
        let of_number = registered.and_then(|registered| registered.form);
        let stated = row.cell(self.columns.form);
        let form = match stated.map(|cell| cell.text.as_str()) {
            None | Some("Society") => of_number,
            Some("LLP") => Some("limited_liability_partnership"),
            Some(_) => None,
        };
        match (form, stated) {
            (Some(form), _) => draft.set_text("legal_form", row.place(self.columns.form), form),
            (None, Some(cell)) => draft.set_text("legal_form", cell.at, named_form(&cell.text)),
            (None, None) => {}
        }
    }

    fn stages(&mut self, row: &Row, registered: Option<&Registered>, draft: &mut Draft) {
        let columns = &self.columns;
        let (from, until) = (row.cell(columns.incorporated), row.cell(columns.dissolved));
        let status = row.cell(columns.status);
        let says = |word: &str| status.filter(|cell| cell.text.eq_ignore_ascii_case(word));
        let (live, dead) = (says("Live"), says("Dead"));
        if let Some(cell) = from {
            draft.push("stages", stage("registered", cell, from, self.sink));
        }
        if let Some(cell) = until.or(dead) {
            let end = registered.map_or("dissolved", Registered::end);
            draft.push("stages", stage(end, cell, until, self.sink));
        }
        let (Some(status), is_known) = (status, live.or(dead).is_some()) else { return };
        if live.is_some() && until.is_some() {
            let message = "the status is `Live`, but there is a date of dissolution; both are kept";
            self.tell(&STATUS_DIFFERS, status.at, message);
        } else if is_known {
            return;
        }
        draft.keep("registered_status", status.node());
    }

    /// What it does and who owns it.
    fn describe(&mut self, row: &Row, draft: &mut Draft) {
        let columns = &self.columns;
        if let Some(cell) = row.cell(columns.sector) {
            draft.set("sector", cell.node());
        }
        if let Some(cell) = row.cell(columns.ownership) {
            draft.set_text("ownership", cell.at, ownership(&cell.text));
        }
        let finest = columns.descriptions.iter().find(|column| row.cell(**column).is_some());
        let description = finest.copied().flatten();
        let kept = [
            ("cuk_organisation_id", columns.id),
            ("sic_code", columns.sic),
            ("sic_section", columns.section),
            ("sic_description", description),
        ];
        for (name, column) in kept {
            if let Some(cell) = row.cell(column) {
                draft.keep(name, cell.node());
            }
        }
        let coarser = columns.levels.iter().chain(&columns.descriptions);
        let coarser = coarser.filter(|column| **column != description);
        let count = coarser.filter(|column| row.cell(**column).is_some()).count();
        self.sink.not_carried_times("cooperatives-uk: levels of SIC codes", count);
    }

    /// Where it is registered: the place, and the address in one line.
    fn locate(&self, row: &Row, draft: &mut Draft) {
        let [street, city, ..] = self.columns.address;
        let parts = [("locality", row.cell(city)), ("country", row.cell(self.columns.nation))];
        let parts = parts.into_iter().filter_map(|(name, cell)| Some((name, cell?.node())));
        let parts: Vec<_> = parts.collect();
        if let Some(at) = parts.first().map(|(_, node)| node.at) {
            draft.push("places", Node::map(at, parts));
        }
        let cells = self.columns.address.iter().filter_map(|column| row.cell(*column));
        let lines = cells.flat_map(|cell| cell.text.lines());
        let lines = lines.map(|line| line.trim().trim_end_matches(','));
        let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
        keep_address(draft, row, street, &lines.join(", "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_finds_its_register() {
        for (registrar, text, id) in [
            ("FCA", "525R", Some("GB-MPR-525R")),
            ("FCA", "4004CS", Some("GB-MPR-4004")),
            ("DETINI", "CU000069", Some("GB-MPR-69CU")),
            ("FCA", "RS001234", Some("GB-COH-RS001234")),
            ("Companies House", "1781150", Some("GB-COH-01781150")),
            ("Companies House", "SC123456", Some("GB-COH-SC123456")),
            ("Companies House", "SC12", None),
            ("Charity Commission", "1150000", Some("GB-CHC-1150000")),
            ("OSCR", "SC040000", Some("GB-SC-SC040000")),
            ("Legal Form is not defined", "7029C", Some("GB-MPR-7029C")),
            ("Legal Form is not defined", "SC123456", Some("GB-COH-SC123456")),
            ("Legal Form is not defined", "7707182", Some("GB-COH-07707182")),
            ("Legal Form is not defined", "4999", None),
            ("Unknown legal form", "XCP-1987", None),
        ] {
            let found =
                Registered::of(registrar, text).map(|of| format!("{}-{}", of.list, of.number));
            assert_eq!(found.as_deref(), id, "{registrar} {text}");
        }
    }
}
