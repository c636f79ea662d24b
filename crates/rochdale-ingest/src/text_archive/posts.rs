//! Posts in a row of paragraphs: where each begins, and what its lines are.

use std::collections::BTreeSet;

use super::blocks::Block;
use crate::dates;
use crate::page::{names, squeezed};

/// Letters of a title, at most.
const TITLE: usize = 200;

/// Lines below a title that say who, when or where.
const ABOUT: usize = 4;

/// Above a title without a byline, blank lines at least.
const GAP: usize = 2;

/// The posts, and what beside them was found.
#[derive(Debug, Default)]
pub(super) struct Reading<'a> {
    pub(super) posts: Vec<Post<'a>>,
    /// Lines that may be titles and were taken for text.
    pub(super) unsure: Vec<Block<'a>>,
    /// Lines that lead to other pages.
    pub(super) menus: usize,
}

/// A post.
#[derive(Debug)]
pub(super) struct Post<'a> {
    pub(super) title: Block<'a>,
    pub(super) authors: Vec<(Vec<String>, Block<'a>)>,
    pub(super) published: Option<(String, Block<'a>)>,
    /// A line that is its address.
    pub(super) address: Option<Block<'a>>,
    /// Categories and tags: the field, the names, and where they stand.
    pub(super) labels: Vec<(&'static str, Vec<String>, Block<'a>)>,
    pub(super) body: Vec<Block<'a>>,
    /// The lines below `Links:`, which are part of the body too.
    pub(super) links: Vec<Block<'a>>,
}

/// Lines above links.
const LINKS: [&str; 7] = [
    "links",
    "link",
    "related links",
    "further reading",
    "see also",
    "sources",
    "more information",
];

/// Lines that lead to other pages of the archive.
const MENUS: [&str; 8] = [
    "older posts",
    "newer posts",
    "← older posts",
    "newer posts →",
    "older entries",
    "newer entries",
    "« older entries",
    "newer entries »",
];

/// Finds the posts in the blocks below the heading.
pub(super) fn posts<'a>(blocks: &[Block<'a>]) -> Reading<'a> {
    let mut reading = Reading::default();
    let mut at = 0;
    let mut in_links = false;
    while let Some(block) = blocks.get(at).copied() {
        let sure = is_title(blocks, at, reading.posts.is_empty());
        if sure {
            let (mut post, rest, next) = begin(blocks, at);
            (at, in_links) = (next, false);
            if let Some(rest) = rest {
                in_links = post.take(rest, in_links);
            }
            reading.posts.push(post);
            continue;
        }
        at += 1;
        let Some(post) = reading.posts.last_mut() else { continue };
        let plain = squeezed(block.text).to_lowercase();
        if MENUS.contains(&&*plain) {
            reading.menus += 1;
            continue;
        }
        if let Some(labels) = labels(&block) {
            post.labels.extend(labels);
            continue;
        }
        in_links = post.take(block, in_links);
        if !in_links && may_be_title(blocks, at - 1) {
            reading.unsure.push(block);
        }
    }
    reading.posts.iter_mut().for_each(Post::sign);
    reading
}

/// Whether a post begins with a block: above a byline, below a wider gap, or first of all.
fn is_title(blocks: &[Block], at: usize, first: bool) -> bool {
    let block = &blocks[at];
    let (line, rest) = block.split();
    if !looks_like_title(line.text) {
        return false;
    }
    let below = rest.or_else(|| blocks.get(at + 1).map(|next| next.split().0));
    let Some(below) = below else { return first && at == 0 };
    if about(below.split().0.text).is_some_and(|about| about.is_byline()) {
        return true;
    }
    let alone = block.line().is_some() && !ends_sentence(line.text);
    alone && (first || block.gap >= GAP)
}

