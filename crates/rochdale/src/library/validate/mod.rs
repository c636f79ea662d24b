//! What one entry shows to be wrong by itself.

mod rules;
mod speakers;
mod stakes;
mod text;

use super::codes::{EXPECTED_AFTER_ANNOUNCED, MENTION_OUTSIDE_BODY, MENTION_WORDS_DIFFER};
use crate::date::{Certainty, Comparison};
use crate::issue::{Code, Issue};
use crate::model::{
    Article, Author, Category, Entry, Event, Mention, MutualEntity, PolicyAnnouncement, Reference,
};

pub(super) use speakers::same_person;

impl Entry {
    /// What the entry shows to be wrong by itself; the library checks what needs other entries.
    ///
    /// # Example
    ///
    /// ```
    /// use rochdale::model::Entry;
    ///
    /// let entry: Entry = r#"{"kind": "event", "id": "briefing", "title": "Briefing",
    ///     "starts": "2011-05-20", "ends": "2011-05-02"}"#
    ///     .parse()?;
    /// let issues = entry.validate();
    /// assert_eq!(issues[0].code.name, "ends-before-start");
    /// assert_eq!(issues[0].pointer.as_deref(), Some("/ends"));
    /// # Ok::<(), rochdale::Error>(())
    /// ```
    pub fn validate(&self) -> Vec<Issue> {
        match self {
            Self::Article(entry) => entry.validate(),
            Self::Author(entry) => entry.validate(),
            Self::Category(entry) => entry.validate(),
            Self::Event(entry) => entry.validate(),
            Self::MutualEntity(entry) => entry.validate(),
            Self::PolicyAnnouncement(entry) => entry.validate(),
        }
    }
}

impl Article {
    /// What the article shows to be wrong by itself: also mentions that are not in its body.
    pub fn validate(&self) -> Vec<Issue> {
        let mut findings = rules::check(self, &self.id.to_reference());
        if self.mentions.iter().any(|mention| mention.start.or(mention.end).is_some()) {
            let body = self.body.as_ref().map_or("", |body| body.text.as_str());
            let body: Vec<char> = body.chars().collect();
            for (place, mention) in self.mentions.iter().enumerate() {
                check_mention(mention, &format!("/mentions/{place}"), &body, &mut findings);
            }
        }
        findings.issues
    }
}

impl Author {
    /// What the author shows to be wrong by itself.
    pub fn validate(&self) -> Vec<Issue> {
        rules::check(self, &self.id.to_reference()).issues
    }
}

impl Category {
    /// What the category shows to be wrong by itself.
    pub fn validate(&self) -> Vec<Issue> {
        rules::check(self, &self.id.to_reference()).issues
    }
}

impl Event {
    /// What the event shows to be wrong by itself: also a speaker with two standings.
    pub fn validate(&self) -> Vec<Issue> {
        let mut findings = rules::check(self, &self.id.to_reference());
        speakers::check(&self.speakers, &mut findings);
        findings.issues
    }
}

impl MutualEntity {
    /// What the mutual entity shows to be wrong by itself: also stakes of more than the whole.
    pub fn validate(&self) -> Vec<Issue> {
        let mut findings = rules::check(self, &self.id.to_reference());
        stakes::check(&self.stakes, &mut findings);
        findings.issues
    }
}

impl PolicyAnnouncement {
    /// What the announcement shows to be wrong by itself.
    pub fn validate(&self) -> Vec<Issue> {
        let mut findings = rules::check(self, &self.id.to_reference());
        if let (Some(announced), Some(expected)) = (&self.announced, &self.expected)
            && expected.meets(Comparison::After, announced, Certainty::Definite)
            && announced.meets(Comparison::Before, expected, Certainty::Definite)
        {
            let message = format!("expected `{expected}`, yet announced `{announced}`");
            let help = "`announced` is the day of the announcement itself; one that is still to \
                        come has none";
            findings.add(&EXPECTED_AFTER_ANNOUNCED, "/expected", message, help);
        }
        findings.issues
    }
}

/// The issues of one entry.
struct Findings {
    entry: String,
    issues: Vec<Issue>,
}

impl Findings {
    fn new(entry: &Reference) -> Self {
        Self { entry: entry.to_string(), issues: Vec::new() }
    }

    fn add(
        &mut self,
        code: &'static Code,
        pointer: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let issue = Issue::new(code, message).with_help(help);
        self.issues.push(issue.with_entry(self.entry.clone(), pointer));
    }
}

fn check_mention(mention: &Mention, pointer: &str, body: &[char], findings: &mut Findings) {
    let wide = |place: u32| usize::try_from(place).unwrap_or(usize::MAX);
    let (Some(start), Some(end)) = (mention.start.map(wide), mention.end.map(wide)) else {
        if mention.start.or(mention.end).is_some() {
            let message = "the mention has only one of `start` and `end`";
            findings.add(&MENTION_OUTSIDE_BODY, pointer, message, "give both, or neither");
        }
        return;
    };
    let Some(found) = body.get(start..end) else {
        let length = body.len();
        let message =
            format!("the mention spans {start} to {end}, and the body has {length} characters");
        let help = "count Unicode characters of the body as written, from 0; `end` is exclusive";
        findings.add(&MENTION_OUTSIDE_BODY, pointer, message, help);
        return;
    };
    if let Some(words) = &mention.words
        && !words.as_str().chars().eq(found.iter().copied())
    {
        let found: String = found.iter().collect();
        let message = format!("expected `{words}` at {start} to {end} of the body, got `{found}`");
        let help = "correct the words or their place";
        findings.add(&MENTION_WORDS_DIFFER, format!("{pointer}/words"), message, help);
    }
}
