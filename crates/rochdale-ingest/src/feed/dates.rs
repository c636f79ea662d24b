//! Dates as feeds write them: RFC 822 and what people take for it, in any order of its parts.

use std::borrow::Cow;

use rochdale::date::Date;

/// The date that a text writes; none where it is written as nobody writes dates in feeds only.
///
/// The words of the source are kept where EDTF cannot say all of them.
pub(super) fn read(text: &str) -> Option<Date> {
    let text = text.trim();
    let form = truncated(text).or_else(|| parted(text))?;
    Date::parse(&form).ok().map(|date| date.with_text(text))
}

/// ISO 8601 as it was until 2004, with two digits for the year: `03-12-31`, `031231`, `-0312`,
/// `-03-12`, `03335`.
fn truncated(text: &str) -> Option<String> {
    if text.len() > "00-00-00".len() {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let (year, rest) = digits.split_at_checked(2)?;
    let year = full_year(year.parse().ok()?);
    match shape.as_str() {
        "00-00-00" | "000000" => Some(format!("{year}-{}-{}", &rest[..2], &rest[2..])),
        "-0000" | "-00-00" => Some(format!("{year}-{rest}")),
        "00000" => {
            let day = chrono::NaiveDate::from_yo_opt(year, rest.parse().ok()?)?;
            Some(day.format("%Y-%m-%d").to_string())
        }
        _ => None,
    }
}

/// A year of two digits, as RFC 2822 reads it (section 4.3).
fn full_year(short: i32) -> i32 {
    if short < 50 { 2000 + short } else { 1900 + short }
}

/// The parts of a date, found by what they look like.
#[derive(Default)]
struct Parts {
    year: Option<String>,
    month: Option<u32>,
    day: Option<u32>,
    time: Option<String>,
    zone: Option<String>,
    /// Hours to add, for clocks that count to twelve.
    later: u32,
}

fn parted(text: &str) -> Option<String> {
    if text.len() > 100 {
        return None;
    }
    // Korea has one zone, which dates in its language leave out.
    let korean = text.contains(['년', '전', '후']);
    let text = if korean || !text.is_ascii() || text.contains('-') {
        Cow::Owned(text.replace(['년', '월'], "-").replace('일', " ").replace("- ", "-"))
    } else {
        Cow::Borrowed(text)
    };
    let mut parts = Parts::default();
    for token in text.split([' ', '\t', '\n', ',']).filter(|token| !token.is_empty()) {
        parts.take(token)?;
    }
    if korean && parts.zone.is_none() {
        parts.zone = Some("+09:00".to_owned());
    }
    parts.edtf()
}

impl Parts {
    /// Takes a part in; none where it is no part of a date.
    fn take(&mut self, token: &str) -> Option<()> {
        let bare = token.trim_end_matches('.');
        if token.contains(':') && token.starts_with(|c: char| c.is_ascii_digit()) {
            // Both in one, with words in the date: `2004-július-13T9:15-05:00`.
            if let Some((day, time)) = token.split_once('T') {
                self.whole_day(day)?;
                return self.clock(time);
            }
            return self.clock(token);
        }
        if is_weekday(bare) {
            return Some(());
        }
        if let Some(month) = month(bare) {
            return fill(&mut self.month, month);
        }
        if bare.bytes().all(|byte| byte.is_ascii_digit()) {
            return self.number(bare);
        }
        match token.to_ascii_lowercase().as_str() {
            "am" | "오전" => return Some(()),
            "pm" | "오후" => {
                self.later = 12;
                return Some(());
            }
            _ => {}
        }
        if token.starts_with(|c: char| c.is_ascii_digit()) {
            return self.whole_day(token);
        }
        let zone = zone(token)?;
        fill(&mut self.zone, zone)
    }

    fn number(&mut self, digits: &str) -> Option<()> {
        match digits.len() {
            1 | 2 if self.day.is_none() => fill(&mut self.day, digits.parse().ok()?),
            2 => fill(&mut self.year, full_year(digits.parse().ok()?).to_string()),
            4 => fill(&mut self.year, digits.to_owned()),
            _ => None,
        }
    }

    /// `2006/09/15`, `2004-07-08`, `2004-július-13`, `12-Mar-2014`.
    fn whole_day(&mut self, token: &str) -> Option<()> {
        let mut steps = token.split(['/', '-']).filter(|step| !step.is_empty());
        let (first, second, third) = (steps.next()?, steps.next()?, steps.next()?);
        let (year, day) = if first.len() == 4 { (first, third) } else { (third, first) };
        let spelt = month(second);
        // A day in figures alone that does not begin with the year is for others to judge.
        let certain = first.len() == 4 || spelt.is_some();
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !certain || steps.next().is_some() || !digits(year) || year.len() != 4 {
            return None;
        }
        let month = spelt.or_else(|| second.parse().ok().filter(|month| *month <= 12))?;
        fill(&mut self.year, year.to_owned())?;
        fill(&mut self.month, month)?;
        fill(&mut self.day, day.parse().ok()?)
    }

    /// `10:11`, `9:11:00.25`, with or without a zone at its end.
    fn clock(&mut self, token: &str) -> Option<()> {
        let end = token.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.'));
        let (time, rest) = token.split_at(end.unwrap_or(token.len()));
        let time = time.split('.').next().unwrap_or(time);
        let steps: Vec<&str> = time.split(':').collect();
        let fits = |step: &&str| matches!(step.len(), 1 | 2);
        if !matches!(steps.len(), 2 | 3) || !steps.iter().all(fits) {
            return None;
        }
        let steps: Vec<String> = steps.iter().map(|step| format!("{step:0>2}")).collect();
        fill(&mut self.time, steps.join(":"))?;
        match rest {
            "" | "AM" | "am" => Some(()),
            "PM" | "pm" => {
                self.later = 12;
                Some(())
            }
            rest => fill(&mut self.zone, zone(rest)?),
        }
    }

    fn edtf(self) -> Option<String> {
        let day = format!("{}-{:02}-{:02}", self.year?, self.month?, self.day?);
        let Some(time) = self.time else { return Some(day) };
        let (hour, rest) = time.split_once(':')?;
        let hour: u32 = hour.parse().ok()?;
        let hour = if self.later > 0 && hour < 12 { hour + self.later } else { hour };
        Some(format!("{day}T{hour:02}:{rest}{}", self.zone.unwrap_or_default()))
    }
}

/// Fills a part that is still empty.
fn fill<T>(part: &mut Option<T>, value: T) -> Option<()> {
    part.is_none().then(|| *part = Some(value))
}

fn is_weekday(token: &str) -> bool {
    const DAYS: [&str; 14] = [
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "δευ", "τρι", "τετ", "πεμ", "παρ", "σαβ",
        "κυρ",
    ];
    let form = plain(token);
    let full = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    full.contains(&&*form) || DAYS.contains(&&*form) || matches!(&*form, "tues" | "thur" | "thurs")
}

/// The number of a month by its name in English, Greek or Hungarian, or by the start of it.
fn month(token: &str) -> Option<u32> {
    const NAMES: [&[&str]; 12] = [
        &["jan", "january", "ιαν", "januar"],
        &["feb", "february", "φεβ", "februar"],
        &["mar", "march", "μαρ", "marcius"],
        &["apr", "april", "απρ", "aprilis"],
        &["may", "μαι", "majus"],
        &["jun", "june", "ιουν", "ιον", "junius"],
        &["jul", "july", "ιουλ", "ιολ", "julius"],
        &["aug", "august", "αυγ", "augusztus"],
        &["sep", "sept", "september", "σεπ", "szeptember"],
        &["oct", "october", "οκτ", "oktober"],
        &["nov", "november", "νοε"],
        &["dec", "december", "δεκ"],
    ];
    let form = plain(token);
    let position = NAMES.iter().position(|names| names.contains(&&*form))?;
    u32::try_from(position + 1).ok()
}

/// A word without capitals and accents.
fn plain(token: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;
    if token.is_ascii() {
        return token.to_ascii_lowercase();
    }
    token.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// A zone as EDTF writes it: an offset, a name that means one offset, or a name that does not.
fn zone(token: &str) -> Option<String> {
    const NAMES: [(&str, &str); 30] = [
        ("A", "-01:00"),
        ("ADT", "-03:00"),
        ("AST", "-04:00"),
        ("AT", "-04:00"),
        ("BST", "+01:00"),
        ("CDT", "-05:00"),
        ("CEST", "+02:00"),
        ("CET", "+01:00"),
        ("CST", "-06:00"),
        ("CT", "-06:00"),
        ("EDT", "-04:00"),
        ("EEST", "+03:00"),
        ("EET", "+02:00"),
        ("EST", "-05:00"),
        ("ET", "-05:00"),
        ("JST", "+09:00"),
        ("KST", "+09:00"),
        ("M", "-12:00"),
        ("MDT", "-06:00"),
        ("MEST", "+02:00"),
        ("MET", "+01:00"),
        ("MST", "-07:00"),
        ("MT", "-07:00"),
        ("N", "+01:00"),
        ("PDT", "-07:00"),
        ("PST", "-08:00"),
        ("PT", "-08:00"),
        ("WEST", "+01:00"),
        ("WET", "Z"),
        ("Y", "+12:00"),
    ];
    let token = token.strip_prefix("Etc/").unwrap_or(token).trim_matches(['(', ')']);
    if matches!(token, "Z" | "z" | "UT" | "UTC" | "GMT") {
        return Some("Z".to_owned());
    }
    let offset = token.strip_prefix("GMT").or(token.strip_prefix("UTC")).unwrap_or(token);
    if let Some(digits) = offset.strip_prefix(['+', '-']) {
        let digits = digits.replacen(':', "", 1);
        let plain = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
        // `-0000` says that the time is universal and nothing of the place (RFC 2822, section 3.3).
        return plain.then(|| match &*digits {
            "0000" => "Z".to_owned(),
            _ => format!("{}{}:{}", &offset[..1], &digits[..2], &digits[2..]),
        });
    }
    if let Some((_, offset)) = NAMES.iter().find(|(name, _)| *name == token) {
        return Some((*offset).to_owned());
    }
    // Such as `IST`, which three places use: the time is known, and where it holds is not.
    let name =
        (2..=5).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_uppercase());
    name.then(String::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_to_write_a_date_is_read() {
        for (text, edtf) in [
            ("Wed, 12 Mar 2014 10:11:00 -0400", "2014-03-12T10:11:00-04:00"),
            ("Wednesday, 12-Mar-2014 10:11 GMT", "2014-03-12T10:11Z"),
            ("12 March 14 10:11 BST", "2014-03-12T10:11+01:00"),
            ("Mar 12, 2014 9:05 PM EST", "2014-03-12T21:05-05:00"),
            ("Wed Mar 12 10:11:00 2014", "2014-03-12T10:11:00"),
            ("12 Mar 2014", "2014-03-12"),
            ("Wed, 12 Mar 2014 10:11:00 IST", "2014-03-12T10:11:00"),
            ("Wed, 2014/03/12 10:11:00 UTC", "2014-03-12T10:11:00Z"),
            ("14-03-12", "2014-03-12"),
        ] {
            let date = read(text).map(|date| date.edtf().to_owned());
            assert_eq!(date.as_deref(), Some(edtf), "{text}");
        }
        assert_eq!(read("12 Mar 2014").unwrap().text(), "12 Mar 2014");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "soon",
            "12/03/2014",
            "Mar 2014",
            "Wed, 30 Feb 2014 10:11:00 GMT",
            "Wed, 12 Mar 2014 10:11:00:00 GMT",
            "Wed, 12 Mar 2014 10:11:00 +01:0x",
            "12 12 2014 Mar Apr",
            "日本語のテキスト",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
