//! Binding a JSON body to what a call needs, with the portal's rules and complaints (portal-facts 1.3, 1.4):
//! names in any case, of a repeated one the last, numbers also as strings, the first unreadable value
//! alone reported under its path, broken annotations all at once under their property names.
//!
//! A handler takes its members one by one and then asks [`Form::done`]; only after that it looks at rooms.

use super::dates;
use super::errors::Fail;
use super::json::{self, Node, Value};
use crate::http::Request;
use chrono::{DateTime, Utc};
use uuid::Uuid;

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

/// What a share role was sent as: the portal's converter never refuses a plain value (portal-facts 1.3).
pub(crate) type Access = i64;

/// A body that must be there. `label` is the parameter's name that the portal uses in complaints, empty
/// for a body that is the whole parameter; `dto` the type's name.
pub(crate) fn open(request: &Request, label: &str, dto: &str) -> Result<Form, Fail> {
    let text = text_of(request)?;
    let missing = || Fail::invalid(label, "A non-empty request body is required.");
    let Some(text) = text else { return Err(missing()) };
    let node = json::parse(&text).map_err(|broken| Fail::invalid("$", broken.message))?;
    match node.value {
        Value::Null => Err(missing()),
        Value::Object(members) => Ok(Form {
            members,
            end: node.end,
            path: "$".into(),
            label: if label.is_empty() { String::new() } else { format!("{label}.") },
            faults: Faults::default(),
        }),
        _ => Err(Fail::invalid("$", not_converted(dto, "$", node.end))),
    }
}

