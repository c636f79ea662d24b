//! The papers and pages that belong to a document: attachments, and links to other documents.

use std::collections::BTreeSet;

use super::html::{links, whole};
use super::object::Object;
use crate::draft::Draft;
use crate::foreign::Sink;
use crate::place::Place;
use crate::tree::Node;

/// Lists of HTML in which older files describe their attachments.
const DESCRIBED: [&str; 4] =
    ["documents", "final_outcome_documents", "outcome_documents", "public_feedback_documents"];

/// Lists of documents that belong together.
const LINKED: [&str; 4] = ["parent", "children", "documents", "document_collections"];

/// What the attachments say of the document that they belong to.
#[derive(Default)]
pub(super) struct Papers {
    pub(super) is_command_paper: bool,
    numbers: Vec<Node>,
    seen: BTreeSet<String>,
}

impl Papers {
    /// Adds the attachments, and the numbers of command papers among them.
    pub(super) fn attachments(
        &mut self,
        details: &mut Object,
        draft: &mut Draft,
        sink: &mut Sink<'_>,
    ) {
        for mut attachment in details.objects("attachments", sink) {
            let url = attachment.text("url", sink);
            let title = attachment.text("title", sink).or(attachment.text("filename", sink));
            let unnumbered = attachment.any("unnumbered_command_paper");
            self.is_command_paper |= unnumbered.is_some_and(|flag| flag.as_bool() == Some(true));
            self.numbers.extend(attachment.text("command_paper_number", sink));
            match url {
                Some(url) => {
                    let address = whole(url.as_text().unwrap_or_default());
                    self.link(url.at, address, title, draft);
                }
                None => sink.not_carried("gov-uk: attachments without an address"),
            }
            attachment.finish(sink);
        }
        self.number(draft);
        for name in DESCRIBED {
            for node in details.list(name, sink) {
                for (address, title) in node.as_text().map(links).unwrap_or_default() {
                    self.link(node.at, address, Some(Node::text(node.at, title)), draft);
                }
            }
        }
        if let Some(url) = details.text("held_on_another_website_url", sink) {
            let address = url.as_text().unwrap_or_default().to_owned();
            self.link(url.at, address, None, draft);
        }
    }

    /// Sets the number of the command paper; those of others are kept.
    fn number(&mut self, draft: &mut Draft) {
        self.is_command_paper |= !self.numbers.is_empty();
        let mut numbers = std::mem::take(&mut self.numbers).into_iter();
        let Some(first) = numbers.next() else { return };
        let (at, others) = (first.at, numbers.collect::<Vec<_>>());
        draft.set("command_paper", first);
        if !others.is_empty() {
            draft.keep("other_command_papers", Node::list(at, others));
        }
    }

    /// Adds the documents that this one belongs to or that belong to it.
    pub(super) fn documents(
        &mut self,
        linked: &mut Object,
        draft: &mut Draft,
        sink: &mut Sink<'_>,
    ) {
        for name in LINKED {
            for mut document in linked.objects(name, sink) {
                let title = document.text("title", sink);
                if let Some(path) =
                    document.text("base_path", sink).or(document.text("web_url", sink))
                {
                    let address = whole(path.as_text().unwrap_or_default());
                    self.link(path.at, address, title, draft);
                }
            }
        }
    }

    /// Adds a link, once.
    fn link(&mut self, at: Place, address: String, title: Option<Node>, draft: &mut Draft) {
        if !self.seen.insert(address.clone()) {
            return;
        }
        let url = ("url", Node::text(at, address));
        draft.push(
            "links",
            Node::map(at, [url].into_iter().chain(title.map(|title| ("title", title)))),
        );
    }
}
