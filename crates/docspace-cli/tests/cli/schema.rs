//! `docspace schema`: the schemas, and whether the output of the commands follows them.

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::Validator;
use serde_json::Value;
use snapbox::str;
use tempfile::TempDir;

use crate::support::{World, stderr, stdout};

/// Reads the schemas of all commands.
fn schemas(world: &World) -> BTreeMap<String, Value> {
    let folder = TempDir::new().expect("a temporary directory");
    world.without_login(&["schema", "--dir", folder.path().to_str().expect("a path")]).assert().success();
    let files = folder.path().read_dir().expect("a folder").map(|file| file.expect("a file").path());
    let read = |path: std::path::PathBuf| {
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
        (name, serde_json::from_slice(&std::fs::read(&path).expect("a file")).expect("JSON"))
    };
    // The schema of manifests is not that of an output.
    files.map(read).filter(|(name, _)| name != "manifest").collect()
}

/// Returns the schemas of the records that a command can print: first that of a single record, or
/// without a file.
fn records(schema: &Value) -> Vec<&serde_json::Map<String, Value>> {
    let one = std::slice::from_ref(schema);
    let forms = schema["anyOf"].as_array().map_or(one, Vec::as_slice).iter();
    let records = forms.map(|form| if form["type"] == "array" { &form["items"] } else { form });
    records.map(|record| record["properties"].as_object().expect("properties")).collect()
}

fn assert_valid(schema: &Value, output: &str, command: &str) -> Value {
    let options = jsonschema::options().should_validate_formats(true);
    let validator: Validator = options.build(schema).expect("a schema");
    let value = serde_json::from_str(output).unwrap_or_else(|error| panic!("{command}: {error} in {output}"));
    let mistakes: Vec<_> =
        validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(mistakes.is_empty(), "{command}: {mistakes:?}");
    value
}

#[tokio::test(flavor = "multi_thread")]
async fn every_property_has_a_type_and_a_description() {
    let world = World::new().await;
    for (name, schema) in schemas(&world) {
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{name}");
        for (property, schema) in records(&schema).into_iter().flatten() {
            let keys = ["type", "anyOf", "enum"];
            assert!(keys.iter().any(|key| schema.get(key).is_some()), "{name}, {property}: {schema}");
            let about = schema["description"].as_str().expect("a description");
            assert!(!about.is_empty() && !about.contains('\n') && !about.ends_with('.'), "{name}, {property}: {about}");
        }
    }
}

/// The commands that were run with all of their fields, and whose output follows their schemas.
struct Checked<'w> {
    world: &'w World,
    schemas: BTreeMap<String, Value>,
    commands: BTreeSet<String>,
}

