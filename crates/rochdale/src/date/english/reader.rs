//! Reads the words of one text: limits, pairs of dates, and the pieces of each.

use super::super::error::{DateError, Problem};
use super::super::{Date, Precision, Qualifier};
use super::partial::{self, Partial, Third};
use super::tokens::{self, Ending, Kind, Token};
use super::{English, Note, Reading, words};

type Result<T> = std::result::Result<T, DateError>;

/// A place in the words of a text.
pub(super) struct Reader<'a> {
    pub(super) english: &'a English,
    pub(super) notes: Vec<Note>,
    text: &'a str,
    tokens: Vec<Token>,
    next: usize,
}

/// How two dates are joined.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    Interval,
    Set,
}

impl<'a> Reader<'a> {
    pub(super) fn new(english: &'a English, text: &'a str) -> Result<Self> {
        let tokens = tokens::tokens(text)?;
        Ok(Self { english, notes: Vec::new(), text, tokens, next: 0 })
    }

    pub(super) fn read(mut self) -> Result<Reading> {
        let date = self.expression()?;
        match self.tokens.get(self.next) {
            Some(_) => Err(self.expected("the end of the date")),
            None => Ok(Reading { date, notes: self.notes }),
        }
    }

    fn expression(&mut self) -> Result<Date> {
        if let Some(date) = self.financial_year()? {
            return Ok(date);
        }
        if self.eat(&["before"]) || self.eat(&["prior", "to"]) {
            return self.limit(|date| Some(format!("../{}", beside(date, -1)?)));
        }
        if self.eat(&["after"]) {
            return self.limit(|date| Some(format!("{}/..", beside(date, 1)?)));
        }
        if self.eat(&["since"]) {
            return self.limit(|date| Some(format!("{}/..", first(date.edtf()))));
        }
        if self.eat_any(&["until", "till", "by"]) || self.eat(&["up", "to"]) {
            let _ = self.eat(&["the", "end", "of"]) || self.eat(&["end", "of"]);
            return self.limit(|date| Some(format!("../{}", last(date.edtf()))));
        }
        self.joined()
    }

    /// A date without an end or a start, made from the one that follows.
    fn limit(&mut self, open: impl Fn(&Date) -> Option<String>) -> Result<Date> {
        let partial = self.element()?;
        let date = self.resolve(&partial)?;
        let edtf = open(&date).ok_or_else(|| {
            partial::expected(&partial, "a year, month or day without a qualifier or a time")
        })?;
        partial.build(&edtf)
    }

    /// One date, or two of which the one may lack what the other says.
    fn joined(&mut self) -> Result<Date> {
        let is_between = self.eat(&["between"]);
        let is_from = self.eat(&["from"]);
        let is_either = self.eat(&["either"]);
        let one = self.element()?;
        let joint = if is_between {
            self.eat(&["and"]).then_some(Joint::Interval)
        } else if self.eat(&["or"]) {
            Some(Joint::Set)
        } else {
            let is_joined = self.eat_any(&["to", "until", "till", "through"]) || self.dash();
            is_joined.then_some(Joint::Interval)
        };
        match joint {
            Some(joint) => self.pair(one, joint),
            None if is_between => Err(self.expected("`and` with another date")),
            None if is_either => Err(self.expected("`or` with another date")),
            None if is_from => {
                let date = self.resolve(&one)?;
                one.build(&format!("{}/..", first(date.edtf())))
            }
            None => self.resolve(&one),
        }
    }

    fn pair(&mut self, mut one: Partial, joint: Joint) -> Result<Date> {
        let mut other = self.element()?;
        let (one_year, other_year) = (one.year, other.year);
        other.inherit(&one);
        if other.year.is_none() && other.month.is_some() {
            other.year = Some(self.assume_year(&other)?);
        }
        one.inherit(&other);
        let noted = self.notes.len();
        let (mut start, mut end) = (self.resolve(&one)?, self.resolve(&other)?);
        if joint == Joint::Interval && one.month > other.month && start.earliest() > end.earliest()
        {
            // The turn of the year lies between: "December to January 2012".
            let (lacking, by) = match (one_year, other_year) {
                (None, _) => (&mut one, -1),
                (_, None) => (&mut other, 1),
                _ => return join(&one, &start, &end, joint),
            };
            lacking.year = lacking.year.map(|year| year + by);
            self.notes.truncate(noted);
            (start, end) = (self.resolve(&one)?, self.resolve(&other)?);
        }
        join(&one, &start, &end, joint)
    }

