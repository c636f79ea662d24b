//! Markdown and HTML with front matter: one file, one entry.

use rochdale::date::Date;
use rochdale::field::{Field, FieldType, Structure, nearest};
use rochdale::issue::{Issue, Severity};
use rochdale::model::{Kind, slug};

use super::keys::Keys;
use super::matter::{self, Syntax};
use super::text::{body, heading};
use crate::codes::{NO_ID, NOT_AN_ENTRY, TITLE_MADE, UNKNOWN_KIND};
use crate::draft::{Draft, coerce};
use crate::format::Format;
use crate::place::Place;
use crate::profile::{DateSource, normal};
use crate::session::File;
use crate::tree::{Member, Members, Name, Node, Value, issue};

/// The entry of a file, if it can be told.
pub(crate) fn draft(file: &File, issues: &mut Vec<Issue>) -> Option<Draft> {
    match entry(file, issues) {
        Ok(draft) => draft,
        Err(issue) => {
            issues.push(*issue);
            None
        }
    }
}

fn entry(file: &File, issues: &mut Vec<Issue>) -> Result<Option<Draft>, Box<Issue>> {
    let matter = matter::split(file.places.text())?;
    let parsed = matter.parse(&file.places, file.limits.values);
    let failed = parsed.issues.iter().any(|issue| issue.severity == Severity::Error);
    issues.extend(parsed.issues);
    if failed {
        return Ok(None);
    }
    let mut members = members(parsed.roots.into_iter().next())?;
    let kind = kind(&mut members, file)?;
    let mut keys = Keys::new(kind, file.profile, members, matter.syntax == Some(Syntax::Lines));
    let Identity { id, dated, at } = id(&mut keys, file)?;
    let structure = kind.info().structure;
    let mut fields = keys.fields(structure);
    let body = body(&file.places.text()[matter.body..]);
    let below = file.places.at(matter.body);
    title(&mut fields, &body, file, structure, issues);
    date(&mut fields, file, structure);
    status(&mut fields, &mut keys, file, structure);
    summary(&mut fields, &body, below, file, structure);
    let markup = if file.format == Format::Html { "html" } else { "markdown" };
    let rest = place_body(&mut fields, body, markup, below, structure);
    coerce::members(&mut fields, structure, issues);
    let mut extra = keys.into_extra();
    extra.extend(rest);
    if !extra.is_empty() {
        fields.insert("extra".into(), member(Place::TOP, Value::Map(extra)));
    }
    let mut draft = Draft::new(kind, &file.path, file.format, at);
    draft.root = Node { at: Place::TOP, value: Value::Map(fields) };
    (draft.id, draft.dated) = (id, dated);
    Ok(Some(draft))
}

fn member(at: Place, value: Value) -> Member {
    Member { at, node: Node { at, value } }
}

fn text_member(at: Place, text: impl Into<String>) -> Member {
    Member { at, node: Node::text(at, text) }
}

fn members(root: Option<Node>) -> Result<Members, Box<Issue>> {
    match root {
        Some(Node { value: Value::Map(members), .. }) => Ok(members),
        Some(node) if !node.is_null() => {
            Err(issue(&NOT_AN_ENTRY, node.at, "expected front matter of keys and values").into())
        }
        _ => Ok(Members::new()),
    }
}

/// The kind that a key, a folder or the profile says.
fn kind(members: &mut Members, file: &File) -> Result<Kind, Box<Issue>> {
    if let Some(member) = members.remove("kind") {
        return named_kind(&member);
    }
    let of_folder = || file.folders().find_map(|folder| file.profile.kind_of_folder(folder));
    of_folder().or_else(|| file.profile.kind_otherwise()).ok_or_else(|| {
        let message = "expected a key `kind`, or a folder named after a kind";
        issue(&UNKNOWN_KIND, Place::TOP, message).into()
    })
}

