//! Who announced something, in the role of that day.

use std::collections::{BTreeMap, BTreeSet};

use super::html::whole;
use super::moment::day;
use super::object::Object;
use crate::draft::Draft;
use crate::foreign::Sink;
use crate::place::Place;
use crate::tree::Node;

/// The lists of people in a document, the speaker of a speech first.
const LISTS: [&str; 3] = ["speaker", "people", "ministers"];

/// A person whom a document names.
struct Named {
    title: String,
    at: Place,
    url: Option<String>,
    /// What tells that two lists name one person.
    key: String,
    appointments: Vec<Appointment>,
}

/// A role that somebody had for a time.
struct Appointment {
    role: String,
    from: Option<String>,
    until: Option<String>,
}

impl Appointment {
    /// Reads an appointment: its role, and when it was held.
    fn read(mut object: Object, sink: &mut Sink<'_>) -> Option<Self> {
        let role = object.object("links", sink)?.objects("role", sink).into_iter().next()?;
        Self::of(role, object, sink)
    }

    fn of(mut role: Object, mut appointment: Object, sink: &mut Sink<'_>) -> Option<Self> {
        let role = role.text("title", sink)?.as_text()?.to_owned();
        let mut details = appointment.object("details", sink);
        let mut date = |name: &str| {
            let node = details.as_mut()?.text(name, sink)?;
            day(node.as_text()?).map(str::to_owned)
        };
        Some(Self { role, from: date("started_on"), until: date("ended_on") })
    }

    /// Whether the role was held on a day; days of this form order as text does.
    fn covers(&self, day: &str) -> bool {
        self.from.as_deref().is_some_and(|from| from <= day)
            && self.until.as_deref().is_none_or(|until| day <= until)
    }
}

/// Adds the people of a document. Roles are those that the linked appointments cover on the day;
/// failing these, the role that the document names, if it names one role and one person.
pub(super) fn announcers(
    links: &mut Object,
    without_profile: Option<Node>,
    announced: Option<&str>,
    draft: &mut Draft,
    sink: &mut Sink<'_>,
) {
    let mut people = named(links, sink);
    if let Some(node) = without_profile {
        let title = node.as_text().unwrap_or_default().to_owned();
        people.push(Named {
            key: title.clone(),
            title,
            at: node.at,
            url: None,
            appointments: Vec::new(),
        });
    }
    let tagged: Vec<Node> = links
        .objects("roles", sink)
        .into_iter()
        .filter_map(|mut role| role.text("title", sink))
        .collect();
    let alone = people.len() == 1 && tagged.len() == 1;
    let mut used = false;
    for person in &people {
        let mut role = announced.and_then(day).and_then(|day| person.role_on(day));
        if role.is_none() && alone {
            role = tagged[0].as_text().map(str::to_owned);
            used = true;
        }
        draft.push("announced_by", person.node(role));
    }
    let written: Vec<_> = people.iter().filter(|person| person.is_shortened()).collect();
    if let Some(first) = written.first() {
        let titles = written.iter().map(|person| Node::text(person.at, &*person.title));
        draft.keep("people", Node::list(first.at, titles.collect::<Vec<_>>()));
    }
    if let (false, Some(first)) = (used, tagged.first()) {
        draft.keep("roles", Node::list(first.at, tagged.clone()));
    }
}

/// The people of a document in order, each once.
#[derive(Default)]
struct People {
    people: Vec<Named>,
    by_key: BTreeMap<String, usize>,
}

impl People {
    /// The person of this key, added if not known yet.
    fn known(&mut self, person: Named) -> &mut Named {
        let next = self.people.len();
        let at = *self.by_key.entry(person.key.clone()).or_insert(next);
        if at == next {
            self.people.push(person);
        } else if self.people[at].appointments.is_empty() {
            self.people[at].appointments = person.appointments;
        }
        &mut self.people[at]
    }
}

/// The people of all lists, with the roles of the appointments that the document links to.
fn named(links: &mut Object, sink: &mut Sink<'_>) -> Vec<Named> {
    let mut people = People::default();
    for list in LISTS {
        for object in links.objects(list, sink) {
            if let Some(person) = Named::read(object, sink) {
                people.known(person);
            }
        }
    }
    for mut object in links.objects("role_appointments", sink) {
        let Some(mut inside) = object.object("links", sink) else { continue };
        let person = inside.objects("person", sink).into_iter().next();
        let role = inside.objects("role", sink).into_iter().next();
        let Some(person) = person.and_then(|person| Named::read(person, sink)) else { continue };
        let appointment = role.and_then(|role| Appointment::of(role, object, sink));
        people.known(person).appointments.extend(appointment);
    }
    people.people
}

