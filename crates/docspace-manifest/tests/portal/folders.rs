//! Folders of rooms.

use docspace::api::ClientFoldersExt;
use docspace::api::types::FolderTitleRequest;
use docspace::folders::FolderId;
use docspace::{Portal, RoomType};
use docspace_manifest::apply::{ApplyError, Done};
use docspace_manifest::plan::{Plan, Prune, plan};
use docspace_manifest::{FolderPath, Source, Wanted, parse, read};
use docspace_mock::{Fault, MockPortal};

use crate::support::{compare, connect, converge, exported, options, portal, rooms, run};

const CREATE: &str = "POST /files/folder/*";

fn manifest(room: &str) -> Wanted {
    let file = format!("rooms: [{{title: Audit, type: custom, {room}}}]");
    parse(&[Source::new("rooms.yaml", file)]).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The paths of all folders of the only room, in their order.
async fn tree(portal: &Portal) -> Vec<String> {
    let room = rooms(portal).await.pop().expect("a room");
    portal.room(&room).folders().tree().await.expect("the folders").into_iter().map(|entry| entry.path).collect()
}

/// Creates a room with folders, also with several that have the same path. The library refuses some
/// titles that a portal accepts, so it is not used for this.
async fn room_with(portal: &Portal, paths: &[&str]) {
    let room = portal.rooms().create("Audit", RoomType::Custom).send().await.expect("a room");
    let mut created: Vec<(&str, FolderId)> = Vec::new();
    for path in paths {
        let (outer, title) = path.rsplit_once('/').unwrap_or(("", path));
        let outer = created.iter().find(|(path, _)| *path == outer);
        let parent = outer.map_or_else(|| FolderId::from(room.id.clone()), |(_, id)| id.clone());
        let body = FolderTitleRequest { title: title.to_owned() };
        let answer = portal.api().create_folder().folder_id(parent).body(body).send().await.expect("an answer");
        created.push((path, answer.into_inner().response.expect("a folder").id));
    }
}

fn lines(plan: &Plan) -> Vec<String> {
    plan.rooms.iter().flat_map(|room| &room.actions).map(ToString::to_string).collect()
}

fn creations(mock: &MockPortal) -> usize {
    mock.requests().iter().filter(|request| request.method == "POST" && request.path.contains("/folder/")).count()
}

#[tokio::test]
async fn missing_folders_are_created_and_others_stay() {
    let (mock, portal) = portal().await;
    room_with(&portal, &["Contracts", "Contracts/2025", "Other", "Other/Inner"]).await;
    let wanted = manifest("folders: [Contracts/2026/Signed, Invoices, Contracts/2025]");
    let first = converge(&portal, &wanted).await;
    assert_eq!(lines(&first), ["folder Contracts/2026", "folder Contracts/2026/Signed", "folder Invoices"]);
    let all =
        ["Contracts", "Contracts/2025", "Contracts/2026", "Contracts/2026/Signed", "Invoices", "Other", "Other/Inner"];
    assert_eq!(tree(&portal).await, all);
    mock.clear_requests();
    let again = compare(&portal, &wanted, Prune::All).await;
    assert_eq!((again.differs(), again.counts().not_managed), (false, 0));
    converge(&portal, &manifest("folders: []")).await;
    assert_eq!(tree(&portal).await, all);
}

#[tokio::test]
async fn folders_of_a_room_with_indexing_are_numbered_in_the_order_of_the_file() {
    let (_mock, portal) = portal().await;
    let wanted = manifest("indexing: true, folders: [Invoices, Contracts/2026, Annexes, Contracts/2025]");
    converge(&portal, &wanted).await;
    let text = exported(&portal).await;
    let folders = "  folders:\n  - Invoices\n  - Contracts/2026\n  - Contracts/2025\n  - Annexes\n";
    assert!(text.contains(folders), "{text}");
}

#[tokio::test]
async fn folders_of_the_template_of_a_room_are_not_created_again() {
    let (mock, portal) = portal().await;
    let source = portal.rooms().create("Source", RoomType::Custom).send().await.expect("a room");
    portal.room(&source).folders().create_tree(["Contracts/2025", "Drafts"]).await.expect("folders");
    let saved = portal.room(&source).save_as_template("Client").start().await.expect("an operation");
    saved.wait().await.expect("a template");
    portal.room(&source).archive().await.expect("an operation").wait().await.expect("archived");
    mock.clear_requests();

    converge(&portal, &manifest("template: Client, folders: [Contracts/2025, Contracts/2026]")).await;
    assert_eq!(creations(&mock), 1);
    let room = portal.rooms().list().all().await.expect("rooms").pop().expect("a room");
    let tree = portal.room(&room).folders().tree().await.expect("the folders");
    let tree: Vec<String> = tree.into_iter().map(|entry| entry.path).collect();
    assert_eq!(tree, ["Contracts", "Contracts/2025", "Contracts/2026", "Drafts"]);
}

#[tokio::test]
async fn folder_is_not_created_in_one_of_several_with_the_same_path() {
    let (_mock, portal) = portal().await;
    room_with(&portal, &["Contracts", "Contracts"]).await;
    assert!(!compare(&portal, &manifest("folders: [Contracts]"), Prune::All).await.differs());
    let wanted = manifest("folders: [Contracts/2026]");
    let actual = read(&portal, &wanted).await.expect("the portal can be read");
    let plan = plan(&wanted, &actual, &options(Prune::Nothing));
    let message = &plan.problems[0].message;
    assert!(message.starts_with("folder Contracts/2026: several folders have the path `Contracts`, "), "{message}");
}

#[tokio::test]
async fn folders_of_an_archived_room_are_created_after_it_is_restored() {
    let (mock, portal) = portal().await;
    room_with(&portal, &[]).await;
    let room = rooms(&portal).await.pop().expect("a room");
    portal.room(&room).archive().await.expect("an operation").wait().await.expect("archived");
    mock.clear_requests();
    let archived = compare(&portal, &manifest("archived: true, folders: [Contracts]"), Prune::Nothing).await;
    assert!(!archived.differs());
    assert!(mock.requests().iter().all(|request| !request.path.contains("subfolders")));
    let restored = converge(&portal, &manifest("archived: false, folders: [Contracts]")).await;
    assert_eq!(lines(&restored), ["restore the room from the archive", "folder Contracts"]);
    assert_eq!(tree(&portal).await, ["Contracts"]);
}

/// A portal may have created a folder although its answer is a failure or does not arrive.
#[tokio::test]
async fn folder_with_a_lost_answer_is_used() {
    for fault in [Fault::status(500), Fault::status(504), Fault::reset(), Fault::truncate()] {
        let (mock, client) = portal().await;
        room_with(&client, &[]).await;
        let wanted = manifest("folders: [Contracts/2026, Invoices]");
        mock.faults().next(CREATE, fault.executed());
        converge(&client, &wanted).await;
        assert_eq!(tree(&client).await, ["Contracts", "Contracts/2026", "Invoices"]);
    }
}

#[tokio::test]
async fn run_ends_at_a_folder_if_the_portal_cannot_be_reached() {
    let (mock, client) = portal().await;
    room_with(&client, &[]).await;
    let wanted = manifest("folders: [Contracts/2026, Invoices], links: {For all: {access: read}}");
    let plan = compare(&client, &wanted, Prune::Nothing).await;
    mock.faults().next(CREATE, Fault::reset());
    let applied = run(&client, &plan).await;
    assert!(applied.stopped.is_some());
    let skipped = applied.not_done(&plan).skip(1).all(|(_, _, done)| matches!(done, Done::Skipped));
    assert!(skipped && applied.not_done(&plan).count() == 4, "{applied:?}");
    converge(&connect(&mock), &wanted).await;
    assert_eq!(tree(&client).await, ["Contracts", "Contracts/2026", "Invoices"]);
}

#[tokio::test]
async fn folder_that_fails_stops_only_those_in_it() {
    let (mock, client) = portal().await;
    room_with(&client, &[]).await;
    let wanted = manifest("folders: [Contracts/2026, Invoices], links: {For all: {access: read}}");
    let plan = compare(&client, &wanted, Prune::Nothing).await;
    mock.faults().next(CREATE, Fault::status(403));
    let applied = run(&client, &plan).await;
    let not_done: Vec<_> =
        applied.not_done(&plan).map(|(_, action, done)| (action.to_string(), done.clone())).collect();
    assert!(
        matches!(&not_done[0], (name, Done::Failed(ApplyError::Call(_))) if name == "folder Contracts"),
        "{not_done:?}"
    );
    assert!(matches!(&not_done[1], (name, Done::Skipped) if name == "folder Contracts/2026"), "{not_done:?}");
    assert_eq!(not_done.len(), 2);
    assert_eq!(tree(&client).await, ["Invoices"]);
    converge(&client, &wanted).await;
    assert_eq!(tree(&client).await, ["Contracts", "Contracts/2026", "Invoices"]);
}

/// The answer of a call is not the outcome.
#[tokio::test]
async fn folder_that_the_room_does_not_have_in_the_end_is_not_done() {
    let (mock, client) = portal().await;
    room_with(&client, &["Invoices"]).await;
    let wanted = manifest("folders: [Contracts]");
    let plan = compare(&client, &wanted, Prune::Nothing).await;
    let room = rooms(&client).await.pop().expect("a room");
    let other = client.room(&room).folders().list().await.expect("folders").pop().expect("a folder");
    let answer = serde_json::json!({"response": other, "count": 1, "links": [], "status": 0, "statusCode": 200});
    let fault = Fault::status(200).header("Content-Type", "application/json").body(answer.to_string());
    mock.faults().next(CREATE, fault);
    let applied = run(&client, &plan).await;
    let (_, _, done) = applied.not_done(&plan).next().expect("an action that is not done");
    assert!(matches!(done, Done::Failed(ApplyError::NoFolder(path)) if path.to_string() == "Contracts"), "{done:?}");
}

#[tokio::test]
async fn export_notes_folders_that_a_manifest_cannot_have() {
    let (_mock, portal) = portal().await;
    room_with(&portal, &["Contracts", "Contracts", "..", "../Inner", "Invoices", "Invoices/2026"]).await;
    let text = exported(&portal).await;
    let start = "# yaml-language-server: $schema=docspace-manifest.schema.json\n\
        # The folder `..` of the room `Audit` is not exported, because a manifest cannot have its title.\n\
        # The room `Audit` has several folders `Contracts`, which are one in the manifest.\n";
    assert!(text.starts_with(start), "{text}");
    assert!(text.contains("  folders:\n  - Contracts\n  - Invoices/2026\n  members"), "{text}");
    let wanted = parse(&[Source::new("export.yaml", text)]).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(!compare(&portal, &wanted, Prune::All).await.differs());
}

#[tokio::test]
async fn export_leaves_out_folders_that_the_portal_made() {
    let (_mock, portal) = portal().await;
    let room = portal.rooms().create("Answers", RoomType::Ai).send().await.expect("a room");
    portal.room(&room).folders().create("Questions").await.expect("a folder");
    let text = exported(&portal).await;
    assert!(text.contains("  folders:\n  - Questions\n  members"), "{text}");
}

/// The library checks titles too, before it sends anything.
#[tokio::test]
async fn titles_that_the_library_refuses_are_mistakes_of_a_manifest() {
    let (_mock, portal) = portal().await;
    room_with(&portal, &[]).await;
    let room = rooms(&portal).await.pop().expect("a room");
    let folders = portal.room(&room).folders();
    let (longest, long) = ("x".repeat(165), "x".repeat(166));
    let odd =
        ["a:b", "a\\b", "a?", "a\tb", "a\u{7}b", "\u{1f600}", "", " ", "監査", "a b", "é", "a.", "~", "#1", "a\u{a0}b"];
    for title in odd.into_iter().chain([longest.as_str(), &long]) {
        let refused = folders.create_path(title).await.is_err_and(|error| error.is_invalid());
        assert_eq!(title.parse::<FolderPath>().is_err(), refused, "{title:?}");
    }
}