/// The kind that a member names.
pub(super) fn named_kind(member: &Member) -> Result<Kind, Box<Issue>> {
    let text = member.node.as_text().unwrap_or_default();
    Kind::from_name(&normal(text)).ok_or_else(|| {
        let near = nearest(text, Kind::ALL.iter().map(|kind| kind.name()));
        let cure = near.map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default();
        let shown: String = text.chars().take(60).collect();
        issue(&UNKNOWN_KIND, member.node.at, format!("unknown kind `{shown}`{cure}")).into()
    })
}

/// An id, the same with the date before it, and where it stands.
struct Identity {
    id: String,
    dated: Option<String>,
    at: Place,
}

/// The id that a key states, or else the name of the file.
fn id(keys: &mut Keys, file: &File) -> Result<Identity, Box<Issue>> {
    let refuse = |at, text: &str| {
        let shown: String = text.chars().take(60).collect();
        let message = format!("expected letters or digits to make an id of, got `{shown}`");
        Box::new(issue(&NO_ID, at, message))
    };
    if let Some((key, member)) = keys.take("id") {
        let at = member.node.at;
        let text = member.node.as_text().unwrap_or_default().to_owned();
        let id = slug(&text).ok_or_else(|| refuse(at, &text))?;
        if id != text {
            keys.keep(key, member);
        }
        return Ok(Identity { id, dated: None, at });
    }
    let name = own_name(file.judged());
    let bare = dated(name).map_or(name, |(_, rest)| rest);
    let id = slug(bare).ok_or_else(|| refuse(Place::TOP, name))?;
    let dated = slug(name).filter(|dated| *dated != id);
    Ok(Identity { id, dated, at: Place::TOP })
}

/// The name of a file without its extension; for `index.md` that of its folder.
pub(super) fn own_name(path: &str) -> &str {
    let mut steps = path.rsplit('/');
    let file = steps.next().unwrap_or(path);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    if stem == "index" { steps.next().unwrap_or(stem) } else { stem }
}

/// The date before a name, and the rest: `2014-03-12-title`.
fn dated(name: &str) -> Option<(Date, &str)> {
    let (date, rest) = name.split_at_checked(10)?;
    let rest = rest.strip_prefix(['-', '_'])?;
    let day = date.bytes().filter(u8::is_ascii_digit).count() == 8;
    Some((Date::parse(date).ok().filter(|_| day && !rest.is_empty())?, rest))
}

/// Gives an entry without a title the first heading, or else the name of the file.
fn title(
    fields: &mut Members,
    body: &str,
    file: &File,
    structure: &Structure,
    issues: &mut Vec<Issue>,
) {
    let field = structure.fields[1].name;
    let stated = |member: &Member| {
        !member.node.is_null() && member.node.as_text().is_none_or(|text| !text.trim().is_empty())
    };
    if fields.get(field).is_some_and(stated) {
        return;
    }
    let heading = heading(body).filter(|_| file.format == Format::Markdown);
    let name = own_name(file.judged());
    let (title, origin) = heading.map_or_else(
        || (dated(name).map_or(name, |(_, rest)| rest).to_owned(), "the name of the file"),
        |heading| (heading, "the first heading"),
    );
    let message = format!("no `{field}` is stated: took `{title}`, {origin}");
    issues.push(issue(&TITLE_MADE, Place::TOP, message));
    fields.insert(field.into(), text_member(Place::TOP, title));
}

/// Gives an entry without a date that of its file's name or of its address.
fn date(fields: &mut Members, file: &File, structure: &Structure) {
    let Some(field) = structure.fields.iter().find(|field| field.order) else { return };
    if fields.contains_key(field.name) {
        return;
    }
    let address =
        fields.get("url").and_then(|member| member.node.as_text()).and_then(dated_address);
    let sources = file.profile.dates.iter().flatten();
    let date = sources.into_iter().find_map(|source| match source {
        DateSource::FileName => {
            let name = own_name(file.judged());
            dated(name).map(|(date, _)| date).or_else(|| whole_date(name))
        }
        DateSource::Address => address.clone(),
    });
    if let Some(date) = date {
        fields.insert(field.name.into(), text_member(Place::TOP, date.edtf()));
    }
}

fn whole_date(name: &str) -> Option<Date> {
    Date::parse(name).ok().filter(|_| name.len() == 10)
}

