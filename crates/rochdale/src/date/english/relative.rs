//! Times of the day, and phrases that depend on the reference day: "tomorrow", "next spring".

use super::super::Date;
use super::super::bounds::{self, Moment};
use super::super::error::DateError;
use super::partial::{self, Partial};
use super::reader::Reader;
use super::tokens::Kind;
use super::words;

type Result<T> = std::result::Result<T, DateError>;

/// Which one of a row of weeks, months or seasons is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Last,
    This,
    Next,
}

impl Reader<'_> {
    /// `9.30am`, `10:00`, `5 pm`, `09:30:01`.
    pub(super) fn clock(&mut self, to: &mut Partial) -> Result<bool> {
        let Some((hour, 1 | 2)) = self.digits(0) else { return Ok(false) };
        let is_date = self.digits(4).is_some_and(|(_, digits)| digits == 4);
        let minute = match (self.mark(1), self.digits(2)) {
            (Some('.'), Some(_)) if self.mark(3) == Some('.') && is_date => None,
            (Some('.' | ':'), Some((minute, 2))) => Some(minute),
            _ => None,
        };
        let mut length = if minute.is_some() { 3 } else { 1 };
        let second = match (minute, self.mark(3), self.digits(4)) {
            (Some(_), Some(':'), Some((second, 2))) => Some(second),
            _ => None,
        };
        length += if second.is_some() { 2 } else { 0 };
        let (is_pm, words) = self.half_of_day(length);
        if to.time.is_some() || minute.is_none() && is_pm.is_none() {
            return Ok(false);
        }
        let hour = match is_pm {
            Some(_) if !(1..=12).contains(&hour) => {
                return Err(self.expected("an hour from 1 to 12 before am or pm"));
            }
            Some(is_pm) => hour % 12 + if is_pm { 12 } else { 0 },
            None => hour,
        };
        let second = second.map_or_else(String::new, |second| format!(":{second:02}"));
        to.time = Some(format!("T{hour:02}:{:02}{second}", minute.unwrap_or(0)));
        self.advance(length + words);
        Ok(true)
    }

    /// Whether "pm" or "am" follows, and in how many words ("p.m." is two).
    fn half_of_day(&self, ahead: usize) -> (Option<bool>, usize) {
        match (self.word(ahead), self.word(ahead + 1)) {
            ("am", _) => (Some(false), 1),
            ("pm", _) => (Some(true), 1),
            ("a", "m") => (Some(false), 2),
            ("p", "m") => (Some(true), 2),
            _ => (None, 0),
        }
    }

    /// "noon", and the zones of British time behind a time.
    pub(super) fn clock_word(&mut self, to: &mut Partial, word: &str) -> bool {
        let time = match (word, to.time.take()) {
            ("noon" | "midday", None) => Some("T12:00".to_owned()),
            ("gmt" | "utc", Some(time)) if time.len() <= 9 => Some(time + "Z"),
            ("bst", Some(time)) if time.len() <= 9 => Some(time + "+01:00"),
            (_, time) => {
                to.time = time;
                return false;
            }
        };
        to.time = time;
        self.advance(1);
        true
    }

    /// "today", "next Friday", "later this month".
    pub(super) fn relative(&mut self, to: &mut Partial, word: &str) -> Result<bool> {
        if to.fixed.is_some() {
            return Ok(false);
        }
        let days = match word {
            "yesterday" => -1,
            "today" | "tonight" => 0,
            "tomorrow" => 1,
            "this" | "next" | "last" => return self.which(to, word),
            "later" | "earlier" => return self.rest_of(to, word == "later"),
            _ => return Ok(false),
        };
        let day = self.reference()?;
        to.fixed = Some(partial::edtf_of(after(day, days)));
        self.advance(1);
        Ok(true)
    }

    /// "this month", "next spring", "last Friday".
    fn which(&mut self, to: &mut Partial, word: &str) -> Result<bool> {
        let which = match word {
            "last" => Which::Last,
            "this" => Which::This,
            _ => Which::Next,
        };
        let Some(Kind::Word(unit)) = self.kind(1).cloned() else { return Ok(false) };
        let named = words::month(&unit).or_else(|| words::season(&unit));
        let weekday = words::weekday(&unit);
        if named.is_none() && weekday.is_none() && !is_unit(&unit) {
            return Ok(false);
        }
        // "Next May 12" names a day, which no month can stand for.
        if named.is_some() && (to.day.is_some() || self.digits(2).is_some()) {
            return Ok(false);
        }
        let day = self.reference()?;
        let fixed = match (named, weekday) {
            (Some(month), _) => named_time(day, which, month),
            (None, Some(weekday)) => partial::edtf_of(weekday_near(day, which, weekday)),
            (None, None) => whole_unit(day, which, &unit),
        };
        to.fixed = Some(fixed);
        self.advance(2);
        Ok(true)
    }

    /// "later this month" and "earlier this year", the reference day included.
    fn rest_of(&mut self, to: &mut Partial, is_later: bool) -> Result<bool> {
        let unit = self.word(2).to_owned();
        if self.word(1) != "this" || !is_unit(&unit) {
            return Ok(false);
        }
        let day = self.reference()?;
        let whole = Date::parse(&whole_unit(day, Which::This, &unit))?;
        let (first, last) = whole.earliest().zip(whole.latest()).unwrap_or((day, day));
        let (first, last) = if is_later { (day, last) } else { (first, day) };
        to.fixed = Some(format!("{}/{}", partial::edtf_of(first), partial::edtf_of(last)));
        self.advance(3);
        Ok(true)
    }

    fn reference(&self) -> Result<Moment> {
        self.english.reference(self.rest(), self.at())
    }
}

