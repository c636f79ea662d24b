//! Mutual entities.

use rochdale_derive::model;

use super::choices::choices;
use super::{
    Certainty, Evidence, Figure, Finding, Id, Link, Organisation, Person, Place, Prose, RegisterId,
    Source,
};
use crate::date::Date;
use crate::json::Map;

choices! {
    /// The legal form of a body.
    open LegalForm = "legal_form" {
        /// A co-operative society under the Act of 2014.
        CooperativeSociety = "co_operative_society",
        /// A community benefit society under the Act of 2014.
        CommunityBenefitSociety = "community_benefit_society",
        /// A society registered before August 2014, whose type is not stated.
        RegisteredSociety = "registered_society",
        /// A credit union.
        CreditUnion = "credit_union",
        /// A building society.
        BuildingSociety = "building_society",
        /// A friendly society.
        FriendlySociety = "friendly_society",
        /// A benevolent society.
        BenevolentSociety = "benevolent_society",
        /// A specially authorised society.
        SpeciallyAuthorisedSociety = "specially_authorised_society",
        /// A loan society.
        LoanSociety = "loan_society",
        /// A working men's club.
        WorkingMensClub = "working_mens_club",
        /// A private company limited by shares.
        CompanyLimitedByShares = "company_limited_by_shares",
        /// A private company limited by guarantee.
        CompanyLimitedByGuarantee = "company_limited_by_guarantee",
        /// A community interest company, by shares or by guarantee.
        CommunityInterestCompany = "community_interest_company",
        /// A public limited company.
        PublicLimitedCompany = "public_limited_company",
        /// A limited liability partnership.
        LimitedLiabilityPartnership = "limited_liability_partnership",
        /// A body under royal charter.
        RoyalCharter = "royal_charter",
        /// A charitable incorporated organisation.
        CharitableIncorporatedOrganisation = "charitable_incorporated_organisation",
        /// A Scottish charitable incorporated organisation.
        ScottishCharitableIncorporatedOrganisation = "scottish_charitable_incorporated_organisation",
        /// A body without incorporation.
        Unincorporated = "unincorporated",
    }
}

choices! {
    /// Who owns or controls a body, and how.
    open OwnershipModel = "ownership_model" {
        /// A trust holds a controlling interest for all employees (Finance Act 2014).
        EmployeeOwnershipTrust = "employee_ownership_trust",
        /// A trust holds shares for employees.
        EmployeeBenefitTrust = "employee_benefit_trust",
        /// Employees hold shares themselves.
        DirectEmployeeShares = "direct_employee_shares",
        /// Employees, the government and a partner hold it together.
        MutualJointVenture = "mutual_joint_venture",
        /// A co-operative of its workers.
        WorkerCooperative = "worker_co_operative",
        /// A co-operative of its customers.
        ConsumerCooperative = "consumer_co_operative",
        /// Several groups of members have a say.
        MultiStakeholder = "multi_stakeholder",
        /// A community owns it.
        CommunityOwned = "community_owned",
    }
}

choices! {
    /// The way by which a service became a mutual.
    open Route = "route" {
        /// The right of staff of primary care trusts, 2008 to 2010.
        RightToRequest = "right_to_request",
        /// The right of public service staff since 30 March 2011.
        RightToProvide = "right_to_provide",
        /// The right of communities under the Localism Act 2011.
        CommunityRightToChallenge = "community_right_to_challenge",
        /// The Mutual Pathfinder Programme.
        PathfinderProgramme = "pathfinder_programme",
        /// The Mutuals Support Programme.
        MutualsSupportProgramme = "mutuals_support_programme",
        /// A decision of the parent body.
        DirectDecision = "direct_decision",
    }
}

choices! {
    /// A step in the life of a mutual.
    open LifecycleStage = "lifecycle_stage" {
        /// Somebody proposed it.
        Proposed = "proposed",
        /// Its feasibility is looked into.
        Exploring = "exploring",
        /// It is a pathfinder.
        Pathfinder = "pathfinder",
        /// The business case is made.
        BusinessCase = "business_case",
        /// It is approved.
        Approved = "approved",
        /// A partner is sought.
        ProcuringPartner = "procuring_partner",
        /// It runs in shadow form.
        Shadow = "shadow",
        /// It was announced.
        Announced = "announced",
        /// It was entered in a register.
        Registered = "registered",
        /// It left the public sector and is live.
        SpunOut = "spun_out",
        /// Its owners or their shares changed.
        OwnershipChanged = "ownership_changed",
        /// Its contract was renewed.
        ContractRenewed = "contract_renewed",
        /// Its contract was put out to tender again.
        Retendered = "retendered",
        /// It merged with another.
        Merged = "merged",
        /// It was bought.
        Acquired = "acquired",
        /// It took another legal form.
        Converted = "converted",
        /// It went back to the public sector.
        ReturnedToPublicSector = "returned_to_public_sector",
        /// It stopped trading, whatever the register says.
        CeasedTrading = "ceased_trading",
        /// It was removed from a register.
        Deregistered = "deregistered",
        /// It was dissolved.
        Dissolved = "dissolved",
        /// It was halted for a time.
        OnHold = "on_hold",
        /// It was given up.
        Abandoned = "abandoned",
    }
}

