//! Policy announcements.

use rochdale_derive::model;

use super::choices::choices;
use super::{
    Certainty, Evidence, Figure, Id, Link, MutualEntity, Organisation, Person, Prose, Quote,
    Source, Text,
};
use crate::date::Date;
use crate::json::Map;

choices! {
    /// What sort of announcement it is.
    open PolicyType = "policy_type" {
        /// A command paper that sets out what the government means to do.
        WhitePaper = "white_paper",
        /// A paper that sets out policy, short of a command paper.
        PolicyPaper = "policy_paper",
        /// A programme.
        Programme = "programme",
        /// A right given to staff, to communities or to providers.
        Right = "right",
        /// A task force or a commission.
        TaskForce = "task_force",
        /// An appointment.
        Appointment = "appointment",
        /// Money.
        Funding = "funding",
        /// A consultation or a call for evidence.
        Consultation = "consultation",
        /// A speech.
        Speech = "speech",
        /// A statement, in parliament or outside.
        Statement = "statement",
        /// A press release or a news story.
        PressRelease = "press_release",
        /// An act, a bill or an order.
        Legislation = "legislation",
    }
}

choices! {
    /// How far an announcement has come.
    open PolicyStage = "policy_stage" {
        /// It was hinted at.
        Trailed = "trailed",
        /// It was announced.
        Announced = "announced",
        /// The paper is out.
        Published = "published",
        /// Views are asked for.
        Consulting = "consulting",
        /// It applies.
        InForce = "in_force",
        /// It applies in part, or to less.
        ScaledBack = "scaled_back",
        /// It was taken back.
        Withdrawn = "withdrawn",
    }
}

/// Something that a government announced, or is expected to.
#[model]
pub struct PolicyAnnouncement {
    /// The id, unique among policy announcements.
    pub id: Id<PolicyAnnouncement>,
    /// What it is called.
    #[field(weight = 4, term = "schema:headline")]
    pub title: Prose,
    /// A few sentences for listings.
    #[field(weight = 2, term = "schema:description")]
    pub summary: Option<Prose>,
    /// The text of the announcement.
    #[field(term = "schema:text")]
    pub body: Option<Text>,
    /// What sort of announcement it is.
    #[field(term = "schema:additionalType")]
    pub policy_type: Option<PolicyType>,
    /// The bodies that issued it.
    #[field(term = "schema:publisher")]
    pub issued_by: Vec<Organisation>,
    /// The people who announced it.
    #[field(term = "schema:author")]
    pub announced_by: Vec<Announcer>,
    /// When it was announced.
    #[field(order, term = "schema:datePublished")]
    pub announced: Option<Date>,
    /// When it is expected, or was before it came.
    pub expected: Option<Date>,
    /// How far it has come.
    pub stage: Option<PolicyStage>,
    /// The mutual entities that it affects.
    #[field(inverse = "affected_by", term = "schema:about")]
    pub affects: Vec<Id<MutualEntity>>,
    /// The numbers that it states.
    pub figures: Vec<Figure>,
    /// What was said.
    #[field(term = "schema:hasPart")]
    pub quotes: Vec<Quote>,
    /// The number of the command paper, such as Cm 8145.
    #[field(term = "schema:reportNumber")]
    pub command_paper: Option<String>,
    /// The government of the day.
    pub government: Option<Prose>,
    /// The papers and pages that belong to it.
    #[field(term = "schema:associatedMedia")]
    pub links: Vec<Link>,
    /// How certain the announcement is.
    pub certainty: Option<Certainty>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// Its own page.
    #[field(term = "schema:url")]
    pub url: Option<String>,
    /// Where the entry comes from.
    #[field(term = "schema:isBasedOn")]
    pub sources: Vec<Source>,
    /// Free labels.
    #[field(weight = 2, term = "schema:keywords")]
    pub tags: Vec<String>,
    /// Fields that the model does not have.
    pub extra: Map,
}

/// A person who announced something, in the role of that day.
#[model]
pub struct Announcer {
    /// The person.
    pub person: Person,
    /// The role on that day.
    pub role: Option<Prose>,
}
