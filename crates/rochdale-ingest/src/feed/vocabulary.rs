//! RSS and Atom: the elements of both, in whichever of the two they stand.

use super::item::{Channel, Item, Origin, Writer, based};
use super::parts::{is_page, relation};
use super::prose::{Prose, Unless};
use super::xml::{Element, Space, Words};
use crate::codes::{NO_ENTRIES, NOT_THE_FORMAT};
use crate::place::Places;
use crate::tree::issue;

/// Names under which RSS and Atom have a piece.
const ITEMS: [&str; 2] = ["item", "entry"];

/// Elements of a channel that only steer readers of feeds, or name what each piece says better.
const STEERING: [&str; 10] = [
    "items",
    "generator",
    "docs",
    "cloud",
    "ttl",
    "skipdays",
    "skiphours",
    "textinput",
    "icon",
    "logo",
];

/// Reads a document, and says what is not carried.
pub(super) fn document(root: &Element, places: &Places<'_>, writer: &mut Writer<'_, '_>) {
    let name = root.local.to_lowercase();
    if !matches!(&*name, "rss" | "rdf" | "feed" | "channel") {
        let message = format!("expected `rss`, `rdf:RDF` or `feed`, got `{}`", root.written);
        writer.sink.issue(issue(&NOT_THE_FORMAT, root.at(places), message));
        return;
    }
    let reading = Reading { own: root.space, places };
    let mut channels: Vec<&Element> =
        root.elements().filter(|it| reading.is(it, "channel")).collect();
    if channels.is_empty() {
        channels.push(root);
    }
    let mut found = false;
    for (number, element) in channels.iter().enumerate() {
        let channel = reading.channel(element, writer);
        let inside = reading.items(element);
        // In RSS 0.90 and 1.0 the pieces stand beside the channel.
        let beside = reading.items(root).filter(|_| number == 0 && !std::ptr::eq(*element, root));
        for element in inside.chain(beside) {
            found = true;
            let item = reading.item(element, writer);
            if !writer.item(item, &channel) {
                return;
            }
        }
    }
    if !found {
        writer.sink.issue(issue(&NO_ENTRIES, root.at(places), "the feed has no entries"));
    }
}

pub(super) struct Reading<'a, 't> {
    /// The namespace of the root; some feeds use one of their own making.
    own: Space,
    pub(super) places: &'a Places<'t>,
}

/// A value and how good it is, 0 the best; of two that are as good the first counts.
pub(super) type Ranked<T> = Option<(u8, T)>;

pub(super) fn prefer<T>(slot: &mut Ranked<T>, rank: u8, value: Option<T>) {
    if let Some(value) = value
        && slot.as_ref().is_none_or(|(known, _)| rank < *known)
    {
        *slot = Some((rank, value));
    }
}

/// The same for dates, of which the last counts: it is what was written when the piece was changed.
pub(super) fn prefer_last<T>(slot: &mut Ranked<T>, rank: u8, value: Option<T>) {
    if let Some(value) = value
        && slot.as_ref().is_none_or(|(known, _)| rank <= *known)
    {
        *slot = Some((rank, value));
    }
}

/// What is found of a piece before it is known what counts.
#[derive(Default)]
pub(super) struct Found {
    pub(super) title: Ranked<Prose>,
    pub(super) summary: Ranked<Prose>,
    pub(super) content: Ranked<Prose>,
    pub(super) url: Ranked<Words>,
    pub(super) guid: Ranked<Words>,
    pub(super) published: Ranked<Words>,
    pub(super) updated: Ranked<Words>,
    pub(super) licence: Ranked<Words>,
    pub(super) language: Ranked<Words>,
}

impl Reading<'_, '_> {
    /// Whether an element is of RSS or Atom rather than of an extension.
    fn is_own(&self, element: &Element) -> bool {
        matches!(element.space, Space::None | Space::Atom | Space::Atom03)
            || element.space == self.own
    }

    pub(super) fn is(&self, element: &Element, name: &str) -> bool {
        self.is_own(element) && element.local.eq_ignore_ascii_case(name)
    }

    /// The pieces in an element, in RSS 1.1 inside `items`.
    fn items<'e>(&'e self, element: &'e Element) -> impl Iterator<Item = &'e Element> {
        let is_item = |it: &&Element| ITEMS.iter().any(|name| self.is(it, name));
        let lists = element.elements().filter(|it| self.is(it, "items"));
        element.elements().filter(is_item).chain(lists.flat_map(Element::elements).filter(is_item))
    }

    pub(super) fn words(&self, element: &Element) -> Option<Words> {
        element.words(self.places)
    }

    pub(super) fn address(&self, element: &Element) -> Option<Words> {
        self.words(element).map(|words| based(words, element.base.as_ref()))
    }

    pub(super) fn address_in(&self, element: &Element, name: &str) -> Option<Words> {
        let words = element.attribute_words(name, self.places);
        words.map(|words| based(words, element.base.as_ref()))
    }

    /// The text of an element in one line.
    pub(super) fn line(&self, element: &Element) -> Option<Words> {
        let prose = Prose::read(element, Self::unless(element), self.places)?;
        let text = prose.line();
        (!text.is_empty()).then_some(Words { at: prose.at, text })
    }

