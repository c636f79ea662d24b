//! What must hold of registers and of GOV.UK for any bytes: no panic, sound entries, safe HTML, and
//! an account of every row.

use proptest::prelude::*;
use rochdale::json::Json;
use rochdale::model::Entry;
use rochdale_ingest::{Format, Input, Limits, Reader, Reading};

fn read(format: Format, bytes: Vec<u8>) -> Reading {
    let input = Input::bytes("file", bytes).with_format(format);
    let limits = Limits::default().with_values(10_000);
    Reader::new().with_limits(limits).read_inputs([input]).unwrap()
}

/// Entries have a JSON form that gives them back, and issues stand inside the text.
fn check(reading: &Reading, text: &str) -> Result<(), TestCaseError> {
    for entry in &reading.entries {
        let json = entry.to_json().unwrap();
        let again = Entry::from_json(&json);
        prop_assert_eq!(again.as_ref(), Ok(entry));
        let body = json.pointer("/body/text").and_then(Json::as_str).unwrap_or_default();
        let is_html = json.pointer("/body/markup").and_then(Json::as_str) == Some("html");
        prop_assert!(!is_html || !body.to_lowercase().contains("<script"), "{}", body);
    }
    for issue in &reading.report.issues {
        let Some(line) = issue.line else { continue };
        let lines = text.matches(['\n', '\r']).count() + 1;
        prop_assert!(line as usize <= lines && issue.column.unwrap_or(0) >= 1, "{}", issue);
    }
    Ok(())
}

/// Pieces of text, mostly those that mean something to the reader, sometimes any.
fn pieces(known: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    let known = prop::sample::select(known).prop_map(str::to_owned);
    let piece = prop_oneof![12 => known, 1 => ".{0,6}"];
    prop::collection::vec(piece, 0..most).prop_map(|pieces| pieces.concat())
}

const CELLS: &[&str] = &[
    ",",
    ",",
    ",",
    ",",
    "\n",
    "\r\n",
    "\"",
    "\"\"",
    "29999R",
    "CU100",
    "100CU",
    "4999",
    "R",
    "IP000348",
    "Mill Limited",
    "Registered",
    "Deregistered",
    "Registered Society",
    "Co-operative Society",
    "14/03/2016",
    "2016-03-14",
    "74-Jan-02",
    "31/02/2016",
    "1 High St, ZZ1 1ZZ",
    "’",
    "\u{0}",
    " ",
    "Dead",
    "Live",
    "FCA",
    "Companies House",
    "1781150",
    "Society",
    "Workers",
];

const FCA: &str = "Society Number,Society Suffix,Full Registation Number,Society Name,Registered As,\
    Society Address,Registration Date,Deregistration Date,Society Status\n";

const CUK: &str = "CUK Organisation ID,Registered Number,Registrar,Registered Name,Trading Name,\
    Legal Form,Registered Street,UK Nation,Ownership Classification,Registered Status,\
    Incorporation Date,Dissolved Date\n";

const JSON: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "null",
    "true",
    "1",
    "\"x\"",
    "\"title\":\"T\"",
    "\"schema_name\":\"speech\"",
    "\"document_type\":\"speech\"",
    "\"document_type\":\"policy_paper\"",
    "\"base_path\":\"/government/news/a\"",
    "\"details\":{",
    "\"links\":{",
    "\"body\":\"<script>1</script><p>b\"",
    "\"body\":[{\"content_type\":\"text/html\",\"content\":\"<script>\"}]",
    "\"withdrawn_notice\":{}",
    "\"withdrawn_notice\":{\"explanation\":\"<p>e\"}",
    "\"people\":[{\"title\":\"Lord A MP\"}]",
    "\"organisations\":[{\"title\":\"O\",\"base_path\":\"/government/organisations/o\"}]",
    "\"delivered_on\":\"2012-05-22T01:00:00+01:00\"",
    "\"first_published_at\":\"2012-05-22T01:00:00.000Z\"",
    "\"attachments\":[{\"url\":\"/a\",\"command_paper_number\":\"Cm 1\"}]",
    "\"results\":[",
    "\n",
];

