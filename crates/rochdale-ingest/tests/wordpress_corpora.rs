//! Real exports and answers of WordPress, found through `ROCHDALE_DATA`, against what other tools
//! counted in them.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use rochdale::json::{Json, Map};
use rochdale::model::{Article, Entry, Kind};
use rochdale_ingest::wxr::{Channel, Comment, Export, Item, Part, Term};
use rochdale_ingest::{Format, Input, Reader, Reading};

/// Where the reader and a fact differ, by file and fact, and why the reader is right.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    (
        "wxr/wordpress-importer/phpunit/data/crazy-cdata.xml",
        "content_chars_total",
        "the text goes on to the end tag of its element; the other tool cuts `]]>` out of its midst",
    ),
    (HIJACKED, "by_post_type", IN_NAMESPACES),
    (HIJACKED, "by_status", IN_NAMESPACES),
    (HIJACKED, "by_type_and_status", IN_NAMESPACES),
    (HIJACKED, "postmeta_total", IN_NAMESPACES),
    (HIJACKED, "entries: statuses", IN_NAMESPACES),
];

const HIJACKED: &str = "wxr/wordpress-importer/phpunit/data/namespace-edge-cases.xml";

const IN_NAMESPACES: &str = "a name belongs to the namespace that its prefix is bound to where it \
    stands (Namespaces in XML 1.0, section 6.1), and `wp` is bound to another there";

/// Facts that no reader can answer, for they tell of the file itself or of the other tool.
const NOT_ASKED: [&str; 5] = ["bytes", "sha256", "well_formed", "expat_error", "recover_error"];

/// What was found in a file, by the names of the facts.
type Found = BTreeMap<String, Json>;

struct Pack {
    passed: usize,
    failed: Vec<String>,
    listed: BTreeSet<(String, String)>,
}

/// The facts about the files of a format, by their paths.
fn facts(name: &str) -> Option<(PathBuf, Map)> {
    let Some(data) = std::env::var_os("ROCHDALE_DATA").map(PathBuf::from) else {
        println!("skipped: ROCHDALE_DATA is not set");
        return None;
    };
    let facts = std::fs::read_to_string(data.join(format!("facts/{name}.json"))).unwrap();
    let facts = Json::parse(&facts).unwrap().as_object().unwrap().clone();
    Some((data, facts))
}