    /// "2011/12" and "financial year 2011-12".
    fn financial_year(&mut self) -> Result<Option<Date>> {
        let is_stated = self.eat(&["fy"])
            || self.eat(&["financial", "year"])
            || self.eat(&["the", "financial", "year"]);
        let at = self.next;
        let words = self.rest().to_owned();
        let Some(year) = financial_year(&words) else {
            return if is_stated {
                Err(self.expected("years such as `2011/12`"))
            } else {
                Ok(None)
            };
        };
        let financial = format!("{}-04-01/{}-03-31", edtf_year(year), edtf_year(year + 1));
        let partial = Partial { at: self.tokens[at].at, ..Partial::default() };
        self.next = self.tokens.len();
        if is_stated || self.english.financial_years {
            return partial.build(&financial).map(Some);
        }
        let both = format!("{}/{}", edtf_year(year), edtf_year(year + 1));
        let mut meanings = vec![financial, both.clone()];
        if let month @ 1..=12 = (year + 1) % 100 {
            meanings.push(format!("{}-{month:02}", edtf_year(year)));
        }
        self.notes.push(Note::Ambiguous { words, meanings });
        partial.build(&both).map(Some)
    }

    /// The pieces of one date, in any order.
    fn element(&mut self) -> Result<Partial> {
        let from = self.next;
        let mut partial = Partial { at: self.at(), ..Partial::default() };
        while self.introduction(&mut partial) || self.piece(&mut partial)? {}
        if partial.is_empty() {
            return Err(self.expected("a date"));
        }
        let end = self.tokens[from..self.next].last().map_or(0, |last| last.at + last.text.len());
        self.text[partial.at..end].clone_into(&mut partial.words);
        Ok(partial)
    }

    /// "circa", "early", "the": what may come before a date.
    fn introduction(&mut self, partial: &mut Partial) -> bool {
        let third = match self.word(0) {
            "early" | "beginning" | "start" => Some(Third::Early),
            "mid" | "middle" => Some(Third::Mid),
            "late" | "end" => Some(Third::Late),
            _ => None,
        };
        let qualifier = words::qualifier(self.word(0));
        if let (Some(qualifier), true) = (qualifier, partial.is_empty()) {
            partial.qualifier = qualifier;
        } else if third.is_some() && partial.is_empty() && partial.third.is_none() {
            partial.third = third;
        } else if !words::is_filler(self.word(0)) {
            return false;
        }
        self.next += 1;
        if third.is_some() {
            self.dash();
        }
        true
    }

    /// One piece of a date: a name, a number, a time or a phrase.
    fn piece(&mut self, partial: &mut Partial) -> Result<bool> {
        match self.kind(0) {
            Some(&Kind::Number { value, digits, ending }) => {
                self.number(partial, value, digits, ending)
            }
            Some(Kind::Word(word)) => {
                let word = word.clone();
                Ok(self.name(partial, &word)
                    || self.clock_word(partial, &word)
                    || self.relative(partial, &word)?)
            }
            _ => Ok(false),
        }
    }

    /// A day of the week, a month, a season, a quarter or a half.
    fn name(&mut self, partial: &mut Partial, word: &str) -> bool {
        let unit = |number: u32, unit: &str| words::part_of_year(unit, number);
        if let (Some(weekday), None) = (words::weekday(word), partial.weekday) {
            partial.weekday = Some(weekday);
            self.next += 1;
            return true;
        }
        let (part, length) = match (words::ordinal(word), self.kind(1)) {
            (Some(number), Some(Kind::Word(next))) => (unit(number, next), 2),
            (_, Some(&Kind::Number { value, .. })) if unit(value, word).is_some() => {
                (unit(value, word), 2)
            }
            _ => (words::month(word).or_else(|| words::season(word)), 1),
        };
        if part.is_none() || partial.month.is_some() {
            return false;
        }
        partial.month = part;
        self.next += length;
        true
    }

