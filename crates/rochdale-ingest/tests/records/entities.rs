//! Registers of mutual entities, against counts that were made of them by other means.

use std::collections::{BTreeMap, BTreeSet};

use rochdale::json::Json;
use rochdale::model::{MutualEntity, RegisterId};
use rochdale_ingest::{Input, Reader, Reading};

use crate::corpus::{NONE, Pack, data};
use crate::facts::{counts, number, texts};

type Counts = BTreeMap<String, usize>;

const TABLE_OF_2017: &str =
    "entities/coops-uk/2017-06/co-ops-uk-csv-data/open_data_organisations.csv";

/// Facts of the table of 2017 that do not hold of what is read. Two of its organisations have one
/// number of Companies House, which numbers a company once (Companies Act 2006, section 1066): they
/// are one entry, with one class of ownership, and the other name is an alias.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("distinct ids", "`SC445994` is one company"),
    ("distinct names", "`SC445994` is one company"),
    ("ownership", "`SC445994` is one company"),
];

/// A table of Co-operatives UK as it was read.
struct Organisations {
    entities: Vec<MutualEntity>,
    /// How often each organisation stands in the table, by its id.
    rows: Counts,
    reading: Reading,
}

#[test]
fn the_tables_of_co_operatives_uk_give_what_is_known_of_them() {
    let Some(data) = data() else { return };
    let mut pack = Pack::new("cooperatives-uk", &exceptions());
    let facts = data.json("facts/entities.json");
    for (path, fact) in facts.as_object().unwrap() {
        if path.ends_with("open_data_outlets.csv") {
            let reading = read(&data.path(path));
            let outlets = reading.report.not_carried["cooperatives-uk: outlets"];
            pack.fact(&format!("{path} data_rows"), outlets, number(fact, "/data_rows"));
            pack.fact(&format!("{path} entries"), reading.entries.len(), 0);
        } else if path.ends_with("organisations.csv") {
            let twice = texts(fact, "/duplicated_Registered Number");
            let organisations = Organisations::of(read(&data.path(path)), &twice);
            organisations.check(&mut pack, path, fact);
        }
    }
    pack.close(140);
}

/// The exceptions by the names of their facts.
fn exceptions() -> Vec<(String, &'static str)> {
    let whole =
        |(fact, reason): &(&str, &'static str)| (format!("{TABLE_OF_2017} {fact}"), *reason);
    EXCEPTIONS.iter().map(whole).collect()
}

fn read(path: &std::path::Path) -> Reading {
    Reader::new().read_inputs([Input::path(path)]).unwrap()
}

fn entities(reading: &Reading) -> Vec<MutualEntity> {
    let entries = reading.entries.iter().cloned();
    entries.map(|entry| MutualEntity::try_from(entry).unwrap()).collect()
}

fn extra<'a>(entity: &'a MutualEntity, name: &str) -> &'a str {
    entity.extra.get(name).and_then(Json::as_str).unwrap_or_default()
}

/// A text with a sign for each digit, or one for all of them.
fn shape(text: &str, together: bool) -> String {
    let mut shape = String::new();
    for letter in text.chars() {
        match (letter.is_ascii_digit(), together) {
            (true, true) if shape.ends_with('#') => {}
            (true, true) => shape.push('#'),
            (true, false) => shape.push('9'),
            (false, _) => shape.push(letter),
        }
    }
    shape
}

impl Organisations {
    /// The organisations, of which some have their number in two rows.
    fn of(reading: Reading, twice: &[String]) -> Self {
        let entities = entities(&reading);
        let mut rows = Counts::new();
        let id = |entity: &MutualEntity| extra(entity, "cuk_organisation_id").to_owned();
        for entity in &entities {
            *rows.entry(id(entity)).or_default() += 1;
        }
        for issue in reading.report.issues.iter().filter(|i| i.code.name == "number-repeated") {
            let id = issue.message.split('`').nth(1).unwrap();
            *rows.get_mut(id).unwrap() += 1;
        }
        for entity in &entities {
            let rows = rows.get_mut(&id(entity)).unwrap();
            let number = entity.register_ids.first().map(RegisterId::number);
            if *rows == 1 && number.is_some_and(|number| twice.iter().any(|twice| twice == number))
            {
                *rows = 2;
            }
        }
        Self { entities, rows, reading }
    }

