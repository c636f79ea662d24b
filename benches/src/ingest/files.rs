//! The files that are read: written here, in the shape of those that people have.

use std::fmt::Write as _;

use chrono::NaiveDate;

use crate::corpus::{Document, Generator};

/// A file in memory, and what it holds.
#[derive(Clone, Debug)]
pub(super) struct File {
    /// What it is called in the table.
    pub(super) title: &'static str,
    /// Its name, by which its format may be recognised.
    pub(super) name: &'static str,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
    /// How many items it has.
    pub(super) items: usize,
}

/// The export of a WordPress site with so many posts.
pub(super) fn wxr(posts: u32) -> File {
    let generator = Generator::new();
    let mut out = String::from(WXR);
    let heading = generator.heading(posts);
    for (number, author) in heading.authors.iter().enumerate() {
        let _ = writeln!(
            out,
            "<wp:author><wp:author_id>{number}</wp:author_id><wp:author_login><![CDATA[{0}]]></wp:author_login><wp:author_email><![CDATA[{0}@example.org]]></wp:author_email><wp:author_display_name><![CDATA[{0}]]></wp:author_display_name></wp:author>",
            author.id
        );
    }
    for (number, category) in heading.categories.iter().enumerate() {
        let _ = writeln!(
            out,
            "<wp:category><wp:term_id>{number}</wp:term_id><wp:category_nicename><![CDATA[{0}]]></wp:category_nicename><wp:category_parent><![CDATA[]]></wp:category_parent><wp:cat_name><![CDATA[{0}]]></wp:cat_name></wp:category>",
            category.id
        );
    }
    for number in 0..posts {
        post(&generator.document(number), &mut out);
    }
    out.push_str("</channel>\n</rss>\n");
    file("WordPress export", "export.xml", out, posts)
}

const WXR: &str = r#"<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>A generated site</title>
<link>https://example.org</link>
<description>Generated posts</description>
<language>en-GB</language>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://example.org</wp:base_site_url>
<wp:base_blog_url>https://example.org</wp:base_blog_url>
"#;

fn post(document: &Document, out: &mut String) {
    let Document { number, title, .. } = document;
    let (day, body, author) = (day(document), html(&document.body), author(document));
    let _ = write!(
        out,
        "<item>
<title><![CDATA[{title}]]></title>
<link>https://example.org/post-{number}/</link>
<pubDate>{}</pubDate>
<dc:creator><![CDATA[{author}]]></dc:creator>
<guid isPermaLink=\"false\">https://example.org/?p={number}</guid>
<description></description>
<content:encoded><![CDATA[{body}]]></content:encoded>
<excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id>
<wp:post_date><![CDATA[{day} 09:30:00]]></wp:post_date>
<wp:post_date_gmt><![CDATA[{day} 09:30:00]]></wp:post_date_gmt>
<wp:comment_status><![CDATA[closed]]></wp:comment_status>
<wp:ping_status><![CDATA[closed]]></wp:ping_status>
<wp:post_name><![CDATA[post-{number}]]></wp:post_name>
<wp:status><![CDATA[publish]]></wp:status>
<wp:post_parent>0</wp:post_parent>
<wp:menu_order>0</wp:menu_order>
<wp:post_type><![CDATA[post]]></wp:post_type>
<wp:post_password><![CDATA[]]></wp:post_password>
<wp:is_sticky>0</wp:is_sticky>
",
        day.format("%a, %d %b %Y 09:30:00 +0000")
    );
    if let Some(category) = &document.category {
        let _ = writeln!(
            out,
            "<category domain=\"category\" nicename=\"{category}\"><![CDATA[{category}]]></category>"
        );
    }
    for tag in &document.tags {
        let _ = writeln!(
            out,
            "<category domain=\"post_tag\" nicename=\"{tag}\"><![CDATA[{tag}]]></category>"
        );
    }
    out.push_str("<wp:postmeta><wp:meta_key><![CDATA[_edit_last]]></wp:meta_key><wp:meta_value><![CDATA[1]]></wp:meta_value></wp:postmeta>\n</item>\n");
}