/// Compares what is found in every file with the facts, and prints a line for each pack.
fn compare(name: &str, find: impl Fn(&Path, &Map) -> Found) {
    let Some((data, all)) = facts(name) else { return };
    let mut packs: BTreeMap<String, Pack> = BTreeMap::new();
    for (path, facts) in &all {
        let stated = facts.as_object().unwrap();
        let told = stated.get("lxml_recover_facts").and_then(Json::as_object).unwrap_or(stated);
        let pack = path.split('/').take(2).collect::<Vec<_>>().join("/");
        let new = || Pack { passed: 0, failed: Vec::new(), listed: BTreeSet::new() };
        let pack = packs.entry(pack).or_insert_with(new);
        let found = find(&data.join(path), told);
        for (fact, wanted) in told.iter().filter(|(fact, _)| !NOT_ASKED.contains(&fact.as_str())) {
            let Some(got) = found.get(fact) else { continue };
            pack.judge(path, fact, got, wanted);
        }
        // What is derived from several facts brings what it wants along.
        for (check, pair) in found.iter().filter(|(check, _)| check.starts_with("entries: ")) {
            pack.judge(path, check, pair.pointer("/0").unwrap(), pair.pointer("/1").unwrap());
        }
    }
    let (mut total, mut listed, mut wrong) = (0, BTreeSet::new(), Vec::new());
    for (name, pack) in packs {
        let (passed, failed) = (pack.passed, pack.failed.len());
        println!("{name}: {passed} passed, {failed} failed, {} listed", pack.listed.len());
        total += passed + failed + pack.listed.len();
        listed.extend(pack.listed);
        wrong.extend(pack.failed);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let of_format = EXCEPTIONS.iter().filter(|(path, ..)| all.contains_key(*path));
    let expected: BTreeSet<_> =
        of_format.map(|(path, fact, _)| ((*path).to_owned(), (*fact).to_owned())).collect();
    assert_eq!(listed, expected, "an exception that is none any more must go");
    assert!(listed.len() * 100 <= total * 3, "{} of {total} are exceptions", listed.len());
    assert!(total > 0, "nothing was compared");
}

impl Pack {
    fn judge(&mut self, path: &str, fact: &str, got: &Json, wanted: &Json) {
        let is_listed = EXCEPTIONS.iter().any(|(p, f, _)| *p == path && *f == fact);
        match (got == wanted, is_listed) {
            (true, _) => self.passed += 1,
            (false, true) => {
                self.listed.insert((path.to_owned(), fact.to_owned()));
            }
            (false, false) => {
                self.failed.push(format!("{path}: {fact}: got {got}, expected {wanted}"));
            }
        }
    }
}

#[test]
fn exports_are_read_as_others_read_them() {
    compare("wxr", |path, facts| {
        let mut found = parts(path);
        if facts.contains_key("n_items") {
            found.extend(entries(path, facts));
        }
        found
    });
}

#[test]
fn answers_of_the_interface_are_read_as_others_read_them() {
    compare("wp_rest", |path, facts| answers(&read(path, Format::WordpressRest), facts));
}

fn read(path: &Path, format: Format) -> Reading {
    Reader::new().read_inputs([Input::path(path).with_format(format)]).unwrap()
}

fn json(value: impl serde::Serialize) -> Json {
    Json::of(&value).unwrap()
}

fn count<K: Ord>(items: impl IntoIterator<Item = K>) -> BTreeMap<K, usize> {
    let mut counts = BTreeMap::new();
    items.into_iter().for_each(|item| *counts.entry(item).or_default() += 1);
    counts
}

/// How many of the values stand more than once.
fn repeated(values: &BTreeMap<&str, usize>) -> Vec<String> {
    let again = values.iter().filter(|(value, count)| **count > 1 && !value.is_empty());
    again.map(|(value, _)| (*value).to_owned()).collect()
}

/// A word for what is not there.
fn or_none(text: &str) -> &str {
    if text.is_empty() { "(none)" } else { text }
}

/// What the parts of an export say.
fn parts(path: &Path) -> Found {
    let mut export = Export::new(BufReader::new(File::open(path).unwrap()));
    let (mut authors, mut terms, mut items) = (Vec::new(), Vec::new(), Vec::new());
    for part in export.by_ref() {
        match part {
            Part::Author(author) => authors.push(author.login().to_owned()),
            Part::Term(term) => terms.push(term),
            Part::Item(item) => items.push(*item),
            _ => {}
        }
    }
    let mut found = Found::from([("authors".to_owned(), json(authors))]);
    found.extend(of_channel(export.channel()));
    found.extend(of_terms(&terms));
    found.extend(of_items(&items));
    found.extend(of_comments(&items));
    found
}

fn of_channel(channel: &Channel) -> Found {
    let names = [
        ("channel_title", "title"),
        ("channel_link", "link"),
        ("language", "language"),
        ("wxr_version", "wxr_version"),
        ("base_site_url", "base_site_url"),
        ("base_blog_url", "base_blog_url"),
        ("generator", "generator"),
    ];
    let text = |name: &str| channel.text(name).filter(|text| !text.is_empty());
    names.into_iter().map(|(fact, name)| (fact.to_owned(), json(text(name)))).collect()
}

fn of_terms(terms: &[Term]) -> Found {
    let of = |element: &'static str| terms.iter().filter(move |term| term.element() == element);
    let slugs: Vec<_> = of("category").map(Term::slug).collect();
    Found::from([
        ("n_wp_category".to_owned(), json(slugs.len())),
        (
            "n_wp_category_with_parent".to_owned(),
            json(of("category").filter(|term| !term.parent().is_empty()).count()),
        ),
        ("n_wp_tag".to_owned(), json(of("tag").count())),
        ("n_wp_term".to_owned(), json(of("term").count())),
        ("wp_term_taxonomies".to_owned(), json(count(of("term").map(Term::taxonomy)))),
        ("category_nicenames".to_owned(), json(slugs)),
    ])
}

fn of_items(items: &[Item]) -> Found {
    fn text<'a>(item: &'a Item, name: &str) -> &'a str {
        item.text(name).unwrap_or_default().trim()
    }
    let sort = |item: &Item| or_none(text(item, "post_type")).to_owned();
    let status = |item: &Item| or_none(text(item, "status")).to_owned();
    let number = |is: &dyn Fn(&Item) -> bool| json(items.iter().filter(|item| is(item)).count());
    let all = |name: &str| count(items.iter().map(|item| text(item, name)).collect::<Vec<_>>());
    let creator = |item: &Item| {
        let login = text(item, "creator");
        if login.is_empty() { "null".to_owned() } else { login.to_owned() }
    };
    let creators = count(items.iter().map(creator));
    let terms: Vec<_> = items.iter().flat_map(Item::terms).collect();
    let categories = terms.iter().filter(|term| term.domain() == Some("category"));
    let categories: BTreeSet<_> = categories.map(|term| term.slug()).collect();
    let padded = ["post_id", "post_type", "status", "creator", "post_name", "post_date"];
    let is_padded = |item: &Item| {
        padded.iter().any(|name| item.text(name).is_some_and(|text| text.trim() != text))
    };
    let content = |item: &Item| text(item, "content").chars().count();
    let year = |item: &Item| text(item, "post_date").chars().take(4).collect::<String>();
    let parent = |item: &Item| !matches!(text(item, "post_parent"), "" | "0");
    [
        ("n_items", json(items.len())),
        ("by_post_type", json(count(items.iter().map(sort)))),
        ("by_status", json(count(items.iter().map(status)))),
        (
            "by_type_and_status",
            json(count(items.iter().map(|item| format!("{}/{}", sort(item), status(item))))),
        ),
        ("n_distinct_creators", json(creators.len())),
        ("items_by_creator", json(creators)),
        (
            "item_category_elements_by_domain",
            json(count(terms.iter().map(|term| or_none(term.domain().unwrap_or_default())))),
        ),
        ("postmeta_total", json(items.iter().map(|item| item.meta().len()).sum::<usize>())),
        ("distinct_categories_used_on_items", json(categories.len())),
        ("items_with_parent", number(&parent)),
        ("sticky", number(&|item| text(item, "is_sticky") == "1")),
        ("password_protected", number(&Item::is_protected)),
        ("attachments_with_url", number(&|item| !text(item, "attachment_url").is_empty())),
        ("items_empty_content", number(&|item| text(item, "content").is_empty())),
        ("items_empty_title", number(&|item| text(item, "title").is_empty())),
        ("items_zero_gmt_date", number(&|item| text(item, "post_date_gmt").starts_with("0000"))),
        ("duplicate_post_ids", json(repeated(&all("post_id")))),
        ("duplicate_guids", json(all("guid").values().filter(|count| **count > 1).count())),
        ("duplicate_slugs", json(repeated(&all("post_name")).len())),
        ("items_with_whitespace_padded_fields", number(&is_padded)),
        ("content_chars_total", json(items.iter().map(content).sum::<usize>())),
        ("items_by_year", json(count(items.iter().map(year)))),
    ]
    .into_iter()
    .map(|(fact, value)| (fact.to_owned(), value))
    .collect()
}

