//! The values that several kinds of entry share.

use rochdale_derive::model;

use super::{Author, Certainty, Evidence, Id, MutualEntity, Prose, RegisterId};
use crate::date::Date;

/// A person as a source names them.
#[model]
pub struct Person {
    /// The name as printed, without honorifics.
    #[field(term = "schema:name", weight = 2)]
    pub name: Prose,
    /// The honorific before the name, such as Sir or Lord.
    #[field(term = "schema:honorificPrefix")]
    pub honorific: Option<String>,
    /// The author that this person is.
    #[field(inverse = "appearances")]
    pub author: Option<Id<Author>>,
    /// A page about the person.
    #[field(term = "schema:url")]
    pub url: Option<String>,
}

/// An organisation as a source names it.
#[model]
pub struct Organisation {
    /// The name as printed.
    #[field(term = "schema:name", weight = 2)]
    pub name: Prose,
    /// Its number in a register.
    #[field(term = "schema:identifier")]
    pub register_id: Option<RegisterId>,
    /// The mutual entity that this organisation is.
    #[field(inverse = "appearances")]
    pub mutual_entity: Option<Id<MutualEntity>>,
    /// A page about the organisation.
    #[field(term = "schema:url")]
    pub url: Option<String>,
}

/// A place.
#[model]
pub struct Place {
    /// The name of the building or the place.
    #[field(term = "schema:name")]
    pub name: Option<Prose>,
    /// The town or district.
    #[field(term = "schema:addressLocality")]
    pub locality: Option<Prose>,
    /// The country, as a name or an ISO 3166 code.
    #[field(term = "schema:addressCountry")]
    pub country: Option<String>,
    /// The latitude in degrees north (WGS 84).
    #[field(term = "schema:latitude")]
    pub latitude: Option<f64>,
    /// The longitude in degrees east (WGS 84).
    #[field(term = "schema:longitude")]
    pub longitude: Option<f64>,
}

/// A link to a page.
#[model]
pub struct Link {
    /// The address.
    #[field(term = "schema:url")]
    pub url: String,
    /// What the link says.
    #[field(term = "schema:name")]
    pub title: Option<Prose>,
}

/// Where an entry comes from.
#[model]
pub struct Source {
    /// What it is called, or the file that was read, relative to what was opened.
    #[field(term = "schema:name")]
    pub name: Prose,
    /// Its address.
    #[field(term = "schema:url")]
    pub url: Option<String>,
    /// When it was published.
    #[field(term = "schema:datePublished")]
    pub published: Option<Date>,
    /// The terms under which it may be used.
    #[field(term = "schema:license")]
    pub licence: Option<String>,
}

/// Words that somebody said or wrote.
#[model]
pub struct Quote {
    /// The words.
    #[field(term = "schema:text")]
    pub text: Prose,
    /// Who said them.
    #[field(term = "schema:author")]
    pub speaker: Option<Person>,
    /// The role in which they were said.
    pub role: Option<Prose>,
    /// When they were said.
    #[field(term = "schema:dateCreated")]
    pub said: Option<Date>,
    /// Where the words are found.
    pub evidence: Vec<Evidence>,
}

/// A number that a source states.
#[model]
pub struct Figure {
    /// The number.
    #[field(term = "schema:value")]
    pub value: f64,
    /// The unit, such as people, pounds or percent.
    #[field(term = "schema:unitText")]
    pub unit: Option<String>,
    /// What is counted or measured.
    pub of: Option<Prose>,
    /// The day or period for which the number holds.
    pub as_of: Option<Date>,
    /// How certain it is.
    pub certainty: Option<Certainty>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
}
