//! JSON: the value type of `extra`, its reader and its canonical form.

mod canonical;
mod de;
mod number;
mod read;

use std::collections::BTreeMap;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use de::{ShapeError, from_json};
pub use number::holds;
pub use read::{ReadError, Spans};

/// A JSON object, its members in the order of their names.
pub type Map = BTreeMap<String, Json>;

/// A JSON value (RFC 8259).
///
/// A number that an `f64` cannot hold, such as `12345678901234567890`, is kept
/// as a string of its text, so that nothing is rounded in silence.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Json {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A finite number.
    Number(f64),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Json>),
    /// An object.
    Object(Map),
}

impl Json {
    /// Reads JSON text strictly (RFC 8259), to a depth of 128.
    ///
    /// # Errors
    ///
    /// Where the text is not JSON, with the byte offset of what was wrong.
    ///
    /// # Example
    ///
    /// ```
    /// use rochdale::json::Json;
    ///
    /// let json = Json::parse(r#"{"b": [1, 2.50], "a": 12345678901234567890}"#)?;
    /// assert_eq!(json.to_string(), r#"{"a":"12345678901234567890","b":[1,2.5]}"#);
    /// # Ok::<(), rochdale::json::ReadError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        read::read(text, false).map(|(json, _)| json)
    }

    /// Reads JSON text as [`parse`](Self::parse) does, and where each value stands in it.
    ///
    /// # Errors
    ///
    /// Where the text is not JSON, with the byte offset of what was wrong.
    pub fn parse_with_spans(text: &str) -> Result<(Self, Spans), ReadError> {
        read::read(text, true)
    }

    /// The value of anything that serde can write.
    ///
    /// # Errors
    ///
    /// Where the value has no JSON form: a map whose keys are not strings.
    pub fn of(value: &impl Serialize) -> crate::Result<Self> {
        let value = serde_json::to_value(value)
            .map_err(|error| crate::Error::invalid(String::new(), error.to_string()))?;
        Ok(Self::from(value))
    }

    /// The string inside, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// The object inside, if it is one.
    pub fn as_object(&self) -> Option<&Map> {
        if let Self::Object(map) = self { Some(map) } else { None }
    }

    /// The array inside, if it is one.
    pub fn as_array(&self) -> Option<&[Json]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// The value at a JSON pointer (RFC 6901).
    pub fn pointer(&self, pointer: &str) -> Option<&Self> {
        let mut steps = pointer.split('/');
        if !steps.next()?.is_empty() {
            return None;
        }
        steps.try_fold(self, |json, step| match json {
            Self::Object(map) => map.get(&step.replace("~1", "/").replace("~0", "~")),
            Self::Array(items) => items.get(step.parse::<usize>().ok()?),
            _ => None,
        })
    }
}

/// Writes the canonical form of RFC 8785.
impl std::fmt::Display for Json {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&canonical::write(self))
    }
}

impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Self {
        use serde_json::Value;
        match value {
            Value::Null => Self::Null,
            Value::Bool(flag) => Self::Bool(flag),
            Value::Number(number) => number::read(&number.to_string()),
            Value::String(text) => Self::String(text),
            Value::Array(items) => Self::Array(items.into_iter().map(Self::from).collect()),
            Value::Object(map) => {
                Self::Object(map.into_iter().map(|(key, value)| (key, value.into())).collect())
            }
        }
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        /// 2^53: above it an `f64` skips whole numbers.
        const SAFE: f64 = 9_007_199_254_740_992.0;
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(flag) => serializer.serialize_bool(*flag),
            #[expect(clippy::cast_possible_truncation, reason = "a whole number below 2^53")]
            Self::Number(number) if number.fract() == 0.0 && number.abs() < SAFE => {
                serializer.serialize_i64(*number as i64)
            }
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(map) => serializer.collect_map(map),
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_none<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        Json::deserialize(deserializer)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Json, E> {
        Ok(Json::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(number::read(&number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(number::read(&number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(if number.is_finite() { Json::Number(number) } else { Json::String(number.to_string()) })
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Json, E> {
        Ok(Json::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut out = Vec::new();
        while let Some(item) = items.next_element()? {
            out.push(item);
        }
        Ok(Json::Array(out))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Json, A::Error> {
        let mut out = Map::new();
        while let Some((key, value)) = members.next_entry()? {
            out.insert(key, value);
        }
        Ok(Json::Object(out))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Json {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Json".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!(true)
    }
}
