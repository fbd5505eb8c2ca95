//! The mock over HTTP: faults, the log, control calls, several portals, limits.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use docspace_mock::{Clock, Fault, Limits, MockPortal, Role};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};

/// The type of a Custom room.
const CUSTOM: i64 = 5;
/// The type of external links.
const EXTERNAL: i64 = 1;
/// The access level to read.
const READ: i64 = 2;
/// The status of an operation that has not started.
const CREATED: i64 = 0;

async fn mock() -> MockPortal {
    MockPortal::builder().person("ann", Role::RoomAdmin).start().await.expect("a free port")
}

fn call(mock: &MockPortal, method: Method, path: &str) -> RequestBuilder {
    Client::new().request(method, format!("{}/api/2.0{path}", mock.url())).bearer_auth(mock.key("ann"))
}

fn control(mock: &MockPortal, method: Method, path: &str) -> RequestBuilder {
    Client::new().request(method, format!("{}/_mock{path}", mock.url()))
}

async fn status(request: RequestBuilder) -> u16 {
    request.send().await.expect("an answer").status().as_u16()
}

#[tokio::test]
async fn faults_apply_to_matching_calls_the_given_number_of_times() {
    let mock = mock().await;
    mock.faults().next("GET /files/rooms", Fault::status(503).header("Retry-After", "1").times(2));
    let answer = call(&mock, Method::GET, "/files/rooms").send().await.expect("an answer");
    assert_eq!(answer.headers()["retry-after"], "1");
    assert_eq!(status(call(&mock, Method::GET, "/files/tags")).await, 200);
    assert_eq!(status(call(&mock, Method::GET, "/files/rooms")).await, 503);
    assert_eq!(status(call(&mock, Method::GET, "/files/rooms")).await, 200);
    mock.faults().next("* **", Fault::html(502));
    let page = call(&mock, Method::GET, "/files/rooms").send().await.expect("an answer");
    assert_eq!(page.headers()["content-type"], "text/html");
}

#[tokio::test]
async fn faults_close_truncate_and_stall_connections() {
    let mock = mock().await;
    let create = || call(&mock, Method::POST, "/files/rooms").json(&json!({"title": "x", "roomType": CUSTOM}));
    let rooms = || mock.portal(|portal| portal.dump()["portal"]["rooms"]["all"].as_object().map_or(0, |all| all.len()));
    mock.faults().next("POST /files/rooms", Fault::reset());
    assert!(create().send().await.is_err());
    assert_eq!(rooms(), 0, "the call was not executed");
    mock.faults().next("POST /files/rooms", Fault::reset().executed());
    assert!(create().send().await.is_err());
    assert_eq!(rooms(), 1, "the call was executed, and only its answer was lost");
    mock.faults().next("POST /files/rooms", Fault::truncate());
    assert!(create().send().await.expect("the start of an answer").bytes().await.is_err());
    assert_eq!(rooms(), 2);
    mock.faults().next("POST /files/rooms", Fault::stall());
    let waiting = create().timeout(Duration::from_millis(100)).send().await;
    assert!(waiting.is_err_and(|error| error.is_timeout()));
    let statuses: Vec<_> = mock.requests().iter().map(|request| request.status).collect();
    assert_eq!(statuses, [None, None, Some(200), None]);
}

#[tokio::test]
async fn requests_are_logged_with_their_status() {
    let mock = mock().await;
    assert_eq!(status(call(&mock, Method::PUT, "/files/rooms/7?x=1").json(&json!({"title": "y"}))).await, 403);
    let log = mock.requests();
    assert_eq!(
        (log[0].method.as_str(), log[0].path.as_str(), log[0].query.as_str()),
        ("PUT", "/api/2.0/files/rooms/7", "x=1")
    );
    assert_eq!((log[0].json(), log[0].status), (Some(json!({"title": "y"})), Some(403)));
    assert!(log[0].header("Authorization").is_some());
    mock.clear_requests();
    assert!(mock.requests().is_empty());
}

