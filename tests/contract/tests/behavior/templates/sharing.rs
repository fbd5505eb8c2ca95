//! Sharing, publishing and changing templates.

use contract::target::Target;
use docspace::people::{PeopleGroupId, PersonId};
use docspace::templates::TemplateHandle;
use docspace::{ErrorKind, Portal, Room, RoomType};
use docspace_mock::{Fault, MockPortal, Role};
use serde_json::json;

use crate::fixture::room;

/// Creates a template of a room of this type. Sharing a template gives people `Read`, a role that
/// members of a public room cannot have.
async fn template(target: &Target, of: RoomType) -> (TemplateHandle, Room) {
    let portal = target.portal();
    let room = portal.rooms().create(target.title("room"), of).send().await.unwrap();
    let save = portal.room(&room).save_as_template(target.title("template"));
    let template = save.start().await.unwrap().wait().await.unwrap();
    (portal.template(&template), room)
}

async fn with_people() -> MockPortal {
    MockPortal::builder().person("ann", Role::RoomAdmin).person("ulf", Role::User).start().await.unwrap()
}

async fn person(target: &Target, mock: &MockPortal, name: &str) -> (Portal, PersonId) {
    let portal = Portal::builder(target.url()).api_key(mock.key(name)).build().unwrap();
    let id = portal.me().await.unwrap().id;
    (portal, id)
}

#[tokio::test]
async fn templates_can_be_published_but_rooms_cannot() {
    Target::on_mock(async |target, mock| {
        let (portal, made) = (target.portal(), room(target).await);
        let template = portal.room(&made).save_as_template("Course").start().await.unwrap().wait().await.unwrap();
        let handle = portal.template(&template);
        assert!(!handle.is_public().await.unwrap());
        handle.set_public(true).await.unwrap();
        assert!(handle.is_public().await.unwrap());
        // A real portal would make it private.
        let is_publication = |request: &docspace_mock::LoggedRequest| request.path.ends_with("roomtemplate/public");
        let sent = mock.requests().iter().filter(|request| is_publication(request)).count();
        handle.set_public(true).await.unwrap();
        assert_eq!(mock.requests().iter().filter(|request| is_publication(request)).count(), sent);
        assert!(handle.is_public().await.unwrap());
        assert_eq!(portal.template(&made).set_public(true).await.unwrap_err().kind(), ErrorKind::Invalid);
    })
    .await;
}

#[tokio::test]
async fn people_can_use_a_template_while_it_is_shared_with_them() {
    for of in [RoomType::Custom, RoomType::Public] {
        Target::run_on(with_people().await, async |target, mock| {
            let (template, _) = template(target, of).await;
            let (as_ann, ann) = person(target, mock, "ann").await;
            assert!(as_ann.template(template.id()).get().await.unwrap_err().is_forbidden());
            template.share_with([ann]).await.unwrap();
            let users = template.users().await.unwrap();
            assert!(users[0].is_owner && users[1].id() == Some(ann.into()), "{users:?}");
            let next = as_ann.template(template.id()).create_room("next").start().await.unwrap();
            assert!(next.wait().await.unwrap().is_active());

            template.unshare([ann]).await.unwrap();
            assert_eq!(template.users().await.unwrap().len(), 1);
            assert!(as_ann.template(template.id()).get().await.unwrap_err().is_forbidden());
        })
        .await;
    }
}

