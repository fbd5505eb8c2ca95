//! Reads the values of a JSON body, with the rules and error messages of the portal
//! (docs/portal/requests-and-answers.md#json-input, docs/portal/errors.md#validation):
//!
//! - Names match in any case. The last of a repeated name counts.
//! - Numbers may be strings.
//! - Of unreadable values only the first is reported, under its JSON path.
//! - Of broken validation rules all are reported, under the names of their properties.
//!
//! A handler reads the values one by one, and then calls [`Form::finish`]. Only after that does it
//! look up rooms.

mod lists;
mod scalars;

use crate::http::Request;
use crate::wire::failure::Failure;
use crate::wire::json::{self, Node, Value};

/// An object of a body while it is read.
#[derive(Debug)]
pub(crate) struct Form {
    members: Vec<(String, Node)>,
    end: usize,
    path: String,
    label: String,
    errors: Errors,
}

#[derive(Debug, Default)]
struct Errors {
    /// The first unreadable value in the text: its position, path and message.
    unreadable: Option<(usize, String, String)>,
    /// Broken validation rules: the property and the message.
    rules: Vec<(String, String)>,
}

/// The body as text, or `None` if it is empty. Fails if the content type is not JSON.
fn text_of(request: &Request) -> Result<Option<String>, Failure> {
    let kind = request.header_value("content-type").unwrap_or_default();
    let (media, parameters) = kind.split_once(';').unwrap_or((kind, ""));
    let media = media.trim().to_ascii_lowercase();
    let is_json = media == "application/json"
        || media == "text/json"
        || (media.starts_with("application/") && media.ends_with("+json"));
    if !is_json {
        return Err(Failure::UnsupportedMediaType);
    }
    if request.body.is_empty() {
        return Ok(None);
    }
    let text = if parameters.to_ascii_lowercase().contains("utf-16") {
        let units: Vec<u16> = request
            .body
            .chunks(2)
            .map(|two| two.iter().rev().fold(0, |all, byte| all << 8 | u16::from(*byte)))
            .collect();
        String::from_utf16_lossy(&units)
    } else {
        let unreadable = |_| {
            Failure::invalid("$", "The JSON value is not valid UTF-8. Path: $ | LineNumber: 0 | BytePositionInLine: 0.")
        };
        String::from_utf8(request.body.clone()).map_err(unreadable)?
    };
    Ok(Some(text.trim_start_matches('\u{feff}').to_owned()))
}

fn not_converted(kind: &str, path: &str, end: usize) -> String {
    format!(
        "The JSON value could not be converted to {kind}. Path: {path} | LineNumber: 0 | BytePositionInLine: {end}."
    )
}

