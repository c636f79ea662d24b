//! The JSON form of a query.
//!
//! A test is `{"field": NAME, OPERATOR: VALUES}`, so a new operator needs no line here.

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};

use super::argument::is_name;
use super::{
    Argument, Arity, Certainty, Clause, Facet, Operator, Path, Period, Places, Query, SortKey,
    Test, Totals,
};
use crate::field::nearest;
use crate::json::{Json, Map};
use crate::{Error, Place, Result};

impl Query {
    /// Reads the JSON form; `where` may also be a condition in text form.
    ///
    /// # Errors
    ///
    /// Where the JSON is not a query, with a pointer to what was wrong.
    ///
    /// # Example
    ///
    /// ```
    /// use rochdale::{json::Json, query::Query};
    ///
    /// let json = Json::parse(r#"{"where": {"field": "published", "during": "2011-05"}, "limit": 5}"#)?;
    /// assert_eq!(Query::from_json(&json)?.to_string(), "published:during(2011-05) limit:5");
    /// # Ok::<(), rochdale::Error>(())
    /// ```
    pub fn from_json(json: &Json) -> Result<Self> {
        Self::from_json_with_places(json).map(|(query, _)| query)
    }

    /// Reads the JSON form, and where its parts stand.
    pub(crate) fn from_json_with_places(json: &Json) -> Result<(Self, Places)> {
        let (mut query, mut places) = (Self::default(), Places::default());
        query.set_with_places(json, &mut places)?;
        Ok((query, places))
    }

    /// Sets what the JSON form says and leaves the rest as it is.
    ///
    /// # Errors
    ///
    /// Where the JSON is not a query, with a pointer to what was wrong.
    pub fn set(&mut self, json: &Json) -> Result<()> {
        self.set_with_places(json, &mut Places::default())
    }

    /// As [`set`](Self::set), and keeps where the conditions stand.
    pub(crate) fn set_with_places(&mut self, json: &Json, places: &mut Places) -> Result<()> {
        const NAMES: [&str; 10] = [
            "where",
            "params",
            "sort",
            "limit",
            "offset",
            "cursor",
            "proximity",
            "total",
            "fields",
            "facets",
        ];
        let map = object(json, "", "a query, which is an object")?;
        known(map, "", &NAMES)?;
        for (name, value) in map {
            match name.as_str() {
                "where" => {
                    self.clause = Clause::from_json_at(value, "/where")?;
                    *places = Places::of(self);
                }
                // Conditions come first, whatever the order of the names.
                "params" => {}
                "sort" => {
                    let keys = each(value, "/sort", |key, at| string(key, at).map(SortKey::from));
                    self.sort = keys?;
                }
                "limit" => self.limit = Some(count(value, "/limit")?),
                "offset" => self.offset = count(value, "/offset")?,
                "cursor" => self.cursor = Some(string(value, "/cursor")?.to_owned()),
                "proximity" => {
                    self.proximity = match value {
                        Json::Number(weight) if *weight >= 0.0 => *weight,
                        _ => return Err(wrong("/proximity", "expected a number, 0 or above")),
                    }
                }
                "total" => self.total = totals(value)?,
                "fields" => self.fields = each(value, "/fields", path)?,
                _ => {
                    let facets = object(value, "/facets", "facets by name")?.iter();
                    let facet = |(name, facet): (&String, &Json)| {
                        Ok((name.clone(), Facet::from_json(name, facet)?))
                    };
                    self.facets = facets.map(facet).collect::<Result<_>>()?;
                }
            }
        }
        if let Some(params) = map.get("params") {
            places.bind(&self.clause);
            *self = self.bind_json(params)?;
        }
        Ok(())
    }

    /// The JSON form.
    pub fn to_json(&self) -> Json {
        let mut map = Map::new();
        if self.clause != Clause::default() {
            map.insert("where".into(), self.clause.to_json());
        }
        if !self.sort.is_empty() {
            map.insert("sort".into(), strings(&self.sort));
        }
        if let Some(limit) = self.limit {
            map.insert("limit".into(), number(limit));
        }
        if self.offset > 0 {
            map.insert("offset".into(), number(self.offset));
        }
        if let Some(cursor) = &self.cursor {
            map.insert("cursor".into(), Json::String(cursor.clone()));
        }
        if self.proximity != 0.0 {
            map.insert("proximity".into(), Json::Number(self.proximity));
        }
        match self.total {
            Totals::Exact => None,
            Totals::AtLeast(least) => map.insert("total".into(), number(least)),
            Totals::None => map.insert("total".into(), Json::String("none".into())),
        };
        if !self.fields.is_empty() {
            map.insert("fields".into(), strings(&self.fields));
        }
        if !self.facets.is_empty() {
            let facets =
                self.facets.iter().map(|(name, facet)| (name.clone(), facet.to_json(name)));
            map.insert("facets".into(), Json::Object(facets.collect()));
        }
        Json::Object(map)
    }
}

