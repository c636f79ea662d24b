//! HTML made safe, unless it is longer or nested deeper than people write it.

use std::collections::HashMap;

use ammonia::{Builder, UrlRelative};
use url::Url;

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
    (text.len() <= LENGTH && depth(text) <= DEPTH).then(|| ammonia::clean(text))
}

/// The same, its relative addresses made whole by a base.
pub(crate) fn rebased(text: &str, base: &Url) -> Option<String> {
    let whole = UrlRelative::RewriteWithBase(base.clone());
    let clean = || Builder::default().url_relative(whole).clean(text).to_string();
    (text.len() <= LENGTH && depth(text) <= DEPTH).then(clean)
}

/// Whether an address would run something, or hold it, instead of leading to a page.
pub(crate) fn is_unsafe(address: &str) -> bool {
    let scheme = Url::parse(address).map(|url| url.scheme().to_owned());
    scheme.is_ok_and(|scheme| matches!(&*scheme, "javascript" | "vbscript" | "data"))
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
