//! What no compiler checks: sizes, headings, versions and features.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use rochdale::json::Json;
use rochdale::query::{Clause, Operator, Query};
use serde_json::Value;

use crate::generate;
use crate::shell::{Outcome, cargo, program, read, root};

const LONGEST: usize = 500;
const NOTES: [&str; 2] = ["TODO", "FIXME"];

/// Checks every rule and reports all that is wrong.
///
/// # Errors
///
/// When a rule is broken; the message has a line for each place.
pub fn run() -> Outcome {
    let mut faults = files()?;
    faults.extend(rust_version(&metadata()?));
    faults.extend(clocks()?);
    faults.extend(operators()?);
    if faults.is_empty() { Ok(()) } else { Err(format!("untidy:\n{}", faults.join("\n"))) }
}

/// What is wrong with the text of single files.
fn files() -> Outcome<Vec<String>> {
    let list = ["ls-files", "--cached", "--others", "--exclude-standard"];
    let mut faults = Vec::new();
    for path in read(program("git").args(list))?.lines() {
        // Files of other kinds than text, and those deleted but not yet committed, have no lines.
        if let Ok(text) = fs::read_to_string(root().join(path)) {
            faults.extend(file(path, &text).into_iter().map(|fault| format!("{path}: {fault}")));
        }
    }
    Ok(faults)
}

fn file(path: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let lines = text.lines().count();
    if lines > LONGEST && !may_be_long(path) {
        faults.push(format!("{lines} lines, of at most {LONGEST}; split it"));
    }
    let Some(extension) = Path::new(path).extension() else { return faults };
    if extension == "rs" && !["//! ", "#!"].iter().any(|start| text.starts_with(start)) {
        faults.push("expected a first line `//! What this file is.`".into());
    }
    if ["rs", "py", "mjs", "js", "ts"].iter().any(|code| extension == *code) {
        faults.extend(text.lines().enumerate().filter_map(|(at, line)| unowned(at + 1, line)));
    }
    faults
}

/// A note of work to do must name who does it or where it is followed: `TODO(name)`.
fn unowned(number: usize, line: &str) -> Option<String> {
    let (_, comment) = line.split_once("//").or_else(|| line.split_once('#'))?;
    let notes = NOTES.iter().filter_map(|word| comment.split_once(word));
    let open = notes.into_iter().any(|(_, rest)| !rest.starts_with('('));
    open.then(|| format!("line {number}: a note of work to do names no owner"))
}

fn may_be_long(path: &str) -> bool {
    let generated = generate::outputs().iter().any(|(output, _)| *output == path);
    let lock = path.ends_with("Cargo.lock") || path.ends_with("package-lock.json");
    generated || lock || path.contains("fixtures/") || path.starts_with("LICENSE")
}

/// The version of Rust that the workspace states is the highest that its dependencies need.
fn rust_version(metadata: &Value) -> Option<String> {
    let packages: BTreeMap<_, _> =
        list(&metadata["packages"]).map(|package| (text(&package["id"]), package)).collect();
    let nodes: BTreeMap<_, _> =
        list(&metadata["resolve"]["nodes"]).map(|node| (text(&node["id"]), node)).collect();
    // `publish` is null when a package may go anywhere, and an empty list when nowhere.
    let published =
        packages.iter().filter(|(_, p)| p["source"].is_null() && p["publish"].is_null());
    let mut open: Vec<&str> = published.map(|(id, _)| *id).collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            open.extend(
                list(&nodes[id]["deps"]).filter(|dep| normal(dep)).map(|d| text(&d["pkg"])),
            );
        }
    }
    let (ours, theirs): (Vec<_>, Vec<_>) =
        seen.into_iter().map(|id| packages[id]).partition(|package| package["source"].is_null());
    let stated = ours.iter().map(|package| version(package)).min()?;
    let needed = theirs.into_iter().max_by_key(|package| version(package))?;
    (version(needed) != stated).then(|| {
        let (name, version) = (text(&needed["name"]), text(&needed["rust_version"]));
        format!("Cargo.toml: `rust-version` is not {version}, which {name} needs")
    })
}

fn normal(dependency: &Value) -> bool {
    list(&dependency["dep_kinds"]).any(|kind| kind["kind"].is_null() || kind["kind"] == "build")
}

