//! One document of the Content API, as a policy announcement.

use std::collections::BTreeSet;

use rochdale::model::{Kind, slug};

use super::class::Class;
use super::html::{plain, whole, with_hosts};
use super::moment::{Taken, day_or_moment, earliest, moment};
use super::object::Object;
use super::papers::Papers;
use super::people::announcers;
use crate::codes::{DATE_ASSUMED, MISSING_FIELD, NOT_AN_ENTRY};
use crate::draft::{Draft, Key};
use crate::foreign::{Sink, Source};
use crate::tree::{Node, Value, issue};

/// The lists of bodies in a document, those that lead first.
const BODIES: [&str; 4] = [
    "lead_organisations",
    "organisations",
    "primary_publishing_organisation",
    "worldwide_organisations",
];

/// The lists of subjects in a document.
const SUBJECTS: [&str; 6] =
    ["taxons", "policies", "related_policies", "policy_areas", "topics", "topical_events"];

/// The further texts of a consultation and of a call for evidence.
const OUTCOMES: [&str; 3] = ["public_feedback_detail", "final_outcome_detail", "outcome_detail"];

/// Adds a document; false where no more are wanted.
pub(super) fn read(mut top: Object, source: &Source, sink: &mut Sink<'_>) -> bool {
    let schema = top.text("schema_name", sink);
    let kind = top.text("document_type", sink);
    let text =
        |node: &Option<Node>| node.as_ref().and_then(Node::as_text).unwrap_or_default().to_owned();
    // Where the type is not stated it is that of the schema.
    let (schema, kind) = (text(&schema), text(&kind.or(schema.clone())));
    let Some(class) = Class::of(&schema, &kind) else {
        pass_over(&top, &kind, sink);
        return true;
    };
    let Some(title) = top.text("title", sink) else {
        let message = format!("expected a `title` of the document of type `{kind}`; it is skipped");
        sink.issue(issue(&MISSING_FIELD, top.at, message));
        sink.not_carried("gov-uk: documents without a title");
        return true;
    };
    let draft = source.draft(Kind::PolicyAnnouncement, top.at);
    Document { draft, sink, kind }.fill(top, title, class)
}

/// Counts a document that announces nothing.
fn pass_over(top: &Object, kind: &str, sink: &mut Sink<'_>) {
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if !kind.is_empty() && kind.len() < 64 && kind.bytes().all(is_name) {
        sink.not_carried(&format!("gov-uk: documents of type {kind}"));
    } else if kind.is_empty() && top.has("links") && !top.has("title") {
        sink.not_carried("gov-uk: links without a document");
    } else {
        let message = "expected a document of GOV.UK, which has `schema_name` and `document_type`";
        sink.issue(issue(&NOT_AN_ENTRY, top.at, message));
        sink.not_carried("gov-uk: documents of no known type");
    }
}

struct Document<'a, 's> {
    draft: Draft,
    sink: &'a mut Sink<'s>,
    kind: String,
}

impl Document<'_, '_> {
    fn fill(mut self, mut top: Object, title: Node, class: Class) -> bool {
        let mut details =
            top.object("details", self.sink).unwrap_or_else(|| Object::none("details", top.at));
        let mut links =
            top.object("links", self.sink).unwrap_or_else(|| Object::none("links", top.at));
        self.address(&mut top);
        self.dates(&mut top, &mut details);
        self.withdrawal(&mut top, &class);
        self.people(&mut links, &mut details);
        self.subjects(&mut links, &mut details);
        self.body(&mut details);
        let mut papers = Papers::default();
        papers.attachments(&mut details, &mut self.draft, self.sink);
        let belongs_to = self.parent_type(&mut links);
        papers.documents(&mut links, &mut self.draft, self.sink);
        let words = title.as_text().unwrap_or_default();
        let policy_type = if class.is_white_paper(words, papers.is_command_paper) {
            "white_paper".to_owned()
        } else {
            belongs_to.unwrap_or(class.policy_type)
        };
        self.draft.set_text("policy_type", top.at, policy_type);
        self.draft.set("title", title);
        if let Some(summary) = top.text("description", self.sink) {
            self.draft.set("summary", summary);
        }
        self.government(&mut links, &mut details);
        self.keep_rest(&mut top, &mut details);
        for object in [details, links, top] {
            object.finish(self.sink);
        }
        self.sink.draft(self.draft)
    }

    /// The address, by which other sources know the document, and the id made of its last step.
    fn address(&mut self, top: &mut Object) {
        let Some(path) = top.text("base_path", self.sink) else { return };
        let address = whole(path.as_text().unwrap_or_default());
        self.draft.known_by(Key::permalink(&address));
        self.draft.call(address.rsplit('/').next().unwrap_or_default());
        self.draft.set("url", Node::text(path.at, address));
    }

