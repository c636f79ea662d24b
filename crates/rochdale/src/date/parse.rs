//! Reads EDTF: the grammar, form by form, each function named after what it reads.

use super::bounds::{self, Edge, FARTHEST_YEAR, Moment, Span, Zone};
use super::error::{DateError, Problem};
use super::{Precision, Qualifier};

type Result<T> = std::result::Result<T, DateError>;

/// What an EDTF expression means.
pub(super) fn span(text: &str) -> Result<Span> {
    let odd = text.find(|c: char| !c.is_ascii_graphic());
    if let Some(at) = odd {
        // What stands there may be longer than a byte, so the rest is quoted from its start.
        return Err(Part { text: &text[at..], at }.expected("EDTF, which has no spaces"));
    }
    let all = Part { text, at: 0 };
    match text.as_bytes().first() {
        Some(b'[') => set(all, ']'),
        Some(b'{') => set(all, '}'),
        _ => match text.find('/') {
            Some(slash) => interval(all.until(slash), all.from(slash + 1)),
            None => alone(all),
        },
    }
}

/// The one spelling of an expression that was read: an offset of hours alone gets its minutes.
pub(super) fn normal(text: &str, span: &Span) -> Box<str> {
    let hours_only = text.len().checked_sub(3).is_some_and(|at| text.as_bytes()[at] != b':');
    if matches!(span.zone, Zone::Offset(_)) && hours_only {
        return format!("{text}:00").into();
    }
    text.into()
}

/// `[a,b..c]`, one of several dates, or `{a,b..c}`, all of them.
fn set(all: Part, close: char) -> Result<Span> {
    let Some(inside) = all.text[1..].strip_suffix(close) else {
        return Err(all.from(all.text.len()).expected("the bracket that closes the set"));
    };
    let last = inside.matches(',').count();
    let mut whole: Option<Span> = None;
    for (index, member) in (Part { text: inside, at: all.at + 1 }).split(',').enumerate() {
        let span = set_member(member, index == 0, index == last)?;
        whole = Some(whole.map_or(span, |whole| hull(&whole, &span)));
    }
    let whole = whole.expect("splitting gives at least one member");
    Ok(Span { precision: Precision::Set, ..whole })
}

/// A date, or `a..b`; at the start of a set `..b`, at its end `a..`.
fn set_member(part: Part, is_first: bool, is_last: bool) -> Result<Span> {
    let Some(dots) = part.text.find("..") else { return inner(part) };
    let (start, end) = (part.until(dots), part.from(dots + 2));
    match (start.text, end.text) {
        ("", "") => Err(part.expected("a date beside `..`")),
        ("", _) if is_first => Ok(Span { start: Edge::Open, ..inner(end)? }),
        (_, "") if is_last => Ok(Span { end: Edge::Open, ..inner(start)? }),
        ("", _) => Err(start.expected("a date before `..`, except in the first member")),
        (_, "") => Err(end.expected("a date after `..`, except in the last member")),
        _ => between(part, inner(start)?, inner(end)?, end),
    }
}

/// The smallest span that holds both.
fn hull(one: &Span, other: &Span) -> Span {
    let first = |span: &Span| span.start.moment();
    let last = |span: &Span| (span.end == Edge::Open, span.end.moment());
    Span {
        start: if first(other) < first(one) { other.start } else { one.start },
        end: if last(other) > last(one) { other.end } else { one.end },
        qualifier: one.qualifier.and(other.qualifier),
        ..*one
    }
}

/// `a/b`, where `..` is an open end and nothing an unknown one.
fn interval(start: Part, end: Part) -> Result<Span> {
    if let Some(slash) = end.text.find('/') {
        return Err(end.from(slash).expected("the end of the interval"));
    }
    let (first, last) = (interval_end(start)?, interval_end(end)?);
    let span = match (first, last) {
        (Ok(first), Ok(last)) => between(start, first, last, end)?,
        (Ok(first), Err(edge)) => Span { end: edge, ..first },
        (Err(edge), Ok(last)) => Span { start: edge, ..last },
        (Err(Edge::Unknown), Err(Edge::Unknown)) => {
            return Err(start.expected("a date at one end of the interval"));
        }
        (Err(first), Err(last)) => Span::new(first, last, Precision::Interval),
    };
    Ok(Span { precision: Precision::Interval, ..span })
}

