//! Pieces of HTML as GOV.UK writes them: addresses made whole, plain text, and links.

use crate::draft::html;

/// The site that addresses without a host belong to.
pub(super) const SITE: &str = "https://www.gov.uk";

/// An address with its host.
pub(super) fn whole(address: &str) -> String {
    let address = address.trim();
    match address.strip_prefix('/') {
        Some(rest) if rest.starts_with('/') => format!("https:{address}"),
        Some(_) => format!("{SITE}{address}"),
        None => address.to_owned(),
    }
}

/// HTML whose links and pictures have their hosts.
pub(super) fn with_hosts(text: &str) -> String {
    const STARTS: [&str; 4] = [" href=\"", " src=\"", " href='", " src='"];
    let mut made = String::with_capacity(text.len());
    let mut done = 0;
    for (at, _) in text.match_indices('/') {
        if STARTS.iter().any(|start| text[..at].ends_with(start)) {
            made.push_str(&text[done..at]);
            // Two slashes begin a host.
            made.push_str(if text[at + 1..].starts_with('/') { "https:" } else { SITE });
            done = at;
        }
    }
    made + &text[done..]
}

/// The text of a short piece of HTML, a paragraph a line.
pub(super) fn plain(text: &str) -> Option<String> {
    let clean = html::sanitised(text)?;
    let (mut made, mut rest) = (String::new(), &*clean);
    while let Some((words, tag)) = rest.split_once('<') {
        made.push_str(words);
        if ["/p>", "br>", "/li>", "/h2>", "/h3>"].iter().any(|end| tag.starts_with(end)) {
            made.push('\n');
        }
        rest = after_tag(tag);
    }
    made.push_str(rest);
    let made = htmlize::unescape(made);
    // What is left out leaves the blanks on both sides of it.
    let lines = made.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    Some(lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"))
}

/// What follows a tag that has begun, as sanitised HTML writes tags: values in double quotes.
fn after_tag(tag: &str) -> &str {
    let mut quoted = false;
    let end = tag.find(|sign| {
        quoted ^= sign == '"';
        sign == '>' && !quoted
    });
    end.map_or("", |end| &tag[end + 1..])
}

/// The links of a piece of HTML that have words, with their addresses.
pub(super) fn links(text: &str) -> Vec<(String, String)> {
    let Some(clean) = html::sanitised(text) else { return Vec::new() };
    let mut found = Vec::new();
    for part in clean.split("<a href=\"").skip(1) {
        let Some((address, rest)) = part.split_once('"') else { continue };
        let rest = after_tag(rest);
        let inside = rest.split_once("</a>").map_or(rest, |(inside, _)| inside);
        let words = plain(inside).unwrap_or_default().replace('\n', " ");
        let address = whole(&htmlize::unescape(address));
        if !words.is_empty() && address.starts_with("http") {
            found.push((address, words));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_get_their_host() {
        let text = "<a href=\"/a\">/a</a><img src='/b'><a href=\"//c/d\"><a href=\"http://e/\">";
        let whole = "<a href=\"https://www.gov.uk/a\">/a</a><img src='https://www.gov.uk/b'>\
            <a href=\"https://c/d\"><a href=\"http://e/\">";
        assert_eq!(with_hosts(text), whole);
        assert_eq!(super::whole("//c/d"), "https://c/d");
    }

    #[test]
    fn a_piece_of_html_has_its_text_and_its_links() {
        let text = "<div class=\"g\"><p>It is <a href=\"/a?b=1&amp;c=2\">out of <b>date</b></a>.</p>\n<p>R&amp;D &lt;3</p></div>";
        assert_eq!(plain(text).as_deref(), Some("It is out of date.\nR&D <3"));
        let link = ("https://www.gov.uk/a?b=1&c=2".to_owned(), "out of date".to_owned());
        assert_eq!(links(text), [link]);
        assert_eq!(links("<a href=\"/a\"><img src=\"/b\"></a><a href=\"mailto:c@d\">c</a>"), []);
        assert_eq!(plain("no <tags> at all < here").as_deref(), Some("no at all < here"));
    }
}
