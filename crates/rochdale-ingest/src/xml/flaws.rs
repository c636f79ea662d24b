//! What was wrong with an XML file, told without telling the same a thousand times.

use std::collections::BTreeMap;

use rochdale::issue::{Code, Issue};

use super::input::{Flaw, Found};
use crate::codes::{CONTROL_CHARACTER, ENCODING_READ, NOT_UTF8};
use crate::place::Place;
use crate::tree::issue;

/// How many issues of one sort are told with their places; the others are counted.
const TOLD: usize = 20;

/// The issues of one file.
#[derive(Debug, Default)]
pub(crate) struct Flaws {
    issues: Vec<Issue>,
    /// How many there were of each sort, and where the first stands that was not told.
    counts: BTreeMap<&'static str, (usize, Option<Untold>)>,
}

/// The sort and the place of the first issue that was not told.
type Untold = (&'static Code, Place);

impl Flaws {
    /// Tells an issue, unless there were enough of its sort.
    pub(crate) fn tell(&mut self, code: &'static Code, at: Place, message: &str, help: &str) {
        let (count, rest) = self.counts.entry(code.name).or_default();
        *count += 1;
        if *count > TOLD {
            rest.get_or_insert((code, at));
            return;
        }
        let found = issue(code, at, message);
        self.issues.push(if help.is_empty() { found } else { found.with_help(help) });
    }

    /// Tells what the bytes of the file were like.
    pub(super) fn bytes(&mut self, found: Vec<Found>) {
        for (flaw, count, at) in found {
            self.flaw(flaw, count, at);
        }
    }

    fn flaw(&mut self, flaw: Flaw, count: u32, at: Place) {
        match flaw {
            Flaw::Control(letter) => {
                let more =
                    if count > 1 { format!(" and {} more", count - 1) } else { String::new() };
                let message = format!(
                    "XML allows no control character U+{:04X}{more}; dropped",
                    u32::from(letter)
                );
                self.tell(&CONTROL_CHARACTER, at, &message, "");
            }
            Flaw::Byte(byte) => {
                let message =
                    format!("expected UTF-8, got the byte `{byte:02x}`; read as windows-1252");
                self.tell(&NOT_UTF8, at, &message, "save the file as UTF-8");
            }
            Flaw::Undecodable(encoding) => {
                let message = format!("expected {encoding}, got other bytes; read as `\u{fffd}`");
                self.tell(&NOT_UTF8, at, &message, "save the file as UTF-8");
            }
            Flaw::Encoding(encoding) => {
                self.tell(&ENCODING_READ, at, &format!("read as {encoding}"), "");
            }
        }
    }

    /// The issues since the last call.
    pub(crate) fn take(&mut self) -> Vec<Issue> {
        std::mem::take(&mut self.issues)
    }

    /// Takes an issue as it is.
    pub(crate) fn push(&mut self, issue: Issue) {
        self.issues.push(issue);
    }

    /// Says at the end of the file how many issues were only counted.
    pub(crate) fn close(&mut self) {
        for (count, rest) in std::mem::take(&mut self.counts).into_values() {
            let Some((code, at)) = rest else { continue };
            let message = format!("{} more of this sort from here on", count - TOLD);
            self.issues.push(issue(code, at, message));
        }
    }
}
