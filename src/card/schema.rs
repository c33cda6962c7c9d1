//! The shapes of files for machines -> JSON Schemas (draft 2020-12), each from its one declaration.

use schemars::generate::SchemaSettings;

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
        // What is written always has the fields that it must have, also those that a reader could do without.
        let generator = SchemaSettings::draft2020_12()
            .for_serialize()
            .into_generator();
        let schema = match self {
            Schema::Guide => generator.into_root_schema_for::<Guide<'static>>(),
            Schema::Links => generator.into_root_schema_for::<LinkFile<'static>>(),
        };
        let mut json = serde_json::to_vec_pretty(&schema).expect("a schema is JSON");
        json.push(b'\n');
        json
    }
}