/// The body as text: nothing if it is empty, a refusal if its type is no JSON.
fn text_of(request: &Request) -> Result<Option<String>, Fail> {
    let kind = request.header_value("content-type").unwrap_or_default();
    let (media, parameters) = kind.split_once(';').unwrap_or((kind, ""));
    let media = media.trim().to_ascii_lowercase();
    let is_json = media == "application/json"
        || media == "text/json"
        || (media.starts_with("application/") && media.ends_with("+json"));
    if !is_json {
        return Err(Fail::UnsupportedMediaType);
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
            Fail::invalid("$", "The JSON value is not valid UTF-8. Path: $ | LineNumber: 0 | BytePositionInLine: 0.")
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
fn pascal(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

impl Form {
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
                self.unreadable(self.path_to(name), node.end, "System.String");
                None
            }
        }
    }

    /// A whole number that may be null; also accepted as a string.
    pub(crate) fn number(&mut self, name: &str) -> Option<i64> {
        self.whole(name, "System.Nullable`1[System.Int64]", true, i64::MIN, i64::MAX)
    }

    /// A number with or without a fraction, not null.
    pub(crate) fn double(&mut self, name: &str) -> Option<f64> {
        let node = self.find(name)?.clone();
        let read = match &node.value {
            Value::Number(typed) | Value::Text(typed) => typed.parse::<f64>().ok().filter(|value| value.is_finite()),
            _ => None,
        };
        if read.is_none() {
            self.unreadable(self.path_to(name), node.end, "System.Double");
        }
        read
    }

    /// A 32-bit number that must not be null.
    pub(crate) fn int(&mut self, name: &str) -> Option<i64> {
        self.whole(name, "System.Int32", false, i32::MIN.into(), i32::MAX.into())
    }

    /// A 32-bit number that may be null.
    pub(crate) fn maybe_int(&mut self, name: &str) -> Option<i64> {
        self.whole(name, "System.Nullable`1[System.Int32]", true, i32::MIN.into(), i32::MAX.into())
    }

    /// Like [`Form::int`], with the annotation "range"; an absent member counts as `default`.
    pub(crate) fn ranged(&mut self, name: &str, default: i64, least: i64, most: i64) -> i64 {
        let value = self.int(name).unwrap_or(default);
        if !(least..=most).contains(&value) {
            self.rule(name, format!("The field {} must be between {least} and {most}.", pascal(name)));
        }
        value
    }

    fn whole(&mut self, name: &str, kind: &str, nullable: bool, least: i64, most: i64) -> Option<i64> {
        let node = self.find(name)?.clone();
        let read = match &node.value {
            Value::Null if nullable => return None,
            Value::Number(typed) | Value::Text(typed) => {
                typed.parse().ok().filter(|value| (least..=most).contains(value))
            }
            _ => None,
        };
        if read.is_none() {
            self.unreadable(self.path_to(name), node.end, kind);
        }
        read
    }

    /// True or false and nothing else.
    pub(crate) fn boolean(&mut self, name: &str) -> Option<bool> {
        self.truth(name, "System.Boolean", false)
    }

    /// True, false or null.
    pub(crate) fn maybe_boolean(&mut self, name: &str) -> Option<bool> {
        self.truth(name, "System.Nullable`1[System.Boolean]", true)
    }

    fn truth(&mut self, name: &str, kind: &str, nullable: bool) -> Option<bool> {
        let node = self.find(name)?.clone();
        match node.value {
            Value::Bool(value) => Some(value),
            Value::Null if nullable => None,
            _ => {
                self.unreadable(self.path_to(name), node.end, kind);
                None
            }
        }
    }

    /// An enum that the portal reads only from a whole number.
    pub(crate) fn plain_enum(&mut self, name: &str, kind: &str) -> Option<i64> {
        let node = self.find(name)?.clone();
        let read = match &node.value {
            Value::Number(typed) => typed.parse::<i32>().ok().map(i64::from),
            _ => None,
        };
        if read.is_none() {
            self.unreadable(self.path_to(name), node.end, kind);
        }
        read
    }

    /// An enum that is also read from its names in any case, with blanks around, or from a numeric string.
    pub(crate) fn named_enum(&mut self, name: &str, kind: &str, names: &[(&str, i64)]) -> Option<i64> {
        let node = self.find(name)?.clone();
        let read = match &node.value {
            Value::Number(typed) => typed.parse::<i32>().ok().map(i64::from),
            Value::Text(text) => names
                .iter()
                .find(|(known, _)| known.eq_ignore_ascii_case(text.trim()))
                .map(|(_, value)| *value)
                .or_else(|| text.trim().parse::<i32>().ok().map(i64::from)),
            _ => None,
        };
        if read.is_none() {
            self.unreadable(self.path_to(name), node.end, kind);
        }
        read
    }

    /// A share role: a whole number as it is, a name in its exact spelling or a number in a string; any other
    /// plain value silently becomes 0, which revokes (portal-facts 1.3, [R links/access-spelling]).
    pub(crate) fn access(&mut self, name: &str) -> Access {
        let Some(node) = self.find(name).cloned() else { return 0 };
        match &node.value {
            Value::Number(typed) => typed.parse::<i32>().map_or(0, i64::from),
            Value::Text(text) => crate::state::sharing::ACCESS_NAMES
                .iter()
                .find(|(known, _)| known == text)
                .map(|(_, value)| *value)
                .or_else(|| text.parse::<i32>().ok().map(i64::from))
                .unwrap_or(0),
            Value::List(_) | Value::Object(_) => {
                self.unreadable(self.path_to(name), node.end, "ASC.Files.Core.Security.FileShare");
                0
            }
            Value::Null | Value::Bool(_) => 0,
        }
    }

    /// A guid that must not be null.
    pub(crate) fn guid(&mut self, name: &str) -> Option<Uuid> {
        let node = self.find(name)?.clone();
        let read = guid_of(&node.value);
        if read.is_none() {
            self.unreadable(self.path_to(name), node.end, "System.Guid");
        }
        read
    }

    /// A date as a string; what cannot be read is no date.
    pub(crate) fn date(&mut self, name: &str) -> Option<DateTime<Utc>> {
        let node = self.find(name)?.clone();
        match &node.value {
            Value::Null => None,
            Value::Text(text) => dates::read(text),
            _ => {
                self.unreadable(self.path_to(name), node.end, "ASC.Api.Core.ApiDateTime");
                None
            }
        }
    }

    /// A list of strings, nulls among them kept.
    pub(crate) fn texts(&mut self, name: &str) -> Option<Vec<Option<String>>> {
        let kind = "System.Collections.Generic.IEnumerable`1[System.String]";
        self.list(name, kind, |item| match &item.value {
            Value::Null => Some(None),
            Value::Text(text) => Some(Some(text.clone())),
            _ => None,
        })
    }

    /// A list of guids.
    pub(crate) fn guids(&mut self, name: &str) -> Option<Vec<Uuid>> {
        self.list(name, "System.Collections.Generic.IEnumerable`1[System.Guid]", |item| guid_of(&item.value))
    }

    /// A list of room ids: numbers, or strings that are numbers (or third-party ids) [R quota/rooms].
    pub(crate) fn folder_ids(&mut self, name: &str) -> Option<Vec<String>> {
        self.list(name, "System.Collections.Generic.IEnumerable`1[System.Text.Json.JsonElement]", |item| {
            match &item.value {
                Value::Number(typed) | Value::Text(typed) => Some(typed.clone()),
                _ => Some(String::new()),
            }
        })
    }

    fn list<T>(&mut self, name: &str, kind: &str, read: impl Fn(&Node) -> Option<T>) -> Option<Vec<T>> {
        let node = self.find(name)?.clone();
        match &node.value {
            Value::Null => None,
            Value::List(items) => {
                let path = self.path_to(name);
                let mut all = Vec::with_capacity(items.len());
                for (index, item) in items.iter().enumerate() {
                    match read(item) {
                        Some(value) => all.push(value),
                        None => self.unreadable(format!("{path}[{index}]"), item.end, kind),
                    }
                }
                Some(all)
            }
            _ => {
                self.unreadable(self.path_to(name), node.end, kind);
                None
            }
        }
    }

    /// A nested object; `read` takes its members.
    pub(crate) fn object<T>(&mut self, name: &str, kind: &str, read: impl FnOnce(&mut Form) -> T) -> Option<T> {
        let node = self.find(name)?.clone();
        let (path, label) = (self.path_to(name), format!("{}{}.", self.label, pascal(name)));
        self.nested(node, path, label, kind, read)
    }

    /// A list of objects.
    pub(crate) fn objects<T>(&mut self, name: &str, kind: &str, read: impl Fn(&mut Form) -> T) -> Option<Vec<T>> {
        let node = self.find(name)?.clone();
        let (path, property) = (self.path_to(name), format!("{}{}", self.label, pascal(name)));
        match node.value {
            Value::Null => None,
            Value::List(items) => {
                let mut all = Vec::with_capacity(items.len());
                for (index, item) in items.into_iter().enumerate() {
                    let place = (format!("{path}[{index}]"), format!("{property}[{index}]."));
                    all.extend(self.nested(item, place.0, place.1, kind, &read));
                }
                Some(all)
            }
            _ => {
                self.unreadable(path, node.end, &format!("System.Collections.Generic.IEnumerable`1[{kind}]"));
                None
            }
        }
    }

    fn nested<T>(
        &mut self,
        node: Node,
        path: String,
        label: String,
        kind: &str,
        read: impl FnOnce(&mut Form) -> T,
    ) -> Option<T> {
        match node.value {
            Value::Null => None,
            Value::Object(members) => {
                let mut inner = Form { members, end: node.end, path, label, faults: Faults::default() };
                let value = read(&mut inner);
                self.faults.rules.append(&mut inner.faults.rules);
                if let Some((at, path, message)) = inner.faults.unreadable {
                    self.fault(at, path, message);
                }
                Some(value)
            }
            _ => {
                self.unreadable(path, node.end, kind);
                None
            }
        }
    }

    /// All members are taken: complains if any was wrong.
    pub(crate) fn done(self) -> Result<(), Fail> {
        if let Some((_, path, message)) = self.faults.unreadable {
            return Err(Fail::invalid(path, message));
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
        Err(Fail::Invalid(fields))
    }
}

fn guid_of(value: &Value) -> Option<Uuid> {
    match value {
        // Only the form with hyphens is read; braces and bare digits are not.
        Value::Text(text) if text.len() == 36 => Uuid::try_parse(text).ok(),
        _ => None,
    }
}
