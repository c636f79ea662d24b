//! The JSON Schema of the entries, read into what the types of other languages need.

use rochdale::field::FieldType;
use rochdale::model::Kind;
use serde_json::Value;

/// Everything that the schema describes.
pub(super) struct Shapes {
    /// The kinds of entry.
    pub(super) kinds: Vec<Structure>,
    /// The value types that they hold, by name.
    pub(super) structures: Vec<Structure>,
    /// The lists of values, by name.
    pub(super) choices: Vec<Choices>,
}

/// A kind of entry or a value type.
pub(super) struct Structure {
    pub(super) name: String,
    pub(super) doc: String,
    pub(super) fields: Vec<Field>,
}

/// A field of a structure.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) doc: String,
    pub(super) ty: Type,
    pub(super) required: bool,
}

/// A list of values; an open one has others as well.
pub(super) struct Choices {
    pub(super) name: String,
    pub(super) doc: String,
    pub(super) values: Vec<String>,
    pub(super) open: bool,
}

/// What a field holds.
pub(super) enum Type {
    Constant(String),
    Text,
    Date,
    Boolean,
    Number,
    Map,
    Structure(String),
    Choice(String),
    List(Box<Type>),
}

impl Shapes {
    /// Reads the schema of the core.
    pub(super) fn read() -> Self {
        let schema = rochdale::schema::entry().to_value();
        let definitions = || schema["$defs"].as_object().into_iter().flatten();
        let is_structure = |schema: &Value| schema["type"] == "object";
        Self {
            kinds: items(&schema["oneOf"])
                .map(|kind| {
                    Structure::read(&pascal(&text(&kind["properties"]["kind"]["const"])), kind)
                })
                .collect(),
            structures: definitions()
                .filter(|(_, schema)| is_structure(schema))
                .map(|(name, schema)| Structure::read(name, schema))
                .collect(),
            choices: definitions()
                .filter(|(_, schema)| !is_structure(schema))
                .map(|(name, schema)| Choices::read(name, schema))
                .collect(),
        }
        .resolved()
    }

    /// A reference in the schema looks the same for a structure and for a list of values.
    fn resolved(mut self) -> Self {
        let choices: Vec<_> = self.choices.iter().map(|choices| choices.name.clone()).collect();
        let structures = self.kinds.iter_mut().chain(&mut self.structures);
        for field in structures.flat_map(|structure| &mut structure.fields) {
            field.ty.resolve(&choices);
        }
        self
    }
}

impl Structure {
    fn read(name: &str, schema: &Value) -> Self {
        let required: Vec<_> = items(&schema["required"]).map(text).collect();
        let properties = schema["properties"].as_object().into_iter().flatten();
        let mut fields: Vec<_> = properties
            .map(|(field, schema)| Field {
                name: field.clone(),
                doc: line(schema),
                ty: Type::read(&format!("{name}.{field}"), schema),
                required: required.contains(field),
            })
            .collect();
        let declared = declared(name);
        let position = |field: &Field| declared.iter().position(|name| *name == field.name);
        // The kind is no field of the struct, and comes first.
        fields.sort_by_key(position);
        Self { name: name.to_owned(), doc: line(schema), fields }
    }
}

impl Choices {
    fn read(name: &str, schema: &Value) -> Self {
        let open = schema["enum"].is_null();
        let values = if open { &schema["examples"] } else { &schema["enum"] };
        let values = items(values).map(text).collect();
        Self { name: name.to_owned(), doc: line(schema), values, open }
    }
}

impl Type {
    fn read(path: &str, schema: &Value) -> Self {
        if let Some(text) = schema["const"].as_str() {
            return Self::Constant(text.to_owned());
        }
        if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
            return Self::Structure(name.to_owned());
        }
        if let Some(inner) = items(&schema["anyOf"]).find(|inner| inner["type"] != "null") {
            return Self::read(path, inner);
        }
        let mut names = schema["type"]
            .as_str()
            .into_iter()
            .chain(items(&schema["type"]).filter_map(Value::as_str));
        match names.find(|name| *name != "null") {
            Some("string") if schema["x-rochdale"] == "date" => Self::Date,
            Some("string") => Self::Text,
            Some("boolean") => Self::Boolean,
            Some("integer" | "number") => Self::Number,
            Some("object") => Self::Map,
            Some("array") => Self::List(Box::new(Self::read(path, &schema["items"]))),
            _ => panic!("`{path}` has a shape that other languages cannot spell yet: {schema}"),
        }
    }

    fn resolve(&mut self, choices: &[String]) {
        match self {
            Self::Structure(name) if choices.contains(name) => *self = Self::Choice(name.clone()),
            Self::List(inner) => inner.resolve(choices),
            _ => {}
        }
    }
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The documentation as one line.
fn line(schema: &Value) -> String {
    text(&schema["description"]).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The fields of a structure in the order in which the core declares them.
fn declared(name: &str) -> Vec<&'static str> {
    let mut open: Vec<_> = Kind::INFOS.iter().map(|kind| kind.structure).collect();
    let mut seen = Vec::new();
    while let Some(structure) = open.pop() {
        if pascal(structure.name) == name {
            return structure.fields.iter().map(|field| field.name).collect();
        }
        if !seen.contains(&structure.name) {
            seen.push(structure.name);
            open.extend(structure.fields.iter().filter_map(|field| match field.ty {
                FieldType::Structure(inner) => Some(inner),
                _ => None,
            }));
        }
    }
    Vec::new()
}

/// The name of a kind as the name of a type: `mutual_entity` gives `MutualEntity`.
fn pascal(name: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>())
    };
    name.split('_').filter_map(capital).collect()
}