#[tokio::test]
async fn mock_can_be_controlled_over_http() {
    let mock = mock().await;
    let people: Value = control(&mock, Method::GET, "").send().await.unwrap().json().await.unwrap();
    assert_eq!(people["people"][1]["key"], json!(mock.key("ann")));
    let fault = json!({"target": "GET /files/rooms", "status": 500, "times": 1});
    assert_eq!(status(control(&mock, Method::POST, "/faults").json(&fault)).await, 204);
    assert_eq!(status(call(&mock, Method::GET, "/files/rooms")).await, 500);
    assert_eq!(
        status(control(&mock, Method::POST, "/faults").json(&json!({"target": "* **", "kind": "nonsense"}))).await,
        400
    );
    assert_eq!(
        status(control(&mock, Method::POST, "/people").json(&json!({"name": "bob", "role": "Guest"}))).await,
        200
    );
    let bob = Client::new().get(format!("{}/api/2.0/people/@self", mock.url())).bearer_auth(mock.key("bob"));
    assert_eq!(status(bob).await, 200);
    let state: Value = control(&mock, Method::GET, "/state").send().await.unwrap().json().await.unwrap();
    assert_eq!(status(control(&mock, Method::DELETE, "/state")).await, 204);
    assert!(mock.portal(|portal| portal.key("bob")).is_none());
    assert_eq!(status(control(&mock, Method::PUT, "/state").json(&state)).await, 204);
    assert!(mock.portal(|portal| portal.key("bob")).is_some());
    assert_eq!(status(control(&mock, Method::POST, "/clock").json(&json!({"advanceSeconds": 3600}))).await, 204);
    assert_eq!(status(control(&mock, Method::PUT, "/limits").json(&json!({"perMinute": 1}))).await, 204);
    assert_eq!(status(call(&mock, Method::GET, "/files/rooms")).await, 200);
    assert_eq!(status(call(&mock, Method::GET, "/files/rooms")).await, 429);
    assert_eq!(status(control(&mock, Method::GET, "/nothing")).await, 404);
}

#[tokio::test]
async fn lost_operation_stays_created_and_then_disappears() {
    let mock = mock().await;
    let room: Value = call(&mock, Method::POST, "/files/rooms")
        .json(&json!({"title": "x", "roomType": CUSTOM}))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(status(control(&mock, Method::POST, "/operations/lose").json(&json!({"count": 1}))).await, 204);
    let archive = format!("/files/rooms/{}/archive", room["response"]["id"]);
    assert_eq!(status(call(&mock, Method::PUT, &archive).json(&json!({}))).await, 200);
    let listed = async || {
        call(&mock, Method::GET, "/files/fileops").send().await.unwrap().json::<Value>().await.unwrap()["response"]
            .clone()
    };
    mock.advance(Duration::from_secs(5));
    assert_eq!(listed().await[0]["status"], CREATED);
    mock.advance(Duration::from_secs(75));
    assert_eq!(listed().await, json!([]));
}

#[tokio::test]
async fn parallel_calls_above_the_limit_are_refused() {
    let mock = mock().await;
    mock.portal(|portal| portal.set_limits(Some(Limits { writes_at_once: 3, ..Limits::measured() })));
    mock.set_latency(Duration::from_millis(200));
    let one = || tokio::spawn(status(call(&mock, Method::POST, "/files/tags").json(&json!({"name": "t"}))));
    let calls: Vec<_> = (0..8).map(|_| one()).collect();
    let mut statuses = Vec::new();
    for call in calls {
        statuses.push(call.await.expect("a status"));
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 200, 200, 429, 429, 429, 429, 429]);
}