/// A document whose members are any of the pieces, well formed more often than not.
fn document() -> impl Strategy<Value = String> {
    let members = |most| prop::collection::vec(prop::sample::select(&JSON[10..26]), 0..most);
    let closed = |text: &str| {
        let open = text.ends_with('{');
        if open { format!("{text}}}") } else { text.to_owned() }
    };
    (members(8), members(6), members(6)).prop_map(move |(top, details, links)| {
        let joined =
            |members: Vec<&str>| members.into_iter().map(closed).collect::<Vec<_>>().join(",");
        let (top, details, links) = (joined(top), joined(details), joined(links));
        let top = if top.is_empty() { "\"title\":\"T\"".to_owned() } else { top };
        format!(
            "{{{top},\"schema_name\":\"speech\",\"details\":{{{details}}},\"links\":{{{links}}}}}"
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_table_is_read(start in prop::sample::select(&["", FCA, CUK][..]), text in pieces(CELLS, 40)) {
        let text = format!("{start}{text}");
        for format in [Format::FcaRegister, Format::CooperativesUk] {
            let reading = read(format, text.clone().into_bytes());
            check(&reading, &text)?;
            prop_assert_eq!(&reading, &read(format, text.clone().into_bytes()));
        }
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        for format in [Format::FcaRegister, Format::CooperativesUk, Format::GovUk] {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            check(&read(format, bytes.clone()), &text)?;
        }
    }

    #[test]
    fn every_row_is_accounted_for(rows in prop::collection::vec(
        (1_u32..40, prop::sample::select(&["", "A Limited", "B Limited", "C"][..])), 0..30)) {
        let line = |(number, name): &(u32, &str)| format!("{number},R,,{name},,,,,\r\n");
        let text = FCA.to_owned() + &rows.iter().map(line).collect::<String>();
        let reading = read(Format::FcaRegister, text.into_bytes());
        let passed_over: usize = reading.report.not_carried.values().sum();
        prop_assert_eq!(reading.entries.len() + passed_over, rows.len());
        let ids: std::collections::BTreeSet<_> = reading.entries.iter().map(Entry::id).collect();
        prop_assert_eq!(ids.len(), reading.entries.len());
        // Of one name in several rows, each id has its number, so none is a matter of order.
        prop_assert!(!reading.report.issues.iter().any(|issue| issue.code.name.starts_with("id-")));
    }

    #[test]
    fn any_document_is_read(text in prop_oneof![document(), pieces(JSON, 30)]) {
        check(&read(Format::GovUk, text.clone().into_bytes()), &text)?;
    }

    #[test]
    fn a_document_is_the_same_alone_in_a_list_and_on_a_line(document in document()) {
        let alone = read(Format::GovUk, document.clone().into_bytes());
        let listed = read(Format::GovUk, format!("[{document}]").into_bytes());
        let lines = read(Format::GovUk, format!("{document}\n7\n").into_bytes());
        prop_assert_eq!(&alone.entries, &listed.entries);
        prop_assert_eq!(&alone.entries, &lines.entries);
        prop_assert_eq!(&alone.report.not_carried, &listed.report.not_carried);
    }
}

/// Inputs that would take hours, or all memory, if any step cost more than its share.
#[test]
fn hostile_records_cost_no_more_than_their_size() {
    let long = 400_000;
    let speech =
        |inside: String| format!("{{\"schema_name\":\"speech\",\"title\":\"t\",{inside}}}");
    let list = |item: &str| format!("[{}{item}]", format!("{item},").repeat(long / 20));
    let cases = [
        (Format::FcaRegister, format!("{FCA}{}", ",".repeat(long))),
        (Format::FcaRegister, ",".repeat(long)),
        (Format::FcaRegister, "Society Name,".repeat(long / 10)),
        (Format::FcaRegister, format!("{FCA}{}", "\"".repeat(long))),
        (Format::FcaRegister, format!("{FCA}{}", "\n".repeat(long))),
        (Format::FcaRegister, format!("{FCA}{}", "1,R,1R,Same,,,,,\n".repeat(long / 20))),
        (Format::FcaRegister, format!("{FCA}1,R,1R,x,,{},,,", " ,".repeat(long))),
        (Format::CooperativesUk, format!("{CUK}{}", ",,,Same\n".repeat(long / 20))),
        (
            Format::GovUk,
            speech(format!("\"details\":{{\"body\":\"{}\"}}", " href='/".repeat(long / 10))),
        ),
        (
            Format::GovUk,
            speech(format!(
                "\"details\":{{\"documents\":[\"{}\"]}}",
                "<a href='/'>x".repeat(long / 20)
            )),
        ),
        (
            Format::GovUk,
            speech(format!(
                "\"links\":{{\"people\":{}}}",
                list("{\"title\":\"Lord A\",\"content_id\":\"b\"}")
            )),
        ),
        (
            Format::GovUk,
            speech(format!(
                "\"links\":{{\"people\":[{{\"title\":\"{}\"}}]}}",
                "Lord ".repeat(long)
            )),
        ),
        (
            Format::GovUk,
            speech(format!("\"details\":{{\"change_history\":{}}}", list("{\"note\":\"n\"}"))),
        ),
        (Format::GovUk, format!("{}\n", speech("\"a\":1".to_owned())).repeat(long / 50)),
        (Format::GovUk, "{\"links\":".repeat(long)),
        (Format::GovUk, list("{\"results\":[]}")),
    ];
    for (format, text) in cases {
        let start = std::time::Instant::now();
        let input = Input::bytes("file", text.clone().into_bytes()).with_format(format);
        let reading = Reader::new().read_inputs([input]).unwrap();
        let (entries, issues) = (reading.entries.len(), reading.report.issues.len());
        println!(
            "{}, {:?}: {:?}, {entries} entries, {issues} issues",
            format.name(),
            text.get(..20),
            start.elapsed()
        );
    }
}
