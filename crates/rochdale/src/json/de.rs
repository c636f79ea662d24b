//! Serde's reading of [`Json`], with the path to what is wrong and the nearest right name.

use std::fmt;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess,
    SeqAccess, Unexpected, VariantAccess, Visitor,
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
pub fn from_json<'de, T: Deserialize<'de>>(json: &'de Json) -> Result<T, ShapeError> {
    T::deserialize(json)
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

impl<'de> Deserializer<'de> for &'de Json {
    type Error = ShapeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        match self {
            Json::Null => visitor.visit_unit(),
            Json::Bool(flag) => visitor.visit_bool(*flag),
            #[expect(clippy::cast_possible_truncation, reason = "a whole number below 2^53")]
            Json::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
                visitor.visit_i64(*number as i64)
            }
            Json::Number(number) => visitor.visit_f64(*number),
            Json::String(text) => visitor.visit_borrowed_str(text),
            Json::Array(items) => visitor.visit_seq(Items { items: items.iter(), position: 0 }),
            Json::Object(map) => visitor.visit_map(Members { members: map.iter(), value: None }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        match self {
            Json::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
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
            (Json::String(_) | Json::Number(_), Some(first)) => {
                visitor.visit_map(First { name: Some(first), value: self })
            }
            _ => self.deserialize_any(visitor),
        }
    }

    /// One value where a list is expected is a list of one.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        match self {
            Json::Array(_) => self.deserialize_any(visitor),
            Json::Null => visitor.visit_seq(Items { items: [].iter(), position: 0 }),
            one => {
                visitor.visit_seq(Items { items: std::slice::from_ref(one).iter(), position: 0 })
            }
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ShapeError> {
        match self {
            Json::String(name) => visitor.visit_enum(name.as_str().into_deserializer()),
            Json::Object(map) if map.len() == 1 => visitor.visit_enum(Variant(map)),
            other => other.deserialize_any(visitor),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct tuple tuple_struct map identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, ShapeError> for &'de Json {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

struct Items<'de> {
    items: std::slice::Iter<'de, Json>,
    position: usize,
}

impl<'de> SeqAccess<'de> for Items<'de> {
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

struct Members<'de> {
    members: std::collections::btree_map::Iter<'de, String, Json>,
    value: Option<(&'de str, &'de Json)>,
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = ShapeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, ShapeError> {
        let Some((name, value)) = self.members.next() else { return Ok(None) };
        self.value = Some((name, value));
        seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
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
struct First<'de> {
    name: Option<&'static str>,
    value: &'de Json,
}

impl<'de> MapAccess<'de> for First<'de> {
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
        seed.deserialize(self.value)
    }
}

/// An object of one member as a variant with content.
struct Variant<'de>(&'de Map);

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = ShapeError;
    type Variant = Content<'de>;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Content<'de>), ShapeError> {
        let (name, value) = self.0.iter().next().expect("an object of one member");
        let variant = seed.deserialize(BorrowedStrDeserializer::new(name))?;
        Ok((variant, Content { name, value }))
    }
}

struct Content<'de> {
    name: &'de str,
    value: &'de Json,
}

impl<'de> VariantAccess<'de> for Content<'de> {
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
