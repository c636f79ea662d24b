//! The tags of HTML that people typed, found without a parser, so that their text stays as it is.

/// A piece of HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Text(&'a str),
    /// A tag as it stands, its name, and whether it is an end tag.
    Tag {
        source: &'a str,
        name: &'a str,
        is_end: bool,
    },
    /// A comment, without its marks.
    Comment(&'a str),
}

/// The pieces of a text in their order; a `<` that begins no tag is text.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (piece, length) = markup(rest).unwrap_or_else(|| {
            let starts = rest.match_indices('<').map(|(start, _)| start);
            let end = starts.filter(|start| *start > 0).find(|start| is_markup(&rest[*start..]));
            let end = end.unwrap_or(rest.len());
            (Piece::Text(&rest[..end]), end)
        });
        rest = &rest[length..];
        Some(piece)
    })
}

fn is_markup(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('<') else { return false };
    rest.starts_with("!--") || rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
}

/// The tag or comment at the start of a text, and its length.
fn markup(text: &str) -> Option<(Piece<'_>, usize)> {
    if !is_markup(text) {
        return None;
    }
    if let Some(comment) = text.strip_prefix("<!--") {
        let end = comment.find("-->").unwrap_or(comment.len());
        return Some((Piece::Comment(&comment[..end]), (end + 7).min(text.len())));
    }
    let end = tag_end(text);
    let source = &text[..end];
    let bare = source[1..].strip_prefix('/');
    let name = bare.unwrap_or(&source[1..]);
    let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
    Some((Piece::Tag { source, name, is_end: bare.is_some() }, end))
}

/// Where the tag at the start of a text ends; a `>` in quotes does not end it, unless the quotes
/// never close in the tag.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    let mut first = None;
    for (offset, byte) in text.bytes().enumerate().skip(1) {
        match (quote, byte) {
            (None, b'>') => return offset + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            (Some(_), b'>') if first.is_none() => first = Some(offset + 1),
            (Some(_), b'<') if first.is_some() => break,
            _ => {}
        }
    }
    first.unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        pieces(text)
            .map(|piece| match piece {
                Piece::Text(text) => format!("text {text}"),
                Piece::Tag { name, is_end, .. } => {
                    format!("{}{name}", if is_end { "/" } else { "" })
                }
                Piece::Comment(text) => format!("comment {text}"),
            })
            .collect()
    }

    #[test]
    fn only_tags_are_tags() {
        let text = "ab < b <em title=\"x > y\">c</em><!-- d --> <3 <br/>";
        let all = ["text ab < b ", "em", "text c", "/em", "comment  d ", "text  <3 ", "br"];
        assert_eq!(shown(text), all);
        assert_eq!(shown("<a title=\"never closed>b</a>"), ["a", "text b", "/a"]);
        assert_eq!(shown("<b"), ["b"]);
        assert_eq!(shown("<!-- open"), ["comment  open"]);
    }

    #[test]
    fn nothing_is_lost() {
        let text = "<p>a</p>b<br>c < d";
        let whole: String = pieces(text)
            .map(|piece| match piece {
                Piece::Text(text) | Piece::Comment(text) => text,
                Piece::Tag { source, .. } => source,
            })
            .collect();
        assert_eq!(whole, text);
    }
}
