//! Conversions between dates and the types of chrono.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, Timelike};

use super::bounds::Moment;
use super::error::{DateError, Problem};
use super::{Date, Precision, Qualifier};

impl Date {
    /// The day of an exact date: one with a day or a time, and no qualifier.
    ///
    /// # Errors
    ///
    /// Fails when the date is less exact than a day, is qualified, or lies beyond the years that
    /// chrono can hold.
    pub fn to_naive_date(&self) -> Result<NaiveDate, DateError> {
        let moment = self.exact(Precision::Day, "a day without a qualifier")?;
        i32::try_from(moment.day)
            .ok()
            .and_then(NaiveDate::from_epoch_days)
            .ok_or_else(|| self.error(|date| Problem::BeyondChrono { date }))
    }

    /// Where the date begins, if it is at least so exact.
    fn exact(&self, least: Precision, expected: &'static str) -> Result<Moment, DateError> {
        let is_exact = self.precision() <= least && self.qualifier() == Qualifier::None;
        self.earliest()
            .filter(|_| is_exact)
            .ok_or_else(|| self.error(|date| Problem::NotExact { date, expected }))
    }

    fn error(&self, problem: impl FnOnce(String) -> Problem) -> DateError {
        DateError::new(problem(self.edtf().to_owned()), 0)
    }

    /// A date from EDTF that was written from a valid one.
    fn written(edtf: &str) -> Self {
        Self::parse(edtf).expect("a date of chrono is written as EDTF")
    }
}

/// The day of an exact date, as [`Date::to_naive_date`] gives it.
impl TryFrom<&Date> for NaiveDate {
    type Error = DateError;

    fn try_from(date: &Date) -> Result<Self, DateError> {
        date.to_naive_date()
    }
}

/// The day and the time of a date that has both; seconds that the source left out are 0.
impl TryFrom<&Date> for NaiveDateTime {
    type Error = DateError;

    fn try_from(date: &Date) -> Result<Self, DateError> {
        let moment = date.exact(Precision::Minute, "a day with a time")?;
        let midnight = date.to_naive_date()?.and_time(chrono::NaiveTime::MIN);
        Ok(midnight + TimeDelta::seconds(moment.second.into()))
    }
}

/// The instant of a date that has a time and either `Z` or an offset.
impl TryFrom<&Date> for DateTime<FixedOffset> {
    type Error = DateError;

    fn try_from(date: &Date) -> Result<Self, DateError> {
        let expected = "a time with `Z` or an offset";
        date.exact(Precision::Minute, expected)?;
        let local = NaiveDateTime::try_from(date)?;
        let offset = date
            .offset_seconds()
            .and_then(FixedOffset::east_opt)
            .ok_or_else(|| date.error(|date| Problem::NotExact { date, expected }))?;
        local
            .and_local_timezone(offset)
            .single()
            .ok_or_else(|| date.error(|date| Problem::BeyondChrono { date }))
    }
}

/// EDTF has no days in years of more than four digits: such a day becomes its year, and is itself
/// kept as the text.
impl From<NaiveDate> for Date {
    fn from(day: NaiveDate) -> Self {
        match long_year(day) {
            Some(year) => year.with_text(day.to_string()),
            None => Self::written(&edtf_day(day)),
        }
    }
}

/// Fractions of a second are not in EDTF: the whole second stands, and the time as it was is kept
/// as the text. Years of more than four digits are treated as those of a [`NaiveDate`] are.
impl From<NaiveDateTime> for Date {
    fn from(time: NaiveDateTime) -> Self {
        match long_year(time.date()) {
            Some(year) => year.with_text(iso(time)),
            None => timed(time, "", iso(time)),
        }
    }
}

