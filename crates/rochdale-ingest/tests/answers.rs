//! Libraries of other people's writing are answered by the index as by the plain scan.
#![expect(clippy::unwrap_used, reason = "a collection that does not read fails the test")]

#[path = "../../rochdale/tests/support/agree.rs"]
mod agree;
mod corpus;

use std::collections::BTreeMap;

use agree::{Ways, agree};
use rochdale::Library;
use rochdale::model::Entry;
use rochdale::query::{Clause, Facet, Period, Query, Totals, field, like, text};
use rochdale::snapshot;
use rochdale::text::tokens;
use rochdale_ingest::Reader;

/// The folders of articles.
const FOLDERS: [&str; 3] = ["articles/eips", "articles/18f-blog", "articles/rust-blog"];

#[test]
fn the_index_answers_as_the_scan() {
    let Some(data) = corpus::data() else { return };
    for folder in FOLDERS {
        let library = Reader::new().read_paths([data.path(folder)]).unwrap().into_library().library;
        let opened = Library::open(snapshot::build(&library).unwrap()).unwrap();
        let mut ways = Ways::new();
        let questions = questions(&library);
        for question in &questions {
            agree(&opened, question, &mut ways)
                .unwrap_or_else(|error| panic!("{folder}: {question}: {error}"));
        }
        println!("{folder}: {} entries, {} questions, {ways:?}", library.len(), questions.len());
        assert!(ways.len() >= 6, "{folder}: {ways:?}");
    }
}

/// Questions of the words of a library: a rare one, a middling and a frequent one, and two that stand
/// beside each other.
fn questions(library: &Library) -> Vec<Query> {
    let entries = library.entries().collect::<Result<Vec<_>, _>>().unwrap();
    let bodies = entries.iter().filter_map(|entry| match entry {
        Entry::Article(article) => article.body.as_ref(),
        _ => None,
    });
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut beside = Vec::new();
    for body in bodies {
        let words: Vec<_> = tokens(&body.text).collect();
        let plain =
            |word: &str| word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_lowercase());
        for word in words.iter().filter(|word| plain(&word.written)) {
            *counts.entry(word.written.clone()).or_default() += 1;
        }
        let pair = words.windows(2).skip(40).find(|two| two.iter().all(|it| plain(&it.written)));
        beside.extend(pair.map(|two| format!("{} {}", two[0].written, two[1].written)));
    }
    let mut ranked: Vec<(usize, String)> =
        counts.into_iter().map(|(word, count)| (count, word)).collect();
    ranked.sort_unstable_by(|one, other| other.cmp(one));
    let word = |part: usize| text(ranked[ranked.len() * part / 1_000].1.as_str());
    let (frequent, middling, rare) = (word(0), word(20), word(700));
    let pair = text(beside[beside.len() / 2].as_str());
    let front = ranked[ranked.len() / 100].1[..3].to_owned();
    let slipped = format!("{}x", ranked[ranked.len() / 50].1);
    let (with, all, any) = (Query::new, Clause::all, Clause::any);
    let recent = field("published").on_or_after("2016");
    let model = format!("article:{}", entries[entries.len() / 2].id());
    let questions = [
        with(frequent.clone()),
        with(all([frequent.clone(), middling.clone()])).proximity(1.0),
        with(any([frequent.clone(), middling.clone(), rare.clone()])),
        with(pair.clone()),
        with(pair.or_near(6)),
        with(text(front.as_str()).or_prefix()),
        with(text(slipped.as_str()).or_typo(1)),
        with(text(front.as_str()).or_typing(1)).total(Totals::None),
        with(all([middling.clone(), recent])).sort("-published"),
        with(frequent).facet(Facet::new("published").per(Period::Month)),
        with(middling).facet(Facet::new("authors")),
        Query::default().sort("title"),
        with(like(model.as_str())),
        with(!rare).sort("-published"),
    ];
    questions.into_iter().map(|question| question.limit(10)).collect()
}