    /// What a text without a type is: plain in Atom, anything in RSS.
    fn unless(element: &Element) -> Unless {
        let atom = matches!(element.space, Space::Atom | Space::Atom03);
        if atom { Unless::Plain } else { Unless::Guess }
    }

    /// What a feed says of itself.
    fn channel(&self, element: &Element, writer: &mut Writer<'_, '_>) -> Channel {
        let mut channel = Channel::default();
        let (mut name, mut url, mut licence) = (None, None, None);
        for inside in element.elements() {
            let local = inside.local.to_lowercase();
            match (self.space(inside), &*local) {
                (Space::Atom, "item" | "entry") => {}
                (Space::Atom, "title") => prefer(&mut name, 0, self.line(inside)),
                (Space::DublinCore, "title") => prefer(&mut name, 1, self.line(inside)),
                (Space::Atom, "link") => match &*relation(inside) {
                    "alternate" => {
                        let rank = u8::from(!is_page(inside));
                        prefer(&mut url, rank, self.link(inside));
                    }
                    "self" => prefer(&mut url, 3, self.link(inside)),
                    "license" => prefer(&mut licence, 0, self.link(inside)),
                    relation => writer.pass_over(&format!("link {relation}")),
                },
                (Space::Atom, "rights" | "copyright") | (Space::DublinCore, "rights") => {
                    prefer(&mut licence, 1, self.line(inside));
                }
                (Space::CreativeCommons, "license") => {
                    prefer(&mut licence, 0, self.resource(inside));
                }
                (Space::Atom | Space::DublinCore, "language") => {
                    channel.language = channel.language.or(self.words(inside));
                }
                (Space::Atom, "author" | "managingeditor")
                | (Space::DublinCore, "creator" | "author") => {
                    channel.authors.extend(self.byline(inside));
                }
                (Space::Atom, steering) if STEERING.contains(&steering) => {}
                _ => writer.pass_over(&inside.written),
            }
        }
        let url = url.map(|(_, url)| url);
        let language = channel.language.take().or_else(|| self.inherited(element));
        let second = |(_, words)| words;
        channel.origin = Origin { name: name.map(second), url, licence: licence.map(second) };
        Channel { language, ..channel }
    }

    /// The namespace by which an element is judged: all of RSS and Atom as one.
    fn space(&self, element: &Element) -> Space {
        if self.is_own(element) { Space::Atom } else { element.space }
    }

    fn item(&self, element: &Element, writer: &mut Writer<'_, '_>) -> Item {
        let mut item = Item::at(element.at(self.places));
        let mut found = Found::default();
        for inside in element.elements() {
            if !self.part(inside, &mut item, &mut found) {
                writer.pass_over(&inside.written);
            }
        }
        let about = element.attribute_in(Space::Rdf, "about").map(str::trim);
        if let Some(about) = about.filter(|about| !about.is_empty()) {
            let words = Words { at: item.at, text: about.to_owned() };
            prefer(&mut found.guid, 1, Some(words));
        }
        let language = [&found.content, &found.summary, &found.title]
            .into_iter()
            .flatten()
            .find_map(|(_, prose)| Some((prose.at, prose.language.clone()?)));
        let language = language.map(|(at, text)| Words { at, text: text.to_string() });
        let language = language.or_else(|| self.inherited(element));
        prefer(&mut found.language, 1, language);
        item.title = found.title.map(|(_, prose)| prose);
        item.summary = found.summary.map(|(_, prose)| prose);
        item.content = found.content.map(|(_, prose)| prose);
        item.url = found.url.map(|(_, words)| words);
        item.guid = found.guid.map(|(_, words)| words);
        item.published = found.published.map(|(_, words)| words);
        item.updated = found.updated.map(|(_, words)| words);
        item.licence = found.licence.map(|(_, words)| words);
        item.language = found.language.map(|(_, words)| words);
        item
    }

    /// The language around an element, as `xml:lang` says it.
    fn inherited(&self, element: &Element) -> Option<Words> {
        let text = element.language.as_deref()?.to_owned();
        Some(Words { at: element.at(self.places), text })
    }

    /// Takes a part of a piece; false where it is not carried.
    fn part(&self, element: &Element, item: &mut Item, found: &mut Found) -> bool {
        let local = element.local.to_lowercase();
        match self.space(element) {
            Space::Atom => return self.own_part(element, &local, item, found),
            Space::Content if local == "encoded" => self.body(element, found, 0),
            Space::DublinCore => return self.dublin_core(element, &local, item, found),
            Space::DublinCoreTerms => match &*local {
                "issued" => prefer_last(&mut found.published, 1, self.words(element)),
                "created" => prefer_last(&mut found.published, 4, self.words(element)),
                "modified" => prefer_last(&mut found.updated, 1, self.words(element)),
                _ => return false,
            },
            Space::CreativeCommons if local == "license" => {
                prefer(&mut found.licence, 0, self.resource(element));
            }
            Space::Xhtml if local == "body" => self.body(element, found, 0),
            Space::Media => return self.media(element, &local, item, found),
            Space::Itunes => return self.itunes(element, &local, item, found),
            _ => return false,
        }
        true
    }
}
