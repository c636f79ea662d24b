//! Shortcodes: words in brackets that WordPress replaces when a page is shown
//! (<https://codex.wordpress.org/Shortcode_API>).
//!
//! | shortcode | becomes |
//! |---|---|
//! | `[caption]`, `[wp_caption]` | a figure with its caption |
//! | `[embed]`, `[audio]`, `[video]`, `[playlist]`, `[youtube]` and any other with an address | a link |
//! | `[code]`, `[sourcecode]` | code, to the letter |
//! | `[quote]`, `[blockquote]` | a quotation |
//! | `[[gallery]]` | the text `[gallery]` |
//! | any other pair | what stands between |
//! | any other with attributes | nothing; it is counted |
//! | other words in brackets | themselves |

use std::collections::{BTreeMap, HashMap};

use super::tags::{Piece, pieces};
use super::text::{escape, is_address, link};

/// What was left out, by name.
pub(super) type Lost = BTreeMap<String, usize>;

/// Shortcodes that are code to the letter.
const CODE: [&str; 3] = ["code", "sourcecode", "sourcecodeplus"];

/// Shortcodes without attributes that stand for something that is not in the text.
const EMPTY_BY_NAME: [&str; 8] = [
    "gallery",
    "playlist",
    "audio",
    "video",
    "contact-form",
    "contact-form-7",
    "archives",
    "slideshow",
];

/// The text with its shortcodes replaced.
pub(super) fn replace(text: &str, lost: &mut Lost) -> String {
    if !text.contains('[') {
        return text.to_owned();
    }
    let marks = marks(text);
    let partners = partners(&marks);
    Writer { text, marks: &marks, partners: &partners, lost }.write()
}

/// A text or a shortcode.
#[derive(Clone, Copy, Debug)]
enum Mark<'a> {
    Text(&'a str),
    /// `[name attributes]`, from `start` on.
    Open {
        name: &'a str,
        attributes: &'a str,
        source: &'a str,
        is_closed: bool,
        end: usize,
    },
    /// `[/name]`.
    Close {
        name: &'a str,
        source: &'a str,
        start: usize,
    },
}

/// The shortcodes of a text and what is between them; tags keep their brackets.
fn marks(text: &str) -> Vec<Mark<'_>> {
    let mut marks = Vec::new();
    let mut offset = 0;
    for piece in pieces(text) {
        match piece {
            Piece::Text(part) => {
                bracketed(part, offset, &mut marks);
                offset += part.len();
            }
            Piece::Tag { source, .. } => {
                marks.push(Mark::Text(source));
                offset += source.len();
            }
            Piece::Comment(inside) => {
                let length = (inside.len() + 7).min(text.len() - offset);
                marks.push(Mark::Text(&text[offset..offset + length]));
                offset += length;
            }
        }
    }
    marks
}

/// The shortcodes of a text without tags, which begins at `base`.
fn bracketed<'a>(text: &'a str, base: usize, marks: &mut Vec<Mark<'a>>) {
    let mut start = 0;
    let mut from = 0;
    while let Some(open) = text[from..].find('[').map(|at| from + at) {
        from = open + 1;
        // Two brackets around make a shortcode that is shown, not replaced.
        let escaped = text[from..].strip_prefix('[').and_then(|rest| {
            shortcode(&text[from..], base + from).map(|(_, length)| (rest, length))
        });
        if let Some((_, length)) = escaped
            && text[from + length..].starts_with(']')
        {
            marks.push(Mark::Text(&text[start..open]));
            marks.push(Mark::Text(&text[from..from + length]));
            start = from + length + 1;
            from = start;
            continue;
        }
        if let Some((mark, length)) = shortcode(&text[open..], base + open) {
            marks.push(Mark::Text(&text[start..open]));
            marks.push(mark);
            start = open + length;
            from = start;
        }
    }
    marks.push(Mark::Text(&text[start..]));
}

/// The shortcode at the start of a text, and its length.
fn shortcode(text: &str, start: usize) -> Option<(Mark<'_>, usize)> {
    let inside = text.strip_prefix('[')?;
    let (is_end, inside) = inside.strip_prefix('/').map_or((false, inside), |rest| (true, rest));
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let length = inside.find(|c| !part(c)).unwrap_or(inside.len());
    let (name, rest) = inside.split_at(length);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = rest.find([']', '['])?;
    if rest.as_bytes()[end] == b'[' {
        return None;
    }
    let attributes = &rest[..end];
    let length = text.len() - rest.len() + end + 1;
    let source = &text[..length];
    if is_end {
        return attributes
            .trim()
            .is_empty()
            .then_some((Mark::Close { name, source, start }, length));
    }
    let stripped = attributes.strip_suffix('/');
    let attributes = stripped.unwrap_or(attributes);
    // `[youtube=http://…]` is an old way to write an address.
    if !attributes.is_empty()
        && !attributes.starts_with([' ', '\t', '\n', '\r', '\u{a0}', '=', ':'])
    {
        return None;
    }
    let is_closed = stripped.is_some();
    Some((Mark::Open { name, attributes, source, is_closed, end: start + length }, length))
}

