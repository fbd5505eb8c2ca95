//! Binding a JSON body to what a call needs, with the portal's rules and complaints (portal-facts 1.3, 1.4):
//! names in any case, of a repeated one the last, numbers also as strings, the first unreadable value
//! alone reported under its path, broken annotations all at once under their property names.
//!
//! A handler takes its members one by one and then asks [`Form::done`]; only after that it looks at rooms.

mod lists;
mod scalars;

use crate::http::Request;
use crate::wire::failure::Failure;
use crate::wire::json::{self, Node, Value};

/// One object of a body, while it is being read.
#[derive(Debug)]
pub(crate) struct Form {
    members: Vec<(String, Node)>,
    end: usize,
    path: String,
    label: String,
    faults: Faults,
}

#[derive(Debug, Default)]
struct Faults {
    /// The unreadable value that comes first in the text.
    unreadable: Option<(usize, String, String)>,
    /// Broken annotations: property and message.
    rules: Vec<(String, String)>,
}

/// The body as text: nothing if it is empty, a refusal if its type is no JSON.
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

/// The property's name in the portal's code.
pub(super) fn pascal(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

impl Form {
    /// A body that must be there. `label` is the parameter's name that the portal uses in complaints, empty
    /// for a body that is the whole parameter; `dto` the type's name.
    pub(crate) fn open(request: &Request, label: &str, dto: &str) -> Result<Self, Failure> {
        let text = text_of(request)?;
        let missing = || Failure::invalid(label, "A non-empty request body is required.");
        let Some(text) = text else { return Err(missing()) };
        let node = json::parse(&text).map_err(|broken| Failure::invalid("$", broken.message))?;
        match node.value {
            Value::Null => Err(missing()),
            Value::Object(members) => Ok(Self {
                members,
                end: node.end,
                path: "$".into(),
                label: if label.is_empty() { String::new() } else { format!("{label}.") },
                faults: Faults::default(),
            }),
            _ => Err(Failure::invalid("$", not_converted(dto, "$", node.place()))),
        }
    }

    /// Whether the member was sent, even as null.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    fn find(&self, name: &str) -> Option<&Node> {
        self.members.iter().rev().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, node)| node)
    }

    /// The path as the client spelled it.
    fn path_to(&self, name: &str) -> String {
        let spelled = self.members.iter().rev().find(|(key, _)| key.eq_ignore_ascii_case(name));
        format!("{}.{}", self.path, spelled.map_or(name, |(key, _)| key.as_str()))
    }

    fn unreadable(&mut self, path: String, at: usize, kind: &str) {
        let message = not_converted(kind, &path, at);
        self.fault(at, path, message);
    }

    fn fault(&mut self, at: usize, path: String, message: String) {
        if self.faults.unreadable.as_ref().is_none_or(|(first, ..)| at < *first) {
            self.faults.unreadable = Some((at, path, message));
        }
    }

    /// A broken annotation on a member.
    pub(crate) fn rule(&mut self, name: &str, message: impl Into<String>) {
        self.faults.rules.push((format!("{}{}", self.label, pascal(name)), message.into()));
    }

    /// Members that the portal's type declares `required`: they must be there, null or not.
    pub(crate) fn required(&mut self, names: &[&str], dto: &str) {
        let missing: Vec<String> =
            names.iter().filter(|name| !self.has(name)).map(|name| format!("'{name}'")).collect();
        if !missing.is_empty() {
            let message = format!(
                "JSON deserialization for type '{dto}' was missing required properties including: {}.",
                missing.join(", ")
            );
            let path = self.path.clone();
            self.fault(self.end, path, message);
        }
    }

    /// A member with the annotation "required": neither absent nor null nor blank.
    pub(crate) fn needed(&mut self, name: &str) {
        let blank = match self.find(name).map(|node| &node.value) {
            None | Some(Value::Null) => true,
            Some(Value::Text(text)) => text.trim().is_empty(),
            Some(_) => false,
        };
        if blank {
            self.rule(name, format!("The {} field is required.", pascal(name)));
        }
    }

    /// A string, at most `most` UTF-16 units long.
    pub(crate) fn text(&mut self, name: &str, most: Option<usize>) -> Option<String> {
        let node = self.find(name)?.clone();
        match node.value {
            Value::Null => None,
            Value::Text(text) => {
                if let Some(most) = most.filter(|most| text.encode_utf16().count() > *most) {
                    let message =
                        format!("The field {} must be a string with a maximum length of {most}.", pascal(name));
                    self.rule(name, message);
                }
                Some(text)
            }
            _ => {
                self.unreadable(self.path_to(name), node.place(), "System.String");
                None
            }
        }
    }

    /// All members are taken: complains if any was wrong.
    pub(crate) fn done(self) -> Result<(), Failure> {
        if let Some((_, path, message)) = self.faults.unreadable {
            return Err(Failure::invalid(path, message));
        }
        if self.faults.rules.is_empty() {
            return Ok(());
        }
        let mut fields: Vec<(String, Vec<String>)> = Vec::new();
        for (name, message) in self.faults.rules {
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
    fn names_come_in_any_case_and_the_last_of_a_repeated_one_counts() {
        let request = Request { body: br#"{"Title":"a","TITLE":"b"}"#.to_vec(), ..Request::default() };
        let mut form = Form::open(&request.header("Content-Type", "text/json"), "", "Dto").expect("a body");
        assert_eq!(form.text("title", None).as_deref(), Some("b"));
    }

    #[test]
    fn the_first_unreadable_value_is_told_alone_and_broken_rules_all_at_once() {
        let mut bad = form(json!({"a": 1, "b": "x"}));
        bad.text("a", None);
        bad.boolean("b");
        bad.rule("c", "broken");
        assert!(matches!(bad.done(), Err(Failure::Invalid(fields)) if fields.len() == 1 && fields[0].0 == "$.a"));
        let mut broken = form(json!({"title": "long", "logo": {"width": 0}}));
        broken.text("title", Some(2));
        broken.object("logo", "Logo", |logo| logo.ranged("width", 0, 1, 1280));
        let Err(Failure::Invalid(fields)) = broken.done() else { panic!("two broken rules") };
        assert_eq!(fields.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["Room.Title", "Room.Logo.Width"]);
    }

    #[test]
    fn numbers_may_be_texts_but_never_fractions() {
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
    fn a_lenient_enum_that_cannot_be_read_becomes_zero() {
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
