//! Feeds of other people's tests, found through `ROCHDALE_DATA`, against what their readers found.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]

#[path = "corpus/mod.rs"]
mod corpus;

use std::collections::BTreeMap;

use corpus::{NONE, Pack, data};
use rochdale::date::Date;
use rochdale::json::Json;
use rochdale::model::{Article, Author, Entry, Markup};
use rochdale::text::visible;
use rochdale_ingest::{Format, Input, Reader, Reading};

/// What feedparser expects, where Rochdale does otherwise, and why.
const OTHERWISE: &[(&str, &str)] = &[
    ("entities/lang.xml", LATER_HTML),
    ("entities/rang.xml", LATER_HTML),
    (
        "wellformed/base/rel_uri_with_unicode_character.xml",
        "URL standard, section 4.4: a path is escaped",
    ),
    ("wellformed/lang/entry_title_xml_lang_inherit_3.xml", ONE_LANGUAGE),
    ("wellformed/lang/entry_title_xml_lang_inherit_4.xml", ONE_LANGUAGE),
    ("wellformed/rss/entity_in_doctype.xml", "a document type that declares entities is refused"),
    ("wellformed/rss/item_description_not_a_doctype.xml", DECLARATION),
    (
        "wellformed/sanitize/entry_content_iframe.xml",
        "HTML standard, section 13.2.6.4.7: an iframe holds text",
    ),
    ("wellformed/sanitize/xml_declaration_unexpected_character.xml", DECLARATION),
    (
        "wellformed/sanitize/xml_malicious_comment.xml",
        "HTML standard, section 13.2.5.50: it ends with `-->`",
    ),
    ("wellformed/atom10/entry_category_term.xml", LABEL),
    ("wellformed/atom10/entry_category_term_non_ascii.xml", LABEL),
    (
        "wellformed/lang/item_dc_language.xml",
        "a piece of which only the language is said is none, and told",
    ),
    ("wellformed/rss/item_madeup_tags_element.xml", "RSS 2.0 has no element `tags`"),
    (
        "wellformed/sanitize/acceptable_element_br.xml",
        "HTML standard, section 13.2.6.4.7: the end of a `br` is another",
    ),
    (
        "wellformed/sanitize/item_content_encoded_script_nested_cdata.xml",
        "HTML standard, section 13.2.5.42: `<![CDATA[` begins a comment",
    ),
];

const LATER_HTML: &str = "HTML standard, section 13.5: U+27E8 and U+27E9, where HTML 4 had others";
const ONE_LANGUAGE: &str =
    "an article has one language, which is that of its text and not of its title";
const LABEL: &str = "RFC 4287, section 4.2.2.3: the label is what people read";
const DECLARATION: &str = "HTML standard, section 13.2.5.42: `<!` begins a declaration or comment";

#[test]
fn what_feedparser_expects_is_found() {
    let Some(data) = data() else { return };
    let facts = data.json("facts/feedparser.json");
    let mut pack = Pack::new("feedparser", OTHERWISE);
    for (path, fact) in facts.pointer("/files").unwrap().as_object().unwrap() {
        let assertions = fact.pointer("/assertions").unwrap().as_array().unwrap();
        let concerned: Vec<_> = assertions.iter().filter_map(|it| Wanted::of(path, it)).collect();
        if concerned.is_empty() {
            continue;
        }
        let found = Found::read(path, data.text(path));
        let wrong: Vec<String> =
            concerned.iter().filter_map(|wanted| found.refutes(wanted)).collect();
        pack.case(path.trim_start_matches("feeds/feedparser/"), wrong.join("; "));
    }
    pack.close(1000);
}

/// A value that is expected somewhere in a feed.
struct Wanted {
    path: Vec<String>,
    value: Json,
}

/// Values that need an answer of a server to be found, or a format that is none of those read.
fn is_beyond(path: &str, value: &Json) -> bool {
    let told_by_server = ["/http/", "/http_", "/cdf/"].iter().any(|part| path.contains(part));
    told_by_server || value.to_string().contains("127.0.0.1:8097")
}

