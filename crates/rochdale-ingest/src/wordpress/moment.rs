//! The dates of a post: local time, the same in UTC, and the offset that follows from both.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDateTime, TimeDelta};

/// When something happened, as EDTF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) edtf: String,
    /// Whether it is known how far the clock was from UTC.
    pub(crate) has_zone: bool,
}

/// The moment that the dates of a post give. The date in UTC counts, else the date of the feed, else
/// the local one, whose zone no export states.
pub(crate) fn moment(local: &str, utc: &str, feed: &str) -> Option<Moment> {
    let local = parse(local);
    let utc = parse(utc).or_else(|| rfc_2822(feed));
    let Some(utc) = utc else {
        let edtf = write(local?, "");
        return Some(Moment { edtf, has_zone: false });
    };
    let offset = local.and_then(|local| offset(local.signed_duration_since(utc)));
    let edtf = match (local, offset) {
        (Some(local), Some(offset)) if offset != "Z" => write(local, &offset),
        _ => write(utc, "Z"),
    };
    Some(Moment { edtf, has_zone: true })
}

/// A day, `20111002`, or a moment as WordPress writes them, as EDTF.
pub(super) fn civil(text: &str) -> Option<String> {
    let is_day = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_day {
        return Some(format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]));
    }
    parse(text).map(|moment| write(moment, ""))
}

/// `2011-05-20 10:11:00`, also with a `T`; years before 1 are how WordPress writes no date.
fn parse(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim().replacen('T', " ", 1);
    let text = text.strip_suffix('Z').unwrap_or(&text);
    let formats = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M"];
    let read = |format: &&str| NaiveDateTime::parse_from_str(text, format).ok();
    formats.iter().find_map(read).filter(|moment| (1..=9999).contains(&moment.year()))
}

/// `Fri, 20 May 2011 09:11:00 +0000`, in UTC.
fn rfc_2822(text: &str) -> Option<NaiveDateTime> {
    let moment: DateTime<FixedOffset> = DateTime::parse_from_rfc2822(text.trim()).ok()?;
    Some(moment.naive_utc()).filter(|moment| (1..=9999).contains(&moment.year()))
}

/// The offset of a clock from UTC, where it is one that clocks have.
fn offset(difference: TimeDelta) -> Option<String> {
    let minutes = difference.num_minutes();
    let is_possible = difference == TimeDelta::minutes(minutes)
        && minutes % 15 == 0
        && (-12 * 60..=14 * 60).contains(&minutes);
    is_possible.then(|| {
        let sign = if minutes < 0 { '-' } else { '+' };
        let clock = format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60);
        if minutes == 0 { "Z".to_owned() } else { clock }
    })
}

fn write(moment: NaiveDateTime, zone: &str) -> String {
    format!("{}{zone}", moment.format("%Y-%m-%dT%H:%M:%S"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offset_follows_from_both_dates() {
        let zero = "0000-00-00 00:00:00";
        let never = "Wed, 30 Nov -0001 00:00:00 +0000";
        for (local, utc, feed, edtf, has_zone) in [
            ("2011-05-20 10:11:00", "2011-05-20 09:11:00", "", "2011-05-20T10:11:00+01:00", true),
            ("2011-05-20 09:11:00", "2011-05-20 09:11:00", "", "2011-05-20T09:11:00Z", true),
            ("2011-05-20T10:11:00", "2011-05-20T15:41:00", "", "2011-05-20T10:11:00-05:30", true),
            (zero, "2011-05-20 09:11:00", "", "2011-05-20T09:11:00Z", true),
            ("2011-05-20 10:12:13", "2011-05-20 09:11:00", "", "2011-05-20T09:11:00Z", true),
            ("2011-05-20 10:11:00", zero, never, "2011-05-20T10:11:00", false),
            (
                "2011-05-20 10:11:00",
                zero,
                "Fri, 20 May 2011 09:11:00 +0000",
                "2011-05-20T10:11:00+01:00",
                true,
            ),
            ("", "", "Fri, 20 May 2011 10:11:00 +0100", "2011-05-20T09:11:00Z", true),
        ] {
            let wanted = Moment { edtf: edtf.to_owned(), has_zone };
            assert_eq!(moment(local, utc, feed), Some(wanted), "{local} {utc} {feed}");
        }
        assert_eq!(moment(zero, zero, never), None);
        assert_eq!(moment("", "-0001-11-30 00:00:00", "soon"), None);
    }
}
