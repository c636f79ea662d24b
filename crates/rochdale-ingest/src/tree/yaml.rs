//! YAML to nodes: anchors and merge keys unfolded within a limit, scalars left as written.

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, Span, StrInput, Tag};
use rochdale::issue::Issue;

use super::{Member, Members, Node, Parsed, Style, Value, issue};
use crate::codes::{REPEATED_KEY, SYNTAX, TOO_COMPLEX};
use crate::place::{Place, Places};

/// Deeper values are refused, so that no document exhausts the stack.
const DEPTH: usize = 64;

/// How many bytes of text a value weighs as much as.
const WEIGHT: usize = 16;

/// Reads every document of the YAML in `range`; each is a root.
///
/// A document that cannot be read ends the reading, with those before it kept.
pub(crate) fn yaml(places: &Places, range: Range<usize>, limit: usize) -> Parsed {
    let text = &places.text()[range.clone()];
    let mut reader = Reader {
        events: Parser::new_from_str(text),
        places,
        base: range.start,
        left: limit,
        anchors: HashMap::new(),
        issues: Vec::new(),
    };
    let mut roots = Vec::new();
    let end = reader.stream(&mut roots);
    let mut issues = reader.issues;
    issues.extend(end.err().map(|failure| *failure));
    Parsed { roots, issues }
}

type Result<T> = std::result::Result<T, Box<Issue>>;

/// A node and what it takes to copy it.
#[derive(Clone)]
struct Made {
    node: Node,
    size: Size,
}

#[derive(Clone, Copy)]
struct Size {
    weight: usize,
    /// How many levels there are below.
    height: usize,
}

impl Default for Size {
    fn default() -> Self {
        Self { weight: 1, height: 0 }
    }
}

impl Size {
    fn hold(&mut self, inner: Self) {
        self.weight += inner.weight;
        self.height = self.height.max(inner.height + 1);
    }
}

struct Reader<'a, 'p> {
    events: Parser<'a, StrInput<'a>>,
    places: &'p Places<'a>,
    base: usize,
    /// How many values may still be made; a text counts for its length as well.
    left: usize,
    anchors: HashMap<usize, Made>,
    issues: Vec<Issue>,
}

impl<'a> Reader<'a, '_> {
    fn stream(&mut self, roots: &mut Vec<Node>) -> Result<()> {
        while let Some((event, span)) = self.next()? {
            match event {
                Event::StreamStart | Event::DocumentStart(..) | Event::DocumentEnd => {}
                Event::StreamEnd => break,
                event => {
                    roots.push(self.node(event, span, 0)?.node);
                    self.anchors.clear();
                }
            }
        }
        Ok(())
    }

    fn next(&mut self) -> Result<Option<(Event<'a>, Span)>> {
        match self.events.next_event() {
            Some(Ok(event)) => Ok(Some(event)),
            Some(Err(error)) => Err(self.refuse(&error)),
            None => Ok(None),
        }
    }

    fn refuse(&self, error: &ScanError) -> Box<Issue> {
        let offset = self.base + error.marker().byte_offset().unwrap_or_default();
        let message = format!("expected YAML: {}", error.info().replace('\n', " "));
        Box::new(issue(&SYNTAX, self.places.at(offset), message))
    }

    /// The node that an event begins.
    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Made> {
        let at = self.place(span);
        check_depth(depth, at)?;
        self.spend(1, at)?;
        let (value, anchor, size) = match event {
            Event::Alias(id) => return self.alias(id, at, depth),
            Event::Scalar(text, style, anchor, tag) => {
                let size = Size { weight: 1 + text.len() / WEIGHT, height: 0 };
                (Value::Scalar(text.into_owned(), decided(style, tag.as_deref())), anchor, size)
            }
            Event::SequenceStart(_, anchor, _) => {
                let (items, size) = self.items(depth)?;
                (Value::List(items), anchor, size)
            }
            Event::MappingStart(_, anchor, _) => {
                let (members, size) = self.members(depth)?;
                (Value::Map(members), anchor, size)
            }
            _ => return Err(Box::new(issue(&SYNTAX, at, "expected YAML: a value"))),
        };
        let made = Made { node: Node { at, value }, size };
        if anchor != 0 {
            self.spend(size.weight, at)?;
            self.anchors.insert(anchor, made.clone());
        }
        Ok(made)
    }

    /// A copy of the anchored node, which stands where the alias does.
    fn alias(&mut self, id: usize, at: Place, depth: usize) -> Result<Made> {
        let size = self.anchors.get(&id).map(|made| made.size).unwrap_or_default();
        check_depth(depth + size.height, at)?;
        self.spend(size.weight, at)?;
        match self.anchors.get(&id) {
            Some(Made { node, size }) => {
                Ok(Made { node: Node { at, value: node.value.clone() }, size: *size })
            }
            None => Err(Box::new(issue(&SYNTAX, at, "expected YAML: an alias outside its anchor"))),
        }
    }

    fn items(&mut self, depth: usize) -> Result<(Vec<Node>, Size)> {
        let (mut items, mut size) = (Vec::new(), Size::default());
        while let Some((event, span)) = self.next()? {
            if event == Event::SequenceEnd {
                break;
            }
            let made = self.node(event, span, depth + 1)?;
            size.hold(made.size);
            items.push(made.node);
        }
        Ok((items, size))
    }

    fn members(&mut self, depth: usize) -> Result<(Members, Size)> {
        let (mut members, mut merged, mut size) = (Members::new(), Vec::new(), Size::default());
        while let Some((event, span)) = self.next()? {
            if event == Event::MappingEnd {
                break;
            }
            let is_merge_key =
                matches!(&event, Event::Scalar(key, ScalarStyle::Plain, ..) if key == "<<");
            let key = self.node(event, span, depth + 1)?;
            let at = key.node.at;
            let Some((event, span)) = self.next()? else { break };
            let made = self.node(event, span, depth + 1)?;
            size.hold(key.size);
            size.hold(made.size);
            let node = made.node;
            match key.node.value {
                _ if is_merge_key => merged.push(node),
                Value::Scalar(name, _) => self.member(&mut members, &name, Member { at, node }),
                _ => return Err(complex(at, "expected a text as the name of a member")),
            }
        }
        for node in merged {
            merge(&mut members, node);
        }
        Ok((members, size))
    }

    fn member(&mut self, members: &mut Members, name: &str, member: Member) {
        let at = member.at;
        if let Some(earlier) = members.insert(super::name(name.to_owned()), member) {
            let line = earlier.at.line;
            let message =
                format!("the key `{name}` stands already in line {line}; the last counts");
            self.issues.push(issue(&REPEATED_KEY, at, message));
        }
    }

    fn spend(&mut self, weight: usize, at: Place) -> Result<()> {
        match self.left.checked_sub(weight) {
            Some(left) => self.left = left,
            None => return Err(complex(at, "the values, with all aliases unfolded, are too many")),
        }
        Ok(())
    }

    fn place(&self, span: Span) -> Place {
        let offset = span.byte_range().map_or(0, |range| range.start);
        self.places.at(self.base + offset)
    }
}

