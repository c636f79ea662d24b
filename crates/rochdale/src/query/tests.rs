//! The three faces of a query are one.

use proptest::prelude::*;

use super::*;

/// Strings that people write, and strings that nobody should.
fn any_string() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,8}",
        "\\PC{0,12}",
        "[\"\\\\:().,*^~<>=! /'-]{0,6}",
        Just("AND".to_owned()),
        Just("missing".to_owned()),
        Just("2011-04..2011-07".to_owned()),
        Just("2011/..".to_owned()),
        Just("mutual_entity:mycsp".to_owned()),
        Just(".".to_owned()),
        Just("..".to_owned()),
        Just("has(x)".to_owned()),
        Just("-3".to_owned()),
        Just(">=1".to_owned()),
        Just("=1".to_owned()),
        Just("$name".to_owned()),
        Just("$5".to_owned()),
    ]
}

fn any_argument() -> impl Strategy<Value = Argument> {
    prop_oneof![
        4 => any_string().prop_map(Argument::Value),
        1 => "[a-z_][a-z0-9_]{0,4}".prop_map(Argument::Parameter),
    ]
}

fn any_path() -> impl Strategy<Value = Path> {
    prop_oneof![
        3 => prop::sample::select(vec!["title", "speakers", "published", "sort", "missing", "extra", "OR"]).prop_map(Path::new),
        1 => prop::collection::vec(any_string(), 1..3).prop_map(|names| {
            let mut names = names.into_iter();
            let first = Path::new(names.next().unwrap_or_default());
            names.fold(first, Path::then)
        }),
    ]
}

fn any_test() -> impl Strategy<Value = Clause> {
    let values = prop::collection::vec(any_argument(), 2);
    let op = prop::sample::select(Operator::ALL);
    (
        prop::option::of(any_path()),
        op,
        values,
        0_u32..3,
        any::<bool>(),
        prop_oneof![Just(1.0), 0.001..99.0_f64],
    )
        .prop_map(|(field, op, values, slack, definite, boost)| {
            let many = prop_count(op, &values);
            let info = op.info();
            let mut test = Test::new(field, op, many);
            if op == Operator::Missing {
                test.field.get_or_insert_with(|| Path::new("title"));
                return Clause::Test(test);
            }
            if op == Operator::Like {
                test.field = None;
                return Clause::Test(test).boost(boost);
            }
            test.slack = if info.slack.is_some() { slack } else { 0 };
            let clause = Clause::Test(test).boost(boost);
            if definite { clause.definite() } else { clause }
        })
}

fn prop_count(op: Operator, values: &[Argument]) -> Vec<Argument> {
    let count = match op.info().values {
        Arity::Zero => 0,
        Arity::One => 1,
        Arity::Two | Arity::Many => 2,
    };
    values[..count].to_vec()
}

fn any_clause() -> impl Strategy<Value = Clause> {
    any_test().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Clause::all),
            prop::collection::vec(inner.clone(), 0..4).prop_map(Clause::any),
            inner.clone().prop_map(Clause::negate),
            (any_path(), inner).prop_map(|(path, clause)| Clause::Has(path, Box::new(clause))),
        ]
    })
}

fn any_facet() -> impl Strategy<Value = (String, Facet)> {
    (
        any_string(),
        any_path(),
        any::<bool>(),
        0_usize..20,
        prop::option::of(any_path()),
        any::<bool>(),
    )
        .prop_map(|(name, field, by_name, limit, of, keep_own_filter)| {
            let name = if by_name { field.to_string() } else { name };
            let per = (limit % 5 < 4).then(|| Period::ALL[limit % 5 % 4]);
            (name, Facet { field, limit, per, of, keep_own_filter })
        })
}

fn any_totals() -> impl Strategy<Value = Totals> {
    prop_oneof![Just(Totals::Exact), Just(Totals::None), (0_usize..100).prop_map(Totals::AtLeast),]
}