/// Whether a line stands as a title would, though nothing else shows that it is one.
fn may_be_title(blocks: &[Block], at: usize) -> bool {
    let Some(line) = blocks[at].line() else { return false };
    let before = at.checked_sub(1).map_or("", |before| blocks[before].text);
    let next = blocks.get(at + 1).map_or("", |next| next.text);
    looks_like_title(line)
        && !line.contains(',')
        && !line.ends_with(['.', '!', '”', '"', '’'])
        && line.split_whitespace().count() > 3
        && ends_sentence(before)
        && ends_sentence(next)
        && next.chars().count() > 80
}

fn looks_like_title(line: &str) -> bool {
    let starts = |letter: char| {
        letter.is_uppercase()
            || letter.is_numeric()
            || "“‘\"'¿¡(".contains(letter)
            || (letter.is_alphabetic() && !letter.is_lowercase())
    };
    line.starts_with(starts)
        && line.chars().count() <= TITLE
        && !line.ends_with([':', ',', ';'])
        && (!line.ends_with('.') || line.ends_with("..."))
        && about(line).is_none()
        && address_in(line).is_none()
        && line.chars().any(char::is_alphabetic)
}

fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['”', '’', '"', '\'', ')', ' ']);
    text.ends_with(['.', '!', '…', '。'])
}

/// Begins a post at a title; gives the rest of the block in which its text begins, and the number
/// of the next block.
fn begin<'a>(blocks: &[Block<'a>], at: usize) -> (Post<'a>, Option<Block<'a>>, usize) {
    let (title, rest) = blocks[at].split();
    let mut post = Post {
        title,
        authors: Vec::new(),
        published: None,
        address: None,
        labels: Vec::new(),
        body: Vec::new(),
        links: Vec::new(),
    };
    let mut rest = rest;
    let mut next = at + 1;
    for _ in 0..ABOUT {
        let block = match rest {
            Some(rest) => rest,
            None => match blocks.get(next) {
                Some(block) => *block,
                None => break,
            },
        };
        let (line, left) = block.split();
        let Some(about) = about(line.text) else { break };
        match about {
            About::Said { date: Some(_), .. } if post.published.is_some() => break,
            About::Address => post.address = Some(line),
            About::Said { names, date } => {
                if !names.is_empty() {
                    post.authors.push((names, line));
                }
                if let Some(date) = date {
                    post.published = Some((date, line));
                }
            }
        }
        next += usize::from(rest.is_none());
        rest = left;
    }
    (post, rest, next)
}

/// What a line below a title says of the post.
#[derive(Debug, PartialEq)]
enum About {
    Said { names: Vec<String>, date: Option<String> },
    Address,
}

impl About {
    fn is_byline(&self) -> bool {
        match self {
            Self::Said { names, date } => !names.is_empty() || date.is_some(),
            Self::Address => false,
        }
    }
}

/// Reads `By Jane Doe`, `12 May 2011`, `Posted on May 12, 2011 by Jane Doe`, or an address.
fn about(line: &str) -> Option<About> {
    let line = squeezed(line);
    if is_address(&line) {
        return Some(About::Address);
    }
    let lower = line.to_ascii_lowercase();
    let opening = ["posted on ", "published on ", "posted ", "published ", "on "]
        .iter()
        .find(|opening| lower.starts_with(**opening));
    let rest = &line[opening.map_or(0, |opening| opening.len())..];
    let (when, who) = match rest.to_ascii_lowercase().find(" by ") {
        Some(end) => (&rest[..end], names(&rest[end + 1..])?),
        None => (rest, Vec::new()),
    };
    if let Some(date) = day(when) {
        return Some(About::Said { names: who, date: Some(date) });
    }
    let names = names(&line)?;
    let date = line.find(|letter: char| letter.is_ascii_digit()).and_then(|_| {
        let after =
            names.last().and_then(|name| Some(&line[line.find(&**name)? + name.len()..]))?;
        let after = after.trim_start_matches([',', ' ', '|', '–', '—', '-', '·']);
        day(after.strip_prefix("on ").unwrap_or(after))
    });
    Some(About::Said { names, date })
}

