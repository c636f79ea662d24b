//! How a list of values becomes a type.

/// Declares a list of values as an enum that knows its names.
///
/// A list marked `open` has a further variant, `Other`, for values that the
/// list does not have.
macro_rules! choices {
    ($(#[doc = $doc:literal])+ open $name:ident = $label:literal { $($(#[doc = $value_doc:literal])+ $value:ident = $text:literal,)+ }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[doc = $value_doc])+ $value,)+
            /// A value outside the list.
            Other(String),
        }

        impl $name {
            /// The value as it is written.
            pub fn as_str(&self) -> &str {
                match self { $(Self::$value => $text,)+ Self::Other(text) => text }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text { $($text => Self::$value,)+ other => Self::Other(other.to_owned()) }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Ok(Self::from(String::deserialize(deserializer)?.as_str()))
            }
        }

        $crate::model::choices::choices!(@common true, $(#[doc = $doc])+ $name = $label { $($(#[doc = $value_doc])+ $value = $text,)+ });
    };
    ($(#[doc = $doc:literal])+ closed $name:ident = $label:literal { $($(#[doc = $value_doc:literal])+ $value:ident = $text:literal,)+ }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[doc = $value_doc])+ $value,)+
        }

        impl $name {
            /// The value as it is written.
            pub fn as_str(&self) -> &str {
                match self { $(Self::$value => $text,)+ }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                match String::deserialize(deserializer)?.as_str() {
                    $($text => Ok(Self::$value),)+
                    other => Err(serde::de::Error::unknown_variant(other, &[$($text),+])),
                }
            }
        }

        $crate::model::choices::choices!(@common false, $(#[doc = $doc])+ $name = $label { $($(#[doc = $value_doc])+ $value = $text,)+ });
    };
    (@common $open:literal, $(#[doc = $doc:literal])+ $name:ident = $label:literal { $($(#[doc = $value_doc:literal])+ $value:ident = $text:literal,)+ }) => {
        impl $name {
            /// The list, with its documentation.
            pub const CHOICES: &'static $crate::field::Choices = &$crate::field::Choices {
                name: $label,
                doc: concat!($($doc),+).trim_ascii(),
                open: $open,
                values: &[$(($text, concat!($($value_doc),+).trim_ascii())),+],
            };
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl $crate::field::ToValues for $name {
            const TYPE: $crate::field::FieldType = $crate::field::FieldType::Choice(Self::CHOICES);
            fn values<'a>(&'a self, visit: &mut dyn FnMut($crate::field::Value<'a>)) {
                visit($crate::field::Value::Choice(self.as_str()));
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::schema::choices(Self::CHOICES)
            }
        }
    };
}

pub(crate) use choices;