    /// When it was announced: a speech when it was given, all else when it was first published.
    fn dates(&mut self, top: &mut Object, details: &mut Object) {
        let history = self.history(details);
        let first = top.text("first_published_at", self.sink);
        let public = details.text("first_public_at", self.sink);
        let given = details.text("delivered_on", self.sink);
        let version = details.text("public_timestamp", self.sink);
        let is_first =
            details.any("first_published_version").is_some_and(|flag| flag.as_bool() == Some(true));
        let changed = top.text("public_updated_at", self.sink);
        let exact = |node: Node| Taken { node: moment(&node), stands_in: None };
        let instead = |stands_in: &'static str| {
            move |node: Node| Taken { node: moment(&node), stands_in: Some(stands_in) }
        };
        let given_at =
            given.as_ref().map(|node| Taken { node: day_or_moment(node), stands_in: None });
        let published = first.or(public).map(exact);
        let published = published.or_else(|| version.filter(|_| is_first).map(exact));
        if let (Some(_), Some(Taken { node, .. })) = (&given_at, &published) {
            self.draft.keep("first_published_at", node.clone());
        }
        let taken = given_at
            .or(published)
            .or_else(|| history.map(instead("first change")))
            .or_else(|| changed.clone().map(instead("last change")));
        if let Some(changed) = changed {
            self.draft.keep("public_updated_at", moment(&changed));
        }
        let Some(taken) = taken else { return };
        if let Some(stands_in) = taken.stands_in {
            let message =
                format!("when it was first published is not stated; took its {stands_in}");
            self.sink.issue(issue(&DATE_ASSUMED, taken.at(), message));
        }
        self.draft.set("announced", taken.node);
    }

    /// Keeps the changes, and gives the moment of the first.
    fn history(&mut self, details: &mut Object) -> Option<Node> {
        let (mut moments, mut changes) = (Vec::new(), Vec::new());
        for mut change in details.objects("change_history", self.sink) {
            let at = change.at;
            let date = change.text("public_timestamp", self.sink);
            let note = change.text("note", self.sink);
            moments.extend(date.clone());
            let parts = [("date", date.map(|date| moment(&date))), ("note", note)];
            let parts = parts.into_iter().filter_map(|(name, node)| Some((name, node?)));
            changes.push(Node::map(at, parts.collect::<Vec<_>>()));
        }
        if let Some(first) = changes.first() {
            self.draft.keep("change_history", Node::list(first.at, changes));
        }
        earliest(moments.into_iter())
    }

    /// How far it has come. An empty notice says that the document was not withdrawn.
    fn withdrawal(&mut self, top: &mut Object, class: &Class) {
        let notice = top.object("withdrawn_notice", self.sink);
        let Some(mut notice) = notice.filter(|notice| !notice.is_empty()) else {
            if let Some(stage) = class.stage {
                self.draft.set_text("stage", top.at, stage);
            }
            return;
        };
        self.draft.set_text("stage", notice.at, "withdrawn");
        if let Some(date) = notice.text("withdrawn_at", self.sink) {
            self.draft.keep("withdrawn_at", moment(&date));
        }
        if let Some(node) = notice.text("explanation", self.sink) {
            let text = node.as_text().and_then(plain).unwrap_or_default();
            self.draft.keep("withdrawn_because", Node::text(node.at, text));
        }
    }

    fn people(&mut self, links: &mut Object, details: &mut Object) {
        self.bodies(links);
        let speaker = details.text("speaker_without_profile", self.sink);
        let announced = self.draft.get("announced").and_then(Node::as_text).map(str::to_owned);
        announcers(links, speaker, announced.as_deref(), &mut self.draft, self.sink);
    }

    /// The bodies that issued it, each once.
    fn bodies(&mut self, links: &mut Object) {
        let mut seen = BTreeSet::new();
        for list in BODIES {
            for mut body in links.objects(list, self.sink) {
                let Some(name) = body.text("title", self.sink) else { continue };
                let path = body.text("base_path", self.sink);
                if seen.insert(name.as_text().unwrap_or_default().to_owned()) {
                    self.draft.push("issued_by", organisation(name, path));
                }
            }
        }
    }

    /// What it is about: subjects that it links to, and policies that older files name.
    fn subjects(&mut self, links: &mut Object, details: &mut Object) {
        let mut seen = BTreeSet::new();
        let linked = SUBJECTS.iter().flat_map(|list| links.objects(list, self.sink));
        let linked: Vec<Object> = linked.collect();
        let mut names: Vec<Node> = Vec::new();
        for mut subject in linked {
            names.extend(subject.text("title", self.sink));
        }
        if let Some(mut tags) = details.object("tags", self.sink) {
            for policy in tags.list("policies", self.sink) {
                if is_name(&policy) {
                    names.push(policy);
                } else {
                    self.sink.not_carried("gov-uk: policies without their content");
                }
            }
            tags.finish(self.sink);
        }
        for name in names {
            let text = name.as_text().unwrap_or_default();
            if seen.insert(slug(text).unwrap_or_else(|| text.to_owned())) {
                self.draft.push("tags", name);
            }
        }
    }

    /// The text, and what came of a consultation below it.
    fn body(&mut self, details: &mut Object) {
        let Some(body) = details.any("body") else { return };
        let at = body.at;
        let (mut text, markup) = match body.value {
            Value::List(ref items) => variant(items),
            _ => (body.as_text().unwrap_or_default().to_owned(), "html"),
        };
        for name in OUTCOMES {
            if let (Some(node), "html") = (details.text(name, self.sink), markup) {
                text.push('\n');
                text.push_str(node.as_text().unwrap_or_default());
            }
        }
        let text = if markup == "html" { with_hosts(&text) } else { text };
        self.draft.set_prose("body", at, text, markup);
    }

    /// The type of the publication whose text an `html_publication` is.
    fn parent_type(&mut self, links: &mut Object) -> Option<String> {
        let kind =
            (self.kind == "html_publication").then(|| links.peek("parent", "document_type"))??;
        Class::of("publication", &kind).map(|class| class.policy_type)
    }

    /// The government of the day, or the one that older files name.
    fn government(&mut self, links: &mut Object, details: &mut Object) {
        let linked = links.objects("government", self.sink).into_iter().next();
        let stated = details.object("government", self.sink);
        let title = linked.and_then(|mut government| government.text("title", self.sink));
        if let Some(title) = title.or_else(|| stated?.text("title", self.sink)) {
            self.draft.set("government", title);
        }
    }

    /// What the model has no field for.
    fn keep_rest(&mut self, top: &mut Object, details: &mut Object) {
        for name in ["content_id", "locale"] {
            if let Some(node) = top.text(name, self.sink) {
                self.draft.keep(name, node);
            }
        }
        self.draft.keep("document_type", Node::text(top.at, &*self.kind));
        for name in ["opening_date", "closing_date"] {
            if let Some(node) = details.text(name, self.sink) {
                self.draft.keep(name, moment(&node));
            }
        }
        for name in ["location", "speech_type_explanation"] {
            if let Some(node) = details.text(name, self.sink) {
                self.draft.keep(name, node);
            }
        }
        self.expect(details);
    }

    /// When statistics are due, and when a consultation that is only announced opens.
    fn expect(&mut self, details: &mut Object) {
        let due = details.text("display_date", self.sink);
        let stage = self.draft.get("stage").and_then(Node::as_text);
        let opens = self.draft.get("extra").and_then(|extra| extra.find("/opening_date"));
        let opens = opens.map(|(node, _)| node.clone()).filter(|_| stage == Some("announced"));
        if let Some(date) = due.or(opens) {
            self.draft.set("expected", date);
        }
    }
}

