//! Checks the receiver of webhooks with golden vectors and with every recorded delivery.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use contract::recording;
use contract::server::Server;
use docspace::webhooks::{Payload, Receiver, Trigger};
use docspace_mock::MockPortal;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Vector {
    name: String,
    trigger: String,
    secret: String,
    body_base64: String,
    signature_header: Option<String>,
    valid: bool,
}

impl Vector {
    fn body(&self) -> Vec<u8> {
        STANDARD.decode(&self.body_base64).expect("Base64")
    }

    fn signature(&self) -> &str {
        self.signature_header.as_deref().unwrap_or_default()
    }
}

fn vectors() -> Vec<Vector> {
    let file = recording::folder().join("../webhooks/vectors.json");
    serde_json::from_str(&std::fs::read_to_string(file).expect("the file")).expect("vectors")
}

#[test]
fn golden_vectors_have_the_verdict_that_they_state() {
    for vector in vectors() {
        let received = Receiver::new(vector.secret.as_str()).receive(&vector.body(), vector.signature());
        match received {
            Ok(delivery) => {
                assert!(vector.valid, "{} was accepted", vector.name);
                assert_eq!(delivery.event.trigger.name(), vector.trigger, "{}", vector.name);
            }
            Err(error) => assert!(!vector.valid && error.is_forged(), "{}: {error}", vector.name),
        }
    }
}

#[test]
fn one_changed_bit_is_a_wrong_signature() {
    for vector in vectors().iter().filter(|vector| vector.valid) {
        let receiver = Receiver::new(vector.secret.as_str());
        let mut body = vector.body();
        let bits = body.len() * 8;
        // A prime step, so that every place in a byte is hit.
        for bit in (0..bits).step_by(97) {
            body[bit / 8] ^= 1 << (bit % 8);
            let error = receiver.receive(&body, vector.signature()).expect_err(&vector.name);
            assert!(error.is_forged(), "{} with bit {bit} changed: {error}", vector.name);
            body[bit / 8] ^= 1 << (bit % 8);
        }
    }
}

/// While a secret is replaced, both are accepted.
#[test]
fn each_of_several_secrets_is_accepted() {
    let all = vectors();
    let vector = all.iter().find(|vector| vector.valid).expect("a valid vector");
    let accepts = |receiver: &Receiver| receiver.receive(&vector.body(), vector.signature()).is_ok();
    assert!(accepts(&Receiver::new("Another-1").or_secret(vector.secret.as_str())));
    assert!(accepts(&Receiver::new(vector.secret.as_str()).or_secret("Another-1")));
    assert!(!accepts(&Receiver::new("Another-1").or_secret("Another-2")));
}

/// A delivery in a recording: the request that the receiver of the recording got.
struct Recorded {
    scenario: String,
    body: Vec<u8>,
    signature: String,
    secrets: Vec<String>,
}

/// All signed deliveries of all recordings, with the secrets of the webhooks in the recording.
fn recorded() -> Vec<Recorded> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(recording::folder().join("webhooks")).expect("the folder") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("a recording");
        let recording: Value = serde_json::from_str(&text).expect("JSON");
        for delivery in recording["deliveries"].as_array().into_iter().flatten() {
            let headers = delivery["headers"].as_array().into_iter().flatten();
            let signature = headers.into_iter().find(|header| header[0] == Receiver::SIGNATURE_HEADER);
            let Some(signature) = signature.and_then(|header| header[1].as_str()) else { continue };
            let secrets = recording["receiver"]["secrets"].as_object().into_iter().flatten();
            found.push(Recorded {
                scenario: recording["scenario"].as_str().expect("a name").to_owned(),
                body: STANDARD.decode(delivery["base64"].as_str().expect("a body")).expect("Base64"),
                signature: signature.to_owned(),
                secrets: secrets.flat_map(|(_, of_address)| texts(of_address)).collect(),
            });
        }
    }
    found
}

fn texts(list: &Value) -> impl Iterator<Item = String> + '_ {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned)
}

