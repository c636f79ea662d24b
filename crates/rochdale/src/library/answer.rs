//! Asking a library, and what it answers.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Library;
use super::memory::language;
use crate::Result;
use crate::index::{Explanation, Page, Plan};
use crate::issue::Issue;
use crate::json::{Json, Map};
use crate::model::Entry;
use crate::query::{
    FacetCounts, Highlight, Highlighter, Path, Places, Query, Suggestions, Total, cursor, suggest,
    text_routes,
};

impl Library {
    /// Finds entries by a query in text form.
    ///
    /// # Errors
    ///
    /// Where the query is wrong: the byte offset in it, and the cure.
    ///
    /// # Example
    ///
    /// ```
    /// use rochdale::library::Library;
    ///
    /// let library = Library::from_json(
    ///     r#"[
    ///         {"kind": "author", "id": "tony-collins", "name": "Tony Collins"},
    ///         {"kind": "article", "id": "pensions", "title": "Pension mutuals", "authors": ["tony-collins"]},
    ///         {"kind": "article", "id": "libraries", "title": "Libraries"}
    ///     ]"#,
    /// )?
    /// .library;
    /// let answer = library.find(r#"author:"Tony Collins" mutual"#)?;
    /// assert_eq!(answer.total(), 1);
    /// let wrong = library.find("auther:tony-collins").unwrap_err();
    /// assert_eq!(wrong.to_string(), "unknown field `auther` (did you mean `author`?) at byte 0");
    /// # Ok::<(), rochdale::Error>(())
    /// ```
    pub fn find(&self, query: &str) -> Result<Answer<'_>> {
        let (query, places) = Query::parse_with_places(query)?;
        self.planned(query, places)?.ask()
    }

    /// Finds entries by a query that was built or read.
    ///
    /// # Errors
    ///
    /// Where the query is wrong: the pointer into its JSON form, and the cure.
    pub fn ask(&self, query: &Query) -> Result<Answer<'_>> {
        self.planned(query.clone(), Places::of(query))?.ask()
    }

    /// Finds entries by a query in text form, as a JSON string, or in JSON form, with options
    /// in JSON form on top: what bindings are asked.
    ///
    /// # Errors
    ///
    /// Where the query is wrong: the place in it, and the cure.
    pub fn ask_json(&self, asked: &Json, options: &Json) -> Result<Answer<'_>> {
        let (mut query, mut places) = match asked {
            Json::String(text) => Query::parse_with_places(text)?,
            json => Query::from_json_with_places(json)?,
        };
        if *options != Json::Null {
            query.set_with_places(options, &mut places)?;
        }
        self.planned(query, places)?.ask()
    }

    /// How a query is answered, as [`ask_json`](Self::ask_json) takes it.
    ///
    /// # Errors
    ///
    /// As [`ask_json`](Self::ask_json).
    pub fn explain_json(&self, asked: &Json, options: &Json) -> Result<Explanation> {
        self.ask_json(asked, options)?.explain()
    }

    /// Looks a query up, to ask it again and again.
    ///
    /// # Errors
    ///
    /// As [`ask`](Self::ask).
    ///
    /// # Example
    ///
    /// ```
    /// use rochdale::library::Library;
    /// use rochdale::query::Query;
    ///
    /// let library = Library::from_json(r#"{"kind": "article", "id": "pensions", "title": "Pensions"}"#)?.library;
    /// let prepared = library.prepare("pension limit:10".parse::<Query>()?)?;
    /// assert_eq!(prepared.ask()?.total(), 1);
    /// # Ok::<(), rochdale::Error>(())
    /// ```
    pub fn prepare(&self, query: Query) -> Result<Prepared<'_>> {
        let places = Places::of(&query);
        self.planned(query, places)
    }

    /// Checks a query whose parameters are still to be given values, and says which types of value
    /// each of them takes: to be done once with a query that is stored.
    ///
    /// # Errors
    ///
    /// Where the query is wrong, whatever the values: the place in it, and the cure.
    ///
    /// # Example
    ///
    /// ```
    /// use rochdale::Library;
    ///
    /// let library = Library::from_json("[]")?.library;
    /// let parameters = library.parameters(&"published:$from..$to title:$words".parse()?)?;
    /// assert_eq!(parameters["from"], ["date"]);
    /// assert_eq!(parameters["words"], ["text"]);
    /// assert!(library.parameters(&"publishd:$from".parse()?).is_err());
    /// # Ok::<(), rochdale::Error>(())
    /// ```
    pub fn parameters(&self, query: &Query) -> Result<BTreeMap<String, Vec<&'static str>>> {
        self.parameters_at(query, &Places::of(query))
    }

    /// As [`parameters`](Self::parameters), of a query as [`ask_json`](Self::ask_json) takes it.
    ///
    /// # Errors
    ///
    /// Where the query is wrong: the place in it, and the cure.
    pub fn parameters_json(&self, asked: &Json) -> Result<BTreeMap<String, Vec<&'static str>>> {
        let (query, places) = match asked {
            Json::String(text) => Query::parse_with_places(text)?,
            json => Query::from_json_with_places(json)?,
        };
        self.parameters_at(&query, &places)
    }

    fn parameters_at(
        &self,
        query: &Query,
        places: &Places,
    ) -> Result<BTreeMap<String, Vec<&'static str>>> {
        let parameters = self.content.index().parameters(query, places)?;
        Ok(parameters
            .into_iter()
            .map(|(name, types)| (name, types.into_iter().collect()))
            .collect())
    }

    fn planned(&self, query: Query, places: Places) -> Result<Prepared<'_>> {
        let plan = self.content.index().plan(&query, &places)?;
        Ok(Prepared { library: self, asked: Arc::new(Asked { query, places, plan }) })
    }
}

