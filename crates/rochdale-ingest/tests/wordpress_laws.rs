//! What must hold for any bytes as an export or an answer of WordPress: no panic, sound entries, the
//! same every time; and what is written by the rules is read back to the letter.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]

use proptest::prelude::*;
use rochdale::model::Entry;
use rochdale_ingest::wxr::{Export, Part};
use rochdale_ingest::{Format, Input, Reader, Reading};

fn read(bytes: &[u8], format: Format) -> Reading {
    let input = Input::bytes("input", bytes.to_vec()).with_format(format);
    Reader::new().read_inputs([input]).unwrap()
}

/// Asserts what holds for whatever is read.
fn is_sound(bytes: &[u8], format: Format) {
    let reading = read(bytes, format);
    for entry in &reading.entries {
        let json = entry.to_json().unwrap();
        assert_eq!(Entry::from_json(&json).as_ref(), Ok(entry));
    }
    let lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 1;
    for issue in &reading.report.issues {
        assert!(issue.line.is_none_or(|line| line as usize <= lines), "{issue}");
    }
    assert_eq!(reading, read(bytes, format));
}

/// Pieces of exports, so that what is made of them comes near to being right.
fn xml_piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
        "<rss xmlns:wp=\"http://wordpress.org/export/1.2/\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">",
        "<channel>",
        "</channel>",
        "</rss>",
        "<item>",
        "</item>",
        "<title>",
        "</title>",
        "<link>",
        "</link>",
        "<wp:post_type>post</wp:post_type>",
        "<wp:post_type>",
        "</wp:post_type>",
        "<wp:post_id>1</wp:post_id>",
        "<content:encoded>",
        "</content:encoded>",
        "<![CDATA[",
        "]]>",
        "<wp:category>",
        "</wp:category>",
        "<wp:category_nicename>a</wp:category_nicename>",
        "<wp:category_parent>a</wp:category_parent>",
        "<category domain=\"category\" nicename=\"a\">A</category>",
        "<category domain='post_tag'>",
        "</category>",
        "<wp:author>",
        "</wp:author>",
        "<wp:author_login>a@b.example</wp:author_login>",
        "<dc:creator>a@b.example</dc:creator>",
        "<wp:postmeta>",
        "</wp:postmeta>",
        "<wp:meta_key>k</wp:meta_key>",
        "<wp:meta_value>a:1:{i:0;s:1:\"x\";}</wp:meta_value>",
        "<wp:post_date>2011-05-20 10:11:12</wp:post_date>",
        "<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>",
        "&amp;",
        "&",
        "&#0;",
        "&nbsp;",
        "<",
        ">",
        "<br/>",
        "<br",
        "<!-- ",
        "-->",
        "<!--more-->",
        "<!-- wp:quote -->",
        "<!-- /wp:quote -->",
        "[caption a=\"b\"]",
        "[/caption]",
        "[",
        "]",
        "\n\n",
        "\r",
        "\u{8}",
        "<!",
        "<?",
        "é",
    ]);
    prop_oneof![4 => fixed.prop_map(str::to_owned), 1 => "[ -~\n]{0,12}"]
}

/// Pieces of answers.
fn json_piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "[",
        "]",
        "{",
        "}",
        ",",
        "\n",
        "null",
        "true",
        "7",
        "\"a\"",
        "\"id\":1,",
        "\"id\":1",
        "\"type\":\"post\",",
        "\"type\":\"event\",",
        "\"start_date\":\"2011-05-20 10:00:00\",",
        "\"title\":{\"rendered\":\"A <b>b</b>\"},",
        "\"content\":{\"rendered\":\"<p>c</p>\",\"protected\":true},",
        "\"author\":3,",
        "\"categories\":[1,\"x\",null],",
        "\"_embedded\":",
        "{\"author\":[{\"code\":\"a\",\"message\":\"b\"}]}",
        "{\"wp:term\":[[{\"id\":1,\"taxonomy\":\"category\",\"name\":\"C\"}],7]}",
        "\"taxonomy\":\"category\",",
        "\"name\":\"N\",",
        "\"slug\":\"s\"",
        "\"avatar_urls\":{},",
        "\"date\":\"2011-05-20T10:00:00\",",
        "\"meta\":[],",
        "\"acf\":{\"x\":[1]},",
        "\"featured_media\":9,",
    ]);
    prop_oneof![6 => fixed.prop_map(str::to_owned), 1 => "[ -~]{0,8}"]
}