impl Wanted {
    /// The assertion, if it is of something that Rochdale has a field for.
    fn of(file: &str, assertion: &Json) -> Option<Self> {
        let value = assertion.pointer("/equals")?.clone();
        let steps = assertion.pointer("/path")?.as_array()?.iter();
        let path: Vec<String> = steps
            .map(|step| step.as_str().map_or_else(|| step.to_string(), str::to_owned))
            .collect();
        let wanted = Self { path, value };
        // A title or a licence that is a picture alone has no words.
        let is_picture = wanted.value.as_str().is_some_and(|text| {
            text.contains("<img") && visible(text, Markup::Html).trim().is_empty()
        });
        let is_plain = |field: &str| field.contains("title") || field.contains("rights");
        let has_no_markup = wanted.field().is_some_and(is_plain);
        let is_read = wanted.field().is_some() && !is_beyond(file, &wanted.value);
        (is_read && !(has_no_markup && is_picture)).then_some(wanted)
    }

    /// What it is about, by Rochdale's names.
    fn field(&self) -> Option<&'static str> {
        let steps: Vec<&str> = self.path.iter().map(String::as_str).collect();
        Some(match steps[..] {
            ["feed", "title"] | ["feed", "title_detail", "value"] => "feed title",
            ["feed", "link"] => "feed address",
            ["feed", "rights" | "copyright"]
            | ["feed", "rights_detail" | "copyright_detail", "value"] => "feed rights",
            ["feed", "language"] => "language",
            ["feed", "author"]
            | ["feed", "author_detail", "name"]
            | ["feed", "authors", "0", "name"] => "author 0",
            ["feed", "authors", "1", "name"] => "author 1",
            ["feed", "author_detail", "url"] | ["feed", "authors", "0", "url"] => {
                "author address 0"
            }
            ["feed", "authors", "1", "url"] => "author address 1",
            ["feed", "author_detail", "email"] | ["feed", "authors", "0", "email"] => {
                "author email 0"
            }
            ["feed", "authors", "1", "email"] => "author email 1",
            ["entries", "0", ref rest @ ..] => match rest {
                ["title"] | ["title_detail", "value"] => "title",
                ["summary" | "description"] | ["summary_detail", "value"] => "summary",
                ["content", "0", "value"] => "content",
                ["link"] => "address",
                ["id" | "guid"] => "guid",
                ["author"] | ["author_detail", "name"] | ["authors", "0", "name"] => "author 0",
                ["authors", "1", "name"] => "author 1",
                ["author_detail", "url"] | ["authors", "0", "url"] => "author address 0",
                ["authors", "1", "url"] => "author address 1",
                ["author_detail", "email"] | ["authors", "0", "email"] => "author email 0",
                ["authors", "1", "email"] => "author email 1",
                ["category"] | ["tags", _, "label" | "term"] => "category",
                ["published" | "created"] => "published",
                ["published_parsed" | "created_parsed"] => "published moment",
                ["updated"] => "updated",
                ["updated_parsed"] => "updated moment",
                ["rights" | "copyright" | "license"] | ["rights_detail", "value"] => "rights",
                ["language"]
                | ["content", "0", "language"]
                | ["title_detail" | "summary_detail", "language"] => "language",
                ["enclosures", _, "href" | "url"] | ["content", "0", "src"] => "link",
                ["source", "title"] | ["source", "title_detail", "value"] => "source title",
                ["source", "href" | "link"] => "source address",
                ["source", "rights"] | ["source", "rights_detail", "value"] => "source rights",
                _ => return None,
            },
            _ => return None,
        })
    }
}

/// The first article of a feed and its authors.
struct Found {
    article: Option<Article>,
    names: BTreeMap<String, String>,
    authors: Vec<Author>,
}

impl Found {
    /// Reads a feed. One without pieces is given one, for what a feed says of itself is kept with
    /// each of them.
    fn read(path: &str, text: String) -> Self {
        let reading = read(path, with_a_piece(text).into_bytes());
        let mut found = Self { article: None, names: BTreeMap::new(), authors: Vec::new() };
        let mut articles = Vec::new();
        for entry in reading.entries {
            found.names.insert(entry.reference().to_string(), entry.title().to_owned());
            match entry {
                Entry::Article(article) => articles.push(article),
                Entry::Author(author) => found.authors.push(author),
                _ => {}
            }
        }
        // In a feed of several, each is expected to be alike.
        found.article = articles.into_iter().next();
        found
    }

