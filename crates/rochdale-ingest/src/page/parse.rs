//! HTML to a tree with places, within limits on depth, size and attributes.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use html5ever::tree_builder::TreeBuilder;
use html5ever::{Attribute, QualName, TokenizerResult};

use super::dom::{Dom, NodeId, NodeKind};

/// Elements in each other. The parser takes time by their number for every further element.
const DEPTH: usize = 256;

/// Attributes of one tag. The parser compares each with all before it.
const ATTRIBUTES: usize = 256;

/// What kept a page from being read, and the byte where it was found.
#[derive(Debug, PartialEq)]
pub(super) struct TooComplex {
    pub(super) offset: usize,
    pub(super) message: String,
}

/// The tree of a page.
///
/// The source is fed from one `<` to the next, so that the place of each tag is known.
pub(super) fn parse(source: &str, nodes: usize) -> Result<Dom, TooComplex> {
    let builder =
        TreeBuilder::new(Sink::default(), html5ever::tree_builder::TreeBuilderOpts::default());
    let watcher = Watcher { builder, quiet: Cell::new(false), raw: Cell::new(false) };
    let tokenizer = Tokenizer::new(watcher, html5ever::tokenizer::TokenizerOpts::default());
    let input = BufferQueue::default();
    let whole = StrTendril::from_slice(source);
    let mut start = 0;
    while start < source.len() {
        let end = next_tag(source.as_bytes(), start);
        let watcher = &tokenizer.sink;
        if !watcher.quiet.replace(true) {
            watcher.builder.sink.offset.set(start);
            let tag = if watcher.raw.get() { "" } else { &source[start..] };
            if attributes(tag.as_bytes()) > ATTRIBUTES {
                let message = format!("expected at most {ATTRIBUTES} attributes in a tag");
                return Err(TooComplex { offset: start, message });
            }
        }
        let length = |from: usize| u32::try_from(from).unwrap_or(u32::MAX);
        input.push_back(whole.subtendril(length(start), length(end - start)));
        while let TokenizerResult::Script(_) = tokenizer.feed(&input) {}
        tokenizer.sink.builder.sink.check(nodes)?;
        start = end;
    }
    while let TokenizerResult::Script(_) = tokenizer.feed(&input) {}
    tokenizer.end();
    let dom = tokenizer.sink.builder.sink.finish();
    match dom.height() {
        height if height > DEPTH => Err(TooComplex { offset: 0, message: too_deep() }),
        _ => Ok(dom),
    }
}

/// Where the first tag or the like after `from` begins: a `<` before what can follow it in one.
fn next_tag(bytes: &[u8], from: usize) -> usize {
    let rest = bytes[from..].windows(2).skip(1);
    let mut starts = rest.zip(from + 1..).filter(|(pair, _)| {
        pair[0] == b'<' && (pair[1].is_ascii_alphabetic() || matches!(pair[1], b'/' | b'!' | b'?'))
    });
    starts.next().map_or(bytes.len(), |(_, at)| at)
}

fn too_deep() -> String {
    format!("expected at most {DEPTH} elements in each other")
}

/// How many attributes the tag at the start of the bytes has, one too many at most.
///
/// <https://html.spec.whatwg.org/multipage/parsing.html#tag-name-state> and what follows it.
fn attributes(bytes: &[u8]) -> usize {
    let name = bytes.strip_prefix(b"<").unwrap_or_default();
    let name = name.strip_prefix(b"/").unwrap_or(name);
    if !name.first().is_some_and(u8::is_ascii_alphabetic) {
        return 0;
    }
    let (mut count, mut state) = (0, State::TagName);
    for byte in name.iter().copied() {
        let blank = byte.is_ascii_whitespace();
        state = match (state, byte) {
            (State::Quoted(quote), _) if byte != quote => State::Quoted(quote),
            (State::Quoted(_), _) => State::Between,
            (_, b'>') => break,
            (State::Value, b'"' | b'\'') => State::Quoted(byte),
            (State::Value, _) if blank => State::Value,
            (State::Unquoted, _) if blank => State::Between,
            (State::Value | State::Unquoted, _) => State::Unquoted,
            (State::Name | State::After, b'=') => State::Value,
            (State::Name | State::After, _) if blank => State::After,
            (State::TagName, _) if !blank && byte != b'/' => State::TagName,
            (State::TagName | State::Between, _) if blank => State::Between,
            (_, b'/') => State::Between,
            (State::Name, _) => State::Name,
            _ => {
                count += 1;
                State::Name
            }
        };
    }
    count
}

/// Where in a tag a byte stands.
#[derive(Clone, Copy)]
enum State {
    TagName,
    /// Before an attribute.
    Between,
    Name,
    /// After the name of an attribute and a blank.
    After,
    Value,
    Unquoted,
    Quoted(u8),
}

/// Sees each token before the tree is built of it.
struct Watcher {
    builder: TreeBuilder<NodeId, Sink>,
    /// Whether no token has come since the last chunk was fed: a tag goes on.
    quiet: Cell<bool>,
    /// Whether the text of a script or the like is being read, in which no tags are.
    raw: Cell<bool>,
}