impl Checked<'_> {
    /// Runs a command with all of its fields, and returns its JSON.
    fn run(&mut self, arguments: &[&str]) -> Value {
        let names = (1..=arguments.len()).rev().map(|count| arguments[..count].join("-"));
        let name = names.into_iter().find(|name| self.schemas.contains_key(name)).expect("a command with a schema");
        let schema = &self.schemas[&name];
        let fields = records(schema)[0].keys().map(String::as_str).collect::<Vec<_>>().join(",");
        let ended = self.world.owner(&[arguments, &["--json", &fields]].concat()).assert().success();
        let value = assert_valid(schema, &stdout(&ended), &arguments.join(" "));
        self.commands.insert(name);
        value
    }

    /// Runs a command, and returns the id of its first record.
    fn id(&mut self, arguments: &[&str]) -> String {
        let value = self.run(arguments);
        let record = value.get(0).unwrap_or(&value);
        record["id"].as_str().map_or_else(|| record["id"].to_string(), str::to_owned)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn output_of_commands_follows_their_schemas() {
    let world = World::new().await;
    let ann = world.mock.email("ann");
    let mut checked = Checked { world: &world, schemas: schemas(&world), commands: BTreeSet::new() };
    let room = checked.id(&["rooms", "create", "Audit", "--type", "custom", "--tag", "course", "--cover", "flag"]);
    let other = checked.id(&["rooms", "create", "Old", "--type", "public"]);
    checked.run(&["rooms", "edit", &room, "--add-tag", "client"]);
    checked.run(&["members", "add", &room, &ann, "--access", "editing"]);
    checked.run(&["members", "add", &room, "new@acme.example", "--access", "read", "--invite"]);
    let link = checked.id(&["links", "create", &room, "--access", "read", "--expires", "7d"]);
    checked.run(&["links", "create", &room, "--invite", "--access", "editing"]);
    let template = checked.id(&["templates", "create", &room, "Course"]);
    let group = checked.id(&["groups", "create", "Clients", &room, "--icon", "flag"]);
    let people_group = checked.id(&["people", "groups", "create", "Staff", "--member", &ann, "--manager", &ann]);
    let key = checked.id(&["keys", "create", "nightly", "--for-rooms"]);
    checked.run(&["rooms", "archive", &other, "--no-wait"]);
    let operation = checked.id(&["operations", "list"]);
    checked.run(&["operations", "view", &operation]);
    world.mock.portal(|portal| portal.fill_room(room.parse().expect("a number"), 3));
    let folder = checked.id(&["folders", "create", &room, "Contracts"]);
    let file = checked.id(&["files", "list", &room]);
    let manifest = world.config.path().join("rooms.yaml");
    std::fs::write(&manifest, "rooms: [{title: Audit, type: custom, tags: [plan]}]").expect("a file");
    let manifest = manifest.to_str().expect("a path");
    let team = world.config.path().join("team.csv");
    std::fs::write(&team, format!("email,access\n{ann},editing\nnew@acme.example,read\n")).expect("a file");
    let team = team.to_str().expect("a path");
    let webhook = world.webhook("crm");
    for line in [
        &format!("plan --file {manifest}"),
        &format!("apply --file {manifest} --yes"),
        &format!("members sync {room} --file {team} --yes"),
        "auth list",
        "auth status",
        "audit links --with-urls",
        "audit access",
        "audit guests",
        "audit storage",
        "audit events",
        "audit logins",
        &format!("history {room}"),
        "covers list",
        &format!("files view {file}"),
        &format!("links primary file:{file} --create"),
        &format!("folders list {room}"),
        &format!("folders view {folder}"),
        &format!("folders edit {folder} --title Treaties"),
        &format!("folders copy {folder} --to {room} --on-conflict duplicate"),
        &format!("files delete {file} --yes"),
        "groups list",
        &format!("groups view {group}"),
        "keys list",
        "keys scopes",
        &format!("keys view {key}"),
        &format!("links list {room}"),
        "links list --all-rooms",
        &format!("links edit {room} {link} --expires 9d"),
        &format!("links edit {room} --expires-within 14d --expires 10d --yes"),
        &format!("links view {room} {link}"),
        &format!("links primary {other}"),
        &format!("links create folder:{folder} --access read"),
        &format!("links list folder:{folder}"),
        &format!("links revoke folder:{folder} --external --yes"),
        &format!("members list {room}"),
        "people groups list",
        &format!("people groups view {people_group}"),
        "people list --status all",
        &format!("people view {ann}"),
        &format!("quotas view {room}"),
        "rooms list --all",
        &format!("rooms view {room}"),
        &format!("rooms content {room}"),
        "rooms news",
        &format!("rooms open {room}"),
        "tags list",
        &format!("templates members add {template} {ann}"),
        "templates list",
        &format!("templates view {template}"),
        &format!("templates members list {template}"),
        &format!("keys delete {key} --yes"),
        &format!("groups delete {group} --yes"),
        "tags delete course --yes",
        "webhooks list",
        "webhooks log",
        "webhooks triggers",
        &format!("webhooks view {webhook}"),
        &format!("webhooks delete {webhook} --yes"),
    ] {
        checked.run(&line.split(' ').collect::<Vec<_>>());
    }
    let is_reading = |name: &&String| ["-list", "-view"].iter().any(|verb| name.ends_with(verb));
    let missing: Vec<_> =
        checked.schemas.keys().filter(is_reading).filter(|name| !checked.commands.contains(*name)).collect();
    assert!(missing.is_empty(), "add these commands to the test: {missing:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_follow_their_schema() {
    let world = World::new().await;
    let schema = &schemas(&world)["error"];
    for arguments in [
        &["rooms", "view", "4711", "--json", "id"][..],
        &["rooms", "create", "", "--type", "custom", "--json", "id"],
        &["rooms", "list", "--json", "nope"],
        &["rooms", "archive", "4711", "4712", "--json", "id"],
    ] {
        let ended = world.owner(arguments).assert().failure();
        for line in stderr(&ended).lines() {
            assert_valid(schema, line, &arguments.join(" "));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn schema_is_printed_for_the_name_and_the_alias_of_a_command() {
    let world = World::new().await;
    let expected = str![[r#"
{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "items": {
    "additionalProperties": false,
    "properties": {
      "scope": {
        "description": "Name of the scope",
        "type": "string"
      }
    },
    "type": "object"
  },
  "title": "docspace keys scopes",
  "type": "array"
}

"#]];
    world.without_login(&["schema", "keys", "scopes"]).assert().success().stdout_eq(expected).stderr_eq("");
    let schema = |words: &[&str]| stdout(&world.without_login(&[&["schema"], words].concat()).assert().success());
    assert_eq!(schema(&["room", "ls"]), schema(&["rooms list"]));
    assert!(schema(&[]).lines().any(|name| name == "rooms list"));
    world.without_login(&["schema", "quotas"]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: `quotas` is several commands. Name one of them:
  quotas set
  quotas view

"#]]);
    world.without_login(&["schema", "rooms", "lsit"]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: `rooms lsit` is not a command with --json
hint: list the commands that have a schema with `docspace schema`

"#]]);
}