    /// What is found instead of what is wanted, if it is something else.
    fn refutes(&self, wanted: &Wanted) -> Option<String> {
        let field = wanted.field().unwrap();
        let Some(article) = &self.article else { return Some("no article".to_owned()) };
        let values = self.values(article, field);
        let is_nothing = wanted.value.as_str().map_or(wanted.value == Json::Null, |text| {
            matches!(field, "summary" | "content") && ammonia::clean(text).trim().is_empty()
        });
        let is_found = values.iter().any(|value| agrees(field, value, &wanted.value));
        let holds = is_found || (is_nothing && values.is_empty());
        (!holds).then(|| format!("{field}: expected {}, got {values:?}", wanted.value))
    }

    fn values(&self, article: &Article, field: &str) -> Vec<String> {
        let (field, number) = field.rsplit_once(' ').map_or((field, 0), |(name, number)| {
            number.parse().map_or((field, 0), |number: usize| (name, number))
        });
        let body = || article.body.iter().map(|body| body.text.clone());
        let summary = || article.summary.iter().map(ToString::to_string);
        let author = || {
            let id = article.authors.get(number)?;
            self.authors.iter().find(|author| author.id == *id)
        };
        let source = |number: usize| article.sources.get(number);
        let moment = |date: &Option<Date>| date.iter().map(utc).collect();
        match field {
            "title" => vec![article.title.to_string()],
            "summary" => summary().chain(body()).collect(),
            "content" => body().chain(summary()).collect(),
            "address" => article.url.iter().cloned().collect(),
            "guid" => {
                let guid = article.extra.get("guid").and_then(|guid| guid.as_str());
                guid.map(str::to_owned).or(article.url.clone()).into_iter().collect()
            }
            "author" => author().map(|author| author.name.to_string()).into_iter().collect(),
            "author address" => author().and_then(|it| it.url.clone()).into_iter().collect(),
            "author email" => {
                let email = author().and_then(|author| author.extra.get("email"));
                email.and_then(|email| email.as_str()).map(str::to_owned).into_iter().collect()
            }
            "category" => {
                let names = article
                    .categories
                    .iter()
                    .map(|id| self.names[&format!("category:{id}")].clone());
                names.chain(article.tags.iter().cloned()).collect()
            }
            "published" => article.published.iter().map(|date| date.text().to_owned()).collect(),
            "published moment" => moment(&article.published),
            "updated" | "updated moment" => {
                // Where a feed says only when a piece went public, feedparser has it updated then.
                let date = article.updated.clone().or(article.published.clone());
                match field {
                    "updated" => date.iter().map(|date| date.text().to_owned()).collect(),
                    _ => moment(&date),
                }
            }
            "rights" | "feed rights" | "source rights" => {
                source(0).and_then(|source| source.licence.clone()).into_iter().collect()
            }
            "feed title" | "source title" => {
                source(0).map(|it| it.name.to_string()).into_iter().collect()
            }
            "feed address" | "source address" => {
                source(0).and_then(|it| it.url.clone()).into_iter().collect()
            }
            "language" => article.language.iter().cloned().collect(),
            "link" => article.links.iter().map(|link| link.url.clone()).collect(),
            _ => unreachable!("a field without a value"),
        }
    }
}

/// Whether what is found is what is expected, each in Rochdale's form: HTML is sanitised as all that
/// is stored, plain fields hold what a reader sees, and names come without addresses.
fn agrees(field: &str, found: &str, wanted: &Json) -> bool {
    if let Some(parts) = wanted.as_array() {
        let numbers: Vec<String> = parts.iter().take(6).map(ToString::to_string).collect();
        return found == numbers.join(" ");
    }
    let Some(wanted) = wanted.as_str() else { return false };
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    match field {
        "summary" | "content" => {
            found == ammonia::clean(wanted.trim()).trim()
                || line(found) == line(&visible(wanted, Markup::Html))
                || found == wanted.trim()
        }
        "author 0" | "author 1" => found == wanted.split(" (").next().unwrap_or_default(),
        _ => line(found) == line(&visible(wanted, Markup::Html)) || line(found) == line(wanted),
    }
}

/// A moment by universal time, as six numbers.
fn utc(date: &Date) -> String {
    let Some(moment) = date.earliest() else { return String::new() };
    let offset = i64::from(date.offset_seconds().unwrap_or(0));
    let seconds = moment.day * 86_400 + i64::from(moment.second) - offset;
    let at = chrono::DateTime::from_timestamp(seconds, 0).unwrap();
    at.format("%-Y %-m %-d %-H %-M %-S").to_string()
}