    /// How many rows have each value.
    fn count(&self, value: impl Fn(&MutualEntity) -> String) -> Counts {
        let mut counts = Counts::new();
        for entity in &self.entities {
            let rows = self.rows[extra(entity, "cuk_organisation_id")];
            *counts.entry(value(entity)).or_default() += rows;
        }
        counts
    }

    fn check(&self, pack: &mut Pack, path: &str, fact: &Json) {
        let name = |fact: &str| format!("{path} {fact}");
        let rows = self.rows.values().sum::<usize>();
        pack.fact(&name("data_rows"), rows, number(fact, "/data_rows"));
        let distinct = number(fact, "/distinct_CUK Organisation ID");
        pack.fact(&name("distinct ids"), self.rows.len(), distinct);
        let names: BTreeSet<_> =
            self.entities.iter().map(|entity| entity.name.to_string()).collect();
        pack.fact(&name("distinct names"), names.len(), number(fact, "/distinct_Registered Name"));
        pack.fact(&name("encoding"), self.has_issue("not-utf8"), false);
        pack.fact(
            &name("ragged_rows"),
            self.has_issue("row-length"),
            number(fact, "/ragged_rows") > 0,
        );
        for id in texts(fact, "/duplicated_CUK Organisation ID") {
            pack.fact(&name(&id), self.rows[&id] > 1, true);
        }
        self.check_numbers(pack, path, fact);
        self.check_dates(pack, path, fact);
        let sector = self.count(|entity| entity.sector.clone().unwrap_or_default());
        pack.fact(&name("sector"), sector, counts(fact, "/by_Sector - Simplified, High Level"));
        let nation =
            |entity: &MutualEntity| entity.places.first().and_then(|place| place.country.clone());
        let nations = self.count(|entity| nation(entity).unwrap_or_default());
        pack.fact(&name("nation"), nations, counts(fact, "/by_UK Nation"));
        let owners = self
            .count(|entity| owner(entity.ownership.as_ref().map_or("", |o| o.as_str())).to_owned());
        pack.fact(&name("ownership"), owners, counts(fact, "/by_Ownership Classification"));
        let status = self.count(|entity| status(entity).to_owned());
        pack.fact(&name("status"), status, counts(fact, "/by_Registered Status"));
        let forms = self
            .count(|entity| entity.legal_form.as_ref().map_or("", |form| form.as_str()).to_owned());
        for (form, count) in counts(fact, "/by_Legal Form") {
            // Which of the many forms of society it is follows from the number.
            if let Some(of_model) = form_of(&form) {
                let got = forms.get(of_model).copied().unwrap_or_default();
                pack.fact(&name(&form), got, count);
            }
        }
    }

    fn has_issue(&self, code: &str) -> bool {
        self.reading.report.issues.iter().any(|issue| issue.code.name == code)
    }

    /// Numbers by their shape; those of the register of mutuals have their code at the end.
    fn check_numbers(&self, pack: &mut Pack, path: &str, fact: &Json) {
        let number_of = |entity: &MutualEntity| {
            let registered = entity.register_ids.first().map(|id| id.number().to_owned());
            registered.unwrap_or_else(|| extra(entity, "registered_number").to_owned())
        };
        let got = self.count(|entity| shape(&number_of(entity), true));
        let mut wanted = Counts::new();
        for (form, count) in counts(fact, "/registered_number_shapes") {
            let form = match &*form {
                "CU#" | "IP#" => format!("#{}", &form[..2]),
                // The codes that Co-operatives UK adds are no part of the number.
                "#CS" | "#CBS" => "#".to_owned(),
                _ => form,
            };
            *wanted.entry(form).or_default() += count;
        }
        for (form, count) in &wanted {
            pack.fact(&format!("{path} numbers {form}"), got.get(form), Some(count));
        }
        // The fact counts the blank as one of them.
        let numbers: BTreeSet<_> = self.entities.iter().map(number_of).collect();
        pack.fact(
            &format!("{path} distinct numbers"),
            numbers.len(),
            number(fact, "/distinct_Registered Number"),
        );
    }

