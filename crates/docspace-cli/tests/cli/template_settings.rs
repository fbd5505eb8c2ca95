//! The `docspace templates` commands for one template, and `docspace links view`.

use crate::support::{World, stderr, stdout};

/// Creates a template of a new room, and returns the ids of both.
fn template(world: &World) -> (String, String) {
    let room = world.room("Audit", "custom");
    let create = ["templates", "create", &room, "Audit template", "--json", "id", "--jq", ".id"];
    let template = stdout(&world.owner(&create).assert().success()).trim().to_owned();
    (room, template)
}

#[tokio::test(flavor = "multi_thread")]
async fn template_is_viewed_and_changed() {
    let world = World::new().await;
    let (room, template) = template(&world);
    let run = |arguments: &[&str]| stdout(&world.owner(arguments).assert().success().stderr_eq(""));
    let viewed = run(&["templates", "view", &template]);
    assert!(viewed.contains("title\tAudit template\n") && viewed.contains("public\tfalse\n"), "{viewed}");
    let edit = ["templates", "edit", &template, "--title", "Audit 2027", "--add-tag", "a", "--public", "on"];
    assert_eq!(
        run(&[&edit[..], &["--cover", "flag", "--json", "title,tags,public,cover"]].concat()),
        "{\"title\":\"Audit 2027\",\"tags\":[\"a\"],\"public\":true,\"cover\":\"flag\"}\n"
    );
    let edit = ["templates", "edit", &template, "--remove-tag", "a", "--no-cover", "--public", "off"];
    assert_eq!(
        run(&[&edit[..], &["--json", "title,tags,public,cover"]].concat()),
        "{\"title\":\"Audit 2027\",\"tags\":[],\"public\":false,\"cover\":null}\n"
    );
    let before = world.write_count();
    let dry_run = ["templates", "edit", &template, "--title", "Audit 2028", "--public", "on", "--dry-run"];
    let ended = world.owner(&dry_run).assert().success().stdout_eq("");
    let expected = ":\n  title: Audit 2027 → Audit 2028\n  public: off → on\n";
    assert!(stderr(&ended).ends_with(expected), "{}", stderr(&ended));
    world.owner(&["templates", "edit", &template]).assert().code(2).stdout_eq("");
    for verb in ["view", "edit"] {
        let arguments = ["templates", verb, &room, "--title=x"];
        let ended = world.owner(&arguments[..if verb == "edit" { 4 } else { 3 }]).assert().code(2).stdout_eq("");
        assert!(stderr(&ended).contains("room"), "{}", stderr(&ended));
    }
    assert_eq!(world.write_count(), before, "a room is never changed");
    let ended = world.owner(&["templates", "edit", &template, "--quota", "2GiB"]).assert().code(1);
    assert!(stderr(&ended).contains(&format!("template {template} was saved, but the portal did not set")));
}

#[tokio::test(flavor = "multi_thread")]
async fn template_is_shared_and_unshared() {
    let world = World::new().await;
    let (_, template) = template(&world);
    let ann = world.mock.email("ann");
    let emails = |arguments: &[&str]| {
        let members = [&["templates", "members"], arguments, &["--json", "email", "--jq", ".[].email"]].concat();
        stdout(&world.owner(&members).assert().success().stderr_eq(""))
    };
    assert!(!emails(&["list", &template]).contains(&ann));
    let before = world.write_count();
    let dry_run = ["templates", "members", "add", &template, &ann, "--dry-run"];
    let ended = world.owner(&dry_run).assert().success().stdout_eq("");
    assert!(stderr(&ended).starts_with("dry run: would share template "), "{}", stderr(&ended));
    assert_eq!(world.write_count(), before);
    assert!(emails(&["add", &template, &ann]).contains(&ann));
    assert!(!emails(&["remove", &template, &ann]).contains(&ann));
    let unknown = ["templates", "members", "add", &template, "unknown@acme.com"];
    world.owner(&unknown).assert().code(3).stdout_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn link_is_viewed_by_id_or_as_the_primary_link() {
    let world = World::new().await;
    let room = world.room("Audit", "public");
    let view = |link: &str| {
        let view = ["links", "view", &room, link, "--json", "id,kind", "--jq", "\"\\(.id) \\(.kind)\""];
        stdout(&world.owner(&view).assert().success().stderr_eq(""))
    };
    let primary = view("primary");
    let id = primary.split(' ').next().expect("an id");
    assert_eq!((primary.clone(), primary.ends_with(" primary\n")), (view(id), true));
    let unknown = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
    world.owner(&["links", "view", &room, unknown]).assert().code(3).stdout_eq("");
    world.owner(&["links", "view", &room, "first"]).assert().code(3).stdout_eq("");
    assert_eq!(view(&id[..8]), primary);
}