/// A date at one end of an interval, or what else it is.
fn interval_end(part: Part) -> Result<std::result::Result<Span, Edge>> {
    Ok(match part.text {
        "" => Err(Edge::Unknown),
        ".." => Err(Edge::Open),
        _ => Ok(inner(part)?),
    })
}

/// The span from one date to another that does not begin before it. An end with unspecified digits
/// may begin as late as it may end.
fn between(place: Part, start: Span, end: Span, end_text: Part) -> Result<Span> {
    let limit = if end_text.text.contains('X') { end.end } else { end.start };
    if start.start.moment() > limit.moment() {
        return Err(place.error(Problem::Reversed));
    }
    Ok(Span { end: end.end, qualifier: start.qualifier.and(end.qualifier), ..start })
}

/// A date within an interval or a set. EDTF has neither times nor years of more than four digits
/// there.
fn inner(part: Part) -> Result<Span> {
    if part.text.starts_with('Y') {
        return Err(part.error(Problem::NotInside("years of more than four digits")));
    }
    if part.text.contains('T') {
        return Err(part.error(Problem::NotInside("dates with a time")));
    }
    date(part)
}

/// A date on its own.
fn alone(part: Part) -> Result<Span> {
    if part.text.starts_with('Y') {
        return long_year(part.from(1));
    }
    match part.text.find('T') {
        Some(t) => date_time(part.until(t), part.from(t + 1)),
        None => date(part),
    }
}

/// What follows `Y`: `12000`, `-170000002~`.
fn long_year(part: Part) -> Result<Span> {
    let (part, qualifier) = qualified(part)?;
    let digits = part.text.strip_prefix('-').unwrap_or(part.text);
    if digits.contains(['E', 'S']) {
        return Err(part.error(Problem::OutsideLevels("exponents and significant digits")));
    }
    if digits.len() < 5 || digits.starts_with('0') || !is_number(digits) {
        return Err(part.expected("a year of more than four digits after `Y`, and nothing else"));
    }
    let far = || part.error(Problem::FarYear { year: part.text.to_owned() });
    let year: i64 = part.text.parse().map_err(|_| far())?;
    if !(-FARTHEST_YEAR..=FARTHEST_YEAR).contains(&year) {
        return Err(far());
    }
    Ok(Span { qualifier, ..Span::years(year, year, Precision::Year) })
}

/// `1985-04-12T23:20:30`, with `Z`, an offset or neither; the seconds may be left out.
fn date_time(day: Part, time: Part) -> Result<Span> {
    let Span {
        start: Edge::At(day), precision: Precision::Day, qualifier: Qualifier::None, ..
    } = date(day)?
    else {
        return Err(day.expected("a whole date, unqualified, before the time"));
    };
    let clock_end = time.text.find(['Z', '+', '-']).unwrap_or(time.text.len());
    let zone = zone(time.from(clock_end))?;
    let (second, precision) = clock(time.until(clock_end))?;
    let start = Moment { second, ..day };
    let length = if precision == Precision::Minute { 59 } else { 0 };
    let end = Moment { second: second + length, ..day };
    Ok(Span { zone, ..Span::new(Edge::At(start), Edge::At(end), precision) })
}

/// `23:20:30` or `23:20`, as seconds since midnight.
fn clock(part: Part) -> Result<(u32, Precision)> {
    let mut fields = part.split(':');
    let hour = limited(fields.next(), part, 23, "an hour from 00 to 23")?;
    let minute = limited(fields.next(), part, 59, "minutes from 00 to 59 after `:`")?;
    let seconds = fields.next();
    let precision = if seconds.is_some() { Precision::Second } else { Precision::Minute };
    let second = match seconds {
        Some(_) => limited(seconds, part, 59, "seconds from 00 to 59, without a fraction")?,
        None => 0,
    };
    match fields.next() {
        Some(rest) => Err(rest.expected("a time of hours, minutes and seconds")),
        None => Ok((hour * 3600 + minute * 60 + second, precision)),
    }
}

