//! Limits on values, such as `maxLength`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::api::Literal;

const KEYWORDS: [&str; 13] = [
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "uniqueItems",
];

pub(crate) fn is_limit(keyword: &str) -> bool {
    KEYWORDS.contains(&keyword)
}

/// The limits of one schema, in the form of OpenAPI 3.1. Limits without an effect are left out.
pub(crate) fn of(schema: &Map<String, Value>) -> BTreeMap<String, Literal> {
    let mut limits: BTreeMap<String, Literal> = BTreeMap::new();
    for (keyword, value) in schema.iter().filter(|(keyword, _)| is_limit(keyword)) {
        let says_nothing = match keyword.as_str() {
            "minLength" | "minItems" | "minProperties" => value.as_u64() == Some(0),
            "uniqueItems" => value == &Value::Bool(false),
            // In 3.0 these are flags that modify `maximum` and `minimum`.
            "exclusiveMaximum" | "exclusiveMinimum" => value.is_boolean(),
            _ => false,
        };
        if !says_nothing {
            limits.insert(keyword.clone(), Literal::of(value));
        }
    }
    for (flag, limited) in [("exclusiveMaximum", "maximum"), ("exclusiveMinimum", "minimum")] {
        if schema.get(flag) == Some(&Value::Bool(true))
            && let Some(limit) = limits.remove(limited)
        {
            limits.insert(flag.to_owned(), limit);
        }
    }
    limits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(text: &str) -> Vec<String> {
        let schema: Value = serde_yaml::from_str(text).unwrap();
        of(schema.as_object().unwrap()).iter().map(|(keyword, limit)| format!("{keyword} {limit}")).collect()
    }

    #[test]
    fn both_forms_of_exclusive_limits_are_equal() {
        assert_eq!(
            limits("{minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false}"),
            ["exclusiveMinimum 1", "maximum 9"]
        );
        assert_eq!(limits("{exclusiveMinimum: 1, maximum: 9}"), ["exclusiveMinimum 1", "maximum 9"]);
        assert!(limits("{minLength: 0, uniqueItems: false, type: string}").is_empty());
    }
}
