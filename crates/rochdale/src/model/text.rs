//! Prose, and prose with markup.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::choices::choices;
use crate::field::{FieldType, ToValues, Value};

/// Plain prose, such as a title: searched by its words.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(transparent)]
pub struct Prose(pub String);

impl Prose {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Prose {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Prose {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for Prose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ToValues for Prose {
    const TYPE: FieldType = FieldType::Text;

    fn values<'a>(&'a self, visit: &mut dyn FnMut(Value<'a>)) {
        visit(Value::Text(&self.0, Markup::Plain));
    }
}

choices! {
    /// How prose is marked up.
    closed Markup = "markup" {
        /// None: the text is as a reader sees it.
        Plain = "plain",
        /// CommonMark with tables and footnotes.
        Markdown = "markdown",
        /// HTML, sanitised before it is stored.
        Html = "html",
    }
}

/// Prose with its markup, such as the body of an article.
///
/// Plain text may also be given as a plain string.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Text {
    /// The text as written.
    pub text: String,
    /// How it is marked up.
    pub markup: Markup,
}

impl Text {
    /// Text without markup.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), markup: Markup::Plain }
    }

    /// Markdown.
    pub fn markdown(text: impl Into<String>) -> Self {
        Self { text: text.into(), markup: Markup::Markdown }
    }

    /// HTML, which must have been sanitised.
    pub fn html(text: impl Into<String>) -> Self {
        Self { text: text.into(), markup: Markup::Html }
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename = "Text", deny_unknown_fields)]
        struct Given {
            text: String,
            #[serde(default)]
            markup: Option<Markup>,
        }
        let Given { text, markup } = Given::deserialize(deserializer)?;
        Ok(Self { text, markup: markup.unwrap_or(Markup::Plain) })
    }
}

impl ToValues for Text {
    const TYPE: FieldType = FieldType::Text;

    fn values<'a>(&'a self, visit: &mut dyn FnMut(Value<'a>)) {
        visit(Value::Text(&self.text, self.markup));
    }
}

/// A register and a number in it, written as org-id.guide does: `GB-MPR-29999R`.
///
/// The register is the two letters of a country, a hyphen and a code; the
/// number is kept as written, leading zeros included.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegisterId(String);

impl RegisterId {
    /// The register, such as `GB-MPR`.
    pub fn register(&self) -> &str {
        let second = self.0.match_indices('-').nth(1);
        second.map_or(self.0.as_str(), |(end, _)| &self.0[..end])
    }

    /// The number in the register, such as `29999R`.
    pub fn number(&self) -> &str {
        &self.0[(self.register().len() + 1).min(self.0.len())..]
    }

    /// The whole identifier.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for RegisterId {
    type Err = crate::Error;

    fn from_str(text: &str) -> crate::Result<Self> {
        let mut parts = text.splitn(3, '-');
        let country = parts.next().unwrap_or_default();
        let code = parts.next().unwrap_or_default();
        let number = parts.next().unwrap_or_default();
        let letters = |part: &str| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        };
        let spaced = number.is_empty() || number.contains(char::is_whitespace);
        if country.len() != 2 || !letters(country) || !letters(code) || spaced {
            let message = format!("expected a register id such as `GB-MPR-29999R`, got `{text}`");
            return Err(crate::Error::invalid(String::new(), message));
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for RegisterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for RegisterId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for RegisterId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl ToValues for RegisterId {
    const TYPE: FieldType = FieldType::Keyword;

    fn values<'a>(&'a self, visit: &mut dyn FnMut(Value<'a>)) {
        visit(Value::Keyword(&self.0));
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for RegisterId {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RegisterId".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[A-Z0-9]{2}-[A-Z0-9]+-\\S+$" })
    }
}
