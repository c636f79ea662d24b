//! What the names of a query mean, and the advice where they mean nothing.

use std::collections::BTreeSet;

use super::{Checker, Scope};
use crate::field::{FieldType, Structure, nearest};
use crate::query::directory::ExtraRoute;
use crate::query::resolve::{Target, names, resolve};
use crate::query::value::Shape;
use crate::{Error, Place, Result};

impl Checker<'_> {
    /// What the names mean in each structure of the scope; an error where they mean nothing in any.
    pub(super) fn find(
        &self,
        path: &[String],
        scope: &Scope,
        place: &Place,
    ) -> Result<Vec<(&'static Structure, Target)>> {
        let kinds = self.directory.kinds();
        let find =
            |structure: &&'static Structure| Some((*structure, resolve(kinds, structure, path)?));
        let found: Vec<_> = scope.structures.iter().filter_map(find).collect();
        if found.is_empty() { Err(self.unknown(path, scope, place)) } else { Ok(found) }
    }

    /// The error for names that mean nothing, with the nearest that mean something.
    fn unknown(&self, path: &[String], scope: &Scope, place: &Place) -> Error {
        let kinds = self.directory.kinds();
        let means =
            |path: &[String]| scope.structures.iter().any(|s| resolve(kinds, s, path).is_some());
        let depth = (1..path.len()).take_while(|depth| means(&path[..*depth])).count();
        let mut structures = scope.structures.clone();
        for step in &path[..depth] {
            structures = structures
                .iter()
                .filter_map(|structure| {
                    let field = &structure.fields[structure.position(step)?];
                    match field.ty {
                        FieldType::Structure(inner) => Some(vec![inner]),
                        FieldType::Reference(to) => Some(
                            kinds
                                .iter()
                                .filter(|kind| to.is_none_or(|to| to == kind.name()))
                                .map(|kind| kind.structure)
                                .collect(),
                        ),
                        _ => None,
                    }
                })
                .flatten()
                .collect();
        }
        let wrong = &path[depth.min(path.len() - 1)];
        let names: BTreeSet<_> =
            structures.iter().flat_map(|structure| names(kinds, structure)).collect();
        let inside =
            if depth > 0 { format!(" in `{}`", path[..depth].join(".")) } else { String::new() };
        let cure = match nearest(wrong, names.iter().map(String::as_str)) {
            Some(near) => format!(" (did you mean `{near}`?)"),
            None if names.is_empty() => "; it has no fields inside".to_owned(),
            None if names.len() <= 12 => format!(
                "; expected one of `{}`",
                names.into_iter().collect::<Vec<_>>().join("`, `")
            ),
            None => "; other names stand in `extra`: `extra.NAME`".to_owned(),
        };
        Error::query(place.clone(), format!("unknown field `{wrong}`{inside}{cure}"))
    }

    /// The shape of the values of a name of `extra`; an error where no entry holds the name.
    pub(in crate::query) fn extra_shape(
        &self,
        routes: &[ExtraRoute],
        place: &Place,
    ) -> Result<Shape> {
        let (shapes, names) = self.directory.extra(routes)?;
        let path = &routes[0].2;
        shapes.shape().ok_or_else(|| {
            let wrong = path.join(".");
            let cure = match nearest(&wrong, names.iter().map(String::as_str)) {
                Some(near) => format!(" (did you mean `extra.{near}`?)"),
                None if names.is_empty() => "; no entry has such fields".to_owned(),
                None => format!(
                    "; the entries have `{}`",
                    names.iter().take(12).cloned().collect::<Vec<_>>().join("`, `")
                ),
            };
            Error::query(place.clone(), format!("unknown field `extra.{wrong}`{cure}"))
        })
    }
}
