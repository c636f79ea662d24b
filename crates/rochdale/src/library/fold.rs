//! Names without what printers do to them.

use crate::text::Wording;

/// The words of a name, folded and parted by single spaces.
pub(crate) fn fold(name: &str) -> String {
    Wording::new(name).apart.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn print_does_not_change_a_name() {
        for (one, other) in
            [("Julian Le Grand", "  JULIAN  le-grand "), ("Émile O’Brien", "Emile O'Brien")]
        {
            assert_eq!(fold(one), fold(other));
        }
        assert_eq!(fold("—"), "");
    }
}
