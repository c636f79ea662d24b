//! From a query to what can be evaluated: names looked up, values typed, both with advice.

mod beside;
mod group;
mod like;
mod names;
mod parameter;
mod typed;

pub(crate) use like::stems_of;
pub(crate) use typed::Shapes;

use std::collections::{BTreeMap, BTreeSet};

use super::directory::{Directory, ExtraRoute};
use super::phrase::Phrase;
use super::places::TestPlace;
use super::resolve::{Route, Target};
use super::value::{Operand, Shape};
use super::{Argument, Certainty, Clause, Operator, Path, Places, Test};
use crate::field::{FieldType, Structure, nearest};
use crate::issue::Issue;
use crate::{Error, Place, Result};

/// A clause whose names are looked up.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    /// The entry is of one of these kinds, by position.
    Kind(Vec<usize>),
    /// One of these entries, by number.
    Numbers(BTreeSet<usize>),
    /// One structure at the end of a route meets the node.
    Element(Routes, Box<Node>),
    /// One entry that a route refers to meets the node.
    Forward(Routes, Box<Node>),
    /// One entry that refers here by one of the routes of its kind meets the node.
    Backward(Vec<(usize, Route)>, Box<Node>),
    /// A field holds nothing.
    Missing(Routes),
    /// One value at the end of a route meets the operand.
    Value(Routes, Operator, Certainty, Operand),
    /// A field of `extra` holds nothing, or a value that meets the operand.
    Extra(Vec<ExtraRoute>, Shape, Operator, Certainty, Option<Operand>),
    /// Words, in one field or in the whole entry.
    Words(Option<Routes>, Phrase, f64),
    /// Any of the nodes, each so much above the next ones in rank.
    Tiers(Vec<Node>, f64),
    /// The node; what meets one of the others as well counts more.
    With(Box<Node>, Vec<Node>),
}

/// Routes by the structure that they start from.
pub(crate) type Routes = Vec<(&'static Structure, Vec<Route>)>;

/// The structures that a clause can be about.
struct Scope {
    structures: Vec<&'static Structure>,
    /// Whether they are entries.
    entries: bool,
}

/// Looks up the names of a clause and types its values.
pub(crate) struct Checker<'a> {
    pub(super) directory: &'a dyn Directory,
    places: &'a Places,
    next: usize,
    pub(crate) warnings: Vec<Issue>,
    /// The types of value that each parameter takes, where they are asked for.
    parameters: Option<Parameters>,
    /// The values that ask for words, where they are asked for.
    worded: Option<Vec<Worded>>,
}

/// A value that asks for words as they are, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Worded {
    pub(super) value: String,
    pub(super) place: Place,
}

/// Types of value by the name of the parameter that takes them.
pub(crate) type Parameters = BTreeMap<String, BTreeSet<&'static str>>;

impl<'a> Checker<'a> {
    pub(crate) fn new(directory: &'a dyn Directory, places: &'a Places) -> Self {
        let (parameters, worded) = (None, None);
        Self { directory, places, next: 0, warnings: Vec::new(), parameters, worded }
    }

    /// Checks a clause whose parameters have no values, and says what they take.
    pub(crate) fn parameters(mut self, clause: &Clause) -> Result<Parameters> {
        self.parameters = Some(Parameters::new());
        self.entries(clause)?;
        Ok(self.parameters.unwrap_or_default())
    }

    /// The node of a clause about entries.
    pub(crate) fn entries(&mut self, clause: &Clause) -> Result<Node> {
        self.clause(clause, &self.all())
    }

    /// The values of a clause that ask for words as they are, each once.
    pub(super) fn worded(mut self, clause: &Clause) -> Result<Vec<Worded>> {
        self.worded = Some(Vec::new());
        self.entries(clause)?;
        Ok(self.worded.unwrap_or_default())
    }

