//! Entries that follow each other in a circle.

use std::collections::VecDeque;

use crate::field::Value;
use crate::issue::Issue;
use crate::library::codes::CYCLE;
use crate::library::memory::Memory;
use crate::library::walk::{self, Spot};
use crate::model::{Entry, Kind};

/// At most so many entries of a circle are named.
const NAMED: usize = 12;

/// Reports each circle of category parents and of predecessors, once, at its entry of the lowest
/// id.
pub(super) fn check(library: &Memory, issues: &mut Vec<Issue>) {
    for (kind, what) in [(Kind::Category, "parent"), (Kind::MutualEntity, "predecessor")] {
        let numbers = library.numbers(kind);
        let graph = Graph::of(library, numbers.start, numbers.len());
        let mut circles: Vec<Vec<usize>> = graph.components();
        circles.retain(|circle| circle.len() > 1);
        let id = |place: usize| library.entry(numbers.start + place).id();
        for circle in &mut circles {
            circle.sort_unstable_by_key(|place| id(*place));
        }
        circles.sort_unstable_by_key(|circle| id(circle[0]));
        for circle in circles {
            let way = graph.shortest_circle(circle[0]);
            let mut names: Vec<_> =
                way.iter().take(NAMED).map(|place| format!("`{}`", id(*place))).collect();
            if way.len() > NAMED {
                names.push(format!("{} more", way.len() - NAMED));
            }
            names.push(format!("`{}`", id(circle[0])));
            let message = format!("each is the {what} of the one before: {}", names.join(", "));
            let entry = library.entry(numbers.start + circle[0]);
            let pointer =
                pointer(entry, &circle.iter().map(|place| id(*place)).collect::<Vec<_>>());
            let issue = Issue::new(&CYCLE, message).with_help("remove the reference that is wrong");
            issues.push(issue.with_entry(entry.reference().to_string(), pointer));
        }
    }
}

/// Where an entry refers into a circle; nowhere if only the others refer to it.
fn pointer(entry: &Entry, circle: &[&str]) -> String {
    let mut found = None;
    walk::walk(entry.as_fields(), &mut |spot| {
        if let Some((_, id)) = followed(entry, spot)
            && id != entry.id()
            && circle.binary_search(&id).is_ok()
        {
            found.get_or_insert_with(|| spot.pointer());
        }
    });
    found.unwrap_or_default()
}

/// Whether a value puts the entry after another (or, for `false`, before it), and which.
fn followed<'a>(entry: &Entry, spot: &Spot<'_, 'a>) -> Option<(bool, &'a str)> {
    let Value::Reference(kind, id) = spot.value else { return None };
    let after = match spot.field.name {
        "parent" | "predecessors" => true,
        "successors" => false,
        _ => return None,
    };
    (spot.parent.is_none() && kind == entry.kind().name()).then_some((after, id))
}

/// Which entries of a kind each entry follows, by their places within the kind.
struct Graph {
    next: Vec<Vec<usize>>,
}

impl Graph {
    fn of(library: &Memory, start: usize, count: usize) -> Self {
        let mut next = vec![Vec::new(); count];
        for place in 0..count {
            let entry = library.entry(start + place);
            walk::walk(entry.as_fields(), &mut |spot| {
                let Some((after, id)) = followed(entry, spot) else { return };
                let number = library.number_of(entry.kind(), id);
                match number.map(|number| number - start) {
                    Some(other) if other == place => {}
                    Some(other) if after => next[place].push(other),
                    Some(other) => next[other].push(place),
                    None => {}
                }
            });
        }
        for places in &mut next {
            places.sort_unstable_by_key(|place| library.entry(start + place).id());
            places.dedup();
        }
        Self { next }
    }

    /// The strongly connected components, by Tarjan's algorithm without recursion, so that a long
    /// chain does not exhaust the stack.
    fn components(&self) -> Vec<Vec<usize>> {
        const NEW: usize = usize::MAX;
        let count = self.next.len();
        let (mut index, mut low) = (vec![NEW; count], vec![0; count]);
        let (mut on_stack, mut stack) = (vec![false; count], Vec::new());
        let (mut found, mut clock) = (Vec::new(), 0);
        for root in 0..count {
            let mut work = if index[root] == NEW { vec![(root, 0)] } else { Vec::new() };
            while let Some((place, step)) = work.pop() {
                if step == 0 {
                    (index[place], low[place]) = (clock, clock);
                    clock += 1;
                    stack.push(place);
                    on_stack[place] = true;
                } else {
                    low[place] = low[place].min(low[self.next[place][step - 1]]);
                }
                let rest = self.next[place].iter().enumerate().skip(step);
                let mut descend = None;
                for (position, other) in rest {
                    if index[*other] == NEW {
                        descend = Some((position, *other));
                        break;
                    }
                    if on_stack[*other] {
                        low[place] = low[place].min(index[*other]);
                    }
                }
                if let Some((position, other)) = descend {
                    work.push((place, position + 1));
                    work.push((other, 0));
                } else if low[place] == index[place] {
                    let top = stack.iter().rposition(|other| *other == place).unwrap_or(0);
                    let component = stack.split_off(top);
                    for other in &component {
                        on_stack[*other] = false;
                    }
                    found.push(component);
                }
            }
        }
        found
    }

    /// The shortest way from a place back to itself, without its repetition at the end.
    fn shortest_circle(&self, start: usize) -> Vec<usize> {
        let mut came_from = vec![None; self.next.len()];
        let mut queue = VecDeque::from([start]);
        while let Some(place) = queue.pop_front() {
            for other in &self.next[place] {
                if *other == start {
                    let way = std::iter::successors(Some(place), |place| came_from[*place]);
                    let mut way: Vec<usize> = way.collect();
                    way.reverse();
                    return way;
                }
                if came_from[*other].is_none() {
                    came_from[*other] = Some(place);
                    queue.push_back(*other);
                }
            }
        }
        vec![start]
    }
}
