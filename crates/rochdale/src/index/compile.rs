//! From the tree of a query to a tree of cursors of the same shape.

use std::ops::Range;

use hashbrown::HashMap;

use super::check::Check;
use super::column::Column;
use super::cursor::{
    All, Any, AnyCursor, ByCells, Checked, InBits, InRanges, InSet, Nothing, OfValue, Others,
    Tiers, With,
};
use super::open::{Index, Part};
use super::schema::{ColumnInfo, ValueType};
use super::set::{Bits, END, Number};
use crate::Result;
use crate::field::{FieldType, Structure};
use crate::query::{
    Asked, Certainty, ExtraRoute, Node, Operator, Route, Routes, Shape, extra_path, path_of,
};

/// For so many values their sets are read; for more each entry is looked at.
const SETS: u32 = 8;

/// The type of the values of a field in its column.
pub(super) fn value_type(route: &Route) -> ValueType {
    match route.field.ty {
        _ if route.steps == [0] => ValueType::Keyword,
        FieldType::Text => ValueType::Text,
        FieldType::Keyword | FieldType::Choice(_) => ValueType::Keyword,
        FieldType::Date => ValueType::Date,
        FieldType::Number => ValueType::Number,
        FieldType::Bool => ValueType::Bool,
        FieldType::Reference(_) => ValueType::Reference,
        FieldType::Structure(_) | FieldType::Extra => ValueType::Presence,
    }
}