/// Whether a policy is named rather than given by its id, which says nothing to a reader.
fn is_name(policy: &Node) -> bool {
    let is_id = |text: &str| {
        text.len() == 36 && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
    };
    policy.as_text().is_some_and(|text| !is_id(text))
}

/// An organisation; departments are in the register of GOV.UK by the last step of their address.
pub(super) fn organisation(name: Node, path: Option<Node>) -> Node {
    let mut parts = vec![("name", name)];
    if let Some(path) = path {
        let text = path.as_text().unwrap_or_default();
        let slug = text.strip_prefix("/government/organisations/");
        if let Some(slug) = slug.filter(|slug| !slug.is_empty() && !slug.contains(['/', ' '])) {
            parts.push(("register_id", Node::text(path.at, format!("GB-GOVUK-{slug}"))));
        }
        parts.push(("url", Node::text(path.at, whole(text))));
    }
    let at = parts[0].1.at;
    Node::map(at, parts)
}

/// The HTML of a text that stands in several markups, or else its Markdown.
fn variant(items: &[Node]) -> (String, &'static str) {
    let content = |wanted: &str| {
        items.iter().find_map(|item| {
            let members = item.as_map()?;
            let is = members.get("content_type")?.node.as_text()? == wanted;
            members.get("content").filter(|_| is)?.node.as_text().map(str::to_owned)
        })
    };
    match content("text/html") {
        Some(html) => (html, "html"),
        None => (content("text/govspeak").unwrap_or_default(), "markdown"),
    }
}
