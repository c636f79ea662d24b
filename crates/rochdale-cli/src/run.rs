//! The commands, each from its words to its output.

use std::io::{self, Write};
use std::process::ExitCode;

use rochdale::field::nearest;
use rochdale::issue::{Report, Severity};
use rochdale::json::{Json, Map};
use rochdale::library::Direction;
use rochdale::model::Reference;
use rochdale::{Error, Library, Opened};

use crate::args::{Check, Command, Query, Schema, Show};
use crate::failure::{Failure, Outcome};
use crate::style::{QUIET, TITLE};
use crate::{entry, query, read, snapshot, timeline};

/// Runs a command to its exit status.
pub(crate) fn run(command: Command) -> Outcome<ExitCode> {
    let mut out = anstream::AutoStream::auto(io::stdout()).lock();
    let code = match command {
        Command::Check(words) => check(&mut out, &words)?,
        Command::Query(words) => ask(&mut out, &words)?,
        Command::Show(words) => show(&mut out, &words)?,
        Command::Timeline(words) => dated(&mut out, &words)?,
        Command::Build(words) => snapshot::build(&mut out, &words)?,
        Command::Info(words) => snapshot::info(&mut out, &words)?,
        Command::Verify { file } => snapshot::verify(&mut out, &file)?,
        Command::Schema { what } => schema(&mut out, what)?,
    };
    out.flush()?;
    Ok(code)
}

fn check(out: &mut impl Write, words: &Check) -> Outcome<ExitCode> {
    let Opened { library, report } = read::library(&words.paths, &words.how, Severity::Note)?;
    if words.form.json {
        json(out, [("total", number(library.len()))], &report)?;
    } else {
        // The issues are on standard error already.
        let rest = Report { issues: Vec::new(), ..report.clone() };
        write!(out, "{rest}")?;
    }
    Ok(if report.has_errors() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn ask(out: &mut impl Write, words: &Query) -> Outcome<ExitCode> {
    let Opened { library, report } = read::answering(&words.sources)?;
    let text = query::text(words);
    let asked = library.ask_json(&Json::String(text.clone()), &query::options(words));
    let answer = asked.map_err(|error| Failure::Query(text, error))?;
    if words.form.json {
        let mut members = answer.to_json()?.as_object().cloned().unwrap_or_default();
        members.entry("facets".to_owned()).or_insert_with(|| Json::Object(Map::new()));
        if words.explain {
            members.insert("explanation".to_owned(), Json::of(&answer.explain()?)?);
        }
        json(out, members, &report)?;
    } else {
        read::tell(answer.warnings())?;
        query::write(out, &answer)?;
        if words.explain {
            query::explain(out, &answer)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn show(out: &mut impl Write, words: &Show) -> Outcome<ExitCode> {
    let Opened { library, report } = read::answering(&words.sources)?;
    let name = reference(&library, &words.id)?;
    let related = library.related(&name)?;
    let found = library.get(&name)?.ok_or_else(|| missing(&name, None))?;
    if words.form.json {
        let entries = Json::Array(vec![found.to_json()?]);
        let members =
            [("total", number(1)), ("entries", entries), ("related", Json::of(&related)?)];
        json(out, members, &report)?;
        return Ok(ExitCode::SUCCESS);
    }
    entry::write(out, &found)?;
    for (direction, heading) in
        [(Direction::Forward, "refers to"), (Direction::Backward, "is referred to by")]
    {
        let mut rows = related.iter().filter(|row| row.direction == direction).peekable();
        if rows.peek().is_some() {
            writeln!(out, "\n{TITLE}{heading}{TITLE:#}")?;
        }
        for row in rows {
            let (name, relation) = (&row.reference, &row.relation);
            writeln!(out, "  {relation}: {} {QUIET}{name}{QUIET:#}", row.title)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn dated(out: &mut impl Write, words: &Show) -> Outcome<ExitCode> {
    let Opened { library, report } = read::answering(&words.sources)?;
    let name = reference(&library, &words.id)?;
    let facts = library.timeline(&name)?;
    if words.form.json {
        let total = number(facts.facts.len());
        json(out, [("total", total), ("timeline", Json::of(&facts)?)], &report)?;
    } else {
        timeline::write(out, &facts)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn schema(out: &mut impl Write, what: Schema) -> Outcome<ExitCode> {
    let schema = match what {
        Schema::Entry => rochdale::schema::entry(),
        Schema::Query => rochdale::schema::query(),
    };
    serde_json::to_writer_pretty(&mut *out, &schema).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes one object: the members, and the report.
pub(crate) fn json(
    out: &mut impl Write,
    members: impl IntoIterator<Item = (impl Into<String>, Json)>,
    report: &Report,
) -> Outcome<()> {
    let members = members.into_iter().map(|(name, value)| (name.into(), value));
    let mut object: Map = members.collect();
    object.insert("report".to_owned(), Json::of(report)?);
    Ok(writeln!(out, "{}", Json::Object(object))?)
}

/// The whole reference of an entry that may be named by its id alone.
fn reference(library: &Library, name: &str) -> Outcome<String> {
    if name.contains(':') {
        return Ok(name.to_owned());
    }
    let all = library.entries().map(|entry| Ok(entry?.reference()));
    let all = all.collect::<rochdale::Result<Vec<Reference>>>()?;
    let named: Vec<_> = all.iter().filter(|reference| reference.id() == name).collect();
    match named.as_slice() {
        [one] => Ok(one.to_string()),
        [] => {
            let near = nearest(name, all.iter().map(Reference::id));
            Err(missing(name, near.and_then(|near| all.iter().find(|one| one.id() == near))))
        }
        many => {
            let list: Vec<_> = many.iter().map(|reference| format!("`{reference}`")).collect();
            let message = format!("`{name}` names several entries: {}", list.join(", "));
            Err(Error::invalid("", message).into())
        }
    }
}

fn missing(name: &str, near: Option<&Reference>) -> Failure {
    let cure = near.map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default();
    Error::invalid("", format!("no entry `{name}`{cure}")).into()
}

#[expect(clippy::cast_precision_loss, reason = "a library has far fewer than 2^53 entries")]
pub(crate) fn number(count: usize) -> Json {
    Json::Number(count as f64)
}