/// `Z`, `+01:00`, `+01` or nothing.
fn zone(part: Part) -> Result<Zone> {
    const HOURS: &str = "an offset from 00:00 to 23:59, as in `+01:00`";
    let sign = match part.text {
        "" => return Ok(Zone::None),
        "Z" => return Ok(Zone::Utc),
        _ if part.text.starts_with('+') => 1,
        _ if part.text.starts_with('-') => -1,
        _ => return Err(part.expected("`Z` and nothing after it")),
    };
    let mut fields = part.from(1).split(':');
    let hours = limited(fields.next(), part, 23, HOURS)?;
    let minutes = match fields.next() {
        Some(minutes) => limited(Some(minutes), part, 59, HOURS)?,
        None => 0,
    };
    if let Some(rest) = fields.next() {
        return Err(rest.expected("an offset of hours and minutes"));
    }
    let seconds = i32::try_from(hours * 3600 + minutes * 60).expect("less than a day");
    if seconds == 0 && sign < 0 {
        return Err(part.error(Problem::NegativeOffset));
    }
    Ok(Zone::Offset(sign * seconds))
}

/// A date without a time, `2011`, `201X`, `2011-05-XX`, `2011-22~`.
fn date(part: Part) -> Result<Span> {
    let (part, qualifier) = qualified(part)?;
    let is_negative = part.text.starts_with('-');
    let mut fields = part.from(usize::from(is_negative)).split('-');
    let year = year(fields.next().unwrap_or(part), is_negative)?;
    let (month, day) = (fields.next(), fields.next());
    if let Some(rest) = fields.next() {
        return Err(rest.expected("the end of the date"));
    }
    let span = match month {
        None if year.unspecified == 4 => return Err(part.error(Problem::NothingSpecified)),
        None => year.span(),
        Some(month) if year.unspecified > 0 => return Err(month.error(MASK)),
        Some(month) => within_year(&year, month, day)?,
    };
    Ok(Span { qualifier, ..span })
}

const MASK: Problem = Problem::OutsideLevels("unspecified digits before specified ones");

/// What a qualifier at the end says, and the text before it.
fn qualified(part: Part) -> Result<(Part, Qualifier)> {
    let qualifier = match part.text.as_bytes().last() {
        Some(b'?') => Qualifier::Uncertain,
        Some(b'~') => Qualifier::Approximate,
        Some(b'%') => Qualifier::Both,
        _ => Qualifier::None,
    };
    let rest = part.until(part.text.len() - usize::from(qualifier != Qualifier::None));
    match rest.text.find(['?', '~', '%']) {
        Some(at) => {
            let what = "qualifiers anywhere but at the end of the date";
            Err(rest.from(at).error(Problem::OutsideLevels(what)))
        }
        None => Ok((rest, qualifier)),
    }
}

/// A year of four digits, of which the last ones may be unspecified.
struct Year<'a> {
    part: Part<'a>,
    first: i64,
    last: i64,
    unspecified: usize,
}

impl Year<'_> {
    fn span(&self) -> Span {
        let precision = match self.unspecified {
            0 => Precision::Year,
            1 => Precision::Decade,
            2 => Precision::Century,
            _ => Precision::Millennium,
        };
        Span::years(self.first, self.last, precision)
    }
}

fn year(part: Part, is_negative: bool) -> Result<Year> {
    let known = part.text.trim_end_matches('X');
    let unspecified = part.text.len() - known.len();
    if part.text.len() > 4 && is_number(part.text) {
        let sign = if is_negative { "-" } else { "" };
        let year = format!("{sign}{}", part.text.trim_start_matches('0'));
        return Err(part.error(Problem::LongYear { year }));
    }
    if part.text.starts_with(|c: char| c.is_ascii_digit()) && part.text.contains(['E', 'S']) {
        return Err(part.error(Problem::OutsideLevels("exponents and significant digits")));
    }
    if part.text.len() == 4 && known.contains('X') {
        return Err(part.error(MASK));
    }
    let is_year = known.is_empty() || is_number(known);
    if part.text.len() != 4 || !is_year {
        return Err(part.expected("a year of four digits, the last of which may be `X`"));
    }
    let with = |digit: &str| {
        let text = format!("{known}{}", digit.repeat(unspecified));
        text.parse::<i64>().expect("four digits are a number")
    };
    let (lowest, highest) = (with("0"), with("9"));
    if is_negative && highest == 0 {
        return Err(part.error(Problem::NegativeZero));
    }
    // The year before 1 is written `0000`, so no year of `-000X` is later than -1.
    let (first, last) = if is_negative { (-highest, -lowest.max(1)) } else { (lowest, highest) };
    Ok(Year { part, first, last, unspecified })
}

