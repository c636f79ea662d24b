//! The types of schema.org that Rochdale has a kind for.

use crate::tree::Node;

use super::thing::types;

/// `Article` and the types below it.
pub(super) const ARTICLES: &[&str] = &[
    "AdvertiserContentArticle",
    "AnalysisNewsArticle",
    "Article",
    "AskPublicNewsArticle",
    "BackgroundNewsArticle",
    "BlogPosting",
    "DiscussionForumPosting",
    "LiveBlogPosting",
    "MedicalScholarlyArticle",
    "NewsArticle",
    "OpinionNewsArticle",
    "Report",
    "ReportageNewsArticle",
    "ReviewNewsArticle",
    "SatiricalArticle",
    "ScholarlyArticle",
    "SocialMediaPosting",
    "TechArticle",
];

/// `Event` and the types below it, without those that only record what a user did.
pub(super) const EVENTS: &[&str] = &[
    "BroadcastEvent",
    "BusinessEvent",
    "ChildrensEvent",
    "ComedyEvent",
    "ConferenceEvent",
    "CourseInstance",
    "DanceEvent",
    "DeliveryEvent",
    "EducationEvent",
    "Event",
    "EventSeries",
    "ExhibitionEvent",
    "Festival",
    "FoodEvent",
    "Hackathon",
    "LiteraryEvent",
    "MusicEvent",
    "PerformingArtsEvent",
    "PublicationEvent",
    "SaleEvent",
    "ScreeningEvent",
    "SocialEvent",
    "SportsEvent",
    "TheaterEvent",
    "VisualArtsEvent",
];

/// Organisations that are mutual entities by what they are.
pub(super) const MUTUALS: &[&str] = &["Cooperative", "CreditUnion"];

/// Types that stand as values in entries, wherever they are taken.
pub(super) const VALUES: &[&str] = &[
    "Corporation",
    "GovernmentOrganization",
    "NewsMediaOrganization",
    "NGO",
    "Organization",
    "Person",
    "Place",
    "PostalAddress",
];

/// The sort of event that a type says, where it says more than that it is one.
pub(super) fn event_type(node: &Node) -> Option<String> {
    let name = types(node).find(|name| EVENTS.contains(name))?;
    let sort = match name {
        "BusinessEvent" | "Event" | "EventSeries" => return None,
        "CourseInstance" => "course",
        name => name.strip_suffix("Event").unwrap_or(name),
    };
    let mut words = String::new();
    for letter in sort.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push('_');
        }
        words.extend(letter.to_lowercase());
    }
    Some(words)
}
