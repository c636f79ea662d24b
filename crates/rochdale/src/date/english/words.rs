//! The names of months, days, seasons and parts of the year.

use chrono::Weekday;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
];

/// The month of a name or of its first letters, at least three of them.
pub(super) fn month(word: &str) -> Option<u32> {
    (1..).zip(MONTHS).find(|(_, name)| is_short_for(word, name)).map(|(number, _)| number)
}

/// The day of a name or of its first letters, at least three of them.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let word = if word == "weds" { "wed" } else { word };
    WEEKDAYS.iter().find(|(name, _)| is_short_for(word, name)).map(|&(_, weekday)| weekday)
}

/// The whole name of a day.
pub(super) fn weekday_name(weekday: Weekday) -> &'static str {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        [weekday.num_days_from_monday() as usize]
}

/// The number of a season in EDTF.
pub(super) fn season(word: &str) -> Option<u32> {
    match word {
        "spring" => Some(21),
        "summer" => Some(22),
        "autumn" | "fall" => Some(23),
        "winter" => Some(24),
        _ => None,
    }
}

/// `first` to `fourth`.
pub(super) fn ordinal(word: &str) -> Option<u32> {
    (1..).zip(["first", "second", "third", "fourth"]).find(|(_, name)| *name == word).map(|it| it.0)
}

/// The number of a part of the year in EDTF: quarters and halves.
pub(super) fn part_of_year(unit: &str, number: u32) -> Option<u32> {
    match (unit, number) {
        ("q" | "quarter", 1..=4) => Some(32 + number),
        ("h" | "half", 1..=2) => Some(39 + number),
        _ => None,
    }
}

/// Words that say nothing about which date is meant.
pub(super) fn is_filler(word: &str) -> bool {
    matches!(word, "on" | "in" | "at" | "the" | "of" | "during" | "year")
}

/// What a word says about how sure the source is, as EDTF.
pub(super) fn qualifier(word: &str) -> Option<&'static str> {
    match word {
        "c" | "ca" | "circa" | "about" | "around" | "approximately" | "approx" | "roughly" => {
            Some("~")
        }
        "probably" | "possibly" | "perhaps" | "maybe" => Some("?"),
        _ => None,
    }
}

fn is_short_for(word: &str, name: &str) -> bool {
    word.len() >= 3 && name.starts_with(word)
}
