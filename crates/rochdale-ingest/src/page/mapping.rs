//! Which properties of schema.org become which fields of the model.

use super::fields::{As, Row};

/// What is carried of things of a sort.
pub(super) struct Mapping {
    /// Properties that become fields as they are.
    pub(super) rows: &'static [Row],
    /// Properties whose values are things, of which parts become fields.
    pub(super) parts: &'static [&'static str],
    /// Other properties that are read.
    pub(super) also: &'static [&'static str],
}

pub(super) const ARTICLE: Mapping = Mapping {
    rows: &[
        (&["headline", "name"], "title", As::Text),
        (&["description", "abstract"], "summary", As::Text),
        (&["articleBody"], "body", As::Prose),
        (&["inLanguage"], "language", As::Text),
        (&["datePublished", "dateCreated"], "published", As::Text),
        (&["dateModified"], "updated", As::Text),
        (&["creativeWorkStatus"], "status", As::Text),
        (&["articleSection"], "categories", As::Texts),
        (&["keywords"], "tags", As::Labels),
        (&["url", "mainEntityOfPage"], "url", As::Address),
        (&["citation"], "links", As::Links),
    ],
    parts: &["author", "citation", "creator", "mainEntityOfPage", "publisher"],
    also: &["license", "postNumber"],
};

pub(super) const EVENT: Mapping = Mapping {
    rows: &[
        (&["name"], "title", As::Text),
        (&["description"], "description", As::Prose),
        (&["startDate"], "starts", As::Text),
        (&["endDate"], "ends", As::Text),
        (&["about"], "topics", As::Texts),
        (&["keywords"], "tags", As::Labels),
        (&["url"], "url", As::Address),
    ],
    parts: &["about", "actor", "location", "offers", "organizer", "performer", "performers"],
    also: &["eventAttendanceMode", "eventStatus"],
};

pub(super) const PERSON: Mapping = Mapping {
    rows: &[
        (&["name"], "name", As::Text),
        (&["givenName"], "given_name", As::Text),
        (&["familyName"], "family_name", As::Text),
        (&["honorificPrefix"], "honorific", As::Text),
        (&["alternateName"], "aliases", As::Texts),
        (&["description"], "bio", As::Text),
        (&["sameAs"], "links", As::Links),
        (&["url"], "url", As::Address),
    ],
    parts: &["affiliation", "worksFor"],
    also: &["jobTitle"],
};

pub(super) const MUTUAL: Mapping = Mapping {
    rows: &[
        (&["name", "legalName"], "name", As::Text),
        (&["alternateName", "legalName"], "aliases", As::Texts),
        (&["description"], "summary", As::Text),
        (&["sameAs"], "links", As::Links),
        (&["url"], "url", As::Address),
    ],
    parts: &["areaServed", "identifier", "numberOfEmployees", "parentOrganization"],
    also: &[],
};

impl Mapping {
    /// Whether a property becomes something.
    pub(super) fn carries(&self, property: &str) -> bool {
        let named = |row: &Row| row.0.contains(&property);
        self.rows.iter().any(named)
            || self.parts.contains(&property)
            || self.also.contains(&property)
    }
}
