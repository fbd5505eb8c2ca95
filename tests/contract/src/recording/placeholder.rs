//! The placeholders in the requests of a recording: `${name}` stands for a variable.

use std::collections::BTreeMap;

use serde_json::Value;

/// The values of the variables, by name.
pub type Variables = BTreeMap<String, Value>;

/// Replaces the placeholders at any depth. A text that consists of one placeholder becomes the
/// variable's value with its type. A placeholder of an unknown variable is not replaced.
pub fn fill(value: &Value, variables: &Variables) -> Value {
    match value {
        Value::String(text) => {
            let name = text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
            let variable = name.and_then(|name| variables.get(name));
            variable.cloned().unwrap_or_else(|| fill_text(text, variables).into())
        }
        Value::Array(items) => items.iter().map(|item| fill(item, variables)).collect(),
        Value::Object(members) => members.iter().map(|(key, inner)| (key.clone(), fill(inner, variables))).collect(),
        other => other.clone(),
    }
}

/// Replaces the placeholders in a text.
pub fn fill_text(text: &str, variables: &Variables) -> String {
    let mut filled = text.to_owned();
    for (name, value) in variables {
        if !filled.contains("${") {
            break;
        }
        filled = filled.replace(&format!("${{{name}}}"), &as_text(value));
    }
    filled
}

/// A value as it is written in a path or a query: strings have no quotes.
pub(crate) fn as_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn placeholders_are_filled_at_any_depth_and_keep_their_type() {
        let variables = Variables::from([("room".to_owned(), json!(17)), ("user_id".to_owned(), json!("u"))]);
        let value = json!({"id": "${room}", "paths": ["/rooms/${room}/share/${user_id}", "${unknown}"]});
        assert_eq!(fill(&value, &variables), json!({"id": 17, "paths": ["/rooms/17/share/u", "${unknown}"]}));
    }
}
