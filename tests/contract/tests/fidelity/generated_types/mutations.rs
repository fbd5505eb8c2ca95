//! Whether answers that nobody recorded fit the generated types too: recorded ones, with what a portal may change about
//! them changed at random.

use std::collections::BTreeMap;

use contract::recording;
use contract::spec::{self, Spec};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};

use super::{answers, compare};

/// How many recorded answers of an operation are taken, and how often each is changed.
const SAMPLES: usize = 3;
const CHANGES: u32 = 24;

/// Changes an answer: optional properties go, enums get numbers that nobody knows, dates get other offsets, the count is
/// negative, objects get properties that nobody described, and `response` may be missing.
struct Mutation<'d> {
    document: &'d Value,
    random: fastrand::Rng,
}

/// The name of a property that no version of the API has.
const EXTRA: &str = "xNobodyDescribedThis";

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
            let target = self.document.pointer(reference.trim_start_matches('#')).expect("what a reference names");
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
            // Which branch of a union an answer is cannot be told from its form alone, so those stay as they are.
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
        // A map takes any name for one of its own.
        if !properties.is_empty() {
            changed.insert(EXTRA.to_owned(), json!({ "deep": [null, 1.5] }));
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

/// What a client that ignores unknown properties keeps.
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

/// A few recorded answers for each kind of envelope.
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
fn answers_survive_what_a_portal_may_change() {
    let spec = Spec::read();
    let samples = samples(&spec);
    assert!(samples.len() > 20, "only {} kinds of answers were recorded", samples.len());
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
        // Each anew, as a runner stops for good after so many successes.
        let mut runner = TestRunner::new(Config { cases: CHANGES, failure_persistence: None, ..Config::default() });
        runner.run(&any::<u64>(), survives).unwrap_or_else(|error| panic!("{error}"));
    }
}
