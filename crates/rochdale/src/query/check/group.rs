//! Groups of conditions about one element of a list, or one related entry.

use super::{Checker, Node, Routes, Scope, add};
use crate::field::{FieldType, Structure};
use crate::query::resolve::{Route, Target};
use crate::{Error, Place, Result};

impl Checker<'_> {
    /// A node about what stands inside a field: an element, or a related entry.
    pub(super) fn has(
        &mut self,
        path: &[String],
        scope: &Scope,
        place: &Place,
        inner: &mut dyn FnMut(&mut Self, &Scope) -> Result<Node>,
    ) -> Result<Node> {
        let first = self.next;
        let mut nodes = Vec::new();
        let mut elements: Vec<(Inside, Routes)> = Vec::new();
        for (structure, target) in self.find(path, scope, place)? {
            match target {
                Target::Fields(routes) | Target::Anywhere(_, routes) => {
                    for route in routes {
                        match route.field.ty {
                            FieldType::Structure(within) => {
                                push(&mut elements, Inside::Element(within), structure, route);
                            }
                            FieldType::Reference(to) => {
                                push(&mut elements, Inside::Entries(to), structure, route);
                            }
                            ty => {
                                let message = format!(
                                    "expected a list of structures or a relation before a group of conditions; `{}` is a {}",
                                    path.join("."),
                                    ty.name()
                                );
                                return Err(Error::query(place.clone(), message));
                            }
                        }
                    }
                }
                Target::Forward(route, rest) => {
                    self.next = first;
                    let scope = self.kinds_of(route.field.ty);
                    let node = self.has(&rest, &scope, place, inner)?;
                    nodes.push(Node::Forward(vec![(structure, vec![route])], Box::new(node)));
                }
                Target::Backward(sources, rest) => {
                    self.next = first;
                    let scope = self.sources(&sources);
                    let node = if rest.is_empty() {
                        inner(self, &scope)?
                    } else {
                        self.has(&rest, &scope, place, inner)?
                    };
                    nodes.push(Node::Backward(sources, Box::new(node)));
                }
                Target::Extra(..) | Target::Kind => {
                    let message =
                        "expected a list of structures or a relation before a group of conditions";
                    return Err(Error::query(place.clone(), message));
                }
            }
        }
        for (within, routes) in elements {
            self.next = first;
            nodes.push(match within {
                Inside::Element(structure) => {
                    let scope = Scope { structures: vec![structure], entries: false };
                    Node::Element(routes, Box::new(inner(self, &scope)?))
                }
                Inside::Entries(to) => {
                    let scope = self.kinds_of(FieldType::Reference(to));
                    Node::Forward(routes, Box::new(inner(self, &scope)?))
                }
            });
        }
        Ok(if nodes.len() == 1 { nodes.remove(0) } else { Node::Or(nodes) })
    }
}

/// What stands at the end of a route that a group of conditions is about.
#[derive(Clone, Copy)]
enum Inside {
    Element(&'static Structure),
    Entries(Option<&'static str>),
}

impl PartialEq for Inside {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Element(left), Self::Element(right)) => left.is(right),
            (Self::Entries(left), Self::Entries(right)) => left == right,
            _ => false,
        }
    }
}

fn push(
    elements: &mut Vec<(Inside, Routes)>,
    within: Inside,
    structure: &'static Structure,
    route: Route,
) {
    let position = elements.iter().position(|(other, _)| *other == within).unwrap_or_else(|| {
        elements.push((within, Vec::new()));
        elements.len() - 1
    });
    add(&mut elements[position].1, structure, route);
}
