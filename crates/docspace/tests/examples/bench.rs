//! Runs an example program against a mock portal.

use std::path::PathBuf;
use std::process::Command;

use chrono::{DateTime, Days, Utc};
use docspace::{Portal, Room, RoomHandle, RoomType};
use docspace_mock::{Clock, MockPortal, Role};

/// A portal with its owner, and the colleagues ann and bob.
pub(crate) struct Bench {
    pub(crate) mock: MockPortal,
    pub(crate) portal: Portal,
    /// The key that the examples use.
    pub(crate) key: String,
}

/// How an example ended.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Bench {
    pub(crate) async fn new() -> Self {
        // The examples count days from the computer's clock, so the portal must use that clock,
        // too.
        let builder = MockPortal::builder().clock(Clock::real());
        let mock = builder.person("ann", Role::RoomAdmin).person("bob", Role::User).start().await.unwrap();
        let key = mock.owner_key();
        let portal = Portal::builder(mock.url()).api_key(key.as_str()).build().unwrap();
        Self { mock, portal, key }
    }

    pub(crate) async fn room(&self, title: &str) -> Room {
        self.portal.rooms().create(title, RoomType::Custom).send().await.unwrap()
    }

    pub(crate) fn handle(&self, room: &Room) -> RoomHandle {
        self.portal.room(room)
    }

    /// The room, active or archived, if it still exists.
    pub(crate) async fn read(&self, room: &Room) -> Option<Room> {
        self.portal.room(room).get().await.ok()
    }

    /// Moves a room's last change into the past.
    pub(crate) fn age(&self, room: &Room, days: u64) {
        self.change(room, |state| {
            // The portal never returns a last change that is earlier than the creation.
            for name in ["created", "updated"] {
                let time: DateTime<Utc> = state[name].as_str().unwrap().parse().unwrap();
                state[name] = serde_json::json!(time - Days::new(days));
            }
        });
    }

    /// Changes the stored state of a room.
    pub(crate) fn change(&self, room: &Room, change: impl FnOnce(&mut serde_json::Value)) {
        self.mock.portal(|portal| {
            let mut state = portal.dump();
            change(&mut state["portal"]["rooms"]["all"][room.id.to_string()]);
            portal.load(state).unwrap();
        });
    }

    /// Runs an example, and asserts that it succeeds.
    pub(crate) async fn run(&self, example: &str, arguments: &[&str]) -> Outcome {
        let outcome = self.try_run(example, arguments).await;
        assert_eq!(outcome.code, Some(0), "{outcome:?}");
        outcome
    }

    /// Runs an example.
    pub(crate) async fn try_run(&self, example: &str, arguments: &[&str]) -> Outcome {
        run(example, arguments, &[("DOCSPACE_URL", &self.mock.url()), ("DOCSPACE_API_KEY", &self.key)]).await
    }
}

/// Runs an example with these variables, and asserts that it does not print the key. It runs on a
/// thread of its own, because the mock portal uses those of the runtime.
pub(crate) async fn run(example: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Outcome {
    let mut command = Command::new(program(example));
    command.args(arguments).env_remove("DOCSPACE_URL").env_remove("DOCSPACE_API_KEY").envs(environment.iter().copied());
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let outcome = Outcome { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) };
    for (_, key) in environment.iter().filter(|(name, _)| *name == "DOCSPACE_API_KEY") {
        assert!(!outcome.out.contains(key) && !outcome.err.contains(key), "{example} prints the key");
    }
    outcome
}

/// The path of an example. Cargo passes the paths of binaries to tests, but not those of examples.
/// It puts them next to the folder of the tests, for every profile and target.
fn program(example: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let name = format!("{example}{}", std::env::consts::EXE_SUFFIX);
    let mut places = test.ancestors().skip(1).map(|folder| folder.join("examples").join(&name));
    places
        .find(|path| path.is_file())
        .unwrap_or_else(|| panic!("no {name} above {}: build the examples", test.display()))
}
