//! The examples of GOV.UK's content schemas, found through `ROCHDALE_DATA`, against facts about them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::corpus::{NONE, Pack, data};
use crate::facts::texts;
use rochdale::json::Json;
use rochdale::model::PolicyAnnouncement;
use rochdale_ingest::{Format, Input, Reader, Reading};

#[test]
fn the_examples_of_govuk_give_what_is_known_of_them() {
    let Some(data) = data() else { return };
    let mut pack = Pack::new("govuk", NONE);
    let facts = data.json("facts/govuk.json");
    let files = facts.pointer("/files").unwrap().as_object().unwrap();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for (path, fact) in files {
        let reading = read(&data.path(path));
        let announcements = announcements(&reading);
        let kind = text(fact, "document_type");
        pack.fact(&format!("{path} errors"), errors(&reading), Vec::new());
        if announces(fact) {
            pack.fact(&format!("{path} entries"), announcements.len(), 1);
            let Some(announcement) = announcements.first() else { continue };
            document(&mut pack, path, fact, announcement);
            let source = std::fs::read_to_string(data.path(path)).unwrap();
            inside(&mut pack, path, &Json::parse(&source).unwrap(), announcement);
            *kinds.entry("announcements").or_default() += 1;
        } else {
            pack.fact(&format!("{path} entries"), announcements.len(), 0);
            let account = format!("gov-uk: documents of type {}", kind.clone().unwrap_or_default());
            let account =
                if kind.is_some() { &*account } else { "gov-uk: links without a document" };
            pack.fact(
                &format!("{path} account"),
                reading.report.not_carried.get(account),
                Some(&1),
            );
            *kinds.entry("documents that announce nothing").or_default() += 1;
        }
    }
    println!("govuk: {} files, {kinds:?}", files.len());
    pack.close(2800);
}

/// All files together are recognised by themselves, but for those that only hold links.
#[test]
fn the_examples_of_govuk_are_recognised() {
    let Some(data) = data() else { return };
    let mut pack = Pack::new("govuk, recognised", NONE);
    let facts = data.json("facts/govuk.json");
    let files = facts.pointer("/files").unwrap().as_object().unwrap();
    for (path, _) in files.iter().filter(|(_, fact)| text(fact, "document_type").is_some()) {
        let start = std::fs::read(data.path(path)).unwrap();
        let start = &start[..start.len().min(16 << 10)];
        pack.fact(path, Format::recognise(path, start), Some(Format::GovUk));
    }
    pack.close(320);
}

fn read(path: &Path) -> Reading {
    let input = Input::path(path).with_format(Format::GovUk);
    Reader::new().read_inputs([input]).unwrap()
}

fn announcements(reading: &Reading) -> Vec<PolicyAnnouncement> {
    let entries = reading.entries.iter().cloned();
    entries.filter_map(|entry| PolicyAnnouncement::try_from(entry).ok()).collect()
}

/// The issues that are more than notes.
fn errors(reading: &Reading) -> Vec<String> {
    let all = reading.report.issues.iter();
    all.filter(|issue| issue.code.name != "date-assumed").map(ToString::to_string).collect()
}

/// Whether the schema is one whose documents announce something.
fn announces(fact: &Json) -> bool {
    let schemas = [
        "news_article",
        "speech",
        "publication",
        "html_publication",
        "consultation",
        "call_for_evidence",
        "detailed_guide",
        "document_collection",
        "case_study",
        "fatality_notice",
        "statistical_data_set",
        "statistics_announcement",
        "working_group",
    ];
    text(fact, "schema_name").is_some_and(|schema| schemas.contains(&&*schema))
}

fn text(fact: &Json, name: &str) -> Option<String> {
    let value = fact.pointer(&format!("/{name}")).and_then(Json::as_str)?;
    Some(value.trim().to_owned()).filter(|text| !text.is_empty())
}

fn extra(announcement: &PolicyAnnouncement, name: &str) -> Option<String> {
    announcement.extra.get(name).and_then(Json::as_str).map(str::to_owned)
}

/// A moment without a fraction of zero, as the reader writes it.
fn moment(text: Option<String>) -> Option<String> {
    text.map(|text| text.replace(".000", ""))
}

