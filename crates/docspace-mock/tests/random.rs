//! Random requests never make the core panic, and get only statuses that a portal uses.
//!
//! This command sends a million requests:
//! `RANDOM_CALLS=1000000 cargo test --release -p docspace-mock --test random`

use std::time::Duration;

use docspace_mock::{NewPerson, Outcome, Portal, Request, Role};
use fastrand::Rng;
use serde_json::{Value, json};

const PATHS: [&str; 103] = [
    "settings/webhook",
    "settings/webhook",
    "settings/webhook/enable",
    "settings/webhook/triggers",
    "settings/webhook/retry",
    "settings/webhook/{}",
    "settings/webhook/{}/retry",
    "settings/webhooks/log",
    "files/rooms",
    "files/rooms/{}",
    "files/rooms/{}/archive",
    "files/rooms/{}/unarchive",
    "files/rooms/{}/links",
    "files/rooms/{}/link",
    "files/rooms/{}/share",
    "files/rooms/{}/tags",
    "files/rooms/{}/pin",
    "files/rooms/{}/unpin",
    "files/rooms/{}/cover",
    "files/rooms/{}/logo",
    "files/rooms/{}/reorder",
    "files/rooms/{}/resend",
    "files/rooms/{}/news",
    "files/rooms/{}/indexexport",
    "files/rooms/{}/externaldbsync",
    "files/rooms/covers",
    "files/rooms/roomquota",
    "files/rooms/resetquota",
    "files/rooms/indexexport",
    "files/rooms/news",
    "files/rooms/fromtemplate",
    "files/rooms/fromtemplate/status",
    "files/roomtemplate",
    "files/roomtemplate/status",
    "files/roomtemplate/{}/public",
    "files/roomtemplate/public",
    "files/fileops",
    "files/fileops/{}",
    "files/fileops/terminate",
    "files/fileops/copy",
    "files/fileops/move",
    "files/fileops/delete",
    "files/fileops/deleteversion",
    "files/fileops/duplicate",
    "files/fileops/emptytrash",
    "files/fileops/markasread",
    "files/fileops/checkdestfolder",
    "files/@my",
    "files/@my/file",
    "files/@trash",
    "files/@root",
    "files/@favorites",
    "files/@common",
    "files/@share",
    "files/recent",
    "files/file/{}",
    "files/{}/file",
    "files/folder/{}/path",
    "files/folder/{}/order",
    "files/tags",
    "files/tags/{}/haslinks",
    "files/group",
    "files/group/{}",
    "files/group/{}/icon",
    "files/share/{}",
    "files/share/{}/password",
    "files/folder/{}",
    "files/{}/upload",
    "files/{}",
    "files/folder/{}/link",
    "files/folder/{}/links",
    "files/folder/{}/share",
    "files/folder/{}/xlsx",
    "files/file/{}/link",
    "files/file/{}/links",
    "files/file/{}/share",
    "files/file/{}/history",
    "files/file/{}/edit/history",
    "files/file/{}/comment",
    "files/file/{}/restoreversion",
    "files/file/{}/copyas",
    "files/file/{}/lock",
    "files/file/{}/recent",
    "files/file/{}/presigneduri",
    "files/file/{}/presigned",
    "files/file/{}/isformpdf",
    "files/{}/order",
    "files/order",
    "files/{}/news",
    "files/{}/text",
    "files/{}/formfilter",
    "files/{}/session",
    "files/{}/session/{}/finalize",
    "files/favorites",
    "files/thumbnails",
    "settings/notification/rooms",
    "keys",
    "keys/@self",
    "people",
    "people/active",
    "people/type/User",
    "authentication",
    "settings",
];
const NAMES: [&str; 64] = [
    "uri",
    "secretKey",
    "enabled",
    "ssl",
    "triggers",
    "targetId",
    "ids",
    "title",
    "roomType",
    "tags",
    "names",
    "name",
    "color",
    "cover",
    "quota",
    "indexing",
    "denyDownload",
    "lifetime",
    "watermark",
    "logo",
    "private",
    "share",
    "access",
    "linkType",
    "linkId",
    "expirationDate",
    "password",
    "internal",
    "maxUseCount",
    "invitations",
    "roomId",
    "templateId",
    "public",
    "id",
    "roomIds",
    "rooms",
    "icon",
    "groupName",
    "roomsToAdd",
    "email",
    "userIds",
    "permissions",
    "deleteAfter",
    "folderIds",
    "fileIds",
    "entryId",
    "entryType",
    "items",
    "destTitle",
    "fileName",
    "fileSize",
    "relativePath",
    "content",
    "version",
    "comment",
    "lockFile",
    "primary",
    "mute",
    "roomsId",
    "destFolderId",
    "conflictResolveType",
    "immediately",
    "returnSingleOperation",
    "order",
];
const QUERIES: [&str; 18] = [
    "groupStatus",
    "trigger",
    "deliveryFrom",
    "count",
    "startIndex",
    "type",
    "searchArea",
    "sortBy",
    "sortOrder",
    "filterValue",
    "tags",
    "subjectId",
    "groupId",
    "fields",
    "filterType",
    "folderIds",
    "fileIds",
    "destFolderId",
];
const METHODS: [&str; 7] = ["GET", "GET", "POST", "PUT", "PUT", "DELETE", "PATCH"];

struct Generator {
    random: Rng,
    keys: Vec<String>,
}