#[tokio::test]
async fn portals_in_one_process_are_independent() {
    let (one, two) = (mock().await, mock().await);
    assert_eq!(
        status(call(&one, Method::POST, "/files/rooms").json(&json!({"title": "x", "roomType": CUSTOM}))).await,
        200
    );
    let rooms: Value = call(&two, Method::GET, "/files/rooms").send().await.unwrap().json().await.unwrap();
    assert_eq!(rooms["response"]["total"], 0);
    let body = json!({"portalName": "acme", "email": "owner@acme.example", "password": "Passw0rd11"});
    let register = Client::new().post(format!("{}/apisystem/portal/register", one.url())).json(&body);
    assert_eq!(status(register).await, 200);
    let key = one.portals(|portals| portals.named("acme").and_then(|portal| portal.key("owner"))).expect("an owner");
    let list = Client::new()
        .get(format!("{}/api/2.0/files/rooms", one.url()))
        .header("Origin", "http://acme.example")
        .bearer_auth(key);
    let rooms: Value = list.send().await.unwrap().json().await.unwrap();
    assert_eq!(rooms["response"]["total"], 0);
    one.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_parallel_calls_succeed() {
    let mock = mock().await;
    let clients = (0..100).map(|number| {
        let call =
            call(&mock, Method::POST, "/files/rooms").json(&json!({"title": format!("r{number}"), "roomType": CUSTOM}));
        tokio::spawn(status(call))
    });
    for client in clients.collect::<Vec<_>>() {
        assert_eq!(client.await.expect("a status"), 200);
    }
    let rooms: Value = call(&mock, Method::GET, "/files/rooms").send().await.unwrap().json().await.unwrap();
    assert_eq!(rooms["response"]["total"], 100);
}

#[tokio::test]
async fn dates_are_in_the_time_zone_of_the_portal() {
    let builder = MockPortal::builder().clock(Clock::manual()).person("ann", Role::RoomAdmin).time_zone("+05:30");
    let mock = builder.start().await.expect("a portal");
    let json = async |request: RequestBuilder| request.send().await.unwrap().json::<Value>().await.unwrap();
    let create = || call(&mock, Method::POST, "/files/rooms").json(&json!({"title": "x", "roomType": CUSTOM}));
    let room = json(create()).await;
    assert_eq!(room["response"]["created"], "2026-11-21T13:30:00.0000000+05:30");
    let links = format!("/files/rooms/{}/links", room["response"]["id"]);
    for (sent, expected) in [
        ("2031-05-06T07:08:09", "2031-05-06T12:38:09.0000000+05:30"),
        ("2031-05-06T07:08:09Z", "2031-05-06T12:38:09.0000000+05:30"),
    ] {
        let body = json!({"linkType": EXTERNAL, "access": READ, "expirationDate": sent});
        let link = json(call(&mock, Method::PUT, &links).json(&body)).await;
        assert_eq!(link["response"]["sharedLink"]["expirationDate"], expected, "{link}");
    }
    let body = json!({"userName": mock.email("ann"), "password": mock.password("ann")});
    let session = json(call(&mock, Method::POST, "/authentication").json(&body)).await;
    assert!(session["response"]["expires"].as_str().is_some_and(|date| date.ends_with('Z')), "{session}");
    let settings = json(call(&mock, Method::GET, "/settings")).await;
    assert_eq!(
        (&settings["response"]["utcOffset"], &settings["response"]["utcHoursOffset"]),
        (&json!("05:30:00"), &json!(5.5))
    );
    assert_eq!(mock.portal(|portal| portal.dump()["portal"]["zone"].clone()), "+05:30");
    assert_eq!(status(control(&mock, Method::PUT, "/time-zone").json(&json!({"timeZone": "Mars"}))).await, 400);
    assert_eq!(status(control(&mock, Method::PUT, "/time-zone").json(&json!({"timeZone": "UTC"}))).await, 204);
    assert_eq!(json(create()).await["response"]["created"], "2026-11-21T08:00:00.0000000Z");
    assert!(MockPortal::builder().time_zone("Mars").start().await.is_err());
}

/// A request that a receiver of webhooks got: its method, its signature and its body.
#[derive(Clone, Debug)]
struct Received {
    method: String,
    signature: String,
    body: Value,
}

/// A receiver of webhooks. `status` is the status of the answer to the POST request with this
/// number, counted from 0.
fn receiver(status: impl Fn(usize) -> u16 + Send + 'static) -> (String, Arc<Mutex<Vec<Received>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
    let received = Arc::new(Mutex::new(Vec::<Received>::new()));
    let log = Arc::clone(&received);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut reader = BufReader::new(stream.try_clone().expect("the stream"));
            let mut lines = reader.by_ref().lines().map_while(Result::ok).take_while(|line| !line.is_empty());
            let method = lines.next().and_then(|line| Some(line.split(' ').next()?.to_owned())).unwrap_or_default();
            let headers: Vec<String> = lines.collect();
            let header =
                |name: &str| headers.iter().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim();
            let mut body = vec![0; header("content-length:").parse().unwrap_or_default()];
            reader.read_exact(&mut body).expect("a body");
            let mut log = log.lock().expect("no panic");
            let posts = log.iter().filter(|one| one.method == "POST").count();
            let status = if method == "POST" { status(posts) } else { 200 };
            log.push(Received {
                method,
                signature: header("x-docspace-signature-256:").to_owned(),
                body: serde_json::from_slice(&body).unwrap_or_default(),
            });
            write!(stream, "HTTP/1.1 {status} Status\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .expect("an answer");
        }
    });
    (url, received)
}