impl TokenSink for Watcher {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        self.quiet.set(false);
        if let Token::TagToken(Tag { kind: TagKind::EndTag, .. }) = token {
            self.raw.set(false);
        }
        let result = self.builder.process_token(token, line);
        if matches!(result, TokenSinkResult::RawData(_) | TokenSinkResult::Plaintext) {
            self.raw.set(true);
        }
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Builds the tree.
struct Sink {
    dom: RefCell<Dom>,
    /// Where the tag begins that is being read.
    offset: Cell<usize>,
    /// The depth of the node that was put in last.
    depth: Cell<usize>,
}

impl Default for Sink {
    fn default() -> Self {
        Self { dom: RefCell::new(Dom::new()), offset: Cell::new(0), depth: Cell::new(0) }
    }
}

impl Sink {
    fn check(&self, nodes: usize) -> Result<(), TooComplex> {
        let message = match () {
            () if self.depth.get() > DEPTH => too_deep(),
            () if self.dom.borrow().len() > nodes => {
                format!("expected at most {nodes} elements and pieces of text")
            }
            () => return Ok(()),
        };
        Err(TooComplex { offset: self.offset.get(), message })
    }

    fn push(&self, kind: NodeKind) -> NodeId {
        self.dom.borrow_mut().push(kind, self.offset.get())
    }

    /// Puts a node in, or adds text to the text that `before` finds.
    fn put(
        &self,
        child: NodeOrText<NodeId>,
        before: impl Fn(&mut Dom) -> Option<&mut String>,
        put: impl Fn(&mut Dom, NodeId),
    ) {
        let node = match child {
            NodeOrText::AppendNode(node) => node,
            NodeOrText::AppendText(text) => {
                if let Some(known) = before(&mut self.dom.borrow_mut()) {
                    known.push_str(&text);
                    return;
                }
                self.push(NodeKind::Text(text.to_string()))
            }
        };
        let mut dom = self.dom.borrow_mut();
        put(&mut dom, node);
        self.depth.set(self.depth.get().max(dom.node(node).depth));
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Dom;
    type ElemName<'a> = Name;

    fn finish(self) -> Dom {
        self.dom.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        0
    }

    fn elem_name(&self, target: &NodeId) -> Name {
        match &self.dom.borrow().node(*target).kind {
            NodeKind::Element(name, _) => Name(name.clone()),
            _ => Name(QualName::new(None, html5ever::ns!(), html5ever::local_name!(""))),
        }
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> NodeId {
        self.push(NodeKind::Element(name, attrs))
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.push(NodeKind::Comment(text.to_string()))
    }

    fn create_pi(&self, _: StrTendril, data: StrTendril) -> NodeId {
        self.create_comment(data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.put(child, |dom| dom.text_at_end(*parent), |dom, node| dom.append(*parent, node));
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        previous: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        let has_parent = self.dom.borrow().node(*element).parent.is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        *target
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        self.put(
            child,
            |dom| dom.text_before(*sibling),
            |dom, node| dom.insert_before(*sibling, node),
        );
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        self.dom.borrow_mut().add_attributes(*target, attrs);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.dom.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.dom.borrow_mut().move_children(*node, *new_parent);
    }
}

/// The name of an element, taken out of the tree.
#[derive(Debug)]
struct Name(QualName);

impl html5ever::interface::ElemName for Name {
    fn ns(&self) -> &html5ever::Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &html5ever::LocalName {
        &self.0.local
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_element_knows_its_place() {
        let source =
            "é<p title=\"a<b>c\">x <b>y</b><script>if (a<b) '<i>'</script>\n<a href=x>z</a>";
        let dom = parse(source, 100).unwrap();
        let at = |name: &str| {
            let node = dom.below(0).find(|node| dom.name(*node) == name).unwrap();
            dom.node(node).offset
        };
        for (name, tag) in [("p", "<p"), ("b", "<b>y"), ("script", "<script"), ("a", "<a ")] {
            assert_eq!(at(name), source.find(tag).unwrap(), "{name}");
        }
        assert_eq!(dom.text(0), "é x y z");
    }

    #[test]
    fn attributes_are_counted() {
        for (tag, count) in [
            ("<a>", 0),
            ("<a href=x class='a b c' id>", 3),
            ("<a title=\"a > b\" x y=z/>", 3),
            ("<a b='c'd='e'f>", 3),
            ("</p x>", 1),
            ("< b c d>", 0),
            ("text a b", 0),
            ("<br/>", 0),
            ("<a b = 'c d' e", 2),
        ] {
            assert_eq!(attributes(tag.as_bytes()), count, "{tag}");
        }
    }

    #[test]
    fn what_is_too_much_is_refused() {
        let deep = "<div>".repeat(300);
        assert_eq!(
            parse(&deep, 1000).unwrap_err().message,
            "expected at most 256 elements in each other"
        );
        let formatting: String =
            (0..300).map(|n: u32| ["<p><b id=", &n.to_string(), ">"].concat()).collect();
        assert!(parse(&formatting, 1_000_000).is_err());
        let wide = "<br>".repeat(300);
        let refused = parse(&wide, 100).unwrap_err();
        assert!(refused.message.starts_with("expected at most 100 elements"));
        let many: String = (0..300).map(|n: u32| [" a", &n.to_string()].concat()).collect();
        assert!(parse(&format!("<p{many}>"), 1000).is_err());
        assert!(parse(&format!("<script>a <b{many}</script>"), 1000).is_ok());
    }
}