impl Clause {
    /// Reads the JSON form of a condition, or its text form in a string.
    ///
    /// # Errors
    ///
    /// Where the JSON is not a condition, with a pointer to what was wrong.
    pub fn from_json(json: &Json) -> Result<Self> {
        Self::from_json_at(json, "")
    }

    fn from_json_at(json: &Json, at: &str) -> Result<Self> {
        if let Json::String(text) = json {
            return text.parse().map_err(|error: Error| wrong(at, &error.to_string()));
        }
        let map = object(json, at, "a condition, which is an object or a string")?;
        for (name, join) in [("and", Self::all as fn(Vec<Self>) -> Self), ("or", Self::any)] {
            if let Some(clauses) = map.get(name) {
                known(map, at, &[name])?;
                let inner = format!("{at}/{name}");
                let items = list(Some(clauses), &inner)?.iter().enumerate();
                let clauses =
                    items.map(|(n, item)| Self::from_json_at(item, &format!("{inner}/{n}")));
                return Ok(join(clauses.collect::<Result<_>>()?));
            }
        }
        if let Some(clause) = map.get("not") {
            known(map, at, &["not"])?;
            return Ok(Self::from_json_at(clause, &format!("{at}/not"))?.negate());
        }
        let field = map.get("field").map(|name| path(name, &format!("{at}/field"))).transpose()?;
        if let Some(clause) = map.get("has") {
            known(map, at, &["field", "has"])?;
            let Some(field) = field else {
                return Err(wrong(at, "expected a `field` beside `has`"));
            };
            let clause = Self::from_json_at(clause, &format!("{at}/has"))?;
            return Ok(Self::Has(field, Box::new(clause)));
        }
        Test::from_json(map, field, at).map(Self::Test)
    }

    /// The JSON form.
    pub fn to_json(&self) -> Json {
        let each = |clauses: &[Self]| Json::Array(clauses.iter().map(Self::to_json).collect());
        let members = match self {
            Self::And(clauses) => vec![("and", each(clauses))],
            Self::Or(clauses) => vec![("or", each(clauses))],
            Self::Not(clause) => vec![("not", clause.to_json())],
            Self::Has(path, clause) => {
                vec![("field", Json::String(path.to_string())), ("has", clause.to_json())]
            }
            Self::Test(test) => return test.to_json(),
        };
        Json::Object(members.into_iter().map(|(name, json)| (name.to_owned(), json)).collect())
    }
}

impl Test {
    fn from_json(map: &Map, field: Option<Path>, at: &str) -> Result<Self> {
        let ops = Operator::ALL.iter().map(|op| (*op, op.info()));
        let Some((op, info)) = ops.clone().find(|(_, info)| map.contains_key(info.name)) else {
            let names: Vec<_> =
                ops.map(|(_, info)| info.name).chain(["and", "or", "not", "has"]).collect();
            let wrong_name = map.keys().find(|name| *name != "field");
            let Some(name) = wrong_name else {
                return Err(wrong(
                    at,
                    &format!("expected an operator: one of `{}`", names.join("`, `")),
                ));
            };
            return Err(unknown(name, at, &names));
        };
        let mut names = vec!["field", info.name, "certainty", "boost"];
        names.extend(info.slack.map(|(name, _)| name));
        known(map, at, &names)?;
        let place = format!("{at}/{}", info.name);
        let mut test = Self::new(field, op, values(&map[info.name], info.values, &place)?);
        if let Some((name, most)) = info.slack {
            let place = format!("{at}/{name}");
            let given = map
                .get(name)
                .ok_or_else(|| wrong(at, &format!("expected a `{name}` beside `{}`", info.name)))?;
            let slack = u32::try_from(count(given, &place)?).ok().filter(|slack| *slack <= most);
            test.slack =
                slack.ok_or_else(|| wrong(&place, &format!("expected a number of 0 to {most}")))?;
        }
        if op == Operator::Missing {
            let field = test.field.is_some();
            known(map, at, &["field", "missing"])?;
            return if field {
                Ok(test)
            } else {
                Err(wrong(at, "expected a `field` beside `missing`"))
            };
        }
        if op == Operator::Like {
            known(map, at, &["like", "boost"])?;
        }
        if let Some(certainty) = map.get("certainty") {
            let place = format!("{at}/certainty");
            test.certainty = match string(certainty, &place)? {
                "possible" => Certainty::Possible,
                "definite" => Certainty::Definite,
                _ => return Err(wrong(&place, "expected `possible` or `definite`")),
            };
        }
        if let Some(boost) = map.get("boost") {
            let place = format!("{at}/boost");
            test.boost = match boost {
                Json::Number(factor) if *factor > 0.0 => *factor,
                _ => return Err(wrong(&place, "expected a number above 0")),
            };
        }
        Ok(test)
    }