    fn check_dates(&self, pack: &mut Pack, path: &str, fact: &Json) {
        let registered = |entity: &MutualEntity| {
            let stage = entity.stages.iter().find(|stage| stage.stage.as_str() == "registered");
            stage.and_then(|stage| stage.date.clone())
        };
        let shapes = self.count(|entity| {
            registered(entity).map_or(String::new(), |date| shape(date.text(), false))
        });
        pack.fact(
            &format!("{path} date shapes"),
            shapes,
            counts(fact, "/incorporation_date_shapes"),
        );
        let years =
            self.entities.iter().filter_map(|entity| Some(registered(entity)?.earliest()?.year()));
        let years: Vec<_> = years.collect();
        let span =
            (years.iter().min().unwrap().to_string(), years.iter().max().unwrap().to_string());
        let at = |n: usize| {
            fact.pointer(&format!("/incorporation_year_min_max/{n}")).unwrap().to_string()
        };
        pack.fact(&format!("{path} years"), span, (at(0), at(1)));
        let ended = self.entities.iter().flat_map(|entity| &entity.stages);
        let stages: BTreeSet<_> = ended.map(|stage| stage.stage.as_str()).collect();
        pack.fact(&format!("{path} ceased trading"), stages.contains("ceased_trading"), false);
    }
}

/// The class that the table names, of what the model calls it.
fn owner(model: &str) -> &str {
    match model {
        "worker_co_operative" => "Workers",
        "consumer_co_operative" => "Consumers",
        "multi_stakeholder" => "Multi-stakeholder",
        "employee_benefit_trust" => "Employee Trust",
        "community_owned" => "Community of Interest",
        other => other,
    }
}

fn status(entity: &MutualEntity) -> &str {
    let ended = entity
        .stages
        .iter()
        .any(|stage| matches!(stage.stage.as_str(), "deregistered" | "dissolved"));
    match extra(entity, "registered_status") {
        "" if ended => "Dead",
        "" => "Live",
        stated => stated,
    }
}

fn form_of(form: &str) -> Option<&'static str> {
    Some(match form {
        "Company" => "Company",
        "Unincorporated" => "unincorporated",
        "Community Interest Company" => "community_interest_company",
        "LLP" => "limited_liability_partnership",
        "Charitable Incorporated Organisation" => "charitable_incorporated_organisation",
        "Scottish Charitable Incorporated Organisation" => {
            "scottish_charitable_incorporated_organisation"
        }
        _ => return None,
    })
}

#[test]
fn the_register_of_mutuals_gives_what_is_known_of_it() {
    let Some(data) = data() else { return };
    let mut pack = Pack::new("fca-register", NONE);
    let form = data.json("facts/fca_register_format.json");
    let files = data.json("facts/entities.json");
    let path = "entities/fca-shape/SocietyList.reconstructed-2026-header.cp1252.csv";
    let reading = read(&data.path(path));
    let found = entities(&reading);
    pack.fact("rows", found.len(), number(&form, "/reconstructed_files/rows"));
    pack.fact(
        "data_rows",
        found.len(),
        number(files.as_object().unwrap().get(path).unwrap(), "/data_rows"),
    );
    let codes: BTreeSet<_> = reading.report.issues.iter().map(|issue| issue.code.name).collect();
    pack.fact("issues", codes, BTreeSet::from(["not-utf8"]));
    let forms = count(&found, |entity| entity.legal_form.as_ref().unwrap().as_str().to_owned());
    for (name, count) in counts(&form, "/reconstructed_files/by_registered_as") {
        pack.fact(&name, forms.get(&name.to_lowercase().replace(' ', "_")), Some(&count));
    }
    let ended = count(&found, |entity| {
        let ended = entity.stages.iter().any(|stage| stage.stage.as_str() == "deregistered");
        if ended { "Deregistered" } else { "Registered" }.to_owned()
    });
    pack.fact("by_status", ended, counts(&form, "/reconstructed_files/by_status"));
    let with_id = found.iter().filter(|entity| entity.register_ids.len() == 1).count();
    pack.fact("full numbers", with_id, found.len());
    headers(&mut pack, &form);
    values(&mut pack, &form);
    suffixes(
        &mut pack,
        &std::fs::read_to_string(data.path("entities/charity-lookups/mutuals-suffixes.csv"))
            .unwrap(),
    );
    let empty = read(
        &data.path("entities/beis-htg/BEIS.HelpToGrow.Voucher.Web/StaticResources/SocietyList.csv"),
    );
    pack.fact("header alone", (empty.entries.len(), empty.report.issues.len()), (0, 0));
    pack.close(90);
}

