//! No id, key, code or name can change the path of a call.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use contract::server::Server;
use contract::spec::Spec;
use docspace::api::{
    Client, ClientAuditExt, ClientAuthExt, ClientFoldersExt, ClientGroupsExt, ClientKeysExt, ClientLinksExt,
    ClientLogosExt, ClientMembersExt, ClientOperationsExt, ClientPeopleExt, ClientRoomsExt, ClientTagsExt,
    ClientTemplatesExt, ClientWebhooksExt, OperationInfo, Transport, types,
};
use docspace::people::PersonStatus;
use docspace::rooms::{FileId, FolderId};
use docspace::{Access, ErrorKind, Portal, RoomId};
use futures::TryStreamExt;
use futures::future::BoxFuture;
use proptest::prelude::*;
use reqwest::{Request, Response, Url};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

const BASE: &str = "https://acme.onlyoffice.com/docs";

/// Texts that a URL parser or a proxy could resolve to another path.
const EVIL: [&str; 19] = [
    "",
    ".",
    "..",
    "%2e%2e",
    ".%2E",
    r"x-\..\..\..\keys\6f9619ff-8b86-d011-b42d-00cf4fc964ff",
    "x-1/../../../zap?y=1#",
    r"..\..\people\@self",
    "../../people/@self",
    "x-/../..",
    r"a\b",
    "a/b",
    "a?b",
    "a#b",
    "a%2fb",
    "//evil.com/x",
    r"\\evil.com\x",
    "a\r\nHost: evil.com",
    "\t..\n/\u{0}",
];

/// A transport that records the addresses of requests and sends nothing.
#[derive(Debug)]
struct Recorder {
    http: reqwest::Client,
    sent: Mutex<Vec<Url>>,
}

impl Transport for Recorder {
    fn execute(&self, request: Request, _: &OperationInfo) -> BoxFuture<'_, reqwest::Result<Response>> {
        self.sent.lock().unwrap().push(request.url().clone());
        // An error that needs no network.
        let error = self.http.get("nowhere").build().unwrap_err();
        Box::pin(async { Err(error) })
    }
}

/// The values that one round of calls puts into paths.
struct Values<'t> {
    text: &'t str,
    number: i32,
    id: Uuid,
}

const HARMLESS: Values<'_> = Values { text: "drive-9-x", number: 7, id: Uuid::nil() };

/// The result of a call: the address it was sent to, or the reason why it was rejected.
type Outcome = Result<Url, String>;

fn body<T: DeserializeOwned>(json: Value) -> T {
    serde_json::from_value(json).expect("a body")
}

macro_rules! calls {
    ($api:ident, $values:ident; $($operation:ident($parameter:ident: $value:expr) $(.$more:ident($argument:expr))*;)+) => {
        /// Calls each operation with a path parameter once.
        async fn call_all(recorder: &Arc<Recorder>, $values: &Values<'_>) -> Vec<(&'static str, Outcome)> {
            let inner: Arc<dyn Transport> = Arc::<Recorder>::clone(recorder);
            let $api = Client::new_with_client(BASE, recorder.http.clone(), inner);
            let mut outcomes = Vec::new();
            $(
                let answer = $api.$operation().$parameter($value)$(.$more($argument))*.send().await;
                let error = answer.map(drop).unwrap_err();
                let sent = recorder.sent.lock().unwrap().pop();
                let outcome = match (sent, error) {
                    (Some(url), _) => Ok(url),
                    (None, docspace::api::Error::InvalidRequest(reason)) => Err(reason),
                    (None, error) => panic!("{}: {error:?}", stringify!($operation)),
                };
                outcomes.push((stringify!($operation), outcome));
            )+
            outcomes
        }

        const CALLED: &[&str] = &[$(stringify!($operation)),+];
    };
}

fn room(values: &Values<'_>) -> RoomId {
    RoomId::Text(values.text.to_owned())
}

fn file(values: &Values<'_>) -> FileId {
    FileId::Text(values.text.to_owned())
}

fn delete_request() -> types::DeleteEntryRequest {
    types::DeleteEntryRequest { delete_after: false, immediately: false }
}

fn operation_request() -> types::OperationRequest {
    types::OperationRequest { delete_after: false }
}

