//! The text form of a query, read by recursive descent.
//!
//! ```text
//! query   = alternatives and directives
//! any     = every { "OR" every }
//! every   = unary { [ "AND" ] unary }
//! unary   = ( "-" | "NOT" ) unary | primary
//! primary = "(" any ")" | "*" | "missing:" path | "like:" scalar [ "^" number ]
//!         | [ path ":" ] value [ "^" number ]
//! value   = sign scalar | scalar ".." scalar | name "(" arguments ")" | "(" any ")"
//!         | scalar [ "*" | "~" number ]
//! scalar  = word | "$" name | quoted
//! ```

mod directive;
mod value;

use super::path::unquote;
use super::places::TestPlace;
use super::{Clause, Operator, Path, Places, Query, Test};
use crate::{Error, Place, Result};

/// Deeper groups are refused, so that no query exhausts the stack.
const DEPTH: usize = 64;

impl Query {
    /// Reads the text form.
    ///
    /// # Errors
    ///
    /// Where the text is not a query, with the byte offset of what was wrong.
    pub fn parse(text: &str) -> Result<Self> {
        Self::parse_with_places(text).map(|(query, _)| query)
    }

    /// Reads the text form, and where its parts stand.
    pub(crate) fn parse_with_places(text: &str) -> Result<(Self, Places)> {
        let mut parser = Parser {
            text,
            at: 0,
            depth: 0,
            scoped: 0,
            query: Self::default(),
            tests: Vec::new(),
            parts: Places::in_text(text),
        };
        let clause = parser.alternatives()?;
        if parser.at < text.len() {
            return Err(parser.error("expected the end of the query; a `)` has no `(`"));
        }
        let Parser { mut query, tests, parts: mut places, .. } = parser;
        query.clause = clause;
        for test in tests {
            places.push(test);
        }
        Ok((query, places))
    }
}

impl std::str::FromStr for Query {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

impl std::str::FromStr for Clause {
    type Err = Error;

    /// Reads a query that asks for entries only, without an order or facets.
    fn from_str(text: &str) -> Result<Self> {
        let query = Query::parse(text)?;
        let clause = query.clause.clone();
        if query == Query::new(clause.clone()) {
            return Ok(clause);
        }
        Err(Error::query(
            Place::Offset(0),
            "expected a condition only, without `sort:`, `limit:` and their like",
        ))
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// How many fields stand around: then signs, ranges and operators have their meaning.
    scoped: usize,
    query: Query,
    tests: Vec<TestPlace>,
    parts: Places,
}

impl Parser<'_> {
    /// `every { "OR" every }`; what a directive says is set aside.
    fn alternatives(&mut self) -> Result<Clause> {
        let mut clauses = vec![self.every()?];
        while self.keyword("OR") {
            match (self.every()?, clauses.last()) {
                (Some(clause), Some(Some(_))) => clauses.push(Some(clause)),
                _ => return Err(self.error("expected a condition on both sides of `OR`")),
            }
        }
        match clauses.len() {
            1 => Ok(clauses.remove(0).unwrap_or_default()),
            _ => Ok(Clause::any(clauses.into_iter().flatten())),
        }
    }

    /// `unary { [ "AND" ] unary }`, or nothing where only directives stand.
    fn every(&mut self) -> Result<Option<Clause>> {
        let mut clauses = Vec::new();
        let mut joined = false;
        loop {
            self.space();
            if self.keyword("AND") {
                if clauses.is_empty() || joined {
                    return Err(self.error("expected a condition before `AND`"));
                }
                joined = true;
                continue;
            }
            if self.rest().is_empty() || self.rest().starts_with(')') || self.at_keyword("OR") {
                break;
            }
            if self.directive()? {
                continue;
            }
            clauses.push(self.unary()?);
            joined = false;
        }
        if joined {
            return Err(self.error("expected a condition after `AND`"));
        }
        Ok((!clauses.is_empty()).then(|| Clause::all(clauses)))
    }

