//! Texts that are still to be read, and what comes of it.

use std::collections::BTreeMap;

use super::Draft;
use crate::place::Place;

/// A text that a draft still lacks: reading it takes long, and is done beside the reading of others.
#[derive(Clone, Debug)]
pub(crate) struct Unread {
    /// The field that it becomes.
    pub(crate) field: &'static str,
    /// As the source holds it.
    pub(crate) text: String,
    pub(crate) at: Place,
    pub(crate) read: fn(&str) -> Body,
}

/// A text that was read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Body {
    /// HTML that is not sanitised yet.
    pub(crate) html: String,
    /// The words that stand for it, where it marks some.
    pub(crate) teaser: Option<String>,
    /// What was left out, by name.
    pub(crate) lost: BTreeMap<String, usize>,
}

impl Unread {
    /// Gives the draft its text, and a summary if it has none; gives back what was left out.
    pub(crate) fn fill(self, draft: &mut Draft) -> BTreeMap<String, usize> {
        let Body { html, teaser, lost } = (self.read)(&self.text);
        draft.set_prose(self.field, self.at, html, "html");
        if let Some(teaser) = teaser.filter(|_| draft.get("summary").is_none()) {
            draft.set_text("summary", draft.root.at, teaser);
        }
        lost
    }
}
