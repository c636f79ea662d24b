//! The published test vectors of edtf-validate and python-edtf: each met, or listed with a reason.

use std::collections::BTreeSet;
use std::path::PathBuf;

use rochdale::date::{Date, Moment, Qualifier};
use serde_json::Value;

/// Valid EDTF of level 2 that is not kept: a qualifier on a part of a date.
const QUALIFIED_PARTS: &[&str] = &[
    "2004-06-~01/2004-06-~20",
    "-2004-06-?01/2006-06-~20",
    "-2005-06-%01/2006-06-~20",
    "2019-12/%2020",
    "1984?-06/2004-08?",
    "-1984-?06-02/2004-08-08~",
    "1984-?06-02/2004-06-11%",
    "2019-~12/2020",
    "2003-06-11%/2004-%06",
    "2004-06~/2004-06-%11",
    "1984?/2004~-06",
    "?2004-06~-10/2004-06-%11",
    "1984-06-?02/2004-06-11%",
    "2004?-06-11",
    "2004-06~-11",
    "2004-06-~11",
    "2004-%06",
    "2004-?06-?11",
    "2004?-06-~11",
    "?2004-%06",
    "2004?-%06",
    "2004?-~06-~04",
    "2011-~06-~04",
    "2004?-06-04",
    "?1945/1959",
    "?1945",
    "?1945-01",
    "?1945-01-01",
    "~1945/1959",
    "~1945",
    "~1945-01",
    "~1945-01-01",
    "%1945/1959",
    "%1945",
    "%1945-01",
    "%1945-01-01",
];

/// Valid EDTF of level 2 that is not kept: unspecified digits before specified ones.
const MASKS: &[&str] = &[
    "2003-06-25/2004-X1-03",
    "20X3-06-25/2004-X1-03",
    "XXXX-12-21/1890-09-2X",
    "1984-11-2X/1999-01-01",
    "198X-11-XX/198X-11-30",
    "-2000-XX-10/2012",
    "1919-XX-02/1919-XX-01",
    "1919-0X-02/1919-01-03",
    "1865-X2-02/1865-03-01",
    "1930-X0-10/1930-10-30",
    "1981-1X-10/1981-11-09",
    "1919-12-02/1919-XX-04",
    "1919-11-02/1919-1X-01",
    "1919-09-02/1919-X0-01",
    "1919-08-02/1919-0X-01",
    "1919-10-02/1919-X1-01",
    "1919-04-01/1919-X4-02",
    "1602-10-0X/1602-10-02",
    "2018-05-X0/2018-05-11",
    "-2018-05-X0/2018-05-11",
    "1200-01-X4/1200-01-08",
    "1919-07-30/1919-07-3X",
    "1908-05-02/1908-05-0X",
    "0501-11-18/0501-11-1X",
    "1112-08-22/1112-08-2X",
    "2015-02-27/2015-02-X8",
    "2016-02-28/2016-02-X9",
    "156X-12-25",
    "15XX-12-25",
    "1560-XX-25",
    "15XX-12-XX",
    "XXXX-XX-23",
];

/// Valid EDTF of level 2 that is not kept: exponents, significant digits, southern seasons.
const OTHER_OUTSIDE: &[&str] = &[
    "Y17E7",
    "Y-17E7",
    "1950S2",
    "1953S2",
    "1953S3",
    "Y17101E4S3",
    "Y3388E2S3",
    "Y171010000S3",
    "2001-29",
];

/// Valid by python-edtf, which drops spaces; invalid by edtf-validate and by the standard, in which
/// no expression has any.
const WITH_SPACES: &[&str] = &[
    "[1667, 1668, 1670..1672]",
    "[1760-01, 1760-02, 1760-12..]",
    "[1667, 1760-12]",
    "{1667,1668, 1670..1672}",
    "{1960, 1961-12}",
];

/// Where python-edtf has other bounds: its own (the first, the last) and the reason.
const OTHER_BOUNDS: &[(&str, Option<&str>, Option<&str>, &str)] = &[
    (
        "2010-24",
        Some("2010-12-01"),
        Some("2011-02-28"),
        "it cuts the winter at the end of its year",
    ),
    ("/2006", None, Some("2006-12-31"), "it takes an unknown start to be ten years before the end"),
    ("2004-06-01/", Some("2004-06-01"), None, "it takes an unknown end to be ten years on"),
    ("1984-06-02?/", Some("1984-06-02"), None, "it takes an unknown end to be ten years on"),
];

#[test]
fn edtf_validate() {
    let Some(facts) = facts() else { return };
    let lists = facts["edtf_validate"].as_object().expect("lists by name");
    assert_eq!(lists.len(), 6);
    let mut judge = Judge::default();
    for (name, values) in lists {
        for value in strings(values) {
            judge.judge(value, !name.starts_with("invalid"));
        }
    }
    judge.finish(157, 40);
}