calls! {
    api, v;
    get_room(id: room(v));
    update_room(id: room(v)).body(types::UpdateRoomRequest::default());
    delete_room(id: room(v)).body(operation_request());
    archive_room(id: room(v)).body(operation_request());
    unarchive_room(id: room(v)).body(operation_request());
    pin_room(id: room(v));
    unpin_room(id: room(v));
    reorder_room(id: room(v));
    list_room_news(id: room(v));
    start_index_export(id: room(v));
    get_external_db_sync(id: v.number);
    start_external_db_sync(id: v.number);
    create_third_party_room(id: FolderId::from(room(v)))
        .body(body::<types::CreateThirdPartyRoomRequest>(json!({"title": "x", "roomType": 5})));
    list_members(id: room(v));
    set_members(id: room(v)).body(body::<types::SetMembersRequest>(json!({"invitations": []})));
    resend_invitations(id: room(v)).body(types::ResendInvitationsRequest::default());
    add_room_tags(id: room(v)).body(types::TagNamesRequest { names: Vec::new() });
    remove_room_tags(id: room(v)).body(types::TagNamesRequest { names: Vec::new() });
    check_tag_use(tag: v.text).tag_name("x");
    set_room_logo(id: room(v)).body(body::<types::LogoRequest>(json!({"tmpFile": "x", "width": 1, "height": 1})));
    remove_room_logo(id: room(v));
    set_room_cover(id: room(v)).body(types::SetRoomCoverRequest::default());
    get_room_group(id: v.number);
    update_room_group(id: v.number).body(types::UpdateRoomGroupRequest::default());
    delete_room_group(id: v.number);
    set_room_group_icon(id: v.number).body(types::SetRoomGroupIconRequest { icon: "x".to_owned() });
    list_folder(folder_id: FolderId::from(room(v)));
    list_subfolders(folder_id: FolderId::from(room(v)));
    get_folder(folder_id: FolderId::from(room(v)));
    create_folder(folder_id: FolderId::from(room(v))).body(types::FolderTitleRequest { title: "x".to_owned() });
    rename_folder(folder_id: FolderId::from(room(v))).body(types::FolderTitleRequest { title: "x".to_owned() });
    delete_folder(folder_id: FolderId::from(room(v))).body(delete_request());
    get_folder_path(folder_id: FolderId::from(room(v)));
    set_folder_order(folder_id: FolderId::from(room(v))).body(types::SetOrderRequest { order: 1 });
    get_file(file_id: file(v));
    update_file(file_id: file(v)).body(types::UpdateFileRequest::default());
    delete_file(file_id: file(v)).body(delete_request());
    copy_file_as(file_id: file(v)).body(types::CopyFileRequest::new("x", FolderId::Number(1)));
    set_file_order(file_id: file(v)).body(types::SetOrderRequest { order: 1 });
    get_primary_folder_link(folder_id: FolderId::from(room(v)));
    create_primary_folder_link(folder_id: FolderId::from(room(v))).body(types::SetEntryLinkRequest::new(Access::Read));
    list_folder_links(folder_id: FolderId::from(room(v)));
    set_folder_link(folder_id: FolderId::from(room(v))).body(types::SetEntryLinkRequest::new(Access::Read));
    get_primary_file_link(file_id: file(v));
    create_primary_file_link(file_id: file(v)).body(types::SetEntryLinkRequest::new(Access::Read));
    list_file_links(file_id: file(v));
    set_file_link(file_id: file(v)).body(types::SetEntryLinkRequest::new(Access::Read));
    list_room_links(id: room(v));
    set_room_link(id: room(v)).body(body::<types::SetRoomLinkRequest>(json!({"access": 2, "linkType": 1})));
    get_primary_room_link(id: room(v));
    check_link_key(key: v.text);
    enter_link_password(key: v.text).body(types::EnterLinkPasswordRequest { password: "x".into() });
    get_template_public(id: v.number);
    list_operations_by_type(operation_type: v.number);
    terminate_operation(id: v.id);
    update_key(key_id: v.id).body(types::UpdateKeyRequest::default());
    delete_key(key_id: v.id);
    list_folder_history(folder_id: FolderId::Text(v.text.to_owned()));
    list_file_history(file_id: FileId::Text(v.text.to_owned()));
    delete_webhook(id: v.number);
    retry_webhook_delivery(id: v.number);
    authenticate_with_code(code: v.text).body(body::<types::AuthenticateWithCodeRequest>(json!({"code": "1"})));
    find_people_by_status(status: PersonStatus::from(v.number));
    get_person(id: v.id);
    get_people_group(id: v.id);
    delete_people_group(id: v.id);
}

fn recorder() -> Arc<Recorder> {
    Arc::new(Recorder { http: reqwest::Client::new(), sent: Mutex::default() })
}