impl Generator {
    fn pick<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.random.usize(..all.len())]
    }

    fn id(&mut self) -> String {
        match self.random.u8(..10) {
            0 => "0".into(),
            1 => "-1".into(),
            2 => "99999999999999999999".into(),
            3 => self.pick(&["abc", "%20", "1.5", "sbox-1-x", "drive-9-x", "%FF%FE", "%2F", "..", "\u{fc}"]).into(),
            _ => self.random.i64(1..60).to_string(),
        }
    }

    fn value(&mut self, depth: u8) -> Value {
        match self.random.u8(..16) {
            0 => Value::Null,
            1 => json!(self.random.bool()),
            2 => json!(self.random.i64(..)),
            3 => json!(self.random.f64() * 1e300),
            4 | 5 => json!(self.random.i64(-2..13)),
            6 => json!(self.pick(&[
                "",
                " ",
                "x",
                "5",
                "Read",
                "CustomRoom",
                "2031-01-01",
                "not a date",
                "\u{1f600}",
                "a@b.c",
                "Passw0rd11",
                "flag",
                "http://127.0.0.1:9/hook"
            ])),
            7 => json!("00000000-0000-4000-8000-000000000001"),
            8 => json!("t".repeat(self.random.usize(..400))),
            9 | 10 if depth > 0 => (0..self.random.usize(..4)).map(|_| self.value(depth - 1)).collect(),
            11 | 12 if depth > 0 => self.object(depth - 1),
            _ => json!(self.random.i64(1..60)),
        }
    }

    fn object(&mut self, depth: u8) -> Value {
        let mut members = serde_json::Map::new();
        for _ in 0..self.random.usize(..7) {
            let name = self.pick(&NAMES).to_owned();
            let value = self.value(depth);
            members.insert(name, value);
        }
        Value::Object(members)
    }

    fn request(&mut self) -> Request {
        let method = self.pick(&METHODS);
        let id = self.id();
        let path = format!("/api/2.0/{}", self.pick(&PATHS).replace("{}", &id));
        let mut request = Request::new(method, &path);
        request.query = (0..self.random.usize(..3))
            .map(|_| {
                format!(
                    "{}={}",
                    self.pick(&QUERIES),
                    self.pick(&["1", "", "5,6", "Archive", "AZ", "[\"x\"]", "%00", "-1", "Templates", "99"])
                )
            })
            .collect::<Vec<_>>()
            .join("&");
        if self.random.u8(..10) > 0 {
            let key = self.keys[self.random.usize(..self.keys.len())].clone();
            request = request.header("Authorization", &format!("Bearer {key}"));
        } else {
            let credential =
                self.pick(&["Basic !!!", "Basic YQ==", "Bearer a.b.c", "Bearer sk-x", "x", "", "Bearer"]).to_owned();
            request = request.header("Authorization", &credential).header("Request-Token", "x");
        }
        match self.random.u8(..12) {
            0 => request,
            1 => {
                request.body = (0..self.random.usize(..40)).map(|_| self.random.u8(..)).collect();
                request.header("Content-Type", "application/json; charset=utf-16")
            }
            2 => {
                request.body =
                    b"--b\r\nContent-Disposition: form-data; filename=\"x.png\"\r\n\r\n\x89PNG\r\n--b--".to_vec();
                request.header("Content-Type", "multipart/form-data; boundary=b")
            }
            3 => {
                let mut text = self.object(3).to_string();
                text.truncate(text.char_indices().nth(self.random.usize(..30)).map_or(text.len(), |(at, _)| at));
                request.body = text.into_bytes();
                request.header("Content-Type", "application/json")
            }
            _ => {
                let body = self.object(3);
                request.json(&body)
            }
        }
    }
}

#[test]
fn random_requests_never_panic() {
    let calls: usize = std::env::var("RANDOM_CALLS").ok().and_then(|text| text.parse().ok()).unwrap_or(30_000);
    let mut portal = Portal::new();
    for (name, role) in
        [("admin", Role::DocSpaceAdmin), ("ann", Role::RoomAdmin), ("user", Role::User), ("guest", Role::Guest)]
    {
        portal.add_person(NewPerson::new(name, role));
    }
    let keys = ["owner", "owner", "admin", "ann", "ann", "user", "guest"];
    let keys = keys.iter().map(|name| portal.key(name).expect("a key")).collect();
    let mut generator = Generator { random: Rng::with_seed(42), keys };
    let start = portal.dump();
    for number in 0..calls {
        // Keeps the portal small, so that the time per call does not grow.
        if number % 5_000 == 4_999 {
            portal.load(start.clone()).expect("its own dump");
        }
        let request = generator.request();
        let answer = portal.handle(&request);
        let is_not_modeled = answer.status == 501 && answer.header_value("x-docspace-mock") == Some("not-modeled");
        let known = is_not_modeled || [200, 201, 204, 400, 401, 402, 403, 404, 405, 415, 500].contains(&answer.status);
        assert!(known, "call {number} got {}: {request:?}", answer.status);
        assert!(
            answer.body.is_empty() || answer.json().is_some(),
            "call {number} got an answer that is not JSON: {request:?}"
        );
        portal.advance(Duration::from_millis(generator.random.u64(..300)));
        for delivery in portal.take_deliveries() {
            let status = generator.random.u16(200..600);
            portal.finish_delivery(delivery.delivery.expect("an id"), Outcome::status(status));
        }
    }
}
