//! JSON that is easy to read and to compare line by line.

use serde_json::Value;

/// Maximum width of a value on one line, in columns.
const WIDTH: usize = 120;

/// Writes JSON with sorted keys, and with short values on one line.
pub fn pretty_json(value: &Value) -> String {
    let mut text = String::new();
    pretty(value, 0, 0, &mut text);
    text.push('\n');
    text
}

fn pretty(value: &Value, indent: usize, column: usize, text: &mut String) {
    let line = compact(value);
    if column + line.len() <= WIDTH || !(value.is_array() || value.is_object()) {
        text.push_str(&line);
        return;
    }
    let (open, close) = if value.is_array() { ('[', ']') } else { ('{', '}') };
    text.push(open);
    for (index, (key, value)) in members(value).into_iter().enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        let label = key.map_or_else(String::new, |key| format!("{}: ", Value::from(key)));
        let start = format!("{}{label}", "  ".repeat(indent + 1));
        text.push_str(&start);
        // Leave one column for the comma.
        pretty(value, indent + 1, start.len() + 1, text);
    }
    text.push('\n');
    text.push_str(&"  ".repeat(indent));
    text.push(close);
}

fn compact(value: &Value) -> String {
    if !value.is_array() && !value.is_object() {
        return value.to_string();
    }
    let inside: Vec<_> = members(value)
        .into_iter()
        .map(|(key, value)| {
            key.map_or_else(|| compact(value), |key| format!("{}: {}", Value::from(key), compact(value)))
        })
        .collect();
    if value.is_array() { format!("[{}]", inside.join(", ")) } else { format!("{{{}}}", inside.join(", ")) }
}

/// The members of a mapping, sorted by key regardless of serde_json's features, or the elements of
/// a list.
fn members(value: &Value) -> Vec<(Option<&str>, &Value)> {
    match value {
        Value::Object(map) => {
            let mut members: Vec<_> = map.iter().map(|(key, value)| (Some(key.as_str()), value)).collect();
            members.sort_by_key(|(key, _)| *key);
            members
        }
        Value::Array(elements) => elements.iter().map(|value| (None, value)).collect(),
        _ => Vec::new(),
    }
}