    /// The targets of a path in each kind of entry.
    pub(super) fn targets(
        &self,
        path: &Path,
        place: &Place,
    ) -> Result<Vec<(&'static Structure, Target)>> {
        self.find(path.names(), &self.all(), place)
    }

    fn all(&self) -> Scope {
        let structures = self.directory.kinds().iter().map(|kind| kind.structure).collect();
        Scope { structures, entries: true }
    }

    fn clause(&mut self, clause: &Clause, scope: &Scope) -> Result<Node> {
        Ok(match clause {
            Clause::And(clauses) => Node::And(self.each(clauses, scope)?),
            Clause::Or(clauses) => Node::Or(self.each(clauses, scope)?),
            Clause::Not(clause) => Node::Not(Box::new(self.clause(clause, scope)?)),
            Clause::Has(path, clause) => {
                let place = self.place();
                self.has(path.names(), scope, &place.field, &mut |checker, scope| {
                    checker.clause(clause, scope)
                })?
            }
            Clause::Test(test) => {
                let place = self.place();
                self.test(test, scope, &place)?
            }
        })
    }

    fn each(&mut self, clauses: &[Clause], scope: &Scope) -> Result<Vec<Node>> {
        clauses.iter().map(|clause| self.clause(clause, scope)).collect()
    }

    fn place(&mut self) -> TestPlace {
        self.next += 1;
        self.places.test(self.next - 1)
    }

    /// The entry is of the kind that is this structure.
    fn of_kind(&self, structure: &Structure) -> Node {
        let kinds = self.directory.kinds().iter();
        Node::Kind(
            kinds
                .zip(0..)
                .filter(|(kind, _)| kind.structure.is(structure))
                .map(|(_, n)| n)
                .collect(),
        )
    }

    fn kinds_of(&self, ty: FieldType) -> Scope {
        let FieldType::Reference(to) = ty else { return self.all() };
        let kinds =
            self.directory.kinds().iter().filter(|kind| to.is_none_or(|to| to == kind.name()));
        Scope { structures: kinds.map(|kind| kind.structure).collect(), entries: true }
    }

    fn sources(&self, sources: &[(usize, Route)]) -> Scope {
        let mut structures: Vec<_> =
            sources.iter().map(|(kind, _)| self.directory.kinds()[*kind].structure).collect();
        structures.dedup_by(|a, b| a.is(b));
        Scope { structures, entries: true }
    }

    fn test(&mut self, test: &Test, scope: &Scope, place: &TestPlace) -> Result<Node> {
        typed::sound(test, place)?;
        like::sound(test, scope.entries, place)?;
        if test.parameters().next().is_some() {
            return self.without_values(test, scope, place);
        }
        if test.op == Operator::Like {
            return self.like(test, place);
        }
        let each = |op: Operator, value: &Argument| Test {
            op,
            values: vec![value.clone()],
            ..test.clone()
        };
        // Lists of values are so many single ones.
        if matches!(test.op, Operator::Any | Operator::All | Operator::None) {
            let mut nodes = Vec::new();
            for (position, value) in test.values.iter().enumerate() {
                let place =
                    TestPlace { field: place.field.clone(), values: vec![place.value(position)] };
                nodes.push(self.single(&each(Operator::Is, value), scope, &place)?);
            }
            if let (true, Some(path)) = (nodes.is_empty(), &test.field) {
                self.find(path.names(), scope, &place.field)?;
            }
            return Ok(match test.op {
                Operator::All => Node::And(nodes),
                Operator::Any => Node::Or(nodes),
                _ => Node::Not(Box::new(Node::Or(nodes))),
            });
        }
        self.single(test, scope, place)
    }