/// For each mark that opens a pair the one that closes it.
fn partners(marks: &[Mark<'_>]) -> HashMap<usize, usize> {
    let mut partners = HashMap::new();
    let mut open: Vec<(usize, &str)> = Vec::new();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (index, mark) in marks.iter().enumerate() {
        match mark {
            Mark::Open { name, is_closed: false, .. } => {
                open.push((index, name));
                *counts.entry(name).or_default() += 1;
            }
            Mark::Close { name, .. } if counts.get(name).is_some_and(|count| *count > 0) => {
                while let Some((opened, inner)) = open.pop() {
                    if let Some(count) = counts.get_mut(inner) {
                        *count -= 1;
                    }
                    if inner == *name {
                        partners.insert(opened, index);
                        break;
                    }
                }
            }
            _ => {}
        }
    }
    partners
}

struct Writer<'t, 'a> {
    text: &'a str,
    marks: &'t [Mark<'a>],
    partners: &'t HashMap<usize, usize>,
    lost: &'t mut Lost,
}

impl Writer<'_, '_> {
    fn write(self) -> String {
        let Self { text, marks, partners, lost } = self;
        // What is open: where it closes, the mark, and the text around it.
        let mut open: Vec<(usize, usize, String)> = Vec::new();
        let mut out = String::with_capacity(text.len());
        let mut index = 0;
        while let Some(mark) = marks.get(index) {
            let partner = partners.get(&index).copied();
            match (*mark, partner) {
                (Mark::Text(text), _) => out.push_str(text),
                (Mark::Open { name, end, .. }, Some(close)) if CODE.contains(&name) => {
                    if let Mark::Close { start, .. } = marks[close] {
                        out.push_str(&code(&text[end..start]));
                    }
                    index = close;
                }
                (Mark::Open { .. }, Some(close)) => {
                    open.push((close, index, std::mem::take(&mut out)));
                }
                (Mark::Open { name, attributes, source, is_closed, .. }, None) => {
                    out.push_str(&single(name, attributes, source, is_closed, lost));
                }
                (Mark::Close { source, .. }, _) => match open.pop() {
                    Some((close, opened, around)) if close == index => {
                        let inside = std::mem::replace(&mut out, around);
                        if let Mark::Open { name, attributes, .. } = marks[opened] {
                            out.push_str(&pair(name, attributes, &inside, lost));
                        }
                    }
                    still_open => {
                        open.extend(still_open);
                        out.push_str(source);
                    }
                },
            }
            index += 1;
        }
        out
    }
}

/// A shortcode without an end.
fn single(name: &str, attributes: &str, source: &str, is_closed: bool, lost: &mut Lost) -> String {
    let addresses = addresses(attributes);
    if !addresses.is_empty() {
        return links(&addresses);
    }
    let is_plain = attributes.trim().is_empty() && !is_closed;
    let is_text = !attributes.contains('=') && !EMPTY_BY_NAME.contains(&name);
    if (is_plain || is_text) && !EMPTY_BY_NAME.contains(&name) && !is_closed {
        return source.to_owned();
    }
    *lost.entry(format!("shortcode {name}")).or_default() += 1;
    String::new()
}

/// A shortcode around something.
fn pair(name: &str, attributes: &str, inside: &str, lost: &mut Lost) -> String {
    match name {
        "caption" | "wp_caption" => caption(attributes, inside),
        "quote" | "blockquote" => format!("<blockquote>{inside}</blockquote>"),
        "audio" | "video" | "playlist" if inside.trim().is_empty() => {
            let source = format!("[{name}{attributes}]");
            single(name, attributes, &source, true, lost)
        }
        _ if is_address(inside.trim()) => link(inside.trim(), inside.trim()),
        _ => {
            *lost.entry(format!("shortcode {name}")).or_default() += 1;
            inside.to_owned()
        }
    }
}

/// An image and its caption, which is the text after it or an attribute.
fn caption(attributes: &str, inside: &str) -> String {
    let image_end = pieces(inside)
        .scan(0, |offset, piece| {
            *offset += match piece {
                Piece::Text(text) => text.len(),
                Piece::Tag { source, .. } => source.len(),
                Piece::Comment(text) => (text.len() + 7).min(inside.len() - *offset),
            };
            let is_image = matches!(piece, Piece::Tag { name, is_end, .. }
                if (name.eq_ignore_ascii_case("img") && !is_end) || (name.eq_ignore_ascii_case("a") && is_end));
            Some((is_image, *offset))
        })
        .filter(|(is_image, _)| *is_image)
        .last()
        .map_or(0, |(_, end)| end);
    let (image, after) = inside.split_at(image_end);
    let stated = attribute(attributes, "caption").map(escape);
    let words =
        if after.trim().is_empty() { stated.unwrap_or_default() } else { after.trim().to_owned() };
    let words = if words.is_empty() { words } else { format!("<figcaption>{words}</figcaption>") };
    format!("<figure>{}{words}</figure>", image.trim())
}