fn any_query() -> impl Strategy<Value = Query> {
    let sort = prop::collection::vec((any_path(), any::<bool>()), 0..3);
    let facets = prop::collection::btree_map(any_string(), any_facet(), 0..3);
    (
        any_clause(),
        sort,
        prop::option::of(0_usize..1000),
        0_usize..100,
        (prop::option::of(any_string()), any_totals(), prop_oneof![Just(0.0), 0.001..99.0_f64]),
        prop::collection::vec(any_path(), 0..3),
        facets,
    )
        .prop_map(
            |(clause, sort, limit, offset, (cursor, total, proximity), fields, facets)| Query {
                clause,
                sort: sort
                    .into_iter()
                    .map(|(field, descending)| SortKey { field, descending })
                    .collect(),
                limit,
                offset,
                cursor,
                proximity,
                total,
                fields,
                facets: facets.into_values().collect(),
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_is_printed_reads_back(query in any_query()) {
        let text = query.to_string();
        let read = Query::parse(&text);
        prop_assert!(read.is_ok(), "{text}: {}", read.unwrap_err());
        prop_assert_eq!(read.unwrap(), query, "{}", text);
    }

    #[test]
    fn the_json_form_reads_back(query in any_query()) {
        let json = query.to_json();
        let again = crate::json::Json::parse(&json.to_string()).unwrap();
        prop_assert_eq!(Query::from_json(&again).unwrap(), query);
    }

    #[test]
    fn values_change_nothing_but_values(query in any_query(), value in any_string()) {
        let names: Vec<_> = query.parameters().into_iter().map(str::to_owned).collect();
        let bound = query.bind(names.iter().map(|name| (name, &value))).unwrap();
        prop_assert!(bound.parameters().is_empty());
        prop_assert_eq!(&Query::parse(&bound.to_string()).unwrap(), &bound);
        let mut expected = query.clone();
        fill(&mut expected.clause, &value);
        prop_assert_eq!(bound, expected);
    }

    #[test]
    fn any_text_is_read_or_refused(text in prop_oneof!["\\PC{0,40}", "[a-z\"():*^~.<>=, -]{0,40}"]) {
        match Query::parse_with_places(&text) {
            Ok((query, places)) => {
                prop_assert_eq!(&Query::parse(&query.to_string()).unwrap(), &query, "{}", text);
                let mut count = 0;
                count_tests(&query.clause, &mut count);
                prop_assert_eq!(places.len(), count);
            }
            Err(error) => match error.place() {
                Some(crate::Place::Offset(at)) => prop_assert!(text.is_char_boundary(*at)),
                place => prop_assert!(false, "{place:?}"),
            }
        }
    }
}

/// Gives every parameter this value.
fn fill(clause: &mut Clause, value: &str) {
    match clause {
        Clause::And(clauses) | Clause::Or(clauses) => {
            for clause in clauses {
                fill(clause, value);
            }
        }
        Clause::Not(clause) | Clause::Has(_, clause) => fill(clause, value),
        Clause::Test(test) => {
            for argument in &mut test.values {
                if let Argument::Parameter(_) = argument {
                    *argument = Argument::Value(value.to_owned());
                }
            }
        }
    }
}

fn count_tests(clause: &Clause, count: &mut usize) {
    match clause {
        Clause::And(clauses) | Clause::Or(clauses) => {
            for clause in clauses {
                count_tests(clause, count);
            }
        }
        Clause::Not(clause) => count_tests(clause, count),
        Clause::Has(_, clause) => {
            *count += 1;
            count_tests(clause, count);
        }
        Clause::Test(_) => *count += 1,
    }
}

fn parsed(text: &str) -> Query {
    Query::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn the_examples_of_the_design_are_read() {
    for (text, same) in [
        (
            r#"author:"Tony Collins" published:2011-04..2011-07"#,
            field("author").is("Tony Collins") & field("published").between("2011-04", "2011-07"),
        ),
        (
            "pension* -outsourcing title:pathfinder^2",
            text("pension").or_prefix()
                & !text_of("outsourcing")
                & field("title").is("pathfinder").boost(2.0),
        ),
        (
            r#"mutualistion~1 "staff stake"~4"#,
            text_of("mutualistion").or_typo(1) & text_of("staff stake").or_near(4),
        ),
        (
            r#"speakers:(person:"Julian Le Grand" standing:invited)"#,
            field("speakers")
                .has(field("person").is("Julian Le Grand") & field("standing").is("invited")),
        ),
        (
            "legal_form:(community_interest_company OR co_operative_society)",
            field("legal_form").any(["community_interest_company", "co_operative_society"]),
        ),
        (
            "(a OR kind:event) -(b c)",
            (text_of("a") | field("kind").is("event")) & !(text_of("b") & text_of("c")),
        ),
        (
            "mentions:(kind:mutual_entity sector:pensions)",
            field("mentions")
                .has(field("kind").is("mutual_entity") & field("sector").is("pensions")),
        ),
        ("affects:mutual_entity:mycsp", field("affects").is("mutual_entity:mycsp")),
        ("missing:published", field("published").missing()),
        ("NOT a AND b", !text_of("a") & text_of("b")),
        ("title:(a -b)", field("title").is("a") & !field("title").is("b")),
        ("published:definite(>=2011)", field("published").on_or_after("2011").definite()),
        ("published:2011..", field("published").on_or_after("2011")),
        ("published:2011~", field("published").is("2011~")),
        ("published:2011/..", field("published").is("2011/..")),
        (
            "title:$words* -$other",
            field("title").prefix(parameter("words")) & !text(parameter("other")),
        ),
        ("title:\"$words\"", field("title").is("$words")),
        ("published:$from..", field("published").on_or_after(parameter("from"))),
        ("tags:($a OR b)", field("tags").any([parameter("a"), "b".into()])),
        ("*:near($words, 4)", text(parameter("words")).or_near(4)),
        ("like:article:a^2 -like:$id", like("article:a").boost(2.0) & !like(parameter("id"))),
        ("", Clause::default()),
    ] {
        assert_eq!(parsed(text).clause, same, "{text}");
    }
    assert_eq!(parsed("starts:>=2011-05 sort:-starts").sort, [SortKey::from("-starts")]);
}

fn text_of(words: &str) -> Clause {
    text(words)
}

#[test]
fn wrong_text_says_where_and_what() {
    for (text, offset, part) in [
        ("(a", 0, "`)`"),
        ("a)", 1, "`(`"),
        ("\"a", 0, "closing quote"),
        ("a OR", 4, "both sides"),
        ("title:", 6, "expected a value"),
        ("title:anny(a)", 6, "did you mean `any`"),
        ("a^x", 1, "boost"),
        ("a~9", 2, "distance"),
        ("(sort:a)", 1, "outside of groups"),
        ("facet:a(pr:year)", 8, "did you mean `per:`"),
        ("published:between(1)", 10, "other values"),
        ("AND a", 3, "before `AND`"),
        ("-", 1, "negation"),
        ("x:()", 2, "between `(` and `)`"),
    ] {
        let error = Query::parse(text).unwrap_err();
        assert_eq!(error.place(), Some(&crate::Place::Offset(offset)), "{text}: {error}");
        assert!(error.message().contains(part), "{text}: {error}");
    }
    assert!(Query::parse(&"(".repeat(100_000)).is_err());
    assert!(Query::parse(&"-".repeat(100_000)).is_err());
}

#[test]
fn wrong_json_says_where_and_what() {
    for (json, pointer, part) in [
        (r#"{"were": {}}"#, "/were", "did you mean `where`"),
        (r#"{"where": {"field": "title", "prefx": "a"}}"#, "/where/prefx", "did you mean `prefix`"),
        (
            r#"{"where": {"and": [{"field": "a", "is": []}]}}"#,
            "/where/and/0/is",
            "expected a string",
        ),
        (r#"{"where": {"typo": "a"}}"#, "/where", "distance"),
        (r#"{"limit": -1}"#, "/limit", "whole number"),
        (r#"{"facets": {"a/b": {"per": "aeon"}}}"#, "/facets/a~1b/per", "`week`"),
        (r#"{"where": "(a"}"#, "/where", "`)`"),
    ] {
        let error = Query::from_json(&crate::json::Json::parse(json).unwrap()).unwrap_err();
        assert_eq!(error.place(), Some(&crate::Place::Pointer(pointer.into())), "{json}: {error}");
        assert!(error.message().contains(part), "{json}: {error}");
    }
}
