//! Answers that were not recorded must parse into the generated types too. These tests change
//! recorded answers at random, in the ways in which a portal may change them.

use std::collections::BTreeMap;

use contract::recording;
use contract::spec::{self, Spec};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};

use super::{answers, compare};

/// Number of recorded answers used for each type.
const SAMPLES: usize = 3;

/// Number of times that each recorded answer is changed.
const CHANGES: u32 = 24;

/// Changes an answer: removes optional properties and sometimes `response`, adds undescribed
/// properties, replaces enum values by unknown numbers and dates by dates with other offsets, and
/// makes `count` negative.
struct Mutation<'d> {
    document: &'d Value,
    random: fastrand::Rng,
}

/// The name of a property that is not in the API, in a type that ignores such properties.
const EXTRA: &str = "xUndescribed";

/// The name of a property that is not in the API, in a type that keeps such properties.
const KEPT: &str = "xKept";

impl Mutation<'_> {
    fn answer(&mut self, schema: &Value, answer: &Value) -> Value {
        let mut changed = self.value(schema, answer);
        changed["count"] = json!(-self.random.i32(1..1000));
        if self.random.u8(..) < 32 {
            changed.as_object_mut().expect("an envelope").remove("response");
        }
        changed
    }

    fn value(&mut self, schema: &Value, value: &Value) -> Value {
        if let Some(reference) = schema["$ref"].as_str() {
            let target = self.document.pointer(reference.trim_start_matches('#')).expect("the target of a reference");
            return match reference.rsplit('/').next() {
                Some("Timestamp") => self.date(),
                _ => self.value(target, value),
            };
        }
        if let Some([one]) = schema["allOf"].as_array().map(Vec::as_slice)
            && schema["properties"].is_null()
        {
            return self.value(one, value);
        }
        match value {
            // The branch of a union cannot be recognized from the value alone, so unions are not
            // changed.
            _ if !schema["oneOf"].is_null() => value.clone(),
            Value::Number(_) if schema["enum"].is_array() => json!(self.random.i32(..)),
            Value::Array(items) => items.iter().map(|item| self.value(&schema["items"], item)).collect(),
            Value::Object(members) => self.object(schema, members),
            other => other.clone(),
        }
    }

    fn object(&mut self, schema: &Value, members: &Map<String, Value>) -> Value {
        let (properties, required) = spec::members(self.document, schema);
        let mut changed = Map::new();
        for (name, value) in members {
            let Some(property) = properties.get(name) else {
                changed.insert(name.clone(), value.clone());
                continue;
            };
            if required.contains(&json!(name)) || self.random.bool() {
                changed.insert(name.clone(), self.value(property, value));
            }
        }
        // In a map, the property would be an entry.
        if !properties.is_empty() {
            let name = if schema["additionalProperties"].is_object() { KEPT } else { EXTRA };
            changed.insert(name.to_owned(), json!({ "deep": [null, 1.5] }));
        }
        Value::Object(changed)
    }

    fn date(&mut self) -> Value {
        let offset = self.random.i32(-14 * 60..=14 * 60);
        let zone = match offset {
            0 => "Z".to_owned(),
            _ => format!("{}{:02}:{:02}", if offset < 0 { '-' } else { '+' }, offset.abs() / 60, offset.abs() % 60),
        };
        let (year, ticks) = (self.random.u16(1970..2200), self.random.u32(..10_000_000));
        json!(format!("{year}-02-28T23:59:{:02}.{ticks:07}{zone}", self.random.u8(..60)))
    }
}

/// The value without the added properties, as a client keeps it that ignores unknown properties.
fn without_extras(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let known = members.into_iter().filter(|(name, _)| name != EXTRA);
            known.map(|(name, value)| (name, without_extras(value))).collect()
        }
        Value::Array(items) => items.into_iter().map(without_extras).collect(),
        other => other,
    }
}

/// A few recorded answers for each type of answer.
fn samples(spec: &Spec) -> BTreeMap<String, Vec<Value>> {
    let mut samples: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for recording in recording::all() {
        for step in recording.steps.iter().filter(|step| step.response.status == 200) {
            let operation = spec.find(&step.method, &recording.path_of(step));
            let Some(name) = operation.and_then(|operation| operation.answer.clone()) else { continue };
            let Some(body) = step.response.body.clone() else { continue };
            let taken = samples.entry(name).or_default();
            if taken.len() < SAMPLES && !step.query_names().iter().any(|name| name == "fields") {
                taken.push(body);
            }
        }
    }
    samples
}

#[test]
fn changed_answers_survive_a_round_trip() {
    let spec = Spec::read();
    let samples = samples(&spec);
    assert!(samples.len() > 20, "only {} types of answers were recorded", samples.len());
    for (name, bodies) in &samples {
        let schema = json!({ "$ref": format!("#/components/schemas/{name}") });
        let round_trip = answers::of(name).expect("a type for each answer");
        let survives = |seed| {
            for body in bodies {
                let mut mutation = Mutation { document: spec.document(), random: fastrand::Rng::with_seed(seed) };
                let changed = mutation.answer(&schema, body);
                let written = round_trip(&changed).map_err(|error| TestCaseError::fail(format!("{name}: {error}")))?;
                let differences = compare::differences(&without_extras(changed), &written);
                prop_assert!(differences.is_empty(), "{}: {:?}", name, differences);
            }
            Ok(())
        };
        // A runner stops after this number of cases, so each type gets its own.
        let mut runner = TestRunner::new(Config { cases: CHANGES, failure_persistence: None, ..Config::default() });
        runner.run(&any::<u64>(), survives).unwrap_or_else(|error| panic!("{error}"));
    }
}
