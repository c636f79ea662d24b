//! The words of the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use rochdale::field::nearest;
use rochdale_ingest::Format;

/// Checks, queries and shows libraries of articles, events, mutuals and announcements.
///
/// A library is read from what people have: folders of Markdown with front
/// matter and of whole entries as YAML, TOML or JSON, exports of WordPress,
/// feeds, registers, calendars, saved pages, and zip or gzip archives of these,
/// in any mix; `-` is standard input, up to 1 GiB of it. Every command reads
/// the files anew, and none changes them. `build` puts a library into one file,
/// a snapshot, which every command takes in place of its sources and opens at
/// once, however large it is.
#[derive(Debug, Parser)]
#[command(name = "rochdale", version, after_help = EXAMPLES, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXAMPLES: &str = "\
Examples:
  rochdale check content
  rochdale check export.xml feed.xml SocietyList.csv
  rochdale query content 'category:mutualisation author:\"Tony Collins\"'
  rochdale query content 'pension*' --facet authors --facet 'published(per:year)'
  rochdale show content mutual_entity:mycsp
  rochdale timeline content mutual_entity:mycsp
  rochdale build content -o library.rochdale
  rochdale schema entry > entry.schema.json

Exit status: 0 when all is well, 1 when the data or the query is wrong, 2 for wrong words
on the command line.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Reads everything and reports every problem, each with its file, line and column.
    #[command(after_help = "\
Examples:
  rochdale check content
  rochdale check content --json | jq '.report.issues[].code'
  rochdale check export.xml.gz feed.xml --prefer rss
  curl -s https://blog.example/feed/ | rochdale check - --as rss")]
    Check(Check),
    /// Asks the library a question.
    #[command(after_help = "\
The query is made of words and of tests of fields; all of them must hold:
  pension*                               a word that begins so
  \"joint venture\"                        a phrase
  -outsourcing                           not this word
  author:\"Tony Collins\"                  a field, by id, title, name or alias
  category:within(public-services)       this category or one below it
  published:2011-04..2011-07             a range; dates may be as vague as their sources
  published:definite(during(2011))       certainly then, not only possibly
  speakers:(person:\"Julian Le Grand\" standing:invited)
                                         one speaker who meets both tests
  missing:published                      entries that do not say when
  (a OR b) -(c d)                        groups

Examples:
  rochdale query content 'kind:event starts:2011-05' --sort starts
  rochdale query content '\"joint venture\" pension*' --limit 5
  rochdale query content 'kind:article' --with export.xml --with feed.xml
  rochdale query content 'kind:article' --facet authors --facet 'published(per:month)'
  rochdale query content 'kind:event' --json | jq -r '.entries[].title'")]
    Query(Query),
    /// Shows one entry, and the entries that are tied to it.
    #[command(after_help = "\
Examples:
  rochdale show content mutual_entity:mycsp
  rochdale show content first-major-mutualisation
  rochdale show content event:trustmarque-te2011 --json")]
    Show(Show),
    /// Lists every dated fact about one entry, whatever kind of entry holds it.
    #[command(after_help = "\
Examples:
  rochdale timeline content mutual_entity:mycsp
  rochdale timeline content author:david-bicknell --json")]
    Timeline(Show),
    /// Puts a library and its index into one file, a snapshot.
    #[command(after_help = "\
The file is written beside and then renamed: whoever reads the old one reads it to its end.
What was wrong with an entry is told and the rest is built; with --strict nothing is.
A snapshot that this version cannot ask is built again from its own entries.

Examples:
  rochdale build content -o library.rochdale
  rochdale build content -o library.rochdale --strict")]
    Build(Build),
    /// Says what a snapshot holds and how large its parts are.
    #[command(after_help = "\
Examples:
  rochdale info library.rochdale
  rochdale info library.rochdale --json | jq '.sections[].name'")]
    Info(Info),
    /// Reads all of a snapshot and reports damage.
    ///
    /// Every block is compared with its checksum, and every entry is decoded.
    #[command(after_help = "\
Example:
  rochdale verify library.rochdale")]
    Verify {
        /// The snapshot to read.
        file: PathBuf,
    },
    /// Prints the JSON Schema of an entry or of a query.
    #[command(after_help = "\
Examples:
  rochdale schema entry > entry.schema.json
  rochdale schema query > query.schema.json")]
    Schema {
        /// What to describe.
        what: Schema,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// The folders, files and archives to read, together as one library, or a snapshot; `-` is
    /// standard input.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) how: How,
    #[command(flatten)]
    pub(crate) form: Form,
}

/// What is read where another word follows it.
#[derive(Debug, Args)]
pub(crate) struct Sources {
    /// The folder, file, archive or snapshot to read; `-` is standard input.
    pub(crate) path: PathBuf,
    /// Reads this too, together as one library.
    #[arg(long, value_name = "PATH")]
    pub(crate) with: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) how: How,
}

