//! Answers of the Search API of GOV.UK: what they say of each document, which is less than it says
//! itself.

use rochdale::model::Kind;

use super::class::Class;
use super::document::organisation;
use super::html::whole;
use super::moment::moment;
use super::object::Object;
use crate::codes::{DATE_ASSUMED, MISSING_FIELD};
use crate::draft::Key;
use crate::foreign::{Sink, Source};
use crate::tree::{Node, issue};

/// Adds the documents of an answer; false where no more are wanted.
pub(super) fn read(mut answer: Object, source: &Source, sink: &mut Sink<'_>) -> bool {
    for result in answer.objects("results", sink) {
        if !document(result, source, sink) {
            return false;
        }
    }
    answer.finish(sink);
    true
}

fn document(mut result: Object, source: &Source, sink: &mut Sink<'_>) -> bool {
    let kind = result.text("content_store_document_type", sink).or(result.text("format", sink));
    let kind = kind.as_ref().and_then(Node::as_text).unwrap_or_default().to_owned();
    let Some(class) = Class::of("", &kind) else {
        sink.not_carried("gov-uk: results that announce nothing");
        return true;
    };
    let Some(title) = result.text("title", sink) else {
        sink.issue(issue(&MISSING_FIELD, result.at, "expected a `title`; the result is skipped"));
        sink.not_carried("gov-uk: documents without a title");
        return true;
    };
    let mut draft = source.draft(Kind::PolicyAnnouncement, result.at);
    if let Some(link) = result.text("link", sink) {
        let address = whole(link.as_text().unwrap_or_default());
        draft.known_by(Key::permalink(&address));
        draft.call(address.rsplit('/').next().unwrap_or_default());
        draft.set("url", Node::text(link.at, address));
    }
    draft.set("title", title);
    draft.set_text("policy_type", result.at, class.policy_type);
    if let Some(stage) = class.stage {
        draft.set_text("stage", result.at, stage);
    }
    if let Some(summary) = result.text("description", sink) {
        draft.set("summary", summary);
    }
    if let Some(date) = result.text("public_timestamp", sink) {
        let message = "when it was first published is not stated; took its last change";
        sink.issue(issue(&DATE_ASSUMED, date.at, message));
        draft.set("announced", moment(&date));
    }
    for mut body in result.objects("organisations", sink) {
        let path = body.text("link", sink);
        if let Some(name) = body.text("title", sink) {
            draft.push("issued_by", organisation(name, path));
        }
    }
    if let Some(id) = result.text("content_id", sink) {
        draft.keep("content_id", id);
    }
    draft.keep("document_type", Node::text(result.at, kind));
    result.finish(sink);
    sink.draft(draft)
}
