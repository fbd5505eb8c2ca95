//! Comparison of two JSON values.

use chrono::DateTime;
use serde_json::Value;

/// The differences of `written` from `read`, each with its place. Numbers are compared by value,
/// not by notation.
pub(crate) fn differences(read: &Value, written: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare("$", read, written, &mut found);
    found
}

fn compare(place: &str, read: &Value, written: &Value, found: &mut Vec<String>) {
    match (read, written) {
        (Value::Object(read), Value::Object(written)) => {
            for (key, value) in read {
                match written.get(key) {
                    Some(other) => compare(&format!("{place}.{key}"), value, other, found),
                    None => found.push(format!("{place}.{key} is missing, it was {value}")),
                }
            }
            for (key, value) in written.iter().filter(|(key, _)| !read.contains_key(*key)) {
                found.push(format!("{place}.{key} was added as {value}"));
            }
        }
        (Value::Array(read), Value::Array(written)) if read.len() == written.len() => {
            for (index, (value, other)) in read.iter().zip(written).enumerate() {
                compare(&format!("{place}[{index}]"), value, other, found);
            }
        }
        _ if read == written => {}
        // Different large integers can be equal as floats, so integers are not compared as floats.
        (Value::Number(read), Value::Number(written))
            if (read.is_f64() || written.is_f64()) && read.as_f64() == written.as_f64() => {}
        (Value::String(read), Value::String(written)) if is_same_moment(read, written) => {}
        _ => found.push(format!("{place} is {written}, it was {read}")),
    }
}

/// Whether a date of a webhook and a date with seven digits after the second are the same moment.
/// The client writes all dates with seven digits (docs/portal/webhooks.md#webhook-record).
fn is_same_moment(read: &str, written: &str) -> bool {
    let has_seven_digits = written.len() == "0000-00-00T00:00:00.0000000Z".len();
    let moments = DateTime::parse_from_rfc3339(read).ok().zip(DateTime::parse_from_rfc3339(written).ok());
    has_seven_digits && moments.is_some_and(|(read, written)| read == written)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::differences;

    #[test]
    fn numbers_are_compared_by_value() {
        assert!(differences(&json!({"n": 100}), &json!({"n": 100.0})).is_empty());
        assert_eq!(differences(&json!([0.5]), &json!([0.25])), ["$[0] is 0.25, it was 0.5"]);
        assert_eq!(differences(&json!([i64::MAX]), &json!([i64::MAX - 1])).len(), 1);
    }

    #[test]
    fn dates_of_webhooks_are_compared_by_moment() {
        let written = json!("2026-11-28T02:58:03.0000000Z");
        for read in ["2026-11-28T02:58:03Z", "2026-11-28T02:58:03+00:00"] {
            assert!(differences(&json!(read), &written).is_empty(), "{read}");
        }
        assert_eq!(differences(&json!("2026-11-28T02:58:04Z"), &written).len(), 1);
    }

    #[test]
    fn missing_and_added_members_are_reported_with_their_place() {
        let read = json!({"a": {"gone": 1}, "list": [1, 2]});
        let written = json!({"a": {"new": null}, "list": [1]});
        let expected = ["$.a.gone is missing, it was 1", "$.a.new was added as null", "$.list is [1], it was [1,2]"];
        assert_eq!(differences(&read, &written), expected);
    }
}
