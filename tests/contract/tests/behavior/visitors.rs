//! Visitors with the key of a link.

use contract::target::Target;
use docspace::folders::Entry;
use docspace::links::{LinkKeyStatus, Visitor};
use docspace::{Access, ErrorKind, Portal, Result, RoomLink, RoomType, Secret};
use futures::TryStreamExt;

use crate::fixture::room_of;

fn anonymous_visitor(target: &Target, key: &Secret) -> Visitor {
    Portal::builder(target.url()).anonymous().build().unwrap().visitor(key.expose())
}

#[tokio::test]
async fn visitors_can_read_the_room_of_a_link() {
    Target::run(async |target| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let link = portal.room(&room).links().create(Access::Read).send().await.unwrap();
        let visitor = anonymous_visitor(target, &link.shared_link.request_token.unwrap());
        assert_eq!(visitor.check().await.unwrap().status, LinkKeyStatus::Valid);
        let seen = visitor.room().await.unwrap();
        assert_eq!((seen.id, seen.external), (room.id, Some(true)));
    })
    .await;
}

#[tokio::test]
async fn visitors_need_the_password_of_a_link() {
    Target::run(async |target| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let link = portal.room(&room).links().create(Access::Read).password("LongEnough1!").send().await.unwrap();
        let visitor = anonymous_visitor(target, &link.shared_link.request_token.unwrap());
        assert!(visitor.room().await.unwrap_err().is_unauthorized());
        assert!(visitor.clone().unlock("LongEnough2!").await.unwrap_err().is_unauthorized());
        let inside = visitor.unlock("LongEnough1!").await.unwrap();
        assert_eq!(inside.room().await.unwrap().id, room.id);
    })
    .await;
}

#[tokio::test]
async fn revoked_links_are_not_found() {
    Target::run(async |target| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let links = portal.room(&room).links();
        let link = links.create(Access::Read).send().await.unwrap();
        let visitor = anonymous_visitor(target, link.shared_link.request_token.as_ref().unwrap());
        links.revoke(link.id()).await.unwrap();
        assert_eq!(visitor.room().await.unwrap_err().kind(), ErrorKind::NotFound);
    })
    .await;
}

#[tokio::test]
async fn internal_links_require_an_account() {
    Target::run(async |target| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let link = portal.room(&room).links().create(Access::Read).internal(true).send().await.unwrap();
        let visitor = anonymous_visitor(target, &link.shared_link.request_token.unwrap());
        assert!(visitor.room().await.unwrap_err().is_unauthorized());
    })
    .await;
}

#[tokio::test]
async fn link_passwords_are_not_sent_over_unencrypted_http() {
    let portal = Portal::builder("http://docspace.invalid").anonymous().build().unwrap();
    let error = portal.visitor("V0FW").unlock("LongEnough1!").await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Invalid, None), "{error}");
    assert!(error.advice().contains("allow_http"), "{error}");
}

/// The key of a link as an anonymous visitor.
fn visitor_of(target: &Target, link: &RoomLink) -> Visitor {
    anonymous_visitor(target, link.key().unwrap())
}

async fn titles(visitor: &Visitor) -> Result<Vec<String>> {
    let entries: Vec<Entry> = visitor.content().try_collect().await?;
    Ok(entries.iter().map(|entry| entry.title().to_owned()).collect())
}

#[tokio::test]
async fn visitors_of_a_folder_see_the_folder_and_what_is_in_it() {
    Target::run(async |target| {
        let (portal, room) = (target.portal(), room_of(target, RoomType::Custom).await);
        let folder = portal.room(&room).folders().create("Plans").await.unwrap();
        let handle = portal.folder(&folder);
        handle.upload("plan.txt", "First draft").send().await.unwrap();
        portal.room(&room).upload("secret.txt", "Not for visitors").send().await.unwrap();
        let visitor = visitor_of(target, &handle.links().create(Access::Read).send().await.unwrap());
        assert_eq!(visitor.check().await.unwrap().is_room, Some(false));
        assert_eq!(visitor.folder().await.unwrap().id, folder.id);
        assert_eq!(titles(&visitor).await.unwrap(), ["plan.txt"]);
        for error in [visitor.room().await.unwrap_err(), visitor.file().await.unwrap_err()] {
            assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
            assert!(error.to_string().contains("the link opens a folder"), "{error}");
            assert!(error.to_string().contains("Visitor::folder"), "{error}");
        }
    })
    .await;
}

#[tokio::test]
async fn visitors_of_a_file_see_the_file() {
    Target::run(async |target| {
        let (portal, room) = (target.portal(), room_of(target, RoomType::Custom).await);
        let file = portal.room(&room).upload("plan.txt", "First draft").send().await.unwrap();
        let link = portal.file(&file).links().create(Access::Read).send().await.unwrap();
        let visitor = visitor_of(target, &link);
        assert_eq!(visitor.file().await.unwrap().id, file.id);
        for error in [
            visitor.room().await.unwrap_err(),
            visitor.folder().await.unwrap_err(),
            titles(&visitor).await.unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
            assert!(error.to_string().contains("the link opens a file"), "{error}");
        }
    })
    .await;
}

#[tokio::test]
async fn visitors_of_a_room_see_its_content_in_pages() {
    Target::run(async |target| {
        let (portal, room) = (target.portal(), room_of(target, RoomType::Custom).await);
        let handle = portal.room(&room);
        let names: Vec<String> = (0..105).map(|number| format!("folder {number:03}")).collect();
        handle.folders().create_tree(names.iter().map(String::as_str)).await.unwrap();
        let visitor = visitor_of(target, &handle.links().create(Access::Read).send().await.unwrap());
        let mut seen = titles(&visitor).await.unwrap();
        seen.sort();
        assert_eq!(seen, names);
        assert!(visitor.folder().await.unwrap_err().to_string().contains("the link opens a room"));
    })
    .await;
}

/// Even the owner of the room needs the password of a link to a folder or file.
#[tokio::test]
async fn visitors_need_the_password_for_everything_behind_a_link() {
    Target::run(async |target| {
        let (portal, room) = (target.portal(), room_of(target, RoomType::Custom).await);
        let handle = portal.room(&room);
        let folder = handle.folders().create("Plans").await.unwrap();
        let file = portal.folder(&folder).upload("plan.txt", "First draft").send().await.unwrap();
        let locked = async |links: docspace::links::Links| {
            links.create(Access::Read).password("LongEnough1!").send().await.unwrap()
        };
        let of_folder = visitor_of(target, &locked(portal.folder(&folder).links()).await);
        assert!(of_folder.folder().await.unwrap_err().is_unauthorized());
        assert!(titles(&of_folder).await.unwrap_err().is_unauthorized());
        let inside = of_folder.unlock("LongEnough1!").await.unwrap();
        assert_eq!(inside.folder().await.unwrap().id, folder.id);
        assert_eq!(titles(&inside).await.unwrap(), ["plan.txt"]);

        let of_file = visitor_of(target, &locked(portal.file(&file).links()).await);
        assert!(of_file.file().await.unwrap_err().is_unauthorized());
        assert_eq!(of_file.unlock("LongEnough1!").await.unwrap().file().await.unwrap().id, file.id);

        let of_room = visitor_of(target, &locked(handle.links()).await);
        assert!(titles(&of_room).await.unwrap_err().is_unauthorized());
        assert_eq!(titles(&of_room.unlock("LongEnough1!").await.unwrap()).await.unwrap(), ["Plans"]);
    })
    .await;
}