    fn single(&mut self, test: &Test, scope: &Scope, place: &TestPlace) -> Result<Node> {
        let Some(path) = &test.field else { return self.whole(test, scope, place) };
        let mut nodes = Vec::new();
        let mut failed = None;
        let mut routes: Vec<(FieldType, Routes)> = Vec::new();
        let mut extras = Vec::new();
        let mut asked_of_kind = false;
        for (structure, target) in self.find(path.names(), scope, &place.field)? {
            match target {
                Target::Fields(found) => {
                    for route in found {
                        let route = if test.op == Operator::Missing { route } else { route.head() };
                        group(&mut routes, structure, route);
                    }
                }
                Target::Anywhere(name, found) => {
                    for route in found {
                        let route = if test.op == Operator::Missing { route } else { route.head() };
                        group(&mut routes, structure, route);
                    }
                    nodes.extend(self.called(name, structure, test)?);
                }
                Target::Extra(route, names) => extras.push((structure, route, names)),
                // It is the same test whichever kind it is asked of.
                Target::Kind if asked_of_kind => {}
                Target::Kind => {
                    asked_of_kind = true;
                    nodes.push(self.kind(test, place)?);
                }
                Target::Forward(route, rest) => {
                    let scope = self.kinds_of(route.field.ty);
                    let node = self.single(&inside(test, rest), &scope, place)?;
                    nodes.push(Node::Forward(vec![(structure, vec![route])], Box::new(node)));
                }
                Target::Backward(sources, rest) => {
                    let node = self.backward(test, sources, rest, place)?;
                    nodes.push(Node::And(vec![self.of_kind(structure), node]));
                }
            }
        }
        if !extras.is_empty() {
            nodes.push(self.extra(test, extras, place)?);
        }
        for (ty, routes) in routes {
            match self.typed(test, ty, routes, place) {
                Ok(node) => nodes.push(node),
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        match failed {
            Some(error) if nodes.is_empty() => Err(error),
            _ if nodes.len() == 1 => Ok(nodes.remove(0)),
            _ => Ok(Node::Or(nodes)),
        }
    }

    /// A test of the words of a whole entry or structure.
    fn whole(&mut self, test: &Test, scope: &Scope, place: &TestPlace) -> Result<Node> {
        if !test.op.accepts(FieldType::Text) || test.op == Operator::Missing {
            let message = format!("expected a field before `{}`", test.op.info().name);
            return Err(Error::query(place.field.clone(), message));
        }
        if scope.entries {
            return self.searched(test, None, place);
        }
        let mut routes: Routes = Vec::new();
        for structure in &scope.structures {
            let mut found = Vec::new();
            super::resolve::everywhere(structure, &mut |route| {
                if matches!(route.field.ty, FieldType::Text) {
                    found.push(route.clone());
                }
            });
            routes.push((structure, found));
        }
        self.searched(test, Some(routes), place)
    }

    fn backward(
        &mut self,
        test: &Test,
        sources: Vec<(usize, Route)>,
        rest: Vec<String>,
        place: &TestPlace,
    ) -> Result<Node> {
        let scope = self.sources(&sources);
        if !rest.is_empty() {
            let node = self.single(&inside(test, rest), &scope, place)?;
            return Ok(Node::Backward(sources, Box::new(node)));
        }
        if test.op == Operator::Missing {
            let anything = Node::Backward(sources, Box::new(Node::And(Vec::new())));
            return Ok(Node::Not(Box::new(anything)));
        }
        let references = self.references(test, None, place)?;
        let mut numbers = BTreeSet::new();
        for (kind, id) in &references {
            numbers.extend(self.directory.number(kind, id)?);
        }
        Ok(Node::Backward(sources, Box::new(Node::Numbers(numbers))))
    }

    /// `kind:article`; a word that no kind begins with is an error.
    fn kind(&self, test: &Test, place: &TestPlace) -> Result<Node> {
        if test.op == Operator::Missing {
            return Ok(Node::Or(Vec::new()));
        }
        if !matches!(test.op, Operator::Is | Operator::Prefix) {
            return Err(typed::not_accepted(test, "kind", "a choice", place));
        }
        let kinds = self.directory.kinds();
        let asked = typed::choice(test.given(0));
        let fits = |name: &str| {
            if test.op == Operator::Is { name == asked } else { name.starts_with(&asked) }
        };
        let found: Vec<_> =
            (0..kinds.len()).filter(|n| fits(kinds[*n].name()) || fits(kinds[*n].plural)).collect();
        if !found.is_empty() {
            return Ok(Node::Kind(found));
        }
        let cure = match nearest(&asked, kinds.iter().map(crate::field::Kind::name)) {
            Some(near) => format!(" (did you mean `{near}`?)"),
            None => format!(
                "; expected one of `{}`",
                kinds.iter().map(crate::field::Kind::name).collect::<Vec<_>>().join("`, `")
            ),
        };
        Err(Error::query(place.value(0), format!("unknown kind `{}`{cure}", test.given(0))))
    }

    /// The entries that answer to a value type: those of its kinds that are
    /// called so, and those that refer to them.
    fn called(
        &self,
        name: &str,
        structure: &'static Structure,
        test: &Test,
    ) -> Result<Option<Node>> {
        let kinds = self.directory.kinds();
        let is: Vec<_> = (0..kinds.len()).filter(|n| kinds[*n].is == Some(name)).collect();
        if is.is_empty() || test.op == Operator::Missing {
            return Ok(None);
        }
        let languages = self.directory.languages()?;
        let phrase = Phrase::new(test, test.given(0), &languages);
        let fits = |text: &str| phrase.is_in(text, crate::text::Language::ENGLISH);
        let mut named: BTreeSet<usize> = BTreeSet::new();
        self.directory.each_name(Some(&is), "", &mut |name, numbers| {
            if fits(name) {
                named.extend(numbers);
            }
        })?;
        let mut routes = Vec::new();
        super::resolve::everywhere(structure, &mut |route| {
            if matches!(route.field.ty, FieldType::Reference(_)) && route.steps != [0] {
                routes.push(route.clone());
            }
        });
        let own = kinds.iter().any(|kind| kind.structure.is(structure) && kind.is == Some(name));
        let mut nodes =
            vec![Node::Forward(vec![(structure, routes)], Box::new(Node::Numbers(named.clone())))];
        if own {
            nodes.push(Node::Numbers(named));
        }
        Ok(Some(Node::Or(nodes)))
    }

    /// A test of a field that the model does not have, typed by what the collection holds.
    fn extra(&mut self, test: &Test, routes: Vec<ExtraRoute>, place: &TestPlace) -> Result<Node> {
        let shape = self.extra_shape(&routes, &place.field)?;
        if test.op == Operator::Missing {
            return Ok(Node::Extra(routes, shape, test.op, test.certainty, None));
        }
        let ty = parameter::type_of(shape);
        if !test.op.accepts(ty) {
            return Err(typed::not_accepted(test, &typed::name(test), ty.name(), place));
        }
        let operand = self.operand(test, ty, place)?;
        Ok(Node::Extra(routes, shape, test.op, test.certainty, Some(operand)))
    }
}

/// Adds a route to those that end in the same type.
fn group(routes: &mut Vec<(FieldType, Routes)>, structure: &'static Structure, route: Route) {
    let ty = route.field.ty;
    let position =
        routes.iter().position(|(other, _)| typed::same(*other, ty)).unwrap_or_else(|| {
            routes.push((ty, Vec::new()));
            routes.len() - 1
        });
    add(&mut routes[position].1, structure, route);
}

fn add(routes: &mut Routes, structure: &'static Structure, route: Route) {
    match routes.iter_mut().find(|(other, _)| other.is(structure)) {
        Some((_, found)) => found.push(route),
        None => routes.push((structure, vec![route])),
    }
}

/// The test, of what the rest of its path names.
fn inside(test: &Test, rest: Vec<String>) -> Test {
    let mut names = rest.into_iter();
    let first = Path::new(names.next().unwrap_or_default());
    Test { field: Some(names.fold(first, Path::then)), ..test.clone() }
}