/// Asserts that every call is either sent to the same path as the same call with a harmless value,
/// or rejected.
async fn assert_path_unchanged(recorder: &Arc<Recorder>, values: &Values<'_>) -> Result<(), TestCaseError> {
    let expected = call_all(recorder, &HARMLESS).await;
    let outcomes = call_all(recorder, values).await;
    for ((operation, expected), (_, outcome)) in expected.iter().zip(outcomes) {
        let expected = expected.as_ref().expect("a call with a harmless value is sent");
        let Ok(url) = outcome else { continue };
        prop_assert_eq!(url.fragment(), None, "{}: {}", operation, url);
        prop_assert_eq!(url.origin(), expected.origin(), "{}: {}", operation, url);
        prop_assert_eq!(url.query(), expected.query(), "{}: {}", operation, url);
        let (wanted, actual): (Vec<_>, Vec<_>) =
            (expected.path_segments().unwrap().collect(), url.path_segments().unwrap().collect());
        prop_assert_eq!(actual.len(), wanted.len(), "{}: {}", operation, url);
        let changed = wanted.iter().zip(&actual).filter(|(wanted, actual)| wanted != actual).count();
        prop_assert!(changed <= 1, "{}: {}", operation, url);
    }
    Ok(())
}

fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

#[test]
fn every_operation_with_a_path_parameter_is_tested() {
    let spec = Spec::read();
    let paths = spec.document()["paths"].as_object().unwrap().iter();
    let operations = paths.filter(|(path, _)| path.contains('{')).flat_map(|(_, item)| item.as_object().unwrap());
    let ids = operations.filter_map(|(_, operation)| operation["operationId"].as_str()).map(snake_case);
    assert_eq!(ids.collect::<BTreeSet<_>>(), CALLED.iter().map(|name| (*name).to_owned()).collect());
}

fn snake_case(id: &str) -> String {
    let mut name = String::new();
    for c in id.chars() {
        if c.is_uppercase() {
            name.push('_');
        }
        name.extend(c.to_lowercase());
    }
    name
}

#[tokio::test]
async fn known_path_traversals_are_rejected_or_encoded() {
    let recorder = recorder();
    for text in EVIL {
        assert_path_unchanged(&recorder, &Values { text, number: -1, id: Uuid::max() })
            .await
            .unwrap_or_else(|error| panic!("{error}"));
    }
}

#[tokio::test]
async fn texts_that_leave_their_segment_even_when_encoded_are_rejected() {
    let recorder = recorder();
    let harmless = call_all(&recorder, &HARMLESS).await;
    for text in ["", ".", "..", r"x\..\y", "x/../y"] {
        let outcomes = call_all(&recorder, &Values { text, ..HARMLESS }).await;
        for ((operation, harmless), (_, outcome)) in harmless.iter().zip(outcomes) {
            if harmless.as_ref().unwrap().path().contains(HARMLESS.text) {
                assert!(outcome.unwrap_err().ends_with("cannot be part of an address"), "{operation} {text}");
            }
        }
    }
}

/// A room that permits every call.
fn any_room() -> Value {
    let mut rights = serde_json::Map::new();
    for right in "Read Create Delete EditRoom Rename CopyTo Copy MoveTo Move Pin Mute EditAccess Duplicate Download \
                  CopySharedLink Reconnect CreateRoomFrom CopyLink Embed ChangeOwner IndexExport UseChat \
                  UpdateXlsx AnalyzeResponses"
        .split_whitespace()
    {
        rights.insert(right.to_owned(), true.into());
    }
    json!({
        "id": 7, "parentId": 1, "rootFolderId": 1, "filesCount": 0, "foldersCount": 0, "new": 0, "title": "T",
        "created": "2026-11-21T02:53:54.0000000Z", "updated": "2026-11-21T02:53:54.0000000Z", "shortWebUrl": "",
        "access": 0, "rootFolderType": 14, "fileEntryType": 1, "mute": false, "pinned": false, "private": false,
        "indexing": false, "denyDownload": false, "canShare": true, "shared": false, "sharedForUser": false,
        "sharedExternal": false, "parentShared": false, "security": rights, "availableShareRights": {}, "roomType": 5,
        "tags": [], "logo": {"original": "", "large": "", "medium": "", "small": ""}, "inRoom": true,
    })
}

fn answer(response: Value) -> (u16, String, String) {
    let envelope = json!({"response": response, "count": 1, "total": 0, "links": [], "status": 0, "statusCode": 200});
    (200, String::new(), envelope.to_string())
}

/// Whether a path of the API matches one of these patterns, in which `*` stands for one segment.
fn matches_any(path: &str, patterns: &[&str]) -> bool {
    let url = Url::parse(&format!("http://portal{path}")).unwrap();
    let segments: Vec<_> = url.path_segments().unwrap().skip(2).collect();
    patterns.iter().any(|pattern| {
        let parts: Vec<_> = pattern.split('/').collect();
        parts.len() == segments.len()
            && parts.iter().zip(&segments).all(|(part, actual)| *part == "*" || part == actual)
    })
}

