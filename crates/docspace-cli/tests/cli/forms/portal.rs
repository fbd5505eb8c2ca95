//! The portal on which the lines of the tables run, and the files beside it.

use std::fs;
use std::process::Command;
use std::time::{Duration, SystemTime};

use docspace::folders::ConflictRule;
use docspace_mock::{Clock, MockPortal, Portal, Role};
use regex::Regex;
use serde_json::{Value, json};

use crate::support::World;

/// How far the clock of the portal moves at each request, so that operations end soon.
const STEP: Duration = Duration::from_secs(1);

/// The same for the commands that show operations in progress.
const SHORT_STEP: Duration = Duration::from_millis(50);

/// The age of everything on the portal, so that lists say `about 3 hours ago` in a test that takes
/// long, too.
const AGE: Duration = Duration::from_secs(3 * 60 * 60);

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A picture of one pixel.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

/// A manifest that creates a room and changes another.
const MANIFEST: &str = "name: acme
rooms:
  - {title: Deal, type: custom, tags: [deal], folders: [Contracts/2026], links: {For the client: {access: read}}}
  - {title: Audit, type: custom, tags: [audit, client, plan]}
";

/// A portal with one of everything, and its state before a line runs.
pub(super) struct Start {
    pub(super) world: World,
    state: Portal,
    /// The tickets of an operation and of a copy that has ended, for the commands that show
    /// operations.
    tickets: [Value; 2],
    archived: String,
    /// A folder and a file in the room `Audit`, and a folder in the room `Vault`, for the commands
    /// about them.
    content: [String; 3],
    /// Whether the login is a stored one. Otherwise, it is in the environment.
    is_stored: bool,
}

impl Start {
    /// Starts the portal for the commands with this noun.
    pub(super) async fn of(noun: &str) -> Self {
        let step = if noun == "operations" { SHORT_STEP } else { STEP };
        // `doctor` compares the clocks.
        let age = if noun == "doctor" { Duration::ZERO } else { AGE };
        let clock = Clock::stepping(step).starting(SystemTime::now() - age);
        let builder = MockPortal::builder().clock(clock);
        let builder = builder.person("ann", Role::RoomAdmin).person("bob", Role::User).person("carl", Role::Guest);
        let world = World::on(builder.start().await.expect("a free port"));
        let archived = if noun == "doctor" { String::new() } else { fill(&world) };
        if noun == "webhooks" {
            add_webhook(&world);
        }
        let content =
            if ["files", "folders", "links"].contains(&noun) { add_content(&world) } else { Default::default() };
        let tickets = if noun == "operations" { tickets(&world).await } else { Default::default() };
        let state = world.mock.portal(|portal| portal.clone());
        Self { world, state, tickets, archived, content, is_stored: noun == "auth" }
    }

    /// Restores the portal and the files, and returns a shell that runs this line of the command
    /// with the login of a person.
    pub(super) fn shell(&self, person: &str, line: &str) -> Command {
        let mock = &self.world.mock;
        mock.portal(|portal| *portal = self.state.clone());
        mock.faults().clear();
        self.write_files();
        let mut shell = self.world.shell(&format!("exec docspace {line}"));
        shell.env("DOCSPACE_API_KEY", mock.key(person)).env("URL", mock.url());
        let id = Regex::new("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").expect("a pattern");
        shell.env("OPERATION", id.find(&self.tickets[0].to_string()).map_or("", |found| found.as_str()));
        let [folder, file, indexed] = &self.content;
        shell.env("FOLDER", folder).env("FILE", file).env("INDEXED", indexed);
        // The path of the folder has another length on each computer.
        shell.env("DOCSPACE_CONFIG_DIR", ".");
        if self.is_stored {
            shell.env_remove("DOCSPACE_URL").env_remove("DOCSPACE_API_KEY");
        }
        shell
    }

    fn write_files(&self) {
        let folder = self.world.config.path();
        for file in fs::read_dir(folder).expect("a folder") {
            let path = file.expect("a file").path();
            if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.expect("the file is removed");
        }
        let write = |name: &str, content: &[u8]| fs::write(folder.join(name), content).expect("a file");
        write("acme.png", PNG);
        write("key.txt", self.world.mock.owner_key().as_bytes());
        write("password.txt", b"correct-horse-7");
        write("clients.csv", b"title,members,link\nAcme,ann@example.com:editing,read\nMiller,,read\n");
        write("ticket.json", self.tickets[0].to_string().as_bytes());
        write("copied.json", self.tickets[1].to_string().as_bytes());
        write("ids.txt", self.archived.as_bytes());
        write("team.csv", b"person,access\nann@example.com,editing\nbob@example.com,read\n");
        write("tree.txt", b"Contracts\n  2026\n  2027\nInvoices\n");
        write("wrong-tree.txt", b"Contracts\n    2026\n  2027\nA//B\n");
        write("rooms.yaml", MANIFEST.as_bytes());
        write("wrong.yaml", b"rooms:\n  - title: Deal\n    type: costum\n    paint: FF6680\n");
        if self.is_stored {
            self.write_logins();
        }
    }