/// What follows the year: a month and its day, either of them `XX`, or a part of the year.
fn within_year(year: &Year, month: Part, day: Option<Part>) -> Result<Span> {
    if month.text == "XX" {
        return match day {
            Some(day) if day.text != "XX" => Err(day.error(MASK)),
            _ => Ok(year.span()),
        };
    }
    let number = two_digits(month, "a month from 01 to 12, or a season from 21 to 24")?;
    if let 1..=12 = number {
        return day.map_or_else(
            || Ok(Span::months(year.first, number, 1, Precision::Month)),
            |day| within_month(year, number, month, day),
        );
    }
    if let Some(day) = day {
        return Err(day.expected("a month from 01 to 12 before the day"));
    }
    part_of_year(year.first, number).ok_or_else(|| match number {
        25..=32 | 37..=39 => {
            month.error(Problem::OutsideLevels("parts of the year 25 to 32 and 37 to 39"))
        }
        _ => month.expected("a month from 01 to 12, or a season from 21 to 24"),
    })
}

/// The seasons of the northern year, each from the first day of a month, the quarters and the
/// halves.
fn part_of_year(year: i64, number: u32) -> Option<Span> {
    Some(match number {
        21..=24 => Span::months(year, (number - 21) * 3 + 3, 3, Precision::Season),
        33..=36 => Span::months(year, (number - 33) * 3 + 1, 3, Precision::Quarter),
        40..=41 => Span::months(year, (number - 40) * 6 + 1, 6, Precision::Half),
        _ => return None,
    })
}

fn within_month(year: &Year, month: u32, month_part: Part, day: Part) -> Result<Span> {
    if day.text == "XX" {
        return Ok(Span::months(year.first, month, 1, Precision::Month));
    }
    let number = two_digits(day, "a day of two digits")?;
    if !(1..=bounds::days_in_month(year.first, month)).contains(&number) {
        return Err(day.error(Problem::NoSuchDay {
            year: year.part.text.to_owned(),
            month: month_part.text.to_owned(),
            day: day.text.to_owned(),
        }));
    }
    let start = Moment::from_civil(year.first, month, number).expect("the day exists");
    Ok(Span::new(Edge::At(start), Edge::At(start.end_of_day()), Precision::Day))
}

/// A number of two digits that is not greater than a limit.
fn limited(part: Option<Part>, all: Part, most: u32, expected: &'static str) -> Result<u32> {
    let part = part.unwrap_or(all.from(all.text.len()));
    match two_digits(part, expected)? {
        number if number <= most => Ok(number),
        _ => Err(part.expected(expected)),
    }
}

fn two_digits(part: Part, expected: &'static str) -> Result<u32> {
    let is_masked = part.text.contains('X') && part.text.replace('X', "0").len() == 2;
    match part.text.parse() {
        Ok(number) if part.text.len() == 2 && is_number(part.text) => Ok(number),
        _ if is_masked && is_number(&part.text.replace('X', "0")) => Err(part.error(MASK)),
        _ => Err(part.expected(expected)),
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A stretch of the text, and where it begins. The text is ASCII, so it can be cut anywhere.
#[derive(Clone, Copy)]
struct Part<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Part<'a> {
    fn until(self, end: usize) -> Self {
        Self { text: &self.text[..end], ..self }
    }

    fn from(self, start: usize) -> Self {
        Self { text: &self.text[start..], at: self.at + start }
    }

    fn split(self, separator: char) -> impl Iterator<Item = Part<'a>> {
        let mut next = self.at;
        self.text.split(separator).map(move |text| {
            let at = next;
            next += text.len() + separator.len_utf8();
            Part { text, at }
        })
    }

    fn error(self, problem: Problem) -> DateError {
        DateError::new(problem, self.at)
    }

    fn expected(self, expected: &'static str) -> DateError {
        self.error(Problem::Expected { expected, got: self.text.to_owned() })
    }
}
