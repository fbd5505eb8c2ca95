//! Enums that a portal may extend, as other generators understand them.
//!
//! A generator makes a closed type of an `enum`, which fails to read an unknown value. So such an
//! enum becomes "one of the known values, or any number".

use serde_yaml::{Mapping, Value};

/// The mark of such an enum in the spec.
pub(crate) const OPEN: &str = "x-extensible-enum";

/// What stays with the enum itself; the rest belongs to its values.
const KEPT: [&str; 2] = ["description", OPEN];

/// Splits each marked enum into the schema that others refer to, and a schema with its values.
pub(super) fn open(document: &mut Value) {
    let Some(schemas) = document.get_mut("components").and_then(|components| components.get_mut("schemas")) else {
        return;
    };
    let Value::Mapping(all) = std::mem::take(schemas) else { return };
    let mut opened = Mapping::new();
    for (name, schema) in all {
        match (name.as_str(), schema) {
            (Some(text), Value::Mapping(schema)) if schema.get(OPEN) == Some(&true.into()) => {
                let values = format!("Known{text}");
                let (open, known) = split(schema, text, &values);
                opened.insert(name, open.into());
                opened.insert(values.into(), known.into());
            }
            (_, schema) => drop(opened.insert(name, schema)),
        }
    }
    *schemas = opened.into();
}

fn split(schema: Mapping, name: &str, values: &str) -> (Mapping, Mapping) {
    let mut open = Mapping::new();
    let mut known = Mapping::new();
    known.insert("description".into(), format!("The values of `{name}` that this version knows.").into());
    let mut any = Mapping::new();
    for (key, value) in schema {
        match key.as_str() {
            Some(text) if KEPT.contains(&text) => drop(open.insert(key, value)),
            Some("type" | "format") => {
                any.insert(key.clone(), value.clone());
                known.insert(key, value);
            }
            _ => drop(known.insert(key, value)),
        }
    }
    let mut reference = Mapping::new();
    reference.insert("$ref".into(), format!("#/components/schemas/{values}").into());
    open.insert("anyOf".into(), Value::Sequence(vec![reference.into(), any.into()]));
    (open, known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_enums_are_split_and_others_are_kept() {
        let mut document: Value = serde_yaml::from_str(
            "components:
  schemas:
    Kind: {description: d, type: integer, enum: [1], x-extensible-enum: true, x-enum-varnames: [One]}
    Order: {type: string, enum: [a]}",
        )
        .unwrap();
        open(&mut document);
        let expected: Value = serde_yaml::from_str(
            "components:
  schemas:
    Kind:
      description: d
      x-extensible-enum: true
      anyOf: [{$ref: '#/components/schemas/KnownKind'}, {type: integer}]
    KnownKind:
      description: The values of `Kind` that this version knows.
      type: integer
      enum: [1]
      x-enum-varnames: [One]
    Order: {type: string, enum: [a]}",
        )
        .unwrap();
        assert_eq!(document, expected);
    }
}
