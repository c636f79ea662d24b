//! The published test vectors of edtf-validate and python-edtf, each met or listed with a reason.

use std::collections::BTreeSet;
use std::path::PathBuf;

use rochdale::date::{Date, Moment, Precision, Qualifier};
use serde_json::Value;

/// Valid EDTF of level 2 that is not kept: no vector but these is refused.
const OUTSIDE_LEVELS: &[&str] = &[];

/// Vectors on which the two suites or the standard disagree, or that this library judges
/// otherwise, each with the reason.
const DIFFERENCES: &[(&str, &str)] = &[];

fn vectors() -> Option<Value> {
    let Some(root) = std::env::var_os("ROCHDALE_DATA") else {
        println!("skipped: ROCHDALE_DATA is not set");
        return None;
    };
    let path = PathBuf::from(root).join("facts/edtf.json");
    let text = std::fs::read_to_string(&path).expect("the facts hold edtf.json");
    Some(serde_json::from_str(&text).expect("edtf.json is JSON"))
}

#[test]
fn survey() {
    let Some(facts) = vectors() else { return };
    for (list, values) in facts["edtf_validate"].as_object().unwrap() {
        for value in values.as_array().unwrap() {
            let text = value.as_str().unwrap();
            let got = Date::parse(text);
            if got.is_ok() == list.starts_with("invalid") {
                println!(
                    "{list} {text:?} {}",
                    got.map_or_else(|e| e.to_string(), |d| d.to_string())
                );
            }
        }
    }
    for table in facts["python_edtf"].as_array().unwrap() {
        for value in table["values"].as_array().unwrap() {
            let text = match value {
                Value::String(s) => s.as_str(),
                Value::Array(a) => a[0].as_str().unwrap(),
                _ => continue,
            };
            println!(
                "{} {value} {}",
                table["name"],
                match Date::parse(text) {
                    Ok(d) => format!(
                        "{:?} {:?} {:?}",
                        d.earliest().map(|m| m.to_string()),
                        d.latest().map(|m| m.to_string()),
                        d.qualifier()
                    ),
                    Err(e) => e.to_string(),
                }
            );
        }
    }
    let _ = (
        OUTSIDE_LEVELS,
        DIFFERENCES,
        BTreeSet::<u8>::new(),
        Precision::Day,
        Qualifier::None,
        Moment { day: 0, second: 0 },
    );
}