/// A date of a day in a short text.
fn day(text: &str) -> Option<String> {
    let text = text.trim_matches([' ', ',', '.', '|', '–', '—', '-']);
    let year = text.split(|letter: char| !letter.is_ascii_digit()).any(|part| part.len() == 4);
    let short = text.len() <= 40 && year && text.chars().filter(char::is_ascii_digit).count() > 4;
    (short && dates::read(text).is_ok()).then(|| text.to_owned())
}

fn is_address(line: &str) -> bool {
    is_web(line) && !line.contains(' ')
}

/// The first address of the web in a text, and where it begins.
pub(super) fn address_in(text: &str) -> Option<(usize, &str)> {
    let is_start = |at: &usize| is_web(&text[*at..]);
    let start = text.match_indices("http").map(|(at, _)| at).find(is_start)?;
    let rest = &text[start..];
    let end = rest.find(|letter: char| letter.is_whitespace() || "<>\"“”[]|".contains(letter));
    let mut address = &rest[..end.unwrap_or(rest.len())];
    let opened = address.matches('(').count();
    let mut closed = address.matches(')').count();
    loop {
        let bare = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’']);
        let outer = bare.strip_suffix(')').filter(|_| closed > opened);
        closed -= usize::from(outer.is_some());
        let bare = outer.unwrap_or(bare);
        if bare.len() == address.len() {
            break;
        }
        address = bare;
    }
    (address.len() > "https://".len()).then_some((start, address))
}

fn is_web(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// The lines of a block, each as one, without the signs of a list.
fn lines(block: Block<'_>) -> Vec<Block<'_>> {
    let mut lines = Vec::new();
    let mut rest = Some(block);
    while let Some(block) = rest {
        let (line, left) = block.split();
        let bare =
            line.text.trim_start_matches(['-', '–', '—', '•', '*', '·', ' ', '\t', '\u{a0}']);
        let offset = line.offset + (line.text.len() - bare.len());
        if !bare.is_empty() {
            lines.push(Block { text: bare, offset, gap: 0 });
        }
        rest = left;
    }
    lines
}

/// What a line `Posted in News, Care | Tagged mutuals | 2 Comments` says.
fn labels<'a>(block: &Block<'a>) -> Option<Vec<(&'static str, Vec<String>, Block<'a>)>> {
    let line = block.line()?;
    let mut found = Vec::new();
    let openings = [
        ("posted in ", "categories"),
        ("filed under: ", "categories"),
        ("filed under ", "categories"),
        ("categories: ", "categories"),
        ("tagged ", "tags"),
        ("tags: ", "tags"),
    ];
    let first = openings.iter().any(|(opening, _)| starts(line, opening));
    if !first || ends_sentence(line) {
        return None;
    }
    for part in line.split('|').map(str::trim) {
        let known = openings.iter().find(|(opening, _)| starts(part, opening));
        if let Some((opening, field)) = known {
            let names = part[opening.len()..].split(',').map(squeezed);
            found.push((*field, names.filter(|name| !name.is_empty()).collect(), *block));
        }
    }
    Some(found)
}

fn starts(text: &str, opening: &str) -> bool {
    text.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening))
}

impl<'a> Post<'a> {
    /// Takes a block of the text; says whether those that follow are links.
    fn take(&mut self, block: Block<'a>, in_links: bool) -> bool {
        self.body.push(block);
        if in_links {
            self.links.extend(lines(block));
            return true;
        }
        let (first, rest) = block.split();
        let head = squeezed(first.text).to_lowercase();
        let begins = LINKS.contains(&head.trim_end_matches(':'));
        if begins {
            self.links.extend(rest.into_iter().flat_map(lines));
        }
        begins
    }

