//! Links of folders and files.

use contract::target::Target;
use docspace::api::ClientLinksExt;
use docspace::api::types::SetEntryLinkRequest;
use docspace::folders::FileId;
use docspace::links::Links;
use docspace::{Access, ErrorKind, Portal, Room, RoomLink, RoomType};
use docspace_mock::{Fault, LoggedRequest, MockPortal, Role};
use futures::future::join_all;
use serde_json::json;

use super::{PASSWORD, in_days, link_with_password, password};
use crate::fixture::room_of;

/// A room with a folder and a file, and the links of both.
struct Shared {
    room: Room,
    folder: Links,
    file: Links,
    file_id: FileId,
}

impl Shared {
    async fn of(portal: &Portal, room: Room) -> Self {
        let handle = portal.room(&room);
        let folder = handle.folders().create("Plans").await.unwrap();
        let file = handle.upload("plan.txt", "First draft").send().await.unwrap();
        let (folder, links) = (portal.folder(&folder).links(), portal.file(&file).links());
        Self { room, folder, file: links, file_id: file.id }
    }

    async fn new(target: &Target, room_type: RoomType) -> Self {
        Self::of(&target.portal(), room_of(target, room_type).await).await
    }

    fn both(&self) -> [&Links; 2] {
        [&self.folder, &self.file]
    }
}

/// The links of a folder in a new room.
async fn folder_of(target: &Target, room_type: RoomType) -> Links {
    let room = room_of(target, room_type).await;
    let folder = target.portal().room(&room).folders().create("Plans").await.unwrap();
    target.portal().folder(&folder).links()
}

/// A successful answer without a `response`.
fn answer_without_response() -> Fault {
    Fault::status(200).body(json!({"count": 0, "links": [], "status": 0, "statusCode": 200}).to_string())
}

#[tokio::test]
async fn links_of_folders_and_files_have_the_requested_options() {
    Target::run(async |target| {
        let shared = Shared::new(target, RoomType::Custom).await;
        for links in shared.both() {
            let create = links.create(Access::Read).title("For the client").expires(in_days(30)).password(PASSWORD);
            let made = create.internal(true).deny_download(true).send().await.unwrap();
            assert_eq!((made.access, made.title(), password(&made)), (Access::Read, "For the client", Some(PASSWORD)));
            assert_eq!(made.expires(), Some(in_days(30)));
            assert!(made.is_internal() && made.denies_download() && !made.is_primary() && !made.is_invitation());
            assert_eq!(links.list().await.unwrap(), [made]);
        }
        let of_room = target.portal().room(&shared.room).links();
        assert!(of_room.list().await.unwrap().is_empty(), "the room has no link");
    })
    .await;
}

#[tokio::test]
async fn renamed_links_of_folders_and_files_keep_their_other_options() {
    Target::run(async |target| {
        let shared = Shared::new(target, RoomType::Custom).await;
        for links in shared.both() {
            let made = link_with_password(links).await;
            let changed = links.update(&made).title("Renamed").send().await.unwrap();
            assert_eq!((changed.title(), password(&changed)), ("Renamed", Some(PASSWORD)));
            assert_eq!((changed.expires(), changed.id()), (made.expires(), made.id()));
            let open = links.update(&made).remove_password().send().await.unwrap();
            assert_eq!((password(&open), open.expires(), open.title()), (None, made.expires(), "Renamed"));
            assert_eq!(links.list().await.unwrap(), [open]);
        }
    })
    .await;
}

/// With `primary`, a portal would create another primary link. It knows no types of links here.
#[tokio::test]
async fn links_of_folders_and_files_are_sent_with_id_and_access_but_not_as_primary() {
    Target::on_mock(async |target, mock| {
        let shared = Shared::new(target, RoomType::Custom).await;
        for links in shared.both() {
            let made = links.create(Access::Read).send().await.unwrap();
            let primary = links.primary().await.unwrap();
            for link in [made, primary] {
                links.update(&link).title("y").send().await.unwrap();
                links.revoke(&link).await.unwrap();
            }
        }
        let sent: Vec<_> =
            mock.requests().iter().filter(|r| r.method == "PUT").filter_map(LoggedRequest::json).collect();
        assert_eq!(sent.len(), 10);
        for body in &sent {
            assert!(body["linkId"].is_string() && body["access"].is_u64(), "{body}");
            assert!(body.get("primary").is_none() && body.get("linkType").is_none(), "{body}");
        }
    })
    .await;
}

