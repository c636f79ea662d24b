//! Collections of other people's files, found through `ROCHDALE_DATA`, and what is counted of them.

#![allow(dead_code, reason = "each test takes what it needs")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::path::{Path, PathBuf};

use rochdale::json::Json;

/// The folder of the collections.
pub(crate) struct Data(PathBuf);

/// The collections, if there are any; says that the test skipped where there are none.
pub(crate) fn data() -> Option<Data> {
    let found = std::env::var_os("ROCHDALE_DATA").map(|folder| Data(folder.into()));
    if found.is_none() {
        println!("skipped: ROCHDALE_DATA is not set");
    }
    found
}

impl Data {
    /// Where a file lies.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    pub(crate) fn bytes(&self, path: &str) -> Vec<u8> {
        std::fs::read(self.path(path)).unwrap()
    }

    pub(crate) fn text(&self, path: &str) -> String {
        String::from_utf8(self.bytes(path)).unwrap()
    }

    pub(crate) fn json(&self, path: &str) -> Json {
        Json::parse(&self.text(path)).unwrap()
    }

    /// The paths of the files in a folder and below, in order.
    pub(crate) fn files(&self, folder: &str) -> Vec<String> {
        let mut found = Vec::new();
        self.collect(&self.0.join(folder), &mut found);
        found.sort();
        found
    }

    fn collect(&self, folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                self.collect(&path, found);
            } else {
                found.push(path.strip_prefix(&self.0).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
}

/// No exceptions.
pub(crate) const NONE: &[(&str, &str)] = &[];

/// The cases of a collection, of which those that fail must be the ones that are listed.
pub(crate) struct Pack {
    name: &'static str,
    listed: BTreeMap<String, &'static str>,
    passed: usize,
    /// Those that are listed, and yet pass.
    better: BTreeSet<String>,
    failed: BTreeMap<String, String>,
}

impl Pack {
    /// A pack with its exceptions, each with the reason for it.
    pub(crate) fn new(name: &'static str, listed: &[(impl ToString, &'static str)]) -> Self {
        let listed = listed.iter().map(|(case, reason)| (case.to_string(), *reason)).collect();
        Self { name, listed, passed: 0, better: BTreeSet::new(), failed: BTreeMap::new() }
    }

    /// Compares what was read with a fact.
    #[allow(clippy::needless_pass_by_value, reason = "both are made where they are compared")]
    pub(crate) fn fact<T: PartialEq + Debug>(&mut self, fact: &str, got: T, wanted: T) {
        let differs = || format!("expected {wanted:?}, got {got:?}");
        self.case(fact, if got == wanted { String::new() } else { differs() });
    }

    /// Counts a case, with what is wrong about it if anything is.
    pub(crate) fn case(&mut self, name: &str, wrong: String) {
        if wrong.is_empty() {
            self.passed += 1;
            if self.listed.contains_key(name) {
                self.better.insert(name.to_owned());
            }
        } else {
            self.failed.insert(name.to_owned(), wrong);
        }
    }

    /// Says how many passed, in one line, and fails for each that is not as it is listed, for more
    /// exceptions than three in a hundred, and for fewer cases than there should be.
    pub(crate) fn close(self, least: usize) {
        let Self { name, listed, passed, better, failed } = self;
        let cases = passed + failed.len();
        let new: Vec<_> = failed.iter().filter(|(case, _)| !listed.contains_key(*case)).collect();
        let is_old = |case: &&String| better.contains(*case) || !failed.contains_key(*case);
        let old: Vec<_> = listed.keys().filter(is_old).collect();
        println!(
            "{name}: {passed} passed, {} failed, {} listed exceptions",
            new.len(),
            listed.len()
        );
        for (case, wrong) in &new {
            println!("  {case}: {wrong}");
        }
        assert!(new.is_empty(), "{} of {name} fail and are not listed", new.len());
        assert!(old.is_empty(), "listed of {name}, but they pass or are not asked: {old:?}");
        assert!(cases >= least, "expected at least {least} cases of {name}, got {cases}");
        assert!(listed.len() * 100 <= cases * 3, "too many exceptions of {name}");
    }
}
