//! What a text asks for when it is searched for.

use super::pieces::{PIECES, Piece, Words, read};
use super::token::{beginning, join};

/// The words that find a text, as ways from its beginning to its end.
///
/// Each way is a phrase, whose words stand at positions one after the other. `spin-out company` is
/// found as `spin out company`, `spinout company` or `spin outcompany`, so that a text is found
/// however it parts what belongs together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// The words, in the order of their beginnings; each leads from one place to a later one.
    pub steps: Vec<Step>,
    /// The place at the end; the beginning is 0.
    pub end: usize,
    /// The words one by one, those with signs inside in pieces.
    pub apart: Vec<String>,
    /// The words one by one, those with signs inside joined.
    pub joined: Vec<String>,
}

/// A word of a [`Wording`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The place before it.
    pub from: usize,
    /// The place after it.
    pub to: usize,
    /// The word as written, folded.
    pub written: String,
}

impl Wording {
    /// What a text asks for; no steps where it has no word.
    ///
    /// # Example
    ///
    /// ```
    /// use rochdale::text::Wording;
    ///
    /// let wording = Wording::new("co-operative bank");
    /// let words: Vec<_> = wording.steps.iter().map(|step| (step.from, step.to, &*step.written)).collect();
    /// assert_eq!(words, [
    ///     (0, 1, "co"), (0, 2, "cooperative"), (0, 3, "cooperativebank"),
    ///     (1, 2, "operative"), (1, 3, "operativebank"),
    ///     (2, 3, "bank"),
    /// ]);
    /// assert_eq!(wording.joined, ["cooperative", "bank"]);
    /// ```
    pub fn new(text: &str) -> Self {
        let mut atoms = Atoms(Vec::new());
        read(text, &mut atoms);
        let mut wording = Self::default();
        for at in 0..atoms.0.len() {
            match &atoms.0[at] {
                Atom::Piece(_) => wording.word(at, &atoms.0[at..]),
                Atom::Character { written, follows } => {
                    wording.character(at, written, *follows, atoms.0.get(at + 1));
                }
            }
        }
        wording.end = wording.steps.iter().map(|step| step.to).max().unwrap_or_default();
        wording
    }

    /// Adds the words that begin with the first piece.
    fn word(&mut self, at: usize, atoms: &[Atom]) {
        let pieces = atoms.iter().map_while(|atom| match atom {
            Atom::Piece(piece) => Some(piece.clone()),
            Atom::Character { .. } => None,
        });
        let pieces: Vec<Piece> = pieces.take(PIECES).collect();
        let whole = 1 + pieces[1..].iter().take_while(|piece| piece.sign != APART).count();
        for count in 1..=pieces.len() {
            if count > 1 && are_numbers_apart(&pieces[count - 2], &pieces[count - 1]) {
                break;
            }
            let mut written = String::new();
            join(&pieces[..count], &mut written);
            if count == 1 {
                self.apart.push(beginning(&written).to_owned());
            }
            if count == whole && pieces[0].sign == APART {
                self.joined.push(beginning(&written).to_owned());
            }
            self.step(at, at + count, &written);
        }
    }

    /// Adds the pair that a character begins, or the character where it begins none.
    fn character(&mut self, at: usize, character: &str, follows: bool, next: Option<&Atom>) {
        let written = match next {
            Some(Atom::Character { written, follows: true }) => format!("{character}{written}"),
            // The pair before ends with it.
            None if follows => return,
            _ => character.to_owned(),
        };
        self.apart.push(written.clone());
        self.joined.push(written.clone());
        self.step(at, at + 1, &written);
    }

    fn step(&mut self, from: usize, to: usize, written: &str) {
        self.steps.push(Step { from, to, written: beginning(written).to_owned() });
    }
}

/// The sign of a piece that nothing ties to the one before.
const APART: char = '\0';

/// Numbers that no sign ties are not joined: `5 10` is not `510`.
fn are_numbers_apart(piece: &Piece, next: &Piece) -> bool {
    let digit = |letter: char| letter.is_ascii_digit();
    next.sign == APART && piece.written.ends_with(digit) && next.written.starts_with(digit)
}

enum Atom {
    Piece(Piece),
    Character { written: String, follows: bool },
}

struct Atoms(Vec<Atom>);

impl Words for Atoms {
    fn plain(&mut self, written: &str, start: usize, end: usize) {
        self.0.push(Atom::Piece(Piece { written: written.to_owned(), start, end, sign: APART }));
    }

    fn word(&mut self, pieces: &[Piece]) {
        for (number, piece) in pieces.iter().enumerate() {
            let sign = if number == 0 { APART } else { piece.sign };
            self.0.push(Atom::Piece(Piece { sign, ..piece.clone() }));
        }
    }

    fn character(&mut self, character: &Piece, follows: bool) {
        self.0.push(Atom::Character { written: character.written.clone(), follows });
    }
}
