//! The words of the command line.

use std::path::PathBuf;
use std::time::Duration;

use crate::Outcome;
use crate::class::Class;
use crate::engine::Name;
use crate::run::Choice;

/// What the command can do.
pub const HELP: &str = "\
Usage: cargo xtask bench [OPTIONS]        searching, beside tantivy and SQLite
       cargo xtask bench relevance        ranking, on judged collections (ROCHDALE_DATA)
       cargo xtask bench ingest           reading, beside other readers (feedparser in a venv under target)

  --articles N      a generated corpus of so many articles; may be given again (10000 and 100000)
  --large           one of a million articles as well
  --corpus FOLDER   the articles of a real folder instead
  --engine NAME     only this engine, of rochdale, tantivy and sqlite; may be given again
  --class NAME      only this class, such as any-of-two; may be given again
  --questions N     the first so many questions of each class only (100)
  --rounds N        how often each question is timed (10)
  --seconds N       how long an engine may take for a class before rounds are left out (20)
  --json FILE       writes what was measured as JSON as well
";

/// What is asked of the command.
#[derive(Debug)]
pub struct Arguments {
    /// The sizes of generated corpora.
    pub articles: Vec<u32>,
    /// The real folder, if one is given.
    pub corpus: Option<PathBuf>,
    /// Where the results go as JSON.
    pub json: Option<PathBuf>,
    /// What of everything is measured.
    pub choice: Choice,
}

impl Arguments {
    /// Reads the words.
    ///
    /// # Errors
    ///
    /// Where one of them is not known, or has no value.
    pub fn parse(words: &[String]) -> Outcome<Self> {
        let (mut articles, mut engines, mut classes) = (Vec::new(), Vec::new(), Vec::new());
        let (mut corpus, mut json, mut large) = (None, None, false);
        let (mut questions, mut rounds, mut seconds) = (100, 10, 20);
        let mut words = words.iter();
        while let Some(word) = words.next() {
            if word == "--large" {
                large = true;
                continue;
            }
            let mut value = || words.next().ok_or(format!("expected a value after `{word}`"));
            match word.as_str() {
                "--articles" => articles.push(number(value()?)?),
                "--corpus" => corpus = Some(PathBuf::from(value()?)),
                "--json" => json = Some(PathBuf::from(value()?)),
                "--engine" => engines.push(engine(value()?)?),
                "--class" => classes.push(class(value()?)?),
                "--questions" => questions = number(value()?)? as usize,
                "--rounds" => rounds = number(value()?)? as usize,
                "--seconds" => seconds = number(value()?)?,
                _ => return Err(format!("unknown option `{word}`\n\n{HELP}").into()),
            }
        }
        if articles.is_empty() && corpus.is_none() {
            articles = vec![10_000, 100_000];
        }
        articles.extend(large.then_some(1_000_000));
        if engines.is_empty() {
            engines = Name::ALL.to_vec();
        }
        engines.sort_unstable();
        engines.dedup();
        if classes.is_empty() {
            classes = Class::ALL.to_vec();
        }
        let limit = Duration::from_secs(u64::from(seconds));
        let choice = Choice { engines, classes, questions, rounds, limit };
        Ok(Self { articles, corpus, json, choice })
    }
}

fn number(text: &str) -> Outcome<u32> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| format!("expected a whole number above 0, got `{text}`").into())
}

fn engine(text: &str) -> Outcome<Name> {
    Name::from_name(text).ok_or_else(|| {
        let names = Name::ALL.map(Name::name).join(", ");
        format!("expected one of {names}, got `{text}`").into()
    })
}

fn class(text: &str) -> Outcome<Class> {
    let found = Class::ALL.into_iter().find(|class| class.info().slug == text);
    found.ok_or_else(|| {
        let names = Class::ALL.map(|class| class.info().slug).join(", ");
        format!("expected one of {names}, got `{text}`").into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &str) -> Outcome<Arguments> {
        Arguments::parse(&words.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn sizes_come_from_options_or_are_the_usual_ones() {
        let sizes = |words: &str| parse(words).unwrap().articles;
        assert_eq!(sizes(""), [10_000, 100_000]);
        assert_eq!(sizes("--articles 500 --large"), [500, 1_000_000]);
        assert_eq!(sizes("--corpus here"), [] as [u32; 0]);
    }

    #[test]
    fn a_wrong_word_says_what_was_expected() {
        let message = |words: &str| parse(words).unwrap_err().to_string();
        assert!(message("--engine lucene").starts_with("expected one of rochdale, tantivy"));
        assert_eq!(message("--json"), "expected a value after `--json`");
        assert!(message("--articles 0").contains("got `0`"));
    }
}