    fn number(
        &mut self,
        to: &mut Partial,
        value: u32,
        digits: usize,
        ending: Ending,
    ) -> Result<bool> {
        if ending != Ending::None {
            return Ok(self.ordinal_or_plural(to, value, digits, ending));
        }
        if self.clock(to)? || self.numeric(to)? {
            return Ok(true);
        }
        if digits == 4 && to.year.is_none() {
            to.year = Some(value.into());
            self.next += 1;
            self.second_year_of_winter(to, value);
            return Ok(true);
        }
        Ok(digits <= 2 && self.day(to, value))
    }

    /// "20th", "2nd quarter", "19th century", "1990s".
    fn ordinal_or_plural(
        &mut self,
        to: &mut Partial,
        value: u32,
        digits: usize,
        ending: Ending,
    ) -> bool {
        let unit = self.word(1).to_owned();
        let part = words::part_of_year(&unit, value).filter(|_| to.month.is_none());
        let fixed = match (ending, unit.as_str()) {
            (Ending::Ordinal, "century") if (1..=99).contains(&value) => {
                self.next += 1;
                Some(format!("{:02}XX", value - 1))
            }
            (Ending::Plural, _) if digits == 4 && value.is_multiple_of(10) => {
                Some(self.decade(value))
            }
            (Ending::Ordinal, _) if part.is_none() => return self.day(to, value),
            _ => None,
        };
        if fixed.is_none() && part.is_none() || to.fixed.is_some() {
            return false;
        }
        self.next += if part.is_some() { 2 } else { 1 };
        (to.fixed, to.month) = (fixed, part.or(to.month));
        true
    }

    /// "1990s"; "1900s" may be ten years or a hundred.
    fn decade(&mut self, value: u32) -> String {
        let decade = format!("{:03}X", value / 10);
        if !value.is_multiple_of(100) {
            return decade;
        }
        let century = format!("{:02}XX", value / 100);
        let meanings = vec![decade, century.clone()];
        self.notes.push(Note::Ambiguous { words: format!("{value}s"), meanings });
        century
    }

    fn day(&mut self, to: &mut Partial, value: u32) -> bool {
        let is_day = to.day.is_none() && (1..=31).contains(&value);
        if is_day {
            to.day = Some(value);
            self.next += 1;
        }
        is_day
    }

    /// "winter 2011-12" is the winter that begins in 2011.
    fn second_year_of_winter(&mut self, partial: &Partial, year: u32) {
        let (Some('/' | '-'), Some((second, 2 | 4))) = (self.mark(0), self.digits(1)) else {
            return;
        };
        if partial.month == Some(24) && second % 100 == (year + 1) % 100 {
            self.next += 2;
        }
    }

    /// `20/05/2011`, `20.5.2011`, `2011-05-20`, `2011-05`.
    fn numeric(&mut self, to: &mut Partial) -> Result<bool> {
        let (Some((one, one_digits)), Some((two, _))) = (self.digits(0), self.digits(2)) else {
            return Ok(false);
        };
        let mark = self.mark(1);
        let three = self.digits(4).filter(|_| mark.is_some() && self.mark(3) == mark);
        let (year, month, day, length) = match (one_digits, three) {
            (4, Some((three, 1 | 2))) => (one, two, Some(three), 5),
            (1 | 2, Some((three, 4))) => (three, two, Some(one), 5),
            (4, None) if mark == Some('-') && self.digits(2).is_some_and(|it| it.1 == 2) => {
                (one, two, None, 3)
            }
            _ => return Ok(false),
        };
        if !(1..=12).contains(&month) {
            self.next += 2;
            return Err(self.expected("a month from 1 to 12 (the day comes first)"));
        }
        if to.year.is_some() || to.month.is_some() || to.day.is_some() {
            return Ok(false);
        }
        (to.year, to.month, to.day) = (Some(year.into()), Some(month), day);
        self.next += length;
        Ok(true)
    }

