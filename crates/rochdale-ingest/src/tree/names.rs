//! Names of members, of which those of the model are shared.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rochdale::field::{FieldType, Structure};
use rochdale::model::Kind;

use super::Name;

/// The names of all fields.
static KNOWN: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let mut known = BTreeSet::from(["text", "markup", "kind"]);
    let mut seen = BTreeSet::new();
    for kind in Kind::ALL {
        add(kind.info().structure, &mut seen, &mut known);
    }
    known
});

fn add(
    structure: &'static Structure,
    seen: &mut BTreeSet<&'static str>,
    known: &mut BTreeSet<&'static str>,
) {
    if !seen.insert(structure.name) {
        return;
    }
    for field in structure.fields {
        known.insert(field.name);
        if let FieldType::Structure(inside) = field.ty {
            add(inside, seen, known);
        }
    }
}

/// The name that a source writes.
pub(crate) fn name(text: String) -> Name {
    match KNOWN.get(text.as_str()) {
        Some(known) => Name::Borrowed(known),
        None => Name::Owned(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_fields_are_shared() {
        for text in ["title", "register_ids", "person", "markup"] {
            assert!(
                matches!(name(text.to_owned()), Name::Borrowed(known) if known == text),
                "{text}"
            );
        }
        assert!(matches!(name("colour".to_owned()), Name::Owned(_)));
    }
}
