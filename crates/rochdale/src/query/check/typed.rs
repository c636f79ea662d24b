//! The values of a test, typed as the field asks.

use std::collections::BTreeSet;

use super::{Checker, Node, Routes, Worded};
use crate::date::Date;
use crate::field::{Choices, FieldType, nearest};
use crate::issue::Issue;
use crate::json::Json;
use crate::query::argument::is_name;
use crate::query::codes::UNKNOWN_VALUE;
use crate::query::phrase::Phrase;
use crate::query::places::TestPlace;
use crate::query::value::{Operand, Shape};
use crate::query::{Operator, Test};
use crate::text::fold;
use crate::{Error, Result};

/// More words in one test are refused: the cost of `near` grows with their square.
const WORDS: usize = 64;

impl Checker<'_> {
    /// The node of a test of fields of one type.
    pub(super) fn typed(
        &mut self,
        test: &Test,
        ty: FieldType,
        routes: Routes,
        place: &TestPlace,
    ) -> Result<Node> {
        if test.op == Operator::Missing {
            return Ok(Node::Missing(routes));
        }
        if !test.op.accepts(ty) {
            return Err(not_accepted(test, &name(test), ty.name(), place));
        }
        if matches!(ty, FieldType::Text) {
            return self.searched(test, Some(routes), place);
        }
        let operand = self.operand(test, ty, place)?;
        Ok(Node::Value(routes, test.op, test.certainty, operand))
    }

    /// The node of a test of words.
    pub(super) fn searched(
        &mut self,
        test: &Test,
        routes: Option<Routes>,
        place: &TestPlace,
    ) -> Result<Node> {
        let phrase = self.phrase(test, place)?;
        if test.op != Operator::Typing || phrase.is_empty() {
            return Ok(Node::Words(routes, phrase, test.boost));
        }
        let with = |op, slack| Test { op, slack, ..test.clone() };
        // As it is written, in another form, begun.
        let mut tiers =
            vec![with(Operator::Typo, 0), with(Operator::Is, 0), with(Operator::Prefix, 0)];
        tiers.extend((1..=test.slack).map(|slack| with(Operator::Typing, slack)));
        let mut nodes = Vec::with_capacity(tiers.len());
        let languages = self.directory.languages()?;
        for tier in tiers {
            let phrase = Phrase::new(&tier, test.given(0), &languages);
            nodes.push(Node::Words(routes.clone(), phrase, test.boost));
        }
        let words = u32::try_from(phrase.words.len()).unwrap_or(u32::MAX);
        Ok(Node::Tiers(nodes, test.boost * f64::from(words)))
    }

    /// The words that a test asks for.
    fn phrase(&mut self, test: &Test, place: &TestPlace) -> Result<Phrase> {
        let value = test.given(0);
        if crate::text::each_token(value, &mut |_| {}) as usize > WORDS {
            let message = format!("expected at most {WORDS} words in one value");
            return Err(Error::query(place.value(0), message));
        }
        if matches!(test.op, Operator::Typo | Operator::Typing) && test.slack > 2 {
            return Err(Error::query(place.value(0), "expected a distance of 0 to 2"));
        }
        if let (Some(worded), Operator::Is | Operator::Near) = (&mut self.worded, test.op) {
            let found = Worded { value: value.to_owned(), place: place.value(0) };
            if !worded.contains(&found) {
                worded.push(found);
            }
        }
        let languages = self.directory.languages()?;
        let phrase = Phrase::new(test, value, &languages);
        if phrase.is_empty() {
            self.warn(format!("`{value}` has no word that could be found"), None);
        }
        Ok(phrase)
    }

    /// What a test asks of a field of this type, other than prose.
    pub(super) fn operand(
        &mut self,
        test: &Test,
        ty: FieldType,
        place: &TestPlace,
    ) -> Result<Operand> {
        let value = test.given(0);
        match ty {
            FieldType::Date => {
                let from = date(value, place, 0)?;
                let to = match test.op {
                    Operator::Between => date(test.given(1), place, 1)?,
                    _ => from.clone(),
                };
                Ok(Operand::Date(Box::new((from, to))))
            }
            FieldType::Number => {
                let from = number(value, place, 0)?;
                let to = match test.op {
                    Operator::Between => number(test.given(1), place, 1)?,
                    _ => from,
                };
                Ok(Operand::Number(from, to))
            }
            FieldType::Bool => match fold(value).as_str() {
                "true" | "yes" => Ok(Operand::Bool(true)),
                "false" | "no" => Ok(Operand::Bool(false)),
                _ => Err(Error::query(
                    place.value(0),
                    format!("expected `true` or `false`, got `{value}`"),
                )),
            },
            FieldType::Choice(choices) => self.choice(test, choices, place),
            FieldType::Reference(to) => Ok(Operand::References(self.references(test, to, place)?)),
            _ => Ok(Operand::Keyword(fold(value))),
        }
    }

    fn choice(&mut self, test: &Test, choices: &Choices, place: &TestPlace) -> Result<Operand> {
        let value = test.given(0);
        let asked = choice(value);
        let mut names = choices.values.iter().map(|(name, _)| *name);
        let known = match test.op {
            Operator::Prefix => names.any(|name| name.starts_with(&asked)),
            _ => names.any(|name| name == asked),
        };
        let names = || choices.values.iter().map(|(name, _)| *name);
        match (known, choices.open) {
            (true, _) => return Ok(Operand::Keyword(asked)),
            (false, true) => {
                self.warn(
                    format!("`{value}` is none of the known values of `{}`", name(test)),
                    nearest(&asked, names()),
                );
            }
            (false, false) => {
                let cure = match nearest(&asked, names()) {
                    Some(near) => format!(" (did you mean `{near}`?)"),
                    None => {
                        format!("; expected one of `{}`", names().collect::<Vec<_>>().join("`, `"))
                    }
                };
                let message = format!("unknown value `{value}` of `{}`{cure}", name(test));
                return Err(Error::query(place.value(0), message));
            }
        }
        Ok(Operand::Keyword(fold(value)))
    }

    /// The entries that a value refers to: by id; failing that, by title, name or alias.
    pub(super) fn references(
        &mut self,
        test: &Test,
        to: Option<&str>,
        place: &TestPlace,
    ) -> Result<BTreeSet<(String, String)>> {
        let value = test.given(0);
        let kinds = self.directory.kinds();
        let (kind, id) = match value.split_once(':') {
            Some((kind, id)) if kinds.iter().any(|known| known.name() == kind) => (Some(kind), id),
            _ => (to, value),
        };
        let fits = |other: &str| kind.is_none_or(|kind| kind == other);
        let mut found: BTreeSet<(String, String)> = BTreeSet::new();
        if test.op == Operator::Prefix {
            found.extend(self.with_prefix(id)?.into_iter().filter(|(kind, _)| fits(kind)));
        } else {
            for known in kinds.iter().map(crate::field::Kind::name).filter(|kind| fits(kind)) {
                if self.directory.number(known, id)?.is_some() {
                    found.insert((known.to_owned(), id.to_owned()));
                }
            }
        }
        if found.is_empty() && test.op != Operator::Prefix {
            for number in self.directory.named(id)? {
                let (kind, id) = self.pair(number)?;
                if fits(&kind) {
                    found.insert((kind, id));
                }
            }
        }
        if found.is_empty() {
            let mut known = BTreeSet::new();
            self.directory.each_id(kind, "", &mut |_, id| {
                known.insert(id.to_owned());
            })?;
            self.directory.each_name(None, "", &mut |name, _| {
                known.insert(name.to_owned());
            })?;
            let near = nearest(id, known.iter().map(String::as_str));
            self.warn(format!("no entry is called `{value}`"), near);
        }
        if test.op == Operator::Within {
            self.below(&mut found, place)?;
        }
        Ok(found)
    }

    fn pair(&self, number: usize) -> Result<(String, String)> {
        let (kind, id) = self.directory.reference(number)?;
        Ok((self.directory.kinds()[kind].name().to_owned(), id))
    }

    fn with_prefix(&self, prefix: &str) -> Result<Vec<(String, String)>> {
        let mut found = Vec::new();
        self.directory.each_id(None, prefix, &mut |kind, id| {
            found.push((kind.to_owned(), id.to_owned()));
        })?;
        let mut called = Vec::new();
        self.directory.each_name(None, &fold(prefix), &mut |_, numbers| called.extend(numbers))?;
        for number in called {
            found.push(self.pair(number)?);
        }
        Ok(found)
    }

    /// Adds the entries below those found, by the field of their kind that makes it a tree.
    fn below(&self, found: &mut BTreeSet<(String, String)>, place: &TestPlace) -> Result<()> {
        let kinds: BTreeSet<_> = found.iter().map(|(kind, _)| kind.clone()).collect();
        for kind in self.directory.kinds().iter().filter(|kind| kinds.contains(kind.name())) {
            let Some(parents) = self.directory.parents(kind)? else {
                let message = format!(
                    "expected entries that form a tree after `within`; those of kind `{}` do not",
                    kind.name()
                );
                return Err(Error::query(place.field.clone(), message));
            };
            loop {
                let more: Vec<_> = parents
                    .iter()
                    .filter(|(_, parent)| {
                        found.contains(&(kind.name().to_owned(), (*parent).clone()))
                    })
                    .map(|(child, _)| (kind.name().to_owned(), child.clone()))
                    .filter(|child| !found.contains(child))
                    .collect();
                if more.is_empty() {
                    break;
                }
                found.extend(more);
            }
        }
        Ok(())
    }

    fn warn(&mut self, message: String, near: Option<&str>) {
        let mut issue = Issue::new(&UNKNOWN_VALUE, message);
        issue.help = near.map(|near| format!("did you mean `{near}`?"));
        if !self.warnings.contains(&issue) {
            self.warnings.push(issue);
        }
    }
}

