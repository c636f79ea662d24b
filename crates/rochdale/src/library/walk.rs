//! A walk over every value inside an entry, which knows where each stands.

use crate::date::Date;
use crate::field::{Field, FieldType, Fields, Value};

/// A value inside an entry.
pub(crate) struct Spot<'s, 'a> {
    /// The field that it is a value of.
    pub(crate) field: &'static Field,
    /// The value.
    pub(crate) value: Value<'a>,
    /// The structure that holds the field.
    pub(crate) holder: &'a dyn Fields,
    /// The value around the holder; none where the holder is the entry.
    pub(crate) parent: Option<&'s Spot<'s, 'a>>,
    /// The position among the values of the field, where it can have several.
    position: Option<usize>,
}

impl Spot<'_, '_> {
    /// The names of the fields that lead here, as in `stakes.holder.name`.
    pub(crate) fn path(&self) -> String {
        match self.parent {
            Some(parent) => format!("{}.{}", parent.path(), self.field.name),
            None => self.field.name.to_owned(),
        }
    }

    /// The JSON pointer (RFC 6901) from the entry to here.
    pub(crate) fn pointer(&self) -> String {
        let mut pointer = self.parent.map(Self::pointer).unwrap_or_default();
        pointer.push('/');
        pointer.push_str(self.field.name);
        if let Some(position) = self.position {
            pointer.push('/');
            pointer.push_str(&position.to_string());
        }
        pointer
    }

    /// This value and those around it, from the inside out.
    pub(crate) fn outwards(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |spot| spot.parent)
    }
}

/// Visits every value inside an entry but its own id, each structure before what it holds.
pub(crate) fn walk<'a>(entry: &'a dyn Fields, visit: &mut dyn FnMut(&Spot<'_, 'a>)) {
    inside(entry, None, visit);
}

fn inside<'a>(
    holder: &'a dyn Fields,
    parent: Option<&Spot<'_, 'a>>,
    visit: &mut dyn FnMut(&Spot<'_, 'a>),
) {
    // The first field of an entry is its id, which would look like a reference to itself.
    let own = usize::from(parent.is_none());
    for (number, field) in holder.structure().fields.iter().enumerate().skip(own) {
        let mut count = 0;
        holder.values(number, &mut |value| {
            let position = field.many.then_some(count);
            count += 1;
            let spot = Spot { field, value, holder, parent, position };
            visit(&spot);
            if let Value::Structure(inner) = value {
                inside(inner, Some(&spot), visit);
            }
        });
    }
}

/// The dates that a structure itself holds, not those of structures inside it.
pub(crate) fn direct_dates(holder: &dyn Fields) -> impl Iterator<Item = &Date> {
    let mut dates = Vec::new();
    for (number, field) in holder.structure().fields.iter().enumerate() {
        if matches!(field.ty, FieldType::Date) {
            holder.values(number, &mut |value| {
                if let Value::Date(date) = value {
                    dates.push(date);
                }
            });
        }
    }
    dates.into_iter()
}

/// The value of the field called `name`, or the first of them.
pub(crate) fn first<'a>(holder: &'a dyn Fields, name: &str) -> Option<Value<'a>> {
    let number = holder.structure().fields.iter().position(|field| field.name == name)?;
    let mut found = None;
    holder.values(number, &mut |value| {
        found.get_or_insert(value);
    });
    found
}

/// The text of a field: prose, a short string or a choice; of a structure that of its first field.
pub(crate) fn text<'a>(holder: &'a dyn Fields, name: &str) -> Option<&'a str> {
    match first(holder, name)? {
        Value::Text(text, _) | Value::Keyword(text) | Value::Choice(text) => Some(text),
        Value::Structure(inner) => text_of(inner),
        _ => None,
    }
}

/// What people call a structure: the text of its first field.
pub(crate) fn text_of(structure: &dyn Fields) -> Option<&str> {
    text(structure, structure.structure().fields.first()?.name)
}
