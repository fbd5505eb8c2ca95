//! The flags `-f` and `-F`: fields of the body or the query.

use clap::Args;
use serde_json::{Map, Value};

use crate::failure::Failure;
use crate::input;

/// The flags for fields.
#[derive(Debug, Args)]
pub(super) struct FieldArgs {
    /// Add a field with a text as its value; repeat the flag to add several
    #[arg(long = "raw-field", short = 'f', value_name = "KEY=VALUE")]
    raw: Vec<String>,
    /// Add a field whose value is JSON for true, false, null and whole numbers, the content of a
    /// file for @FILE, and that of standard input for @-; otherwise, a text
    #[arg(long = "field", short = 'F', value_name = "KEY=VALUE")]
    typed: Vec<String>,
}

impl FieldArgs {
    /// Whether no field is given.
    pub(super) fn is_empty(&self) -> bool {
        self.raw.is_empty() && self.typed.is_empty()
    }

    /// Returns the fields in their order: first the texts, then the typed ones.
    fn pairs(&self) -> Result<Vec<(&str, Value)>, Failure> {
        let split = |field: &'_ String| -> Result<(usize, usize), Failure> {
            match field.find('=') {
                Some(place) if place > 0 => Ok((place, place + 1)),
                _ => Err(Failure::usage(format!("`{field}` is not a field")).advise("use the form KEY=VALUE")),
            }
        };
        let mut pairs = Vec::new();
        for field in &self.raw {
            let (key, value) = split(field)?;
            pairs.push((&field[..key], Value::String(field[value..].to_owned())));
        }
        for field in &self.typed {
            let (key, value) = split(field)?;
            pairs.push((&field[..key], typed(&field[value..])?));
        }
        Ok(pairs)
    }

    /// Returns the fields as a JSON object. `a[b]` is a field of an object, and `a[]` adds to an
    /// array.
    pub(super) fn body(&self) -> Result<Value, Failure> {
        let mut body = Value::Object(Map::new());
        for (key, value) in self.pairs()? {
            insert(&mut body, &path(key)?, value)
                .ok_or_else(|| Failure::usage(format!("the field `{key}` contradicts an earlier field")))?;
        }
        Ok(body)
    }

    /// Returns the fields for a query. `a[]` repeats the name `a`.
    pub(super) fn query(&self) -> Result<Vec<(String, String)>, Failure> {
        let text = |value: Value| match value {
            Value::String(text) => text,
            other => other.to_string(),
        };
        let name = |key: &str| key.strip_suffix("[]").unwrap_or(key).to_owned();
        Ok(self.pairs()?.into_iter().map(|(key, value)| (name(key), text(value))).collect())
    }
}

/// Returns the value of a typed field.
fn typed(text: &str) -> Result<Value, Failure> {
    if let Some(file) = text.strip_prefix('@') {
        return input::read_text(file).map(Value::String);
    }
    Ok(match text {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        "null" => Value::Null,
        _ => text.parse::<i64>().map_or_else(|_| Value::String(text.to_owned()), Value::from),
    })
}

/// A part of the name of a field.
#[derive(Debug, PartialEq, Eq)]
enum Part<'k> {
    Name(&'k str),
    /// `[]`, the next element of an array.
    Next,
}

/// Splits a name such as `a[b][]` into its parts.
fn path(key: &str) -> Result<Vec<Part<'_>>, Failure> {
    let reject = || {
        Failure::usage(format!("`{key}` is not the name of a field"))
            .advise("use a form such as title, share[access] or tags[]")
    };
    let (first, mut rest) = key.split_at(key.find('[').unwrap_or(key.len()));
    if first.is_empty() {
        return Err(reject());
    }
    let mut parts = vec![Part::Name(first)];
    while !rest.is_empty() {
        let (name, after) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')).ok_or_else(reject)?;
        parts.push(if name.is_empty() { Part::Next } else { Part::Name(name) });
        rest = after;
    }
    Ok(parts)
}

/// Sets the value at a path. Returns `None` if a part of the path has another type already.
fn insert(target: &mut Value, path: &[Part<'_>], value: Value) -> Option<()> {
    let Some((part, rest)) = path.split_first() else {
        *target = value;
        return Some(());
    };
    match part {
        Part::Name(name) => {
            if target.is_null() {
                *target = Value::Object(Map::new());
            }
            let fields = target.as_object_mut()?;
            if rest.is_empty() && fields.contains_key(*name) {
                return None;
            }
            insert(fields.entry(*name).or_insert(Value::Null), rest, value)
        }
        Part::Next => {
            if target.is_null() {
                *target = Value::Array(Vec::new());
            }
            let elements = target.as_array_mut()?;
            // A field of an object goes to the last element until that element has this field.
            if let [Part::Name(name), ..] = rest
                && let Some(last) = elements.last_mut()
                && last.as_object().is_some_and(|fields| !fields.contains_key(*name))
            {
                return insert(last, rest, value);
            }
            elements.push(Value::Null);
            insert(elements.last_mut()?, rest, value)
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing::parsed;

    fn body(arguments: &[&str]) -> Option<Value> {
        parsed::<FieldArgs>(arguments).body().ok()
    }

    #[test]
    fn raw_fields_are_texts_and_typed_fields_are_json() {
        let fields = ["-f", "a=1", "-F", "b=1", "-F", "c=true", "-F", "d=null", "-F", "e=x=y", "-F", "f=1.5"];
        assert_eq!(body(&fields), Some(json!({"a": "1", "b": 1, "c": true, "d": null, "e": "x=y", "f": "1.5"})));
    }

    #[test]
    fn names_with_brackets_make_objects_and_arrays() {
        let fields = ["-f", "tags[]=a", "-f", "tags[]=b", "-F", "logo[x]=0", "-F", "logo[y]=1"];
        assert_eq!(body(&fields), Some(json!({"tags": ["a", "b"], "logo": {"x": 0, "y": 1}})));
        let fields = ["-f", "to[][id]=a", "-f", "to[][access]=r", "-f", "to[][id]=b", "-f", "to[][access]=w"];
        assert_eq!(body(&fields), Some(json!({"to": [{"id": "a", "access": "r"}, {"id": "b", "access": "w"}]})));
    }

    #[test]
    fn malformed_and_contradictory_fields_are_rejected() {
        for fields in [
            &["-f", "a"][..],
            &["-f", "=a"],
            &["-f", "[a]=b"],
            &["-f", "a[=b"],
            &["-f", "a[b]c=d"],
            &["-f", "a=b", "-f", "a=c"],
            &["-f", "a=b", "-f", "a[]=c"],
            &["-F", "a=@nosuch"],
        ] {
            assert_eq!(body(fields), None, "{fields:?}");
        }
    }

    #[test]
    fn query_repeats_the_names_of_arrays() {
        let fields = parsed::<FieldArgs>(&["-f", "type[]=1", "-f", "type[]=2", "-F", "count=5"]);
        let pairs = fields.query().expect("fields");
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| (&**name, &**value)).collect();
        assert_eq!(pairs, [("type", "1"), ("type", "2"), ("count", "5")]);
    }
}
