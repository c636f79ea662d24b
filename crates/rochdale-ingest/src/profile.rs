//! Profiles: what other people's folders and keys mean, as data.

use std::collections::BTreeMap;

use rochdale::model::Kind;
use serde::Deserialize;

/// What the folders, the file names and the keys of a site mean.
///
/// A profile is a small TOML file; those that come with the crate are its examples. It may extend
/// another by naming it as its `base`: lists and maps that it states are added to those of the
/// base, and a list of keys replaces the base's list of the same field.
///
/// # Example
///
/// ```
/// use rochdale_ingest::Profile;
///
/// let profile = Profile::from_toml(
///     r#"
///     name = "our-paper"
///     base = "jekyll"
///     [fields]
///     published = ["first_printed", "date"]
///     "#,
/// )?;
/// assert_eq!(profile.name(), "our-paper");
/// assert!(Profile::from_toml("nmae = 'x'").is_err());
/// # Ok::<(), rochdale::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Profile {
    name: String,
    base: Option<String>,
    /// Files at the top of a folder that tell that it is of this sort.
    signs: Vec<Sign>,
    /// Folders and files of these names are not content.
    pub(crate) skip: Vec<String>,
    /// Files of these names describe a folder rather than being entries.
    pub(crate) sections: Vec<String>,
    /// What stands in folders of these names is a draft.
    pub(crate) drafts: Vec<String>,
    /// The kind of an entry in a folder of this name.
    pub(crate) kinds: BTreeMap<String, String>,
    /// The kind of Markdown of which nothing else says the kind.
    pub(crate) otherwise: Option<String>,
    /// Where a date is found that no key states, in order.
    pub(crate) dates: Option<Vec<DateSource>>,
    /// The keys that give a field, the first of them that has a value.
    pub(crate) fields: BTreeMap<String, Vec<String>>,
    /// Keys whose yes or no says whether the entry is a draft.
    pub(crate) draft_keys: BTreeMap<String, bool>,
    /// Keys whose text holds several values, and the signs that may stand between them; the first
    /// of the signs that the text has counts.
    pub(crate) split: BTreeMap<String, String>,
    /// The same, in metadata lines, which have no lists.
    pub(crate) split_in_lines: BTreeMap<String, String>,
    /// The mark in a body before which the summary stands.
    pub(crate) summary_until: Option<String>,
}

/// A file that tells of what sort a folder is.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sign {
    file: String,
    /// Words that it must have.
    #[serde(default)]
    with: Option<String>,
}

/// Where a date is found that no key states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DateSource {
    /// The start of the file's name, `2014-03-12-title.md`.
    FileName,
    /// The address, `blog/2014/03/12/title`.
    Address,
}

/// The text of the profiles that come with the crate, the one for all sites first.
const BUILT_IN: [&str; 5] = [
    include_str!("profiles/common.toml"),
    include_str!("profiles/jekyll.toml"),
    include_str!("profiles/hugo.toml"),
    include_str!("profiles/zola.toml"),
    include_str!("profiles/pelican.toml"),
];

impl Profile {
    /// The profile that reads Jekyll, Hugo, Zola and Pelican where they do not contradict each
    /// other.
    pub fn common() -> Self {
        Self::of_text(BUILT_IN[0])
    }

    /// The profiles that come with the crate: `common`, `jekyll`, `hugo`, `zola` and `pelican`.
    pub fn built_in() -> impl Iterator<Item = Self> {
        BUILT_IN.into_iter().map(Self::of_text)
    }

