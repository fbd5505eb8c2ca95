//! Lists of rooms: filters, order and pages.

use contract::target::Target;
use docspace::rooms::{ProviderFilter, QuotaFilter, SortBy, SortOrder, StorageFilter};
use docspace::{Access, Room, RoomId, RoomType};

use super::{id_of, with_ann};
use crate::fixture::{room_of, titled_room};

#[tokio::test]
async fn rooms_are_filtered_by_type_tag_and_text() {
    Target::run(async |target| {
        let portal = target.portal();
        let tag = target.title("tag");
        let create = |name: &str, kind| portal.rooms().create(target.title(name), kind);
        let custom = create("alpha", RoomType::Custom).tags([&tag]).send().await.unwrap();
        let public = create("beta", RoomType::Public).tags([&tag]).send().await.unwrap();
        create("gamma", RoomType::Public).send().await.unwrap();

        let tagged = portal.rooms().list().tag(&tag).all().await.unwrap();
        assert_eq!(tagged.len(), 2);
        let both = portal.rooms().list().tag(&tag).room_type(RoomType::Public).all().await.unwrap();
        assert_eq!(both.iter().map(|room| &room.id).collect::<Vec<_>>(), [&public.id]);
        let found = portal.rooms().list().search(target.title("ALPHA")).all().await.unwrap();
        assert_eq!(found.iter().map(|room| &room.id).collect::<Vec<_>>(), [&custom.id]);
    })
    .await;
}

fn ids(rooms: &[Room]) -> Vec<&RoomId> {
    rooms.iter().map(|room| &room.id).collect()
}

#[tokio::test]
async fn listed_rooms_have_their_ids() {
    Target::run(async |target| {
        let made = [room_of(target, RoomType::Custom).await, room_of(target, RoomType::Public).await];
        let listed = target.portal().rooms().list().search(target.title("room")).all().await.unwrap();
        for room in made {
            assert!(listed.iter().any(|listed| listed.id == room.id), "{} is missing", room.id);
        }
    })
    .await;
}

#[tokio::test]
async fn rooms_can_be_filtered_by_two_types() {
    Target::run(async |target| {
        for kind in [RoomType::Custom, RoomType::Public, RoomType::Editing] {
            room_of(target, kind).await;
        }
        let list = target.portal().rooms().list().room_type(RoomType::Custom).room_type(RoomType::Public);
        let mut kinds: Vec<String> = list
            .search(target.title("room"))
            .all()
            .await
            .unwrap()
            .iter()
            .map(|room| room.room_type.to_string())
            .collect();
        kinds.sort();
        assert_eq!(kinds, ["Custom", "Public"]);
    })
    .await;
}

#[tokio::test]
async fn rooms_are_filtered_by_people() {
    Target::run_on(with_ann().await, async |target, mock| {
        let (portal, ann) = (target.portal(), id_of(target, mock, "ann").await);
        let (mine, shared) = (titled_room(target, "mine").await, titled_room(target, "shared").await);
        portal.room(&shared).members().add(ann, Access::Read).await.unwrap();
        let me = portal.me().await.unwrap().id;
        let list = || portal.rooms().list();
        assert_eq!(ids(&list().member(ann).all().await.unwrap()), [&shared.id]);
        assert_eq!(ids(&list().involving(ann).all().await.unwrap()), [&shared.id]);
        assert_eq!(ids(&list().not_involving(ann).all().await.unwrap()), [&mine.id]);
        assert!(list().owner(ann).all().await.unwrap().is_empty());
        assert_eq!(list().member(ann).owner(me).all().await.unwrap().len(), 2, "the last filter applies");
    })
    .await;
}

#[tokio::test]
async fn rooms_are_filtered_by_group_quota_storage_and_missing_tags() {
    Target::on_mock(async |target, _| {
        let (portal, one, two) = (target.portal(), titled_room(target, "one").await, titled_room(target, "two").await);
        portal.room(&one).add_tags(["tagged"]).await.unwrap();
        portal.room(&one).set_quota(1 << 20).await.unwrap();
        let icon = portal.covers().await.unwrap().remove(0).id;
        let group = portal.room_groups().create("Clients", icon, [one.id.clone()]).await.unwrap();
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

/// A portal stores the requested order and uses it for its web pages too.
#[tokio::test]
async fn the_sort_order_is_sent_only_if_it_is_set() {
    Target::on_mock(async |target, mock| {
        let (portal, _, _) = (target.portal(), titled_room(target, "a").await, titled_room(target, "b").await);
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