impl Named {
    fn read(mut object: Object, sink: &mut Sink<'_>) -> Option<Self> {
        let at = object.at;
        let title = object.text("title", sink)?.as_text()?.to_owned();
        let path = object.text("base_path", sink);
        let url = path.as_ref().and_then(Node::as_text).map(whole);
        let id = object.text("content_id", sink);
        let key =
            id.as_ref().and_then(Node::as_text).or(url.as_deref()).unwrap_or(&title).to_owned();
        let appointments = object
            .object("links", sink)
            .map(|mut links| links.objects("role_appointments", sink))
            .unwrap_or_default()
            .into_iter()
            .filter_map(|appointment| Appointment::read(appointment, sink))
            .collect();
        Some(Self { title, at, url, key, appointments })
    }

    /// The roles held on a day, in the order given.
    fn role_on(&self, day: &str) -> Option<String> {
        let mut seen = BTreeSet::new();
        let held = self.appointments.iter().filter(|appointment| appointment.covers(day));
        let roles: Vec<&str> =
            held.map(|held| &*held.role).filter(|role| seen.insert(*role)).collect();
        (!roles.is_empty()).then(|| roles.join(" and "))
    }

    fn node(&self, role: Option<String>) -> Node {
        let at = self.at;
        let (honorific, name) = parts(&self.title);
        let mut person = vec![("name", Node::text(at, name))];
        if !honorific.is_empty() {
            person.push(("honorific", Node::text(at, honorific)));
        }
        if let Some(url) = &self.url {
            person.push(("url", Node::text(at, &**url)));
        }
        let mut announcer = vec![("person", Node::map(at, person))];
        if let Some(role) = role {
            announcer.push(("role", Node::text(at, role)));
        }
        Node::map(at, announcer)
    }

    /// Whether letters after the name were left out.
    fn is_shortened(&self) -> bool {
        let (honorific, name) = parts(&self.title);
        let words = |text: &str| text.split_whitespace().count();
        words(&honorific) + words(&name) < words(&self.title)
    }
}

/// Honorifics before a name.
const BEFORE: [&str; 24] = [
    "the",
    "rt",
    "right",
    "hon",
    "honourable",
    "sir",
    "dame",
    "lord",
    "lady",
    "baroness",
    "baron",
    "viscount",
    "viscountess",
    "earl",
    "countess",
    "dr",
    "doctor",
    "professor",
    "prof",
    "mr",
    "mrs",
    "ms",
    "miss",
    "reverend",
];

/// Letters after a name.
const AFTER: [&str; 28] = [
    "MP", "MSP", "MS", "AM", "MLA", "MEP", "QC", "KC", "PC", "CH", "OM", "CB", "KCB", "DCB", "GCB",
    "CBE", "OBE", "MBE", "KBE", "DBE", "CMG", "KCMG", "DCMG", "GCMG", "CVO", "FRS", "TD", "DL",
];

/// The honorific and the name of a title such as `The Rt Hon Sir Ben Weaver CBE MP`. A title that is
/// nothing but honorifics is a name.
fn parts(title: &str) -> (String, String) {
    let mut words: Vec<&str> = title.split_whitespace().collect();
    let bare = |word: &str| word.trim_end_matches(['.', ',']).to_owned();
    while words.len() > 1 && words.last().is_some_and(|word| AFTER.contains(&&*bare(word))) {
        words.pop();
    }
    let is_before = |word: &&&str| BEFORE.contains(&&*bare(word).to_lowercase());
    let count = words.iter().take_while(is_before).count();
    // `Her Majesty the King` and `The Speaker` are names as they stand.
    let count = if count == words.len()
        || words[..count].iter().all(|word| bare(word).eq_ignore_ascii_case("the"))
    {
        0
    } else {
        count
    };
    let name = words[count..].join(" ");
    (words[..count].join(" "), name.trim_end_matches(',').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_has_an_honorific_and_a_name() {
        for (title, honorific, name) in [
            ("The Rt Hon Sir Ben Weaver CBE MP", "The Rt Hon Sir", "Ben Weaver"),
            ("The Rt Hon Lord Carder", "The Rt Hon Lord", "Carder"),
            (
                "The Rt Hon Baroness Spinner of Northmoor",
                "The Rt Hon Baroness",
                "Spinner of Northmoor",
            ),
            ("Ann Miller MP", "", "Ann Miller"),
            ("Her Majesty the Queen", "", "Her Majesty the Queen"),
            ("The Speaker", "", "The Speaker"),
            ("Lord", "", "Lord"),
            ("MP", "", "MP"),
            ("Dr. Ann Miller, OBE", "Dr.", "Ann Miller"),
        ] {
            assert_eq!(parts(title), (honorific.to_owned(), name.to_owned()), "{title}");
        }
    }
}
