//! What exports and the REST interface of WordPress share: posts, their texts and their dates.

mod blocks;
mod body;
mod event;
mod moment;
mod paragraphs;
mod php;
mod post;
mod shortcodes;
mod tags;
mod text;

pub(crate) use event::{is_event, speaks_of_event};
pub(crate) use moment::moment;
pub(crate) use php::{looks_serialised, unserialise};
pub(crate) use post::{Date, Post, Site};
pub(crate) use text::{line, prose, slug_text};
