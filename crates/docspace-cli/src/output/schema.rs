//! The JSON Schema of what a command prints with `--json`.

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::field::Record;

/// Whether a command prints several records or one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A JSON array of objects.
    Array,
    /// A JSON object.
    Object,
}

/// Returns the schema of records. None of their fields is required, because the caller names those
/// to print.
pub(crate) fn schema_of<R: Record>(shape: Shape) -> Map<String, Value> {
    let mut generator = generator();
    let properties: Map<_, _> =
        R::FIELDS.iter().map(|field| (field.name.to_owned(), field.schema(&mut generator).to_value())).collect();
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("properties".to_owned(), Value::Object(properties));
    schema.insert("additionalProperties".to_owned(), json!(false));
    if shape == Shape::Array {
        schema = Map::from_iter([("type".to_owned(), json!("array")), ("items".to_owned(), Value::Object(schema))]);
    }
    schema.insert("$schema".to_owned(), json!(generator.settings().meta_schema));
    schema
}

/// Returns the generator of all schemas: for the draft 2020-12, and without references.
pub(crate) fn generator() -> SchemaGenerator {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings.with(|settings| settings.inline_subschemas = true).into_generator()
}
