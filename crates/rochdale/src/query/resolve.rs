//! From names to fields: what a path means in a structure.

use crate::field::{Field, FieldType, Fields, Kind, Structure, Value};

/// The way to values inside a structure.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    /// Positions of fields, from the outside in.
    pub(crate) steps: Vec<usize>,
    /// The last field.
    pub(crate) field: &'static Field,
}

impl Route {
    /// Visits the values at the end of the route.
    pub(crate) fn visit<'a>(&self, fields: &'a dyn Fields, visit: &mut dyn FnMut(Value<'a>)) {
        walk(&self.steps, fields, visit);
    }

    /// The route to what stands for a structure: its first field.
    pub(super) fn head(mut self) -> Self {
        while let FieldType::Structure(inner) = self.field.ty {
            self.steps.push(0);
            self.field = &inner.fields[0];
        }
        self
    }

    fn under(mut self, step: usize) -> Self {
        self.steps.insert(0, step);
        self
    }
}

fn walk<'a>(steps: &[usize], fields: &'a dyn Fields, visit: &mut dyn FnMut(Value<'a>)) {
    let Some((step, rest)) = steps.split_first() else { return };
    if rest.is_empty() {
        fields.values(*step, visit);
        return;
    }
    fields.values(*step, &mut |value| {
        if let Value::Structure(inner) = value {
            walk(rest, inner, visit);
        }
    });
}

/// The names of the fields on a route from a structure, with dots between.
pub(crate) fn path_of(structure: &'static Structure, route: &Route) -> String {
    let mut names = Vec::new();
    let mut structure = structure;
    for step in &route.steps {
        let field = &structure.fields[*step];
        names.push(field.name);
        if let FieldType::Structure(inner) = field.ty {
            structure = inner;
        }
    }
    names.join(".")
}

/// What a path means in a structure.
#[derive(Clone, Debug)]
pub(super) enum Target {
    /// Fields of it: one, or all of a value type wherever they are.
    Fields(Vec<Route>),
    /// A value type by its name, wherever it is; entries of some kinds answer to it too.
    Anywhere(&'static str, Vec<Route>),
    /// Something inside the map of fields that the model does not have.
    Extra(Route, Vec<String>),
    /// The kind of the entry.
    Kind,
    /// Something of the entries that a field refers to.
    Forward(Route, Vec<String>),
    /// The entries that refer to this one, or something of them.
    Backward(Vec<(usize, Route)>, Vec<String>),
}

/// What the names mean in a structure; `kinds` are those of the collection.
pub(super) fn resolve(
    kinds: &'static [Kind],
    structure: &'static Structure,
    names: &[String],
) -> Option<Target> {
    let (first, rest) = names.split_first()?;
    let Some(position) = structure.position(first) else {
        return special(kinds, structure, first, rest);
    };
    let field = &structure.fields[position];
    let route = Route { steps: vec![position], field };
    if rest.is_empty() {
        return Some(Target::Fields(vec![route]));
    }
    match field.ty {
        FieldType::Structure(inner) => Some(match resolve(kinds, inner, rest)? {
            Target::Fields(routes) => {
                Target::Fields(routes.into_iter().map(|route| route.under(position)).collect())
            }
            Target::Forward(route, rest) => Target::Forward(route.under(position), rest),
            Target::Extra(route, names) => Target::Extra(route.under(position), names),
            _ => return None,
        }),
        FieldType::Extra => Some(Target::Extra(route, rest.to_vec())),
        FieldType::Reference(_) => Some(Target::Forward(route, rest.to_vec())),
        _ => None,
    }
}

/// Names that are not fields: the kind, relations from the other side, value types.
fn special(
    kinds: &'static [Kind],
    structure: &'static Structure,
    first: &str,
    rest: &[String],
) -> Option<Target> {
    let Some(kind) = kinds.iter().find(|kind| kind.structure.is(structure)) else {
        return through(structure, first, rest);
    };
    if first == "kind" && rest.is_empty() {
        return Some(Target::Kind);
    }
    let sources = inverses(kinds, kind.name(), |inverse| inverse == first);
    if !sources.is_empty() {
        return Some(Target::Backward(sources, rest.to_vec()));
    }
    let mut routes = Vec::new();
    everywhere(structure, &mut |route| {
        if matches!(route.field.ty, FieldType::Structure(inner) if inner.name == first) {
            routes.push(route.clone());
        }
    });
    // An entry that holds no such value may yet refer to one that answers to its name.
    let answers = kinds.iter().filter_map(|kind| kind.is).find(|is| *is == first);
    if rest.is_empty() {
        let known = routes.iter().find_map(|route| match route.field.ty {
            FieldType::Structure(inner) => Some(inner.name),
            _ => None,
        });
        return Some(Target::Anywhere(known.or(answers)?, routes));
    }
    let mut inside = Vec::new();
    for route in routes {
        let FieldType::Structure(inner) = route.field.ty else { continue };
        if let Target::Fields(found) = resolve(kinds, inner, rest)? {
            inside.extend(found.into_iter().map(|found| Route {
                steps: [route.steps.clone(), found.steps].concat(),
                field: found.field,
            }));
        }
    }
    (!inside.is_empty()).then_some(Target::Fields(inside))
}

/// A structure that stands for an entry, such as a mention, has the fields of the entry too.
fn through(structure: &'static Structure, first: &str, rest: &[String]) -> Option<Target> {
    let field = structure.fields.first()?;
    let head = Route { steps: vec![0], field }.head();
    let names = std::iter::once(first.to_owned()).chain(rest.iter().cloned()).collect();
    matches!(head.field.ty, FieldType::Reference(_)).then_some(Target::Forward(head, names))
}

/// The fields of any kind whose relation to entries of `target` has a fitting name.
pub(super) fn inverses(
    kinds: &'static [Kind],
    target: &str,
    fits: impl Fn(&str) -> bool,
) -> Vec<(usize, Route)> {
    let mut found = Vec::new();
    for (position, kind) in kinds.iter().enumerate() {
        everywhere(kind.structure, &mut |route| {
            if let FieldType::Reference(to) = route.field.ty
                && to.is_none_or(|to| to == target)
                && route.field.inverse.is_some_and(&fits)
            {
                found.push((position, route.clone()));
            }
        });
    }
    found
}

/// Visits every field of a structure and of the structures inside it.
pub(crate) fn everywhere(structure: &'static Structure, visit: &mut dyn FnMut(&Route)) {
    for (position, field) in structure.fields.iter().enumerate() {
        visit(&Route { steps: vec![position], field });
        if let FieldType::Structure(inner) = field.ty {
            everywhere(inner, &mut |route| visit(&route.clone().under(position)));
        }
    }
}

/// Every name that could stand at the start of a path in a structure.
pub(super) fn names(kinds: &'static [Kind], structure: &'static Structure) -> Vec<String> {
    let mut names: Vec<String> =
        structure.fields.iter().map(|field| field.name.to_owned()).collect();
    let plural = structure.fields.iter().filter(|field| field.many);
    names.extend(plural.map(|field| crate::field::singular(field.name).into_owned()));
    if let Some(kind) = kinds.iter().find(|kind| kind.structure.is(structure)) {
        names.push("kind".to_owned());
        let back = inverses(kinds, kind.name(), |_| true);
        names.extend(back.iter().filter_map(|(_, route)| route.field.inverse.map(str::to_owned)));
        everywhere(structure, &mut |route| {
            if let FieldType::Structure(inner) = route.field.ty {
                names.push(inner.name.to_owned());
            }
        });
    }
    names
}