    /// The profile of this name that comes with the crate.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::built_in().find(|profile| profile.name == name)
    }

    /// Reads a profile.
    ///
    /// # Errors
    ///
    /// Where the text is not TOML, has a key that no profile has, or names a base, a kind or a
    /// field that does not exist.
    pub fn from_toml(text: &str) -> rochdale::Result<Self> {
        let refuse = |message: String| rochdale::Error::invalid(String::new(), message);
        let own: Self = toml::from_str(text)
            .map_err(|error| refuse(format!("expected a profile: {}", error.message())))?;
        own.check().map_err(refuse)?;
        match &own.base {
            None => Ok(own),
            Some(name) => {
                let known =
                    BUILT_IN.iter().find(|text| text.starts_with(&format!("name = \"{name}\"\n")));
                let base = known.ok_or_else(|| refuse(format!("no profile is called `{name}`")))?;
                Ok(own.over(Self::from_toml(base)?))
            }
        }
    }

    /// One of those that come with the crate.
    fn of_text(text: &str) -> Self {
        Self::from_toml(text).expect("a test reads each of them")
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Names that nothing in the model has.
    fn check(&self) -> Result<(), String> {
        let kinds = self.kinds.values().chain(&self.otherwise);
        if let Some(wrong) = kinds.into_iter().find(|kind| Kind::from_name(kind).is_none()) {
            return Err(format!("unknown kind `{wrong}` in a profile"));
        }
        let known = |field: &String| Kind::ALL.iter().any(|kind| has(*kind, field));
        match self.fields.keys().find(|field| !known(field)) {
            Some(wrong) => Err(format!("no kind has the field `{wrong}` that a profile names")),
            None => Ok(()),
        }
    }

    /// This profile with what it leaves open taken from another.
    fn over(mut self, base: Self) -> Self {
        self.skip.extend(base.skip);
        self.sections.extend(base.sections);
        self.drafts.extend(base.drafts);
        self.otherwise = self.otherwise.or(base.otherwise);
        self.dates = self.dates.or(base.dates);
        self.summary_until = self.summary_until.or(base.summary_until);
        add(&mut self.kinds, base.kinds);
        add(&mut self.fields, base.fields);
        add(&mut self.draft_keys, base.draft_keys);
        add(&mut self.split, base.split);
        add(&mut self.split_in_lines, base.split_in_lines);
        self
    }

    /// The profile that comes with the crate and whose signs stand at the top of a folder, where
    /// `file` gives the bytes of a file; the common one where there is none.
    pub(crate) fn fitting(file: impl Fn(&str) -> Option<Vec<u8>>) -> Self {
        let shows = |sign: &Sign| {
            let words = sign.with.as_deref().unwrap_or_default().as_bytes();
            let has = |bytes: Vec<u8>| {
                words.is_empty() || bytes.windows(words.len()).any(|part| part == words)
            };
            file(&sign.file).is_some_and(has)
        };
        let fits = |profile: &Self| profile.signs.iter().any(shows);
        Self::built_in().find(fits).unwrap_or_else(Self::common)
    }

    /// The kind that a folder's name says.
    pub(crate) fn kind_of_folder(&self, folder: &str) -> Option<Kind> {
        let name = normal(folder.trim_start_matches('_'));
        let named = |kind: &&Kind| kind.name() == name || kind.info().plural == name;
        let own = || Kind::from_name(self.kinds.get(&name)?);
        Kind::ALL.iter().find(named).copied().or_else(own)
    }

    /// The kind of Markdown of which nothing else says the kind.
    pub(crate) fn kind_otherwise(&self) -> Option<Kind> {
        Kind::from_name(self.otherwise.as_deref()?)
    }
}

fn add<T>(own: &mut BTreeMap<String, T>, base: BTreeMap<String, T>) {
    for (key, value) in base {
        own.entry(key).or_insert(value);
    }
}

/// Whether a kind has a field.
pub(crate) fn has(kind: Kind, field: &str) -> bool {
    kind.info().structure.fields.iter().any(|known| known.name == field)
}

/// A key or a folder's name in the form in which they are compared.
pub(crate) fn normal(key: &str) -> String {
    key.trim().to_lowercase().replace(['-', ' '], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_that_come_with_the_crate_are_sound() {
        let names: Vec<_> = Profile::built_in().map(|profile| profile.name).collect();
        assert_eq!(names, ["common", "jekyll", "hugo", "zola", "pelican"]);
        for profile in Profile::built_in() {
            assert!(profile.fields.values().flatten().all(|key| normal(key) == *key));
            assert!(profile.split.keys().all(|key| normal(key) == *key));
            assert_eq!(Profile::from_name(&profile.name), Some(profile));
        }
    }

    #[test]
    fn folders_say_kinds() {
        let profile = Profile::common();
        for (folder, kind) in [
            ("_posts", Some(Kind::Article)),
            ("mutual-entities", Some(Kind::MutualEntity)),
            ("Author", Some(Kind::Author)),
            ("2014", None),
        ] {
            assert_eq!(profile.kind_of_folder(folder), kind, "{folder}");
        }
    }

    #[test]
    fn wrong_names_are_told() {
        for text in ["base = 'wordpress'", "otherwise = 'page'", "fields = {headline = ['x']}"] {
            assert!(Profile::from_toml(text).is_err(), "{text}");
        }
    }
}
