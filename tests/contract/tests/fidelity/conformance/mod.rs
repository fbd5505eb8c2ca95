//! Compares the spec with the recordings: every recorded answer, and every recorded request that a
//! portal accepted, must be valid for its operation, without undescribed properties.

mod lenient;
mod schema;

use std::collections::BTreeMap;

use contract::recording::{self, Recording, Step};
use contract::spec::{Operation, Spec};
use jsonschema::Validator;
use lenient::{Fault, LENIENT};
use serde_json::{Value, json};

/// The validators of one operation, and how often they were used.
struct Rules<'s> {
    operation: &'s Operation,
    answer: Option<Validator>,
    body: Option<Validator>,
    query: BTreeMap<String, (Value, Validator)>,
    answers: usize,
    requests: usize,
}

impl<'s> Rules<'s> {
    fn of(document: &Value, operation: &'s Operation) -> Self {
        let (item, value) = operation.find_in(document);
        let media = |holder: &Value| holder["content"]["application/json"]["schema"].clone();
        let validator = |schema: Value| (!schema.is_null()).then(|| schema::validator(document, &schema));
        let resolve = |value: &Value| match value["$ref"].as_str() {
            Some(reference) => document.pointer(reference.trim_start_matches('#')).expect("a target").clone(),
            None => value.clone(),
        };
        let lists = [&value["parameters"], &item["parameters"]];
        let parameters = lists.into_iter().filter_map(Value::as_array).flatten().map(resolve);
        let query = parameters.filter(|given| given["in"] == "query").map(|given| {
            let schema = &given["schema"];
            let name = given["name"].as_str().expect("a name").to_owned();
            (name, (resolve(schema), schema::validator(document, schema)))
        });
        Self {
            operation,
            answer: validator(media(&value["responses"]["200"])),
            body: validator(media(&value["requestBody"])),
            query: query.collect(),
            answers: 0,
            requests: 0,
        }
    }

    /// The faults of an answer: the place and the message of each.
    fn check_answer(&self, body: &Value) -> Vec<(String, String)> {
        self.answer.as_ref().map(|rules| faults(rules, body, "answer")).unwrap_or_default()
    }

    /// The faults of a request that the portal accepted.
    fn check_request(&self, recording: &Recording, step: &Step) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for (name, value) in step.query_pairs() {
            match self.query.get(&name) {
                None => found.push((format!("query {name}"), "is not described".to_owned())),
                Some((schema, rules)) => {
                    let value = typed(schema, &recording.filled(&value));
                    found.extend(faults(rules, &value, &format!("query {name}")));
                }
            }
        }
        // A call that declares no body ignores any body
        // (docs/portal/requests-and-answers.md#request-bodies).
        if let (Some(rules), Some(body)) = (&self.body, &step.body) {
            found.extend(faults(rules, &without_nulls(recording.filled(body)), "body"));
        }
        found
    }
}

fn faults(rules: &Validator, value: &Value, place: &str) -> Vec<(String, String)> {
    rules.iter_errors(value).map(|error| (format!("{place}{}", error.instance_path()), error.to_string())).collect()
}

/// The value of a query parameter with the type from the spec. In a query, every value is a text.
fn typed(schema: &Value, value: &Value) -> Value {
    let text = value.as_str().map(str::to_owned).unwrap_or_else(|| value.to_string());
    match schema["type"].as_str() {
        Some("integer") => text.parse::<i64>().map_or(json!(text), Value::from),
        Some("boolean") => text.parse::<bool>().map_or(json!(text), Value::from),
        Some("array") => json!([text.parse::<i64>().map_or(json!(text), Value::from)]),
        _ => json!(text),
    }
}

/// The value without members that are null: a portal treats them as absent.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => members
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| (key, without_nulls(value)))
            .collect(),
        other => other,
    }
}

#[test]
fn recorded_requests_and_answers_are_valid_under_the_spec() {
    let spec = Spec::read();
    let mut rules: BTreeMap<&str, Rules<'_>> = spec
        .operations()
        .iter()
        .map(|operation| (operation.id.as_str(), Rules::of(spec.document(), operation)))
        .collect();
    let mut accepted = vec![0; LENIENT.len()];
    let mut wrong = Vec::new();
    for recording in recording::all() {
        for (number, step) in recording.steps.iter().enumerate().filter(|(_, step)| step.response.status == 200) {
            let Some(operation) = spec.find(&step.method, &recording.path_of(step)) else { continue };
            let rules = rules.get_mut(operation.id.as_str()).expect("an operation of the spec");
            let mut found = rules.check_request(&recording, step);
            rules.requests += 1;
            if let Some(body) = &step.response.body {
                found.extend(rules.check_answer(body));
                rules.answers += 1;
            }
            for (place, message) in found {
                let fault = Fault {
                    scenario: &recording.scenario,
                    step,
                    operation: &operation.id,
                    place: &place,
                    message: &message,
                };
                match LENIENT.iter().position(|entry| (entry.applies)(&fault)) {
                    Some(reason) => accepted[reason] += 1,
                    None => wrong.push(format!(
                        "{} step {} ({}): {place}: {message}",
                        recording.scenario,
                        number + 1,
                        operation.id
                    )),
                }
            }
        }
    }

    println!("requests  answers  operation");
    for rules in rules.values() {
        println!("{:8}  {:7}  {}", rules.requests, rules.answers, rules.operation.id);
    }
    let unseen: Vec<_> = rules.values().filter(|rules| rules.requests == 0).map(|rules| &rules.operation.id).collect();
    let requests: usize = rules.values().map(|rules| rules.requests).sum();
    let answers: usize = rules.values().map(|rules| rules.answers).sum();
    println!("{requests:8}  {answers:7}  of {} operations; without a recording: {unseen:?}", rules.len());
    for (entry, count) in LENIENT.iter().zip(&accepted) {
        println!("{count:8}  accepted: {} ({})", entry.description, entry.reason);
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
    assert!(!accepted.contains(&0), "an entry of LENIENT applies to no fault; remove it");
}