/// The date among the steps of an address, `blog/2014/03/12/title`.
fn dated_address(address: &str) -> Option<Date> {
    let path = match address.split_once("://") {
        Some((_, rest)) => rest.split_once('/')?.1,
        None => address,
    };
    let steps: Vec<_> = path.split('/').take(16).collect();
    let digits = |step: &&str| step.bytes().all(|byte| byte.is_ascii_digit());
    steps.windows(3).find_map(|window| {
        let [year, month, day] = window else { return None };
        let is_date = year.len() == 4 && [year, month, day].into_iter().all(digits);
        is_date.then(|| Date::parse(&format!("{year}-{month:0>2}-{day:0>2}")).ok())?
    })
}

/// Says whether the entry is a draft, where its keys or its folder do and its kind can say so.
fn status(fields: &mut Members, keys: &mut Keys, file: &File, structure: &Structure) {
    let knows = |field: &Field| match field.ty {
        FieldType::Choice(list) => list.values.iter().any(|(name, _)| *name == "draft"),
        _ => false,
    };
    let status = structure.fields.iter().find(|field| field.name == "status");
    if !status.is_some_and(knows) || fields.contains_key("status") {
        return;
    }
    let in_drafts =
        file.folders().any(|folder| file.profile.drafts.iter().any(|name| name == folder));
    let said = keys.take_draft();
    let at = said.map_or(Place::TOP, |(_, at)| at);
    let draft = in_drafts || said.is_some_and(|(draft, _)| draft);
    if draft || said.is_some() {
        let status = if draft { "draft" } else { "published" };
        fields.insert("status".into(), text_member(at, status));
    }
}

/// Takes the summary from before the mark in the body, where the profile has one.
fn summary(fields: &mut Members, body: &str, at: Place, file: &File, structure: &Structure) {
    let Some(mark) = &file.profile.summary_until else { return };
    if let Some((before, _)) = body.split_once(mark.as_str())
        && has(structure, "summary")
        && !before.trim().is_empty()
    {
        fields.entry("summary".into()).or_insert_with(|| text_member(at, before.trim()));
    }
}

/// Puts the text of the file where its kind has room for it; gives back what is left for `extra`.
fn place_body(
    fields: &mut Members,
    body: String,
    markup: &str,
    at: Place,
    structure: &Structure,
) -> Option<(Name, Member)> {
    if body.is_empty() {
        return None;
    }
    let room =
        ["body", "description", "bio", "summary"].into_iter().find(|name| has(structure, name));
    let text = text_member(at, body);
    let Some(room) = room.filter(|room| *room == "description" || !fields.contains_key(*room))
    else {
        return Some(("body".into(), text));
    };
    let text = if matches!(room, "body" | "description") {
        let parts = [("text".into(), text), ("markup".into(), text_member(at, markup))];
        member(at, Value::Map(parts.into_iter().collect()))
    } else {
        text
    };
    // A key `description` above a text is a few words about it.
    let words = fields.insert(room.into(), text)?;
    if fields.contains_key("summary") {
        return Some((room.into(), words));
    }
    fields.insert("summary".into(), words);
    None
}

fn has(structure: &Structure, name: &str) -> bool {
    structure.fields.iter().any(|field| field.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_have_dates() {
        for (path, name) in [
            ("posts/2014-03-12-hello.md", "2014-03-12-hello"),
            ("posts/2014-03-12-hello/index.md", "2014-03-12-hello"),
            ("index.md", "index"),
            ("rust-1.88.0.md", "rust-1.88.0"),
        ] {
            assert_eq!(own_name(path), name);
        }
        assert_eq!(dated("2014-03-12-hello").unwrap().1, "hello");
        assert!(dated("2014-02-30-hello").is_none() && dated("2014-03-12").is_none());
        for address in ["2014/3/12/x", "/2014/03/12/", "https://a.example/blog/2014/03/12/x"] {
            assert_eq!(dated_address(address).unwrap().edtf(), "2014-03-12", "{address}");
        }
        assert!(
            dated_address("https://a.example").is_none() && dated_address("2014/x/12").is_none()
        );
    }
}
