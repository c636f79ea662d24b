//! Elements in a text, written out as HTML.

use super::{Child, Element, Space};

/// Elements of HTML that never have an end.
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

impl Element {
    /// What stands in it, as HTML; where texts are not escaped, they are HTML themselves.
    pub(in crate::feed) fn inner_html(&self, escapes: bool) -> String {
        let mut out = String::new();
        self.add_inner(escapes, &mut out);
        out
    }

    /// Its only child where that is a `div` and nothing is beside it, in which Atom wraps XHTML (RFC
    /// 4287, section 3.1.1.3), or else itself.
    pub(in crate::feed) fn unwrapped(&self) -> &Self {
        let blank = self.children.iter().all(|child| match child {
            Child::Element(_) => true,
            Child::Text(text, _) => text.trim().is_empty(),
        });
        let mut elements = self.elements();
        match (elements.next(), elements.next()) {
            (Some(only), None) if blank && &*only.local == "div" => only,
            _ => self,
        }
    }

    fn add_inner(&self, escapes: bool, out: &mut String) {
        for child in &self.children {
            match child {
                Child::Element(element) => element.add_html(escapes, out),
                Child::Text(text, _) if escapes => escape(text, out),
                Child::Text(text, _) => out.push_str(text),
            }
        }
    }

    fn add_html(&self, escapes: bool, out: &mut String) {
        out.push('<');
        out.push_str(&self.local);
        for attribute in self.attributes.iter().filter(|it| it.space == Space::None) {
            out.push(' ');
            out.push_str(&attribute.local);
            out.push_str("=\"");
            let mut value = String::new();
            escape(&attribute.value, &mut value);
            out.push_str(&value.replace('"', "&quot;"));
            out.push('"');
        }
        out.push('>');
        if self.children.is_empty() && VOID.contains(&&*self.local) {
            return;
        }
        self.add_inner(escapes, out);
        out.push_str("</");
        out.push_str(&self.local);
        out.push('>');
    }
}

fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => out.push(letter),
        }
    }
}