/// A feed in RSS 2.0 with the whole text of so many items.
pub(super) fn rss(items: u32) -> File {
    let generator = Generator::new();
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n<title>A generated feed</title>\n<link>https://example.org</link>\n<description>Generated items</description>\n",
    );
    for number in 0..items {
        let document = generator.document(number);
        let body = html(&document.body);
        let _ = writeln!(
            out,
            "<item>\n<title>{}</title>\n<link>https://example.org/post-{number}/</link>\n<guid isPermaLink=\"false\">https://example.org/?p={number}</guid>\n<dc:creator>{}</dc:creator>\n<pubDate>{}</pubDate>\n<category>{}</category>\n<description>{}</description>\n<content:encoded><![CDATA[{body}]]></content:encoded>\n</item>",
            document.title,
            author(&document),
            day(&document).format("%a, %d %b %Y 09:30:00 +0000"),
            document.category.as_deref().unwrap_or_default(),
            document.title
        );
    }
    out.push_str("</channel>\n</rss>\n");
    file("RSS feed", "feed.rss", out, items)
}

/// A feed in Atom with the whole text of so many entries.
pub(super) fn atom(entries: u32) -> File {
    let generator = Generator::new();
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>A generated feed</title>\n<id>https://example.org/</id>\n<updated>2026-01-01T00:00:00Z</updated>\n",
    );
    for number in 0..entries {
        let document = generator.document(number);
        let (day, body) = (day(&document), html(&document.body));
        let body = body.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let _ = writeln!(
            out,
            "<entry>\n<title>{}</title>\n<id>https://example.org/?p={number}</id>\n<link rel=\"alternate\" href=\"https://example.org/post-{number}/\"/>\n<author><name>{}</name></author>\n<published>{day}T09:30:00Z</published>\n<updated>{day}T10:00:00Z</updated>\n<category term=\"{}\"/>\n<content type=\"html\">{body}</content>\n</entry>",
            document.title,
            author(&document),
            document.category.as_deref().unwrap_or_default()
        );
    }
    out.push_str("</feed>\n");
    file("Atom feed", "feed.atom", out, entries)
}

/// A register of so many societies, with the columns of the extract of the Mutuals Public Register.
pub(super) fn register(societies: u32) -> File {
    let generator = Generator::new();
    let mut out = String::from(
        "Society Number,Society Suffix,Full Registation Number,Society Name,Registered As,Society Address,Registration Date,Deregistration Date,Registration Act,Standard Industrial Classification Code (SIC),Reporting Classification,Society Status\r\n",
    );
    for number in 0..societies {
        let document = generator.document(number);
        let name: Vec<&str> = document.title.split(' ').take(3).collect();
        let (name, day) = (name.join(" "), day(&document));
        let gone = number % 17 == 0;
        let until = if gone { day + chrono::Days::new(2_000) } else { day };
        let until = if gone { until.to_string() } else { String::new() };
        let status = if gone { "Deregistered" } else { "Registered" };
        let _ = write!(
            out,
            "{number},R,{number}R,{name} Co-operative Society Limited,Registered Society,\"{} High Street, {name}, AB1 2CD\",{day},{until},Co-operative and Community Benefit Societies Act 2014,,,{status}\r\n",
            number % 200 + 1
        );
    }
    file("register, CSV", "SocietyList.csv", out, societies)
}

fn file(title: &'static str, name: &'static str, text: String, items: u32) -> File {
    File { title, name, bytes: text.into_bytes(), items: items as usize }
}

fn author(document: &Document) -> &str {
    document.authors.first().map_or("", String::as_str)
}

fn day(document: &Document) -> NaiveDate {
    document.date().unwrap_or_default()
}

/// A text as an editor stores it: a paragraph for each three sentences, some with a link.
fn html(body: &str) -> String {
    let sentences: Vec<&str> = body.split_inclusive('.').map(str::trim).collect();
    let mut out = String::with_capacity(body.len() + body.len() / 4);
    for (number, paragraph) in sentences.chunks(3).enumerate() {
        out.push_str("<!-- wp:paragraph -->\n<p>");
        if number % 2 == 0 {
            let _ =
                write!(out, "<a href=\"https://example.org/about/{number}\">See &amp; read</a> ");
        }
        out.push_str(&paragraph.join(" "));
        out.push_str("</p>\n<!-- /wp:paragraph -->\n\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_what_their_peers_expect() {
        for feed in [rss(20), atom(20)] {
            let read = feed_rs::parser::parse(feed.bytes.as_slice()).unwrap();
            assert_eq!(read.entries.len(), feed.items, "{}", feed.title);
        }
        let register = register(30);
        let mut reader = csv::Reader::from_reader(register.bytes.as_slice());
        assert_eq!(reader.headers().unwrap().len(), 12);
        assert!(reader.records().all(|record| record.is_ok_and(|record| record.len() == 12)));
    }
}
