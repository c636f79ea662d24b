//! The value of a test: what stands after `field:`, or by itself.

use super::super::argument::parameter_in;
use super::super::places::TestPlace;
use super::super::{Argument, Certainty, Clause, Operator, Path, Test};
use super::Parser;
use crate::field::nearest;
use crate::{Place, Result};

/// A field and the offset of its name.
type Placed = Option<(Path, usize)>;

impl Parser<'_> {
    /// What stands after `like:`, which begins at `start`.
    pub(super) fn like(&mut self, start: usize) -> Result<Clause> {
        let (value, place, _) = self.scalar(true)?;
        let clause = self.test(None, start, Operator::Like, vec![(value, place)]);
        self.boosted(clause)
    }

    /// A value and its boost.
    pub(super) fn value(&mut self, field: Placed) -> Result<Clause> {
        let clause = self.bare_value(field)?;
        self.boosted(clause)
    }

    /// The clause with the boost that may stand behind it.
    fn boosted(&mut self, mut clause: Clause) -> Result<Clause> {
        if self.rest().starts_with('^') {
            let start = self.at;
            self.at += 1;
            let factor = self.decimal().filter(|factor| *factor > 0.0);
            let (Some(factor), Clause::Test(test)) = (factor, &mut clause) else {
                let message = "expected a boost such as `^2` after one test; a field that is called so stands in quotes";
                return Err(self.error_at(start, message));
            };
            test.boost = factor;
        }
        let ends = self.rest().is_empty()
            || self
                .rest()
                .starts_with(|next: char| next.is_whitespace() || matches!(next, '(' | ')' | ','));
        if !ends || self.rest().starts_with('(') {
            let message =
                "expected a space after the value; a value with other signs stands in quotes";
            return Err(self.error(message));
        }
        Ok(clause)
    }

    /// Reads a number that can have a decimal point; goes nowhere where there is none.
    pub(super) fn decimal(&mut self) -> Option<f64> {
        let end = self.rest().find(|c: char| !(c.is_ascii_digit() || c == '.'));
        let number = &self.rest()[..end.unwrap_or(self.rest().len())];
        let (length, number) = (number.len(), number.parse::<f64>().ok()?);
        self.at += length;
        number.is_finite().then_some(number)
    }

    fn bare_value(&mut self, field: Placed) -> Result<Clause> {
        if self.rest().starts_with('(') {
            return match field {
                Some((path, start)) => self.field_group(path, start),
                None => self.group(),
            };
        }
        if let Some(name) = self.function_name(field.is_some()) {
            return self.function(field, &name);
        }
        self.simple(field)
    }

    /// A value that is one test: a sign, a range, a word or words in quotes.
    fn simple(&mut self, field: Placed) -> Result<Clause> {
        let start = self.at;
        let placed = field.is_some() || self.scoped > 0;
        if placed {
            // The longer sign first: `>=` begins like `>`.
            for (sign, op) in [
                ("<=", Operator::OnOrBefore),
                (">=", Operator::OnOrAfter),
                ("<", Operator::Before),
                (">", Operator::After),
            ] {
                if self.take(sign) {
                    let (value, place, _) = self.scalar(true)?;
                    return Ok(self.test(field, start, op, vec![(value, place)]));
                }
            }
            if self.take("..") {
                let (value, place, _) = self.scalar(true)?;
                return Ok(self.test(field, start, Operator::OnOrBefore, vec![(value, place)]));
            }
        }
        let (value, place, quoted) = self.scalar(placed)?;
        if placed && self.take("..") {
            let open = self.rest().is_empty()
                || self.rest().starts_with(|c: char| c.is_whitespace() || "()^".contains(c));
            if open {
                return Ok(self.test(field, start, Operator::OnOrAfter, vec![(value, place)]));
            }
            let (to, to_place, _) = self.scalar(true)?;
            return Ok(self.test(
                field,
                start,
                Operator::Between,
                vec![(value, place), (to, to_place)],
            ));
        }
        let begun = self.take("*");
        if self.rest().starts_with('~') {
            self.at += 1;
            let op = match (begun, quoted) {
                (true, _) => Operator::Typing,
                (false, true) => Operator::Near,
                (false, false) => Operator::Typo,
            };
            let slack = self.slack(op)?;
            let mut clause = self.test(field, start, op, vec![(value, place)]);
            if let Clause::Test(test) = &mut clause {
                test.slack = slack;
            }
            return Ok(clause);
        }
        let op = if begun { Operator::Prefix } else { Operator::Is };
        Ok(self.test(field, start, op, vec![(value, place)]))
    }

    /// A word or words in quotes, its offset, and whether it had quotes.
    fn scalar(&mut self, placed: bool) -> Result<(Argument, usize, bool)> {
        let start = self.at;
        if self.rest().starts_with('"') {
            return Ok((Argument::Value(self.quoted()?), start, true));
        }
        let end = self.word_end(placed);
        if end == 0 {
            return Err(self.error("expected a value; one with spaces or signs stands in quotes"));
        }
        let word = self.rest()[..end].to_owned();
        if !placed && word.contains(':') {
            return Err(self.error("expected a field before `:`; words with a `:` stand in quotes"));
        }
        self.at += end;
        Ok((argument(word), start, false))
    }

    /// Where a word ends: before a space, a parenthesis, a quote, a comma, a
    /// range's dots, or what follows a word (`*`, `^2`, `~1`).
    fn word_end(&self, placed: bool) -> usize {
        let rest = self.rest();
        let mut before = None;
        for (at, letter) in rest.char_indices() {
            let after = &rest[at + letter.len_utf8()..];
            // `2011/..` and `../2011` are dates, not ranges.
            let dots = placed
                && letter == '.'
                && after.starts_with('.')
                && at > 0
                && before != Some('/')
                && !after[1..].starts_with('/');
            let slack = letter == '~' && after.starts_with(|next: char| next.is_ascii_digit());
            if letter.is_whitespace()
                || matches!(letter, '(' | ')' | '"' | ',' | '*' | '^')
                || dots
                || slack
            {
                return at;
            }
            before = Some(letter);
        }
        rest.len()
    }

    fn slack(&mut self, op: Operator) -> Result<u32> {
        let start = self.at;
        let (name, most) = op.info().slack.expect("only operators with a number come here");
        let message = format!("expected a {name} of 0 to {most}");
        let count = self.count(&message)?;
        let slack = u32::try_from(count).ok().filter(|slack| *slack <= most);
        slack.ok_or_else(|| self.error_at(start, &message))
    }

    /// `any(…)`, `definite(…)`, `has(…)`: a name with an opening parenthesis directly after it.
    fn function_name(&self, placed: bool) -> Option<String> {
        let placed = placed || self.scoped > 0;
        let end = self.rest().find(|c: char| !(c.is_ascii_lowercase() || c == '_'))?;
        let called = placed && end > 0 && self.rest()[end..].starts_with('(');
        called.then(|| self.rest()[..end].to_owned())
    }

    fn function(&mut self, field: Placed, name: &str) -> Result<Clause> {
        let start = self.at;
        self.at += name.len() + 1;
        if name == "has" {
            let Some((path, place)) = field else {
                return Err(self.error_at(start, "expected a field before `has`"));
            };
            let first = self.tests.len();
            let clause = self.deeper(Self::alternatives)?;
            self.close(start)?;
            return Ok(self.has(path, place, first, clause));
        }
        if name == "definite" {
            self.space();
            let inner = self.function_name(true);
            let mut clause = match inner {
                Some(inner) if inner != "has" && inner != "definite" => {
                    self.function(field, &inner)?
                }
                _ => self.simple(field)?,
            };
            self.close(start)?;
            if let Clause::Test(test) = &mut clause {
                test.certainty = Certainty::Definite;
            }
            return Ok(clause);
        }
        let Some(op) = Operator::from_name(name).filter(|op| has_function(*op)) else {
            let ops = Operator::ALL.iter().filter(|op| has_function(**op));
            let names = ops.map(|op| op.info().name).chain(["definite", "has"]);
            let cure = nearest(name, names).map(|near| format!(" (did you mean `{near}`?)"));
            let message = format!("unknown operator `{name}`{}", cure.unwrap_or_default());
            return Err(self.error_at(start, &message));
        };
        self.arguments(field, start, op)
    }

    fn arguments(&mut self, field: Placed, start: usize, op: Operator) -> Result<Clause> {
        let mut values = Vec::new();
        let mut slack = None;
        self.space();
        while !self.rest().starts_with(')') {
            let is_slack = op.info().slack.is_some() && values.len() == 1;
            if is_slack {
                slack = Some(self.slack(op)?);
            } else {
                let (value, place, _) = self.argument()?;
                values.push((value, place));
            }
            self.space();
            if !self.take(",") {
                break;
            }
            self.space();
        }
        self.close(start)?;
        if !op.info().values.fits(values.len()) || (op.info().slack.is_some() && slack.is_none()) {
            let message =
                format!("expected other values for `{}`: {}", op.info().name, op.info().doc);
            return Err(self.error_at(start, &message));
        }
        let mut clause = self.test(field, start, op, values);
        if let Clause::Test(test) = &mut clause {
            test.slack = slack.unwrap_or_default();
        }
        Ok(clause)
    }

    /// A value between parentheses and commas: dots and stars have no meaning there.
    fn argument(&mut self) -> Result<(Argument, usize, bool)> {
        if self.rest().starts_with('"') {
            return self.scalar(true);
        }
        let start = self.at;
        let end =
            self.rest().find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | '"'));
        let word = self.rest()[..end.unwrap_or(self.rest().len())].to_owned();
        if word.is_empty() {
            return Err(self.error("expected a value; one with spaces or signs stands in quotes"));
        }
        self.at += word.len();
        Ok((argument(word), start, false))
    }

    fn close(&mut self, start: usize) -> Result<()> {
        self.space();
        if self.take(")") {
            return Ok(());
        }
        Err(self.error_at(
            start,
            "expected a `)` after the values of this operator; values are parted by commas",
        ))
    }

    fn test(
        &mut self,
        field: Placed,
        start: usize,
        op: Operator,
        values: Vec<(Argument, usize)>,
    ) -> Clause {
        let (path, place) = match field {
            Some((path, place)) => (Some(path), place),
            None => (None, start),
        };
        let (values, places): (Vec<_>, Vec<_>) =
            values.into_iter().map(|(value, place)| (value, Place::Offset(place))).unzip();
        self.tests.push(TestPlace { field: Place::Offset(place), values: places });
        Clause::Test(Test::new(path, op, values))
    }

    fn has(&mut self, path: Path, place: usize, first: usize, clause: Clause) -> Clause {
        let field = Place::Offset(place);
        self.tests.insert(first, TestPlace { field, values: Vec::new() });
        Clause::Has(path, Box::new(clause))
    }

    /// `field:(…)`: a condition on one element where fields are named inside,
    /// else values for the field.
    fn field_group(&mut self, path: Path, place: usize) -> Result<Clause> {
        let first = self.tests.len();
        let start = self.at;
        self.scoped += 1;
        let clause = self.group()?;
        self.scoped -= 1;
        if clause == Clause::default() {
            return Err(self.error_at(start, "expected values or conditions between `(` and `)`"));
        }
        if clause.is_condition() {
            return Ok(self.has(path, place, first, clause));
        }
        let op = match &clause {
            Clause::Or(clauses) if clauses.iter().all(is_value) => Some(Operator::Any),
            Clause::And(clauses) if clauses.iter().all(is_value) => Some(Operator::All),
            _ => None,
        };
        let Some(op) = op else {
            for test in &mut self.tests[first..] {
                test.field = Place::Offset(place);
            }
            return Ok(under(clause, &path));
        };
        let places = self.tests.drain(first..).flat_map(|test| test.values).collect();
        self.tests.push(TestPlace { field: Place::Offset(place), values: places });
        let (Clause::And(clauses) | Clause::Or(clauses)) = clause else { return Ok(clause) };
        let values = clauses.into_iter().flat_map(|clause| match clause {
            Clause::Test(test) => test.values,
            _ => Vec::new(),
        });
        Ok(Clause::Test(Test::new(Some(path), op, values.collect())))
    }
}

/// Whether an operator is written behind a field, by its name.
fn has_function(op: Operator) -> bool {
    !matches!(op, Operator::Missing | Operator::Like)
}

/// What a word without quotes is: a parameter or itself.
fn argument(word: String) -> Argument {
    match parameter_in(&word) {
        Some(name) => Argument::Parameter(name.to_owned()),
        None => Argument::Value(word),
    }
}

/// Whether a clause is a bare value, without anything else said about it.
fn is_value(clause: &Clause) -> bool {
    let Clause::Test(test) = clause else { return false };
    *test == Test::new(None, Operator::Is, test.values.clone())
}

/// The clause with the field named in each of its tests.
fn under(clause: Clause, path: &Path) -> Clause {
    let each = |clauses: Vec<Clause>| clauses.into_iter().map(|clause| under(clause, path));
    match clause {
        Clause::And(clauses) => Clause::all(each(clauses)),
        Clause::Or(clauses) => Clause::any(each(clauses)),
        Clause::Not(clause) => under(*clause, path).negate(),
        Clause::Test(test) => Clause::Test(Test { field: Some(path.clone()), ..test }),
        has @ Clause::Has(..) => has,
    }
}
