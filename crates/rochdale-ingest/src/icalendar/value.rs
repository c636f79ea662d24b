//! Values of properties: texts, times and durations.

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};

/// A day or a time, before its zone is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Time {
    Day(NaiveDate),
    /// A time by the clocks of some place.
    Local(NaiveDateTime),
    Universal(NaiveDateTime),
}

impl Time {
    /// Reads `20110512`, `20110512T090000` or `20110512T090000Z`, whatever the type that is stated.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (day, rest) = text.split_at_checked(8)?;
        if !day.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let day = NaiveDate::parse_from_str(day, "%Y%m%d").ok()?;
        let Some(clock) = rest.strip_prefix(['T', 't']) else {
            return rest.is_empty().then_some(Self::Day(day));
        };
        let (clock, universal) = match clock.strip_suffix(['Z', 'z']) {
            Some(clock) => (clock, true),
            None => (clock, false),
        };
        let at = day.and_time(read_clock(clock)?);
        Some(if universal { Self::Universal(at) } else { Self::Local(at) })
    }

    /// The same without what is said of its zone.
    pub(super) fn naive(self) -> NaiveDateTime {
        match self {
            Self::Day(day) => day.and_time(NaiveTime::MIN),
            Self::Local(at) | Self::Universal(at) => at,
        }
    }

    /// The same with another clock reading; of a day, the day of it.
    pub(super) fn at(self, naive: NaiveDateTime) -> Self {
        match self {
            Self::Day(_) => Self::Day(naive.date()),
            Self::Local(_) => Self::Local(naive),
            Self::Universal(_) => Self::Universal(naive),
        }
    }
}

/// `090000`; a leap second is the second before it.
fn read_clock(text: &str) -> Option<NaiveTime> {
    let digits = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    let part = |from: usize| text.get(from..from + 2)?.parse::<u32>().ok();
    digits.then(|| NaiveTime::from_hms_opt(part(0)?, part(2)?, part(4)?.min(59)))?
}

/// A duration, which may be negative: `P1D`, `PT1H30M`, `-P2W`.
pub(super) fn duration(text: &str) -> Option<Duration> {
    let text = text.trim().to_ascii_uppercase();
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(&text)),
    };
    let rest = rest.strip_prefix('P')?;
    let (mut seconds, mut digits, mut parts) = (0_i64, String::new(), 0);
    for letter in rest.chars() {
        if letter.is_ascii_digit() && digits.len() < 9 {
            digits.push(letter);
            continue;
        }
        if letter == 'T' && digits.is_empty() {
            continue;
        }
        let unit = match letter {
            'W' => 7 * 86_400,
            'D' => 86_400,
            'H' => 3_600,
            'M' => 60,
            'S' => 1,
            _ => return None,
        };
        let count: i64 = std::mem::take(&mut digits).parse().ok()?;
        seconds = seconds.checked_add(count.checked_mul(unit)?)?;
        parts += 1;
    }
    let whole = digits.is_empty() && parts > 0;
    whole.then(|| Duration::try_seconds(sign * seconds))?
}

/// A text with its escapes resolved (RFC 5545, section 3.3.11).
pub(super) fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(escaped @ ('\\' | ',' | ';' | ':' | '"')) => out.push(escaped),
                Some(other) => out.extend(['\\', other]),
                None => out.push('\\'),
            },
            letter if letter.is_control() && letter != '\t' => {}
            letter => out.push(letter),
        }
    }
    out
}

/// The values of a list, parted by commas that are not escaped.
pub(super) fn list(value: &str) -> Vec<String> {
    let (mut all, mut start, mut escaped) = (Vec::new(), 0, false);
    for (at, letter) in value.char_indices() {
        if letter == ',' && !escaped {
            all.push(&value[start..at]);
            start = at + 1;
        }
        escaped = letter == '\\' && !escaped;
    }
    all.push(&value[start..]);
    let texts = all.into_iter().map(|part| text(part).trim().to_owned());
    texts.filter(|text| !text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_or_refused() {
        for (text, shown) in [
            ("20110512", Some("Day(2011-05-12)")),
            ("20110512T090000", Some("Local(2011-05-12T09:00:00)")),
            ("20161231T235960Z", Some("Universal(2016-12-31T23:59:59)")),
            ("20110532", None),
            ("20110512T250000", None),
            ("2011-05-12", None),
            ("20110512T09000", None),
            ("", None),
            ("日本語のテキスト", None),
        ] {
            let read = Time::read(text).map(|time| format!("{time:?}"));
            assert_eq!(read.as_deref(), shown, "{text}");
        }
    }

    #[test]
    fn durations_are_read_or_refused() {
        for (text, seconds) in [
            ("P1D", Some(86_400)),
            ("PT1H30M", Some(5_400)),
            ("-P2W", Some(-1_209_600)),
            ("P1DT2S", Some(86_402)),
            ("P", None),
            ("PT", None),
            ("P1", None),
            ("1D", None),
            ("P999999999W999999999W", Some(1_209_599_998_790_400)),
            ("P9999999999D", None),
        ] {
            assert_eq!(duration(text).map(|it| it.num_seconds()), seconds, "{text}");
        }
    }

    #[test]
    fn escapes_are_resolved() {
        assert_eq!(text("a\\, b\\; c\\nd\\\\n\\x\\"), "a, b; c\nd\\n\\x\\");
        assert_eq!(list("a,b\\,c, ,d\\\\,e"), ["a", "b,c", "d\\", "e"]);
    }
}
