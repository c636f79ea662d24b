//! What the types of documents on GOV.UK are in the model.
//!
//! The names come from the content schemas
//! (<https://github.com/alphagov/publishing-api/tree/main/content_schemas>).

/// What a document is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Class {
    pub(super) policy_type: String,
    pub(super) stage: Option<&'static str>,
}

/// Schemas whose documents announce something, beside those of news, speeches and consultations.
const PUBLISHED: [&str; 6] = [
    "publication",
    "html_publication",
    "detailed_guide",
    "document_collection",
    "case_study",
    "statistical_data_set",
];

/// Types of the schema `publication`, by which it is known where the schema is not stated.
const PUBLICATIONS: [&str; 21] = [
    "policy_paper",
    "guidance",
    "form",
    "foi_release",
    "promotional",
    "notice",
    "correspondence",
    "research",
    "official_statistics",
    "national_statistics",
    "transparency",
    "standard",
    "statutory_guidance",
    "independent_report",
    "corporate_report",
    "decision",
    "map",
    "regulation",
    "international_treaty",
    "impact_assessment",
    "imported",
];

impl Class {
    /// The class of a document by its schema and its type; none where it announces nothing, such as
    /// a page about a person. A schema that is not stated follows from the type.
    pub(super) fn of(schema: &str, kind: &str) -> Option<Self> {
        let schema = if schema.is_empty() { schema_of(kind)? } else { schema };
        let class =
            |policy_type: &str, stage| Some(Self { policy_type: policy_type.to_owned(), stage });
        match schema {
            "news_article" | "world_location_news_article" => match kind {
                "government_response" => class("statement", Some("announced")),
                "press_release"
                | "news_story"
                | "world_news_story"
                | "news_article"
                | "world_location_news_article" => class("press_release", Some("announced")),
                other => class(other, Some("announced")),
            },
            "speech" => match kind {
                "written_statement" | "oral_statement" => class("statement", Some("announced")),
                other => class(other, Some("announced")),
            },
            "consultation" | "call_for_evidence" => class("consultation", Some(stage_of(kind))),
            "fatality_notice" | "statistics_announcement" => class(kind, Some("announced")),
            "working_group" => class("task_force", None),
            schema if PUBLISHED.contains(&schema) => class(kind, Some("published")),
            _ => None,
        }
    }

    /// Whether the document is a white paper: a policy paper that calls itself one and is a command
    /// paper. GOV.UK has no type of that name.
    pub(super) fn is_white_paper(&self, title: &str, is_command_paper: bool) -> bool {
        self.policy_type == "policy_paper"
            && is_command_paper
            && title.to_lowercase().replace('-', " ").contains("white paper")
    }
}

/// How far a consultation or a call for evidence has come.
fn stage_of(kind: &str) -> &'static str {
    match kind {
        kind if kind.starts_with("open_") => "consulting",
        kind if kind.starts_with("closed_") || kind.ends_with("_outcome") => "published",
        _ => "announced",
    }
}

fn schema_of(kind: &str) -> Option<&'static str> {
    match kind {
        "press_release" | "news_story" | "government_response" | "world_news_story" => {
            Some("news_article")
        }
        "speech" | "authored_article" | "written_statement" | "oral_statement" => Some("speech"),
        "working_group" => Some("working_group"),
        "fatality_notice" => Some("fatality_notice"),
        "official_statistics_announcement" | "national_statistics_announcement" => {
            Some("statistics_announcement")
        }
        kind if kind.contains("consultation") => Some("consultation"),
        kind if kind.contains("call_for_evidence") => Some("call_for_evidence"),
        kind if PUBLICATIONS.contains(&kind) => Some("publication"),
        kind => PUBLISHED.iter().copied().find(|schema| *schema == kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_known_with_and_without_their_schema() {
        for (schema, kind, policy_type, stage) in [
            ("news_article", "press_release", "press_release", "announced"),
            ("news_article", "government_response", "statement", "announced"),
            ("speech", "oral_statement", "statement", "announced"),
            ("speech", "authored_article", "authored_article", "announced"),
            ("publication", "policy_paper", "policy_paper", "published"),
            ("publication", "international_treaty", "international_treaty", "published"),
            ("consultation", "open_consultation", "consultation", "consulting"),
            ("consultation", "consultation", "consultation", "announced"),
            ("call_for_evidence", "call_for_evidence_outcome", "consultation", "published"),
        ] {
            let class = Some(Class { policy_type: policy_type.to_owned(), stage: Some(stage) });
            assert_eq!(Class::of(schema, kind), class);
            assert_eq!(Class::of("", kind), class);
        }
        assert_eq!(Class::of("corporate_information_page", "research"), None);
        assert_eq!(Class::of("", "organisation"), None);
    }

    #[test]
    fn a_white_paper_says_so_and_is_a_command_paper() {
        let class = Class::of("publication", "policy_paper").unwrap();
        assert!(class.is_white_paper("Open looms: White Paper", true));
        assert!(!class.is_white_paper("Open looms: white paper", false));
        assert!(!class.is_white_paper("Open looms", true));
        assert!(!Class::of("publication", "guidance").unwrap().is_white_paper("White paper", true));
    }
}
