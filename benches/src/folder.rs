//! The data that is measured: a real folder where one is given, else one made up here.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

/// As many files, and about as many bytes, as the real folder that this stands in for.
const FILES: usize = 949;
const WORDS: usize = 900;

/// A folder of articles.
#[derive(Debug)]
pub struct Folder {
    /// What it is called in the results.
    pub name: &'static str,
    path: PathBuf,
    // Held for its end: a made-up folder is removed when the measure is over.
    _made_up: Option<tempfile::TempDir>,
}

impl Folder {
    /// The real folder where `ROCHDALE_DATA` names one, else one made up.
    ///
    /// # Errors
    ///
    /// Where the made-up files cannot be written.
    pub fn open() -> io::Result<Self> {
        if let Some(data) = std::env::var_os("ROCHDALE_DATA") {
            let path = PathBuf::from(data).join("articles/eips");
            if path.is_dir() {
                return Ok(Self { name: "articles/eips", path, _made_up: None });
            }
        }
        let folder = tempfile::tempdir()?;
        write(folder.path())?;
        Ok(Self { name: "made up", path: folder.path().to_owned(), _made_up: Some(folder) })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many Markdown files it has, and their bytes in all.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be listed.
    pub fn size(&self) -> io::Result<(usize, u64)> {
        let mut size = (0, 0);
        for file in std::fs::read_dir(&self.path)? {
            let file = file?;
            if file.path().extension().is_some_and(|extension| extension == "md") {
                size = (size.0 + 1, size.1 + file.metadata()?.len());
            }
        }
        Ok(size)
    }
}

/// Writes the made-up folder: the same bytes at every run.
fn write(folder: &Path) -> io::Result<()> {
    let mut random = Random(0x1844);
    for number in 0..FILES {
        let mut text = String::from("---\n");
        let (year, month) = (2011 + random.below(10), 1 + random.below(12));
        let title = sentence(&mut random, 6);
        let _ = writeln!(text, "title: {title}\npublished: {year}-{month:02}\nlanguage: en");
        let _ = writeln!(text, "tags: [{}, {}]\n---\n", word(&mut random), word(&mut random));
        for paragraph in 0..WORDS / 75 {
            if paragraph % 4 == 0 {
                let _ = writeln!(text, "## {}\n", sentence(&mut random, 4));
            }
            for _ in 0..5 {
                let _ = writeln!(text, "{}.", sentence(&mut random, 15));
            }
            text.push('\n');
        }
        std::fs::write(folder.join(format!("article-{number}.md")), text)?;
    }
    Ok(())
}

fn sentence(random: &mut Random, words: usize) -> String {
    (0..words).map(|_| word(random)).collect::<Vec<_>>().join(" ")
}

/// A word of two to four syllables; a low number is drawn more often, as in any language.
fn word(random: &mut Random) -> String {
    const FREQUENT: [&str; 6] = ["the", "public", "service", "contract", "state", "draft"];
    const SYLLABLES: [&str; 16] = [
        "mu", "tu", "al", "pen", "sion", "ser", "vi", "ce", "out", "sour", "cing", "sta", "ke",
        "pub", "lic", "co",
    ];
    let rank = random.below(100) * random.below(100) * random.below(4) / 8;
    if let Some(word) = FREQUENT.get(rank) {
        return (*word).to_owned();
    }
    let mut left = rank + 16;
    let mut out = String::new();
    while left > 0 {
        out.push_str(SYLLABLES[left % 16]);
        left /= 16;
    }
    out
}

/// A small generator of numbers (xorshift64), so that no run differs from another.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit
    }
}
