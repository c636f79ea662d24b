//! A field is declared once: one more line in a struct reaches the schema, queries, facets and every language.

use std::fmt::Write;

use rochdale::field::{Fields, Kind, Structured};
use rochdale::model::{Id, Prose};
use rochdale::query::{Collection, Facet, Query, Total, field, find};
use rochdale_derive::model;
use xtask::generate;

/// A kind before the line was added.
mod before {
    use super::*;

    /// A printed sheet.
    #[model]
    pub(crate) struct Pamphlet {
        /// The id, unique among pamphlets.
        pub(crate) id: Id<Pamphlet>,
        /// The title.
        pub(crate) title: Prose,
    }
}

/// The same kind after it: the last line of the struct is all that differs.
mod after {
    use super::*;

    /// A printed sheet.
    #[model]
    pub(crate) struct Pamphlet {
        /// The id, unique among pamphlets.
        pub(crate) id: Id<Pamphlet>,
        /// The title.
        pub(crate) title: Prose,
        /// Who printed it.
        pub(crate) printers: Vec<String>,
    }
}

/// The entries of a collection that has the fixture kind only.
struct Pamphlets<T>(Vec<T>);

macro_rules! pamphlets {
    ($module:ident) => {
        impl Collection for Pamphlets<$module::Pamphlet> {
            fn kinds(&self) -> &'static [Kind] {
                const {
                    &[Kind {
                        structure: $module::Pamphlet::STRUCTURE,
                        plural: "pamphlets",
                        names: &["title"],
                        is: None,
                    }]
                }
            }

            fn len(&self) -> usize {
                self.0.len()
            }

            fn entry(&self, number: usize) -> &dyn Fields {
                &self.0[number]
            }
        }

        impl Pamphlets<$module::Pamphlet> {
            /// The schema and the types of every language, one after the other.
            fn surfaces(&self) -> [String; 3] {
                #[derive(schemars::JsonSchema)]
                #[schemars(tag = "kind", rename_all = "snake_case")]
                #[expect(dead_code, reason = "only its schema is read")]
                enum Entry {
                    Pamphlet($module::Pamphlet),
                }
                let schema = schemars::schema_for!(Entry).to_value();
                let types = generate::types(&schema, self.kinds());
                let mut text = String::new();
                write!(text, "{schema:#}").expect("a string takes all text");
                [text, types.python, types.typescript]
            }
        }
    };
}

pamphlets!(before);
pamphlets!(after);

#[test]
fn one_line_reaches_everything() {
    let id = |id: &str| Id::new(id).expect("a slug");
    let plain =
        Pamphlets(vec![before::Pamphlet::new(Id::new("tolpuddle").expect("a slug"), "Tolpuddle")]);
    let mut first = after::Pamphlet::new(id("tolpuddle"), "Tolpuddle");
    first.printers = vec!["Hetherington".into(), "Watson".into()];
    let second = after::Pamphlet::new(id("charter"), "The Charter");
    let printed = Pamphlets(vec![first, second]);

    for text in plain.surfaces() {
        assert!(!text.contains("printers"), "{text}");
    }
    for text in printed.surfaces() {
        assert!(text.contains("printers") && text.contains("Who printed it."), "{text}");
    }

    let query = Query::new(after::Pamphlet::PRINTERS.is("watson")).facet(Facet::new("printers"));
    let unknown = find(&plain, &query).expect_err("the field is not there yet");
    assert!(unknown.to_string().contains("unknown field `printers`"), "{unknown}");
    let found = find(&printed, &query).expect("the field is there");
    assert_eq!(found.hits.iter().map(|hit| hit.number).collect::<Vec<_>>(), [0]);
    let facet = &found.facets["printers"];
    assert_eq!(facet.values.iter().map(|value| value.count).collect::<Vec<_>>(), [1, 1]);
    assert_eq!(facet.missing, 1);
    let singular = find(&printed, &Query::new(field("printer").is("Hetherington")))
        .expect("a list has a singular");
    assert_eq!(singular.total, Total::Exact(1));
}