fn of_comments(items: &[Item]) -> Found {
    let comments: Vec<_> = items.iter().flat_map(Item::comments).collect();
    let text = |comment: &&Comment, name: &str| comment.text(name).unwrap_or_default().to_owned();
    let sort = |comment: &&Comment| match &*text(comment, "comment_type") {
        "" => "comment".to_owned(),
        sort => sort.to_owned(),
    };
    let approved = |comment: &&Comment| or_none(&text(comment, "comment_approved")).to_owned();
    let answers = |comment: &&&Comment| !matches!(&*text(comment, "comment_parent"), "" | "0");
    let all = comments.iter();
    Found::from([
        ("comments_total".to_owned(), json(comments.len())),
        ("comments_by_approved".to_owned(), json(count(all.clone().map(approved)))),
        ("comments_by_type".to_owned(), json(count(all.clone().map(sort)))),
        ("comments_threaded".to_owned(), json(all.clone().filter(answers).count())),
        ("commentmeta".to_owned(), json(all.map(|comment| comment.meta_count()).sum::<usize>())),
    ])
}

fn number(facts: &Map, pointer: &str) -> usize {
    let json = Json::Object(facts.clone());
    json.pointer(pointer).map_or(0, |number| number.to_string().parse().unwrap())
}

/// What the entries and the report of a reader say, each with what follows from the facts.
fn entries(path: &Path, facts: &Map) -> Found {
    let reading = read(path, Format::Wxr);
    let articles: Vec<Article> =
        reading.entries.iter().filter_map(|entry| Article::try_from(entry.clone()).ok()).collect();
    let carried = ["post", "page", "(none)"];
    let by_type = facts["by_post_type"].as_object().unwrap();
    let of_types: usize =
        carried.iter().map(|sort| number(facts, &format!("/by_post_type/{sort}"))).sum();
    let mut found = Found::new();
    let mut check = |name: &str, got: Json, wanted: Json| {
        found.insert(format!("entries: {name}"), Json::Array(vec![got, wanted]));
    };
    check("articles", json(articles.len()), json(of_types));
    let status = |article: &Article| {
        let is_protected = article.extra.contains_key("password_protected");
        match article.status.as_ref().map(ToString::to_string) {
            Some(status) if status == "private" && is_protected => "published".to_owned(),
            Some(status) => status,
            None => "(none)".to_owned(),
        }
    };
    let mut wanted: BTreeMap<String, usize> = BTreeMap::new();
    for (both, n) in facts["by_type_and_status"].as_object().unwrap() {
        let (sort, status) = both.split_once('/').unwrap();
        if carried.contains(&sort) {
            let named = match status {
                "publish" => "published",
                "future" => "scheduled",
                "trash" => "trashed",
                other => other,
            };
            *wanted.entry(named.to_owned()).or_default() += n.to_string().parse::<usize>().unwrap();
        }
    }
    check("statuses", json(count(articles.iter().map(status))), json(wanted));
    for (sort, n) in by_type.iter().filter(|(sort, _)| !carried.contains(&sort.as_str())) {
        let images: BTreeSet<_> = articles
            .iter()
            .filter_map(|article| article.extra.get("image")?.pointer("/url"))
            .map(ToString::to_string)
            .collect();
        let left = reading.report.not_carried.get(&format!("wxr: {sort}")).copied().unwrap_or(0);
        let left = if sort == "attachment" { left + images.len() } else { left };
        check(&format!("not carried: {sort}"), json(left), n.clone());
    }
    let of_kind = |kind: Kind| reading.entries.iter().filter(|entry| entry.kind() == kind).count();
    let distinct = |fact: &str| {
        let Some(Json::Array(all)) = facts.get(fact) else { return 0 };
        all.iter().map(|slug| slug.to_string().to_lowercase()).collect::<BTreeSet<_>>().len()
    };
    // Categories and authors that only items name come on top.
    check(
        "categories",
        json(of_kind(Kind::Category) >= distinct("category_nicenames")),
        json(true),
    );
    check("authors", json(of_kind(Kind::Author) >= distinct("authors")), json(true));
    found
}

