//! What each form of a date means, what is refused and why, and how dates compare.

use rochdale::date::{Certainty, Comparison, Date, DateError, Precision, Qualifier};

fn date(text: &str) -> Date {
    Date::parse(text).expect("the text is a date")
}

/// The bounds, as `-` where there is none.
fn bounds(text: &str) -> String {
    let date = date(text);
    let [first, last] = [date.earliest(), date.latest()];
    let written = [first, last].map(|end| end.map_or("-".into(), |moment| moment.to_string()));
    written.join(" ").replace("T00:00:00", "").replace("T23:59:59", "")
}

#[test]
fn bounds_and_precision_of_every_form() {
    for (text, expected, precision) in [
        ("2011-05-20T09:30:01Z", "2011-05-20T09:30:01 2011-05-20T09:30:01", Precision::Second),
        ("2011-05-20T09:30", "2011-05-20T09:30:00 2011-05-20T09:30:59", Precision::Minute),
        ("2011-05-20", "2011-05-20 2011-05-20", Precision::Day),
        ("2012-02", "2012-02-01 2012-02-29", Precision::Month),
        ("2012-02-XX", "2012-02-01 2012-02-29", Precision::Month),
        ("2011-21", "2011-03-01 2011-05-31", Precision::Season),
        ("2011-24", "2011-12-01 2012-02-29", Precision::Season),
        ("2011-33", "2011-01-01 2011-03-31", Precision::Quarter),
        ("2011-36", "2011-10-01 2011-12-31", Precision::Quarter),
        ("2011-41", "2011-07-01 2011-12-31", Precision::Half),
        ("2011", "2011-01-01 2011-12-31", Precision::Year),
        ("2011-XX", "2011-01-01 2011-12-31", Precision::Year),
        ("2011-XX-XX", "2011-01-01 2011-12-31", Precision::Year),
        ("Y-12000", "-12000-01-01 -12000-12-31", Precision::Year),
        ("201X", "2010-01-01 2019-12-31", Precision::Decade),
        ("-00XX", "-0099-01-01 -0001-12-31", Precision::Century),
        ("1XXX", "1000-01-01 1999-12-31", Precision::Millennium),
        ("2011-05/2011-22", "2011-05-01 2011-08-31", Precision::Interval),
        ("2011-05-20/2011-05-XX", "2011-05-20 2011-05-31", Precision::Interval),
        ("2011/..", "2011-01-01 -", Precision::Interval),
        ("[..2010-05,2012,2011]", "- 2012-12-31", Precision::Set),
        ("{2012,2010-05..2011-02}", "2010-05-01 2012-12-31", Precision::Set),
        ("[2012,2010..]", "2010-01-01 -", Precision::Set),
    ] {
        assert_eq!(
            (bounds(text).as_str(), date(text).precision()),
            (expected, precision),
            "{text}"
        );
    }
}

#[test]
fn precision_runs_from_fine_to_coarse() {
    assert!(Precision::Second < Precision::Day && Precision::Day < Precision::Season);
    assert!(Precision::Season < Precision::Year && Precision::Millennium < Precision::Set);
}

#[test]
fn zones_stand_beside_the_civil_time() {
    let zone = |text: &str| (date(text).offset_seconds(), date(text).is_utc());
    assert_eq!(zone("2011-05-20T09:30:00"), (None, false));
    assert_eq!(zone("2011-05-20T09:30:00Z"), (Some(0), true));
    assert_eq!(zone("2011-05-20T09:30:00+00:00"), (Some(0), false));
    assert_eq!(zone("2011-05-20T09:30-03:30"), (Some(-12_600), false));
    assert_eq!(date("2011-05-20T23:30:00-04").to_string(), "2011-05-20T23:30:00-04:00");
    assert_eq!(bounds("2011-05-20T23:30:00-04"), "2011-05-20T23:30:00 2011-05-20T23:30:00");
}

#[test]
fn unknown_ends_are_not_open_ones() {
    let unknown = |text: &str| (date(text).start_is_unknown(), date(text).end_is_unknown());
    assert_eq!(unknown("/2011"), (true, false));
    assert_eq!(unknown("2011/"), (false, true));
    assert_eq!(unknown("../2011"), (false, false));
    assert_eq!(unknown("../"), (false, true));
}

#[test]
fn qualifiers_of_parts_are_joined() {
    assert_eq!(date("2011~/2012").qualifier(), Qualifier::Approximate);
    assert_eq!(date("2011~/2012?").qualifier(), Qualifier::Both);
    assert_eq!(date("[2011,2012?]").qualifier(), Qualifier::Uncertain);
    assert_eq!(bounds("2011~"), bounds("2011"));
}

#[test]
fn words_stand_in_parentheses() {
    let friday = date("2011-05-20").with_text("Friday (20th May) 2011");
    assert_eq!(friday.to_string(), "2011-05-20 (Friday (20th May) 2011)");
    assert_eq!(date(&friday.to_string()), friday);
    assert_eq!((friday.edtf(), friday.text()), ("2011-05-20", "Friday (20th May) 2011"));
    for same in ["", "2011"] {
        let plain = date("2011").with_text("once").with_text(same);
        assert_eq!((plain.text(), plain.to_string().as_str()), ("2011", "2011"));
    }
    assert_ne!(date("2011 (then)"), date("2011"));
    assert!("2011 then".parse::<Date>().is_err() && "2011(then)".parse::<Date>().is_err());
    assert!(serde_json::from_str::<Date>("2011").is_err());
}