    /// Takes a byline at the end of the text, where there is none above.
    fn sign(&mut self) {
        let Some(last) = self.body.last().copied().filter(|_| self.authors.is_empty()) else {
            return;
        };
        let Some(About::Said { names, date }) = last.line().and_then(about) else { return };
        if names.is_empty() {
            return;
        }
        self.authors.push((names, last));
        // A second date stays in the text.
        if date.is_none() || self.published.is_none() {
            self.body.pop();
            self.published = self.published.take().or(date.map(|date| (date, last)));
        }
    }

    /// The paragraphs, with a blank line between them.
    pub(super) fn text(&self) -> String {
        let paragraphs: Vec<&str> = self.body.iter().map(|block| block.text).collect();
        paragraphs.join("\n\n")
    }

    /// The addresses in the text, each once, with what a list of links calls them.
    pub(super) fn addresses(&self) -> Vec<(String, String, usize)> {
        let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
        let listed = self.links.iter().map(|block| (*block, true));
        let blocks = listed.chain(self.body.iter().map(|block| (*block, false)));
        for (block, is_listed) in blocks {
            let mut from = 0;
            while let Some((start, address)) = address_in(&block.text[from..]) {
                let title = squeezed(&block.text[from..from + start]);
                let title = title.trim_end_matches([':', '-', '–', '—', '(', '[', ']', '<', ' ']);
                let title = title.trim_start_matches('[');
                if seen.insert(address.to_owned()) {
                    let title = if is_listed && from == 0 { title } else { "" };
                    found.push((address.to_owned(), title.to_owned(), block.offset + from + start));
                }
                from += start + address.len();
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text_archive::blocks::blocks;

    fn said(names: &[&str], date: Option<&str>) -> About {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        About::Said { names, date: date.map(str::to_owned) }
    }

    #[test]
    fn lines_below_titles_are_read() {
        for (line, wanted) in [
            ("By Jane Doe", Some(said(&["Jane Doe"], None))),
            ("By Jane Doe, 12 May 2011", Some(said(&["Jane Doe"], Some("12 May 2011")))),
            ("May 12, 2011", Some(said(&[], Some("May 12, 2011")))),
            ("Posted on May 12, 2011 by Jane Doe", Some(said(&["Jane Doe"], Some("May 12, 2011")))),
            ("https://blog.example/a", Some(About::Address)),
            ("In 2011", None),
            ("By 2012 it was over.", None),
            ("On 12 May 2011 it was over.", None),
        ] {
            assert_eq!(about(line), wanted, "{line}");
        }
    }

    #[test]
    fn addresses_end_where_they_end() {
        for (text, wanted) in [
            ("See https://a.example/b.", Some("https://a.example/b")),
            ("(http://a.example/b_(c))", Some("http://a.example/b_(c)")),
            ("https://", None),
        ] {
            assert_eq!(address_in(text).map(|(_, address)| address), wanted);
        }
    }

    #[test]
    fn every_address_of_a_text_is_found() {
        let text =
            "A title\nBy Ann Lee\nLinks:\n• One: https://a.example/1 and • https://a.example/2";
        let blocks = blocks(text);
        let found = posts(&blocks).posts[0].addresses();
        let urls: Vec<_> = found.iter().map(|(url, title, _)| (&**url, &**title)).collect();
        assert_eq!(urls, [("https://a.example/1", "One"), ("https://a.example/2", "")]);
    }

    #[test]
    fn a_title_needs_a_byline_or_a_gap() {
        let text = "First post\n\nIt began well.\n\nA list of names, all short\n\nIt went on.\n\n\n\
                    Second post\n\nMore of it.\n\nThird post?\nBy Jane Doe\nThe end.";
        let blocks = blocks(text);
        let reading = posts(&blocks);
        let titles: Vec<_> = reading.posts.iter().map(|post| post.title.text).collect();
        assert_eq!(titles, ["First post", "Second post", "Third post?"]);
        assert_eq!(reading.posts[2].text(), "The end.");
    }
}
