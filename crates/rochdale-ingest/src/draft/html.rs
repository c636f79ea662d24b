//! HTML made safe, unless it is longer or nested deeper than people write it.

use std::borrow::Borrow;
use std::collections::HashMap;

use ammonia::{Builder, UrlRelative};
use url::{ParseError, Url};

use crate::place::count;

/// Elements open at once. Parsing takes time by their number for every further element.
const DEPTH: usize = 256;

/// Bytes of HTML. A tag of many attributes takes time by the square of their number.
const LENGTH: usize = 512 << 10;

/// Elements that end by themselves or with the next of their sort.
const BRIEF: [&str; 28] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup",
    "caption", "option", "optgroup",
];

/// The HTML without scripts, styles and whatever else could do harm; none where it is too long or
/// nested too deeply to be read.
pub(crate) fn sanitised(text: &str) -> Option<String> {
    is_plain_enough(text).then(|| ammonia::clean(text))
}

/// The same, its relative addresses made whole by a base.
pub(crate) fn rebased(text: &str, base: &Url) -> Option<String> {
    let whole = UrlRelative::RewriteWithBase(base.clone());
    let clean = || Builder::default().url_relative(whole).clean(text).to_string();
    is_plain_enough(text).then(clean)
}

/// An address made absolute by a base; none where it is absolute, or cannot be made so.
pub(crate) fn absolute<B: Borrow<Url>>(
    address: &str,
    base: impl FnOnce() -> Option<B>,
) -> Option<String> {
    if is_of_web(address) || Url::parse(address) != Err(ParseError::RelativeUrlWithoutBase) {
        return None;
    }
    base()?.borrow().join(address).ok().map(String::from)
}

/// Whether an address shows without being parsed that it is absolute and leads to a page.
fn is_of_web(address: &str) -> bool {
    ["https://", "http://"].iter().any(|start| address.starts_with(start))
}

/// Whether an address would run something, or hold it, instead of leading to a page.
pub(crate) fn is_unsafe(address: &str) -> bool {
    let is_harmful = |url: Url| matches!(url.scheme(), "javascript" | "vbscript" | "data");
    !is_of_web(address) && Url::parse(address).is_ok_and(is_harmful)
}

/// Whether reading it takes no longer than people's HTML does. No more elements are open at once than
/// there are tags.
fn is_plain_enough(text: &str) -> bool {
    let is_long = text.len() > LENGTH;
    !is_long && (count(text.as_bytes(), |byte| byte == b'<') <= DEPTH || depth(text) <= DEPTH)
}

/// How many elements are open at once, at most; rather too many than too few.
fn depth(text: &str) -> usize {
    let lower = text.to_ascii_lowercase();
    // In drawings and formulas every element nests.
    let foreign = lower.contains("<svg") || lower.contains("<math");
    let (mut open, mut most) = (0, 0);
    let mut by_name: HashMap<&str, usize> = HashMap::new();
    for tag in lower.split('<').skip(1) {
        let (is_end, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        let name = &tag[..end];
        if name.is_empty() || (!foreign && BRIEF.contains(&name)) {
            continue;
        }
        let count = by_name.entry(name).or_default();
        if !is_end {
            (*count, open) = (*count + 1, open + 1);
            most = most.max(open);
        } else if *count > 0 {
            (*count, open) = (*count - 1, open - 1);
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_deep_nesting_is_refused() {
        for text in ["<p>a<br>b".repeat(5000), "<div><b>a</b></div>".repeat(5000)] {
            assert!(sanitised(&text).is_some());
        }
        for text in ["<div>".repeat(300), "<svg><td>".repeat(300), "<b><p></i>".repeat(300)] {
            assert_eq!(sanitised(&text), None);
        }
    }
}