    fn to_json(&self) -> Json {
        let info = self.op.info();
        let mut map = Map::new();
        if let Some(field) = &self.field {
            map.insert("field".into(), Json::String(field.to_string()));
        }
        let value = match (info.values, self.values.as_slice()) {
            (Arity::Zero, _) => Json::Bool(true),
            (Arity::One, [value]) => value.to_json(),
            _ => Json::Array(self.values.iter().map(Argument::to_json).collect()),
        };
        map.insert(info.name.into(), value);
        if let Some((name, _)) = info.slack {
            map.insert(name.into(), Json::Number(f64::from(self.slack)));
        }
        if self.certainty == Certainty::Definite {
            map.insert("certainty".into(), Json::String("definite".into()));
        }
        if self.boost.to_bits() != 1.0_f64.to_bits() {
            map.insert("boost".into(), Json::Number(self.boost));
        }
        Json::Object(map)
    }
}

impl Facet {
    fn from_json(name: &str, json: &Json) -> Result<Self> {
        let at = pointer("/facets", name);
        let map = object(json, &at, "the options of a facet")?;
        known(map, &at, &["field", "limit", "per", "of", "keep_own_filter"])?;
        let field =
            map.get("field").map(|field| path(field, &format!("{at}/field"))).transpose()?;
        let mut facet = Self::new(field.unwrap_or_else(|| Path::from(name)));
        if let Some(limit) = map.get("limit") {
            facet.limit = count(limit, &format!("{at}/limit"))?;
        }
        if let Some(per) = map.get("per") {
            let place = format!("{at}/per");
            let period = Period::from_name(string(per, &place)?);
            facet.per = Some(
                period.ok_or_else(|| wrong(&place, "expected `year`, `month`, `week` or `day`"))?,
            );
        }
        facet.of = map.get("of").map(|of| path(of, &format!("{at}/of"))).transpose()?;
        facet.keep_own_filter = match map.get("keep_own_filter") {
            None => false,
            Some(Json::Bool(flag)) => *flag,
            Some(_) => {
                return Err(wrong(&format!("{at}/keep_own_filter"), "expected `true` or `false`"));
            }
        };
        Ok(facet)
    }

    fn to_json(&self, name: &str) -> Json {
        let mut map = Map::new();
        let field = self.field.to_string();
        if Path::from(name) != self.field {
            map.insert("field".into(), Json::String(field));
        }
        if self.limit != Self::LIMIT {
            map.insert("limit".into(), number(self.limit));
        }
        if let Some(period) = self.per {
            map.insert("per".into(), Json::String(period.name().into()));
        }
        if let Some(of) = &self.of {
            map.insert("of".into(), Json::String(of.to_string()));
        }
        if self.keep_own_filter {
            map.insert("keep_own_filter".into(), Json::Bool(true));
        }
        Json::Object(map)
    }
}

impl Argument {
    /// A string, a number or a flag, which stand for their text, or the name of a parameter.
    fn from_json(json: &Json, at: &str) -> Result<Self> {
        match json {
            Json::String(text) => Ok(Self::Value(text.clone())),
            Json::Number(_) | Json::Bool(_) => Ok(Self::Value(json.to_string())),
            Json::Object(map) if map.contains_key("param") => {
                known(map, at, &["param"])?;
                let place = pointer(at, "param");
                let name = string(&map["param"], &place)?;
                let expected = "expected a name of small letters, digits and `_`";
                if is_name(name) {
                    Ok(Self::Parameter(name.to_owned()))
                } else {
                    Err(wrong(&place, expected))
                }
            }
            _ => Err(wrong(at, "expected a string, a number, a flag or a parameter")),
        }
    }