/// The facts of one file that a field of the model holds.
fn document(pack: &mut Pack, path: &str, fact: &Json, got: &PolicyAnnouncement) {
    let title = Some(got.title.to_string());
    let summary = got.summary.as_ref().map(ToString::to_string);
    let address = text(fact, "base_path").map(|path| format!("https://www.gov.uk{path}"));
    let published = text(fact, "first_published_at");
    let mut check = |name: &str, got: Option<String>, wanted: Option<String>| {
        pack.fact(&format!("{path} {name}"), got, wanted);
    };
    check("title", title, text(fact, "title"));
    check("description", summary, text(fact, "description"));
    check("base_path", got.url.clone(), address);
    for name in ["document_type", "content_id", "locale"] {
        check(name, extra(got, name), text(fact, name));
    }
    check(
        "public_updated_at",
        extra(got, "public_updated_at"),
        moment(text(fact, "public_updated_at")),
    );
    if published.is_some() {
        let announced = got.announced.as_ref().map(|date| date.edtf().to_owned());
        let said = extra(got, "first_published_at").or(announced);
        check("first_published_at", said, moment(published));
    }
    let stage = got.stage.as_ref().is_some_and(|stage| stage.as_str() == "withdrawn");
    let notice = fact.pointer("/withdrawn_notice");
    pack.fact(&format!("{path} withdrawn"), stage, notice.is_some());
    let withdrawn = notice.and_then(|notice| text(notice, "withdrawn_at"));
    pack.fact(&format!("{path} withdrawn_at"), extra(got, "withdrawn_at"), moment(withdrawn));
    people(pack, path, fact, got);
    let body = got.body.is_some();
    let kind = text(fact, "body_kind").is_some_and(|kind| kind != "NoneType");
    let empty = fact.pointer("/body_chars").is_some_and(|chars| chars.to_string() == "0");
    pack.fact(&format!("{path} body"), body, kind && !empty);
    for policy in
        texts(fact, "/tags_in_details/policies").iter().filter(|policy| policy.len() != 36)
    {
        let slug = |tag: &String| rochdale::model::slug(tag);
        let found = got.tags.iter().any(|tag| slug(tag).as_ref() == Some(policy));
        pack.fact(&format!("{path} policy {policy}"), found, true);
    }
    let governments = fact.pointer("/links/government").is_some();
    if governments {
        pack.fact(&format!("{path} government"), got.government.is_some(), true);
    }
}

/// The organisations and the people of one file, each under the name that the fact gives.
fn people(pack: &mut Pack, path: &str, fact: &Json, got: &PolicyAnnouncement) {
    let bodies: BTreeSet<String> = got.issued_by.iter().map(|body| body.name.to_string()).collect();
    for name in texts(fact, "/organisations") {
        pack.fact(&format!("{path} {name}"), bodies.contains(&*name), true);
    }
    let named: BTreeSet<String> = texts(fact, "/people").into_iter().collect();
    let as_written = got.extra.get("people").and_then(Json::as_array).unwrap_or_default();
    let as_written = as_written.iter().filter_map(Json::as_str).map(str::to_owned);
    let whole = got.announced_by.iter().map(|announcer| {
        let person = &announcer.person;
        let honorific =
            person.honorific.as_ref().map(|before| format!("{before} ")).unwrap_or_default();
        format!("{honorific}{}", person.name)
    });
    let known: BTreeSet<String> = as_written.chain(whole).collect();
    for name in &named {
        pack.fact(&format!("{path} {name}"), known.contains(name), true);
    }
    let others = usize::from(got.announced_by.iter().any(|one| one.person.url.is_none()));
    pack.fact(&format!("{path} people"), got.announced_by.len() - others, named.len());
}

/// What the facts do not say, from the file itself: the words of the body, and its attachments.
fn inside(pack: &mut Pack, path: &str, source: &Json, got: &PolicyAnnouncement) {
    if let Some(body) = source.pointer("/details/body").and_then(Json::as_str) {
        let read = got.body.as_ref().map(|body| words(&body.text)).unwrap_or_default();
        pack.fact(&format!("{path} words"), read.starts_with(&words(body)), true);
    }
    let attachments = source.pointer("/details/attachments").and_then(Json::as_array);
    for attachment in attachments.unwrap_or_default() {
        let url = text(attachment, "url").unwrap();
        let found = got.links.iter().any(|link| link.url.ends_with(&url));
        pack.fact(&format!("{path} {url}"), found, true);
    }
    let government = source.pointer("/links/government/0/title").and_then(Json::as_str);
    if let Some(title) = government {
        let got = got.government.as_ref().map(ToString::to_string);
        pack.fact(&format!("{path} government's title"), got.as_deref(), Some(title));
    }
}

/// The letters and digits between the tags.
fn words(html: &str) -> String {
    let mut inside = false;
    let text: String = html
        .chars()
        .filter(|letter| {
            inside = (inside || *letter == '<') && *letter != '>';
            !inside && *letter != '>'
        })
        .collect();
    let text =
        text.replace("&amp;", "&").replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">");
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}