fn date(value: &str, place: &TestPlace, position: usize) -> Result<Date> {
    Date::parse(value).map_err(|error| {
        let message = format!("expected a date such as `2011-05` (EDTF), got `{value}`: {error}");
        Error::query(place.value(position), message)
    })
}

fn number(value: &str, place: &TestPlace, position: usize) -> Result<f64> {
    let number = value.parse::<f64>().ok().filter(|number| number.is_finite());
    number.ok_or_else(|| {
        Error::query(place.value(position), format!("expected a number, got `{value}`"))
    })
}

/// The name of a value of a list: small letters, with `_` between words.
pub(super) fn choice(value: &str) -> String {
    fold(value.trim()).replace([' ', '-'], "_")
}

pub(super) fn name(test: &Test) -> String {
    test.field.as_ref().map(ToString::to_string).unwrap_or_default()
}

/// The error of an operator that does not suit a field.
pub(super) fn not_accepted(test: &Test, name: &str, ty: &str, place: &TestPlace) -> Error {
    let op = test.op.info();
    let message = format!(
        "`{}` does not suit `{name}`, which is a {ty}; for example: {}",
        op.name, op.example
    );
    Error::query(place.field.clone(), message)
}

/// Fails where a test that was made by hand has not the values that its operator takes.
pub(super) fn sound(test: &Test, place: &TestPlace) -> Result<()> {
    let op = test.op.info();
    if !op.values.fits(test.values.len()) {
        let message = format!("expected other values for `{}`: {}", op.name, op.doc);
        return Err(Error::query(place.field.clone(), message));
    }
    if let Some((position, name)) = test.parameters().find(|(_, name)| !is_name(name)) {
        let message = format!("expected a name of small letters, digits and `_`, got `{name}`");
        return Err(Error::query(place.value(position), message));
    }
    // Beyond, scores could no longer be added and compared.
    if !(1e-6..=1e6).contains(&test.boost) {
        let message = "expected a boost above 0, from 0.000001 to 1000000";
        return Err(Error::query(place.field.clone(), message));
    }
    Ok(())
}

