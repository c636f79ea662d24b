//! Random dates of every form that is kept, for property tests.

use proptest::prelude::*;
use proptest::sample::select;
use rochdale::date::Date;

/// Any date; more than half of them are less exact than a day.
pub(crate) fn date() -> impl Strategy<Value = Date> {
    let words = prop_oneof![
        3 => Just(String::new()),
        1 => "[a-zA-Z0-9 ()é~/]{1,20}",
        1 => select(vec!["summer 2011", "about (then)", ")", " (", "2011"]).prop_map(String::from),
    ];
    (edtf(), words)
        .prop_map(|(edtf, words)| Date::parse(&edtf).expect("only EDTF is made").with_text(words))
}

/// The EDTF of any date.
pub(crate) fn edtf() -> impl Strategy<Value = String> {
    prop_oneof![6 => simple(), 2 => timed(), 3 => interval(), 2 => set(), 1 => long_year()]
}

/// A date that may end an interval or belong to a set, of few years, so that dates often meet.
fn simple() -> impl Strategy<Value = String> {
    let plain = prop_oneof![
        3 => day(),
        2 => (year(), 1u32..=12).prop_map(|(year, month)| format!("{year}-{month:02}")),
        2 => year(),
        2 => (year(), select(vec![21, 22, 23, 24, 33, 34, 35, 36, 40, 41]))
            .prop_map(|(year, part)| format!("{year}-{part}")),
        1 => (year(), 1usize..=3).prop_map(|(year, unknown)| {
            let known = year.len() - unknown;
            format!("{}{}", &year[..known], "X".repeat(unknown))
        }),
        1 => (year(), 1u32..=12).prop_map(|(year, month)| format!("{year}-{month:02}-XX")),
        1 => (year(), select(vec!["-XX", "-XX-XX"])).prop_map(|(year, rest)| format!("{year}{rest}")),
    ];
    (plain, select(vec!["", "", "", "?", "~", "%"]))
        .prop_map(|(date, mark)| format!("{date}{mark}"))
}

fn year() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => (2009i32..=2013).prop_map(|year| year.to_string()),
        1 => (0i32..=9999).prop_map(|year| format!("{year:04}")),
        1 => (1i32..=9999).prop_map(|year| format!("-{year:04}")),
    ]
}

fn day() -> impl Strategy<Value = String> {
    (year(), 1u32..=12, 1u32..=28)
        .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"))
}

fn timed() -> impl Strategy<Value = String> {
    let zone = select(vec!["", "Z", "+01:00", "-03:30", "+00:00", "+14"]);
    (day(), 0u32..24, 0u32..60, prop::option::of(0u32..60), zone).prop_map(
        |(day, hour, minute, second, zone)| {
            let second = second.map_or_else(String::new, |second| format!(":{second:02}"));
            format!("{day}T{hour:02}:{minute:02}{second}{zone}")
        },
    )
}

fn interval() -> impl Strategy<Value = String> {
    let open = select(vec!["", ".."]);
    prop_oneof![
        3 => (simple(), simple()).prop_map(|(one, other)| ordered(&one, "/", &other)),
        1 => (simple(), open.clone()).prop_map(|(start, end)| format!("{start}/{end}")),
        1 => (open, simple()).prop_map(|(start, end)| format!("{start}/{end}")),
        1 => select(vec!["/..", "../", "../.."]).prop_map(String::from),
    ]
}

fn set() -> impl Strategy<Value = String> {
    let member = prop_oneof![
        4 => simple(),
        1 => (simple(), simple()).prop_map(|(one, other)| ordered(&one, "..", &other)),
    ];
    let members = prop::collection::vec(member, 1..4).prop_map(|members| members.join(","));
    let open = select(vec![("", ""), ("", ""), ("..2010,", ""), ("", ",2012..")]);
    (members, open, any::<bool>()).prop_map(|(members, (before, after), is_one)| {
        let (left, right) = if is_one { ('[', ']') } else { ('{', '}') };
        format!("{left}{before}{members}{after}{right}")
    })
}

fn long_year() -> impl Strategy<Value = String> {
    (10_000i64..=25_000_000_000_000_000, select(vec!["Y", "Y-"]))
        .prop_map(|(year, prefix)| format!("{prefix}{year}"))
}

/// Two dates joined, the earlier one first.
fn ordered(one: &str, joint: &str, other: &str) -> String {
    let (straight, turned) = (format!("{one}/{other}"), format!("{other}{joint}{one}"));
    if Date::parse(&straight).is_ok() { format!("{one}{joint}{other}") } else { turned }
}