    pub(super) fn kind(&self, ahead: usize) -> Option<&Kind> {
        self.tokens.get(self.next + ahead).map(|token| &token.kind)
    }

    /// The word so many tokens ahead, or nothing.
    pub(super) fn word(&self, ahead: usize) -> &str {
        match self.kind(ahead) {
            Some(Kind::Word(word)) => word,
            _ => "",
        }
    }

    pub(super) fn mark(&self, ahead: usize) -> Option<char> {
        match self.kind(ahead) {
            Some(&Kind::Mark(mark)) => Some(mark),
            _ => None,
        }
    }

    /// A plain number, and how many digits it has.
    pub(super) fn digits(&self, ahead: usize) -> Option<(u32, usize)> {
        match self.kind(ahead) {
            Some(&Kind::Number { value, digits, ending: Ending::None }) => Some((value, digits)),
            _ => None,
        }
    }

    pub(super) fn advance(&mut self, tokens: usize) {
        self.next += tokens;
    }

    /// Where the next token begins.
    pub(super) fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(self.text.len(), |token| token.at)
    }

    pub(super) fn rest(&self) -> &str {
        &self.text[self.at()..]
    }

    pub(super) fn expected(&self, expected: &'static str) -> DateError {
        DateError::new(Problem::Expected { expected, got: self.rest().to_owned() }, self.at())
    }

    fn eat(&mut self, words: &[&str]) -> bool {
        let is_next = words.iter().enumerate().all(|(ahead, word)| self.word(ahead) == *word);
        self.next += if is_next { words.len() } else { 0 };
        is_next
    }

    fn eat_any(&mut self, words: &[&str]) -> bool {
        words.iter().any(|word| self.eat(&[word]))
    }

    fn dash(&mut self) -> bool {
        let is_dash = self.mark(0) == Some('-');
        self.next += usize::from(is_dash);
        is_dash
    }
}

fn join(one: &Partial, start: &Date, end: &Date, joint: Joint) -> Result<Date> {
    let edtf = match joint {
        Joint::Interval => format!("{}/{}", first(start.edtf()), last(end.edtf())),
        Joint::Set => format!("[{},{}]", start.edtf(), end.edtf()).replace('/', ".."),
    };
    one.build(&edtf)
}

/// Whether a text is two years in a row, written as a financial year is.
pub(super) fn is_financial_year(text: &str) -> bool {
    financial_year(text).is_some()
}

/// The first year of `2011/12`, `2011-12` or `2011/2012`.
fn financial_year(text: &str) -> Option<i64> {
    let (first, second) = text.split_once(['/', '-', '–'])?;
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_year = first.len() == 4 && matches!(second.len(), 2 | 4);
    let year: i64 =
        first.parse().ok().filter(|_| is_year && is_number(first) && is_number(second))?;
    let next = format!("{:04}", year + 1);
    next.ends_with(second).then_some(year)
}

/// The year, month or day just before or after a date.
fn beside(date: &Date, by: i64) -> Option<String> {
    let (start, end) = (date.earliest()?, date.latest()?);
    let (year, month, _) = start.civil();
    Some(match date.precision() {
        _ if date.qualifier() != Qualifier::None => return None,
        // EDTF has no interval that begins or ends at a time of day.
        Precision::Second | Precision::Minute => return None,
        Precision::Year => edtf_year(year + by),
        Precision::Month => {
            let months = year * 12 + i64::from(month) - 1 + by;
            format!("{}-{:02}", edtf_year(months.div_euclid(12)), months.rem_euclid(12) + 1)
        }
        _ => {
            let edge = if by < 0 { start } else { end };
            partial::edtf_of(super::Moment { day: edge.day + by, ..edge })
        }
    })
}

fn edtf_year(year: i64) -> String {
    partial::edtf_year(year)
}

fn first(edtf: &str) -> &str {
    edtf.split('/').next().unwrap_or(edtf)
}

fn last(edtf: &str) -> &str {
    edtf.rsplit('/').next().unwrap_or(edtf)
}