#[tokio::test]
async fn calls_of_the_facade_stay_on_their_paths() {
    let server = Server::start(|request| match (request.path.contains("/share"), &*request.method) {
        (true, "GET") => answer(json!([])),
        (true, _) => answer(json!({"members": []})),
        // No person has the address.
        _ if request.path.contains("/people/email") => {
            (404, String::new(), json!({"error": {"message": "not found"}}).to_string())
        }
        _ => answer(any_room()),
    });
    let portal = Portal::builder(server.url()).token("a session's token").build().unwrap();
    let expected = ["files/rooms/*", "files/rooms/*/share", "files/fileops", "people/@self", "people/email"];
    for text in EVIL {
        let handle = portal.room(RoomId::Text(text.to_owned()));
        // Whether the call succeeds does not matter here.
        let _ = handle.members().set().give("ann@acme.com", Access::Read).invite_unknown().notify().send().await;
        let _ = handle.get().await;
        let _ = handle.rename("x").await;
        for request in server.received() {
            assert!(matches_any(&request.path, &expected), "{text:?}: {} {}", request.method, request.path);
        }
    }
    let invited = server
        .received()
        .iter()
        .any(|request| request.method == "PUT" && request.path == "/api/2.0/files/rooms/a%5Cb/share");
    assert!(invited, "no invitation was sent, so the test proves nothing");
}

#[tokio::test]
async fn link_keys_and_codes_with_reserved_characters_are_never_sent() {
    let server = Server::start(|_| answer(json!({})));
    let portal = Portal::builder(server.url()).token("a session's token").build().unwrap();
    for text in EVIL {
        let visitor = portal.visitor(text);
        let unlocked = visitor.clone().unlock("LongEnough1!").await.unwrap_err();
        let read = [
            visitor.check().await.unwrap_err(),
            visitor.room().await.unwrap_err(),
            visitor.folder().await.unwrap_err(),
            visitor.file().await.unwrap_err(),
            visitor.content().try_next().await.unwrap_err(),
        ];
        for error in read.into_iter().chain([unlocked]) {
            assert_eq!((error.kind(), error.status()), (ErrorKind::Invalid, None), "{text:?}: {error}");
        }
        let builder = Portal::builder(server.url());
        let error = builder.sign_in_with_code("ann@acme.com", "hunter2", format!("1{text}1/")).await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Invalid, None), "{text:?}: {error}");
    }
    assert!(server.received().is_empty(), "{:?}", server.received());
}

#[tokio::test]
async fn ids_received_from_a_portal_do_not_change_the_path() {
    for id in [r"drive-1\..\..\keys\@self", "drive-1/../../keys/@self", "..", "drive-1?x"] {
        let room = {
            let mut room = any_room();
            room["id"] = id.into();
            room
        };
        let key = json!({"status": 0, "id": id, "tenantId": 1, "shared": true, "linkId": Uuid::nil(),
            "isAuthenticated": false, "isRoomMember": false});
        let server = Server::start(move |request| match request.path.split_once("/share/") {
            Some((_, "room")) => answer(key.clone()),
            Some((_, name)) => {
                let mut key = key.clone();
                (key["isRoom"], key["type"]) = (false.into(), if name == "file" { 2 } else { 1 }.into());
                answer(key)
            }
            None => answer(room.clone()),
        });
        let portal = Portal::builder(server.url()).token("a session's token").build().unwrap();
        let read = portal.room(7).get().await.unwrap();
        assert_eq!(read.id, RoomId::Text(id.to_owned()), "the room can be read");
        let _ = portal.room(&read).rename("x").await;
        let _ = portal.visitor("room").room().await.unwrap_err();
        let _ = portal.visitor("room").content().try_next().await.unwrap_err();
        let _ = portal.visitor("folder").folder().await.unwrap_err();
        let _ = portal.visitor("file").file().await.unwrap_err();
        let expected = ["files/rooms/*", "files/share/*"];
        for request in server.received() {
            assert!(matches_any(&request.path, &expected), "{id}: {} {}", request.method, request.path);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_values_do_not_change_the_path_of_a_call(
        text in "\\PC*|[./\\\\%?#@:;&= \\x00-\\x1fa2eE5cC]*",
        number in any::<i32>(),
        id in any::<u128>(),
    ) {
        block_on(assert_path_unchanged(&recorder(), &Values { text: &text, number, id: Uuid::from_u128(id) }))?;
    }
}
