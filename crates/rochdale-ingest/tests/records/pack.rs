//! Packs of facts about files of others: each is counted, and what fails has to be listed.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::path::PathBuf;

use rochdale::json::Json;

/// What is known of a pack, and what came of it.
pub(crate) struct Pack {
    name: &'static str,
    /// Facts that the reader contradicts on purpose, each with what it contradicts them for.
    exceptions: BTreeMap<String, &'static str>,
    met: BTreeMap<String, bool>,
    passed: usize,
    failed: Vec<String>,
}

impl Pack {
    /// The pack and the folder of all data; none, and a line that says so, where there is none.
    pub(crate) fn open(
        name: &'static str,
        exceptions: &[(String, &'static str)],
    ) -> Option<(Self, PathBuf)> {
        let Some(data) = std::env::var_os("ROCHDALE_DATA").map(PathBuf::from) else {
            println!("{name}: skipped, for ROCHDALE_DATA is not set");
            return None;
        };
        let exceptions = exceptions.iter().cloned().collect();
        let pack = Self { name, exceptions, met: BTreeMap::new(), passed: 0, failed: Vec::new() };
        Some((pack, data))
    }

    /// Compares what was read with a fact.
    #[allow(clippy::needless_pass_by_value, reason = "both are made where they are compared")]
    pub(crate) fn fact<T: PartialEq + Debug>(&mut self, fact: &str, got: T, wanted: T) {
        let passes = got == wanted;
        if self.exceptions.contains_key(fact) {
            *self.met.entry(fact.to_owned()).or_default() |= passes;
        } else if passes {
            self.passed += 1;
        } else {
            self.failed.push(format!("{fact}: expected {wanted:?}, got {got:?}"));
        }
    }

    /// Prints the line of the pack; fails where a fact fails that is not listed, where one that is
    /// listed passes or is never asked, and where more than three in a hundred are listed.
    pub(crate) fn finish(self) {
        let Self { name, exceptions, met, passed, failed } = self;
        let listed = exceptions.len();
        println!(
            "{name}: {passed} facts passed, {} failed, {listed} listed exceptions",
            failed.len()
        );
        assert!(failed.is_empty(), "{name}:\n{}", failed.join("\n"));
        for (fact, reason) in &exceptions {
            assert_eq!(
                met.get(fact),
                Some(&false),
                "{name}: `{fact}` passes or is not asked: {reason}"
            );
        }
        assert!(passed > 0 && listed * 100 <= (passed + listed) * 3, "{name}: too many exceptions");
    }
}

/// A file of facts.
pub(crate) fn facts(data: &std::path::Path, name: &str) -> Json {
    Json::parse(&std::fs::read_to_string(data.join("facts").join(name)).unwrap()).unwrap()
}

/// A number among the facts.
pub(crate) fn number(facts: &Json, pointer: &str) -> usize {
    facts.pointer(pointer).unwrap().to_string().parse().unwrap()
}

/// Counts among the facts.
pub(crate) fn counts(facts: &Json, pointer: &str) -> BTreeMap<String, usize> {
    let counts = facts.pointer(pointer).unwrap().as_object().unwrap();
    counts.iter().map(|(key, count)| (key.clone(), count.to_string().parse().unwrap())).collect()
}

/// Texts among the facts.
pub(crate) fn texts(facts: &Json, pointer: &str) -> Vec<String> {
    let items = facts.pointer(pointer).and_then(Json::as_array).unwrap_or_default();
    items.iter().filter_map(Json::as_str).map(str::to_owned).collect()
}