#[test]
fn every_recorded_delivery_is_read_completely() {
    let all = recorded();
    assert!(all.len() >= 400, "only {} deliveries", all.len());
    for Recorded { scenario, body, signature, secrets } in all {
        let mut secrets = secrets.iter();
        let receiver = Receiver::new(secrets.next().expect("a secret").as_str());
        let receiver = secrets.fold(receiver, |receiver, secret| receiver.or_secret(secret.as_str()));
        let delivery = receiver.receive(&body, &signature).unwrap_or_else(|error| panic!("{scenario}: {error}"));
        assert!(!matches!(delivery.payload, Payload::Other(_)), "{scenario}: {delivery:?}");
        assert!(!matches!(delivery.event.trigger, Trigger::Unknown(_)), "{scenario}: {delivery:?}");
        let known: Vec<&str> = delivery.event.other.keys().map(String::as_str).collect();
        assert_eq!((known, delivery.webhook.other.len()), (vec!["triggerId"], 0), "{scenario}");
        assert_eq!(delivery.event.other["triggerId"], delivery.event.trigger.bit().expect("a bit"));
        assert!(delivery.sent() >= delivery.event.created && (1..=6).contains(&delivery.attempt()), "{scenario}");
        // Nothing gets lost: written again, it is the same JSON, apart from the digits of dates.
        let came: Value = serde_json::from_slice(&body).expect("JSON");
        let written = serde_json::to_value(&delivery).expect("JSON");
        assert_eq!(without_dates(written), without_dates(came), "{scenario}");
    }
}

/// Dates have other digits when they are written again, so only the names of their members count.
fn without_dates(mut value: Value) -> Value {
    for part in value.as_object_mut().expect("an object").values_mut() {
        for (name, member) in part.as_object_mut().expect("an object") {
            if name.ends_with("On") || name.ends_with("Date") || name == "lastModified" {
                *member = Value::Null;
            }
        }
    }
    value
}

#[test]
fn repeats_have_the_same_key_and_other_events_another() {
    let all = vectors();
    let receive = |name: &str| {
        let vector = all.iter().find(|vector| vector.name == name).expect("the vector");
        Receiver::new(vector.secret.as_str()).receive(&vector.body(), vector.signature()).expect("a delivery")
    };
    let first = receive("fifth retry, after a redirect");
    assert_eq!((first.attempt(), first.is_retry()), (6, true));
    // A retry that a person asks for: another id, and no members about attempts.
    let mut again = first.clone();
    again.event.id += 7;
    again.webhook.retry_count = 0;
    again.webhook.retried = None;
    assert_eq!(again.repeat_key(), first.repeat_key());
    assert_ne!(first.repeat_key(), receive("room.updated").repeat_key());
    let Payload::Room(template) = receive("template created").payload else { panic!("a room") };
    assert!(template.is_template());
}

#[test]
fn random_bodies_are_refused_and_never_panic() {
    let mut random = fastrand::Rng::with_seed(19);
    let receiver = Receiver::new("Wh-Secr3t.2026");
    for _ in 0..10_000 {
        let length = random.usize(0..300);
        let body: Vec<u8> = (0..length).map(|_| random.u8(..)).collect();
        let header: String = (0..random.usize(0..80)).map(|_| random.char(..)).collect();
        assert!(receiver.receive(&body, &header).expect_err("random").is_forged());
    }
}

/// The whole way: the mock portal sends an event to a receiver that was registered on it.
#[tokio::test]
async fn event_of_the_mock_portal_is_verified_and_read() {
    let mock = MockPortal::builder().start().await.expect("a free port");
    let server = Server::start(|_| (200, String::new(), "{}".to_owned()));
    let client = reqwest::Client::new();
    let call = |method: reqwest::Method, path: &str, body: Value| {
        let request = client.request(method, format!("{}/api/2.0/{path}", mock.url())).bearer_auth(mock.owner_key());
        async move { request.json(&body).send().await.expect("an answer").json::<Value>().await.expect("JSON") }
    };
    let uri = format!("{}/hook", server.url());
    let mut hook = json!({"name": "events", "uri": uri, "secretKey": "Wh-Secr3t.2026", "triggers": 4_194_304});
    let made = call(reqwest::Method::POST, "settings/webhook", hook.clone()).await;
    hook["id"] = made["response"]["id"].clone();
    hook["enabled"] = json!(true);
    call(reqwest::Method::PUT, "settings/webhook", hook).await;
    let title = "Füller & \"Tinte\"";
    let room = call(reqwest::Method::POST, "files/rooms", json!({"title": title, "roomType": 5})).await;
    mock.webhooks().sent().await;

    let received = server.received();
    let delivery = received.iter().find(|request| request.method == "POST").expect("a delivery");
    let signature = delivery.headers.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case(Receiver::SIGNATURE_HEADER).then(|| value.trim().to_owned())
    });
    let event = Receiver::new("Wh-Secr3t.2026")
        .receive(delivery.body.as_bytes(), &signature.expect("a signature"))
        .expect("a signed event");
    assert_eq!(event.event.trigger, Trigger::RoomCreated);
    let Payload::Room(entry) = event.payload else { panic!("the payload of a room: {:?}", event.payload) };
    assert_eq!(
        (json!(entry.id), json!(entry.title)),
        (room["response"]["id"].clone(), room["response"]["title"].clone())
    );
}
