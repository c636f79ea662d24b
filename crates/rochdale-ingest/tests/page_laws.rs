//! What must hold of saved pages and text archives of any bytes: no panic, sound entries, nothing that runs.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]

use proptest::prelude::*;
use rochdale::json::Json;
use rochdale::model::Entry;
use rochdale_ingest::{Format, Input, Limits, Reader, Reading};

fn read(bytes: &[u8], format: Format) -> Reading {
    let input = Input::bytes("file", bytes.to_vec()).with_format(format);
    let limits = Limits::default().with_values(10_000).with_entries(500);
    Reader::new().with_limits(limits).read_inputs([input]).unwrap()
}

/// Pieces of pages, so that what is made of them comes near to being one.
fn markup() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "<html lang=en>",
        "<head>",
        "<body class='archive category'>",
        "<base href='https://a.example/'>",
        "<title>T</title>",
        "<link rel=canonical href=/a>",
        "<h1 class=page-title>Category Archives: <span>C</span></h1>",
        "<div class=hentry id=post-1>",
        "<article class='h-entry'>",
        "<h2 class=entry-title>A title</h2>",
        "<a rel=bookmark href=/b>",
        "<span class='author vcard'><b class=fn>Ann Lee</b></span>",
        "<time class=published datetime=2011-05-20>",
        "<abbr class=dtstart title=soon>",
        "<div class=entry-content>",
        "<p>By Ann Lee</p>",
        "<p>Words of a text that goes on for a while, and then some more.</p>",
        "<a class=more-link>",
        "<a rel='category tag'>C</a>",
        "<div class='h-event'>",
        "<div class='p-location h-card'>",
        "<i class='p-name'>N</i>",
        "<div itemscope itemtype=http://schema.org/Event itemref='x y'>",
        "<b id=x itemprop=name>N</b>",
        "<div id=y itemprop='location subEvent' itemscope itemref='x y'>",
        "<script type=application/ld+json>",
        "</script>",
        "{\"@type\": \"Event\", \"@id\": \"#a\", \"name\": \"E\",",
        "\"subEvent\": {\"@id\": \"#a\"}, ",
        "\"author\": [{\"name\": \"Ann Lee\", \"url\": \"/ann\"}],",
        "\"startDate\": \"2011\"}",
        "{\"@graph\": [",
        "]}",
        "\"@type\": [\"NewsArticle\", 1]",
        ",",
        "{",
        "}",
        "//",
        "/* */",
        "<meta property=og:type content=article>",
        "<meta property=og:title content=T>",
        "<meta name=author content='Ann Lee'>",
        "<table>",
        "<tr>",
        "<b>",
        "</b>",
        "</p>",
        "<p>",
        "<svg>",
        "<math>",
        "<select>",
        "<template>",
        "<plaintext>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>",
        "<iframe srcdoc='<script>'>",
        "<style>",
        "</style>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "&lt;script&gt;",
        "&#0;",
        "</div>",
        "</article>",
        "\u{0}",
        "é",
        "<",
        ">",
        "\"",
        "'",
        " x=\"<b>\"",
    ])
    .prop_map(str::to_owned)
}

/// Pieces of text archives.
fn lines() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "Category Archives: C",
        "Tag Archives: ",
        "A title of a post",
        "By Ann Lee",
        "by Ann Lee, 12 May 2011",
        "Posted on May 12, 2011 by Ann Lee",
        "31 May 2011",
        "https://a.example/b",
        "See (https://a.example/(c)).",
        "Words of a text that goes on for a while, and then some more, until it ends at last.",
        "Links:",
        "- one",
        "•",
        "Posted in A, B | Tagged c",
        "Older posts",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\u{a0}",
        " ",
        "“",
        "İ",
        "ß",
        "日本語",
    ])
    .prop_map(str::to_owned)
}

/// What must hold of any reading.
fn is_sound(reading: &Reading) {
    for entry in &reading.entries {
        let json = entry.to_json().unwrap();
        assert_eq!(Entry::from_json(&json).as_ref(), Ok(entry));
        is_harmless(&json);
    }
    assert!(reading.report.issues.iter().all(|issue| issue.path.as_deref() == Some("file")));
}

/// HTML that is stored has nothing that runs.
fn is_harmless(json: &Json) {
    match json {
        Json::Array(items) => items.iter().for_each(is_harmless),
        Json::Object(members) => {
            if members.get("markup").and_then(Json::as_str) == Some("html") {
                let html = members["text"].as_str().unwrap().to_ascii_lowercase();
                // Text may speak of tags, whose brackets are escaped there.
                for tag in html.split('<').skip(1).filter_map(|part| part.split('>').next()) {
                    let runs =
                        ["script", "iframe", "style"].iter().any(|name| tag.starts_with(name));
                    let calls = tag.contains(" onerror=") || tag.contains("\"javascript:");
                    assert!(!runs && !calls, "{html}");
                }
            }
            members.values().for_each(is_harmless);
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_page_gives_sound_entries(pieces in prop::collection::vec(markup(), 0..60)) {
        is_sound(&read(pieces.concat().as_bytes(), Format::Page));
    }

    #[test]
    fn any_text_gives_sound_entries(pieces in prop::collection::vec(lines(), 0..40), sign in "[\n ]{1,3}") {
        is_sound(&read(pieces.join(&sign).as_bytes(), Format::TextArchive));
    }

    #[test]
    fn any_bytes_give_sound_entries(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        is_sound(&read(&bytes, Format::Page));
        is_sound(&read(&bytes, Format::TextArchive));
    }
}

/// What takes long or much where no limit holds it back.
#[test]
fn hostile_pages_are_read_in_bounds() {
    let attributes: String = (0..20_000).map(|n: u32| [" a", &n.to_string()].concat()).collect();
    let events = "{\"@type\": \"Event\", \"name\": \"a\", \"subEvent\": ".repeat(120);
    for page in [
        "<div>".repeat(100_000),
        "<div class='vevent description'>x".repeat(250),
        "<p><b><i>".repeat(50_000),
        "<table><a>".repeat(20_000),
        format!("<p{attributes}>"),
        "<script type=application/ld+json><!--{".repeat(2_000),
        format!("<script type=application/ld+json>{events}1{}</script>", "}".repeat(120)),
        "<!--".repeat(100_000),
        "<a <a ".repeat(50_000),
        "<div class=hentry><b class=entry-title>a</b></div>".repeat(20_000),
        "<div itemscope itemref='a b'><b id=a itemprop=x itemscope itemref=b></b>".repeat(100),
    ] {
        is_sound(&read(page.as_bytes(), Format::Page));
    }
    for text in ["https://a.example/ ".repeat(100_000), "A title\n\nBy Ann Lee\n\n".repeat(20_000)]
    {
        is_sound(&read(text.as_bytes(), Format::TextArchive));
    }
}
