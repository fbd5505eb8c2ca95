//! Errors with several media types, as other generators understand them.
//!
//! Some generators choose the type of an error by its status, and take the first media type. So the
//! first one gets the types of all.

use serde_yaml::{Mapping, Value};

/// Makes the schema of the first media type of each shared answer stand for all its media types.
pub(super) fn join(document: &mut Value) {
    let responses = document.get_mut("components").and_then(|components| components.get_mut("responses"));
    for (_, response) in responses.and_then(Value::as_mapping_mut).into_iter().flatten() {
        let Some(content) = response.get_mut("content").and_then(Value::as_mapping_mut) else { continue };
        let schemas: Vec<Value> = content.values().filter_map(|media_type| media_type.get("schema").cloned()).collect();
        if let (2.., Some(first)) = (schemas.len(), content.values_mut().next()) {
            let mut any = Mapping::new();
            any.insert("anyOf".into(), schemas.into());
            first["schema"] = any.into();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_media_type_stands_for_all() {
        let mut document: Value = serde_yaml::from_str(
            "components: {responses: {
               A: {content: {application/json: {schema: {title: a}}, application/problem+json: {schema: {title: b}}}},
               B: {content: {application/json: {schema: {title: a}}}}, C: {description: d}}}",
        )
        .unwrap();
        let mut expected = document.clone();
        join(&mut document);
        let any: Value = serde_yaml::from_str("anyOf: [{title: a}, {title: b}]").unwrap();
        expected["components"]["responses"]["A"]["content"]["application/json"]["schema"] = any;
        assert_eq!(document, expected);
    }
}
