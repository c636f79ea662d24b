//! What must hold for any bytes as a feed or a calendar: no panic, sound entries, places inside, the
//! same every time, and no more work than the size of the file asks for.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]

use proptest::prelude::*;
use proptest::sample::select;
use rochdale::model::Entry;
use rochdale_ingest::{Format, Input, Limits, Reader, Reading};

fn read(format: Format, bytes: Vec<u8>) -> Reading {
    let limits = Limits::default().with_occurrences(20);
    let input = Input::bytes("a", bytes).with_format(format);
    Reader::new().with_limits(limits).with_personal_data().read_inputs([input]).unwrap()
}

/// Pieces of feeds, so that what is made of them comes near to being one.
const FEED: &[&str] = &[
    "<rss version=\"2.0\">",
    "<channel>",
    "<item>",
    "</item>",
    "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"http://a.example/\">",
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">",
    "<entry xml:lang=\"cy\">",
    "</entry>",
    "<title>",
    "<title type=\"html\">",
    "<title type=\"xhtml\"><div>",
    "</title>",
    "<link href=\"b\"/>",
    "<link rel=\"enclosure\" href=\"c\"/>",
    "<link>http://a.example/two-words</link>",
    "<guid isPermaLink=\"false\">g</guid>",
    "<description>",
    "</description>",
    "<content mode=\"base64\">YQ==</content>",
    "<content:encoded><![CDATA[<p>x]]></content:encoded>",
    "<pubDate>Thu, 01 Jan 2004 19:48:21 GMT</pubDate>",
    "<updated>2011</updated>",
    "<dc:date>soon</dc:date>",
    "<author>a@b.example (A)</author>",
    "<author><name>A</name><uri>u</uri></author>",
    "<category term=\"t\"/>",
    "<source url=\"http://s.example\">s</source>",
    "<media:group><media:content url=\"m\"/></media:group>",
    "<!DOCTYPE rss [",
    "]>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?x ?>",
    "&amp;lt;b&amp;gt;",
    "&nope;",
    "&#8;",
    "&",
    "<",
    ">",
    "é",
    "日本",
    "\u{8}",
    "\u{feff}",
    " xmlns:a=\"http://purl.org/dc/elements/1.1/\"",
];

const JSON_FEED: &[&str] = &[
    "{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [",
    "{\"id\": 1, \"title\": \"A\"}",
    "{\"url\": \"http://a.example/b\", \"content_html\": \"<p>x\"}",
    "\"authors\": [{\"name\": \"A\", \"url\": \"u\"}]",
    "\"tags\": [1, null, \"t\"]",
    "\"attachments\": {\"url\": \"x\"}",
    "\"date_published\": \"2011-05-20T10:00:00Z\"",
    "\"summary\": \"s\"",
    "{",
    "}",
    "]",
    ",",
    "é",
];

/// Pieces of calendars.
const CALENDAR: &[&str] = &[
    "BEGIN:VCALENDAR\r\n",
    "END:VCALENDAR\r\n",
    "BEGIN:VEVENT\r\n",
    "END:VEVENT\r\n",
    "BEGIN:VTIMEZONE\r\nTZID:Z\r\nBEGIN:STANDARD\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n",
    "BEGIN:PARTICIPANT\r\nPARTICIPANT-TYPE:SPEAKER\r\nSUMMARY:S\r\nEND:PARTICIPANT\r\n",
    "UID:a\r\n",
    "SUMMARY:A\\, b\r\n",
    "SUMMARY:caf\u{e9}\n",
    "DTSTART:20110327T013000Z\r\n",
    "DTSTART;TZID=Europe/London:20110327T013000\r\n",
    "DTSTART;TZID=Z:20111030T013000\r\n",
    "DTSTART;VALUE=DATE:99991231\r\n",
    "DTSTART:00000101\r\n",
    "DTEND;VALUE=DATE:20110328\r\n",
    "DURATION:-P999999999W\r\n",
    "DURATION:PT1H\r\n",
    "RRULE:FREQ=DAILY\r\n",
    "RRULE:FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;COUNT=3\r\n",
    "RRULE:FREQ=MONTHLY;BYSETPOS=-1;BYDAY=FR;INTERVAL=65535\r\n",
    "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\r\n",
    "RDATE:20110401,20110402T000000Z/PT1H\r\n",
    "EXDATE:20110327T013000Z\r\n",
    "RECURRENCE-ID:20110328T013000Z\r\n",
    "GEO:1;2\r\n",
    "GEO:nan;inf\r\n",
    "STATUS:CONFIRMED\r\n",
    "CATEGORIES:a,b\\,c\r\n",
    " folded\r\n",
    "\r\n",
    ":",
    ";",
    "\"",
    "=",
    "\\",
    "\u{feff}",
    "日本",
];

fn made_of(pieces: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![9 => select(pieces).prop_map(str::to_owned), 1 => ".{0,6}"];
    let pieces = prop::collection::vec(piece, 0..24).prop_map(|all| all.concat().into_bytes());
    prop_oneof![12 => pieces, 1 => prop::collection::vec(any::<u8>(), 0..60)]
}