fn with_a_piece(text: String) -> String {
    let lower = text.to_lowercase();
    if ["<item", "<entry", ":item", ":entry"].iter().any(|tag| lower.contains(tag)) {
        return text;
    }
    let Some(end) = text.rfind("</channel>").or_else(|| text.rfind("</")) else { return text };
    let name: String = text[end + 2..].chars().take_while(|c| *c != '>').collect();
    let prefix = name.split_once(':').map_or(String::new(), |(prefix, _)| format!("{prefix}:"));
    let piece = if name.ends_with("feed") { "entry" } else { "item" };
    let piece = format!("<{prefix}{piece}><{prefix}title>x</{prefix}title></{prefix}{piece}>");
    format!("{}{piece}{}", &text[..end], &text[end..])
}

fn read(path: &str, bytes: Vec<u8>) -> Reading {
    let format = if path.ends_with("json") { Format::JsonFeed } else { Format::Rss };
    let input = Input::bytes(path, bytes).with_format(format);
    Reader::new().with_personal_data().read_inputs([input]).unwrap()
}

/// Dates that feedparser reads in one way and Rochdale in another, and why.
const DATES_OTHERWISE: &[(&str, &str)] = &[(
    "22013",
    "ISO 8601:1988, section 5.2.2.1: a year of two digits and a day of it, as feedparser reads `03335`",
)];

#[test]
fn dates_are_what_feedparser_has_them_be() {
    let Some(data) = data() else { return };
    let mut pack = Pack::new("feed dates", DATES_OTHERWISE);
    for vector in data.json("facts/feed_date_vectors.json").as_array().unwrap() {
        let input = vector.pointer("/input").unwrap().as_str().unwrap();
        let feed = format!(
            "<rss><channel><item><title>x</title><pubDate>{input}</pubDate></item></channel></rss>"
        );
        let found = Found::read("a.xml", feed);
        let got = found.article.and_then(|article| article.published).map(|date| utc(&date));
        let wanted = vector.pointer("/utc_time_tuple").unwrap().as_array().map(|parts| {
            parts.iter().take(6).map(ToString::to_string).collect::<Vec<_>>().join(" ")
        });
        let wrong =
            if got == wanted { String::new() } else { format!("expected {wanted:?}, got {got:?}") };
        pack.case(input, wrong);
    }
    pack.close(60);
}

#[test]
fn feeds_of_other_readers_have_entries() {
    let Some(data) = data() else { return };
    let mut pack = Pack::new("atom, rss", NONE);
    for folder in ["feeds/atom-rs/tests/data", "feeds/rss-rs/tests/data"] {
        for path in data.files(folder) {
            let reading = read(&path, data.text(&path).into_bytes());
            let articles =
                reading.entries.iter().filter(|it| matches!(it, Entry::Article(_))).count();
            let text = data.text(&path);
            let has_pieces = text.contains("<item") || text.contains("<entry");
            // A feed that has none says so, as does a piece of which nothing is known.
            let says = |code| reading.report.issues.iter().any(|issue| issue.code.name == code);
            let is_right = match articles {
                0 if has_pieces => says("no-text"),
                0 => says("no-entries"),
                _ => has_pieces,
            };
            let wrong = if is_right { "" } else { "no entries" };
            pack.case(path.trim_start_matches("feeds/"), wrong.to_owned());
        }
    }
    pack.close(40);
}

#[test]
fn the_examples_of_json_feed_have_entries() {
    let Some(data) = data() else { return };
    let mut pack = Pack::new("json feed", NONE);
    for path in data.files("feeds/jsonfeed-spec/pages") {
        for (number, example) in examples(&data.text(&path)).enumerate() {
            let reading = read("a.json", example.clone().into_bytes());
            let articles =
                reading.entries.iter().filter(|it| matches!(it, Entry::Article(_))).count();
            let wrong =
                if articles > 0 { String::new() } else { format!("no entries in {example}") };
            pack.case(&format!("{path} {number}"), wrong);
        }
    }
    pack.close(2);
}

/// The whole feeds among the examples of a page, each a block that is set in.
fn examples(page: &str) -> impl Iterator<Item = String> {
    let mut found = Vec::new();
    let mut block = String::new();
    for line in page.lines().chain(["end"]) {
        if line.starts_with('\t') || line.starts_with("    ") || line.trim().is_empty() {
            block.push_str(line);
            block.push('\n');
        } else {
            if block.contains("\"items\"") && block.contains("jsonfeed.org/version") {
                found.push(block.trim().to_owned());
            }
            block.clear();
        }
    }
    found.into_iter()
}