impl<'a> Index<'a> {
    /// The entries that meet a node, with their scores.
    pub(super) fn cursor(&self, node: &Node) -> Result<AnyCursor<'a>> {
        Ok(match node {
            Node::And(nodes) => self.all_of(nodes.iter())?,
            Node::Tiers(nodes, weight) => {
                let cursors = nodes.iter().map(|node| self.cursor(node)).collect::<Result<_>>()?;
                let step = weight * self.opened.scoring.highest(self.end() as usize);
                Box::new(Tiers { any: Any::new(cursors), step })
            }
            Node::With(node, others) => {
                let others = others.iter().map(|node| self.cursor(node)).collect::<Result<_>>()?;
                Box::new(With { cursor: self.cursor(node)?, others, number: 0 })
            }
            Node::Or(nodes) => any_of(nodes.iter().map(|node| self.cursor(node)))?,
            Node::Not(node) => Box::new(Others::new(self.cursor(node)?, self.end())),
            Node::Kind(kinds) => Box::new(InRanges(self.ranges(kinds.iter().copied()))),
            Node::Numbers(numbers) => {
                let mut bits = Bits::new(self.end());
                for number in numbers {
                    bits.insert(*number as Number);
                }
                Box::new(InBits(bits))
            }
            Node::Element(routes, inner) => {
                let loose = loose(inner, routes).unwrap_or(Node::And(Vec::new()));
                Box::new(Checked {
                    cursor: self.cursor(&Node::And(vec![present(routes), loose]))?,
                    check: Check::new(node, self)?,
                    index: *self,
                    found: None,
                })
            }
            Node::Forward(routes, node) => self.referring(routes, node)?,
            Node::Backward(sources, node) => self.referred(sources, node)?,
            Node::Missing(routes) => {
                let kinds = routes.iter().filter_map(|(structure, _)| self.kind(structure));
                self.ranges_without(&kinds.collect::<Vec<_>>(), self.holding(routes)?)
            }
            Node::Value(routes, op, certainty, asked) => {
                self.valued(routes, *op, *certainty, asked)?
            }
            Node::Extra(routes, shape, op, certainty, asked) => {
                self.extra_valued(routes, *shape, *op, *certainty, asked.as_ref())?
            }
            Node::Words(routes, phrase, boost) => self.worded(routes.as_ref(), phrase, *boost)?,
        })
    }

    /// The entries that meet all of some nodes.
    pub(super) fn all_of<'n>(
        &self,
        nodes: impl Iterator<Item = &'n Node>,
    ) -> Result<AnyCursor<'a>> {
        let cursors = nodes.map(|node| self.cursor(node)).collect::<Result<_>>()?;
        Ok(Box::new(All::new(cursors, self.end())))
    }

    /// The position of the kind that is this structure.
    pub(super) fn kind(&self, structure: &Structure) -> Option<usize> {
        let kinds = crate::query::Directory::kinds(self);
        kinds.iter().position(|kind| kind.structure.is(structure))
    }

    /// The entries of these kinds.
    pub(super) fn ranges(&self, kinds: impl Iterator<Item = usize>) -> Vec<Range<Number>> {
        let mut kinds: Vec<usize> = kinds.collect();
        kinds.sort_unstable();
        kinds.dedup();
        let mut ranges: Vec<Range<Number>> = Vec::new();
        for kind in kinds.into_iter().filter_map(|kind| self.schema().kinds.get(kind)) {
            match ranges.last_mut() {
                _ if kind.numbers.is_empty() => {}
                Some(last) if last.end == kind.numbers.start => last.end = kind.numbers.end,
                _ => ranges.push(kind.numbers.clone()),
            }
        }
        ranges
    }

    /// A cursor held to the entries of some kinds, where it could leave them.
    fn held_to(&self, kinds: &[usize], cursor: AnyCursor<'a>) -> AnyCursor<'a> {
        let ranges = self.ranges(kinds.iter().copied());
        let whole = 0..self.end();
        if ranges == [whole] {
            return cursor;
        }
        Box::new(All::new(vec![cursor, Box::new(InRanges(ranges))], self.end()))
    }

    fn ranges_without(&self, kinds: &[usize], holding: AnyCursor<'a>) -> AnyCursor<'a> {
        let others = Others::new(holding, self.end());
        self.held_to(kinds, Box::new(others))
    }

    /// The entries that have anything at the end of the routes.
    fn holding(&self, routes: &Routes) -> Result<AnyCursor<'a>> {
        let mut cursors = Vec::new();
        for (structure, routes) in routes {
            let Some(kind) = self.kind(structure) else { continue };
            for route in routes {
                let path = path_of(structure, route);
                if let Some(info) = self.column_info(&path, value_type(route), None) {
                    let set = Column::present(info, &self.section(Part::Columns)?)?;
                    cursors.push(Ok(self.held_to(&[kind], Box::new(InSet(set)))));
                }
            }
        }
        any_of(cursors.into_iter())
    }

    /// The columns at the end of the routes, each with the kinds that it is asked of.
    fn columns(&self, routes: &Routes) -> Vec<(&'a ColumnInfo, Vec<usize>)> {
        let mut columns: Vec<(&ColumnInfo, Vec<usize>)> = Vec::new();
        for (structure, routes) in routes {
            let Some(kind) = self.kind(structure) else { continue };
            for route in routes {
                let path = path_of(structure, route);
                let Some(info) = self.column_info(&path, value_type(route), None) else { continue };
                match columns.iter_mut().find(|(other, _)| std::ptr::eq(*other, info)) {
                    Some((_, kinds)) => kinds.push(kind),
                    None => columns.push((info, vec![kind])),
                }
            }
        }
        columns
    }

    /// The entries one of whose values meets a test.
    fn valued(
        &self,
        routes: &Routes,
        op: Operator,
        certainty: Certainty,
        asked: &Asked,
    ) -> Result<AnyCursor<'a>> {
        if let Asked::References(pairs) = asked
            && routes.iter().flat_map(|(_, routes)| routes).any(|route| route.steps == [0])
        {
            return self.by_own_id(routes, op, certainty, asked, pairs);
        }
        let mut cursors = Vec::new();
        for (info, kinds) in self.columns(routes) {
            let column = self.column(info)?;
            let values = column.matching(op, certainty, asked, None)?;
            cursors.push(self.of_values(&column, values, &kinds));
        }
        any_of(cursors.into_iter())
    }

    /// As [`valued`](Self::valued), where the own id of entries is among what is asked about.
    fn by_own_id(
        &self,
        routes: &Routes,
        op: Operator,
        certainty: Certainty,
        asked: &Asked,
        pairs: &std::collections::BTreeSet<(String, String)>,
    ) -> Result<AnyCursor<'a>> {
        let (mut own, mut others, mut kinds) = (Bits::new(self.end()), Vec::new(), Vec::new());
        for (structure, routes) in routes {
            let rest = routes.iter().filter(|route| route.steps != [0]).cloned();
            let rest: Vec<Route> = rest.collect();
            if rest.len() < routes.len() {
                kinds.extend(self.kind(structure));
            }
            if !rest.is_empty() {
                others.push((*structure, rest));
            }
        }
        for (kind, id) in pairs {
            if let Some(number) = crate::query::Directory::number(self, kind, id)?
                && kinds.contains(&self.schema().kind_of(number as Number))
            {
                own.insert(number as Number);
            }
        }
        let own: AnyCursor<'a> = Box::new(InBits(own));
        let others = self.valued(&others, op, certainty, asked)?;
        any_of([Ok(own), Ok(others)].into_iter())
    }

    /// The entries of these kinds that have one of these values.
    fn of_values(
        &self,
        column: &Column<'a>,
        values: Vec<Range<u32>>,
        kinds: &[usize],
    ) -> Result<AnyCursor<'a>> {
        let count: u32 = values.iter().map(|range| range.end - range.start).sum();
        if count == 0 {
            return Ok(Box::new(Nothing));
        }
        let falls = |kind: &usize| *kind < 32 && column.info.falling >> kind & 1 == 1;
        if column.cells().is_simple() && kinds.iter().all(falls) {
            let mut ranges = Vec::new();
            for kind in kinds {
                let numbers = &self.schema().kinds[*kind].numbers;
                let falling =
                    |values: &Range<u32>| column.cells().falling(numbers.clone(), values.clone());
                ranges.extend(values.iter().rev().map(falling).filter(|range| !range.is_empty()));
            }
            ranges.sort_unstable_by_key(|range| range.start);
            return Ok(Box::new(InRanges(ranges)));
        }
        let cursor: AnyCursor<'a> = if count <= SETS {
            let mut cursors = Vec::new();
            for value in values.into_iter().flatten() {
                let (holders, count) = column.holders(value)?;
                let cursor: AnyCursor<'a> = Box::new(OfValue(holders, count));
                cursors.push(Ok(cursor));
            }
            any_of(cursors.into_iter())?
        } else {
            let end = self.ranges(kinds.iter().copied()).last().map_or(0, |range| range.end);
            Box::new(ByCells { cells: column.cells().clone(), values, end })
        };
        Ok(self.held_to(kinds, cursor))
    }

    fn extra_valued(
        &self,
        routes: &[ExtraRoute],
        shape: Shape,
        op: Operator,
        certainty: Certainty,
        asked: Option<&Asked>,
    ) -> Result<AnyCursor<'a>> {
        let (mut cursors, mut kinds) = (Vec::new(), Vec::new());
        for (structure, route, names) in routes {
            let Some(kind) = self.kind(structure) else { continue };
            kinds.push(kind);
            let own = path_of(structure, route);
            let path = names.iter().fold(own, |path, name| extra_path(&path, name));
            let info = self.column_info(&path, ValueType::Extra, Some(kind as u32));
            let Some(info) = info else { continue };
            if let Some(asked) = asked {
                let column = self.column(info)?;
                let values = column.matching(op, certainty, asked, Some(shape))?;
                cursors.push(self.of_values(&column, values, &[kind]));
            } else {
                let set = Column::present(info, &self.section(Part::Columns)?)?;
                cursors.push(Ok(Box::new(InSet(set)) as AnyCursor<'a>));
            }
        }
        let cursor = any_of(cursors.into_iter())?;
        Ok(if asked.is_none() { self.ranges_without(&kinds, cursor) } else { cursor })
    }

    /// Kind and id of an entry.
    pub(super) fn pair(&self, number: Number) -> Result<(String, String)> {
        let kind = self.schema().kinds.get(self.schema().kind_of(number));
        Ok((kind.map(|kind| kind.name.clone()).unwrap_or_default(), self.id(number)?))
    }

    /// The entries that refer to one that meets a node.
    fn referring(&self, routes: &Routes, node: &Node) -> Result<AnyCursor<'a>> {
        let mut targets = std::collections::BTreeSet::new();
        let mut cursor = self.cursor(node)?;
        let mut number = cursor.seek(0)?;
        while number != END {
            targets.insert(self.pair(number)?);
            number = cursor.seek(number + 1)?;
        }
        let asked = Asked::References(targets);
        self.valued(routes, Operator::Is, Certainty::Possible, &asked)
    }

    /// The entries that one which meets a node refers to, by one of the routes of its kind.
    fn referred(&self, sources: &[(usize, Route)], node: &Node) -> Result<AnyCursor<'a>> {
        let mut columns: HashMap<usize, Vec<Column<'a>>> = HashMap::new();
        for (kind, route) in sources {
            let path = path_of(crate::query::Directory::kinds(self)[*kind].structure, route);
            if let Some(info) = self.column_info(&path, ValueType::Reference, None) {
                columns.entry(*kind).or_default().push(self.column(info)?);
            }
        }
        let mut values: HashMap<String, std::collections::BTreeSet<u32>> = HashMap::new();
        let mut cursor = self.cursor(node)?;
        let mut number = cursor.seek(0)?;
        while number != END {
            let kind = self.schema().kind_of(number);
            for column in columns.get(&kind).into_iter().flatten() {
                let own = values.entry_ref(&column.info.path).or_default();
                column.cells().each(number, |value| {
                    own.insert(value);
                })?;
            }
            number = cursor.seek(number + 1)?;
        }
        let mut targets = Bits::new(self.end());
        for column in columns.values().flatten() {
            for value in values.get(&column.info.path).into_iter().flatten() {
                if let crate::query::Cell::Reference(kind, id) = column.value(*value)?
                    && let Some(number) = crate::query::Directory::number(self, &kind, &id)?
                {
                    targets.insert(number as Number);
                }
            }
        }
        Ok(Box::new(InBits(targets)))
    }
}

