//! Whether two values say the same.

use chrono::DateTime;
use rochdale::field::{Field, FieldType};
use rochdale::model::slug;

use crate::draft::{Key, fold};
use crate::tree::{Member, Name, Node, Value};

/// How a value stands to another of the same field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Same {
    /// It says the same, or less.
    Yes,
    /// It says the same and more.
    Fuller,
    /// It says something else.
    No,
}

/// How the other value of a field stands to the one that is known.
pub(super) fn compare(field: &Field, known: &Node, other: &Node) -> Same {
    let texts = (known.as_text(), other.as_text());
    let equal = match (field.ty, texts) {
        (FieldType::Text, _) => return prose(known, other),
        (FieldType::Date, (Some(known), Some(other))) => return dates(known, other),
        (FieldType::Number, (Some(known), Some(other))) => {
            known == other || known.parse::<f64>().ok().is_some_and(|n| Ok(n) == other.parse())
        }
        (FieldType::Reference(_), (Some(known), Some(other))) => slug(known) == slug(other),
        (_, (Some(known), Some(other))) => {
            let address = Key::address(known);
            fold(known) == fold(other) || (address.is_some() && address == Key::address(other))
        }
        _ => known.to_json() == other.to_json(),
    };
    if equal { Same::Yes } else { Same::No }
}

/// The form in which items of a list are told apart.
pub(super) fn item(field: &Field, node: &Node) -> String {
    match (&node.value, field.ty) {
        // A structure with its first field alone is often written as that value.
        (Value::Map(members), _) if members.len() == 1 => {
            members.values().next().map(|only| item(field, &only.node)).unwrap_or_default()
        }
        (Value::Map(members), FieldType::Structure(structure)) => {
            let known = |name: &str| structure.fields.iter().find(|field| field.name == name);
            let part = |(name, member): (&Name, &Member)| {
                let value = known(name).map(|field| item(field, &member.node));
                format!("{name}: {}", value.unwrap_or_else(|| json(&member.node)))
            };
            members.iter().map(part).collect::<Vec<_>>().join("\n")
        }
        (Value::Scalar(..), ty) => match (node.as_text(), ty) {
            (Some(text), FieldType::Reference(_)) => slug(text).unwrap_or_default(),
            (Some(text), FieldType::Date) => without_words(text).to_owned(),
            (Some(text), _) => Key::address(text).unwrap_or_else(|| fold(text)),
            (None, _) => json(node),
        },
        _ => json(node),
    }
}

fn json(node: &Node) -> String {
    node.to_json().to_string()
}

/// Prose by its words: markup, entities and punctuation do not count, and an excerpt says no other
/// thing than the whole.
fn prose(known: &Node, other: &Node) -> Same {
    let (known, other) = (words(known), words(other));
    match () {
        () if known.starts_with(&other) => Same::Yes,
        () if other.starts_with(&known) => Same::Fuller,
        () => Same::No,
    }
}

/// The words of prose, without those with which excerpts end.
fn words(node: &Node) -> Vec<String> {
    let part = |name: &str| node.as_map()?.get(name)?.node.as_text();
    let text = part("text").or(node.as_text()).unwrap_or_default();
    let text = if part("markup") == Some("html") { without_tags(text) } else { text.to_owned() };
    let mut words: Vec<String> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    for end in [&["continue", "reading"][..], &["read", "more"], &["hellip"]] {
        if words.ends_with_words(end) {
            words.truncate(words.len() - end.len());
        }
    }
    words
}

/// Lists of words that end in certain ones.
trait EndsWith {
    fn ends_with_words(&self, end: &[&str]) -> bool;
}

impl EndsWith for Vec<String> {
    fn ends_with_words(&self, end: &[&str]) -> bool {
        self.len() >= end.len()
            && self[self.len() - end.len()..].iter().zip(end).all(|(one, two)| one == two)
    }
}

fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        out.push(' ');
        let end = if rest[at..].starts_with('<') { '>' } else { ';' };
        // An ampersand that begins no entity is one.
        let limit = if end == ';' { rest.len().min(at + 12) } else { rest.len() };
        let close = rest.as_bytes()[at..limit].iter().position(|byte| *byte == end as u8);
        rest = &rest[close.map_or(at + 1, |close| at + close + 1)..];
    }
    out.push_str(rest);
    out
}

/// Dates: one that is part of another says less, and zones do not count where the moment is one.
fn dates(known: &str, other: &str) -> Same {
    let (known, other) = (without_words(known), without_words(other));
    let moment = |text: &str| DateTime::parse_from_rfc3339(text).ok();
    match () {
        () if known.starts_with(other) => Same::Yes,
        () if other.starts_with(known) => Same::Fuller,
        () if moment(known).is_some() && moment(known) == moment(other) => Same::Yes,
        () => Same::No,
    }
}

/// A date without the words of its source, which stand behind it.
fn without_words(date: &str) -> &str {
    date.split(" (").next().unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::Place;
    use rochdale::model::Kind;

    fn field(name: &str) -> &'static Field {
        let fields = Kind::Article.info().structure.fields;
        fields.iter().find(|field| field.name == name).unwrap()
    }

    fn text(text: &str) -> Node {
        Node::text(Place::TOP, text)
    }

    fn html(html: &str) -> Node {
        Node::map(Place::TOP, [("text", text(html)), ("markup", text("html"))])
    }

    #[test]
    fn an_excerpt_says_less_than_the_whole() {
        let whole = html("<p>It&#8217;s one &amp; two.</p>\n<!-- more --><p>Then three</p>");
        let body = |other: &Node| compare(field("body"), &whole, other);
        assert_eq!(body(&text("It’s one & two. […] Read more")), Same::Yes);
        assert_eq!(body(&html("<p>It’s one</p><p>two then three four")), Same::Fuller);
        assert_eq!(body(&text("It’s two")), Same::No);
        assert_eq!(without_tags("a & b <"), "a   b  ");
    }

    #[test]
    fn items_are_one_whatever_the_words_of_their_dates_and_addresses() {
        let fields = Kind::MutualEntity.info().structure.fields;
        let stages = fields.iter().find(|field| field.name == "stages").unwrap();
        let stage = |date: &str| {
            let parts = [("stage", text("registered")), ("date", text(date))];
            item(stages, &Node::map(Place::TOP, parts))
        };
        assert_eq!(stage("2016-03-14 (14/03/2016)"), stage("2016-03-14 (14/3/2016)"));
        assert_ne!(stage("2016-03-14"), stage("2016-03-15"));
        let source = |url: &str| {
            let parts = [("name", text("Notes")), ("url", text(url))];
            item(field("sources"), &Node::map(Place::TOP, parts))
        };
        assert_eq!(source("http://a.example"), source("https://www.a.example/"));
        assert_eq!(item(field("tags"), &text("Pensions")), item(field("tags"), &text("pensions")));
    }

    #[test]
    fn dates_and_addresses_are_compared_by_what_they_mean() {
        let date = |one: &str, two: &str| compare(field("published"), &text(one), &text(two));
        assert_eq!(date("2011-04-30", "2011-04-30T10:00:00Z"), Same::Fuller);
        assert_eq!(date("2011-04-30T10:00:00Z", "2011-04-30T11:00:00+01:00"), Same::Yes);
        assert_eq!(date("2011-04-30", "2011-05"), Same::No);
        let url = |one: &str, two: &str| compare(field("url"), &text(one), &text(two));
        assert_eq!(url("http://www.a.example/b/", "https://a.example/b?utm_source=x"), Same::Yes);
        assert_eq!(url("http://a.example/b/", "http://a.example/c"), Same::No);
    }
}