fn is_unit(word: &str) -> bool {
    matches!(word, "week" | "month" | "year")
}

/// A week from Monday to Sunday, a month or a year.
fn whole_unit(day: Moment, which: Which, unit: &str) -> String {
    let by = which as i64 - Which::This as i64;
    let (year, month, _) = day.civil();
    match unit {
        "year" => partial::edtf_year(year + by),
        "month" => {
            let months = year * 12 + i64::from(month) - 1 + by;
            let month = u32::try_from(months.rem_euclid(12) + 1).expect("a month is small");
            partial::edtf_month(months.div_euclid(12), month)
        }
        _ => {
            let since_monday = i64::from(day.weekday().num_days_from_monday());
            let monday = after(day, 7 * by - since_monday);
            format!("{}/{}", partial::edtf_of(monday), partial::edtf_of(after(monday, 6)))
        }
    }
}

fn weekday_near(day: Moment, which: Which, weekday: chrono::Weekday) -> Moment {
    let ahead = i64::from(weekday.days_since(day.weekday()));
    match which {
        Which::This => after(day, ahead),
        Which::Next => after(day, if ahead == 0 { 7 } else { ahead }),
        Which::Last => after(day, ahead - 7),
    }
}

/// A month or season by its number.
fn named_time(day: Moment, which: Which, month: u32) -> String {
    let year = day.year();
    let dated = |year| {
        let edtf = partial::edtf_month(year, month);
        let date = Date::parse(&edtf).ok()?;
        Some((edtf, date.earliest()?.day, date.latest()?.day))
    };
    // A winter reaches into the next year, so last winter may have begun two years ago.
    let mut times = (year - 2..=year + 1).filter_map(dated);
    let found = match which {
        Which::Next => times.find(|(_, first, _)| *first > day.day),
        Which::Last => times.rfind(|(_, _, last)| *last < day.day),
        Which::This => times.find(|(_, first, last)| (*first..=*last).contains(&day.day)),
    };
    found.map_or_else(|| partial::edtf_month(year, month), |(edtf, ..)| edtf)
}

fn after(day: Moment, days: i64) -> Moment {
    bounds::Moment { day: day.day + days, ..day }
}
