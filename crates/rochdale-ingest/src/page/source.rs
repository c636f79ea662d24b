//! A saved page: its tree, its places and the addresses in it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use rochdale::issue::Issue;
use url::Url;

use super::dom::{Dom, NodeId, NodeKind, squeezed};
use super::parse::{TooComplex, parse};
use crate::place::{Place, Places};

/// A saved page.
pub(super) struct Page<'a> {
    pub(super) dom: Dom,
    pub(super) places: &'a Places<'a>,
    /// How many values are read of it.
    pub(super) values: usize,
    /// The address that it says it has.
    pub(super) url: Option<String>,
    base: Option<Url>,
    account: RefCell<BTreeMap<String, usize>>,
    issues: RefCell<Vec<Issue>>,
}

impl<'a> Page<'a> {
    pub(super) fn new(places: &'a Places<'a>, values: usize) -> Result<Self, TooComplex> {
        let mut dom = parse(places.text(), values)?;
        let said = saved_from(&dom).and_then(|url| Url::parse(&url).ok());
        let base = dom.below(0).find(|node| dom.name(*node) == "base");
        let base = base.and_then(|node| dom.filled(node, "href"));
        let own = canonical(&dom).and_then(|url| resolve(said.as_ref(), &url));
        let url = own.or(said);
        let base = base.and_then(|href| resolve(url.as_ref(), href)).or_else(|| url.clone());
        let url = url.map(String::from);
        if let Some(base) = &base {
            dom.rewrite(&["cite", "href", "poster", "src"], |address| {
                let keeps = address.trim_start().starts_with('#');
                resolve(Some(base), address.trim()).filter(|_| !keeps).map(String::from)
            });
        }
        let (account, issues) = (RefCell::default(), RefCell::default());
        Ok(Self { dom, places, values, url, base, account, issues })
    }

    /// Where a node stands.
    pub(super) fn place(&self, node: NodeId) -> Place {
        self.places.at(self.dom.node(node).offset)
    }

    /// An address of the page as one of the web, as far as the page says where it was.
    pub(super) fn absolute(&self, href: &str) -> String {
        let href = href.trim();
        resolve(self.base.as_ref(), href).map_or_else(|| href.to_owned(), String::from)
    }

    /// The address that relative ones are relative to.
    pub(super) fn base(&self) -> Option<&Url> {
        self.base.as_ref()
    }

    /// The top of the page.
    pub(super) fn top(&self) -> Place {
        self.elements("html").next().map_or(Place::TOP, |html| self.place(html))
    }

    /// The address of the site on which a page is, as far as the page or the address tell.
    pub(super) fn site(&self, url: &str) -> Option<String> {
        let link = |rel: &str, end: &str| {
            let links = self.elements("link").filter(|node| self.dom.has_rel(*node, rel));
            let href = links.into_iter().find_map(|node| self.dom.filled(node, "href"))?;
            Some(href.split_once(end)?.0.to_owned())
        };
        let root = || Some(Url::parse(url).ok()?.join("/").ok()?.to_string());
        link("https://api.w.org/", "wp-json")
            .or_else(|| link("EditURI", "xmlrpc.php"))
            .or_else(root)
    }

    /// Counts something that is not carried.
    pub(super) fn pass_over(&self, name: impl Into<String>) {
        *self.account.borrow_mut().entry(name.into()).or_default() += 1;
    }

    pub(super) fn issue(&self, issue: Issue) {
        self.issues.borrow_mut().push(issue);
    }

    /// What was not carried, and what was wrong.
    pub(super) fn into_findings(self) -> (BTreeMap<String, usize>, Vec<Issue>) {
        (self.account.into_inner(), self.issues.into_inner())
    }

    /// The elements of a name, in the order of the page.
    pub(super) fn elements<'s>(&'s self, name: &'s str) -> impl Iterator<Item = NodeId> + 's {
        self.dom.below(0).filter(move |node| self.dom.name(*node) == name)
    }

    /// The language that the page states.
    pub(super) fn language(&self) -> Option<(Place, String)> {
        let html = self.elements("html").next()?;
        let language =
            self.dom.filled(html, "lang").or_else(|| self.dom.filled(html, "xml:lang"))?;
        Some((self.place(html), language.to_owned()))
    }

    /// The title of the page.
    pub(super) fn title(&self) -> Option<(Place, String)> {
        let title = self
            .elements("title")
            .find(|node| self.dom.ancestors(*node).all(|around| self.dom.name(around) != "svg"))?;
        let text = squeezed(&self.dom.raw_text(title));
        (!text.is_empty()).then(|| (self.place(title), text))
    }
}

/// The address that the page gives as its own.
fn canonical(dom: &Dom) -> Option<String> {
    let link =
        dom.below(0).find(|node| dom.name(*node) == "link" && dom.has_rel(*node, "canonical"));
    let meta = |node: &NodeId| {
        dom.name(*node) == "meta" && dom.filled(*node, "property") == Some("og:url")
    };
    let link = link.and_then(|node| dom.filled(node, "href"));
    let url = link.or_else(|| dom.filled(dom.below(0).find(meta)?, "content"))?;
    Some(url.to_owned())
}

/// The address that a browser or an archiver noted in a comment:
/// `saved from url=(0042)https://…`, or `url: https://…` in one of `SingleFile`.
fn saved_from(dom: &Dom) -> Option<String> {
    let comments = dom.children(0).chain(dom.below(0).take(64));
    comments.into_iter().find_map(|node| {
        let NodeKind::Comment(text) = &dom.node(node).kind else { return None };
        let text = text.trim();
        let (_, rest) = match text.strip_prefix("saved from url=(") {
            Some(rest) => rest.split_once(')')?,
            None if text.contains("SingleFile") => text.split_once("url:")?,
            None => return None,
        };
        rest.split_whitespace().next().map(str::to_owned)
    })
}

/// An address of the web, where it is one or becomes one beside another.
fn resolve(base: Option<&Url>, href: &str) -> Option<Url> {
    let url = match base {
        Some(base) => base.join(href).ok()?,
        None => Url::parse(href).ok()?,
    };
    url.has_host().then_some(url)
}
