//! Compares two operations, without the insides of their schemas.

use std::collections::{BTreeMap, BTreeSet};

use super::describe;
use super::difference::{Aspect, Change, Difference, Direction};
use super::schemas::SchemaPair;
use super::sides::Sides;
use super::view::View;
use crate::api::{Api, Content, Operation, Parameter, Schema};

/// The differences between two operations, and the schemas that both use at the same place.
pub(super) struct OperationFindings<'a> {
    sides: Sides<'a>,
    place: String,
    pub(super) found: Vec<Difference>,
    pub(super) uses: Vec<SchemaUse<'a>>,
}

/// Two schemas that the two operations use at the same place.
pub(super) struct SchemaUse<'a> {
    pub(super) pair: SchemaPair<'a>,
    pub(super) direction: Direction,
}

/// The difference for an operation that only one side has.
pub(super) fn presence(operation: &Operation, is_left: bool) -> Difference {
    let word = |is_there| if is_there { "present" } else { "absent" }.to_owned();
    Difference {
        place: operation.to_string(),
        aspect: Aspect::Operation,
        left: word(is_left),
        right: word(!is_left),
        direction: Direction::Received,
        change: if is_left { Change::Removed } else { Change::Added { required: false } },
    }
}

impl<'a> OperationFindings<'a> {
    pub(super) fn of(sides: Sides<'a>, left: &'a Operation, right: &'a Operation) -> Self {
        let place = sides.names.pick(left, right).to_string();
        let mut findings = Self { sides, place, found: Vec::new(), uses: Vec::new() };
        findings.deprecation(left, right);
        findings.security(left, right);
        findings.parameters(left, right);
        findings.bodies(left, right);
        findings.answers(left, right);
        findings
    }

    fn deprecation(&mut self, left: &Operation, right: &Operation) {
        if left.deprecated != right.deprecated {
            let word = |deprecated| if deprecated { "deprecated" } else { "not deprecated" };
            let change = Change::of(right.deprecated, left.deprecated);
            let (left, right) = (word(left.deprecated), word(right.deprecated));
            self.differ("", Aspect::Deprecated, left, right, Direction::Sent, change);
        }
    }

    fn security(&mut self, left: &Operation, right: &Operation) {
        let (from, to) = (&left.security, &right.security);
        let open = |ways: &BTreeSet<String>| ways.is_empty() || ways.contains("nothing");
        if from != to && !(open(from) && open(to)) {
            let is_narrower = !open(to) && (open(from) || !from.is_subset(to));
            let change = Change::of(is_narrower, !to.is_subset(from));
            let change = if is_narrower { change } else { Change::Widened };
            let words = |ways: &BTreeSet<String>| {
                if open(ways) {
                    "no authentication".to_owned()
                } else {
                    format!("authentication by {}", ways.iter().cloned().collect::<Vec<_>>().join(" or "))
                }
            };
            self.differ("", Aspect::Security, &words(from), &words(to), Direction::Sent, change);
        }
    }

    fn parameters(&mut self, left: &'a Operation, right: &'a Operation) {
        let (lefts, rights) = (identified(left), identified(right));
        for key in lefts.keys().chain(rights.keys()).collect::<BTreeSet<_>>() {
            match (lefts.get(key), rights.get(key)) {
                (Some(left), Some(right)) => self.parameter(left, right),
                (Some(left), None) => {
                    let words = describe_parameter(self.sides.left, left);
                    let place = parameter_place(left);
                    self.differ(&place, Aspect::Parameter, &words, "absent", Direction::Sent, Change::Removed);
                }
                (None, Some(right)) => {
                    let words = describe_parameter(self.sides.right, right);
                    let place = parameter_place(right);
                    let change = Change::Added { required: right.required };
                    self.differ(&place, Aspect::Parameter, "absent", &words, Direction::Sent, change);
                }
                (None, None) => {}
            }
        }
    }

    fn parameter(&mut self, left: &'a Parameter, right: &'a Parameter) {
        let place = parameter_place(self.sides.names.pick(left, right));
        self.required(&place, left.required, right.required);
        if let (Some(left), Some(right)) = (&left.style, &right.style)
            && left != right
        {
            let (left, right) = (format!("style {left}"), format!("style {right}"));
            self.differ(&place, Aspect::Style, &left, &right, Direction::Sent, Change::Replaced);
        }
        self.schemas(&place, &left.schema, &right.schema, Direction::Sent);
    }