#[tokio::test]
async fn folders_of_rooms_without_external_links_can_have_links() {
    Target::run(async |target| {
        for room_type in [RoomType::Editing, RoomType::VirtualData] {
            let shared = Shared::new(target, room_type).await;
            for links in shared.both() {
                let made = links.create(Access::Read).send().await.unwrap();
                assert_eq!(made.is_internal(), room_type == RoomType::VirtualData, "{room_type}");
                links.primary().await.unwrap();
                assert_eq!(links.list().await.unwrap().len(), 2);
            }
        }
    })
    .await;
}

/// A portal would ignore the setting and report success.
#[tokio::test]
async fn restrictions_that_the_room_does_not_allow_are_rejected() {
    Target::run(async |target| {
        for (room_type, internal) in [(RoomType::Public, true), (RoomType::VirtualData, false)] {
            let shared = Shared::new(target, room_type).await;
            for links in shared.both() {
                let error = links.create(Access::Read).internal(internal).send().await.unwrap_err();
                assert_eq!((error.kind(), error.status()), (ErrorKind::Invalid, None), "{error}");
                let made = links.create(Access::Read).internal(!internal).send().await.unwrap();
                let error = links.update(&made).internal(internal).send().await.unwrap_err();
                assert_eq!((error.kind(), error.status()), (ErrorKind::Invalid, None), "{error}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn primary_link_of_a_folder_in_a_public_room_cannot_expire() {
    Target::run(async |target| {
        let links = folder_of(target, RoomType::Public).await;
        let primary = links.primary().await.unwrap();
        let error = links.update(&primary).expires(in_days(7)).send().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Invalid, None));
        assert!(error.to_string().contains("the primary link of this folder cannot expire"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn folder_of_a_form_filling_room_cannot_have_links() {
    Target::run(async |target| {
        let links = folder_of(target, RoomType::FillingForms).await;
        for error in [links.create(Access::FillForms).send().await.unwrap_err(), links.primary().await.unwrap_err()] {
            assert_eq!((error.kind(), error.status()), (ErrorKind::Invalid, None), "{error}");
            assert!(error.to_string().contains("cannot have external links"), "{error}");
        }
        assert!(links.list().await.unwrap().is_empty());
    })
    .await;
}

/// A portal answers 200 to some of them and creates nothing.
#[tokio::test]
async fn accesses_that_a_link_cannot_give_are_rejected_with_the_possible_ones() {
    Target::run(async |target| {
        let shared = Shared::new(target, RoomType::Custom).await;
        for (links, wrong, right) in [
            (&shared.folder, Access::FillForms, "use one of Editing, Review, Comment, Read"),
            (&shared.file, Access::Comment, "use one of Read"),
            (&shared.file, Access::Editing, "use one of Read"),
        ] {
            let error = links.create(wrong).send().await.unwrap_err();
            assert_eq!((error.kind(), error.status()), (ErrorKind::Invalid, None), "{error}");
            assert!(error.to_string().contains(right), "{error}");
            let made = links.create(Access::Read).send().await.unwrap();
            let error = links.update(&made).access(wrong).send().await.unwrap_err();
            assert!(error.to_string().contains(right), "{error}");
            assert_eq!(links.list().await.unwrap(), std::slice::from_ref(&made), "nothing else was created");
            links.revoke(&made).await.unwrap();
        }
    })
    .await;
    Target::on_mock(async |target, mock| {
        let shared = Shared::new(target, RoomType::Custom).await;
        let before = mock.requests().len();
        assert_eq!(shared.file.create(Access::Comment).send().await.unwrap_err().kind(), ErrorKind::Invalid);
        let sent = mock.requests().split_off(before);
        assert!(matches!(&*sent, [read] if read.method == "GET"), "{sent:?}");
        assert_eq!(shared.file.create(Access::None).send().await.unwrap_err().kind(), ErrorKind::Invalid);
        assert_eq!(mock.requests().len(), before + 1, "access None is rejected before anything is sent");
    })
    .await;
}

/// The portal may know less about a file than it reports.
#[tokio::test]
async fn success_without_a_link_is_an_error_with_the_possible_accesses() {
    Target::on_mock(async |target, mock| {
        let shared = Shared::new(target, RoomType::Custom).await;
        mock.faults().next("PUT /files/file/*/links", answer_without_response());
        let error = shared.file.create(Access::Read).send().await.unwrap_err();
        assert_eq!((error.kind(), error.call()), (ErrorKind::NotDone, Some("create_file_link")), "{error}");
        assert!(error.to_string().contains("use one of Read"), "{error}");
        let made = shared.file.create(Access::Read).send().await.unwrap();
        mock.faults().next("PUT /files/file/*/links", answer_without_response());
        let error = shared.file.update(&made).title("Renamed").send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotDone, "{error}");
    })
    .await;
}

/// A portal would create a link of the room, which opens everything in it.
#[tokio::test]
async fn links_of_a_folder_that_is_a_room_are_not_created() {
    Target::run(async |target| {
        let (portal, room) = (target.portal(), room_of(target, RoomType::Custom).await);
        let links = portal.folder(&room).links();
        for error in [links.create(Access::Read).send().await.unwrap_err(), links.primary().await.unwrap_err()] {
            assert_eq!((error.kind(), error.status()), (ErrorKind::Invalid, None), "{error}");
            assert!(error.to_string().contains("would open the whole room"), "{error}");
        }
        assert!(portal.room(&room).links().list().await.unwrap().is_empty());
        let of_room = portal.room(&room).links().create(Access::Read).send().await.unwrap();
        assert_eq!(links.list().await.unwrap(), [of_room]);
    })
    .await;
}

#[tokio::test]
async fn folders_and_files_have_no_invitation_links() {
    Target::on_mock(async |target, mock| {
        let shared = Shared::new(target, RoomType::Custom).await;
        let before = mock.requests().len();
        for links in shared.both() {
            let error = links.invite(Access::Read).send().await.unwrap_err();
            assert_eq!((error.kind(), error.status()), (ErrorKind::Invalid, None), "{error}");
        }
        assert_eq!(mock.requests().len(), before);
    })
    .await;
}

#[tokio::test]
async fn primary_link_of_a_folder_or_file_is_created_once() {
    Target::run(async |target| {
        let shared = Shared::new(target, RoomType::Custom).await;
        for links in shared.both() {
            assert!(links.list().await.unwrap().is_empty());
            let all = join_all((0..3).map(|_| links.primary())).await;
            let ids: Vec<_> = all.into_iter().map(|link| link.unwrap().id()).collect();
            assert_eq!(ids, [ids[0]; 3]);
            let primary = links.get(ids[0]).await.unwrap();
            assert!(primary.is_primary() && primary.access == Access::Read);
            assert_eq!(links.list().await.unwrap().len(), 1);
        }
    })
    .await;
}

/// Only calls of the generated client create several primary links.
#[tokio::test]
async fn links_of_a_file_are_listed_from_all_pages() {
    Target::on_mock(async |target, mock| {
        let shared = Shared::new(target, RoomType::Custom).await;
        let mut another = SetEntryLinkRequest::new(Access::Read);
        another.primary = Some(true);
        for _ in 0..205 {
            let api = target.portal();
            api.api().set_file_link().file_id(&shared.file_id).body(another.clone()).send().await.unwrap();
        }
        let before = mock.requests().len();
        let all = shared.file.list().await.unwrap();
        assert_eq!((all.len(), mock.requests().len() - before), (205, 3));
        let primary = shared.file.primary().await.unwrap();
        assert_eq!(primary.id(), all[0].id(), "the first of them");
        assert_eq!(shared.file.revoke(&primary).await.unwrap(), None, "the others do not replace it");
        assert_eq!(shared.file.list().await.unwrap().len(), 204);
    })
    .await;
}

#[tokio::test]
async fn revoked_links_of_folders_and_files_are_not_found() {
    Target::run(async |target| {
        for room_type in [RoomType::Custom, RoomType::Public] {
            let shared = Shared::new(target, room_type).await;
            for links in shared.both() {
                let (made, primary) = (link_with_password(links).await, links.primary().await.unwrap());
                for link in [made, primary] {
                    links.revoke(&link).await.unwrap();
                    assert!(links.get(&link).await.unwrap_err().is_not_found());
                    assert!(links.revoke(&link).await.unwrap_err().is_not_found());
                }
            }
        }
    })
    .await;
    Target::on_mock(async |target, mock| {
        let links = folder_of(target, RoomType::Custom).await;
        let made = links.create(Access::Read).send().await.unwrap();
        mock.faults().next("PUT /files/folder/*/links", answer_without_response());
        assert_eq!(links.revoke(&made).await.unwrap_err().kind(), ErrorKind::NotDone);
        mock.faults().next("PUT /files/folder/*/links", Fault::status(503).executed().times(9));
        links.revoke(&made).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn one_link_too_many_of_a_folder_is_a_conflict() {
    Target::on_mock(async |target, _| {
        for (room_type, max) in [(RoomType::Custom, 6), (RoomType::Public, 5)] {
            let links = folder_of(target, room_type).await;
            links.primary().await.unwrap();
            for _ in 0..max {
                links.create(Access::Read).title("Old").send().await.unwrap();
            }
            let error = links.create(Access::Read).send().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Conflict, "{error}");
            assert!(error.to_string().contains(&format!("a folder has at most {max} such links")), "{error}");
        }
    })
    .await;
}

#[tokio::test]
async fn links_in_an_archived_room_are_hidden_and_refused() {
    Target::run(async |target| {
        let (portal, shared) = (target.portal(), Shared::new(target, RoomType::Custom).await);
        let mut kept = Vec::new();
        for links in shared.both() {
            kept.push(links.create(Access::Read).send().await.unwrap());
        }
        let room = portal.room(&shared.room);
        room.archive().await.unwrap().wait().await.unwrap();
        for links in shared.both() {
            assert!(links.list().await.unwrap().is_empty());
            let error = links.create(Access::Read).send().await.unwrap_err();
            assert!(error.is_forbidden() && error.advice().contains("restore it first"), "{error}");
        }
        room.restore().await.unwrap().wait().await.unwrap();
        for (links, link) in shared.both().into_iter().zip(&kept) {
            assert_eq!(links.list().await.unwrap().iter().map(RoomLink::id).collect::<Vec<_>>(), [link.id()]);
        }
    })
    .await;
}

#[tokio::test]
async fn links_of_missing_folders_and_files_are_not_found() {
    Target::run(async |target| {
        let portal = target.portal();
        for links in [portal.folder(987_654_321).links(), portal.file(987_654_321).links()] {
            assert!(links.list().await.unwrap_err().is_not_found());
            assert!(links.primary().await.unwrap_err().is_not_found());
            assert!(links.create(Access::Read).send().await.unwrap_err().is_not_found());
        }
    })
    .await;
}

#[tokio::test]
async fn members_who_do_not_manage_the_room_cannot_see_or_create_its_links() {
    let mock = MockPortal::builder().person("ann", Role::RoomAdmin).start().await.unwrap();
    Target::run_on(mock, async |target, mock| {
        let shared = Shared::new(target, RoomType::Custom).await;
        let handle = target.portal().room(&shared.room);
        handle.members().add(mock.email("ann"), Access::ContentCreator).await.unwrap();
        shared.file.create(Access::Read).send().await.unwrap();
        let ann = Portal::builder(target.url()).api_key(mock.key("ann")).build().unwrap();
        let links = ann.file(&shared.file_id).links();
        assert!(links.list().await.unwrap().is_empty());
        assert!(links.create(Access::Read).send().await.unwrap_err().is_forbidden());
        assert!(links.primary().await.unwrap_err().is_forbidden());
    })
    .await;
}