#[test]
fn python_edtf_accepts_and_refuses() {
    let Some(facts) = facts() else { return };
    let mut judge = Judge::default();
    for name in ["EXAMPLES", "BENCHMARK_EXAMPLES", "APPROXIMATE_UNCERTAIN_EXAMPLES"] {
        for row in table(&facts, name) {
            judge.judge(row.as_str().or(row[0].as_str()).expect("a text"), true);
        }
    }
    for text in table(&facts, "BAD_EXAMPLES").iter().filter_map(Value::as_str) {
        judge.judge(text, false);
    }
    judge.finish(143, 38);
}

#[test]
fn python_edtf_bounds() {
    let Some(facts) = facts() else { return };
    let mut other: BTreeSet<_> = OTHER_BOUNDS.iter().map(|row| row.0).collect();
    let mut compared = 0;
    for row in table(&facts, "EXAMPLES") {
        let text = row[0].as_str().expect("a text");
        let Ok(date) = Date::parse(text) else { continue };
        let theirs: Vec<_> = strings(&row[1]).collect();
        // One or two strict bounds, then as many that the qualifier widens.
        let last = if theirs.len() % 2 == 0 { theirs[1] } else { theirs[0] };
        let (mut first, mut last) = (day(theirs[0]), day(last));
        if let Some(ours) = OTHER_BOUNDS.iter().find(|row| row.0 == text) {
            let (ours_first, ours_last) = (ours.1.and_then(day), ours.2.and_then(day));
            assert_ne!((first, last), (ours_first, ours_last), "{text} is no longer different");
            (first, last) = (ours_first, ours_last);
            other.remove(text);
        }
        let ours = |moment: Option<Moment>| moment.map(|moment| moment.day);
        assert_eq!((ours(date.earliest()), ours(date.latest())), (first, last), "{text}");
        compared += 1;
    }
    assert!(other.is_empty(), "not among the vectors: {other:?}");
    assert_eq!(compared, 60);
}

#[test]
fn python_edtf_qualifiers() {
    let Some(facts) = facts() else { return };
    let mut compared = 0;
    for row in table(&facts, "APPROXIMATE_UNCERTAIN_EXAMPLES") {
        let text = row[0].as_str().expect("a text");
        let Ok(date) = Date::parse(text) else { continue };
        let expected = match row[1].as_array().expect("three flags").as_slice() {
            [Value::Bool(true), ..] => Qualifier::Uncertain,
            [_, Value::Bool(true), _] => Qualifier::Approximate,
            [.., Value::Bool(true)] => Qualifier::Both,
            _ => Qualifier::None,
        };
        assert_eq!(date.qualifier(), expected, "{text}");
        compared += 1;
    }
    assert_eq!(compared, 9);
}

/// Holds verdicts against expectations, and the lists against what was met of them.
#[derive(Default)]
struct Judge {
    judged: usize,
    outside: BTreeSet<String>,
    wrong: Vec<String>,
}

impl Judge {
    fn judge(&mut self, text: &str, is_valid: bool) {
        self.judged += 1;
        let verdict = Date::parse(text);
        let message = verdict.as_ref().err().map(ToString::to_string).unwrap_or_default();
        let is_outside = [QUALIFIED_PARTS, MASKS, OTHER_OUTSIDE].concat().contains(&text);
        let is_right = if is_valid && is_outside {
            self.outside.insert(text.to_owned());
            message.contains("level 2 that is not kept")
        } else if is_valid && WITH_SPACES.contains(&text) {
            message.contains("no spaces")
        } else {
            verdict.is_ok() == is_valid
        };
        if !is_right {
            self.wrong.push(format!("`{text}`: {verdict:?}"));
        }
    }

    fn finish(self, judged: usize, outside: usize) {
        assert!(self.wrong.is_empty(), "{:#?}", self.wrong);
        assert_eq!((self.judged, self.outside.len()), (judged, outside));
    }
}

fn facts() -> Option<Value> {
    let Some(root) = std::env::var_os("ROCHDALE_DATA") else {
        println!("skipped: ROCHDALE_DATA is not set");
        return None;
    };
    let path = PathBuf::from(root).join("facts/edtf.json");
    let text = std::fs::read_to_string(path).expect("the data hold facts/edtf.json");
    Some(serde_json::from_str(&text).expect("edtf.json is JSON"))
}

fn table<'a>(facts: &'a Value, name: &str) -> &'a [Value] {
    let tables = facts["python_edtf"].as_array().expect("tables");
    let table = tables.iter().find(|table| table["name"] == name).expect("the table is there");
    table["values"].as_array().expect("rows")
}

fn strings(values: &Value) -> impl Iterator<Item = &str> {
    values.as_array().expect("a list").iter().map(|value| value.as_str().expect("a text"))
}

/// The number of a day such as `-0999-01-01`; none for `inf`.
fn day(text: &str) -> Option<i64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let mut fields = digits.split('-').map(str::parse::<i64>);
    let year = fields.next()?.ok()?;
    let mut field = || u32::try_from(fields.next()?.ok()?).ok();
    Moment::from_civil(sign * year, field()?, field()?).map(|moment| moment.day)
}
