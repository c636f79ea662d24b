//! The command behind `cargo xtask bench`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rochdale_benches::arguments::{Arguments, HELP};
use rochdale_benches::engine::Name;
use rochdale_benches::{Outcome, child, corpus, relevance, run, table};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[String]) -> Outcome {
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["help" | "--help" | "-h", ..] => {
            print!("{HELP}");
            Ok(())
        }
        ["relevance"] => relevance::print(),
        // What a child is asked: it prints what it measured of itself.
        ["build", engine, corpus] => print(&child::build(named(engine)?, Path::new(corpus))?),
        ["open", engine, corpus, questions] => {
            let questions = serde_json::from_slice(&fs::read(questions)?)?;
            print(&child::open(named(engine)?, Path::new(corpus), &questions)?)
        }
        _ => compare(&Arguments::parse(words)?),
    }
}

fn named(engine: &str) -> Outcome<Name> {
    Name::from_name(engine).ok_or_else(|| format!("no engine `{engine}`").into())
}

fn print(value: &impl serde::Serialize) -> Outcome {
    println!("{}", serde_json::to_string(value)?);
    Ok(())
}

fn compare(arguments: &Arguments) -> Outcome {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/corpora");
    fs::create_dir_all(&folder)?;
    let mut corpora: Vec<PathBuf> = Vec::new();
    for articles in &arguments.articles {
        let path = folder.join(format!("generated-{articles}.ndjson"));
        eprintln!("{articles} articles …");
        corpus::generate(*articles, &path)?;
        corpora.push(path);
    }
    if let Some(real) = &arguments.corpus {
        let path = folder.join("real.ndjson");
        corpus::gather(real, &path)?;
        corpora.push(path);
    }
    println!("{}", machine());
    let mut all = Vec::new();
    for path in corpora {
        let results = run::run(&path, &arguments.choice)?;
        print!("{}", table::table(&results));
        all.push(results);
    }
    if let Some(path) = &arguments.json {
        let measured = serde_json::json!({ "machine": machine(), "corpora": all });
        fs::write(path, serde_json::to_vec_pretty(&measured)?)?;
    }
    Ok(())
}

/// What it is measured on.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processors.lines().find_map(|line| line.strip_prefix("model name"));
    let model = model.map_or("unknown", |model| model.trim_start_matches([' ', '\t', ':']));
    format!(
        "{} {}, {cores} cores, {model}; one thread, warm, ten best of each question",
        std::env::consts::OS,
        std::env::consts::ARCH
    )
}
