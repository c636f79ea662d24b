//! Components: lines between `BEGIN` and `END`, in each other.

use rochdale::issue::Issue;

use super::line::{Line, Raw, lines};
use crate::codes::{NOT_UTF8, SYNTAX, TOO_COMPLEX, UNBALANCED};
use crate::place::Place;
use crate::tree::issue;

/// Components in each other.
const DEPTH: usize = 32;

/// Components that never stand in their own kind, so that a second one ends the first.
const ALONE: [&str; 4] = ["VCALENDAR", "VEVENT", "VTODO", "VJOURNAL"];

/// So many mistakes are told; the rest follow from them more often than not.
const TOLD: usize = 16;

/// A component and all in it.
#[derive(Debug)]
pub(super) struct Component {
    /// The name in capitals.
    pub(super) name: String,
    pub(super) lines: Vec<Line>,
    pub(super) components: Vec<Component>,
    pub(super) at: Place,
}

impl Component {
    fn new(name: &str, at: Place) -> Self {
        let name = name.trim().to_ascii_uppercase();
        Self { name, lines: Vec::new(), components: Vec::new(), at }
    }

    /// The first line of this name.
    pub(super) fn line(&self, name: &str) -> Option<&Line> {
        self.all(name).next()
    }

    /// The lines of this name.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.name == name)
    }
}

/// Reads the components of a file, and what is wrong with its lines.
pub(super) fn read(bytes: &[u8], limit: usize, issues: &mut Vec<Issue>) -> Vec<Component> {
    let mut builder = Builder { open: vec![Component::new("", Place::TOP)], told: 0, issues };
    let mut is_utf8 = true;
    for (number, raw) in lines(bytes).enumerate() {
        if number == limit {
            let message = format!("expected at most {limit} lines");
            builder.issues.push(issue(&TOO_COMPLEX, raw.place(0), message));
            break;
        }
        if is_utf8 && !raw.is_utf8 {
            is_utf8 = false;
            let message = "expected UTF-8, got other bytes; read as windows-1252";
            let found = issue(&NOT_UTF8, raw.place(0), message);
            builder.issues.push(found.with_help("save the file as UTF-8"));
        }
        if !builder.take(&raw) {
            break;
        }
    }
    builder.finish()
}

struct Builder<'a> {
    /// What has begun and not ended, under a root that is no component.
    open: Vec<Component>,
    told: usize,
    issues: &'a mut Vec<Issue>,
}

impl Builder<'_> {
    /// Takes a line; false where reading should end.
    fn take(&mut self, raw: &Raw) -> bool {
        let Some(line) = Line::read(raw) else {
            let start: String = raw.text.chars().take(40).collect();
            let message = format!("expected `NAME:value`, got `{}`", start.escape_debug());
            self.tell(issue(&SYNTAX, raw.place(0), message));
            return true;
        };
        match line.name.as_str() {
            "BEGIN" if self.open.len() > DEPTH => {
                let message = format!("expected at most {DEPTH} components in each other");
                self.issues.push(issue(&TOO_COMPLEX, line.at, message));
                return false;
            }
            "BEGIN" => {
                self.end_unended(&line);
                self.open.push(Component::new(&line.value, line.at));
            }
            "END" => self.end(&line),
            _ => {
                if let Some(inner) = self.open.last_mut() {
                    inner.lines.push(line);
                }
            }
        }
        true
    }

    /// Ends what never stands in its own kind, where another of it begins.
    fn end_unended(&mut self, line: &Line) {
        let name = line.value.trim().to_ascii_uppercase();
        if !ALONE.contains(&&*name) {
            return;
        }
        let depth = self.open.iter().rposition(|component| component.name == name);
        while depth.is_some_and(|depth| self.open.len() > depth) {
            let inner = self.close();
            let message = format!("expected `END:{inner}`, got `BEGIN:{name}`");
            self.tell(issue(&UNBALANCED, line.at, message));
        }
    }

    /// Ends the innermost component of the name, and those inside it.
    fn end(&mut self, line: &Line) {
        let name = line.value.trim().to_ascii_uppercase();
        let depth = self.open.iter().rposition(|component| component.name == name);
        let Some(depth) = depth.filter(|depth| *depth > 0) else {
            let message = format!("`END:{name}` ends nothing");
            return self.tell(issue(&UNBALANCED, line.at, message));
        };
        while self.open.len() > depth + 1 {
            let inner = self.close();
            let message = format!("expected `END:{inner}`, got `END:{name}`");
            self.tell(issue(&UNBALANCED, line.at, message));
        }
        self.close();
    }

    /// Ends the innermost component, and gives its name.
    fn close(&mut self) -> String {
        let Some(inner) = self.open.pop() else { return String::new() };
        let name = inner.name.clone();
        if let Some(outer) = self.open.last_mut() {
            outer.components.push(inner);
        }
        name
    }

    fn tell(&mut self, issue: Issue) {
        self.told += 1;
        if self.told <= TOLD {
            self.issues.push(issue);
        }
    }

    fn finish(mut self) -> Vec<Component> {
        while self.open.len() > 1 {
            let at = self.open.last().map_or(Place::TOP, |component| component.at);
            let name = self.close();
            self.tell(issue(&UNBALANCED, at, format!("`BEGIN:{name}` is never ended")));
        }
        self.open.pop().map(|root| root.components).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(components: &[Component]) -> String {
        let each = components.iter().map(|component| {
            let lines = component.lines.len();
            format!("{}{lines}[{}]", component.name, shape(&component.components))
        });
        each.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn components_stand_in_each_other_and_mistakes_are_mended() {
        for (text, expected, codes) in [
            ("BEGIN:A\nX:1\nBEGIN:b\nEND:B\nY:2\nEND:A\nBEGIN:C\nEND:C", "A2[B0[]] C0[]", vec![]),
            ("BEGIN:A\nBEGIN:B\nX:1\nEND:A", "A0[B1[]]", vec!["unbalanced"]),
            ("BEGIN:A\nEND:B\nX:1", "A1[]", vec!["unbalanced", "unbalanced"]),
            (
                "BEGIN:VEVENT\nX:1\nBEGIN:VEVENT\nEND:VEVENT",
                "VEVENT1[] VEVENT0[]",
                vec!["unbalanced"],
            ),
            ("X:1\nEND:\nBEGIN:A\nX\nEND:A", "A0[]", vec!["unbalanced", "syntax"]),
        ] {
            let mut issues = Vec::new();
            assert_eq!(shape(&read(text.as_bytes(), 100, &mut issues)), expected, "{text}");
            let found: Vec<_> = issues.iter().map(|issue| issue.code.name).collect();
            assert_eq!(found, codes, "{text}");
        }
    }

    #[test]
    fn limits_hold() {
        for text in ["BEGIN:A\n".repeat(50), "X:1\n".repeat(200)] {
            let mut issues = Vec::new();
            read(text.as_bytes(), 100, &mut issues);
            assert!(issues.iter().any(|issue| issue.code.name == "too-complex"));
        }
    }
}
