//! XML as people really have it, a token at a time: the ill-formed is mended where a person could
//! tell what was meant, and each mending is an issue with its place.

mod family;
mod flaws;
mod input;
mod letters;
mod steps;
mod tokens;
mod value;

pub(crate) use family::Family;
pub(crate) use flaws::Flaws;
pub(crate) use letters::{are_allowed, is_allowed};
pub(crate) use tokens::{Element, Token, Xml};
pub(crate) use value::Field;