/// Adds what a merge key names, where the map does not have it: <https://yaml.org/type/merge.html>.
fn merge(members: &mut Members, node: Node) {
    match node.value {
        Value::Map(other) => {
            for (name, member) in other {
                members.entry(name).or_insert(member);
            }
        }
        Value::List(items) => items.into_iter().for_each(|item| merge(members, item)),
        Value::Scalar(..) => {}
    }
}

/// Quotes, blocks and the tags of text make text.
fn decided(style: ScalarStyle, tag: Option<&Tag>) -> Style {
    let text = tag.is_some_and(|tag| tag.is_yaml_core_schema_tag("str"));
    if style == ScalarStyle::Plain && !text { Style::Plain } else { Style::Text }
}

fn check_depth(depth: usize, at: Place) -> Result<()> {
    if depth <= DEPTH {
        return Ok(());
    }
    Err(complex(at, &format!("expected at most {DEPTH} levels of lists and maps")))
}

fn complex(at: Place, message: &str) -> Box<Issue> {
    Box::new(issue(&TOO_COMPLEX, at, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Parsed {
        yaml(&Places::new(text), 0..text.len(), 1000)
    }

    fn shown(text: &str) -> Vec<String> {
        read(text).roots.iter().map(|root| root.to_json().to_string()).collect()
    }

    fn issues(text: &str) -> Vec<String> {
        read(text).issues.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn documents_and_merge_keys_are_read() {
        assert_eq!(shown("a: 1\n---\n- b\n"), [r#"{"a":1}"#, r#"["b"]"#]);
        let text = "x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}\nz: {<<: [*x, {c: 4}]}\n";
        assert_eq!(
            shown(text),
            [r#"{"x":{"a":1,"b":2},"y":{"a":1,"b":3},"z":{"a":1,"b":2,"c":4}}"#]
        );
    }

    #[test]
    fn bombs_are_refused() {
        let level = |level: usize| {
            let inner = format!("*a{},", level - 1).repeat(9);
            format!("a{level}: &a{level} [{inner}]\n")
        };
        let levels: String = (1..30).map(level).collect();
        let bomb = format!("a0: &a0 [x,x,x,x,x,x,x,x,x]\n{levels}");
        assert_eq!(read(&bomb).issues[0].code.name, "too-complex");
        let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(4000), "*a,".repeat(900));
        assert_eq!(read(&long).issues[0].code.name, "too-complex");
        for deep in ["[".repeat(5000), "- ".repeat(5000), "{a: ".repeat(5000)] {
            assert!(read(&deep).roots.is_empty());
        }
        let chain = |level: usize| format!("a{}: &a{} [*a{level}]\n", level + 1, level + 1);
        let deep = format!("a0: &a0 x\n{}", (0..100).map(chain).collect::<String>());
        let parsed = yaml(&Places::new(&deep), 0..deep.len(), 100_000);
        assert!(parsed.issues[0].message.contains("levels"));
        assert!(read("a: &a [*a]").roots.is_empty());
    }

    #[test]
    fn what_is_wrong_is_placed() {
        assert_eq!(
            issues("a: 1\ntitle: foo: bar\n"),
            ["error[syntax] expected YAML: mapping values are not allowed in this context"]
        );
        let issue = read("a: 1\ntitle: foo: bar\n").issues.remove(0);
        assert_eq!((issue.line, issue.column), (Some(2), Some(11)));
        let issue = read("a: 1\nb: 2\na: 3\n").issues.remove(0);
        assert_eq!((issue.code.name, issue.line), ("repeated-key", Some(3)));
    }
}
