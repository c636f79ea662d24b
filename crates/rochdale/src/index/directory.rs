//! An index as what the names of a query are looked up in.

use std::collections::{BTreeMap, BTreeSet};

use super::automaton::Automaton;
use super::column::Holders;
use super::dictionary::{Dictionary, Step};
use super::key;
use super::open::{Index, Part};
use super::schema::ValueType;
use super::set::{END, Number};
use super::words::Heads;
use crate::Result;
use crate::field::Kind;
use crate::query::{
    Directory, ExtraRoute, Shapes, extra_path, parent_route, path_of, stems_of, text_routes,
};
use crate::store::Reader;
use crate::text::{Language, fold};

impl Directory for Index<'_> {
    fn kinds(&self) -> &'static [Kind] {
        self.opened.kinds
    }

    fn languages(&self) -> Result<BTreeSet<Language>> {
        let tags = self.opened.schema.languages.iter();
        let languages = tags.map(|tag| tag.as_deref().map_or(Language::Other, Language::from_tag));
        let languages: BTreeSet<Language> = languages.collect();
        Ok(if languages.is_empty() { [Language::ENGLISH].into() } else { languages })
    }

    fn len(&self) -> usize {
        self.end() as usize
    }

    fn stems_of(&self, number: usize) -> Result<BTreeMap<String, u32>> {
        let mut stems = BTreeMap::new();
        self.entries.with(number, &mut |entry, language| {
            stems =
                stems_of(entry, language, &text_routes(entry.structure(), &self.opened.scoring));
        })?;
        Ok(stems)
    }

    fn holding(&self, stem: &str) -> Result<usize> {
        Ok(self.stem(stem, None)?.map_or(0, |own| own.list.count as usize))
    }

    fn each_near(
        &self,
        letters: &[char],
        limit: usize,
        visit: &mut dyn FnMut(&str, usize),
    ) -> Result<()> {
        let (heads, mut lists) = (Heads::new(self)?, Vec::new());
        self.near(Automaton::new(letters, limit), &mut |word, payload| {
            lists.clear();
            heads.written(payload, &mut lists)?;
            // A word as written has one list: its own, or that of its only stem.
            visit(word, lists.iter().map(|own| own.list.count as usize).max().unwrap_or_default());
            Ok(())
        })
    }

    fn number(&self, kind: &str, id: &str) -> Result<Option<usize>> {
        let position = self.opened.kinds.iter().position(|known| known.name() == kind);
        let (Some(position), Some(ids)) = (position, self.ids()?) else { return Ok(None) };
        let Some(ordinal) = ids.ordinal(&key::text(id))? else { return Ok(None) };
        let numbers = self.opened.numbers(position);
        let mut holders = ids.holders(ordinal)?.0;
        let found = holders.seek(numbers.start as Number)? as usize;
        Ok(numbers.contains(&found).then_some(found))
    }

    fn reference(&self, number: usize) -> Result<(usize, String)> {
        let number = number as Number;
        Ok((self.opened.schema.kind_of(number), self.id(number)?))
    }

    fn named(&self, name: &str) -> Result<Vec<usize>> {
        let mut found = Vec::new();
        let name = fold(name);
        self.each_name(None, &name, &mut |other, numbers| {
            if other == name {
                found.extend(numbers);
            }
        })?;
        found.sort_unstable();
        Ok(found)
    }

    fn each_id(
        &self,
        kind: Option<&str>,
        prefix: &str,
        visit: &mut dyn FnMut(&'static str, &str),
    ) -> Result<()> {
        let Some(ids) = self.ids()? else { return Ok(()) };
        for ordinal in 0..ids.len() {
            let id = ids.value(ordinal)?.label();
            if !id.starts_with(prefix) {
                continue;
            }
            let mut holders: Holders<'_> = ids.holders(ordinal)?.0;
            let mut number = holders.seek(0)?;
            while number != END {
                let own = self.opened.schema.kind_of(number);
                if let Some(own) = self.opened.kinds.get(own).map(Kind::name)
                    && kind.is_none_or(|kind| kind == own)
                {
                    visit(own, &id);
                }
                number = holders.seek(number + 1)?;
            }
        }
        Ok(())
    }

    fn each_name(
        &self,
        kinds: Option<&[usize]>,
        prefix: &str,
        visit: &mut dyn FnMut(&str, &[usize]),
    ) -> Result<()> {
        let section = self.section(Part::Names)?;
        let names = Dictionary::open(section.clone())?;
        let all: Vec<usize> = (0..self.opened.kinds.len()).collect();
        for kind in kinds.unwrap_or(&all) {
            let front = [&[*kind as u8], prefix.as_bytes()].concat();
            names.walk(&front, &mut |item| {
                if !item.key.starts_with(&front) {
                    return Ok(Step::Stop);
                }
                let name = std::str::from_utf8(&item.key[1..]).map_err(|_| section.damaged())?;
                let mut reader = Reader::new(item.payload);
                let (mut number, mut numbers) = (0_usize, Vec::new());
                while let Some(step) = reader.varint_usize() {
                    number = number.saturating_add(step);
                    numbers.push(number);
                }
                if numbers.last().is_some_and(|last| *last >= self.opened.len()) {
                    return Err(section.damaged());
                }
                visit(name, &numbers);
                Ok(Step::Next)
            })?;
        }
        Ok(())
    }

    fn extra(&self, routes: &[ExtraRoute]) -> Result<(Shapes, BTreeSet<String>)> {
        let (mut bits, mut names) = (0, BTreeSet::new());
        for (structure, route, path) in routes {
            let kind = self.opened.kinds.iter().position(|kind| kind.structure.is(structure));
            let kind = kind.map(|kind| kind as u32);
            let own = path_of(structure, route);
            let whole = path.iter().fold(own.clone(), |path, name| extra_path(&path, name));
            if let Some(info) = self.column_info(&whole, ValueType::Extra, kind) {
                bits |= info.shapes;
            }
            let front = extra_path(&own, "");
            let of_kind = self.opened.schema.columns.iter().filter(|info| info.kind == kind);
            let beside = of_kind.filter_map(|info| info.path.strip_prefix(&front));
            if path.len() == 1 {
                names.extend(beside.filter(|name| !name.contains('\0')).map(str::to_owned));
            }
        }
        Ok((Shapes::from_bits(bits), names))
    }

    fn parents(&self, kind: &'static Kind) -> Result<Option<BTreeMap<String, String>>> {
        let Some(route) = parent_route(kind) else { return Ok(None) };
        let mut parents = BTreeMap::new();
        let path = path_of(kind.structure, &route);
        let Some(info) = self.column_info(&path, ValueType::Reference, None) else {
            return Ok(Some(parents));
        };
        let column = self.column(info)?;
        let position = self.opened.kinds.iter().position(|other| other.name() == kind.name());
        for number in position.map_or(0..0, |kind| self.opened.numbers(kind)) {
            let mut above = None;
            column.cells().each(number as Number, |ordinal| above = Some(ordinal))?;
            if let Some(above) = above {
                parents.insert(self.id(number as Number)?, column.value(above)?.label());
            }
        }
        Ok(Some(parents))
    }
}
