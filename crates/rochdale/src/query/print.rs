//! The text form of a query, written.

use std::fmt::{self, Display};

use super::argument::parameter_in;
use super::path::quote;
use super::{Argument, Certainty, Clause, Facet, Operator, Query, SortKey, Test, Totals};

impl Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        match &self.clause {
            Clause::And(clauses) if clauses.is_empty() => {}
            clause => parts.push(clause.to_string()),
        }
        if !self.sort.is_empty() {
            parts.push(format!("sort:{}", list(&self.sort)));
        }
        if let Some(limit) = self.limit {
            parts.push(format!("limit:{limit}"));
        }
        if self.offset > 0 {
            parts.push(format!("offset:{}", self.offset));
        }
        if let Some(cursor) = &self.cursor {
            parts.push(format!("cursor:{}", quote(cursor)));
        }
        if self.proximity != 0.0 {
            parts.push(format!("proximity:{}", self.proximity));
        }
        match self.total {
            Totals::Exact => {}
            Totals::AtLeast(least) => parts.push(format!("total:{least}")),
            Totals::None => parts.push("total:none".to_owned()),
        }
        if !self.fields.is_empty() {
            parts.push(format!("fields:{}", list(&self.fields)));
        }
        parts.extend(self.facets.iter().map(|(name, facet)| directive(name, facet)));
        f.write_str(&parts.join(" "))
    }
}

fn list(items: &[impl Display]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

impl Display for SortKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.descending { "-" } else { "" }, self.field)
    }
}

/// A facet: `facet:authors`, `facet:published(per:year, name:years)`.
fn directive(name: &str, facet: &Facet) -> String {
    let mut options = Vec::new();
    if let Some(period) = facet.per {
        options.push(format!("per:{}", period.name()));
    }
    if facet.limit != Facet::LIMIT {
        options.push(format!("limit:{}", facet.limit));
    }
    if let Some(of) = &facet.of {
        options.push(format!("of:{of}"));
    }
    if facet.keep_own_filter {
        options.push("keep_own_filter:true".to_owned());
    }
    if name != facet.field.to_string() {
        options.push(format!("name:{}", quote(name)));
    }
    let options =
        if options.is_empty() { String::new() } else { format!("({})", options.join(", ")) };
    format!("facet:{}{options}", facet.field)
}

impl Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::And(clauses) if clauses.is_empty() => f.write_str("*"),
            Self::And(clauses) => join(f, clauses, " "),
            Self::Or(clauses) => join(f, clauses, " OR "),
            Self::Not(clause) => {
                f.write_str("-")?;
                part(f, clause)
            }
            Self::Has(path, clause) if clause.is_condition() => write!(f, "{path}:({clause})"),
            Self::Has(path, clause) => write!(f, "{path}:has({clause})"),
            Self::Test(test) => test.fmt(f),
        }
    }
}

fn join(f: &mut fmt::Formatter<'_>, clauses: &[Clause], between: &str) -> fmt::Result {
    for (position, clause) in clauses.iter().enumerate() {
        if position > 0 {
            f.write_str(between)?;
        }
        part(f, clause)?;
    }
    Ok(())
}

/// A clause inside another: groups stand in parentheses.
fn part(f: &mut fmt::Formatter<'_>, clause: &Clause) -> fmt::Result {
    match clause {
        Clause::And(clauses) | Clause::Or(clauses) if !clauses.is_empty() => {
            write!(f, "({clause})")
        }
        other => other.fmt(f),
    }
}

impl Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.op == Operator::Missing {
            return match &self.field {
                Some(path) => write!(f, "missing:{path}"),
                None => f.write_str("missing:*"),
            };
        }
        let value = self.value();
        match &self.field {
            None if self.op == Operator::Like => f.write_str(&value)?,
            Some(path) => write!(f, "{path}:{value}")?,
            None if self.is_bare() => f.write_str(&value)?,
            None => write!(f, "*:{value}")?,
        }
        if self.boost.to_bits() == 1.0_f64.to_bits() {
            Ok(())
        } else {
            write!(f, "^{}", self.boost)
        }
    }
}

impl Test {
    /// Whether a test of all words needs no sign that it has no field.
    fn is_bare(&self) -> bool {
        let short = match (self.op, self.values.first()) {
            (Operator::Is | Operator::Prefix | Operator::Typing, _)
            | (Operator::Near, Some(Argument::Value(_))) => true,
            (Operator::Typo, Some(word)) => needs_no_quotes(word, false),
            _ => false,
        };
        short && self.certainty == Certainty::Possible
    }

    fn value(&self) -> String {
        let value = self.short().unwrap_or_else(|| self.long());
        match self.certainty {
            Certainty::Definite => format!("definite({value})"),
            Certainty::Possible => value,
        }
    }

    /// The short form, where the operator has one and the values allow it.
    fn short(&self) -> Option<String> {
        let placed = self.field.is_some();
        match (self.op, self.values.as_slice()) {
            (Operator::Is, [value]) => Some(scalar(value, placed)),
            (Operator::Like, [value]) => Some(format!("like:{}", scalar(value, true))),
            (Operator::Prefix, [value]) => Some(scalar(value, placed) + "*"),
            (Operator::Typing, [value]) => {
                Some(format!("{}*~{}", scalar(value, placed), self.slack))
            }
            (Operator::Near, [Argument::Value(words)]) => {
                Some(format!("{}~{}", quote(words), self.slack))
            }
            (Operator::Typo, [word]) if needs_no_quotes(word, placed) => {
                Some(format!("{}~{}", scalar(word, placed), self.slack))
            }
            (Operator::Between, [from, to]) => Some(format!("{}..{}", end(from), end(to))),
            (op, [value]) => op.info().sign.map(|sign| format!("{sign}{}", scalar(value, true))),
            _ => None,
        }
    }

    /// The form that every operator has: its name and its values.
    fn long(&self) -> String {
        let info = self.op.info();
        let mut parts: Vec<_> = self.values.iter().map(|value| scalar(value, false)).collect();
        if info.slack.is_some() {
            parts.push(self.slack.to_string());
        }
        format!("{}({})", info.name, parts.join(", "))
    }
}

/// An end of a range, which must not run into the dots.
fn end(value: &Argument) -> String {
    match value {
        Argument::Value(text) if text.starts_with(['.', '/']) || text.ends_with(['.', '/']) => {
            quote(text)
        }
        other => scalar(other, true),
    }
}

fn scalar(value: &Argument, placed: bool) -> String {
    match value {
        Argument::Value(text) if is_plain(text, placed) => text.clone(),
        Argument::Value(text) => quote(text),
        Argument::Parameter(name) => format!("${name}"),
    }
}

fn needs_no_quotes(value: &Argument, placed: bool) -> bool {
    match value {
        Argument::Value(text) => is_plain(text, placed),
        Argument::Parameter(_) => true,
    }
}

/// Whether a value needs no quotes; `placed` is whether a field stands before it.
pub(super) fn is_plain(value: &str, placed: bool) -> bool {
    let letters = |letter: char| {
        letter.is_alphanumeric() || "_-./'’+@&#%?!$".contains(letter) || (placed && letter == ':')
    };
    let inner = |value: &str| !value.contains("..") && value.chars().all(letters);
    !value.is_empty()
        && inner(value)
        && (placed || !value.starts_with('-'))
        && !value.ends_with(':')
        && !matches!(value, "AND" | "OR" | "NOT")
        && parameter_in(value).is_none()
}