/// An offset of 0 is written as `Z`. One that is not in whole minutes is not in EDTF: the civil
/// time stands without it, and the time as it was is kept as the text. The rest is treated as in a
/// [`NaiveDateTime`].
impl From<DateTime<FixedOffset>> for Date {
    fn from(time: DateTime<FixedOffset>) -> Self {
        let Some(local) = time.naive_utc().checked_add_offset(*time.offset()) else {
            // Only an instant at either end of chrono's range has no civil time.
            return Self::from(time.naive_utc());
        };
        let seconds = time.offset().local_minus_utc();
        let text = format!("{}{}", iso(local), time.offset());
        if let Some(year) = long_year(local.date()) {
            return year.with_text(text);
        }
        match seconds {
            0 => timed(local, "Z", text),
            _ if seconds % 60 != 0 => timed(local, "", text.clone()).with_text(text),
            _ => timed(local, &time.offset().to_string(), text),
        }
    }
}

/// A time in whole seconds with its zone; the text is kept if a fraction was lost.
fn timed(time: NaiveDateTime, zone: &str, text: String) -> Date {
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    let day = edtf_day(time.date());
    let date = Date::written(&format!("{day}T{hour:02}:{minute:02}:{second:02}{zone}"));
    if time.nanosecond() == 0 { date } else { date.with_text(text) }
}

fn long_year(day: NaiveDate) -> Option<Date> {
    let year = day.year();
    (!(-9999..=9999).contains(&year)).then(|| Date::written(&format!("Y{year}")))
}

fn edtf_day(day: NaiveDate) -> String {
    let sign = if day.year() < 0 { "-" } else { "" };
    format!("{sign}{:04}-{:02}-{:02}", day.year().unsigned_abs(), day.month(), day.day())
}

fn iso(time: NaiveDateTime) -> String {
    format!("{}T{}", time.date(), time.time())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn exact_dates_reach_chrono_and_come_back() {
        for text in ["2011-05-20", "-0044-03-15", "0000-02-29"] {
            assert_eq!(Date::from(NaiveDate::try_from(&date(text)).unwrap()), date(text));
        }
        let local = date("2011-05-20T09:30:01");
        assert_eq!(Date::from(NaiveDateTime::try_from(&local).unwrap()), local);
        for text in ["2011-05-20T09:30:01Z", "2011-05-20T09:30:01-03:30"] {
            let time = DateTime::<FixedOffset>::try_from(&date(text)).unwrap();
            assert_eq!(Date::from(time), date(text));
        }
    }

    #[test]
    fn inexact_dates_do_not() {
        for text in ["2011-05", "2011-05-20~", "2011-05-20/2011-05-20", "[2011-05-20]"] {
            assert!(date(text).to_naive_date().is_err(), "{text}");
        }
        let message = date("2011-05").to_naive_date().unwrap_err().to_string();
        assert_eq!(message, "`2011-05` is not exact: expected a day without a qualifier");
        assert!(NaiveDateTime::try_from(&date("2011-05-20")).is_err());
        assert!(DateTime::<FixedOffset>::try_from(&date("2011-05-20T09:30")).is_err());
    }

    #[test]
    fn what_edtf_cannot_say_is_kept_as_text() {
        let far = Date::from(NaiveDate::MAX);
        assert_eq!(far.to_string(), "Y262142 (+262142-12-31)");
        let fine: NaiveDateTime = "2011-05-20T09:30:01.250".parse().unwrap();
        assert_eq!(Date::from(fine).to_string(), "2011-05-20T09:30:01 (2011-05-20T09:30:01.250)");
        let odd = FixedOffset::east_opt(-75).unwrap();
        let time = fine.and_local_timezone(odd).unwrap();
        let kept = "2011-05-20T09:30:01 (2011-05-20T09:30:01.250-00:01:15)";
        assert_eq!(Date::from(time).to_string(), kept);
    }

    #[test]
    fn the_ends_of_chrono_are_safe() {
        for time in [NaiveDateTime::MIN, NaiveDateTime::MAX] {
            assert_eq!(Date::from(time).precision(), Precision::Year);
            let ahead = FixedOffset::east_opt(86_340).unwrap();
            let shifted = DateTime::<FixedOffset>::from_naive_utc_and_offset(time, ahead);
            let _ = Date::from(shifted);
        }
    }
}
