//! Categories.

use rochdale_derive::model;

use super::{Id, Prose, Source, Text};
use crate::json::Map;

/// A subject heading; headings form a tree.
#[model]
pub struct Category {
    /// The id, unique among categories.
    pub id: Id<Category>,
    /// The heading.
    #[field(weight = 4, term = "schema:name")]
    pub name: Prose,
    /// A few words for listings.
    #[field(term = "schema:description")]
    pub summary: Option<Prose>,
    /// What belongs under the heading.
    #[field(term = "schema:description")]
    pub description: Option<Text>,
    /// The heading above this one.
    #[field(inverse = "children", term = "schema:isPartOf")]
    pub parent: Option<Id<Category>>,
    /// The address of its archive page.
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
