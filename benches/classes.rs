//! Measures Rochdale on each class of question, on 10,000 generated articles.
//!
//! `cargo bench --manifest-path benches/Cargo.toml --bench classes`

use criterion::{Criterion, criterion_group, criterion_main};
use rochdale_benches::corpus::generate;
use rochdale_benches::engine::Name;
use rochdale_benches::question::questions;
use rochdale_benches::{Outcome, engine::Engine};

const ARTICLES: u32 = 10_000;

fn measure(criterion: &mut Criterion) -> Outcome {
    let folder = tempfile::tempdir()?;
    let corpus = folder.path().join("corpus.ndjson");
    generate(ARTICLES, &corpus)?;
    let files = Name::Rochdale.folder(&corpus);
    Name::Rochdale.build(&corpus, &files)?;
    let engine: Box<dyn Engine> = Name::Rochdale.open(&files, true)?;
    for (class, questions) in questions(&corpus)? {
        for total in [false, true] {
            if !total && !class.may_lack_total() {
                continue;
            }
            let ready = questions.iter().map(|question| engine.ready(class, question, total));
            let ready: Vec<_> = ready.collect::<Outcome<Vec<_>>>()?.into_iter().flatten().collect();
            let name = if total { "total" } else { "no total" };
            let mut next = ready.iter().cycle();
            // Round and round, so that the time is that of a mean question of the class.
            criterion.benchmark_group(class.info().slug).bench_function(name, |bencher| {
                bencher.iter(|| next.next().map(|question| question.run()));
            });
        }
    }
    Ok(())
}

fn classes(criterion: &mut Criterion) {
    if let Err(error) = measure(criterion) {
        eprintln!("error: {error}");
        std::process::exit(1);
    }
}

criterion_group!(benches, classes);
criterion_main!(benches);