/// How sources are read.
#[derive(Debug, Args)]
pub(crate) struct How {
    /// Names the format of all of them, or with `PATH=FORMAT` of one; else the bytes show it.
    #[arg(long = "as", value_name = "FORMAT", value_parser = Named::parse)]
    pub(crate) formats: Vec<Named>,
    /// Takes the word of a source where several differ: a format, or a path as issues tell it.
    #[arg(long, value_name = "SOURCE")]
    pub(crate) prefer: Vec<String>,
    /// Carries e-mail addresses, addresses of machines and comments as well.
    #[arg(long)]
    pub(crate) personal_data: bool,
}

/// The format of a source that was named, or of all.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) path: Option<PathBuf>,
    pub(crate) format: Format,
}

impl Named {
    fn parse(text: &str) -> Result<Self, String> {
        let (path, name) = match text.rsplit_once('=') {
            Some((path, name)) => (Some(PathBuf::from(path)), name),
            None => (None, text),
        };
        let names = || Format::ALL.iter().map(|format| format.name());
        let format = Format::from_name(name).ok_or_else(|| match nearest(name, names()) {
            Some(near) => format!("no format `{name}` (did you mean `{near}`?)"),
            None => format!("expected one of {}", names().collect::<Vec<_>>().join(", ")),
        })?;
        Ok(Self { path, format })
    }
}

#[derive(Debug, Args)]
pub(crate) struct Build {
    /// The folders, files and archives to read, together as one library; `-` is standard input.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) how: How,
    /// The snapshot to write; one that stands there is replaced.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Writes nothing where there is an error.
    #[arg(long)]
    pub(crate) strict: bool,
    /// The parameters of the order by relevance: JSON such as `{"k1": 1.2, "b": 0.75, "weights": {"title": 3}}`.
    #[arg(long, value_name = "JSON")]
    pub(crate) scoring: Option<String>,
    #[command(flatten)]
    pub(crate) form: Form,
}

#[derive(Debug, Args)]
pub(crate) struct Info {
    /// The snapshot to read.
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) form: Form,
}

#[derive(Debug, Args)]
pub(crate) struct Query {
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// The question, in quotes for the shell; `*` is everything.
    #[arg(allow_hyphen_values = true, value_name = "QUERY")]
    pub(crate) text: String,
    /// Gives at most so many entries, whatever the query says.
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// Counts the values of a field; of a date field with `FIELD(per:month)`.
    #[arg(long = "facet", value_name = "FIELD")]
    pub(crate) facets: Vec<String>,
    /// Orders by a field, the greatest first with `-` before it.
    #[arg(long, value_name = "FIELD", allow_hyphen_values = true)]
    pub(crate) sort: Vec<String>,
    /// Gives a value to a parameter of the query, such as `$from`.
    #[arg(long = "param", value_name = "NAME=VALUE", value_parser = param)]
    pub(crate) params: Vec<(String, String)>,
    /// Says how the query was answered as well: the way, the conditions and the parts of scores.
    #[arg(long)]
    pub(crate) explain: bool,
    #[command(flatten)]
    pub(crate) form: Form,
}

fn param(word: &str) -> Result<(String, String), String> {
    let parts = word.split_once('=').ok_or("expected `NAME=VALUE`")?;
    Ok((parts.0.to_owned(), parts.1.to_owned()))
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// The entry: `kind:id`, or the id alone where one kind has it.
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) form: Form,
}

/// How the answer is written.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Form {
    /// Prints one JSON object for programs.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Schema {
    /// An entry of any kind.
    Entry,
    /// The JSON form of a query.
    Query,
}
