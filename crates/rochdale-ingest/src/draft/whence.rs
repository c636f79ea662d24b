//! The file that each value of a draft comes from, where a draft was made of several.

use std::collections::BTreeMap;
use std::sync::Arc;

/// The file of a draft, and those of the values that came from elsewhere.
#[derive(Clone, Debug)]
pub(crate) struct Whence {
    path: Arc<str>,
    /// By JSON pointer.
    strays: Arc<BTreeMap<String, Arc<str>>>,
}

impl Whence {
    pub(super) fn new(path: &Arc<str>, strays: &Arc<BTreeMap<String, Arc<str>>>) -> Self {
        Self { path: Arc::clone(path), strays: Arc::clone(strays) }
    }

    /// Whether all is of one file.
    pub(crate) fn is_one(&self) -> bool {
        self.strays.is_empty()
    }

    /// The file of the value at a pointer.
    pub(crate) fn path(&self, pointer: &str) -> Arc<str> {
        let mut pointer = if self.is_one() { "" } else { pointer };
        while !pointer.is_empty() {
            if let Some(path) = self.strays.get(pointer) {
                return Arc::clone(path);
            }
            pointer = pointer.rsplit_once('/').map_or("", |(outer, _)| outer);
        }
        Arc::clone(&self.path)
    }

    /// The file of the value at a pointer, where the pointer is that of a value from elsewhere.
    pub(crate) fn exactly(&self, pointer: &str) -> Option<&Arc<str>> {
        self.strays.get(pointer)
    }
}

/// Moves what is known of the items of a list up, where the one at a pointer was taken out.
pub(super) fn close_gap(strays: &mut BTreeMap<String, Arc<str>>, pointer: &str) {
    let Some((list, Ok(gone))) = pointer.rsplit_once('/').map(|(l, n)| (l, n.parse::<usize>()))
    else {
        return;
    };
    let inside = format!("{list}/");
    let moved: Vec<_> = strays.keys().filter(|key| key.starts_with(&inside)).cloned().collect();
    for key in moved {
        let Some(path) = strays.remove(&key) else { continue };
        let rest = &key[inside.len()..];
        let (number, below) = rest.split_once('/').map_or((rest, None), |(n, b)| (n, Some(b)));
        let below = below.map(|below| format!("/{below}")).unwrap_or_default();
        match number.parse::<usize>() {
            Ok(number) if number == gone => {}
            Ok(number) if number > gone => {
                strays.insert(format!("{inside}{}{below}", number - 1), path);
            }
            _ => drop(strays.insert(key, path)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_files_where_items_go() {
        let path = |text: &str| Arc::<str>::from(text);
        let mut strays = BTreeMap::from([
            ("/tags/2".to_owned(), path("b")),
            ("/tags/3/name".to_owned(), path("c")),
            ("/title".to_owned(), path("d")),
        ]);
        close_gap(&mut strays, "/tags/1");
        close_gap(&mut strays, "/title");
        let whence = Whence::new(&path("a"), &Arc::new(strays));
        let at = |pointer: &str| whence.path(pointer).to_string();
        assert_eq!(
            (at("/tags/0"), at("/tags/1"), at("/tags/2/name")),
            ("a".into(), "b".into(), "c".into())
        );
        assert_eq!(at("/title/text"), "d");
    }
}
