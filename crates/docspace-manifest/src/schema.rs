//! The JSON Schema of a manifest, with which an editor completes and checks a file while it is
//! written.
//!
//! The schema is derived from the types of [`manifest`](crate::manifest), so that it has all keys
//! and their descriptions. What only some types of room can have is checked by
//! [`parse`](crate::parse()) alone, whose messages name the alternatives.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::manifest::Manifest;

/// The name of the file with the schema, which the first line of an exported manifest refers to.
pub const FILE_NAME: &str = "docspace-manifest.schema.json";

/// The first line of a manifest, from which editors find its schema. `schema` is the path from the
/// manifest to the schema, or its address.
pub fn first_line(schema: &str) -> String {
    format!("# yaml-language-server: $schema={schema}")
}

/// Returns the schema of a manifest, in draft 7, which all editors know.
pub fn manifest_schema() -> Value {
    SchemaSettings::draft07().into_generator().into_root_schema_for::<Manifest>().to_value()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{Source, parse};

    /// Every object of the schema, by its name.
    fn objects() -> Vec<(String, Value)> {
        let schema = manifest_schema();
        let parts = schema["definitions"].as_object().cloned().unwrap_or_default();
        let root = std::iter::once(("Manifest".to_owned(), schema));
        root.chain(parts).filter(|(_, part)| part["properties"].is_object()).collect()
    }

    #[test]
    fn every_key_is_described_and_no_other_is_allowed() {
        let mut count = 0;
        for (name, object) in objects() {
            assert_eq!(object["additionalProperties"], false, "{name}");
            for (key, property) in object["properties"].as_object().unwrap() {
                assert!(property["description"].is_string(), "{name}.{key} {property}");
                assert!(!key.contains('_'), "{name}.{key}");
                count += 1;
            }
        }
        assert!(count > 40, "{count}");
    }

    /// The parser and the schema know the same keys.
    #[test]
    fn every_key_of_the_schema_is_read() {
        let schema = manifest_schema();
        let room = &schema["definitions"]["Room"]["properties"];
        let link = &schema["definitions"]["Link"]["properties"];
        let keys = |object: &Value| object.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        for (key, file) in keys(room).iter().map(|key| (key, format!("rooms: [{{{key}: [[]]}}]"))).chain(
            keys(link)
                .iter()
                .map(|key| (key, format!("rooms: [{{title: a, type: custom, links: {{a: {{{key}: [[]]}}}}}}]"))),
        ) {
            let problems = parse(&[Source::new("f", file)]).unwrap_err().to_string();
            assert!(!problems.contains(&format!("no key `{key}`")), "{key}: {problems}");
        }
    }

    #[test]
    fn schema_accepts_what_is_read() {
        let file = r#"{"name": "acme", "defaults": {"custom": {"tags": null, "quota": "2GiB"}}, "rooms": [{
            "title": "Audit", "type": "custom", "previously": "Old", "lifetime": {"keep": "6 months"},
            "watermark": null, "folders": ["Contracts/2026", 2027], "members": {"ann@acme.com": "read"}, "color": "FF5733", "links": {
            "a": {"access": "read", "expires": "2027-01-31", "password": {"env": "A"}},
            "b": {"type": "invitation", "access": "read", "max-uses": null}}}]}"#;
        parse(&[Source::new("f", file)]).unwrap();
        let validator = jsonschema::validator_for(&manifest_schema()).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&serde_json::from_str(file).unwrap()).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        for bad in [r#"{"room": []}"#, r#"{"rooms": [{"title": "a"}]}"#, r#"{"rooms": [{"title": "a", "type": "x"}]}"#]
        {
            assert!(!validator.is_valid(&serde_json::from_str(bad).unwrap()), "{bad}");
        }
    }
}
