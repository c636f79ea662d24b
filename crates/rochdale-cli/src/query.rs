//! The answer to a query as people read it.

use std::fmt::Write as _;
use std::io::{self, Write};

use anstyle::Style;
use rochdale::date::Date;
use rochdale::field::{Fields, Value};
use rochdale::json::{Json, Map};
use rochdale::library::{Answer, Condition, ScorePart};
use rochdale::model::Entry;
use rochdale::query::{FacetCounts, Highlight};

use crate::args::Query;
use crate::failure::Outcome;
use crate::style::{HIT, QUIET, TITLE};

/// The query with the options of the command line, as one text.
///
/// Options are written behind the query as the directives that they are, so
/// that whatever is wrong with any of them can be pointed at.
pub(crate) fn text(words: &Query) -> String {
    let mut text = words.text.clone();
    for facet in &words.facets {
        let _ = write!(text, " facet:{facet}");
    }
    for key in &words.sort {
        let _ = write!(text, " sort:{key}");
    }
    if let Some(limit) = words.limit {
        let _ = write!(text, " limit:{limit}");
    }
    text
}

/// What is asked beside the text: the values of its parameters, where some are given.
pub(crate) fn options(words: &Query) -> Json {
    if words.params.is_empty() {
        return Json::Null;
    }
    let params = words.params.iter().cloned().map(|(name, value)| (name, Json::String(value)));
    Json::Object(Map::from([("params".to_owned(), Json::Object(params.collect()))]))
}

/// Writes an answer: how many, each entry with where it was found, and the facets.
pub(crate) fn write(out: &mut impl Write, answer: &Answer<'_>) -> Outcome<()> {
    let (shown, total) = (answer.len(), answer.total());
    if shown == total {
        writeln!(out, "{TITLE}{total} found{TITLE:#}")?;
    } else {
        writeln!(out, "{TITLE}{shown} of {total} found{TITLE:#}")?;
    }
    if let Some(suggestions) = answer.suggestions()? {
        writeln!(out, "Did you mean {TITLE}{}{TITLE:#}?", suggestions.query)?;
    }
    for (found, highlights) in answer.entries().zip(answer.highlights()) {
        let highlights = highlights?;
        entry(out, &found?, &highlights)?;
    }
    for (name, counts) in answer.facets() {
        facet(out, name, counts)?;
    }
    if let Some(cursor) = answer.cursor()? {
        writeln!(out, "\n{QUIET}for more, add cursor:\"{cursor}\"{QUIET:#}")?;
    }
    Ok(())
}

/// Writes how an answer came about.
pub(crate) fn explain(out: &mut impl Write, answer: &Answer<'_>) -> Outcome<()> {
    let explanation = answer.explain()?;
    writeln!(out, "\n{TITLE}found {}{TITLE:#}", explanation.way)?;
    condition(out, &explanation.condition, 1)?;
    for (reference, part) in answer.references().zip(&explanation.scores) {
        writeln!(out, "{TITLE}{}{TITLE:#}", reference?)?;
        score(out, part, 1)?;
    }
    Ok(())
}

fn condition(out: &mut impl Write, own: &Condition, depth: usize) -> io::Result<()> {
    let indent = depth * 2;
    writeln!(out, "{:indent$}{} {QUIET}(about {}){QUIET:#}", "", own.what, own.cost)?;
    own.conditions.iter().try_for_each(|inner| condition(out, inner, depth + 1))
}

fn score(out: &mut impl Write, part: &ScorePart, depth: usize) -> io::Result<()> {
    let indent = depth * 2;
    writeln!(out, "{:indent$}{:.4} {QUIET}{}{QUIET:#}", "", part.score, part.what)?;
    part.parts.iter().try_for_each(|inner| score(out, inner, depth + 1))
}

/// An entry in a list: its title, its reference and date, and the texts that were found.
fn entry(out: &mut impl Write, entry: &Entry, highlights: &[Highlight]) -> io::Result<()> {
    let fields = entry.as_fields();
    // The second field of every kind is what people call the entry.
    let called = fields.structure().fields[1].name;
    let is_title = |highlight: &&Highlight| highlight.field == called;
    match highlights.iter().find(is_title) {
        Some(title) => writeln!(out, "\n{}", marked(title, TITLE))?,
        None => writeln!(out, "\n{TITLE}{}{TITLE:#}", entry.title())?,
    }
    let date = date(fields).map(|date| format!("  {date}")).unwrap_or_default();
    writeln!(out, "  {QUIET}{}{date}{QUIET:#}", entry.reference())?;
    for highlight in highlights.iter().filter(|highlight| !is_title(highlight)) {
        writeln!(
            out,
            "  {QUIET}{}:{QUIET:#} {}",
            highlight.field,
            marked(highlight, Style::new())
        )?;
    }
    Ok(())
}

/// The text of a highlight on one line, its hits marked; `style` is that of the rest.
fn marked(highlight: &Highlight, style: Style) -> String {
    let mut out = String::new();
    for part in &highlight.parts {
        let style = if part.hit { HIT } else { style };
        let _ = write!(out, "{style}{}{style:#}", one_line(&part.text));
    }
    out
}

/// A text whose line ends are spaces.
fn one_line(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            letter if !letter.is_whitespace() => out.push(letter),
            _ if out.ends_with(' ') => {}
            _ => out.push(' '),
        }
    }
    out
}

/// The date that orders an entry; the earliest of several.
fn date(fields: &dyn Fields) -> Option<Date> {
    let order = fields.structure().fields.iter().position(|field| field.order)?;
    let mut dates = Vec::new();
    fields.values(order, &mut |value| dates_in(&value, &mut dates));
    dates.into_iter().min()
}

fn dates_in(value: &Value<'_>, dates: &mut Vec<Date>) {
    match value {
        Value::Date(date) => dates.push((*date).clone()),
        Value::Structure(inner) => {
            for position in 0..inner.structure().fields.len() {
                inner.values(position, &mut |value| {
                    if let Value::Date(date) = value {
                        dates.push(date.clone());
                    }
                });
            }
        }
        _ => {}
    }
}

/// A facet as a small table: counts, and what they count.
fn facet(out: &mut impl Write, name: &str, counts: &FacetCounts) -> io::Result<()> {
    writeln!(out, "\n{TITLE}{name}{TITLE:#}")?;
    let last = [
        ("too imprecise", counts.imprecise.unwrap_or_default()),
        ("other", counts.other),
        ("none", counts.missing),
    ];
    let most = counts.values.iter().map(|value| value.count).chain(last.map(|(_, count)| count));
    let width = most.max().unwrap_or_default().to_string().len();
    for value in &counts.values {
        let count = value.count;
        match &value.label {
            Some(label) => {
                writeln!(out, "  {count:width$}  {label} {QUIET}{}{QUIET:#}", value.value)?;
            }
            None => writeln!(out, "  {count:width$}  {}", value.value)?,
        }
    }
    for (what, count) in last.into_iter().filter(|(_, count)| *count > 0) {
        writeln!(out, "  {count:width$}  {QUIET}({what}){QUIET:#}")?;
    }
    Ok(())
}