    fn unary(&mut self) -> Result<Clause> {
        if self.keyword("NOT") || self.take("-") {
            self.space();
            if self.rest().is_empty() || self.rest().starts_with(')') {
                return Err(self.error("expected a condition after the negation"));
            }
            return self.deeper(Self::unary).map(Clause::negate);
        }
        self.primary()
    }

    fn primary(&mut self) -> Result<Clause> {
        if self.rest().starts_with('(') {
            return self.group();
        }
        let everything = self.rest().strip_prefix('*').is_some_and(|rest| {
            rest.is_empty() || rest.starts_with(|next: char| next.is_whitespace() || next == ')')
        });
        if everything {
            self.at += 1;
            return Ok(Clause::default());
        }
        if self.take("missing:") {
            return self.missing();
        }
        let start = self.at;
        if self.take("like:") {
            return self.like(start);
        }
        if self.take("*:") {
            self.scoped += 1;
            let clause = self.value(None)?;
            self.scoped -= 1;
            return Ok(clause);
        }
        if let Some((path, length)) = Path::read(self.rest())
            && self.rest()[length..].starts_with(':')
        {
            let start = self.at;
            self.at += length + 1;
            return self.value(Some((path, start)));
        }
        self.value(None)
    }

    fn missing(&mut self) -> Result<Clause> {
        let start = self.at;
        if self.take("*") {
            return Err(self.error_at(start, "expected the name of a field after `missing:`"));
        }
        let path = self.path("expected the name of a field after `missing:`")?;
        self.tests.push(TestPlace { field: Place::Offset(start), values: Vec::new() });
        Ok(Clause::Test(Test::new(Some(path), Operator::Missing, Vec::new())))
    }

    /// `"(" any ")"`.
    fn group(&mut self) -> Result<Clause> {
        let start = self.at;
        self.at += 1;
        let clause = self.deeper(Self::alternatives)?;
        self.space();
        if !self.take(")") {
            return Err(self.error_at(start, "expected a `)` for this `(`"));
        }
        Ok(clause)
    }

    fn deeper(&mut self, read: impl Fn(&mut Self) -> Result<Clause>) -> Result<Clause> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.error("expected at most 64 groups inside each other"));
        }
        let clause = read(self);
        self.depth -= 1;
        clause
    }

    fn path(&mut self, expected: &str) -> Result<Path> {
        match Path::read(self.rest()) {
            Some((path, length)) => {
                self.at += length;
                Ok(path)
            }
            None => Err(self.error(expected)),
        }
    }

    /// A value in quotes.
    fn quoted(&mut self) -> Result<String> {
        let Some((text, length)) = unquote(self.rest()) else {
            return Err(self.error("expected a closing quote"));
        };
        self.at += length;
        Ok(text)
    }

    /// A whole number.
    fn count(&mut self, expected: &str) -> Result<usize> {
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        match self.rest()[..digits].parse() {
            Ok(count) => {
                self.at += digits;
                Ok(count)
            }
            Err(_) => Err(self.error(expected)),
        }
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn take(&mut self, text: &str) -> bool {
        let taken = self.rest().starts_with(text);
        self.at += if taken { text.len() } else { 0 };
        taken
    }

    /// Whether a word in capitals stands here by itself.
    fn at_keyword(&self, word: &str) -> bool {
        self.rest().strip_prefix(word).is_some_and(|rest| {
            rest.is_empty()
                || rest.starts_with(|next: char| next.is_whitespace() || "()".contains(next))
        })
    }

    fn keyword(&mut self, word: &str) -> bool {
        self.space();
        let taken = self.at_keyword(word);
        self.at += if taken { word.len() } else { 0 };
        taken
    }

    fn error(&self, message: &str) -> Error {
        self.error_at(self.at, message)
    }

    #[expect(clippy::unused_self, reason = "errors are made in one way")]
    fn error_at(&self, at: usize, message: &str) -> Error {
        Error::query(Place::Offset(at), message)
    }
}
