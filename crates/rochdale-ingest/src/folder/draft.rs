//! An entry on its way: its fields are known, its id and its references may still change.

use std::rc::Rc;

use rochdale::model::Kind;

use crate::place::Place;
use crate::tree::{Member, Members, Node, Value};

/// An entry on its way.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) kind: Kind,
    /// The file that it stands in.
    pub(crate) path: Rc<str>,
    /// A map of the model's fields.
    pub(crate) root: Node,
    pub(crate) id: String,
    /// The id with the date of the file's name, where the id was made without it.
    pub(crate) dated: Option<String>,
    /// Where the id stands, or else the entry.
    pub(crate) at: Place,
}

impl Draft {
    pub(crate) fn members(&self) -> Option<&Members> {
        self.root.as_map()
    }

    pub(crate) fn set(&mut self, name: &str, node: Node) {
        if let Value::Map(members) = &mut self.root.value {
            members.insert(name.to_owned(), Member { at: node.at, node });
        }
    }

    /// What people call the entry, where it says so.
    pub(crate) fn title(&self) -> Option<&str> {
        let title = self.kind.info().structure.fields[1].name;
        self.members()?.get(title)?.node.as_text()
    }
}
