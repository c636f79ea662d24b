//! An export read one part at a time, in memory that does not grow with it.

use std::io::Read;

use rochdale::issue::Issue;

use super::part::{Author, Channel, Comment, Fields, Item, ItemTerm, Meta, Part, Term};
use crate::codes::{NOT_WXR, REPEATED_KEY, TOO_COMPLEX};
use crate::foreign::Refused;
use crate::place::Place;
use crate::tally::Tally;
use crate::xml::{Element, Family, Field, Token, Xml};

/// How many bytes the values of one item may have.
const ITEM: usize = 64 << 20;

/// What the elements of a channel, with their families.
const CHANNEL: &[(Family, &str)] = &[
    (Family::Plain, "title"),
    (Family::Plain, "link"),
    (Family::Plain, "description"),
    (Family::Plain, "pubDate"),
    (Family::Plain, "language"),
    (Family::Plain, "generator"),
    (Family::Wordpress, "wxr_version"),
    (Family::Wordpress, "base_site_url"),
    (Family::Wordpress, "base_blog_url"),
];

const AUTHOR: &[(Family, &str)] = &[
    (Family::Wordpress, "author_id"),
    (Family::Wordpress, "author_login"),
    (Family::Wordpress, "author_email"),
    (Family::Wordpress, "author_display_name"),
    (Family::Wordpress, "author_first_name"),
    (Family::Wordpress, "author_last_name"),
];

const TERM: &[(Family, &str)] = &[
    (Family::Wordpress, "term_id"),
    (Family::Wordpress, "category_nicename"),
    (Family::Wordpress, "category_parent"),
    (Family::Wordpress, "cat_name"),
    (Family::Wordpress, "category_description"),
    (Family::Wordpress, "tag_slug"),
    (Family::Wordpress, "tag_name"),
    (Family::Wordpress, "tag_description"),
    (Family::Wordpress, "term_taxonomy"),
    (Family::Wordpress, "term_slug"),
    (Family::Wordpress, "term_parent"),
    (Family::Wordpress, "term_name"),
    (Family::Wordpress, "term_description"),
];

const ITEM_FIELDS: &[(Family, &str)] = &[
    (Family::Plain, "title"),
    (Family::Plain, "link"),
    (Family::Plain, "pubDate"),
    (Family::Plain, "guid"),
    (Family::Plain, "description"),
    (Family::Dublin, "creator"),
    (Family::Wordpress, "post_id"),
    (Family::Wordpress, "post_date"),
    (Family::Wordpress, "post_date_gmt"),
    (Family::Wordpress, "post_modified"),
    (Family::Wordpress, "post_modified_gmt"),
    (Family::Wordpress, "comment_status"),
    (Family::Wordpress, "ping_status"),
    (Family::Wordpress, "post_name"),
    (Family::Wordpress, "status"),
    (Family::Wordpress, "post_parent"),
    (Family::Wordpress, "menu_order"),
    (Family::Wordpress, "post_type"),
    (Family::Wordpress, "is_sticky"),
    (Family::Wordpress, "attachment_url"),
];

const COMMENT: &[(Family, &str)] = &[
    (Family::Wordpress, "comment_id"),
    (Family::Wordpress, "comment_approved"),
    (Family::Wordpress, "comment_type"),
    (Family::Wordpress, "comment_parent"),
    (Family::Wordpress, "comment_date"),
    (Family::Wordpress, "comment_date_gmt"),
];

/// What says who wrote a comment, and what.
const PERSONAL: &[(Family, &str)] = &[
    (Family::Wordpress, "comment_author"),
    (Family::Wordpress, "comment_author_email"),
    (Family::Wordpress, "comment_author_url"),
    (Family::Wordpress, "comment_author_IP"),
    (Family::Wordpress, "comment_content"),
    (Family::Wordpress, "comment_user_id"),
];

/// A WordPress export, which yields its parts in their order.
///
/// What is ill-formed is mended where a person could tell what was meant; [`Export::issues`] says
/// what and where. Passwords are never read, and what is personal in comments only if asked for.
///
/// # Example
///
/// ```
/// use rochdale_ingest::wxr::{Export, Part};
///
/// let xml = r#"<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>
///   <wp:wxr_version>1.2</wp:wxr_version>
///   <item><title>First</title><wp:post_type>post</wp:post_type></item>
/// </channel></rss>"#;
/// let mut export = Export::new(xml.as_bytes());
/// let Some(Part::Item(item)) = export.next() else { panic!() };
/// assert_eq!(item.text("title"), Some("First"));
/// assert!(export.next().is_none() && export.issues().is_empty());
/// ```
pub struct Export<R: Read> {
    xml: Xml<R>,
    channel: Channel,
    personal_data: bool,
    pub(super) tally: Tally,
    /// How many parts there were.
    count: usize,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Reading,
    /// The root is that of some other format.
    Foreign,
    Ended,
}

