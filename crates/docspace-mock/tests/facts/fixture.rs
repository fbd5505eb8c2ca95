//! A portal with one person of each role.

use std::time::Duration;

use docspace_mock::{NewPerson, Portal, Request, Role};
use serde_json::{Value, json};

pub(crate) struct Fixture {
    pub(crate) portal: Portal,
}

impl Fixture {
    pub(crate) fn new() -> Self {
        let mut portal = Portal::new();
        let people =
            [("admin", Role::DocSpaceAdmin), ("ann", Role::RoomAdmin), ("user", Role::User), ("guest", Role::Guest)];
        for (name, role) in people {
            portal.add_person(NewPerson::new(name, role));
        }
        Self { portal }
    }

    /// Calls the portal as a person, or as an anonymous caller for "". Returns the status and the
    /// body.
    pub(crate) fn call(&mut self, person: &str, method: &str, path: &str, body: Value) -> (u16, Value) {
        let mut request = Request::new(method, &format!("/api/2.0/{path}"));
        if let Some(key) = self.portal.key(person) {
            request = request.header("Authorization", &format!("Bearer {key}"));
        }
        if !body.is_null() {
            request = request.json(&body);
        }
        let answer = self.portal.handle(&request);
        (answer.status, answer.json().unwrap_or_default())
    }

    /// The `response` of a successful call.
    #[track_caller]
    pub(crate) fn ok(&mut self, person: &str, method: &str, path: &str, body: Value) -> Value {
        let (status, mut answer) = self.call(person, method, path, body);
        assert_eq!(status, 200, "{method} {path}: {answer}");
        answer["response"].take()
    }

    /// A room of the owner.
    #[track_caller]
    pub(crate) fn room(&mut self, room_type: i64) -> i64 {
        self.room_of("owner", json!({"title": "Room", "roomType": room_type}))
    }

    /// A room of this person.
    #[track_caller]
    pub(crate) fn room_of(&mut self, person: &str, body: Value) -> i64 {
        self.ok(person, "POST", "files/rooms", body)["id"].as_i64().expect("an id")
    }

    /// The room as this person reads it.
    #[track_caller]
    pub(crate) fn read(&mut self, person: &str, room: i64) -> Value {
        self.ok(person, "GET", &format!("files/rooms/{room}"), Value::Null)
    }

    /// Archives a room and waits until it is archived.
    #[track_caller]
    pub(crate) fn archive(&mut self, room: i64) {
        self.ok("owner", "PUT", &format!("files/rooms/{room}/archive"), json!({}));
        self.portal.advance(Duration::from_secs(1));
    }

    pub(crate) fn id(&self, person: &str) -> String {
        self.portal.person_id(person).expect("a person").to_string()
    }

    /// A text file of this person in a room or folder.
    #[track_caller]
    pub(crate) fn file(&mut self, person: &str, parent: i64, title: &str) -> i64 {
        let body = json!({"title": title, "content": "x"});
        self.ok(person, "POST", &format!("files/{parent}/text"), body)["id"].as_i64().expect("an id")
    }

    /// Calls the portal as a person, or as an anonymous caller for "", with the key of a link.
    pub(crate) fn with_key(&mut self, person: &str, path: &str, key: &str) -> (u16, Value) {
        let mut request = Request::new("GET", &format!("/api/2.0/{path}")).header("Request-Token", key);
        if let Some(secret) = self.portal.key(person) {
            request = request.header("Authorization", &format!("Bearer {secret}"));
        }
        let answer = self.portal.handle(&request);
        (answer.status, answer.json().unwrap_or_default())
    }

    pub(crate) fn share(&mut self, room: i64, person: &str, access: i64) -> u16 {
        let body = json!({"invitations": [{"id": self.id(person), "access": access}]});
        self.call("owner", "PUT", &format!("files/rooms/{room}/share"), body).0
    }

    pub(crate) fn bearer(&mut self, key: &str, method: &str, path: &str) -> (u16, usize) {
        let request =
            Request::new(method, &format!("/api/2.0/{path}")).header("Authorization", &format!("Bearer {key}"));
        let answer = self.portal.handle(&request.json(&json!({})));
        (answer.status, answer.body.len())
    }
}
