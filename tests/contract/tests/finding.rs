//! Finding rooms and what is in them, and giving them away.

use contract::target::Target;
use docspace::{
    Access, Entry, ErrorKind, PersonId, Portal, ProviderFilter, QuotaFilter, Room, RoomId, RoomType, SortBy, SortOrder,
    StorageFilter,
};
use docspace_mock::{Fault, MockPortal, Role};
use futures::TryStreamExt;
use serde_json::json;

async fn room(target: &Target, what: &str) -> Room {
    target.portal().rooms().create(target.title(what), RoomType::Custom).send().await.unwrap()
}

async fn with_ann() -> MockPortal {
    MockPortal::builder().person("ann", Role::RoomAdmin).person("ulf", Role::User).start().await.unwrap()
}

/// The portal as somebody else sees it.
fn as_person(target: &Target, mock: &MockPortal, name: &str) -> Portal {
    Portal::builder(target.url()).api_key(mock.key(name)).build().unwrap()
}

async fn id_of(target: &Target, mock: &MockPortal, name: &str) -> PersonId {
    as_person(target, mock, name).me().await.unwrap().id
}

fn ids(rooms: &[Room]) -> Vec<&RoomId> {
    rooms.iter().map(|room| &room.id).collect()
}

#[tokio::test]
async fn a_room_is_found_by_its_title_and_by_no_part_of_it() {
    Target::run(async |target| {
        let (portal, made) = (target.portal(), room(target, "Audit").await);
        room(target, "Audit 2").await;
        assert_eq!(portal.rooms().find(&made.title).await.unwrap().unwrap().id, made.id);
        assert!(portal.rooms().find(&target.title("Aud")).await.unwrap().is_none());
        assert!(portal.rooms().find(&made.title.to_uppercase()).await.unwrap().is_none());
        assert_eq!(portal.rooms().find(" ").await.unwrap_err().kind(), ErrorKind::Invalid);
    })
    .await;
}

/// A portal replaces some characters of a title.
#[tokio::test]
async fn a_room_is_found_by_the_title_it_was_given_and_by_the_one_it_has() {
    Target::run(async |target| {
        let (portal, made) = (target.portal(), room(target, "Q1/Q2: \u{1f600}").await);
        for title in [target.title("Q1/Q2: \u{1f600}"), made.title] {
            assert_eq!(portal.rooms().find(&title).await.unwrap().unwrap().id, made.id, "{title}");
        }
    })
    .await;
}

#[tokio::test]
async fn two_rooms_of_one_title_are_a_conflict_that_names_both() {
    Target::run(async |target| {
        let (portal, one, two) = (target.portal(), room(target, "twin").await, room(target, "twin").await);
        let error = portal.rooms().find(&one.title).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Conflict);
        let told = error.to_string();
        assert!(told.contains(&one.id.to_string()) && told.contains(&two.id.to_string()), "{told}");
    })
    .await;
}