impl<R: Read> std::fmt::Debug for Export<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Export").field("channel", &self.channel).finish_non_exhaustive()
    }
}

impl<R: Read> Export<R> {
    /// Reads an export from any source of bytes.
    pub fn new(source: R) -> Self {
        Self {
            xml: Xml::new(source),
            channel: Channel::default(),
            personal_data: false,
            tally: Tally::default(),
            count: 0,
            state: State::Reading,
        }
    }

    /// Reads who wrote comments, and what, as well.
    #[must_use]
    pub fn with_personal_data(self) -> Self {
        Self { personal_data: true, ..self }
    }

    /// What it says of the whole site, so far as it was read.
    pub fn channel(&self) -> &Channel {
        &self.channel
    }

    /// The issues found since the last call.
    pub fn issues(&mut self) -> Vec<Issue> {
        self.xml.flaws.take()
    }

    /// Tells an issue along with those of the file, so that no sort of them is told too often.
    pub(super) fn tell(
        &mut self,
        code: &'static rochdale::issue::Code,
        at: Place,
        message: &str,
        help: &str,
    ) {
        self.xml.flaws.tell(code, at, message, help);
    }

    /// What the values of an element are, by the names that are looked for.
    fn known(element: &Element, names: &[(Family, &'static str)]) -> Option<&'static str> {
        let is = |(family, name): &&(Family, &str)| element.is(*family, name);
        names.iter().find(is).map(|(_, name)| *name)
    }

    /// Reads a value into `fields`, or passes over the element if its name is not looked for.
    fn value(
        &mut self,
        element: &Element,
        names: &[(Family, &'static str)],
        fields: &mut Fields,
        room: &mut usize,
    ) -> bool {
        let Some(name) = Self::known(element, names) else { return false };
        let field = self.xml.field(element);
        if self.take_room(&field, room) && !fields.insert(name, field) {
            let message = format!("`{name}` stands again; the first counts");
            self.xml.flaws.tell(&REPEATED_KEY, element.at, &message, "");
        }
        true
    }

    /// Whether a value still has room in its item.
    fn take_room(&mut self, field: &Field, room: &mut usize) -> bool {
        let size = field.text.len() + size_of::<Meta>();
        if size <= *room {
            *room -= size;
            return true;
        }
        let message =
            format!("expected at most {ITEM} bytes in one item; the rest of it was dropped");
        self.xml.flaws.tell(&TOO_COMPLEX, field.at, &message, "");
        *room = 0;
        false
    }

    /// Reads the elements inside the one that was just opened.
    fn inside(&mut self, mut read: impl FnMut(&mut Self, &Element) -> bool) {
        let depth = self.xml.depth();
        while self.xml.depth() >= depth {
            match self.xml.next() {
                Some(Token::Open(element)) => {
                    if !read(self, &element) {
                        self.tally.add(&format!("element {}", element.name));
                        self.xml.skip();
                    }
                }
                Some(Token::Close) => {}
                None => break,
            }
        }
    }

    fn fields(&mut self, names: &[(Family, &'static str)]) -> (Fields, usize) {
        let (mut fields, mut meta, mut room) = (Fields::default(), 0, ITEM);
        self.inside(|export, element| {
            if element.family == Family::Wordpress
                && matches!(&*element.name, "termmeta" | "commentmeta")
            {
                meta += 1;
                export.xml.skip();
                return true;
            }
            if export.value(element, names, &mut fields, &mut room) {
                return true;
            }
            // What is left out on purpose is counted with the comments.
            if PERSONAL.contains(&(element.family, &*element.name)) {
                export.xml.skip();
                return true;
            }
            false
        });
        (fields, meta)
    }

    fn item(&mut self, at: Place) -> Item {
        let mut item = Item::new(at);
        let mut room = ITEM;
        self.inside(|export, element| {
            if export.value(element, ITEM_FIELDS, &mut item.fields, &mut room) {
                return true;
            }
            match (element.family, &*element.name) {
                (Family::Content, "encoded") => {
                    export.text(element, "content", &mut item, &mut room);
                }
                (Family::Excerpt, "encoded") => {
                    export.text(element, "excerpt", &mut item, &mut room);
                }
                (Family::Plain, "category") => {
                    let term = ItemTerm {
                        domain: element.attribute("domain").map(str::to_owned),
                        slug: element.attribute("nicename").map(str::to_owned),
                        name: export.xml.field(element),
                    };
                    if export.take_room(&term.name, &mut room) {
                        item.terms.push(term);
                    }
                }
                (Family::Wordpress, "postmeta") => {
                    let meta = export.meta(element.at);
                    if export.take_room(&meta.value, &mut room) {
                        item.meta.push(meta);
                    }
                }
                (Family::Wordpress, "comment") => {
                    let comment = export.comment(element.at);
                    if room > size_of::<Comment>() {
                        room -= size_of::<Comment>();
                        item.comments.push(comment);
                    }
                }
                (Family::Wordpress, "post_password") => {
                    item.is_protected |= !export.xml.field(element).text.trim().is_empty();
                }
                _ => return false,
            }
            true
        });
        item
    }

    fn text(&mut self, element: &Element, name: &'static str, item: &mut Item, room: &mut usize) {
        let field = self.xml.field(element);
        if self.take_room(&field, room) && !item.fields.insert(name, field) {
            let message = format!("`{name}:encoded` stands again; the first counts");
            self.xml.flaws.tell(&REPEATED_KEY, element.at, &message, "");
        }
    }

    fn meta(&mut self, at: Place) -> Meta {
        const NAMES: &[(Family, &str)] =
            &[(Family::Wordpress, "meta_key"), (Family::Wordpress, "meta_value")];
        let (fields, _) = self.fields(NAMES);
        let field = |name| fields.get(name).cloned().unwrap_or(Field { text: String::new(), at });
        Meta { key: field("meta_key"), value: field("meta_value") }
    }

    fn comment(&mut self, at: Place) -> Comment {
        let (fields, meta) = if self.personal_data {
            self.fields(&[COMMENT, PERSONAL].concat())
        } else {
            self.fields(COMMENT)
        };
        Comment { fields, meta, at }
    }

    /// The part that an element of the channel begins, if it does.
    fn part(&mut self, element: &Element) -> Option<Part> {
        let at = element.at;
        match (element.family, &*element.name) {
            (Family::Plain, "item") => Some(Part::Item(Box::new(self.item(at)))),
            (Family::Wordpress, "author" | "wp_author") => {
                let (fields, _) = self.fields(AUTHOR);
                Some(Part::Author(Author { fields, at }))
            }
            (Family::Wordpress, name) => {
                let element =
                    ["category", "tag", "term"].into_iter().find(|known| *known == name)?;
                let (fields, meta) = self.fields(TERM);
                Some(Part::Term(Term { element, fields, meta, at }))
            }
            _ => None,
        }
    }

    /// Reads an element that is no part.
    fn other(&mut self, element: &Element) {
        match (element.family, &*element.name) {
            (Family::Plain, "rss" | "channel" | "RDF") => {}
            _ if self.xml.depth() == 1 => {
                let message = format!(
                    "expected `rss`, got `{}`; this does not appear to be a WordPress export",
                    element.name
                );
                self.xml.flaws.tell(&NOT_WXR, element.at, &message, "");
                self.state = State::Foreign;
            }
            _ => {
                let mut fields = std::mem::take(&mut self.channel.fields);
                if !self.value(element, CHANNEL, &mut fields, &mut ITEM.clone()) {
                    self.tally.add(&format!("element {}", element.name));
                    self.xml.skip();
                }
                self.channel.fields = fields;
            }
        }
    }

    /// Says at the end what the whole file lacks.
    fn finish(&mut self) {
        let version = self.channel.text("wxr_version").unwrap_or_default();
        let is_version = !version.is_empty()
            && version
                .split('.')
                .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
        let is_whole = self.state == State::Reading && !self.xml.is_broken();
        if is_whole && !is_version {
            let got = if version.is_empty() { "none".to_owned() } else { format!("`{version}`") };
            let message = format!(
                "expected a number in `wp:wxr_version`, got {got}; this does not appear to be a \
                 WordPress export"
            );
            let help = if self.count == 0 { "export it from WordPress again" } else { "" };
            self.xml.flaws.tell(&NOT_WXR, Place::TOP, &message, help);
        }
        if let Some(failure) = self.xml.failure() {
            let at = self.xml.place();
            let issue = Refused::issue(&failure).with_position(at.line, at.column);
            self.xml.flaws.push(issue);
        }
        self.tally.add_times("text between elements", self.xml.stray_texts);
        self.xml.flaws.close();
        self.state = State::Ended;
    }
}

impl<R: Read> Iterator for Export<R> {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        while self.state == State::Reading {
            match self.xml.next() {
                Some(Token::Open(element)) => {
                    if let Some(part) = self.part(&element) {
                        self.count += 1;
                        return Some(part);
                    }
                    self.other(&element);
                }
                Some(Token::Close) => {}
                None => break,
            }
        }
        if self.state != State::Ended {
            self.finish();
        }
        None
    }
}
