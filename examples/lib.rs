//! The examples; what must hold of the sample library that they read.

/// The programs in Rust of the project's first page compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rochdale::field::{Fields, Value};
    use rochdale::model::Entry;
    use rochdale::{Library, Opened};
    use rochdale_ingest::Reader;

    fn sample() -> Opened {
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        let reading = Reader::new().read_paths([content]).unwrap();
        reading.into_library()
    }

    #[test]
    fn the_sample_reads_without_an_issue() {
        let report = sample().report;
        assert!(report.issues.is_empty(), "{report}");
        assert!(report.not_carried.is_empty(), "{report}");
    }

    #[test]
    fn the_posts_on_mutualisation_have_their_bylines() {
        let library = sample().library;
        let count = |query: &str| library.find(query).unwrap().total();
        assert_eq!(count("kind:article category:mutualisation"), 5);
        assert_eq!(count("category:mutualisation author:\"David Bicknell\""), 3);
        assert_eq!(count("category:mutualisation author:\"Tony Collins\""), 1);
        assert_eq!(count("kind:article category:mutualisation missing:authors"), 1);
    }

    #[test]
    fn the_words_of_all_evidence_stand_in_the_source() {
        let library = sample().library;
        let mut cited = 0;
        for entry in library.entries() {
            let entry = entry.unwrap();
            each_structure(entry.as_fields(), &mut |structure| {
                if structure.structure().name == "evidence" {
                    cited += usize::from(check(&library, structure));
                }
            });
        }
        assert!(cited > 50, "{cited}");
    }

    /// Looks up the words of one piece of evidence, where it names an entry.
    fn check(library: &Library, evidence: &dyn Fields) -> bool {
        let (mut source, mut words) = (None, None);
        for position in 0..evidence.structure().fields.len() {
            evidence.values(position, &mut |value| match value {
                Value::Reference(kind, id) => source = Some(format!("{kind}:{id}")),
                Value::Text(text, _) => words = Some(text.to_owned()),
                _ => {}
            });
        }
        let Some(source) = source else { return false };
        let Some(Entry::Article(article)) = library.get(&source).unwrap() else {
            panic!("`{source}` is no article of the sample");
        };
        let (words, body) = (words.unwrap(), article.body.unwrap().text);
        assert!(body.contains(&words), "`{words}` is not in `{source}`");
        true
    }

    fn each_structure<'a>(fields: &'a dyn Fields, visit: &mut dyn FnMut(&'a dyn Fields)) {
        for position in 0..fields.structure().fields.len() {
            fields.values(position, &mut |value| {
                if let Value::Structure(inner) = value {
                    visit(inner);
                    each_structure(inner, visit);
                }
            });
        }
    }
}
