//! Serde's reading of [`Json`], with the path to what is wrong and the nearest right name.

use std::fmt;

use serde::de::{
    self, Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess,
    IntoDeserializer, MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor,
};

use super::{Json, Map};
use crate::field::nearest;

/// Reads a value of the model from JSON.
///
/// A string where a structure is expected is taken for its first field, so
/// `person: "Julian Le Grand"` is a person of that name.
///
/// # Errors
///
/// Where the JSON does not have the shape of a `T`, with a pointer to the place.
pub fn from_json<T: DeserializeOwned>(json: &Json) -> Result<T, ShapeError> {
    T::deserialize(json.clone())
}

/// JSON that does not have the shape of what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShapeError {
    message: String,
    steps: Vec<String>,
    name: bool,
}

impl ShapeError {
    /// The JSON pointer (RFC 6901) to the value that is wrong.
    pub fn pointer(&self) -> String {
        self.steps.iter().rev().fold(String::new(), |path, step| {
            path + "/" + &step.replace('~', "~0").replace('/', "~1")
        })
    }

    /// Whether the name at the pointer is wrong rather than its value.
    pub fn is_name(&self) -> bool {
        self.name
    }

    /// The same, of a value inside the member or item `step`.
    pub(crate) fn at(mut self, step: impl Into<String>) -> Self {
        self.steps.push(step.into());
        self
    }
}

impl std::error::Error for ShapeError {}

impl fmt::Display for ShapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl de::Error for ShapeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { message: message.to_string(), steps: Vec::new(), name: false }
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::custom(format_args!("expected {expected}, got {}", plain(unexpected)))
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::custom(format_args!("expected {expected}, got {}", plain(unexpected)))
    }

    fn unknown_field(name: &str, expected: &'static [&'static str]) -> Self {
        let message = match nearest(name, expected.iter().copied()) {
            Some(near) => format!("unknown field `{name}` (did you mean `{near}`?)"),
            None => format!("unknown field `{name}`; expected one of {}", list(expected)),
        };
        Self { message, steps: vec![name.to_owned()], name: true }
    }

    fn unknown_variant(name: &str, expected: &'static [&'static str]) -> Self {
        Self::custom(match nearest(name, expected.iter().copied()) {
            Some(near) => format!("unknown value `{name}` (did you mean `{near}`?)"),
            None => format!("unknown value `{name}`; expected one of {}", list(expected)),
        })
    }

    fn missing_field(name: &'static str) -> Self {
        Self::custom(format_args!("expected a field `{name}`"))
    }
}

fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// What was found, in the words of JSON.
fn plain(unexpected: Unexpected<'_>) -> String {
    match unexpected {
        Unexpected::Bool(flag) => format!("`{flag}`"),
        Unexpected::Unsigned(number) => format!("the number `{number}`"),
        Unexpected::Signed(number) => format!("the number `{number}`"),
        Unexpected::Float(number) => format!("the number `{number}`"),
        Unexpected::Str(text) => {
            format!("the text `{}`", text.chars().take(60).collect::<String>())
        }
        Unexpected::Unit | Unexpected::Option => "nothing".to_owned(),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Map => "an object".to_owned(),
        other => other.to_string(),
    }
}

/// Texts move into fields that hold them as they are.
impl<'de> Deserializer<'de> for Json {
    type Error = ShapeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        match self {
            Self::Null => visitor.visit_unit(),
            Self::Bool(flag) => visitor.visit_bool(flag),
            #[expect(clippy::cast_possible_truncation, reason = "a whole number below 2^53")]
            Self::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
                visitor.visit_i64(number as i64)
            }
            Self::Number(number) => visitor.visit_f64(number),
            Self::String(text) => visitor.visit_string(text),
            Self::Array(items) => visitor.visit_seq(Items::of(items)),
            Self::Object(map) => {
                visitor.visit_map(Members { members: map.into_iter(), value: None })
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        match self {
            Self::Null => visitor.visit_none(),
            some => visitor.visit_some(some),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ShapeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ShapeError> {
        match (self, fields.first()) {
            (plain @ (Self::String(_) | Self::Number(_)), Some(first)) => {
                visitor.visit_map(First { name: Some(first), value: plain })
            }
            (other, _) => other.deserialize_any(visitor),
        }
    }

    /// One value where a list is expected is a list of one.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        match self {
            Self::Array(items) => visitor.visit_seq(Items::of(items)),
            Self::Null => visitor.visit_seq(Items::of(Vec::new())),
            one => visitor.visit_seq(Items::of(vec![one])),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ShapeError> {
        match self {
            Self::String(name) => visitor.visit_enum(name.into_deserializer()),
            Self::Object(map) if map.len() == 1 => visitor.visit_enum(Variant(map)),
            other => other.deserialize_any(visitor),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct tuple tuple_struct map identifier ignored_any
    }
}

impl IntoDeserializer<'_, ShapeError> for Json {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

struct Items {
    items: std::vec::IntoIter<Json>,
    position: usize,
}

impl Items {
    fn of(items: Vec<Json>) -> Self {
        Self { items: items.into_iter(), position: 0 }
    }
}

impl<'de> SeqAccess<'de> for Items {
    type Error = ShapeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, ShapeError> {
        let Some(item) = self.items.next() else { return Ok(None) };
        let position = self.position;
        self.position += 1;
        seed.deserialize(item).map(Some).map_err(|error| error.at(position.to_string()))
    }
}

struct Members {
    members: std::collections::btree_map::IntoIter<String, Json>,
    value: Option<(String, Json)>,
}

impl<'de> MapAccess<'de> for Members {
    type Error = ShapeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, ShapeError> {
        let Some(member) = self.members.next() else { return Ok(None) };
        let (name, _) = self.value.insert(member);
        seed.deserialize(name.as_str().into_deserializer()).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<T::Value, ShapeError> {
        let (name, value) = self.value.take().expect("serde asks for a value after its key");
        seed.deserialize(value).map_err(|error| error.at(name))
    }
}

/// A plain value in the place of a structure: its first field.
struct First {
    name: Option<&'static str>,
    value: Json,
}

impl<'de> MapAccess<'de> for First {
    type Error = ShapeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, ShapeError> {
        let Some(name) = self.name.take() else { return Ok(None) };
        seed.deserialize(name.into_deserializer()).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<T::Value, ShapeError> {
        seed.deserialize(std::mem::take(&mut self.value))
    }
}

/// An object of one member as a variant with content.
struct Variant(Map);

impl<'de> EnumAccess<'de> for Variant {
    type Error = ShapeError;
    type Variant = Content;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Content), ShapeError> {
        let (name, value) = self.0.into_iter().next().expect("an object of one member");
        let variant = seed.deserialize(name.as_str().into_deserializer())?;
        Ok((variant, Content { name, value }))
    }
}

struct Content {
    name: String,
    value: Json,
}

impl<'de> VariantAccess<'de> for Content {
    type Error = ShapeError;

    fn unit_variant(self) -> Result<(), ShapeError> {
        Deserialize::deserialize(self.value).map_err(|error: ShapeError| error.at(self.name))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(
        self,
        seed: T,
    ) -> Result<T::Value, ShapeError> {
        seed.deserialize(self.value).map_err(|error| error.at(self.name))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, ShapeError> {
        self.value.deserialize_any(visitor).map_err(|error| error.at(self.name))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ShapeError> {
        self.value.deserialize_struct("", fields, visitor).map_err(|error| error.at(self.name))
    }
}
