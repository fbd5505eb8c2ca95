//! What is there already and stands in the way. A portal refuses it as it refuses those without the right, and says why
//! in their language only.

use contract::target::Target;
use docspace::{Access, ErrorKind, Portal, Room, RoomType};
use docspace_mock::{Fault, MockPortal, Role};
use futures::future::join_all;
use serde_json::json;

async fn room(target: &Target, what: &str) -> Room {
    target.portal().rooms().create(target.title(what), RoomType::Custom).send().await.unwrap()
}

/// A good answer that says nothing.
fn nothing() -> Fault {
    Fault::status(200).body(json!({"count": 0, "links": [], "status": 0, "statusCode": 200}).to_string())
}

#[tokio::test]
async fn a_refusal_that_no_limit_explains_stays_one() {
    Target::on_mock(async |target, mock| {
        let (portal, room) = (target.portal(), room(target, "room").await);
        let links = portal.room(&room).links();
        for _ in 0..4 {
            links.create(Access::Read).send().await.unwrap();
        }
        mock.faults().next("PUT /files/rooms/*/links", Fault::status(403).times(2));
        assert!(links.create(Access::Read).send().await.unwrap_err().is_forbidden());
        assert!(links.invite(Access::Read).send().await.unwrap_err().is_forbidden());
        mock.faults().next("PUT /files/rooms/*/pin", Fault::status(403));
        assert!(portal.room(&room).pin().await.unwrap_err().is_forbidden());
    })
    .await;
}

/// Who may not see the links cannot be told how many there are.
#[tokio::test]
async fn somebody_without_the_right_is_refused_although_the_room_is_full() {
    let mock = MockPortal::builder().person("ann", Role::RoomAdmin).start().await.unwrap();
    Target::run_on(mock, async |target, mock| {
        let (portal, room) = (target.portal(), room(target, "room").await);
        let links = portal.room(&room).links();
        join_all((0..5).map(|_| links.create(Access::Read).send())).await;
        let ann = Portal::builder(target.url()).api_key(mock.key("ann")).build().unwrap();
        assert!(ann.room(&room).links().create(Access::Read).send().await.unwrap_err().is_forbidden());
    })
    .await;
}

#[tokio::test]
async fn ten_links_at_once_are_five_links_and_five_conflicts() {
    Target::run(async |target| {
        let links = target.portal().room(&room(target, "room").await).links();
        let made = join_all((0..10).map(|_| links.create(Access::Read).send())).await;
        let refused: Vec<_> = made.into_iter().filter_map(Result::err).map(|error| error.kind()).collect();
        assert_eq!(refused, [ErrorKind::Conflict; 5]);
        assert_eq!(links.list().await.unwrap().len(), 5);
    })
    .await;
}

/// Of several that ask for the first time at once a portal refuses some, although the link is made.
#[tokio::test]
async fn everybody_who_asks_for_the_primary_link_gets_it() {
    Target::run(async |target| {
        let links = target.portal().room(&room(target, "room").await).links();
        let all = join_all((0..5).map(|_| links.primary())).await;
        let ids: Vec<_> = all.into_iter().map(|link| link.unwrap().id()).collect();
        assert_eq!(ids, [ids[0]; 5]);
    })
    .await;
    Target::on_mock(async |target, mock| {
        let links = target.portal().room(&room(target, "room").await).links();
        mock.faults().next("GET /files/rooms/*/link", Fault::status(403).executed());
        assert!(links.primary().await.unwrap().is_primary());
        mock.faults().next("GET /files/rooms/*/link", Fault::status(403));
        let other = target.portal().room(&room(target, "other").await).links();
        assert!(other.primary().await.unwrap_err().is_forbidden());
    })
    .await;
}

