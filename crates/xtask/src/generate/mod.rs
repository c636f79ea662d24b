//! The files that follow from the core, checked in so that people can read them.

mod fields;
mod python;
mod reference;
mod shape;
mod typescript;

use std::fs;

use rochdale::schema;

use crate::shell::{Outcome, root};

/// A generated file: its path in the workspace, and its text.
pub type Output = (&'static str, String);

/// Every generated file.
pub fn outputs() -> Vec<Output> {
    let shapes = shape::Shapes::read();
    vec![
        ("crates/rochdale/rochdale.schema.json", pretty(&schema::entry())),
        ("crates/rochdale/query.schema.json", pretty(&schema::query())),
        ("crates/rochdale/docs/fields.md", fields::render()),
        ("crates/rochdale/docs/reference.md", reference::render()),
        ("bindings/python/python/rochdale/types.py", python::render(&shapes)),
        ("bindings/wasm/types.d.ts", typescript::render(&shapes)),
    ]
}

/// Writes the files that are not as they should be.
///
/// # Errors
///
/// When one cannot be written.
pub fn write() -> Outcome {
    for (path, text) in stale() {
        let file = root().join(path);
        fs::create_dir_all(file.parent().unwrap_or(root()))
            .and_then(|()| fs::write(&file, text))
            .map_err(|e| format!("cannot write `{path}`: {e}"))?;
        println!("wrote {path}");
    }
    Ok(())
}

/// Compares the files with what would be written.
///
/// # Errors
///
/// When one is stale; the message says how to renew it.
pub fn check() -> Outcome {
    let paths: Vec<_> = stale().into_iter().map(|(path, _)| path).collect();
    if paths.is_empty() {
        return Ok(());
    }
    Err(format!("out of date: {}; run `cargo xtask generate`", paths.join(", ")))
}

fn stale() -> Vec<Output> {
    let read = |path: &str| fs::read_to_string(root().join(path)).unwrap_or_default();
    outputs().into_iter().filter(|(path, text)| read(path) != *text).collect()
}

fn pretty(schema: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(schema).expect("a schema is JSON") + "\n"
}

#[cfg(test)]
mod tests {
    #[test]
    fn generated_files_are_current() {
        super::check().unwrap();
    }
}
