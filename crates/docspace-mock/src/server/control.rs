//! Controls the mock over HTTP, for clients in any language: all calls below `/_mock`, which the
//! README lists.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use crate::http::{Request, Response};
use crate::limits::Limits;
use crate::portal::Portal;
use crate::server::faults::Fault;
use crate::server::shared::Shared;
use crate::server::webhooks::Deliveries;
use crate::state::people::{NewPerson, Role};

/// Answers a request below `/_mock`. Returns `None` for any other request.
pub(super) fn answer(shared: &Shared, request: &Request) -> Option<Response> {
    let path = request.path.trim_end_matches('/');
    let call = path.strip_prefix("/_mock")?.trim_start_matches('/');
    if !path.starts_with("/_mock/") && path != "/_mock" {
        return None;
    }
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let result = match (request.method.as_str(), call) {
        ("GET", "") => Ok(overview(shared.portals().chosen(request))),
        ("GET", "requests") => Ok(json!(shared.requests())),
        ("DELETE", "requests") => {
            shared.clear_requests();
            Ok(Value::Null)
        }
        ("GET", "faults") => Ok(json!({"waiting": shared.faults.waiting()})),
        ("POST", "faults") => fault(&body).map(|(target, fault)| {
            shared.faults.next(&target, fault);
            Value::Null
        }),
        ("DELETE", "faults") => {
            shared.faults.clear();
            Ok(Value::Null)
        }
        ("POST", "clock") => seconds(&body["advanceSeconds"], "advanceSeconds").map(|by| {
            shared.portals().advance(by);
            Value::Null
        }),
        ("PUT", "latency") => seconds(&body["seconds"], "seconds").map(|by| {
            shared.set_latency(by);
            Value::Null
        }),
        ("PUT", "limits") => limits(&body).map(|limits| {
            shared.portals().chosen(request).set_limits(limits);
            Value::Null
        }),
        ("PUT", "time-zone") => time_zone(shared.portals().chosen(request), &body),
        ("POST", "operations/lose") => {
            let count = body["count"].as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or(1);
            shared.portals().chosen(request).lose_operations(count);
            Ok(Value::Null)
        }
        ("POST", "people") => person(shared.portals().chosen(request), &body),
        ("GET", "state") => Ok(shared.portals().chosen(request).dump()),
        ("PUT", "state") => {
            shared.portals().chosen(request).load(body).map(|()| Value::Null).map_err(|error| error.to_string())
        }
        ("DELETE", "state") => {
            shared.reset();
            Ok(Value::Null)
        }
        _ => return Some(Response::empty(404)),
    };
    Some(match result {
        Ok(Value::Null) => Response::empty(204),
        Ok(value) => Response::with_json(200, JSON, &value),
        Err(problem) => Response::with_json(400, JSON, &json!({"error": problem})),
    })
}

/// Answers the calls below `/_mock/webhooks`, which may wait. Returns `None` for any other request.
pub(super) async fn webhooks(shared: &Arc<Shared>, request: &Request) -> Option<Response> {
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let deliveries = Deliveries::new(shared);
    match (request.method.as_str(), request.path.trim_end_matches('/')) {
        ("GET", "/_mock/webhooks") => {
            return Some(Response::with_json(200, JSON, &json!({"waiting": deliveries.waiting()})));
        }
        ("POST", "/_mock/webhooks/hold") => deliveries.hold(),
        ("POST", "/_mock/webhooks/duplicate") => {
            let count = body["count"].as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or(1);
            deliveries.duplicate(count);
        }
        ("POST", "/_mock/webhooks/send") => {
            if body["reversed"] == Value::Bool(true) {
                deliveries.release_reversed().await;
            } else {
                deliveries.release().await;
            }
            if body["retries"] == Value::Bool(true) {
                deliveries.all_sent().await;
            }
        }
        _ => return None,
    }
    Some(Response::empty(204))
}

const JSON: &str = "application/json";

/// The address of the portal and its people with their credentials.
pub(super) fn overview(portal: &Portal) -> Value {
    let person = |(name, role): (String, Role)| {
        json!({
            "name": name,
            "role": format!("{role:?}"),
            "id": portal.person_id(&name),
            "email": portal.email(&name),
            "password": portal.password(&name),
            "key": portal.key(&name),
            "token": portal.token(&name),
        })
    };
    json!({"url": portal.base_url, "people": portal.names().into_iter().map(person).collect::<Vec<_>>()})
}

