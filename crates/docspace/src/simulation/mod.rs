//! Tests of waiting against the core of the mock portal, in this process and in virtual time.
//!
//! A sleep takes no real time, so a test of an hour takes a moment, and a failed schedule can be
//! run again.

mod deletions;
mod edge_cases;
mod programs;
mod stress;
mod tickets;
mod waits;
mod wire;

use std::sync::{Arc, LazyLock};

use docspace_mock::Request;
use serde_json::json;

use self::wire::Wire;
use crate::transport::Throttle;
use crate::waiting::WaitPolicy;
use crate::{Portal, RoomId};

/// A portal with rooms, and their ids.
static PORTAL_WITH_ROOMS: LazyLock<(docspace_mock::Portal, Vec<RoomId>)> = LazyLock::new(|| {
    let mut core = docspace_mock::Portal::new();
    let key = core.key("owner").expect("the owner has a key");
    let rooms = (0..15).map(|number| {
        let create = Request::new("POST", "/api/2.0/files/rooms").header("Authorization", &format!("Bearer {key}"));
        let answer = core.handle(&create.json(&json!({"title": format!("room {number}"), "roomType": 5})));
        let id = answer.json().expect("JSON")["response"]["id"].as_i64().expect("an id");
        RoomId::from(i32::try_from(id).expect("a small id"))
    });
    let rooms = rooms.collect();
    (core, rooms)
});

/// Creating a client reads the system's certificates, which takes longer than a simulation.
static HTTP: LazyLock<reqwest::Client> = LazyLock::new(reqwest::Client::new);

/// A portal, its simulated connection, and the key of its owner.
#[derive(Clone)]
struct Scene {
    portal: Portal,
    wire: Arc<Wire>,
    key: String,
}

/// The conditions of a simulation.
struct Setting {
    limits: Throttle,
    policy: WaitPolicy,
    /// Number of a thousand repeatable calls that fail with a 503, half of them after they were
    /// executed.
    failures: u32,
    /// Number of files in each room.
    files: usize,
    seed: u64,
}

impl Default for Setting {
    fn default() -> Self {
        let (limits, policy) = (Throttle::default(), WaitPolicy::default());
        Self { limits, policy, failures: 0, files: 0, seed: 1 }
    }
}

/// Runs a test on a new portal, with the ids of its rooms.
fn simulate<F: Future<Output = ()>>(setting: Setting, test: impl FnOnce(Scene, Vec<RoomId>) -> F) {
    // The facade uses this generator to vary its pauses.
    fastrand::seed(setting.seed);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.expect("a runtime").block_on(async {
        let (mut core, rooms) = PORTAL_WITH_ROOMS.clone();
        for id in rooms.iter().filter_map(RoomId::number) {
            assert!(core.fill_room(id.into(), setting.files));
        }
        let key = core.key("owner").expect("the owner has a key");
        let wire = Arc::new(Wire::new(core, &setting));
        let portal = Portal::builder("https://acme.example.com").api_key(&*key).throttle(setting.limits);
        let portal = portal.wait_policy(setting.policy).http_client(HTTP.clone()).transport(wire.clone());
        test(Scene { portal: portal.build().expect("a portal"), wire, key }, rooms).await;
    });
}

impl Scene {
    /// Sends a request as another program of the same person, without any delay.
    fn ask(&self, method: &str, path: &str, body: serde_json::Value) -> docspace_mock::Response {
        self.wire.ask(method, path, &self.key, &body)
    }

    /// The section of the portal that contains a room: 14 for active rooms, 20 for the archive,
    /// `None` if the room is gone.
    fn place(&self, id: &RoomId) -> Option<i64> {
        let answer = self.ask("GET", &format!("files/rooms/{id}"), json!({}));
        answer.json().filter(|_| answer.status == 200)?["response"]["rootFolderType"].as_i64()
    }

    fn is_archived(&self, id: &RoomId) -> bool {
        self.place(id) == Some(20)
    }

    /// The same portal with another key.
    fn with_key(&self, key: &crate::Secret) -> Self {
        let portal = Portal::builder("https://acme.example.com").api_key(key.clone());
        let portal = portal
            .wait_policy(self.portal.wait_policy().clone())
            .http_client(HTTP.clone())
            .transport(self.wire.clone());
        Self { portal: portal.build().expect("a portal"), ..self.clone() }
    }

    /// Another program of the same person.
    fn other_program(&self) -> Self {
        self.with_key(&crate::Secret::from(self.key.clone()))
    }

    /// Starts a deletion as another program of the same person.
    fn delete_elsewhere(&self, id: &RoomId) {
        assert_eq!(self.ask("DELETE", &format!("files/rooms/{id}"), json!({})).status, 200);
    }
}