#[tokio::test]
async fn templates_cannot_be_shared_with_users_or_by_people_who_are_not_the_owner() {
    Target::run_on(with_people().await, async |target, mock| {
        let (template, _) = template(target, RoomType::Custom).await;
        let (_, ulf) = person(target, mock, "ulf").await;
        assert!(template.share_with([ulf]).await.unwrap_err().is_forbidden());
        let (as_ann, ann) = person(target, mock, "ann").await;
        template.share_with([ann]).await.unwrap();
        let group = target.portal().people_groups().create("Auditors").send().await.unwrap();
        assert!(
            as_ann.template(template.id()).share_with([group.id]).await.unwrap_err().is_forbidden(),
            "ann is not the owner"
        );
        let error = template.share_with(["typo@example.com"]).await.unwrap_err();
        assert!(error.is_not_found() && error.to_string().contains("typo@example.com"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn public_templates_list_the_group_of_all_people() {
    Target::run_on(with_people().await, async |target, mock| {
        let (template, _) = template(target, RoomType::Custom).await;
        let (as_ann, ann) = person(target, mock, "ann").await;
        template.share_with([ann]).await.unwrap();
        template.set_public(true).await.unwrap();
        let users = template.users().await.unwrap();
        assert_eq!(users.iter().map(|user| user.shared_to_group.is_some()).collect::<Vec<_>>(), [false, true]);
        assert!(as_ann.template(template.id()).get().await.is_ok());
        template.set_public(false).await.unwrap();
        assert_eq!(template.users().await.unwrap().len(), 1, "unpublishing removes the earlier shares");
    })
    .await;
}

/// A portal skips an unknown group and reports that the job succeeded.
#[tokio::test]
async fn templates_not_shared_as_requested_are_an_error_that_names_the_group() {
    Target::run_on(with_people().await, async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let save =
            |title| portal.room(&room).save_as_template(title).share_with_emails([mock.email("ann").to_uppercase()]);
        let made = save("shared").start().await.unwrap().wait().await.unwrap();
        assert_eq!(portal.template(&made).users().await.unwrap().len(), 2);

        let unknown = PeopleGroupId(uuid::Uuid::from_u128(77));
        let started = save("not shared").share_with_groups([unknown]).start().await.unwrap();
        let error = started.wait().await.unwrap_err();
        assert_eq!((error.kind(), error.call()), (ErrorKind::NotDone, Some("create_template")));
        let found = portal.templates().find("not shared").await.unwrap().unwrap();
        for part in [found.id.to_string(), unknown.to_string()] {
            assert!(error.to_string().contains(&part), "{error}");
        }
    })
    .await;
}

#[tokio::test]
async fn templates_that_the_portal_did_not_publish_are_an_error() {
    Target::on_mock(async |target, mock| {
        let (template, _) = template(target, RoomType::Custom).await;
        let empty = json!({"count": 0, "links": [], "status": 0, "statusCode": 200}).to_string();
        mock.faults().next("PUT /files/roomtemplate/public", Fault::status(200).body(empty));
        let error = template.set_public(true).await.unwrap_err();
        assert_eq!((error.kind(), error.call()), (ErrorKind::NotDone, Some("set_template_public")), "{error}");
    })
    .await;
}

/// A portal would share or publish any room with that id.
#[tokio::test]
async fn rooms_cannot_be_shared_as_templates() {
    Target::run(async |target| {
        let (portal, (_, room)) = (target.portal(), template(target, RoomType::Custom).await);
        let me = portal.me().await.unwrap().id;
        let handle = portal.template(&room);
        for outcome in [handle.share_with([me]).await, handle.unshare([me]).await, handle.users().await.map(drop)] {
            assert_eq!(outcome.unwrap_err().kind(), ErrorKind::Invalid);
        }
        let no_people: [PersonId; 0] = [];
        assert_eq!(handle.share_with(no_people).await.unwrap_err().kind(), ErrorKind::Invalid);
    })
    .await;
}

#[tokio::test]
async fn templates_can_be_renamed_tagged_and_pinned() {
    Target::run(async |target| {
        let (template, _) = template(target, RoomType::Custom).await;
        let (title, tag) = (target.title("renamed"), target.title("tag"));
        assert_eq!(template.rename(&title).await.unwrap().title, title);
        assert_eq!(template.add_tags([&tag]).await.unwrap().tags, std::slice::from_ref(&tag));
        assert!(template.remove_tags([&tag]).await.unwrap().tags.is_empty());
        let changed = template.edit().color("00FF00").send().await.unwrap();
        assert_eq!((changed.logo.color.as_deref(), changed.is_template()), (Some("00FF00"), true));
        assert!(template.pin().await.unwrap().pinned);
        assert!(!template.unpin().await.unwrap().pinned);
        assert_eq!(template.get().await.unwrap().title, title);
    })
    .await;
}