    fn bodies(&mut self, left: &'a Operation, right: &'a Operation) {
        let place = ", body";
        match (&left.body, &right.body) {
            (Some(left), Some(right)) => {
                self.required(place, left.required, right.required);
                self.content(place, &left.content, &right.content, Direction::Sent);
            }
            (Some(left), None) => {
                let words = required_word(left.required);
                self.differ(place, Aspect::Body, words, "absent", Direction::Sent, Change::Removed);
            }
            (None, Some(right)) => {
                let words = required_word(right.required);
                let change = Change::Added { required: right.required };
                self.differ(place, Aspect::Body, "absent", words, Direction::Sent, change);
            }
            (None, None) => {}
        }
    }

    fn answers(&mut self, left: &'a Operation, right: &'a Operation) {
        let codes = |operation: &'a Operation| operation.answers.keys().collect::<BTreeSet<_>>();
        let (lefts, rights) = (codes(left), codes(right));
        if lefts != rights {
            let change = match (lefts.is_empty(), rights.is_empty()) {
                (true, _) => Change::Added { required: false },
                (_, true) => Change::Removed,
                _ => Change::of(!lefts.is_subset(&rights), !rights.is_subset(&lefts)),
            };
            let words = |codes: &BTreeSet<&String>| match codes.len() {
                0 => "no success".to_owned(),
                _ => format!("status {}", codes.iter().map(|code| code.as_str()).collect::<Vec<_>>().join(" or ")),
            };
            self.differ(", answer", Aspect::Status, &words(&lefts), &words(&rights), Direction::Received, change);
        }
        // The first success is compared with the first one, further ones by their codes.
        if let (Some(one), Some(other)) = (left.answers.values().next(), right.answers.values().next()) {
            self.answer(", answer", one.as_ref(), other.as_ref());
        }
        for (code, one) in left.answers.iter().skip(1) {
            if let Some(other) = right.answers.get(code).filter(|_| right.answers.keys().next() != Some(code)) {
                self.answer(&format!(", answer {code}"), one.as_ref(), other.as_ref());
            }
        }
    }

    fn answer(&mut self, place: &str, left: Option<&'a Content>, right: Option<&'a Content>) {
        let direction = Direction::Received;
        match (left, right) {
            (Some(left), Some(right)) => self.content(place, left, right, direction),
            (Some(left), None) => {
                self.differ(place, Aspect::Answer, &left.media_type, "absent", direction, Change::Removed);
            }
            (None, Some(right)) => {
                let change = Change::Added { required: false };
                self.differ(place, Aspect::Answer, "absent", &right.media_type, direction, change);
            }
            (None, None) => {}
        }
    }

    fn content(&mut self, place: &str, left: &'a Content, right: &'a Content, direction: Direction) {
        if left.media_type != right.media_type {
            let (left, right) = (&left.media_type, &right.media_type);
            self.differ(place, Aspect::MediaType, left, right, direction, Change::Replaced);
        }
        self.schemas(place, &left.schema, &right.schema, direction);
    }

    fn schemas(&mut self, place: &str, left: &'a Schema, right: &'a Schema, direction: Direction) {
        let pair = SchemaPair {
            place: format!("{}{place}", self.place),
            left: View::new(self.sides.left, left),
            right: View::new(self.sides.right, right),
        };
        self.uses.push(SchemaUse { pair, direction });
    }

    fn required(&mut self, place: &str, left: bool, right: bool) {
        if left != right {
            let change = Change::of(right, left);
            let (left, right) = (required_word(left), required_word(right));
            self.differ(place, Aspect::Required, left, right, Direction::Sent, change);
        }
    }

    fn differ(&mut self, place: &str, aspect: Aspect, left: &str, right: &str, direction: Direction, change: Change) {
        let place = format!("{}{place}", self.place);
        self.found.push(Difference {
            place,
            aspect,
            left: left.to_owned(),
            right: right.to_owned(),
            direction,
            change,
        });
    }
}

fn required_word(required: bool) -> &'static str {
    if required { "required" } else { "optional" }
}

/// The place of a parameter within its operation.
fn parameter_place(parameter: &Parameter) -> String {
    format!(", {} {}", parameter.location, parameter.name)
}

fn describe_parameter(api: &Api, parameter: &Parameter) -> String {
    describe::presence(parameter.required, &describe::kind(View::new(api, &parameter.schema)))
}

/// Parameters by their identity: the position for path parameters, the name for others.
fn identified(operation: &Operation) -> BTreeMap<(String, String), &Parameter> {
    let placeholders: Vec<&str> = operation.path.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
    let identity = |parameter: &Parameter| match parameter.location.as_str() {
        "path" => match placeholders.iter().position(|name| *name == parameter.name) {
            Some(position) => position.to_string(),
            None => parameter.name.clone(),
        },
        "header" => parameter.name.to_lowercase(),
        _ => parameter.name.clone(),
    };
    operation
        .parameters
        .iter()
        .map(|parameter| ((parameter.location.clone(), identity(parameter)), parameter))
        .collect()
}
