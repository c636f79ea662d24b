//! Entries from JSON text: an array, one entry, or one entry a line.

use super::codes::{REPEATED_MEMBER, UNREADABLE_ENTRY};
use crate::Result;
use crate::issue::{Issue, Report};
use crate::json::{Json, ReadError, Spans};
use crate::model::Entry;

/// Reads the entries of a text; those that do not read are issues.
pub(super) fn entries(text: &str) -> Result<(Vec<Entry>, Report)> {
    let mut reader = Reader::default();
    match Json::parse_with_spans(text) {
        Ok((Json::Array(items), spans)) => {
            for (item, (_, span)) in items.iter().zip(&spans.parts) {
                reader.entry(item, span);
            }
            reader.place(text, 1);
        }
        Ok((json, spans)) => {
            reader.entry(&json, &spans);
            reader.place(text, 1);
        }
        Err(error) => reader.lines(text, error)?,
    }
    Ok((reader.entries, Report { issues: reader.issues, ..Report::default() }))
}

#[derive(Default)]
struct Reader {
    entries: Vec<Entry>,
    issues: Vec<Issue>,
    /// Issues with byte offsets that are still to become lines and columns.
    unplaced: Vec<(usize, Issue)>,
}

impl Reader {
    /// Reads one entry a line; `error` is what was wrong with the text as a whole.
    fn lines(&mut self, text: &str, error: ReadError) -> Result<()> {
        let is_lines = text.trim_start().starts_with('{')
            && text.lines().any(|line| matches!(Json::parse(line), Ok(Json::Object(_))));
        if !is_lines {
            return Err(error.into());
        }
        for (line, number) in text.lines().zip(1..) {
            if line.trim().is_empty() {
                continue;
            }
            match Json::parse_with_spans(line) {
                Ok((json, spans)) => self.entry(&json, &spans),
                Err(error) => {
                    let issue = Issue::new(&UNREADABLE_ENTRY, error.to_string());
                    self.unplaced.push((error.offset(), issue));
                }
            }
            self.place(line, number);
        }
        Ok(())
    }

    fn entry(&mut self, json: &Json, spans: &Spans) {
        let name = name(json);
        self.repeated(spans, &mut Vec::new(), name.as_deref());
        match Entry::from_json(json) {
            Ok(entry) => self.entries.push(entry),
            Err(error) => {
                let pointer = error.pointer();
                let span = spans.pointer(&pointer);
                let offset = if error.is_name() { span.name } else { None };
                let mut issue = Issue::new(&UNREADABLE_ENTRY, error.to_string());
                issue.entry = name;
                issue.pointer = Some(pointer).filter(|pointer| !pointer.is_empty());
                self.unplaced.push((offset.unwrap_or(span.value), issue));
            }
        }
    }

    /// Reports members of objects that later ones of the same name replaced; `steps` lead to the
    /// value.
    fn repeated<'s>(&mut self, spans: &'s Spans, steps: &mut Vec<&'s str>, entry: Option<&str>) {
        for (name, offset) in &spans.replaced {
            let message = format!("`{name}` is given again later; this value is left out");
            let mut issue = Issue::new(&REPEATED_MEMBER, message);
            let steps = steps.iter().copied().chain([name.as_str()]);
            let pointer =
                steps.map(|step| format!("/{}", step.replace('~', "~0").replace('/', "~1")));
            (issue.entry, issue.pointer) = (entry.map(str::to_owned), Some(pointer.collect()));
            self.unplaced.push((*offset, issue));
        }
        for (name, part) in &spans.parts {
            steps.push(name);
            self.repeated(part, steps, entry);
            steps.pop();
        }
    }

    /// Gives the issues their lines and columns in `text`, which begins on the line `line`.
    fn place(&mut self, text: &str, mut line: u32) {
        self.unplaced.sort_by_key(|(offset, _)| *offset);
        let (mut at, mut column) = (0, 1_u32);
        for (offset, issue) in self.unplaced.drain(..) {
            // One pass over the text serves all issues, however many there are.
            for letter in text.get(at..offset).unwrap_or_default().chars() {
                (line, column) = if letter == '\n' {
                    (line.saturating_add(1), 1)
                } else {
                    (line, column.saturating_add(1))
                };
            }
            at = at.max(offset);
            self.issues.push(issue.with_position(line, column));
        }
    }
}

/// `kind:id`, where the JSON says both.
fn name(json: &Json) -> Option<String> {
    let map = json.as_object()?;
    Some(format!("{}:{}", map.get("kind")?.as_str()?, map.get("id")?.as_str()?))
}