#[tokio::test]
async fn archived_rooms_and_templates_are_found_where_they_are() {
    Target::run(async |target| {
        let (portal, made) = (target.portal(), room(target, "room").await);
        let handle = portal.room(&made);
        let save = handle.save_as_template(target.title("template"));
        let template = save.start().await.unwrap().wait().await.unwrap();
        handle.archive().await.unwrap().wait().await.unwrap();
        assert!(portal.rooms().find(&made.title).await.unwrap().is_none());
        assert_eq!(portal.rooms().list().archived().find(&made.title).await.unwrap().unwrap().id, made.id);
        assert_eq!(portal.templates().find(&template.title).await.unwrap().unwrap().id, template.id);
        assert!(portal.templates().find(&made.title).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_list_is_narrowed_by_people() {
    Target::run_on(with_ann().await, async |target, mock| {
        let (portal, ann) = (target.portal(), id_of(target, mock, "ann").await);
        let (mine, shared) = (room(target, "mine").await, room(target, "shared").await);
        portal.room(&shared).members().add(ann, Access::Read).await.unwrap();
        let me = portal.me().await.unwrap().id;
        let list = || portal.rooms().list();
        assert_eq!(ids(&list().member(ann).all().await.unwrap()), [&shared.id]);
        assert_eq!(ids(&list().of(ann).all().await.unwrap()), [&shared.id]);
        assert_eq!(ids(&list().not_of(ann).all().await.unwrap()), [&mine.id]);
        assert!(list().owner(ann).all().await.unwrap().is_empty());
        assert_eq!(list().member(ann).owner(me).all().await.unwrap().len(), 2, "what is said last holds");
    })
    .await;
}

#[tokio::test]
async fn a_list_is_narrowed_by_group_quota_storage_and_the_lack_of_tags() {
    Target::on_mock(async |target, _| {
        let (portal, one, two) = (target.portal(), room(target, "one").await, room(target, "two").await);
        portal.room(&one).add_tags(["tagged"]).await.unwrap();
        portal.room(&one).set_quota(1 << 20).await.unwrap();
        let icon = portal.covers().await.unwrap().remove(0).id;
        let group = portal.groups().create("Clients", icon, [one.id.clone()]).await.unwrap();
        let list = || portal.rooms().list();
        assert_eq!(ids(&list().untagged().tag("tagged").all().await.unwrap()), [&two.id]);
        assert_eq!(ids(&list().group(group.id).all().await.unwrap()), [&one.id]);
        assert_eq!(ids(&list().quota(QuotaFilter::Custom).all().await.unwrap()), [&one.id]);
        assert_eq!(ids(&list().quota(QuotaFilter::Default).all().await.unwrap()), [&two.id]);
        assert!(list().storage(StorageFilter::ThirdParty).all().await.unwrap().is_empty());
        assert!(list().provider(ProviderFilter::Box).all().await.unwrap().is_empty());
        assert_eq!(list().storage(StorageFilter::Internal).total().await.unwrap(), 2);
    })
    .await;
}

/// A portal keeps the order that was asked for, for its own pages too.
#[tokio::test]
async fn an_order_is_asked_for_only_when_it_is_wanted() {
    Target::on_mock(async |target, mock| {
        let (portal, _, _) = (target.portal(), room(target, "a").await, room(target, "b").await);
        let sent = || mock.requests().pop().unwrap().query;
        portal.rooms().list().all().await.unwrap();
        assert!(!sent().to_lowercase().contains("sort"), "{}", sent());
        portal.rooms().find("a").await.unwrap();
        assert!(!sent().to_lowercase().contains("sort"), "{}", sent());
        let sorted = portal.rooms().list().sort(SortBy::Az, SortOrder::Descending).all().await.unwrap();
        assert!(sent().contains("sortBy=AZ") && sent().contains("sortOrder="), "{}", sent());
        assert!(sorted[0].title.ends_with('b'), "{}", sorted[0].title);
    })
    .await;
}

/// Rooms that leave the list as they come make room on the pages that were read, for others that were not.
#[tokio::test]
async fn nothing_is_passed_over_when_what_comes_leaves_the_list() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        for number in 0..130 {
            let made = portal.rooms().create(format!("room {number}"), RoomType::Custom).tags(["todo"]);
            made.send().await.unwrap();
        }
        let (mut done, mut rooms) = (0, portal.rooms().list().tag("todo").stream());
        while let Some(room) = rooms.try_next().await.unwrap() {
            portal.room(&room).remove_tags(["todo"]).await.unwrap();
            done += 1;
        }
        assert_eq!((done, portal.rooms().list().tag("todo").total().await.unwrap()), (130, 0));
    })
    .await;
}

#[tokio::test]
async fn the_entries_of_a_room_are_numbered_anew() {
    Target::run(async |target| {
        let portal = target.portal();
        let create = portal.rooms().create(target.title("room"), RoomType::VirtualData).indexing(true);
        let made = create.send().await.unwrap();
        assert_eq!(portal.room(&made).reorder().await.unwrap().id, made.id);
        assert!(portal.room(987_654_321).reorder().await.unwrap_err().is_forbidden());
    })
    .await;
}

#[tokio::test]
async fn a_room_without_news_has_none() {
    Target::run(async |target| {
        let (portal, made) = (target.portal(), room(target, "room").await);
        assert!(portal.room(&made).news().await.unwrap().is_empty());
        assert!(portal.room(987_654_321).news().await.unwrap_err().is_not_found());
        portal.rooms().news().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_content_of_a_room_is_listed() {
    Target::on_mock(async |target, _| {
        let (portal, made) = (target.portal(), room(target, "room").await);
        assert!(portal.room(&made).content().try_next().await.unwrap().is_none());
        let path = format!("files/folder/{}", made.id);
        let inner = target.raw().send("POST", &path, json!({"title": "Inner"})).await;
        target.raw().send("POST", &format!("files/folder/{}", inner.response()["id"]), json!({"title": "Deep"})).await;
        let entries: Vec<Entry> = portal.room(&made).content().try_collect().await.unwrap();
        let [Entry::Folder(inner)] = entries.as_slice() else { panic!("{entries:?}") };
        assert_eq!(inner.title, "Inner");
        let deep: Vec<Entry> = portal.folder_content(inner.id.clone()).try_collect().await.unwrap();
        assert!(matches!(deep.as_slice(), [Entry::Folder(deep)] if deep.title == "Deep"), "{deep:?}");
        let missing: Result<Vec<Entry>, _> = portal.room(987_654_321).content().try_collect().await;
        assert!(missing.unwrap_err().is_not_found());
    })
    .await;
}

#[tokio::test]
async fn a_room_is_given_to_somebody_who_can_own_it() {
    Target::run_on(with_ann().await, async |target, mock| {
        let (portal, made) = (target.portal(), room(target, "room").await);
        let ann = id_of(target, mock, "ann").await;
        let given = portal.room(&made).change_owner(ann).await.unwrap();
        assert_eq!((given.id, given.created_by.unwrap().id), (made.id.clone(), ann));
        let as_ann = as_person(target, mock, "ann");
        as_ann.room(&made).rename("mine now").await.unwrap();
        let ulf = id_of(target, mock, "ulf").await;
        assert!(as_ann.room(&made).change_owner(ulf).await.unwrap_err().is_forbidden());
    })
    .await;
}

/// Somebody who gave a room away and is no member of it cannot look at it any more.
#[tokio::test]
async fn who_gave_the_last_right_away_is_told_by_the_answer() {
    Target::run_on(with_ann().await, async |target, mock| {
        let ann = as_person(target, mock, "ann");
        let made = ann.rooms().create("room", RoomType::Custom).send().await.unwrap();
        let owner = target.portal().me().await.unwrap().id;
        let given = ann.room(&made).change_owner(owner).await.unwrap();
        assert_eq!(given.created_by.unwrap().id, owner);
        assert!(ann.room(&made).get().await.unwrap_err().is_forbidden());
    })
    .await;
}

#[tokio::test]
async fn an_owner_who_stays_although_the_portal_says_done_is_an_error() {
    Target::run_on(with_ann().await, async |target, mock| {
        let (portal, made) = (target.portal(), room(target, "room").await);
        let empty = json!({"response": [], "count": 0, "links": [], "status": 0, "statusCode": 200}).to_string();
        mock.faults().next("POST /files/owner", Fault::status(200).body(empty));
        let ann = id_of(target, mock, "ann").await;
        let error = portal.room(&made).change_owner(ann).await.unwrap_err();
        assert_eq!((error.kind(), error.operation()), (ErrorKind::Operation, Some("change_owner")), "{error}");
    })
    .await;
}
