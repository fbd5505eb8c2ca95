//! Every recorded answer must parse into the generated type of its operation, and must be the same
//! when it is serialized again.

mod answers;
mod compare;
mod mutations;

use std::collections::{BTreeMap, BTreeSet};

use contract::recording::{self, Step};
use contract::spec::Spec;

/// Recorded answers that the generated client cannot receive.
struct LeftOut {
    description: &'static str,
    reason: &'static str,
    applies: fn(&Step) -> bool,
}

const LEFT_OUT: &[LeftOut] = &[LeftOut {
    description: "answers to a query with `fields`",
    reason: "they lack required properties, and no operation of the spec has this parameter",
    applies: |step| step.query_names().iter().any(|name| name == "fields"),
}];

#[test]
fn every_operation_has_a_type_for_its_answer() {
    let spec = Spec::read();
    let named = spec.operations().iter().filter_map(|operation| operation.answer.as_deref());
    let missing: BTreeSet<_> = named.filter(|name| answers::of(name).is_none()).collect();
    assert!(missing.is_empty(), "add these answers to the table in answers.rs: {missing:#?}");
}

#[test]
fn every_type_in_the_table_is_used_by_an_operation() {
    let spec = Spec::read();
    let answered = |name: &&str| spec.operations().iter().any(|operation| operation.answer.as_deref() == Some(*name));
    let stale: Vec<_> = answers::names().filter(|name| !answered(name)).collect();
    assert!(stale.is_empty(), "no operation has these answers; remove them from answers.rs: {stale:?}");
}

#[test]
fn every_recorded_answer_survives_a_round_trip() {
    let spec = Spec::read();
    let mut parsed: BTreeMap<&str, usize> = spec.operations().iter().map(|operation| (&*operation.id, 0)).collect();
    let mut left_out = vec![0; LEFT_OUT.len()];
    let mut faults = Vec::new();
    for recording in recording::all() {
        for (number, step) in
            recording.steps.iter().enumerate().filter(|(_, step)| matches!(step.response.status, 200 | 204))
        {
            let Some(operation) = spec.find(&step.method, &recording.path_of(step)) else { continue };
            if let Some(reason) = LEFT_OUT.iter().position(|entry| (entry.applies)(step)) {
                left_out[reason] += 1;
                continue;
            }
            let place = format!("{} step {} ({})", recording.scenario, number + 1, operation.id);
            match (&operation.answer, step.response.status, &step.response.body) {
                (None, 204, None) => {}
                (Some(name), 200, Some(body)) => {
                    let round_trip = answers::of(name).expect("a type for each answer");
                    let found = round_trip(body)
                        .map_or_else(|error| vec![error], |written| compare::differences(body, &written));
                    faults.extend(found.iter().map(|fault| format!("{place}: {fault}")));
                }
                (_, status, body) => {
                    let body = if body.is_some() { "a body" } else { "no body" };
                    faults.push(format!("{place}: the answer is {status} with {body}"));
                }
            }
            *parsed.get_mut(&*operation.id).expect("an operation of the spec") += 1;
        }
    }

    for (operation, count) in &parsed {
        println!("{count:5}  {operation}");
    }
    let total: usize = parsed.values().sum();
    let unseen: Vec<_> = parsed.iter().filter(|(_, count)| **count == 0).map(|(operation, _)| *operation).collect();
    println!("{total:5}  answers, {} operations, without a recording: {unseen:?}", parsed.len());
    for (LeftOut { description, reason, .. }, count) in LEFT_OUT.iter().zip(&left_out) {
        println!("{count:5}  {description} left out: {reason}");
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    assert!(total > 0, "no recording matches an operation of the spec");
    assert!(!left_out.contains(&0), "an entry of LEFT_OUT applies to no answer; remove it");
}
