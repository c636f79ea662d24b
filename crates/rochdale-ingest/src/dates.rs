//! Dates as keys of front matter hold them: EDTF, timestamps, RFC 2822, slashes and English.

use chrono::{DateTime, FixedOffset, SecondsFormat};
use rochdale::date::english::English;
use rochdale::date::{Date, DateError};

/// The date that a text writes, and what was assumed in reading it.
///
/// A timestamp keeps its offset; what EDTF has no room for, such as fractions of a second, stays in
/// the words of the date.
pub(crate) fn read(text: &str) -> Result<(Date, Vec<String>), DateError> {
    let text = text.trim();
    if let Ok(date) = Date::parse(text) {
        return Ok((date, Vec::new()));
    }
    if let Some(date) = timestamp(text).or_else(|| rfc_2822(text)) {
        return Ok((date.with_text(text), Vec::new()));
    }
    let reading = English::new(None).read(text)?;
    Ok((reading.date, reading.notes.iter().map(ToString::to_string).collect()))
}

/// A day or a moment with the year first: `2014-3-2`, `2014/03/02`, `20140302`,
/// `2001-12-14 21:59:43.10 -5` (<https://yaml.org/type/timestamp.html>).
fn timestamp(text: &str) -> Option<Date> {
    let (year, rest) = text.split_at_checked(4)?;
    let (month, day, rest) = match rest.as_bytes().first()? {
        b'-' | b'/' | b'.' => {
            let sign = rest.chars().next()?;
            let (month, rest) = digits(&rest[1..])?;
            let (day, rest) = digits(rest.strip_prefix(sign)?)?;
            (month, day, rest)
        }
        _ if rest.len() == 4 => {
            let (month, day) = rest.split_at_checked(2)?;
            (month, day, "")
        }
        _ => return None,
    };
    let day = format!("{year}-{month:0>2}-{day:0>2}");
    match rest.trim_start_matches(['T', 't', ' ', '\t']) {
        "" => Date::parse(&day).ok(),
        clock if clock.len() < rest.len() => Date::parse(&format!("{day}T{}", time(clock)?)).ok(),
        _ => None,
    }
}

/// `10:11`, `9:11:00.25 -0400`, as EDTF has them.
fn time(text: &str) -> Option<String> {
    let (hour, rest) = digits(text)?;
    let (minute, rest) = digits(rest.strip_prefix(':')?)?;
    let (second, rest) = match rest.strip_prefix(':') {
        Some(rest) => digits(rest).map(|(second, rest)| (format!(":{second:0>2}"), rest))?,
        None => (String::new(), rest),
    };
    let rest = rest
        .strip_prefix('.')
        .map_or(rest, |part| part.trim_start_matches(|c: char| c.is_ascii_digit()));
    Some(format!("{hour:0>2}:{minute:0>2}{second}{}", zone(rest.trim())?))
}

/// `Z`, `-0400`, `+01:00`, `-5`, `UTC` or nothing.
fn zone(text: &str) -> Option<String> {
    let sign = match text {
        "" => return Some(String::new()),
        "Z" | "z" | "UTC" | "GMT" => return Some("Z".to_owned()),
        _ if text.starts_with('+') => '+',
        _ if text.starts_with('-') => '-',
        _ => return None,
    };
    let all: String = text[1..].replacen(':', "", 1);
    if all.is_empty() || all.len() > 4 || !all.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = if all.len() > 2 { all.split_at(all.len() - 2) } else { (&*all, "00") };
    // `-0000` says that the offset is not known (RFC 3339, section 4.3).
    let unknown = sign == '-' && all.bytes().all(|byte| byte == b'0');
    Some(if unknown { String::new() } else { format!("{sign}{hours:0>2}:{minutes}") })
}

/// One or two digits and the rest.
fn digits(text: &str) -> Option<(&str, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&length).then(|| text.split_at(length))
}

/// `Wed, 12 Mar 2014 10:11:00 -0400`.
fn rfc_2822(text: &str) -> Option<Date> {
    let moment: DateTime<FixedOffset> = DateTime::parse_from_rfc2822(text).ok()?;
    Date::parse(&moment.to_rfc3339_opts(SecondsFormat::Secs, true)).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_way_to_write_a_date_is_read() {
        for (text, edtf) in [
            ("2011-06", "2011-06"),
            ("2014-03-12", "2014-03-12"),
            ("2014-3-2", "2014-03-02"),
            ("20140302", "2014-03-02"),
            ("2014-03-12 10:11:00 -0400", "2014-03-12T10:11:00-04:00"),
            ("2014-03-12T10:11:00-04:00", "2014-03-12T10:11:00-04:00"),
            ("2015-01-16 9:00:00 -4", "2015-01-16T09:00:00-04:00"),
            ("2001-12-14 21:59:43.10 -5", "2001-12-14T21:59:43-05:00"),
            ("2001-12-14t21:59:43.10z", "2001-12-14T21:59:43Z"),
            ("2014-03-12 10:11", "2014-03-12T10:11"),
            ("2014-03-12T10:11:00-00:00", "2014-03-12T10:11:00"),
            ("Wed, 12 Mar 2014 10:11:00 -0400", "2014-03-12T10:11:00-04:00"),
            ("12/03/2014", "2014-03-12"),
            ("2014/03/12", "2014-03-12"),
            ("12 March 2014", "2014-03-12"),
            ("March 12, 2014", "2014-03-12"),
            ("summer 2011", "2011-22"),
        ] {
            assert_eq!(read(text).map(|(date, _)| date.edtf().to_owned()), Ok(edtf.to_owned()));
        }
    }

    #[test]
    fn the_words_are_kept_where_they_say_more() {
        let (date, _) = read("2001-12-14 21:59:43.10 -5").unwrap();
        assert_eq!(date.text(), "2001-12-14 21:59:43.10 -5");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[0-9TZa-cé\u{9d}/:. +-]{0,20}") {
            let _ = read(&text);
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "soon",
            "(t\u{9d}l\u{9d}l",
            "2014l\u{9d}2",
            "2014-02-30",
            "2014-03-12 25:00",
            "2014-03-12 10:11 Mars",
            "日本語のテキスト",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