/// Creates a webhook of ann that delivers.
async fn webhook(mock: &MockPortal, url: &str) {
    let mut body = json!({"name": "x", "uri": url, "secretKey": "Wh-Secr3t.2026"});
    let made = call(mock, Method::POST, "/settings/webhook").json(&body).send().await.expect("an answer");
    let made: Value = made.json().await.expect("JSON");
    body["id"] = made["response"]["id"].clone();
    body["enabled"] = json!(true);
    assert_eq!(status(call(mock, Method::PUT, "/settings/webhook").json(&body)).await, 200);
}

async fn create_room(mock: &MockPortal, title: &str) {
    let body = json!({"title": title, "roomType": CUSTOM});
    assert_eq!(status(call(mock, Method::POST, "/files/rooms").json(&body)).await, 200);
}

fn titles(received: &Arc<Mutex<Vec<Received>>>) -> Vec<String> {
    let received = received.lock().expect("no panic");
    let posts = received.iter().filter(|one| one.method == "POST");
    posts.map(|one| one.body["payload"]["title"].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn webhooks_are_delivered_and_retried_when_the_clock_advances() {
    let mock = mock().await;
    let (url, received) = receiver(|post| if post == 0 { 500 } else { 200 });
    webhook(&mock, &url).await;
    let methods: Vec<String> = received.lock().expect("no panic").iter().map(|one| one.method.clone()).collect();
    assert_eq!(methods, ["HEAD", "HEAD"]);
    create_room(&mock, "One").await;
    mock.webhooks().sent().await;
    assert_eq!((titles(&received).len(), mock.webhooks().waiting()), (1, 1));
    mock.advance(Duration::from_secs(1));
    mock.webhooks().sent().await;
    assert_eq!((titles(&received).len(), mock.webhooks().waiting()), (2, 0));
    let retry = received.lock().expect("no panic").last().cloned().expect("a retry");
    assert_eq!(retry.body["webhook"]["retryCount"], 1);
    assert!(retry.signature.starts_with("sha256="), "{}", retry.signature);
}

#[tokio::test]
async fn held_webhooks_are_sent_in_reverse_or_twice() {
    let mock = mock().await;
    let (url, received) = receiver(|_| 200);
    webhook(&mock, &url).await;
    let send = |body: Value| control(&mock, Method::POST, "/webhooks/send").json(&body);
    assert_eq!(status(control(&mock, Method::POST, "/webhooks/hold")).await, 204);
    create_room(&mock, "One").await;
    create_room(&mock, "Two").await;
    let waiting: Value =
        control(&mock, Method::GET, "/webhooks").send().await.expect("an answer").json().await.expect("JSON");
    assert_eq!(waiting["waiting"], 2);
    assert_eq!(status(send(json!({"reversed": true}))).await, 204);
    assert_eq!(titles(&received), ["Two", "One"]);
    assert_eq!(status(control(&mock, Method::POST, "/webhooks/duplicate")).await, 204);
    create_room(&mock, "Three").await;
    assert_eq!(status(send(json!({"retries": true}))).await, 204);
    assert_eq!(titles(&received)[2..], ["Three", "Three"]);
}

#[tokio::test]
async fn strict_webhooks_refuse_receivers_on_the_same_computer() {
    let mock = MockPortal::builder().person("ann", Role::RoomAdmin).strict_webhooks().start().await;
    let mock = mock.expect("a free port");
    for uri in ["http://127.0.0.1:1/", "http://localhost:1/"] {
        let body = json!({"name": "x", "uri": uri, "secretKey": "Wh-Secr3t.2026"});
        assert_eq!(status(call(&mock, Method::POST, "/settings/webhook").json(&body)).await, 400, "{uri}");
    }
}
