//! Elements in a text, written out as HTML.

use super::{Child, Element, Space};

/// Elements of HTML that never have an end.
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

impl Element {
    /// What stands in it, as HTML.
    pub(in crate::feed) fn inner_html(&self) -> String {
        let mut out = String::new();
        self.add_inner(&mut out);
        out
    }

    /// What stands in its only child, a `div`, or else in it, as HTML: Atom wraps XHTML so (RFC
    /// 4287, section 3.1.1.3).
    pub(in crate::feed) fn unwrapped_html(&self) -> String {
        let blank = self.children.iter().all(|child| match child {
            Child::Element(_) => true,
            Child::Text(text, _) => text.trim().is_empty(),
        });
        let mut elements = self.elements();
        match (elements.next(), elements.next()) {
            (Some(only), None) if blank && &*only.local == "div" => only.inner_html(),
            _ => self.inner_html(),
        }
    }

    fn add_inner(&self, out: &mut String) {
        for child in &self.children {
            match child {
                Child::Element(element) => element.add_html(out),
                Child::Text(text, _) => escape(text, out),
            }
        }
    }

    fn add_html(&self, out: &mut String) {
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
        self.add_inner(out);
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