/// A body that its staff, its users or its community own or control, or one on the way there.
#[model]
pub struct MutualEntity {
    /// The id, unique among mutual entities.
    pub id: Id<MutualEntity>,
    /// The name that it has today, or had last.
    #[field(weight = 4, term = "schema:name")]
    pub name: Prose,
    /// Other names, with the time in which each was used.
    #[field(term = "schema:alternateName")]
    pub aliases: Vec<Alias>,
    /// A few sentences for listings.
    #[field(weight = 2, term = "schema:description")]
    pub summary: Option<Prose>,
    /// Its legal form.
    pub legal_form: Option<LegalForm>,
    /// Who owns or controls it, and how.
    pub ownership: Option<OwnershipModel>,
    /// Its numbers in registers.
    #[field(term = "schema:identifier")]
    pub register_ids: Vec<RegisterId>,
    /// The public body that it came from.
    #[field(term = "schema:parentOrganization")]
    pub parent_body: Option<Organisation>,
    /// The sector in which it works, such as pensions or health.
    #[field(weight = 2)]
    pub sector: Option<String>,
    /// Where it works.
    #[field(term = "schema:areaServed")]
    pub places: Vec<Place>,
    /// The people who run it.
    #[field(term = "schema:employee")]
    pub officers: Vec<Officer>,
    /// How many work there.
    #[field(term = "schema:numberOfEmployees")]
    pub staff: Vec<Figure>,
    /// How many it serves.
    pub members_served: Vec<Figure>,
    /// Who holds how much of it, over time.
    pub stakes: Vec<Stake>,
    /// The steps of its life.
    #[field(order)]
    pub stages: Vec<Stage>,
    /// The way by which it became a mutual.
    pub route: Option<Route>,
    /// Whether it has left the public sector.
    pub left_public_sector: Option<Finding>,
    /// Whether it delivers a public service.
    pub delivers_public_service: Option<Finding>,
    /// Whether staff control is part of how it is run.
    pub staff_control: Option<Finding>,
    /// The mutual entities that it continues.
    #[field(inverse = "continued_by")]
    pub predecessors: Vec<Id<MutualEntity>>,
    /// The mutual entities that continue it.
    #[field(inverse = "continues")]
    pub successors: Vec<Id<MutualEntity>>,
    /// Pages by or about it.
    #[field(term = "schema:sameAs")]
    pub links: Vec<Link>,
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

/// A name, and the time in which it was used.
#[model]
pub struct Alias {
    /// The name.
    #[field(weight = 3)]
    pub name: Prose,
    /// Since when.
    pub from: Option<Date>,
    /// Until when.
    pub until: Option<Date>,
}

/// A person who runs a body, for a time.
#[model]
pub struct Officer {
    /// The person.
    pub person: Person,
    /// The role, such as chief executive.
    #[field(term = "schema:roleName")]
    pub role: Option<Prose>,
    /// Since when.
    pub from: Option<Date>,
    /// Until when.
    pub until: Option<Date>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
}

/// A share in a body, for a time.
#[model]
pub struct Stake {
    /// Who holds it.
    pub holder: Organisation,
    /// How much of the whole, in percent; absent where no source says.
    pub percent: Option<f64>,
    /// Since when.
    pub from: Option<Date>,
    /// Until when.
    pub until: Option<Date>,
    /// How certain it is.
    pub certainty: Option<Certainty>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
}

/// A step in the life of a body.
#[model]
pub struct Stage {
    /// The step.
    pub stage: LifecycleStage,
    /// When it was taken.
    pub date: Option<Date>,
    /// What happened, in a sentence.
    pub note: Option<Prose>,
    /// How certain it is.
    pub certainty: Option<Certainty>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
}
