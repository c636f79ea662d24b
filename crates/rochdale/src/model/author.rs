//! Authors.

use rochdale_derive::model;

use super::{Evidence, Id, Link, Organisation, Prose, Source};
use crate::date::Date;
use crate::json::Map;

/// A person or a body that writes.
#[model]
pub struct Author {
    /// The id, unique among authors.
    pub id: Id<Author>,
    /// The name as printed in a byline.
    #[field(weight = 4, term = "schema:name")]
    pub name: Prose,
    /// The given name.
    #[field(term = "schema:givenName")]
    pub given_name: Option<String>,
    /// The family name.
    #[field(term = "schema:familyName")]
    pub family_name: Option<String>,
    /// The honorific before the name, such as Sir or Dr.
    #[field(term = "schema:honorificPrefix")]
    pub honorific: Option<String>,
    /// Other names under which the author writes or is known.
    #[field(weight = 3, term = "schema:alternateName")]
    pub aliases: Vec<Prose>,
    /// A few sentences for listings.
    #[field(term = "schema:description")]
    pub summary: Option<Prose>,
    /// Who the author is.
    #[field(term = "schema:description")]
    pub bio: Option<Prose>,
    /// Where the author worked or belonged, and when.
    #[field(term = "schema:affiliation")]
    pub affiliations: Vec<Affiliation>,
    /// Pages by or about the author.
    #[field(term = "schema:sameAs")]
    pub links: Vec<Link>,
    /// The author's own page.
    #[field(term = "schema:url")]
    pub url: Option<String>,
    /// Where the entry comes from.
    #[field(term = "schema:isBasedOn")]
    pub sources: Vec<Source>,
    /// Free labels.
    #[field(term = "schema:keywords")]
    pub tags: Vec<String>,
    /// Fields that the model does not have.
    pub extra: Map,
}

/// A place in an organisation, for a time.
#[model]
pub struct Affiliation {
    /// The organisation.
    pub organisation: Organisation,
    /// The role held there.
    #[field(term = "schema:roleName")]
    pub role: Option<Prose>,
    /// When it began.
    #[field(term = "schema:startDate")]
    pub from: Option<Date>,
    /// When it ended.
    #[field(term = "schema:endDate")]
    pub until: Option<Date>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
}