/// The entries of any of some cursors.
fn any_of<'a>(cursors: impl Iterator<Item = Result<AnyCursor<'a>>>) -> Result<AnyCursor<'a>> {
    let mut cursors = cursors.collect::<Result<Vec<_>>>()?;
    Ok(match cursors.len() {
        0 => Box::new(Nothing),
        1 => cursors.remove(0),
        _ => Box::new(Any::new(cursors)),
    })
}

/// The node of entries that have anything at the end of the routes.
fn present(routes: &Routes) -> Node {
    let of_kind = |node| Node::Not(Box::new(node));
    of_kind(Node::Missing(routes.clone()))
}

/// A node about whole entries that every entry meets one of whose structures, at the end of
/// `outer`, meets `node`; nothing where no condition follows.
fn loose(node: &Node, outer: &Routes) -> Option<Node> {
    match node {
        Node::And(nodes) => {
            Some(Node::And(nodes.iter().filter_map(|node| loose(node, outer)).collect()))
        }
        Node::Or(nodes) | Node::Tiers(nodes, _) => {
            nodes.iter().map(|node| loose(node, outer)).collect::<Option<_>>().map(Node::Or)
        }
        Node::Element(routes, node) => {
            let routes = prefixed(routes, outer);
            let inner = loose(node, &routes);
            let held = present(&routes);
            Some(inner.map_or(held.clone(), |inner| Node::And(vec![held, inner])))
        }
        Node::Forward(routes, node) => Some(Node::Forward(prefixed(routes, outer), node.clone())),
        Node::Value(routes, op, certainty, asked) => {
            Some(Node::Value(prefixed(routes, outer), *op, *certainty, asked.clone()))
        }
        Node::Words(Some(routes), phrase, boost) => {
            Some(Node::Words(Some(prefixed(routes, outer)), phrase.clone(), *boost))
        }
        _ => None,
    }
}

/// Routes inside structures, from the entries that hold these.
fn prefixed(routes: &Routes, outer: &Routes) -> Routes {
    let mut out: Routes = Vec::new();
    for (kind, outer) in outer {
        let mut own = Vec::new();
        for outer in outer {
            let FieldType::Structure(inner) = outer.field.ty else { continue };
            for route in routes.iter().filter(|(other, _)| other.is(inner)).flat_map(|(_, r)| r) {
                let steps = outer.steps.iter().chain(&route.steps).copied().collect();
                own.push(Route { steps, field: route.field });
            }
        }
        out.push((kind, own));
    }
    out
}
