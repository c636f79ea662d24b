//! Text analysis: the words of a text, folded and stemmed, the same for indexing, searching and
//! highlighting.

mod fold;
mod language;
mod pieces;
mod scripts;
mod token;
mod visible;
mod wording;

pub use fold::fold;
pub use language::{Language, Stems};
pub use token::{LONGEST, Token, TokenRef, each_token, tokens};
pub use visible::visible;
pub use wording::{Step, Wording};

/// The name and version of this analysis.
///
/// Whatever changes a token, a wording or a stem of any text is a new version: words that were
/// indexed by another one are not found by this one.
pub const ANALYSER: (&str, u32) = ("words", 1);