/// The minor version that a package needs; patches add nothing to rely on.
fn version(package: &Value) -> Vec<u32> {
    let parts = text(&package["rust_version"]).split('.');
    parts.take(2).filter_map(|part| part.parse().ok()).collect()
}

/// The core reads no clock, so its feature tree has no part of chrono that would.
fn clocks() -> Outcome<Vec<String>> {
    let words = ["tree", "--edges", "normal,features", "--package", "rochdale", "--prefix", "none"];
    let tree = read(cargo().args(words))?;
    let clocks = ["clock", "now", "wasmbind"].map(|name| format!("chrono feature \"{name}\""));
    let found = clocks.iter().filter(|clock| tree.lines().any(|line| line.starts_with(*clock)));
    Ok(found.map(|clock| format!("crates/rochdale: the core stands on {clock}")).collect())
}

/// Every operator is shown by at least one query fixture.
fn operators() -> Outcome<Vec<String>> {
    let folder = root().join("tests/fixtures/query");
    let mut shown = BTreeSet::new();
    for file in fs::read_dir(&folder).map_err(|e| format!("no query fixtures: {e}"))? {
        let path = file.map_err(|e| format!("no query fixtures: {e}"))?.path();
        let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let fixture = Json::parse(&text).map_err(|e| format!("{}: {e}", path.display()))?;
        for case in fixture.pointer("/cases").and_then(Json::as_array).into_iter().flatten() {
            // Queries that are wrong on purpose show nothing.
            let query = match case.pointer("/query") {
                Some(Json::String(text)) => text.parse::<Query>(),
                Some(json) => Query::from_json(json),
                None => continue,
            };
            if let Ok(query) = query {
                collect(&query.clause, &mut shown);
            }
        }
    }
    let missing = Operator::ALL.iter().filter(|operator| !shown.contains(operator));
    let fault = |name| format!("tests/fixtures/query: no fixture shows the operator `{name}`");
    Ok(missing.map(|operator| fault(operator.info().name)).collect())
}

fn collect(clause: &Clause, shown: &mut BTreeSet<Operator>) {
    match clause {
        Clause::And(inner) | Clause::Or(inner) => inner.iter().for_each(|one| collect(one, shown)),
        Clause::Not(inner) | Clause::Has(_, inner) => collect(inner, shown),
        Clause::Test(test) => drop(shown.insert(test.op)),
    }
}

fn metadata() -> Outcome<Value> {
    let text = read(cargo().args(["metadata", "--format-version", "1", "--locked"]))?;
    serde_json::from_str(&text).map_err(|e| format!("cargo's metadata is not JSON: {e}"))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workspace_is_tidy() {
        run().unwrap();
    }

    #[test]
    fn each_rule_about_a_file_can_fail() {
        let long = "//! A.\n".repeat(LONGEST + 1);
        assert_eq!(file("a.rs", &long).len(), 1);
        assert_eq!(file("tests/fixtures/a.json", &long).len(), 0);
        assert_eq!(file("a.rs", "fn main() {}\n").len(), 1);
        assert_eq!(file("a.py", &format!("# {}: x\n", NOTES[0])).len(), 1);
        assert_eq!(file("a.py", &format!("# {}(ann): x\n", NOTES[0])).len(), 0);
    }

    #[test]
    fn a_dependency_that_needs_a_later_rust_is_named() {
        let json = |needs: &str| {
            serde_json::json!({
                "packages": [
                    { "id": "ours", "name": "ours", "rust_version": "1.89" },
                    { "id": "it", "name": "it", "source": "registry", "rust_version": needs },
                ],
                "resolve": { "nodes": [
                    { "id": "ours", "deps": [{ "pkg": "it", "dep_kinds": [{ "kind": null }] }] },
                    { "id": "it", "deps": [] },
                ] },
            })
        };
        assert_eq!(rust_version(&json("1.89.0")), None);
        assert!(rust_version(&json("1.88")).is_some());
        let fault = rust_version(&json("1.90.0")).unwrap();
        assert_eq!(fault, "Cargo.toml: `rust-version` is not 1.90.0, which it needs");
    }
}
