//! A [`Form`] -> a JSON Schema, with the ids of a book where they are given.
//!
//! Draft 07: editors' YAML language servers have read it for longest, and nothing here needs a later one.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Field, Form, Id};

/// What a line of text cannot hold: line breaks inside it, and what neither HTML nor XML can.
const LINE: &str = r"^\s*[^\u0000-\u0008\n-\u001f\u007f-\u009f\ufffe\uffff]*\s*$";
const ID: &str = "^(?!sb-)(?!(on|off|yes|no|true|false|null)$)(?![0-9]+$)[a-z0-9]+(-[a-z0-9]+)*$";
const DATE: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

/// Stands in every schema, so that it is known as one.
pub const SCHEMA_COMMENT: &str =
    "Written by `stepbook schema`; write it again instead of editing it.";

/// Ids by what they are: a schema lists them where a field refers to one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names(pub BTreeMap<&'static str, Vec<Name>>);

/// An id that a field may refer to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// The id.
    pub id: String,
    /// The ids of its parts: the options of a choice.
    pub parts: Vec<String>,
}

impl Names {
    fn of(&self, kind: &str) -> &[Name] {
        self.0.get(kind).map_or(&[], Vec::as_slice)
    }
}

/// The schema of a file of this form.
pub fn schema(form: &Form, title: &str, names: &Names) -> Map<String, Value> {
    let mut schema = Map::from_iter([
        (
            "$schema".to_owned(),
            json!("http://json-schema.org/draft-07/schema#"),
        ),
        ("$comment".to_owned(), json!(SCHEMA_COMMENT)),
        ("title".to_owned(), json!(title)),
    ]);
    let definitions: Map<String, Value> = names
        .0
        .iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(kind, names)| ((*kind).to_owned(), one_of(names.iter().map(|it| &it.id))))
        .collect();
    if !definitions.is_empty() {
        schema.insert("definitions".to_owned(), definitions.into());
    }
    schema.extend(value(form, None, names));
    schema
}

fn one_of<'a>(ids: impl Iterator<Item = &'a String>) -> Value {
    json!({"enum": ids.collect::<Vec<_>>()})
}

/// The schema of a form; `refers` says what the ids in it refer to.
fn value(form: &Form, refers: Option<&str>, names: &Names) -> Map<String, Value> {
    let value_of = |form: &Form| value(form, refers, names);
    let json = match form {
        Form::Text => json!({
            "type": ["string", "number"],
            "pattern": LINE,
            "patternErrorMessage": "expected one line of text",
        }),
        Form::Id => match refers.filter(|kind| !names.of(kind).is_empty()) {
            Some(kind) => json!({"$ref": format!("#/definitions/{kind}")}),
            None => json!({
                "type": "string",
                "pattern": ID,
                "maxLength": Id::MAX,
                "patternErrorMessage": "an id is made of a to z, 0 to 9 and single hyphens between them",
            }),
        },
        // The reader takes both in quotes, too.
        Form::Truth => json!({"type": ["boolean", "string"], "pattern": "^(true|false)$"}),
        Form::Number => json!({
            "type": ["integer", "string"],
            "minimum": 0,
            "maximum": u32::MAX,
            "pattern": r"^\+?[0-9]+$",
        }),
        Form::Date => json!({
            "type": "string",
            "format": "date",
            "pattern": DATE,
            "patternErrorMessage": "write year, month and day as in 2026-11-23",
        }),
        Form::Pattern { pattern, expected } => json!({
            "type": "string",
            "pattern": pattern,
            "patternErrorMessage": format!("expected {expected}"),
        }),
        Form::Words(words) => {
            let (words, docs): (Vec<_>, Vec<_>) = words.iter().copied().unzip();
            json!({"enum": words, "enumDescriptions": docs})
        }
        Form::List(of) => json!({"type": "array", "items": value_of(of)}),
        Form::Entries { key, value: of } => json!({
            "type": "object",
            "propertyNames": value_of(key),
            "additionalProperties": value(of, None, names),
        }),
        Form::Picks { of, fields, some } => return picks(of, fields, *some, names),
        Form::Mapping { doc, fields } => {
            let mut schema = mapping(fields, names);
            schema.insert("description".to_owned(), json!(doc));
            schema.insert("additionalProperties".to_owned(), json!(false));
            return schema;
        }
        Form::Either(forms) => {
            json!({"anyOf": forms.iter().map(value_of).collect::<Vec<_>>()})
        }
    };
    object(json)
}

fn object(json: Value) -> Map<String, Value> {
    match json {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}

fn mapping(fields: &[Field], names: &Names) -> Map<String, Value> {
    let properties = fields.iter().map(|field| {
        let mut schema = value(&field.form, field.refers, names);
        // Nothing may stand beside a `$ref` in this draft.
        if schema.contains_key("$ref") {
            schema = object(json!({"allOf": [schema]}));
        }
        schema.insert("description".to_owned(), json!(field.doc));
        (field.name.to_owned(), schema.into())
    });
    let required = fields.iter().filter(|field| field.required);
    let required: Vec<&str> = required.map(|field| field.name).collect();
    let mut schema = object(json!({"type": "object"}));
    schema.insert(
        "properties".to_owned(),
        properties.collect::<Map<_, _>>().into(),
    );
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    schema
}

fn picks(of: &str, fields: &[Field], some: bool, names: &Names) -> Map<String, Value> {
    let one_or_many =
        |one: Value| json!({"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]});
    let mut schema = mapping(fields, names);
    if some {
        let least = 1 + fields.iter().filter(|field| field.required).count();
        schema.insert("minProperties".to_owned(), json!(least));
    }
    let known = names.of(of);
    if known.is_empty() {
        let id = value(&Form::Id, None, names);
        let keys = json!({"anyOf": [id, {"enum": fields.iter().map(|field| field.name).collect::<Vec<_>>()}]});
        let keys = if fields.is_empty() { json!(id) } else { keys };
        schema.insert("propertyNames".to_owned(), keys);
        schema.insert("additionalProperties".to_owned(), one_or_many(json!(id)));
        return schema;
    }
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        for name in known {
            let parts = one_of(name.parts.iter());
            properties.insert(name.id.clone(), one_or_many(parts));
        }
    }
    schema.insert("additionalProperties".to_owned(), json!(false));
    schema
}
