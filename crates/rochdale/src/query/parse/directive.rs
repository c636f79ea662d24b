//! Directives: what is asked beside the condition, such as `sort:-published`.

use super::super::{Facet, Path, Period, SortKey, Totals};
use super::Parser;
use crate::field::nearest;
use crate::{Place, Result};

impl Parser<'_> {
    /// Reads a directive, where one stands here.
    pub(super) fn directive(&mut self) -> Result<bool> {
        const NAMES: [&str; 8] =
            ["sort", "limit", "offset", "cursor", "proximity", "total", "fields", "facet"];
        let start = self.at;
        let Some((name, _)) = self.rest().split_once(':') else { return Ok(false) };
        let name = name.to_owned();
        if !NAMES.contains(&name.as_str()) {
            return Ok(false);
        }
        if self.depth > 0 {
            let message = format!(
                "expected `{name}:` outside of groups; a field that is called so stands in quotes"
            );
            return Err(self.error(&message));
        }
        self.at += name.len() + 1;
        match name.as_str() {
            "sort" => self.sort()?,
            "limit" => self.query.limit = Some(self.count("expected a number of entries")?),
            "offset" => self.query.offset = self.count("expected a number of entries")?,
            "cursor" => {
                let quoted = self.rest().starts_with('"');
                let end = self.rest().find(char::is_whitespace).unwrap_or(self.rest().len());
                let bare = self.rest()[..end].to_owned();
                let cursor = if quoted { self.quoted()? } else { bare.clone() };
                self.at += if quoted { 0 } else { bare.len() };
                self.query.cursor = Some(cursor);
            }
            "proximity" => {
                let message = "expected a number, 0 or above";
                self.query.proximity = self.decimal().ok_or_else(|| self.error(message))?;
            }
            "total" => self.total()?,
            "fields" => self.fields()?,
            _ => self.facet()?,
        }
        self.parts.part(name, Place::Offset(start));
        if self.rest().is_empty() || self.rest().starts_with(char::is_whitespace) {
            return Ok(true);
        }
        Err(self.error("expected a space"))
    }

    /// Reads how exactly entries are counted: `exact`, `none`, or up to how many.
    fn total(&mut self) -> Result<()> {
        self.query.total = if self.take("exact") {
            Totals::Exact
        } else if self.take("none") {
            Totals::None
        } else {
            Totals::AtLeast(self.count("expected `exact`, `none` or a number of entries")?)
        };
        Ok(())
    }

    fn sort(&mut self) -> Result<()> {
        loop {
            let place = Place::Offset(self.at);
            let descending = self.take("-");
            let field = self.path("expected the name of a field to sort by")?;
            self.parts.part(format!("sort/{}", self.query.sort.len()), place);
            self.query.sort.push(SortKey { field, descending });
            if !self.take(",") {
                return Ok(());
            }
        }
    }

    fn fields(&mut self) -> Result<()> {
        loop {
            let place = Place::Offset(self.at);
            let field = self.path("expected the name of a field to give")?;
            self.parts.part(format!("fields/{}", self.query.fields.len()), place);
            self.query.fields.push(field);
            if !self.take(",") {
                return Ok(());
            }
        }
    }

    fn facet(&mut self) -> Result<()> {
        let place = Place::Offset(self.at);
        let mut facet = Facet::new(self.path("expected the name of a field to count")?);
        let mut name = facet.field.to_string();
        let mut of = None;
        if self.take("(") {
            loop {
                self.space();
                self.facet_option(&mut facet, &mut name, &mut of)?;
                self.space();
                if self.take(")") {
                    break;
                }
                if !self.take(",") {
                    return Err(self.error("expected `,` or `)` after an option of a facet"));
                }
            }
        }
        self.parts.part(format!("facets/{name}/field"), place.clone());
        self.parts.part(format!("facets/{name}/of"), of.unwrap_or(place));
        if self.query.facets.insert(name.clone(), facet).is_some() {
            let message = format!(
                "expected one facet called `{name}`; give the other a name: `facet:FIELD(name:OTHER)`"
            );
            return Err(self.error(&message));
        }
        Ok(())
    }

    fn facet_option(
        &mut self,
        facet: &mut Facet,
        name: &mut String,
        of: &mut Option<Place>,
    ) -> Result<()> {
        const OPTIONS: [&str; 5] = ["per", "limit", "of", "keep_own_filter", "name"];
        let start = self.at;
        let end = self.rest().find([':', ')', ' ', ',']).unwrap_or(self.rest().len());
        let option = self.rest()[..end].to_owned();
        self.at += end;
        if !OPTIONS.contains(&option.as_str()) || !self.take(":") {
            let cure = nearest(&option, OPTIONS).unwrap_or("limit");
            let message = format!("unknown option `{option}` of a facet (did you mean `{cure}:`?)");
            return Err(self.error_at(start, &message));
        }
        match option.as_str() {
            "limit" => facet.limit = self.count("expected a number of values")?,
            "per" => {
                let path: Path = self.path("expected `year`, `month`, `week` or `day`")?;
                facet.per = Some(Period::from_name(&path.to_string()).ok_or_else(|| {
                    self.error_at(start, "expected `year`, `month`, `week` or `day`")
                })?);
            }
            "of" => {
                *of = Some(Place::Offset(self.at));
                facet.of = Some(self.path("expected the name of a field")?);
            }
            "keep_own_filter" => {
                facet.keep_own_filter = self.take("true");
                if !facet.keep_own_filter && !self.take("false") {
                    return Err(self.error("expected `true` or `false`"));
                }
            }
            _ => {
                *name = if self.rest().starts_with('"') {
                    self.quoted()?
                } else {
                    self.path("expected a name for the facet")?.to_string()
                };
            }
        }
        Ok(())
    }
}
