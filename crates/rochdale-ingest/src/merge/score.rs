//! How telling it is that two entries have one name.

use rochdale::model::Kind;

use crate::draft::{Draft, fold};

/// The form in which names of a kind are compared.
pub(super) fn form(kind: Kind, name: &str) -> String {
    let folded = fold(name);
    if kind != Kind::MutualEntity {
        return folded;
    }
    let plain: String = folded.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words = plain.split_whitespace().map(|word| match word {
        "ltd" => "limited",
        "coop" => "cooperative",
        "cic" => "community interest company",
        word => word,
    });
    words.collect::<Vec<_>>().join(" ").replace("co operative", "cooperative")
}

/// The score from 0 to 1 of two entries that have a name in common.
pub(super) fn of(one: &Draft, other: &Draft) -> f64 {
    let titles = (one.title().unwrap_or_default(), other.title().unwrap_or_default());
    let base = match () {
        () if titles.0 == titles.1 => 0.9,
        () if fold(titles.0) == fold(titles.1) => 0.85,
        () if form(one.kind, titles.0) == form(other.kind, titles.1) => 0.75,
        // A name that one of them has beside its own.
        () => 0.7,
    };
    // `admin` or `Editor` is the name of many.
    let short = one.kind == Kind::Author && titles.0.split_whitespace().count() < 2;
    if short { base - 0.3 } else { base }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_endings_have_one_form() {
        let form = |name| form(Kind::MutualEntity, name);
        assert_eq!(form("Moor Lane Co-operative Ltd."), form("MOOR LANE CO-OPERATIVE LIMITED"));
        assert_eq!(form("Moor Lane CIC"), form("Moor Lane Community Interest Company"));
        assert_ne!(form("Moor Lane Limited"), form("Moor Lane"));
    }
}
