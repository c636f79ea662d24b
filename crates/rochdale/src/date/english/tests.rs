//! What English dates mean, phrase by phrase.

use super::*;

fn read(text: &str, reference: Option<&str>) -> Result<Reading, DateError> {
    let reference = reference.map(|day| Date::parse(day).unwrap());
    English::new(reference.as_ref()).read(text)
}

/// On Friday, 20 May 2011.
fn edtf(text: &str) -> String {
    match read(text, Some("2011-05-20T09:30:00Z")) {
        Ok(reading) => reading.date.edtf().to_owned(),
        Err(error) => format!("{text}: {error}"),
    }
}

fn notes(text: &str, reference: &str) -> Vec<String> {
    read(text, Some(reference)).unwrap().notes.iter().map(ToString::to_string).collect()
}

fn each(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(edtf(text), *expected, "{text}");
    }
}

#[test]
fn days_months_and_years() {
    each(&[
        ("Friday 20th May 2011", "2011-05-20"),
        ("  FRI,  20 MAY   2011 ", "2011-05-20"),
        ("20 May 2011", "2011-05-20"),
        ("20th of May, 2011", "2011-05-20"),
        ("May 20, 2011", "2011-05-20"),
        ("Tues 13 Sept. 2011", "2011-09-13"),
        ("20/05/2011", "2011-05-20"),
        ("05/06/2011", "2011-06-05"),
        ("20.5.2011", "2011-05-20"),
        ("20-05-2011", "2011-05-20"),
        ("Friday 2011-05-20", "2011-05-20"),
        ("2011/05/20", "2011-05-20"),
        ("May 2011", "2011-05"),
        ("in May 2011", "2011-05"),
        ("2011", "2011"),
        ("2011-12", "2011-12"),
        ("2011-05~", "2011-05~"),
    ]);
}

#[test]
fn longer_times() {
    each(&[
        ("autumn 2011", "2011-23"),
        ("the spring of 2012", "2012-21"),
        ("winter 2011", "2011-24"),
        ("winter 2011-12", "2011-24"),
        ("Q2 2012", "2012-34"),
        ("second quarter of 2012", "2012-34"),
        ("2nd quarter 2012", "2012-34"),
        ("first half of 2012", "2012-40"),
        ("the 1990s", "199X"),
        ("19th century", "18XX"),
        ("financial year 2011-12", "2011-04-01/2012-03-31"),
        ("FY 1999/00", "1999-04-01/2000-03-31"),
    ]);
}

#[test]
fn vague_times_are_approximate() {
    each(&[
        ("circa 1844", "1844~"),
        ("c. 1844", "1844~"),
        ("c1844", "1844~"),
        ("around May 2011", "2011-05~"),
        ("probably 20 May 2011", "2011-05-20?"),
        ("early 2012", "2012-01~/2012-04~"),
        ("mid-2012", "2012-05~/2012-08~"),
        ("late 2012", "2012-09~/2012-12~"),
        ("the end of 2012", "2012-09~/2012-12~"),
        ("late February 2012", "2012-02-21~/2012-02-29~"),
        ("late winter 2011", "2012-02~"),
        ("early 1990s", "1990~/1993~"),
        ("late May to early June 2011", "2011-05-21~/2011-06-10~"),
    ]);
}

#[test]
fn limits_and_pairs() {
    each(&[
        ("before 1990", "../1989"),
        ("before January 2011", "../2010-12"),
        ("before 1 March 2012", "../2012-02-29"),
        ("after 2010", "2011/.."),
        ("after summer 2011", "2011-09-01/.."),
        ("since 2010", "2010/.."),
        ("from 20 May 2011", "2011-05-20/.."),
        ("by the end of 2011", "../2011"),
        ("until May 2011", "../2011-05"),
        ("between May and July 2011", "2011-05/2011-07"),
        ("from May to July 2011", "2011-05/2011-07"),
        ("December to January 2012", "2011-12/2012-01"),
        ("December 2011 to January", "2011-12/2012-01"),
        ("2010 – 2012", "2010/2012"),
        ("12-14 May 2011", "2011-05-12/2011-05-14"),
        ("May 12–14, 2011", "2011-05-12/2011-05-14"),
        ("30 April to 2 May 2011", "2011-04-30/2011-05-02"),
        ("Monday 12 to Friday 16 September", "2011-09-12/2011-09-16"),
        ("5 or 6 May 2011", "[2011-05-05,2011-05-06]"),
        ("either May or July 2011", "[2011-05,2011-07]"),
    ]);
}