    #[cfg(unix)]
    fn write_logins(&self) {
        use std::os::unix::fs::PermissionsExt;

        let url = self.world.mock.url();
        let (_, host) = url.trim_end_matches('/').split_once("://").expect("an address");
        let key = json!({"kind": "api-key", "secret": self.world.mock.owner_key()});
        let logins = json!({"current": host, "portals": {
            "acme": {"url": "https://acme.onlyoffice.com/", "credential": key},
            host: {"url": url, "credential": key},
        }});
        let path = self.world.config.path().join("login.json");
        fs::write(&path, logins.to_string()).expect("a file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("permissions");
    }
}

/// Creates a webhook with a delivery that waits to be sent.
fn add_webhook(world: &World) {
    world.webhook("crm");
    world.call("POST", "files/rooms", &json!({"title": "Deal", "roomType": 5}));
}

/// Creates folders in the rooms `Audit` and `Vault`. Returns the ids of a folder and a file of
/// `Audit`, and of a folder of `Vault`.
fn add_content(world: &World) -> [String; 3] {
    let id = |title: &str| {
        let rooms = world.call("GET", "files/rooms", &Value::Null);
        let rooms = rooms["folders"].as_array().expect("rooms").clone();
        rooms.iter().find(|room| room["title"] == title).expect("the room")["id"].to_string()
    };
    let create = |parent: &str, title: &str| {
        world.call("POST", &format!("files/folder/{parent}"), &json!({"title": title}))["id"].to_string()
    };
    let (audit, vault) = (id("Audit"), id("Vault"));
    let folder = create(&audit, "Contracts");
    create(&folder, "2026");
    let file = world.call("GET", &format!("files/{audit}"), &Value::Null)["files"][0]["id"].to_string();
    create(&vault, "First");
    [folder, file, create(&vault, "Second")]
}

/// Copies a folder, then starts another operation. Returns the tickets of the second and the first.
async fn tickets(world: &World) -> [Value; 2] {
    let room = world.room_with_any_title("Moving", 5).parse::<i32>().expect("a number");
    let portal = docspace::Portal::builder(world.mock.url()).api_key(world.mock.owner_key()).build();
    let portal = portal.expect("an address");
    let folder = portal.room(room).folders().create("Contracts").await.expect("a folder");
    let copying = portal.folder(folder).copy_to(room).on_conflict(ConflictRule::Duplicate).start().await;
    let copying = copying.expect("an operation");
    let copied = copying.ticket();
    copying.wait().await.expect("a copy");
    let archiving = portal.room(room).archive().await.expect("an operation");
    [archiving.ticket(), copied].map(|ticket| serde_json::to_value(ticket).expect("JSON"))
}

/// Creates one of everything. A room has at most one link, because the portal sorts links by their
/// random ids. Returns the id of the archived room.
fn fill(world: &World) -> String {
    let call = |method: &str, path: &str, body: Value| world.call(method, path, &body);
    let create = |title: &str, room_type: i32, tags: &[&str]| {
        call("POST", "files/rooms", json!({"title": title, "roomType": room_type, "tags": tags, "color": "FF6680"}))
            ["id"]
            .to_string()
    };
    let audit = create("Audit", 5, &["audit", "client"]);
    let ann = world.mock.person_id("ann");
    call("PUT", &format!("files/rooms/{audit}/share"), json!({"invitations": [{"id": ann, "access": 10}]}));
    let guest = json!({"invitations": [{"email": "new@example.com", "access": 2}]});
    call("PUT", &format!("files/rooms/{audit}/share"), guest);
    let expires = (jiff::Timestamp::now() + 20 * DAY).strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let link = json!({"linkType": 1, "access": 2, "expirationDate": expires, "title": "For the client"});
    call("PUT", &format!("files/rooms/{audit}/links"), link);
    create("Board", 6, &[]);
    let vault = create("Vault", 8, &[]);
    call("PUT", &format!("files/rooms/{vault}"), json!({"indexing": true}));
    create("Forms", 1, &[]);
    assert!(world.mock.portal(|portal| portal.fill_room(audit.parse().expect("a number"), 2)));
    let old = create("Old", 5, &["audit"]);
    call("PUT", &format!("files/rooms/{old}/archive"), json!({}));
    call("POST", "files/roomtemplate", json!({"roomId": audit, "title": "Course"}));
    world.mock.advance(Duration::from_secs(60));
    call("GET", "files/fileops", json!({}));
    call("GET", "files/roomtemplate/status", json!({}));
    call(
        "POST",
        "files/group",
        json!({"name": "Clients", "icon": "flag", "rooms": [audit.parse::<i64>().expect("a number")]}),
    );
    call("POST", "keys", json!({"name": "nightly", "permissions": ["rooms:read"], "expiresInDays": 90}));
    world.people_group("Auditors", &["ann"]);
    world.call("PUT", "people/status/Terminated", &json!({"userIds": [world.mock.person_id("carl")]}));
    old
}