/// The name of the property in the portal's code.
pub(super) fn pascal_case(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

impl Form {
    /// Parses a required body. `label` is the name of the parameter in the portal's error messages,
    /// which is empty if the body is the whole parameter. `dto` is the name of its type.
    pub(crate) fn open(request: &Request, label: &str, dto: &str) -> Result<Self, Failure> {
        let text = text_of(request)?;
        let missing = || Failure::invalid(label, "A non-empty request body is required.");
        let Some(text) = text else { return Err(missing()) };
        let node = json::parse(&text).map_err(|error| Failure::invalid(error.path, error.message))?;
        match node.value {
            Value::Null => Err(missing()),
            Value::Object(members) => Ok(Self {
                members,
                end: node.end,
                path: "$".into(),
                label: if label.is_empty() { String::new() } else { format!("{label}.") },
                errors: Errors::default(),
            }),
            _ => Err(Failure::invalid("$", not_converted(dto, "$", node.error_position()))),
        }
    }

    /// Whether the field was sent, even as null.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The value of a field, which the portal reads without a type.
    pub(crate) fn raw(&self, name: &str) -> Option<&Value> {
        self.find(name).map(|node| &node.value)
    }

    fn find(&self, name: &str) -> Option<&Node> {
        self.members.iter().rev().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, node)| node)
    }

    /// The JSON path with the name as the client sent it.
    fn path_to(&self, name: &str) -> String {
        let spelled = self.members.iter().rev().find(|(key, _)| key.eq_ignore_ascii_case(name));
        format!("{}.{}", self.path, spelled.map_or(name, |(key, _)| key.as_str()))
    }

    fn unreadable(&mut self, path: String, at: usize, kind: &str) {
        let message = not_converted(kind, &path, at);
        self.add_error(at, path, message);
    }

    fn add_error(&mut self, at: usize, path: String, message: String) {
        if self.errors.unreadable.as_ref().is_none_or(|(first, ..)| at < *first) {
            self.errors.unreadable = Some((at, path, message));
        }
    }

    /// Adds a broken validation rule of a field.
    pub(crate) fn add_rule_error(&mut self, name: &str, message: impl Into<String>) {
        self.errors.rules.push((format!("{}{}", self.label, pascal_case(name)), message.into()));
    }

    /// Reports fields that were not sent. The portal's type declares them `required`; null is
    /// allowed.
    pub(crate) fn required(&mut self, names: &[&str], dto: &str) {
        let missing: Vec<String> =
            names.iter().filter(|name| !self.has(name)).map(|name| format!("'{name}'")).collect();
        if !missing.is_empty() {
            let message = format!(
                "JSON deserialization for type '{dto}' was missing required properties including: {}.",
                missing.join(", ")
            );
            let path = self.path.clone();
            self.add_error(self.end, path, message);
        }
    }

    /// Reports a field that was not sent, or is null or blank.
    pub(crate) fn require_not_blank(&mut self, name: &str) {
        let blank = match self.find(name).map(|node| &node.value) {
            None | Some(Value::Null) => true,
            Some(Value::Text(text)) => text.trim().is_empty(),
            Some(_) => false,
        };
        if blank {
            self.add_rule_error(name, format!("The {} field is required.", pascal_case(name)));
        }
    }

    /// A string of at most `max` UTF-16 units.
    pub(crate) fn text(&mut self, name: &str, max: Option<usize>) -> Option<String> {
        let node = self.find(name)?.clone();
        match node.value {
            Value::Null => None,
            Value::Text(text) => {
                if let Some(max) = max.filter(|max| text.encode_utf16().count() > *max) {
                    let message =
                        format!("The field {} must be a string with a maximum length of {max}.", pascal_case(name));
                    self.add_rule_error(name, message);
                }
                Some(text)
            }
            _ => {
                self.unreadable(self.path_to(name), node.error_position(), "System.String");
                None
            }
        }
    }

    /// Fails if any value was unreadable or broke a rule. Call it after all values are read.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        if let Some((_, path, message)) = self.errors.unreadable {
            return Err(Failure::invalid(path, message));
        }
        if self.errors.rules.is_empty() {
            return Ok(());
        }
        let mut fields: Vec<(String, Vec<String>)> = Vec::new();
        for (name, message) in self.errors.rules {
            match fields.iter_mut().find(|(known, _)| *known == name) {
                Some((_, messages)) => messages.push(message),
                None => fields.push((name, vec![message])),
            }
        }
        Err(Failure::Invalid(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numbered::{Numbered as _, numbered};
    use serde_json::json;

    fn form(body: serde_json::Value) -> Form {
        Form::open(&Request::new("PUT", "/").json(&body), "Room", "Dto").expect("a body")
    }

    #[test]
    fn names_match_in_any_case_and_the_last_of_a_repeated_name_counts() {
        let request = Request { body: br#"{"Title":"a","TITLE":"b"}"#.to_vec(), ..Request::default() };
        let mut form = Form::open(&request.header("Content-Type", "text/json"), "", "Dto").expect("a body");
        assert_eq!(form.text("title", None).as_deref(), Some("b"));
    }

    #[test]
    fn only_the_first_unreadable_value_but_all_broken_rules_are_reported() {
        let mut bad = form(json!({"a": 1, "b": "x"}));
        bad.text("a", None);
        bad.boolean("b");
        bad.add_rule_error("c", "broken");
        assert!(matches!(bad.finish(), Err(Failure::Invalid(fields)) if fields.len() == 1 && fields[0].0 == "$.a"));
        let mut broken = form(json!({"title": "long", "logo": {"width": 0}}));
        broken.text("title", Some(2));
        broken.object("logo", "Logo", |logo| logo.ranged("width", 0, 1, 1280));
        let Err(Failure::Invalid(fields)) = broken.finish() else { panic!("two broken rules") };
        assert_eq!(fields.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["Room.Title", "Room.Logo.Width"]);
    }

    #[test]
    fn integers_may_be_strings_but_not_fractions() {
        for (value, read) in [(json!(5), Some(5)), (json!("5"), Some(5)), (json!(1.0), None), (json!("x"), None)] {
            assert_eq!(form(json!({"quota": value})).number("quota"), read, "{value}");
        }
    }

    numbered! {
        Role {
            READ = 2 "Read",
        }
    }

    #[test]
    fn unreadable_lenient_enums_become_zero() {
        for (value, read) in [
            (json!(2), 2),
            (json!("Read"), 2),
            (json!("2"), 2),
            (json!("read"), 0),
            (json!(2.0), 0),
            (json!(null), 0),
            (json!(true), 0),
        ] {
            let role: Role = form(json!({"access": value})).lenient_enum("access", "FileShare");
            assert_eq!(role.number(), read, "{value}");
        }
        assert_eq!(form(json!({"access": 2})).lenient_enum::<Role>("access", "FileShare"), Role::READ);
    }
}
