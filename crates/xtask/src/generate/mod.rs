//! The files that follow from the core, checked in so that people can read them.

use std::fs;

use crate::shell::{Outcome, root};

/// A generated file: its path in the workspace, and its text.
pub type Output = (&'static str, String);

/// Every generated file.
pub fn outputs() -> Vec<Output> {
    Vec::new()
}

/// Writes the files that are not as they should be.
///
/// # Errors
///
/// When one cannot be written.
pub fn write() -> Outcome {
    for (path, text) in stale() {
        let file = root().join(path);
        let folder = file.parent().expect("every output lies in a folder of the workspace");
        fs::create_dir_all(folder)
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

#[cfg(test)]
mod tests {
    #[test]
    fn generated_files_are_current() {
        super::check().unwrap();
    }
}
