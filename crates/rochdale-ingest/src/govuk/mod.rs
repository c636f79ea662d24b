//! Documents as the Content API of GOV.UK gives them: one a file, a list of them, or one a line.
//!
//! | member | field of a policy announcement |
//! |---|---|
//! | `title`, `description` | `title`, `summary` |
//! | `base_path` | `url`; the id is made of its last step |
//! | `document_type`, `schema_name` | `policy_type`, and `extra.document_type` as it stands |
//! | `details.attachments[].command_paper_number` | `command_paper`; a policy paper that has one and calls itself a white paper is a `white_paper` |
//! | `first_published_at`, `details.first_public_at`, `details.public_timestamp` of a first version | `announced`; failing these, with a note, the first of `details.change_history` or `public_updated_at` |
//! | `details.delivered_on` | `announced` of a speech; midnight in London or in UTC is a day |
//! | `links.lead_organisations`, `organisations`, `primary_publishing_organisation`, `worldwide_organisations` | `issued_by`, departments with their `GB-GOVUK` id |
//! | `links.speaker`, `people`, `ministers`, `details.speaker_without_profile` | `announced_by`, honorifics apart; `extra.people` has titles whose letters after the name were left out |
//! | `links.role_appointments`, also those of people; `links.roles` | the `role` on that day; roles of which it is not said whose they are `extra.roles` |
//! | `withdrawn_notice`, unless it is empty | the stage `withdrawn`, `extra.withdrawn_at`, `extra.withdrawn_because` |
//! | the state of a consultation or a call for evidence | `stage` |
//! | `details.opening_date`, `closing_date`, `location`, `speech_type_explanation` | `extra`; the opening of a consultation to come `expected` |
//! | `details.display_date` of statistics to come | `expected` |
//! | `details.body`, `public_feedback_detail`, `final_outcome_detail`, `outcome_detail` | `body`, sanitised, its addresses with their host |
//! | `details.attachments`, the lists of documents in HTML, `details.held_on_another_website_url` | `links` |
//! | `links.parent`, `children`, `documents`, `document_collections` | `links`; an HTML publication has the type of its parent |
//! | `links.taxons`, `policies`, `policy_areas`, `topics`, `topical_events` | `tags` |
//! | `links.government`, `details.government` | `government` |
//! | `details.change_history`, `public_updated_at`, `content_id`, `locale` | `extra` |
//!
//! Not carried, but counted by name: every other member that has a value, and documents that announce
//! nothing, such as pages about people, organisations, ministerial roles, governments and topical
//! events, guides, redirects, and pages that are gone. Of a document that is linked to, only what the
//! table names is read; the rest stands in the document itself.
//!
//! Answers of the Search API are read as well, see `search`.

mod class;
mod document;
mod html;
mod moment;
mod object;
mod papers;
mod people;
mod search;

use self::object::Object;
use crate::codes::NOT_AN_ENTRY;
use crate::foreign::{Sink, Source};
use crate::place::Places;
use crate::tree::{self, Node, Parsed, Value, issue};

/// Reads a file of documents.
pub(crate) fn read(source: &mut Source, sink: &mut Sink<'_>) {
    let Some(text) = source.text(sink) else { return };
    let places = Places::new(&text);
    let parsed = parsed(&places, source.limits.values);
    for issue in parsed.issues {
        sink.issue(issue);
    }
    for root in parsed.roots {
        if !documents(root, source, sink) {
            break;
        }
    }
}

/// One value, or one a line where the first line is a whole value and others follow.
fn parsed(places: &Places, limit: usize) -> Parsed {
    let text = places.text();
    let first = text.len() - text.trim_start().len();
    let end = text[first..].find('\n').map_or(text.len(), |end| first + end);
    let is_one_a_line = text[first..end].trim_end().ends_with('}')
        && !text[end..].trim().is_empty()
        && !tree::json(places, first..end, limit).roots.is_empty();
    if is_one_a_line {
        tree::ndjson(places, 0..text.len(), limit)
    } else {
        tree::json(places, 0..text.len(), limit)
    }
}

/// Adds the documents of a value; false where no more are wanted.
fn documents(root: Node, source: &Source, sink: &mut Sink<'_>) -> bool {
    if let Value::List(items) = root.value {
        return items.into_iter().all(|item| one(item, source, sink));
    }
    one(root, source, sink)
}

fn one(node: Node, source: &Source, sink: &mut Sink<'_>) -> bool {
    if node.as_map().is_none() {
        let message = "expected a document of GOV.UK, which is a map of members";
        sink.issue(issue(&NOT_AN_ENTRY, node.at, message));
        return true;
    }
    match Object::of("", node, sink) {
        Some(object) if object.has("results") && !object.has("base_path") => {
            search::read(object, source, sink)
        }
        Some(object) => document::read(object, source, sink),
        None => true,
    }
}
