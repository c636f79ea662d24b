//! The documents of a real folder, as Rochdale reads them.

use std::path::Path;

use rochdale::date::{Date, Precision};
use rochdale::model::{Article, Entry};
use rochdale::text::visible;
use rochdale_ingest::Reader;

use super::{Document, Heading, Name};
use crate::Outcome;

/// The articles of a folder without their markup, and the authors and categories that it has.
pub(super) fn documents(folder: &Path) -> Outcome<(Heading, Vec<Document>)> {
    let reading = Reader::new().read_paths([folder])?;
    let mut heading = Heading {
        title: folder.display().to_string(),
        documents: 0,
        plain: false,
        authors: Vec::new(),
        categories: Vec::new(),
    };
    let mut documents = Vec::new();
    for entry in &reading.entries {
        let name = || Name { id: entry.id().to_owned(), name: entry.title().to_owned() };
        match entry {
            Entry::Article(article) => documents.push(document(heading.documents, article)),
            Entry::Author(_) => heading.authors.push(name()),
            Entry::Category(_) => heading.categories.push(name()),
            _ => {}
        }
        heading.documents = u32::try_from(documents.len())?;
    }
    if documents.is_empty() {
        return Err(format!("no article in {}", folder.display()).into());
    }
    Ok((heading, documents))
}

fn document(number: u32, article: &Article) -> Document {
    let body = article.body.as_ref();
    let exact = article.published.as_ref().filter(|date| {
        matches!(date.precision(), Precision::Day | Precision::Minute | Precision::Second)
    });
    let day = exact.and_then(Date::earliest).map(|moment| moment.day);
    Document {
        number,
        title: article.title.to_string(),
        body: body.map(|body| visible(&body.text, body.markup).into_owned()).unwrap_or_default(),
        authors: article.authors.iter().map(ToString::to_string).collect(),
        category: article.categories.first().map(ToString::to_string),
        tags: article.tags.clone(),
        day: day.and_then(|day| i32::try_from(day).ok()),
    }
}
