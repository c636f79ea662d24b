//! Articles.

use rochdale_derive::model;

use super::choices::choices;
use super::{Author, Category, Id, Link, Prose, Quote, Reference, Source, Text};
use crate::date::Date;
use crate::json::Map;

choices! {
    /// Whether a piece is out.
    open PublicationStatus = "publication_status" {
        /// It is public.
        Published = "published",
        /// It is being written.
        Draft = "draft",
        /// It waits for review.
        Pending = "pending",
        /// It will be public at a set time.
        Scheduled = "scheduled",
        /// Only those with leave may read it.
        Private = "private",
        /// It was thrown away.
        Trashed = "trashed",
        /// It was withdrawn after it was public.
        Withdrawn = "withdrawn",
    }
}

/// A written piece: a post, a report, a news story.
#[model]
pub struct Article {
    /// The id, unique among articles.
    pub id: Id<Article>,
    /// The headline.
    #[field(weight = 4, term = "schema:headline")]
    pub title: Prose,
    /// A few sentences for listings.
    #[field(weight = 2, term = "schema:description")]
    pub summary: Option<Prose>,
    /// The piece itself.
    #[field(term = "schema:articleBody")]
    pub body: Option<Text>,
    /// The language, as a tag of BCP 47.
    #[field(term = "schema:inLanguage")]
    pub language: Option<String>,
    /// When it went public.
    #[field(order, term = "schema:datePublished")]
    pub published: Option<Date>,
    /// When it was last changed.
    #[field(term = "schema:dateModified")]
    pub updated: Option<Date>,
    /// Whether it is out.
    #[field(term = "schema:creativeWorkStatus")]
    pub status: Option<PublicationStatus>,
    /// Who wrote it, first author first; none where it has no byline.
    #[field(inverse = "articles", term = "schema:author")]
    pub authors: Vec<Id<Author>>,
    /// The categories that it stands in.
    #[field(inverse = "articles", term = "schema:articleSection")]
    pub categories: Vec<Id<Category>>,
    /// The series that it belongs to.
    #[field(term = "schema:isPartOf")]
    pub series: Option<Prose>,
    /// The pages that it links to.
    #[field(term = "schema:citation")]
    pub links: Vec<Link>,
    /// What it quotes.
    #[field(term = "schema:hasPart")]
    pub quotes: Vec<Quote>,
    /// The entries that it mentions.
    #[field(term = "schema:mentions")]
    pub mentions: Vec<Mention>,
    /// Its permanent address.
    #[field(term = "schema:url")]
    pub url: Option<String>,
    /// Where it comes from.
    #[field(term = "schema:isBasedOn")]
    pub sources: Vec<Source>,
    /// Free labels.
    #[field(weight = 2, term = "schema:keywords")]
    pub tags: Vec<String>,
    /// Fields that the model does not have.
    pub extra: Map,
}

/// A mention of an entry in the body of an article.
#[model]
pub struct Mention {
    /// The entry mentioned.
    #[field(inverse = "mentioned_by")]
    pub entry: Reference,
    /// The words that mention it.
    pub words: Option<Prose>,
    /// Where the words begin in the body, in Unicode characters from 0.
    pub start: Option<u32>,
    /// Where they end, exclusive.
    pub end: Option<u32>,
}
