//! Events.

use rochdale_derive::model;

use super::choices::choices;
use super::{Certainty, Evidence, Id, Link, Organisation, Person, Place, Prose, Source, Text};
use crate::date::Date;
use crate::json::Map;

choices! {
    /// What sort of event it is.
    open EventType = "event_type" {
        /// A conference.
        Conference = "conference",
        /// A briefing.
        Briefing = "briefing",
        /// A seminar or a round table.
        Seminar = "seminar",
        /// A workshop.
        Workshop = "workshop",
        /// A seminar held online.
        Webinar = "webinar",
        /// A lecture.
        Lecture = "lecture",
        /// A launch.
        Launch = "launch",
        /// A hearing of a committee or an inquiry.
        Hearing = "hearing",
        /// A meeting.
        Meeting = "meeting",
    }
}

choices! {
    /// Whether an event will take place as announced.
    closed EventStatus = "event_status" {
        /// It will, or did.
        Scheduled = "scheduled",
        /// It may.
        Tentative = "tentative",
        /// It will not.
        Cancelled = "cancelled",
        /// It will at a time not yet set.
        Postponed = "postponed",
        /// It will at another time or place than first announced.
        Moved = "moved",
    }
}

choices! {
    /// Whether a speaker will speak.
    closed Standing = "standing" {
        /// The speaker has agreed.
        Confirmed = "confirmed",
        /// The speaker was asked.
        Invited = "invited",
        /// The organisers hope so.
        HopedFor = "hoped_for",
        /// The speaker will not come after all.
        Withdrawn = "withdrawn",
    }
}

/// Something that takes place: a conference, a briefing, a hearing.
#[model]
pub struct Event {
    /// The id, unique among events.
    pub id: Id<Event>,
    /// What it is called.
    #[field(weight = 4, term = "schema:name")]
    pub title: Prose,
    /// A few sentences for listings.
    #[field(weight = 2, term = "schema:description")]
    pub summary: Option<Prose>,
    /// What it is about.
    #[field(term = "schema:description")]
    pub description: Option<Text>,
    /// What sort of event it is.
    #[field(term = "schema:additionalType")]
    pub event_type: Option<EventType>,
    /// When it starts.
    #[field(order, term = "schema:startDate")]
    pub starts: Option<Date>,
    /// When it ends.
    #[field(term = "schema:endDate")]
    pub ends: Option<Date>,
    /// The time zone of the place, as a name of the IANA database.
    pub time_zone: Option<String>,
    /// Where it takes place.
    #[field(term = "schema:location")]
    pub venue: Option<Place>,
    /// Whether it can be attended online.
    pub online: bool,
    /// Who holds it.
    #[field(term = "schema:organizer")]
    pub organisers: Vec<Organisation>,
    /// Who speaks, or is hoped to.
    pub speakers: Vec<Speaker>,
    /// What is spoken about.
    #[field(weight = 2, term = "schema:about")]
    pub topics: Vec<String>,
    /// Whether it will take place as announced.
    #[field(term = "schema:eventStatus")]
    pub status: Option<EventStatus>,
    /// Where places can be had.
    #[field(term = "schema:offers")]
    pub tickets: Option<Link>,
    /// What the announcement rests on.
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

/// Somebody who speaks at an event, or may.
#[model]
pub struct Speaker {
    /// The person.
    pub person: Person,
    /// The role in which the person speaks.
    pub role: Option<Prose>,
    /// The organisation that the person speaks for.
    pub affiliation: Option<Organisation>,
    /// Whether the person will speak.
    pub standing: Standing,
    /// Whether it is a keynote.
    pub keynote: bool,
    /// How certain this is.
    pub certainty: Option<Certainty>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
}