/// Whoever changes a link while it is revoked makes it again.
#[tokio::test]
async fn a_link_that_is_still_there_was_not_revoked() {
    Target::on_mock(async |target, mock| {
        for of in [RoomType::Custom, RoomType::Public] {
            let portal = target.portal();
            let room = portal.rooms().create("room", of).send().await.unwrap();
            let links = portal.room(&room).links();
            let primary = links.primary().await.unwrap();
            mock.faults().next("PUT /files/rooms/*/links", nothing());
            let error = links.revoke(primary.id()).await.unwrap_err();
            assert_eq!((error.kind(), error.operation()), (ErrorKind::Operation, Some("revoke_room_link")), "{error}");
            assert!(error.to_string().contains("still there"), "{error}");
            links.revoke(primary.id()).await.unwrap();
            assert!(links.get(primary.id()).await.unwrap_err().is_not_found());
        }
    })
    .await;
}

#[tokio::test]
async fn the_new_primary_link_comes_with_its_key() {
    Target::run(async |target| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Public).send().await.unwrap();
        let links = portal.room(&room).links();
        let old = links.primary().await.unwrap();
        let new = links.revoke(old.id()).await.unwrap().expect("a new link");
        assert!(new.key().is_some_and(|key| Some(key.expose()) != old.key().map(|old| old.expose())));
    })
    .await;
}

#[tokio::test]
async fn an_eleventh_pin_is_told_which_ten_there_are() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        for number in 0..10 {
            let room = room(target, &format!("pinned {number}")).await;
            portal.room(&room).pin().await.unwrap();
        }
        let one_more = room(target, "one more").await;
        let error = portal.room(&one_more).pin().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Conflict, Some(403)), "{error}");
        assert!(error.to_string().contains("pinned 7"), "{error}");
        // What is refused for another reason is no conflict.
        portal.room(&one_more).archive().await.unwrap().wait().await.unwrap();
        assert!(portal.room(&one_more).pin().await.unwrap_err().is_forbidden());
        assert!(portal.room(987_654_321).pin().await.unwrap_err().is_forbidden());
    })
    .await;
}

/// A portal refuses every change of an archived room, and does not say why.
#[tokio::test]
async fn what_the_archive_stands_in_the_way_of_is_told() {
    Target::on_mock(async |target, _| {
        let (portal, made) = (target.portal(), room(target, "room").await);
        let full = portal.room(&made);
        for _ in 0..5 {
            full.links().create(Access::Read).send().await.unwrap();
        }
        let link = full.links().list().await.unwrap()[0].id();
        full.archive().await.unwrap().wait().await.unwrap();
        for (what, error) in [
            ("edit", full.rename("x").await.unwrap_err()),
            ("tags", full.add_tags(["x"]).await.unwrap_err()),
            ("untag", full.remove_tags(["x"]).await.unwrap_err()),
            ("colour", full.set_color("FF0000").await.unwrap_err()),
            ("quota", full.set_quota(5).await.unwrap_err()),
            ("reorder", full.reorder().await.unwrap_err()),
            ("pin", full.pin().await.unwrap_err()),
            ("unpin", full.unpin().await.unwrap_err()),
            ("member", full.members().add("ann@example.com", Access::Read).await.unwrap_err()),
            ("link", full.links().create(Access::Read).send().await.unwrap_err()),
            ("invitation", full.links().invite(Access::Read).send().await.unwrap_err()),
            ("update", full.links().update(link).title("x").send().await.unwrap_err()),
            ("revoke", full.links().revoke(link).await.unwrap_err()),
        ] {
            assert_eq!((error.kind(), error.status()), (ErrorKind::Forbidden, Some(403)), "{what}: {error}");
            assert!(error.advice().contains("restore it first"), "{what}: {error}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_tag_is_not_renamed_to_one_that_is_there() {
    Target::run(async |target| {
        let (portal, room) = (target.portal(), room(target, "room").await);
        let (one, two) = (target.title("one"), target.title("two"));
        portal.room(&room).add_tags([&one, &two]).await.unwrap();
        for new in [two.to_uppercase(), one.clone()] {
            let error = portal.tags().rename(&one, &new).await.unwrap_err();
            assert_eq!((error.kind(), error.status()), (ErrorKind::Conflict, Some(400)), "{error}");
        }
        assert!(portal.tags().rename(target.title("none"), target.title("three")).await.unwrap_err().is_not_found());
    })
    .await;
}