#[test]
fn refusals_say_what_and_where() {
    for (text, offset, message) in [
        ("", 0, "expected a year of four digits, the last of which may be `X`, got nothing"),
        (
            "20111",
            0,
            "a year of more than four digits is written with `Y` before it, as in `Y20111`",
        ),
        (
            "Y2011",
            1,
            "expected a year of more than four digits after `Y`, and nothing else, got `2011`",
        ),
        (
            "Y25000000000000001",
            1,
            "the year `25000000000000001` is too far away: its days cannot be counted",
        ),
        ("-0000", 1, "there is no year `-0000`: the year before 1 is `0000`"),
        ("XXXX", 0, "nothing of this year is specified: leave out a date that is not known"),
        ("201x", 0, "expected a year of four digits, the last of which may be `X`, got `201x`"),
        ("2011-5", 5, "expected a month from 01 to 12, or a season from 21 to 24, got `5`"),
        ("2011-02-29", 8, "`2011-02` has no day `29`"),
        ("2011-22-01", 8, "expected a month from 01 to 12 before the day, got `01`"),
        ("2011/2010", 0, "the interval ends before it begins"),
        ("/", 0, "expected a date at one end of the interval, got nothing"),
        ("2011/2012/2013", 9, "expected the end of the interval, got `/2013`"),
        (
            "2011/2012-01-01T00:00:00",
            5,
            "dates with a time stand alone, never in an interval or a set",
        ),
        (
            "[Y12000]",
            1,
            "years of more than four digits stand alone, never in an interval or a set",
        ),
        ("[2011", 5, "expected the bracket that closes the set, got nothing"),
        (
            "[2011,..2012]",
            6,
            "expected a date before `..`, except in the first member, got nothing",
        ),
        ("2011-05-20 09:30", 10, "expected EDTF, which has no spaces, got ` 09:30`"),
        ("2011-05-20T24:00:00", 11, "expected an hour from 00 to 23, got `24`"),
        (
            "2011-05-20T09:30:00-00:00",
            19,
            "the offset `-00:00` means nothing: write `Z`, or no offset",
        ),
        (
            "2011-05T09:30:00",
            0,
            "expected a whole date, unqualified, before the time, got `2011-05`",
        ),
        (
            "1984?-06",
            4,
            "qualifiers anywhere but at the end of the date belong to a part of EDTF level 2 that is not kept",
        ),
        (
            "2011-XX-05",
            8,
            "unspecified digits before specified ones belong to a part of EDTF level 2 that is not kept",
        ),
    ] {
        let error: DateError = Date::parse(text).unwrap_err();
        assert_eq!((error.offset(), error.to_string().as_str()), (offset, message), "{text}");
    }
}

/// Whether a date meets a comparison possibly and definitely.
fn meets(one: &str, comparison: Comparison, other: &str) -> (bool, bool) {
    let meets = |certainty| date(one).meets(comparison, &date(other), certainty);
    (meets(Certainty::Possible), meets(Certainty::Definite))
}

#[test]
fn comparisons_are_possible_or_definite() {
    use Comparison::{After, Before, During, OnOrAfter, OnOrBefore};
    const NO: (bool, bool) = (false, false);
    const MAYBE: (bool, bool) = (true, false);
    const SURELY: (bool, bool) = (true, true);
    for (one, comparison, other, expected) in [
        ("2011-06-15", OnOrAfter, "2011", SURELY),
        ("2011", OnOrAfter, "2011-06", MAYBE),
        ("2010", OnOrAfter, "2011", NO),
        ("2011", After, "2011-06", MAYBE),
        ("2011-06", After, "2011", NO),
        ("2012", After, "2011", SURELY),
        ("2011", OnOrBefore, "2011-06", MAYBE),
        ("2011-06", OnOrBefore, "2011", SURELY),
        ("2011", Before, "2011-06", MAYBE),
        ("2011", Before, "2012", SURELY),
        ("2011", During, "2011-06/2011-09", MAYBE),
        ("2011-22", During, "2011", SURELY),
        ("2011-24", During, "2011", MAYBE),
        // A doubtful date is never definite, and never wider.
        ("2011-06?", During, "2011", MAYBE),
        ("2011~", During, "2012", NO),
        // An open end is without limit, an unknown one somewhere.
        ("../2011", OnOrBefore, "2011", SURELY),
        ("../2011", OnOrAfter, "1066", MAYBE),
        ("/2011", OnOrBefore, "2011", MAYBE),
        ("2011/", After, "2050", MAYBE),
        // Nothing lies beyond an open end.
        ("2050", During, "2011/..", SURELY),
        ("2010/2012", During, "2011/..", MAYBE),
        ("2010", During, "2011/..", NO),
        ("2050", After, "2011/..", NO),
        ("2050", OnOrBefore, "2011/..", SURELY),
        ("1066", Before, "../2011", NO),
        // What an unknown end leaves open is possible.
        ("2010", During, "/2011", MAYBE),
        ("2012", OnOrAfter, "/2011", SURELY),
        ("2012", After, "2011/", MAYBE),
        ("2010", After, "2011/", NO),
        ("[2011-05-05,2011-05-06]", During, "2011-05", SURELY),
    ] {
        assert_eq!(meets(one, comparison, other), expected, "{one} {comparison:?} {other}");
    }
}