fn seconds(value: &Value, name: &str) -> Result<Duration, String> {
    let seconds = value.as_f64().filter(|seconds| *seconds >= 0.0);
    let duration = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    duration.ok_or_else(|| format!("{name} must be a number of seconds, 0 or more"))
}

fn fault(body: &Value) -> Result<(String, Fault), String> {
    let target = body["target"]
        .as_str()
        .ok_or("target is missing; send the calls to match, such as \"PUT /files/rooms/*/archive\"")?;
    let status = |default: u64| {
        let status = body["status"].as_u64().unwrap_or(default);
        u16::try_from(status)
            .ok()
            .filter(|status| (100..=999).contains(status))
            .ok_or("status must be an HTTP status from 100 to 999")
    };
    let mut fault = match body["kind"].as_str().unwrap_or("status") {
        "status" => Fault::status(status(503)?),
        "html" => Fault::html(status(502)?),
        "reset" => Fault::reset(),
        "stall" => Fault::stall(),
        "truncate" => Fault::truncate(),
        "slow" => Fault::slow(Duration::ZERO),
        other => return Err(format!("kind must be one of status, html, reset, stall, truncate, slow, not '{other}'")),
    };
    for (name, value) in body["headers"].as_object().into_iter().flatten() {
        fault = fault.header(name, value.as_str().unwrap_or_default());
    }
    if let Some(text) = body["body"].as_str() {
        fault = fault.body(text);
    }
    if body["executed"] == Value::Bool(true) {
        fault = fault.executed();
    }
    if !body["delaySeconds"].is_null() {
        fault = fault.delay(seconds(&body["delaySeconds"], "delaySeconds")?);
    }
    let times = body["times"].as_u64().unwrap_or(1);
    Ok((target.to_owned(), fault.times(usize::try_from(times).unwrap_or(usize::MAX))))
}

/// Reads limits from a body: `null` turns the limiter off, `{}` turns it on with the measured
/// numbers, and each member replaces one number.
fn limits(body: &Value) -> Result<Option<Limits>, String> {
    if body.is_null() {
        return Ok(None);
    }
    let mut limits = Limits::measured();
    let numbers = [
        ("perMinute", &mut limits.per_minute),
        ("readsAtOnce", &mut limits.reads_at_once),
        ("writesAtOnce", &mut limits.writes_at_once),
        ("writesPerDay", &mut limits.writes_per_day),
        ("sensitive", &mut limits.sensitive),
    ];
    for (name, number) in numbers {
        if body[name].is_null() {
            continue;
        }
        let sent = body[name].as_u64().and_then(|value| usize::try_from(value).ok());
        *number = sent.ok_or_else(|| format!("{name} must be a whole number, 0 or more"))?;
    }
    Ok(Some(limits))
}

fn time_zone(portal: &mut Portal, body: &Value) -> Result<Value, String> {
    let zone = body["timeZone"].as_str().ok_or("timeZone is missing; send an offset such as \"+05:30\", or \"UTC\"")?;
    portal.set_time_zone(zone).map(|()| Value::Null).map_err(|error| error.to_string())
}

fn person(portal: &mut Portal, body: &Value) -> Result<Value, String> {
    let name = body["name"]
        .as_str()
        .filter(|name| !name.is_empty())
        .ok_or("name is missing; send the short name of the new person")?;
    let role = match body["role"].as_str().unwrap_or("User") {
        "DocSpaceAdmin" => Role::DocSpaceAdmin,
        "RoomAdmin" => Role::RoomAdmin,
        "User" => Role::User,
        "Guest" => Role::Guest,
        other => return Err(format!("role must be one of DocSpaceAdmin, RoomAdmin, User, Guest, not '{other}'")),
    };
    if portal.person_id(name).is_some() {
        return Err(format!("a person named '{name}' already exists"));
    }
    let id = portal.add_person(NewPerson::new(name, role));
    Ok(json!({"name": name, "id": id, "email": portal.email(name), "key": portal.key(name)}))
}