fn code(inside: &str) -> String {
    // The editor keeps code both with and without entities.
    let plain = inside.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    format!("<pre><code>{}</code></pre>", escape(plain.trim_matches(['\n', '\r'])))
}

fn links(addresses: &[&str]) -> String {
    let links: Vec<_> = addresses.iter().map(|address| link(address, address)).collect();
    links.join(" ")
}

/// The value of an attribute.
fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    values(attributes).find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// The addresses among the values of attributes, each once.
fn addresses(attributes: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for (name, value) in values(attributes).filter(|(_, value)| is_address(value)) {
        if !matches!(name, "poster" | "link") && !found.contains(&value) && found.len() < 16 {
            found.push(value);
        }
    }
    found
}

/// The attributes of a shortcode: a name, or none, and a value.
fn values(attributes: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = attributes.trim_start_matches([':', '=']);
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        if rest.is_empty() {
            return None;
        }
        let word = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\''));
        let name = match word {
            Some(end) if rest[end..].starts_with('=') && !rest[..end].contains(':') => {
                let name = &rest[..end];
                rest = rest[end + 1..].trim_start();
                name
            }
            _ => "",
        };
        let quotes = [('"', '"'), ('\'', '\''), ('“', '”'), ('″', '″')];
        for (open, close) in quotes {
            if let Some(quoted) = rest.strip_prefix(open) {
                let end = quoted.find(close).unwrap_or(quoted.len());
                let value = &quoted[..end];
                rest = quoted[end..].strip_prefix(close).unwrap_or("");
                return Some((name, value));
            }
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (value, after) = rest.split_at(end);
        rest = after;
        Some((name, value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sort_becomes_what_it_says() {
        for (text, html) in [
            ("see [1] and [sic]", "see [1] and [sic]"),
            (
                "[caption id=\"a\" width=\"3\"]<a href=\"b\"><img src=\"c\" /></a> Words[/caption]",
                "<figure><a href=\"b\"><img src=\"c\" /></a><figcaption>Words</figcaption></figure>",
            ),
            (
                "[caption caption=\"Old words\"]<img src=\"c\">[/caption]",
                "<figure><img src=\"c\"><figcaption>Old words</figcaption></figure>",
            ),
            (
                "[embed width=\"3\"]https://a.example/b[/embed]",
                "<a href=\"https://a.example/b\">https://a.example/b</a>",
            ),
            (
                "[audio mp3=\"https://a.example/b.mp3\"][/audio]",
                "<a href=\"https://a.example/b.mp3\">https://a.example/b.mp3</a>",
            ),
            (
                "[youtube=http://a.example/?v=1&amp;w=2]",
                "<a href=\"http://a.example/?v=1&amp;w=2\">http://a.example/?v=1&amp;w=2</a>",
            ),
            ("a [[gallery ids=\"1\"]] b", "a [gallery ids=\"1\"] b"),
            ("a [gallery ids=\"1,2\"] b", "a  b"),
            ("[box color=\"red\"]in [b]side[/b][/box]", "in side"),
            (
                "[code lang=\"x\"]a < [b] &lt;c&gt;[/code]",
                "<pre><code>a &lt; [b] &lt;c&gt;</code></pre>",
            ),
            ("<a title=\"[gallery]\">x</a>", "<a title=\"[gallery]\">x</a>"),
            ("[/quote] [quote]a[/quote]", "[/quote] <blockquote>a</blockquote>"),
            ("[a][b][/a][/b]", "[b][/b]"),
            ("[unclosed", "[unclosed"),
        ] {
            assert_eq!(replace(text, &mut Lost::new()), html, "{text}");
        }
    }

    #[test]
    fn what_is_left_out_is_counted() {
        let mut lost = Lost::new();
        replace("[gallery] [gallery ids=\"1\"] [form to=\"x\"] [box]y[/box]", &mut lost);
        let shown: Vec<_> = lost.iter().map(|(name, n)| format!("{name} {n}")).collect();
        assert_eq!(shown, ["shortcode box 1", "shortcode form 1", "shortcode gallery 2"]);
    }

    #[test]
    fn many_brackets_are_read_in_time_by_their_number() {
        let text = "[a b=\"c\"]".repeat(20_000) + &"[/x]".repeat(20_000) + &"[".repeat(20_000);
        replace(&text, &mut Lost::new());
    }
}