/// Whether two types are tested in the same way.
pub(super) fn same(left: FieldType, right: FieldType) -> bool {
    match (left, right) {
        (FieldType::Choice(left), FieldType::Choice(right)) => left.name == right.name,
        (FieldType::Reference(left), FieldType::Reference(right)) => left == right,
        (FieldType::Structure(left), FieldType::Structure(right)) => left.is(right),
        (left, right) => std::mem::discriminant(&left) == std::mem::discriminant(&right),
    }
}

/// The shapes of the values of a name of `extra`, a bit each.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Shapes(u8);

impl Shapes {
    const ALL: [Shape; 4] = [Shape::Keyword, Shape::Date, Shape::Number, Shape::Bool];

    pub(crate) fn from_bits(bits: u8) -> Self {
        Self(bits)
    }

    pub(crate) fn bits(self) -> u8 {
        self.0
    }

    pub(crate) fn add(&mut self, json: &Json) {
        let shape = match json {
            Json::Number(_) => Shape::Number,
            Json::Bool(_) => Shape::Bool,
            Json::String(text) if Date::parse(text).is_ok() => Shape::Date,
            _ => Shape::Keyword,
        };
        self.0 |= 1 << shape as u8;
    }

    /// One shape where all values have it, else keywords; nothing where there is no value.
    pub(crate) fn shape(self) -> Option<Shape> {
        let one = Self::ALL.into_iter().find(|shape| self.0 == 1 << *shape as u8);
        one.or((self.0 != 0).then_some(Shape::Keyword))
    }
}