/// A query that was looked up in a library.
#[derive(Clone, Debug)]
pub struct Prepared<'a> {
    library: &'a Library,
    asked: Arc<Asked>,
}

#[derive(Debug)]
struct Asked {
    query: Query,
    places: Places,
    plan: Plan,
}

impl<'a> Prepared<'a> {
    /// What the library answers.
    ///
    /// # Errors
    ///
    /// Where the library cannot be read.
    pub fn ask(&self) -> Result<Answer<'a>> {
        let page = self.library.content.index().answer(&self.asked.plan, &self.asked.query)?;
        Ok(Answer { library: self.library, page, asked: Arc::clone(&self.asked) })
    }
}

/// What a library answers; entries are read as they are asked for.
#[derive(Clone, Debug)]
pub struct Answer<'a> {
    library: &'a Library,
    page: Page,
    asked: Arc<Asked>,
}

impl Answer<'_> {
    /// How many entries meet the query, on this page or not; the least number that is known where
    /// they were not all counted.
    pub fn total(&self) -> usize {
        match self.page.total {
            Total::Exact(count) | Total::AtLeast(count) => count,
            Total::Unknown => self.page.hits.len(),
        }
    }

    /// How many entries meet the query, and how exactly they were counted.
    pub fn counted(&self) -> Total {
        self.page.total
    }

    fn numbers(&self) -> impl Iterator<Item = usize> + '_ {
        self.page.hits.iter().map(|(number, _)| *number)
    }

    /// How many entries the page has.
    pub fn len(&self) -> usize {
        self.page.hits.len()
    }

    /// Whether the page has no entry.
    pub fn is_empty(&self) -> bool {
        self.page.hits.is_empty()
    }

    /// The entries of the page, in order; each is read when it is taken.
    pub fn entries(&self) -> impl Iterator<Item = Result<Entry>> + '_ {
        self.numbers().map(|number| Ok(self.library.entry(number)?.into_owned()))
    }

    /// The references of the entries of the page, in order, as `kind:id`.
    pub fn references(&self) -> impl Iterator<Item = Result<String>> + '_ {
        self.numbers().map(|number| self.library.reference(number))
    }

    /// How well each entry of the page fits, where words were searched.
    pub fn scores(&self) -> impl Iterator<Item = Option<f64>> + '_ {
        self.page.hits.iter().map(|(_, score)| self.asked.plan.scored.then_some(*score))
    }

    /// The words that were asked for in each entry of the page, the best text first; they are
    /// looked for when they are taken.
    pub fn highlights(&self) -> impl Iterator<Item = Result<Vec<Highlight>>> + '_ {
        let mut highlighter = Highlighter::new(&self.asked.plan.node);
        let scoring = self.library.scoring();
        self.numbers().map(move |number| {
            let Some(highlighter) = &mut highlighter else { return Ok(Vec::new()) };
            let entry = self.library.entry(number)?;
            let routes = text_routes(entry.as_fields().structure(), scoring);
            Ok(highlighter.highlights(entry.as_fields(), language(&entry), &routes))
        })
    }

    /// The facets, by name.
    pub fn facets(&self) -> &BTreeMap<String, FacetCounts> {
        &self.page.facets
    }

    /// What may not have been meant.
    pub fn warnings(&self) -> &[Issue] {
        &self.page.warnings
    }

    /// What may have been meant by words of the query that no entry has; it is looked for when it is
    /// asked for.
    ///
    /// # Errors
    ///
    /// Where the words of the library cannot be read.
    ///
    /// # Example
    ///
    /// ```
    /// use rochdale::Library;
    ///
    /// let library = Library::from_json(r#"{"kind": "article", "id": "a", "title": "Pension mutuals"}"#)?.library;
    /// let suggestions = library.find("title:pensoin")?.suggestions()?.expect("a word is near");
    /// assert_eq!(suggestions.words[0].near, ["pension"]);
    /// assert_eq!(suggestions.query, "title:pension");
    /// # Ok::<(), rochdale::Error>(())
    /// ```
    pub fn suggestions(&self) -> Result<Option<Suggestions>> {
        suggest(&self.library.content.index(), &self.asked.query, &self.asked.places)
    }

    /// Where the next page begins, where there is one.
    ///
    /// # Errors
    ///
    /// Where the last entry of the page cannot be read.
    pub fn cursor(&self) -> Result<Option<String>> {
        let last = self.numbers().last().filter(|_| self.page.more);
        let index = self.library.content.index();
        last.map(|number| cursor(&self.asked.query, &index, number)).transpose()
    }

    /// How the question was answered: the way, the conditions with what they cost, and the parts of
    /// the scores.
    ///
    /// # Errors
    ///
    /// Where the library cannot be read.
    ///
    /// # Example
    ///
    /// ```
    /// use rochdale::library::Library;
    ///
    /// let library = Library::from_json(r#"{"kind": "article", "id": "pensions", "title": "Pensions"}"#)?.library;
    /// let explanation = library.find("pension kind:article")?.explain()?;
    /// assert_eq!(explanation.way, "best of any word, filtered");
    /// assert_eq!(explanation.condition.conditions[1].what, "kind article");
    /// # Ok::<(), rochdale::Error>(())
    /// ```
    pub fn explain(&self) -> Result<Explanation> {
        let index = self.library.content.index();
        index.explain(&self.asked.plan, self.page.way, self.numbers())
    }

    /// Every dated fact of the entries of the page, in order of time.
    ///
    /// # Errors
    ///
    /// Where an entry cannot be read.
    pub fn timeline(&self) -> Result<super::Timeline> {
        self.library.timeline_of(self.numbers())
    }

    /// The answer as JSON: `total` unless it was not asked for, with `total_is` where it is a least
    /// number, `entries`, and where there are any `scores`, `highlights`, `facets`, `warnings`,
    /// `suggestions` and `cursor`.
    ///
    /// # Errors
    ///
    /// Where an entry cannot be read.
    pub fn to_json(&self) -> Result<Json> {
        let mut map = Map::new();
        if self.page.total != Total::Unknown {
            map.insert("total".into(), Json::of(&self.total())?);
        }
        if matches!(self.page.total, Total::AtLeast(_)) {
            map.insert("total_is".into(), Json::String("at_least".to_owned()));
        }
        let entries =
            self.entries().map(|entry| Ok(project(entry?.to_json()?, &self.asked.query.fields)));
        map.insert("entries".into(), Json::Array(entries.collect::<Result<_>>()?));
        if self.scores().any(|score| score.is_some()) {
            map.insert("scores".into(), Json::of(&self.scores().collect::<Vec<_>>())?);
        }
        let highlights = self.highlights().collect::<Result<Vec<_>>>()?;
        if highlights.iter().any(|highlights| !highlights.is_empty()) {
            map.insert("highlights".into(), Json::of(&highlights)?);
        }
        if !self.facets().is_empty() {
            map.insert("facets".into(), Json::of(self.facets())?);
        }
        if !self.warnings().is_empty() {
            map.insert("warnings".into(), Json::of(&self.warnings())?);
        }
        if let Some(suggestions) = self.suggestions()? {
            map.insert("suggestions".into(), Json::of(&suggestions)?);
        }
        if let Some(cursor) = self.cursor()? {
            map.insert("cursor".into(), Json::String(cursor));
        }
        Ok(Json::Object(map))
    }
}