    fn to_json(&self) -> Json {
        match self {
            Self::Value(text) => Json::String(text.clone()),
            Self::Parameter(name) => {
                Json::Object(Map::from([("param".to_owned(), Json::String(name.clone()))]))
            }
        }
    }
}

/// The values of an operator.
fn values(json: &Json, arity: Arity, at: &str) -> Result<Vec<Argument>> {
    let one = Argument::from_json;
    match (arity, json) {
        (Arity::Zero, Json::Bool(true)) => Ok(Vec::new()),
        (Arity::Zero, _) => Err(wrong(at, "expected `true`")),
        (Arity::One, json) => Ok(vec![one(json, at)?]),
        (arity, Json::Array(items)) if arity == Arity::Many || items.len() == 2 => {
            items.iter().enumerate().map(|(n, item)| one(item, &format!("{at}/{n}"))).collect()
        }
        (Arity::Two, _) => Err(wrong(at, "expected a list of two values")),
        _ => Err(wrong(at, "expected a list of values")),
    }
}

fn wrong(at: &str, message: &str) -> Error {
    Error::query(Place::Pointer(at.to_owned()), message)
}

fn unknown(name: &str, at: &str, names: &[&str]) -> Error {
    let cure = match nearest(name, names.iter().copied()) {
        Some(near) => format!(" (did you mean `{near}`?)"),
        None => format!("; expected one of `{}`", names.join("`, `")),
    };
    wrong(&pointer(at, name), &format!("unknown name `{name}`{cure}"))
}

/// The JSON pointer to a member.
pub(super) fn pointer(at: &str, name: &str) -> String {
    format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"))
}

fn known(map: &Map, at: &str, names: &[&str]) -> Result<()> {
    match map.keys().find(|name| !names.contains(&name.as_str())) {
        Some(name) => Err(unknown(name, at, names)),
        None => Ok(()),
    }
}

fn object<'a>(json: &'a Json, at: &str, expected: &str) -> Result<&'a Map> {
    json.as_object().ok_or_else(|| wrong(at, &format!("expected {expected}")))
}

fn list<'a>(json: Option<&'a Json>, at: &str) -> Result<&'a [Json]> {
    match json {
        None => Ok(&[]),
        Some(json) => json.as_array().ok_or_else(|| wrong(at, "expected a list")),
    }
}

/// The items of a list, each read with its place.
fn each<'a, T>(
    json: &'a Json,
    at: &str,
    read: impl Fn(&'a Json, &str) -> Result<T>,
) -> Result<Vec<T>> {
    let items = list(Some(json), at)?.iter().enumerate();
    items.map(|(position, item)| read(item, &format!("{at}/{position}"))).collect()
}

/// `"exact"`, `"none"`, or up to how many entries are counted.
fn totals(json: &Json) -> Result<Totals> {
    match json {
        Json::String(text) if text == "exact" => Ok(Totals::Exact),
        Json::String(text) if text == "none" => Ok(Totals::None),
        Json::Number(_) => Ok(Totals::AtLeast(count(json, "/total")?)),
        _ => Err(wrong("/total", "expected `exact`, `none` or a number of entries")),
    }
}

fn string<'a>(json: &'a Json, at: &str) -> Result<&'a str> {
    json.as_str().ok_or_else(|| wrong(at, "expected a string"))
}

fn path(json: &Json, at: &str) -> Result<Path> {
    string(json, at)?.parse().map_err(|error: Error| wrong(at, error.message()))
}

fn count(json: &Json, at: &str) -> Result<usize> {
    match json {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to be a count"
        )]
        Json::Number(count) if *count >= 0.0 && count.fract() == 0.0 && *count <= 4e9 => {
            Ok(*count as usize)
        }
        _ => Err(wrong(at, "expected a whole number from 0")),
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn number(count: usize) -> Json {
    Json::Number(count as f64)
}

fn strings(items: &[impl std::fmt::Display]) -> Json {
    Json::Array(items.iter().map(|item| Json::String(item.to_string())).collect())
}

impl Serialize for Query {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Query {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_json(&Json::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
