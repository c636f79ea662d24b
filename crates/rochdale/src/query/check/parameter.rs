//! Tests whose values are still to come: what can be said of them before.

use super::{Checker, Node, Scope, typed};
use crate::Result;
use crate::field::FieldType;
use crate::query::argument::{self, Argument};
use crate::query::places::TestPlace;
use crate::query::resolve::Target;
use crate::query::value::Shape;
use crate::query::{Operator, Test};

impl Checker<'_> {
    /// Notes which types of value the parameters of a test take, and checks the rest of it; fails
    /// where their values are needed.
    pub(super) fn without_values(
        &mut self,
        test: &Test,
        scope: &Scope,
        place: &TestPlace,
    ) -> Result<Node> {
        if let (None, Some((position, name))) = (&self.parameters, test.parameters().next()) {
            return Err(argument::missing(name, place.value(position)));
        }
        let op = match test.op {
            Operator::Any | Operator::All | Operator::None => Operator::Is,
            op => op,
        };
        let types = match &test.field {
            Some(path) => self.types(path.names(), scope, place)?,
            None if op == Operator::Like => vec![FieldType::Reference(None)],
            None => vec![FieldType::Text],
        };
        let fits = |ty: &&FieldType| op.accepts(**ty) || op == Operator::Like;
        let taken: Vec<_> = types.iter().filter(fits).collect();
        if let (true, Some(ty)) = (taken.is_empty(), types.first()) {
            return Err(typed::not_accepted(test, &typed::name(test), ty.name(), place));
        }
        if let Some(known) = &mut self.parameters {
            for (_, name) in test.parameters() {
                let own = known.entry(name.to_owned()).or_default();
                own.extend(taken.iter().map(|ty| ty.name()));
            }
        }
        self.beside(test, op, scope, place)?;
        Ok(Node::And(Vec::new()))
    }

    /// Checks the values that stand beside parameters, each as if it stood in place of all.
    fn beside(
        &mut self,
        test: &Test,
        op: Operator,
        scope: &Scope,
        place: &TestPlace,
    ) -> Result<()> {
        let count = if op == test.op { test.values.len() } else { 1 };
        for (position, value) in test.values.iter().enumerate() {
            if let Argument::Value(_) = value {
                let values = vec![value.clone(); count];
                let places = vec![place.value(position); count];
                let place = TestPlace { field: place.field.clone(), values: places };
                self.single(&Test { op, values, ..test.clone() }, scope, &place)?;
            }
        }
        Ok(())
    }

    /// The types of the values that a path leads to.
    fn types(&self, path: &[String], scope: &Scope, place: &TestPlace) -> Result<Vec<FieldType>> {
        let (mut types, mut extras) = (Vec::new(), Vec::new());
        for (structure, target) in self.find(path, scope, &place.field)? {
            match target {
                Target::Fields(routes) | Target::Anywhere(_, routes) => {
                    types.extend(routes.into_iter().map(|route| route.head().field.ty));
                }
                Target::Kind => types.push(FieldType::Keyword),
                Target::Extra(route, names) => extras.push((structure, route, names)),
                Target::Forward(route, rest) => {
                    types.extend(self.types(&rest, &self.kinds_of(route.field.ty), place)?);
                }
                Target::Backward(_, rest) if rest.is_empty() => {
                    types.push(FieldType::Reference(None));
                }
                Target::Backward(sources, rest) => {
                    types.extend(self.types(&rest, &self.sources(&sources), place)?);
                }
            }
        }
        if !extras.is_empty() {
            types.push(type_of(self.extra_shape(&extras, &place.field)?));
        }
        Ok(types)
    }
}

/// The type that a field of `extra` is tested as.
pub(super) fn type_of(shape: Shape) -> FieldType {
    match shape {
        Shape::Number => FieldType::Number,
        Shape::Bool => FieldType::Bool,
        Shape::Date => FieldType::Date,
        Shape::Keyword => FieldType::Keyword,
    }
}
