//! Metadata lines `Key: value` to nodes, as Pelican and other users of Python-Markdown write them.

use std::ops::Range;

use super::{Member, Members, Name, Node, Parsed, Style, Value, issue};
use crate::codes::REPEATED_KEY;
use crate::place::Places;

/// Reads the metadata lines in `range`; the names become lower case.
///
/// A line that is set in by four spaces goes on with the value before it:
/// <https://python-markdown.github.io/extensions/meta_data/>.
pub(crate) fn metadata(places: &Places, range: Range<usize>) -> Parsed {
    let mut parsed = Parsed::default();
    let (mut members, mut last) = (Members::new(), None::<Name>);
    let mut start = range.start;
    let top = places.at(start);
    for line in places.text()[range].split_inclusive('\n') {
        if let Some((name, value)) = entry(line) {
            let at = places.at(start + (line.len() - line.trim_start().len()));
            let node = Node {
                at: places.at(start + (value.as_ptr() as usize - line.as_ptr() as usize)),
                value: Value::Scalar(value.to_owned(), Style::Plain),
            };
            let name = super::name(name.to_lowercase());
            if members.insert(name.clone(), Member { at, node }).is_some() {
                let message = format!("the key `{name}` stands above as well; the last counts");
                parsed.issues.push(issue(&REPEATED_KEY, at, message));
            }
            last = Some(name);
        } else if let Some(member) = last.as_ref().and_then(|name| members.get_mut(name))
            && let Value::Scalar(text, _) = &mut member.node.value
        {
            text.push('\n');
            text.push_str(line.trim());
        }
        start += line.len();
    }
    parsed.roots.push(Node { at: top, value: Value::Map(members) });
    parsed
}

/// The name and the value of a metadata line.
pub(crate) fn entry(line: &str) -> Option<(&str, &str)> {
    let text = line.trim_end().trim_start_matches(' ');
    if line.len() - line.trim_start_matches(' ').len() > 3 {
        return None;
    }
    let (name, value) = text.split_once(':')?;
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    let named = !name.is_empty() && name.chars().all(plain);
    (named && (value.is_empty() || value.starts_with([' ', '\t']))).then(|| (name, value.trim()))
}

/// Whether a line goes on with the value before it.
pub(crate) fn goes_on(line: &str) -> bool {
    line.starts_with("    ") || line.starts_with('\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_members() {
        let text = "Title: A: b\nTags: x, y\n    z\n";
        let root = metadata(&Places::new(text), 0..text.len()).roots.remove(0);
        assert_eq!(root.to_json().to_string(), r#"{"tags":"x, y\nz","title":"A: b"}"#);
        assert_eq!(root.find("/tags").unwrap().0.at.column, 7);
        assert_eq!(entry("http://example.org"), None);
        assert_eq!(entry("A sentence: with words"), None);
    }
}
