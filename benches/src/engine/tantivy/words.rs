//! How tantivy comes to the same words as Rochdale.

use rochdale::text::Language;
use tantivy::Index;
use tantivy::tokenizer::{
    BoxTokenStream, LowerCaser, SimpleTokenizer, Stemmer, TextAnalyzer, Token, TokenStream,
    Tokenizer,
};

/// The analyser of stems.
pub(super) const STEMS: &str = "stems";

/// The analyser of words as written.
pub(super) const WRITTEN: &str = "written_words";

/// Makes both analysers known to an index.
///
/// On ASCII letters and digits tantivy's own chain gives the same words as Rochdale, at its own
/// speed; on other text, where word boundaries differ, it is given Rochdale's words.
pub(super) fn register(index: &Index, plain: bool) {
    let (stems, written) = if plain {
        let written = || TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser);
        let stemmer = Stemmer::new(tantivy::tokenizer::Language::English);
        (written().filter(stemmer).build(), written().build())
    } else {
        let words = |stems| TextAnalyzer::builder(Words { stems }).build();
        (words(true), words(false))
    };
    index.tokenizers().register(STEMS, stems);
    index.tokenizers().register(WRITTEN, written);
}

/// What the analysers are, in words.
pub(super) fn analysis(plain: bool) -> &'static str {
    if plain {
        "words: SimpleTokenizer, LowerCaser, Stemmer (English): on this corpus the same words and stems as Rochdale's"
    } else {
        "words: those of Rochdale, by a tokenizer around its functions, so that a real text gives the same words"
    }
}

/// The stem of a word in lower case.
pub(super) fn stem(word: &str) -> String {
    Language::ENGLISH.stem(word).into_owned()
}

/// Rochdale's words as a tokenizer.
#[derive(Clone)]
struct Words {
    stems: bool,
}

struct Tokens {
    tokens: Vec<Token>,
    /// How many tokens have been given.
    given: usize,
}

impl Tokenizer for Words {
    type TokenStream<'a> = BoxTokenStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> BoxTokenStream<'a> {
        let tokens = rochdale::text::tokens(text).map(|word| Token {
            offset_from: word.start,
            offset_to: word.end,
            position: word.position as usize,
            text: if self.stems { stem(&word.written) } else { word.written },
            position_length: 1,
        });
        BoxTokenStream::new(Tokens { tokens: tokens.collect(), given: 0 })
    }
}

impl TokenStream for Tokens {
    fn advance(&mut self) -> bool {
        self.given += 1;
        self.given <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.given - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.given - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Generator;

    #[test]
    fn tantivys_own_chain_gives_the_words_of_rochdale() {
        let stemmer = Stemmer::new(tantivy::tokenizer::Language::English);
        let chain = TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser);
        let mut chain = chain.filter(stemmer).build();
        let mut ours = TextAnalyzer::builder(Words { stems: true }).build();
        let generator = Generator::new();
        for number in 0..300 {
            let text = generator.document(number).body;
            let tokens = |analyser: &mut TextAnalyzer| {
                let mut tokens = Vec::new();
                analyser.token_stream(&text).process(&mut |token| tokens.push(token.clone()));
                tokens
            };
            assert_eq!(tokens(&mut chain), tokens(&mut ours));
        }
    }
}
