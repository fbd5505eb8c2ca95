//! The same change of many rooms, on a mock portal in the same program.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use docspace::transport::Throttle;
use docspace::waiting::WaitPolicy;
use docspace::{Portal, RoomId};
use docspace_mock::{Clock, Limits, MockPortal, Request};
use serde_json::{Value, json};

/// Archives rooms, and reports the time, the time that the operations alone take, and the calls.
pub(crate) async fn run(rooms: usize, limits: bool) -> Result<Value> {
    let mock = MockPortal::builder().clock(Clock::real()).start().await?;
    let ids = mock.portal(|portal| (0..rooms).map(|number| create(portal, number)).collect::<Result<Vec<_>>>())?;
    let mut client = Portal::builder(mock.url()).api_key(mock.owner_key());
    if limits {
        mock.portal(|portal| portal.set_limits(Some(Limits::measured())));
    } else {
        client = client.throttle(Throttle::default().reads(1000).writes(1000).per_minute(usize::MAX));
    }
    let client = client.build()?;
    mock.clear_requests();

    let start = Instant::now();
    let outcomes = client.rooms().many(ids).archive().finish().await;
    let elapsed = start.elapsed();
    ensure!(outcomes.done.len() == rooms, "{} of {rooms} rooms were archived", outcomes.done.len());

    let in_flight = WaitPolicy::default().in_flight;
    let operation = operation_time()?;
    Ok(json!({
        "seconds": elapsed.as_secs_f64(),
        "operationSeconds": operation.as_secs_f64(),
        "inFlight": in_flight,
        "leastSeconds": operation.as_secs_f64() * rooms.div_ceil(in_flight) as f64,
        "calls": mock.requests().len(),
    }))
}

/// How long the mock portal takes to archive a room, to the millisecond, on its own clock.
fn operation_time() -> Result<Duration> {
    let mut portal = docspace_mock::Portal::new();
    let id = create(&mut portal, 0)?;
    handle(&mut portal, "PUT", &format!("files/rooms/{id}/archive"), &json!({}))?;
    for milliseconds in 0..60_000 {
        let operations = handle(&mut portal, "GET", "files/fileops", &json!({}))?;
        if operations[0]["finished"] == true {
            return Ok(Duration::from_millis(milliseconds));
        }
        portal.advance(Duration::from_millis(1));
    }
    anyhow::bail!("the operation of the mock portal did not end within a minute")
}

fn create(portal: &mut docspace_mock::Portal, number: usize) -> Result<RoomId> {
    let room = json!({ "title": format!("Room {number}"), "roomType": 5 });
    let id = handle(portal, "POST", "files/rooms", &room)?["id"].take();
    serde_json::from_value(id).context("the mock portal created no room")
}

/// Makes a call without HTTP, and returns `response` of the answer.
fn handle(portal: &mut docspace_mock::Portal, method: &str, path: &str, body: &Value) -> Result<Value> {
    let key = portal.key("owner").context("the mock portal has no owner")?;
    let request = Request::new(method, &format!("/api/2.0/{path}")).header("Authorization", &format!("Bearer {key}"));
    let answer = portal.handle(&request.json(body));
    Ok(answer.json().context("not JSON")?["response"].take())
}