/// The entry with its kind, its id and these fields only; all where none is named.
fn project(entry: Json, fields: &[Path]) -> Json {
    if fields.is_empty() {
        return entry;
    }
    let own = [Path::new("kind"), Path::new("id")];
    let paths: Vec<_> = own.iter().chain(fields).map(Path::names).collect();
    keep(&entry, &paths).unwrap_or_default()
}

/// What of a value lies on one of the paths.
fn keep(json: &Json, paths: &[&[String]]) -> Option<Json> {
    if paths.iter().any(|path| path.is_empty()) {
        return Some(json.clone());
    }
    match json {
        Json::Object(map) => {
            let members = map.iter().filter_map(|(name, value)| {
                let inner: Vec<_> = paths
                    .iter()
                    .filter(|path| path[0] == *name || path[0] == crate::field::singular(name))
                    .map(|path| &path[1..])
                    .collect();
                let kept = if inner.is_empty() { None } else { keep(value, &inner) };
                kept.map(|kept| (name.clone(), kept))
            });
            let members: Map = members.collect();
            (!members.is_empty()).then_some(Json::Object(members))
        }
        Json::Array(items) => {
            let items: Vec<_> = items.iter().filter_map(|item| keep(item, paths)).collect();
            (!items.is_empty()).then_some(Json::Array(items))
        }
        _ => None,
    }
}