/// CDATA as WordPress writes it.
fn cdata(text: &str) -> String {
    format!("<![CDATA[{}]]>", text.replace("]]>", "]]]]><![CDATA[>"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_export_is_read(pieces in prop::collection::vec(xml_piece(), 0..40)) {
        is_sound(pieces.concat().as_bytes(), Format::Wxr);
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        is_sound(&bytes, Format::Wxr);
        is_sound(&bytes, Format::WordpressRest);
    }

    #[test]
    fn any_answer_is_read(pieces in prop::collection::vec(json_piece(), 0..30)) {
        is_sound(pieces.concat().as_bytes(), Format::WordpressRest);
    }

    #[test]
    fn what_is_written_by_the_rules_is_read_to_the_letter(
        items in prop::collection::vec(("[ -~é\n]{0,20}", "[ -~“”\t\n\\]>]{0,60}"), 0..6)
    ) {
        let mut xml = "<rss xmlns:w='https://wordpress.org/export/1.1/' \
            xmlns:c='http://purl.org/rss/1.0/modules/content/'><channel>\
            <w:wxr_version>1.1</w:wxr_version>".to_owned();
        for (title, content) in &items {
            xml.push_str("<item><title>");
            xml.push_str(&escaped(title));
            xml.push_str("</title><c:encoded>");
            xml.push_str(&cdata(content));
            xml.push_str("</c:encoded></item>");
        }
        xml.push_str("</channel></rss>");
        let mut export = Export::new(xml.as_bytes());
        let read: Vec<_> = export
            .by_ref()
            .map(|part| {
                let Part::Item(item) = part else { panic!("only items were written") };
                let text = |name: &str| item.text(name).unwrap_or_default().to_owned();
                (text("title"), text("content"))
            })
            .collect();
        prop_assert_eq!(read, items);
        prop_assert_eq!(export.issues(), vec![]);
    }
}

#[test]
fn hostile_files_end_in_time_by_their_length() {
    let many = |piece: &str, count: usize| piece.repeat(count);
    let bindings: Vec<String> = (0..50_000).map(|n| format!("xmlns:a{n}='b' ")).collect();
    for xml in [
        many("<", 200_000),
        many("<a", 100_000),
        many("<a>", 100_000),
        many("</a>", 100_000),
        many("&", 200_000),
        many("\0", 1_000_000),
        many("<item>", 50_000),
        many("<item><title><b>", 20_000),
        format!("<item><content:encoded>{}", many("<![CDATA[", 100_000)),
        format!("<item><content:encoded><![CDATA[{}]]>", many("<!--", 100_000)),
        format!("<item><content:encoded><![CDATA[{}]]>", many("[a b=\"c\"", 50_000)),
        format!("<item><content:encoded><![CDATA[{}]]>", many("<!-- wp:a -->", 50_000)),
        format!("<rss {}>", many("a='b' ", 100_000)),
        format!("<rss {}>", bindings.concat()),
    ] {
        let bytes = xml.as_bytes();
        assert_eq!(read(bytes, Format::Wxr), read(bytes, Format::Wxr));
    }
    for json in
        [many("[", 200_000), many("[]", 100_000), many("{\"id\":", 100_000), many("\"", 99_999)]
    {
        read(json.as_bytes(), Format::WordpressRest);
    }
}