fn count(entities: &[MutualEntity], value: impl Fn(&MutualEntity) -> String) -> Counts {
    let mut counts = Counts::new();
    for entity in entities {
        *counts.entry(value(entity)).or_default() += 1;
    }
    counts
}

/// Reads rows under a header, all of it made here.
fn made(header: &[String], rows: &[Vec<(&str, &str)>]) -> Vec<MutualEntity> {
    let mut text = header.join(",") + "\r\n";
    for row in rows {
        let cell = |column: &String| {
            let given = row.iter().find(|(name, _)| column.starts_with(name));
            format!("\"{}\"", given.map_or("", |(_, value)| value))
        };
        text += &(header.iter().map(cell).collect::<Vec<_>>().join(",") + "\r\n");
    }
    let files = [("SocietyList.csv".to_owned(), text.into_bytes())];
    entities(&Reader::new().read_files(files).unwrap())
}

/// Both headers are known, the misspelt one as well.
fn headers(pack: &mut Pack, form: &Json) {
    for name in ["header_2021_10_columns", "header_2022_on_12_columns"] {
        let header = texts(form, &format!("/{name}"));
        let all: Vec<_> = header
            .iter()
            .map(|column| {
                (&**column, if column.contains("Date") { "2016-03-14" } else { "29999R" })
            })
            .collect();
        let got = made(&header, &[all]);
        let entity = got.first().unwrap();
        pack.fact(name, entity.register_ids[0].to_string(), "GB-MPR-29999R".to_owned());
        // Each column has a place of its own, so none is kept under its own name.
        let kept: Vec<_> = entity.extra.keys().map(String::as_str).collect();
        let known = ["address", "registration_act", "sic_codes", "society_status"];
        pack.fact(&format!("{name} kept"), kept.iter().all(|key| known.contains(key)), true);
    }
}

/// The values seen by those who read the register: forms, states and dates.
fn values(pack: &mut Pack, form: &Json) {
    let header = texts(form, "/header_2022_on_12_columns");
    for value in texts(form, "/registered_as_values_seen") {
        let got = made(
            &header,
            &[vec![
                ("Society Name", "Made Up"),
                ("Society Number", "1"),
                ("Registered As", &value),
            ]],
        );
        let wanted = value.to_lowercase().replace('\'', "").replace([' ', '-'], "_");
        pack.fact(&value, got[0].legal_form.as_ref().unwrap().as_str().to_lowercase(), wanted);
    }
    for value in texts(form, "/status_values_seen") {
        let got = made(
            &header,
            &[vec![
                ("Society Name", "Made Up"),
                ("Society Number", "1"),
                ("Society Status", &value),
            ]],
        );
        pack.fact(&value, got[0].stages[0].stage.as_str().to_owned(), value.to_lowercase());
    }
    let seen = texts(form, "/date_formats_seen_by_consumers");
    let examples =
        [("2016-03-14", "2016-03-14"), ("14/03/2016", "2016-03-14"), ("16-Mar-14", "2016-03-14?")];
    for (format, (text, edtf)) in seen.iter().zip(examples) {
        let got = made(
            &header,
            &[vec![
                ("Society Name", "Made Up"),
                ("Society Number", "1"),
                ("Registration Date", text),
            ]],
        );
        let date = got[0].stages[0].date.clone().unwrap();
        pack.fact(format, date.edtf().to_owned(), edtf.to_owned());
    }
}

/// What each suffix stands for, by the register's glossary.
fn suffixes(pack: &mut Pack, table: &str) {
    let header = ["Society Number", "Society Suffix", "Society Name"].map(str::to_owned);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    for record in reader.records().map(Result::unwrap) {
        let (code, form) = (record[0].trim().replace(" (prefix)", ""), &record[2]);
        if code.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let got = made(
            &header,
            &[vec![
                ("Society Number", "1"),
                ("Society Suffix", &code),
                ("Society Name", "Made Up"),
            ]],
        );
        let got = got[0].legal_form.as_ref().map(|form| form.as_str().to_lowercase());
        let wanted = form.to_lowercase().replace('’', "").replace([' ', '-'], "_");
        let wanted = (!wanted.starts_with("data_transfer")).then_some(wanted);
        pack.fact(&format!("suffix {code}"), got, wanted);
    }
}