fn check(format: Format, bytes: Vec<u8>) -> Result<(), TestCaseError> {
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let reading = read(format, bytes.clone());
    for entry in &reading.entries {
        let again = Entry::from_json(&entry.to_json().unwrap());
        prop_assert_eq!(again.as_ref(), Ok(entry));
    }
    let lines = text.matches(['\n', '\r']).count() + 1;
    for issue in &reading.report.issues {
        prop_assert!(issue.line.is_none_or(|line| line as usize <= lines), "{}", issue);
        prop_assert!(issue.column.is_none_or(|column| column >= 1), "{}", issue);
    }
    prop_assert_eq!(&reading, &read(format, bytes));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn feeds_are_sound(bytes in made_of(FEED)) {
        check(Format::Rss, bytes)?;
    }

    #[test]
    fn json_feeds_are_sound(bytes in made_of(JSON_FEED)) {
        check(Format::JsonFeed, bytes)?;
    }

    #[test]
    fn calendars_are_sound(bytes in made_of(CALENDAR)) {
        check(Format::ICalendar, bytes)?;
    }

    #[test]
    fn folding_changes_nothing(title in "[a-zé日]{1,60}", at in 0..80_usize) {
        let line = format!("SUMMARY:{title}").into_bytes();
        let (before, after) = line.split_at(at.min(line.len()));
        let calendar = |middle: &[&[u8]]| {
            let lines = [&b"BEGIN:VEVENT\r\nUID:a\r\n"[..], &middle.concat(), b"\r\nEND:VEVENT\r\n"];
            read(Format::ICalendar, lines.concat()).entries
        };
        prop_assert_eq!(calendar(&[&line]), calendar(&[before, b"\r\n ", after]));
    }

    #[test]
    fn what_is_escaped_is_read_back(text in "[ -~é日]{0,40}") {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
        let feed = format!(
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>a</id><title>t</title>\
             <summary>{escaped}</summary></entry></feed>"
        );
        let entries = read(Format::Atom, feed.into_bytes()).entries;
        let Some(Entry::Article(article)) = entries.first() else { panic!("no article") };
        let summary = article.summary.as_ref().map(ToString::to_string).unwrap_or_default();
        prop_assert_eq!(summary, text.trim());
    }
}

/// Inputs that would take hours, or all memory, if any step cost more than its share.
#[test]
fn hostile_files_cost_no_more_than_their_size() {
    let long = 100_000;
    let item = |inside: String| {
        format!("<rss><channel><item><title>x</title>{inside}</item></channel></rss>")
    };
    let event = |inside: String| format!("BEGIN:VEVENT\nDTSTART:20110101\n{inside}\nEND:VEVENT\n");
    let attribute = |n: usize| format!("a{n}='' ");
    let cases = [
        (Format::Rss, "<a>".repeat(long)),
        (Format::Rss, "<rss>".to_owned() + &"</a>".repeat(long)),
        (Format::Rss, item("<a/>".repeat(long))),
        (Format::Rss, item(format!("<a {}/>", (0..long).map(attribute).collect::<String>()))),
        (Format::Rss, item("&nope;".repeat(long))),
        (Format::Rss, item(format!("<description>{}</description>", "&lt;b>".repeat(long)))),
        (Format::Rss, item(format!("<pubDate>{}</pubDate>", "1 ".repeat(long)))),
        (Format::Rss, item(format!("<author>{}</author>", "(".repeat(long)))),
        (Format::Rss, item("<category>a</category>".repeat(long / 10))),
        (Format::Rss, item("<link>http://a.example/a-b</link>".repeat(long / 10))),
        (
            Format::Rss,
            format!("<rss>{}</rss>", "<item><title>same title</title></item>".repeat(long / 50)),
        ),
        (Format::JsonFeed, "[".repeat(long)),
        (Format::ICalendar, "BEGIN:A\n".repeat(long)),
        (Format::ICalendar, "END:A\n".repeat(long)),
        (Format::ICalendar, format!("A:{}", "\n a".repeat(long))),
        (Format::ICalendar, format!("A{}:x", ";b=c,\"d\"".repeat(long))),
        (Format::ICalendar, event(format!("RRULE:FREQ=DAILY{}", ";INTERVAL=1".repeat(long)))),
        (Format::ICalendar, event("RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\n".repeat(20))),
        (Format::ICalendar, event(format!("RDATE:{}", "20110101,".repeat(long)))),
        (
            Format::ICalendar,
            event(format!("EXDATE:{}\nRRULE:FREQ=DAILY", "20110101,".repeat(long))),
        ),
    ];
    for (format, text) in cases {
        let start: String = text.chars().take(60).collect();
        let clock = std::time::Instant::now();
        let reading = read(format, text.into_bytes());
        println!("{start:?}: {:?}, {} issues", clock.elapsed(), reading.report.issues.len());
    }
    let narrow = Limits::default().with_entries(3);
    let feed = format!("<rss>{}</rss>", "<item><title>t</title></item>".repeat(9));
    let input = Input::bytes("a", feed.into_bytes()).with_format(Format::Rss);
    let reading = Reader::new().with_limits(narrow).read_inputs([input]).unwrap();
    assert_eq!(reading.entries.len(), 3);
    assert_eq!(reading.report.issues.last().unwrap().code.name, "too-many-entries");
}