/// What the entries of the REST interface say.
fn answers(reading: &Reading, facts: &Map) -> Found {
    let mut articles: Vec<Article> =
        reading.entries.iter().filter_map(|entry| Article::try_from(entry.clone()).ok()).collect();
    let id = |article: &Article| article.extra.get("post_id").cloned().unwrap_or_default();
    articles.sort_by_key(|article| id(article).to_string());
    let extra = |article: &Article, name: &str| {
        article.extra.get(name).and_then(Json::as_str).map(str::to_owned)
    };
    if articles.is_empty() {
        let authors = reading.entries.iter().filter(|entry| entry.kind() == Kind::Author).count();
        return Found::from([("items".to_owned(), json(authors))]);
    }
    let sorts = articles.iter().map(|a| extra(a, "post_type").unwrap_or_else(|| "post".to_owned()));
    let mut found = Found::from([
        ("items".to_owned(), json(articles.len())),
        ("types".to_owned(), json(count(sorts))),
        ("ids".to_owned(), json(articles.iter().map(id).collect::<Vec<_>>())),
    ]);
    // The order of posts that have no number is that of their titles in the library.
    let title = |a: &Article| extra(a, "title_html").unwrap_or_else(|| a.title.to_string());
    let sorted = |titles: Vec<String>| json(titles.into_iter().collect::<BTreeSet<_>>());
    let stated = |fact: &str| match facts.get(fact) {
        Some(Json::Array(all)) => all.iter().filter_map(Json::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    let titles = [sorted(articles.iter().map(title).collect()), sorted(stated("titles"))];
    found.insert("entries: titles".to_owned(), Json::Array(titles.to_vec()));
    let dates: BTreeSet<String> = articles
        .iter()
        .filter_map(|article| Some(article.published.as_ref()?.edtf().get(..19)?.to_owned()))
        .collect();
    let ends = [dates.first().cloned(), dates.last().cloned()];
    if !stated("date_min_max").is_empty() {
        found.insert("date_min_max".to_owned(), json(ends));
    }
    let has_author = articles
        .iter()
        .any(|article| !article.authors.is_empty() || article.extra.contains_key("author_id"));
    let wanted = matches!(facts.get("authors"), Some(Json::Array(all)) if !all.is_empty());
    found.insert("entries: authors".to_owned(), json([has_author, wanted]));
    found
}

#[test]
fn every_entry_has_a_sound_json_form() {
    let Some((data, all)) = facts("wxr") else { return };
    for path in all.keys() {
        for entry in read(&data.join(path), Format::Wxr).entries {
            let json = entry.to_json().unwrap();
            assert_eq!(Entry::from_json(&json), Ok(entry), "{path}");
        }
    }
}