#[test]
fn times_of_the_day() {
    each(&[
        ("20 May 2011 at 10:00", "2011-05-20T10:00"),
        ("9.30am on Friday 20 May 2011", "2011-05-20T09:30"),
        ("20 May 2011, 5 p.m.", "2011-05-20T17:00"),
        ("12am 20 May 2011", "2011-05-20T00:00"),
        ("noon, 20 May 2011", "2011-05-20T12:00"),
        ("20 May 2011 09:30:01 BST", "2011-05-20T09:30:01+01:00"),
        ("20.05.2011 18.45 GMT", "2011-05-20T18:45Z"),
    ]);
}

#[test]
fn phrases_are_judged_by_the_reference_day() {
    each(&[
        ("today", "2011-05-20"),
        ("Tomorrow", "2011-05-21"),
        ("yesterday at 9am", "2011-05-19T09:00"),
        ("this Friday", "2011-05-20"),
        ("next Friday", "2011-05-27"),
        ("last Friday", "2011-05-13"),
        ("next Monday", "2011-05-23"),
        ("this week", "2011-05-16/2011-05-22"),
        ("next month", "2011-06"),
        ("last month", "2011-04"),
        ("this year", "2011"),
        ("next year", "2012"),
        ("later this month", "2011-05-20/2011-05-31"),
        ("later this year", "2011-05-20/2011-12-31"),
        ("earlier this year", "2011-01-01/2011-05-20"),
        ("next spring", "2012-21"),
        ("this spring", "2011-21"),
        ("last winter", "2010-24"),
        ("this winter", "2011-24"),
        ("next May", "2012-05"),
        ("early next year", "2012-01~/2012-04~"),
        ("by the end of this year", "../2011"),
    ]);
    let error = read("tomorrow", None).unwrap_err().to_string();
    assert_eq!(error, "`tomorrow` needs a reference day to be understood");
    assert!(read("tomorrow", Some("2011-05")).is_err());
}

#[test]
fn the_reference_day_gives_a_missing_year() {
    assert_eq!(edtf("12 May"), "2011-05-12");
    assert_eq!(read("2 January", Some("2011-12-20")).unwrap().date.edtf(), "2012-01-02");
    assert_eq!(read("29 February", Some("1899-05-20")).unwrap().date.edtf(), "1896-02-29");
    assert_eq!(notes("12 May", "2011-05-20"), ["no year is stated: took 2011, the closest"]);
    // The closest 12 May is a Thursday; that of 2012 is a Saturday.
    assert_eq!(edtf("Saturday 12 May"), "2012-05-12");
    let stated = ["no year is stated: took 2012, by the weekday"];
    assert_eq!(notes("Saturday 12 May", "2011-05-20"), stated);
    assert!(read("12 May", None).is_err());
}

#[test]
fn doubts_are_noted() {
    let wrong = ["the source says Monday, but the date is a Friday"];
    assert_eq!(notes("Monday 20 May 2011", "2011-05-20"), wrong);
    let reading = read("2011/12", None).unwrap();
    assert_eq!(reading.date.to_string(), "2011/2012 (2011/12)");
    let meanings = ["2011-04-01/2012-03-31", "2011/2012", "2011-12"].map(String::from).to_vec();
    assert_eq!(reading.notes, [Note::Ambiguous { words: "2011/12".into(), meanings }]);
    for text in ["2011/12", "2011-12"] {
        let reading = English::new(None).financial_years().read(text).unwrap();
        assert_eq!((reading.date.edtf(), reading.notes.len()), ("2011-04-01/2012-03-31", 0));
        assert_eq!(reading.date.text(), text);
    }
    assert_eq!(read("1900s", None).unwrap().notes.len(), 1);
}

#[test]
fn what_is_no_date_is_refused_with_its_place() {
    for (text, offset, message) in [
        ("", 0, "expected a date, got nothing"),
        ("  soon", 2, "expected a date, got `soon`"),
        ("20 May 2011 and more", 12, "expected the end of the date, got `and more`"),
        ("05/20/2011", 3, "expected a month from 1 to 12 (the day comes first), got `20/2011`"),
        ("on 31 April 2011", 0, "`2011-04` has no day `31`"),
        ("14 May to 12 May 2011", 0, "the interval ends before it begins"),
        ("Friday May 2011", 0, "expected a day beside the weekday, got `Friday May 2011`"),
        (
            "after 9am 20 May 2011",
            6,
            "expected a year, month or day without a qualifier or a time, got `9am 20 May 2011`",
        ),
        ("20th", 0, "expected a month or a year, got `20th`"),
        (
            "13pm 20 May 2011",
            0,
            "expected an hour from 1 to 12 before am or pm, got `13pm 20 May 2011`",
        ),
        ("20 May 2011 ☺", 12, "expected a date in words, got `☺`"),
    ] {
        let error = read(text, None).unwrap_err();
        assert_eq!((error.offset(), error.to_string().as_str()), (offset, message), "{text}");
    }
}
