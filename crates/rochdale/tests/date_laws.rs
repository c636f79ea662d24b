//! Laws of dates: they print as they parse, have one total order, and compare as days do.

use std::cmp::Ordering;

use chrono::{Days, Months, NaiveDate};
use proptest::prelude::*;
use proptest::sample::select;
use rochdale::date::english::English;
use rochdale::date::{Certainty, Comparison, Date, Qualifier};

#[path = "support/dates.rs"]
mod dates;

proptest! {
    #[test]
    fn printing_and_parsing_are_inverse(date in dates::date()) {
        let printed = date.to_string();
        let parsed = Date::parse(&printed)?;
        prop_assert_eq!(&parsed, &date);
        prop_assert_eq!((parsed.text(), parsed.edtf()), (date.text(), date.edtf()));
        prop_assert_eq!((parsed.earliest(), parsed.latest()), (date.earliest(), date.latest()));
        let json = serde_json::to_string(&date)?;
        prop_assert_eq!(serde_json::from_str::<String>(&json)?, printed);
        prop_assert_eq!(serde_json::from_str::<Date>(&json)?, date);
    }

    #[test]
    fn edtf_is_kept_as_it_is_written(edtf in dates::edtf()) {
        let date = Date::parse(&edtf)?;
        let normal = if edtf.ends_with("+14") { format!("{edtf}:00") } else { edtf };
        prop_assert_eq!((date.edtf(), date.text()), (normal.as_str(), normal.as_str()));
    }

    #[test]
    fn bounds_are_in_order(date in dates::date()) {
        if let (Some(earliest), Some(latest)) = (date.earliest(), date.latest()) {
            prop_assert!(earliest <= latest);
        }
        prop_assert!(!date.start_is_unknown() || date.earliest().is_none());
        prop_assert!(!date.end_is_unknown() || date.latest().is_none());
    }

    #[test]
    fn the_order_is_total(mut list in prop::collection::vec(dates::date(), 3)) {
        for one in &list {
            for other in &list {
                prop_assert_eq!(one.cmp(other), other.cmp(one).reverse());
                prop_assert_eq!(one == other, one.cmp(other) == Ordering::Equal);
            }
        }
        list.sort();
        prop_assert!(list[0] <= list[2]);
        for pair in list.windows(2) {
            prop_assert!(pair[0].earliest() <= pair[1].earliest());
            if pair[0].earliest() == pair[1].earliest() {
                let last = |date: &Date| (date.latest().is_none(), date.latest());
                prop_assert!(last(&pair[0]) <= last(&pair[1]));
            }
        }
    }

    #[test]
    fn what_is_definite_is_possible(one in dates::date(), other in dates::date()) {
        for comparison in Comparison::ALL {
            let meets = |certainty| one.meets(comparison, &other, certainty);
            prop_assert!(meets(Certainty::Possible) || !meets(Certainty::Definite), "{:?}", comparison);
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let _ = Date::parse(&text);
        let _ = English::new(None).read(&text);
    }

    #[test]
    fn no_text_that_looks_like_edtf_makes_it_panic(text in r"[\[{]?[-Y0-9XTZ:+.,/?~% ()]{0,30}[\]}]?") {
        if let Ok(date) = Date::parse(&text) {
            prop_assert_eq!(Date::parse(&date.to_string())?, date);
        }
    }

    #[test]
    fn no_words_make_the_english_reader_panic(
        words in prop::collection::vec(english_word(), 0..7),
        reference in prop::option::of(dates::date()),
        is_financial in any::<bool>(),
    ) {
        let english = English::new(reference.as_ref());
        let english = if is_financial { english.financial_years() } else { english };
        let text = words.join(" ");
        match english.read(&text) {
            Ok(reading) => prop_assert_eq!(Date::parse(&reading.date.to_string())?, reading.date),
            Err(error) => prop_assert!(error.offset() <= text.len()),
        }
    }

    #[test]
    fn comparisons_agree_with_counting_days(one in modelled(), other in modelled()) {
        let (date, against) = (Date::parse(&one.edtf)?, Date::parse(&other.edtf)?);
        prop_assert_eq!(date.qualifier() == Qualifier::None, !one.is_qualified);
        for comparison in Comparison::ALL {
            for certainty in [Certainty::Possible, Certainty::Definite] {
                let expected = one.meets(comparison, &other, certainty);
                let got = date.meets(comparison, &against, certainty);
                prop_assert_eq!(got, expected, "{:?} {:?} {:?} {:?}", one, comparison, certainty, other);
            }
        }
    }
}

#[test]
fn undated_entries_come_last() {
    let order = ["../2011", "2011-05-20", "2011-05", "2011", "2011/..", "2012"];
    let dates: Vec<_> = order.iter().map(|text| Date::parse(text).unwrap()).collect();
    let mut mixed: Vec<_> = dates.iter().rev().map(Some).collect();
    mixed.insert(2, None);
    mixed.sort_by(|one, other| Date::compare_optional(*one, *other));
    let sorted: Vec<_> = mixed.into_iter().map(|date| date.map_or("", Date::edtf)).collect();
    assert_eq!(sorted, ["../2011", "2011", "2011/..", "2011-05", "2011-05-20", "2012", ""]);
}

fn english_word() -> impl Strategy<Value = String> {
    let words = "friday may 20th 20 5 12 2011 2011/12 2011-05-20 20/05/2011 32 1990s 1900s 19th century q2 \
        first half quarter early mid late the of in circa probably before after since by until between \
        and from to or either - – next last this later earlier week month year spring winter today \
        tomorrow 9.30 10:00:59 25:00 am pm p.m. noon gmt bst fy financial 4294967295 99999999999 ' é";
    prop_oneof![
        9 => select(words.split_whitespace().map(String::from).collect::<Vec<_>>()),
        1 => "\\PC{0,4}",
    ]
}

/// A date of a few years, with its bounds worked out by chrono.
#[derive(Clone, Debug)]
struct Modelled {
    edtf: String,
    first: End,
    last: End,
    is_qualified: bool,
}

#[derive(Clone, Copy, Debug)]
enum End {
    At(NaiveDate),
    Open,
    Unknown,
}

/// All time, in points: each day has its first and its last second. Open ends lie just outside.
fn all_time() -> (i32, i32) {
    let points =
        |year, month| 2 * NaiveDate::from_ymd_opt(year, month, 1).expect("a day").to_epoch_days();
    (points(2010, 12), points(2013, 4))
}

impl Modelled {
    /// Whether a moment of this date meets the comparison with a place where the other may lie, or
    /// every moment does with every place.
    fn meets(&self, comparison: Comparison, other: &Self, certainty: Certainty) -> bool {
        let (start_of_time, end_of_time) = all_time();
        let moments = self.lowest().max(start_of_time)..=self.highest().min(end_of_time);
        let mut pairs = moments.flat_map(|moment| {
            other.starts().flat_map(move |start| other.ends().map(move |end| (moment, start, end)))
        });
        let holds = |(moment, start, end): (i32, i32, i32)| match comparison {
            Comparison::Before => moment < start,
            Comparison::OnOrBefore => moment <= end,
            Comparison::OnOrAfter => moment >= start,
            Comparison::After => moment > end,
            Comparison::During => moment >= start && moment <= end,
        };
        match certainty {
            Certainty::Definite => self.is_sure() && pairs.all(holds),
            Certainty::Possible => pairs.any(holds),
        }
    }

    fn is_sure(&self) -> bool {
        let is_known = |end| !matches!(end, End::Unknown);
        !self.is_qualified && is_known(self.first) && is_known(self.last)
    }

    fn lowest(&self) -> i32 {
        match self.first {
            End::At(day) => 2 * day.to_epoch_days(),
            End::Open => all_time().0 - 1,
            End::Unknown => all_time().0,
        }
    }

    fn highest(&self) -> i32 {
        match self.last {
            End::At(day) => 2 * day.to_epoch_days() + 1,
            End::Open => all_time().1 + 1,
            End::Unknown => all_time().1,
        }
    }

    fn starts(&self) -> std::ops::RangeInclusive<i32> {
        let latest =
            if matches!(self.first, End::Unknown) { self.highest() } else { self.lowest() };
        self.lowest()..=latest
    }

    fn ends(&self) -> std::ops::RangeInclusive<i32> {
        let earliest =
            if matches!(self.last, End::Unknown) { self.lowest() } else { self.highest() };
        earliest..=self.highest()
    }
}

fn modelled() -> impl Strategy<Value = Modelled> {
    let open = || select(vec![("..", End::Open), ("", End::Unknown)]);
    prop_oneof![
        4 => atom(),
        3 => (atom(), atom(), select(vec!["/", "[..]", "[,]", "{,}"]))
            .prop_map(|(one, other, form)| joined(one, other, form)),
        1 => (atom(), open()).prop_map(|(start, (text, last))| {
            Modelled { edtf: format!("{}/{text}", start.edtf), last, ..start }
        }),
        1 => (open(), atom()).prop_map(|((text, first), end)| {
            Modelled { edtf: format!("{text}/{}", end.edtf), first, ..end }
        }),
        1 => select(vec![("/..", End::Unknown, End::Open), ("../", End::Open, End::Unknown),
            ("../..", End::Open, End::Open)])
            .prop_map(|(edtf, first, last)| Modelled { edtf: edtf.into(), first, last, is_qualified: false }),
    ]
}

/// A day, or so many months from the first of one.
fn atom() -> impl Strategy<Value = Modelled> {
    let form = select(vec![
        ("day", 0),
        ("day", 0),
        ("month", 1),
        ("season", 3),
        ("quarter", 3),
        ("half", 6),
        ("year", 12),
    ]);
    let day = (2011i32..=2012, 1u32..=12, 1u32..=28);
    (form, day, select(vec!["", "", "", "~"])).prop_map(
        |((form, months), (year, month, day), mark)| {
            let (edtf, month, day) = match form {
                "day" => (format!("-{month:02}-{day:02}"), month, day),
                "month" => (format!("-{month:02}"), month, 1),
                "season" => (format!("-{}", 20 + month.div_ceil(3)), month.div_ceil(3) * 3, 1),
                "quarter" => (format!("-{}", 32 + month.div_ceil(3)), month.div_ceil(3) * 3 - 2, 1),
                "half" => (format!("-{}", 39 + month.div_ceil(6)), month.div_ceil(6) * 6 - 5, 1),
                _ => (String::new(), 1, 1),
            };
            let first = NaiveDate::from_ymd_opt(year, month, day).expect("a day");
            let last = if months == 0 { first } else { first + Months::new(months) - Days::new(1) };
            let edtf = format!("{year}{edtf}{mark}");
            Modelled {
                edtf,
                first: End::At(first),
                last: End::At(last),
                is_qualified: !mark.is_empty(),
            }
        },
    )
}

/// Two dates of which neither end is open, the earlier first where the form asks for it.
fn joined(one: Modelled, other: Modelled, form: &str) -> Modelled {
    let turn = form != "[,]" && form != "{,}" && one.lowest() > other.lowest();
    let (one, other) = if turn { (other, one) } else { (one, other) };
    let (left, joint, right) = match form {
        "/" => ("", "/", ""),
        "[..]" => ("[", "..", "]"),
        "[,]" => ("[", ",", "]"),
        _ => ("{", ",", "}"),
    };
    let is_hull = joint == ",";
    Modelled {
        edtf: format!("{left}{}{joint}{}{right}", one.edtf, other.edtf),
        first: if is_hull && other.lowest() < one.lowest() { other.first } else { one.first },
        last: if is_hull && other.highest() < one.highest() { one.last } else { other.last },
        is_qualified: one.is_qualified || other.is_qualified,
    }
}
