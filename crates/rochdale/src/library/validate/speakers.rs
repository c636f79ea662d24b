//! One person, several standings at one event.

use std::collections::BTreeMap;

use super::Findings;
use crate::library::codes::STANDINGS_DIFFER;
use crate::library::fold::fold;
use crate::model::{Person, Speaker};

/// Checks that nobody is listed twice with different standings.
pub(super) fn check(speakers: &[Speaker], findings: &mut Findings) {
    let mut known: BTreeMap<String, (usize, &Speaker)> = BTreeMap::new();
    for (place, speaker) in speakers.iter().enumerate() {
        for key in keys(&speaker.person) {
            let (first, other) = *known.entry(key).or_insert((place, speaker));
            if other.standing == speaker.standing || !same_person(&other.person, &speaker.person) {
                continue;
            }
            let message = format!(
                "`{}` is listed as `{}` here and as `{}` at `/speakers/{first}`",
                speaker.person.name, speaker.standing, other.standing
            );
            let help = "keep the standing of the later source";
            findings.add(&STANDINGS_DIFFER, format!("/speakers/{place}/standing"), message, help);
            break;
        }
    }
}

/// Whether two people may be one: the same author or, where not both are known to be authors, the
/// same name.
pub(in crate::library) fn same_person(one: &Person, other: &Person) -> bool {
    match (&one.author, &other.author) {
        (Some(one), Some(other)) => one == other,
        _ => fold(one.name.as_str()) == fold(other.name.as_str()),
    }
}

/// What a person can be found by.
fn keys(person: &Person) -> impl Iterator<Item = String> {
    let author = person.author.as_ref().map(|author| format!("author:{author}"));
    let name = Some(fold(person.name.as_str())).filter(|name| !name.is_empty());
    author.into_iter().chain(name)
}
