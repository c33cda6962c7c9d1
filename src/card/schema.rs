//! The shapes of files for machines -> JSON Schemas (draft 2020-12), each from its one declaration.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema as JsonSchemaValue};
use serde_json::{Map, Value};

use super::{Guide, LinkFile};
use crate::model::Address;

/// A file for machines that has a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schema {
    /// `index.json` beside a guide.
    Guide,
    /// `links.json` and its parts.
    Links,
}

impl Schema {
    /// All of them.
    pub const ALL: [Schema; 2] = [Schema::Guide, Schema::Links];

    /// Where the schema is served.
    pub fn address(self) -> Address {
        Address::schema(match self {
            Schema::Guide => "guide",
            Schema::Links => "links",
        })
    }

    /// The schema as JSON.
    pub(crate) fn json(self) -> Vec<u8> {
        let schema = match self {
            Schema::Guide => object::<Guide<'static>>(),
            Schema::Links => object::<LinkFile<'static>>(),
        };
        let mut json = serde_json::to_vec_pretty(&schema).expect("a schema is JSON");
        json.push(b'\n');
        json
    }
}

/// The schema of a shape, as it is written: a field that is left out at times is not required.
pub(crate) fn object<T: JsonSchema>() -> Map<String, Value> {
    let mut settings = SchemaSettings::draft2020_12().for_serialize();
    settings
        .transforms
        .push(Box::new(RecursiveTransform(plain)));
    let schema = settings.into_generator().into_root_schema_for::<T>();
    match schema.to_value() {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}

/// Takes away what validators do not know: formats of numbers that are Rust's own.
fn plain(schema: &mut JsonSchemaValue) {
    let format = schema.get("format").and_then(Value::as_str);
    if format.is_some_and(|format| format.contains("int")) {
        schema.remove("format");
    }
}
