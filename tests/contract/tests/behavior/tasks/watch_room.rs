//! Finds what no webhook reports: changes of the links, members and tags of a room, by comparing
//! two snapshots of it.

use std::collections::BTreeMap;

use contract::target::Target;
use docspace::{Access, Portal, Result, RoomRef, RoomType, Timestamp};
use docspace_mock::{MockPortal, Role};

/// Each tag, member and link with its details. A program stores it until the next comparison.
type Snapshot = BTreeMap<String, String>;

async fn snapshot_of(portal: &Portal, room: impl Into<RoomRef>) -> Result<Snapshot> {
    let handle = portal.room(room);
    let mut snapshot: Snapshot =
        handle.get().await?.tags.into_iter().map(|tag| (format!("tag `{tag}`"), String::new())).collect();
    for member in handle.members().list().await? {
        let name = member.email().or(member.name()).unwrap_or_default();
        snapshot.insert(format!("member {name}"), format!("{}, owner: {}", member.access, member.is_owner));
    }
    for link in handle.links().list().await? {
        let expires = link.expires().map_or("never".to_owned(), |end| end.to_string());
        let protected = link.password().is_some();
        let details = format!("`{}`, {}, expires {expires}, password: {protected}", link.title(), link.access);
        snapshot.insert(format!("link {}", link.id()), details);
    }
    Ok(snapshot)
}

fn changes(before: &Snapshot, now: &Snapshot) -> Vec<String> {
    let gone = before.keys().filter(|key| !now.contains_key(*key)).map(|key| format!("removed {key}"));
    let new = now.iter().filter(|(key, _)| !before.contains_key(*key)).map(|(key, _)| format!("added {key}"));
    let changed = now.iter().filter_map(|(key, details)| {
        let earlier = before.get(key).filter(|earlier| *earlier != details)?;
        Some(format!("changed {key}: {earlier} -> {details}"))
    });
    gone.chain(new).chain(changed).collect()
}

#[tokio::test]
async fn changes_of_links_members_and_tags_are_found() {
    let mock = MockPortal::builder().person("ann", Role::User).person("gus", Role::Guest).start().await.unwrap();
    Target::run_on(mock, async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create("Deal", RoomType::Custom).tags(["open", "2026"]).send().await.unwrap();
        let handle = portal.room(&room);
        handle.members().add(mock.email("ann"), Access::Read).await.unwrap();
        let link = handle.links().create(Access::Read).title("press").send().await.unwrap();
        let first = snapshot_of(&portal, &room).await.unwrap();
        handle.upload("plan.txt", "x").send().await.unwrap();
        let second = snapshot_of(&portal, &room).await.unwrap();
        assert!(changes(&first, &second).is_empty(), "files have webhooks");

        handle.remove_tags(["open"]).await.unwrap();
        handle.add_tags(["closed"]).await.unwrap();
        handle.members().add(mock.email("ann"), Access::Editing).await.unwrap();
        handle.members().add(mock.email("gus"), Access::Read).await.unwrap();
        let end = Timestamp::in_days(7);
        let link = handle.links().update(&link).expires(end).send().await.unwrap();
        let found = changes(&second, &snapshot_of(&portal, &room).await.unwrap());
        let expires = link.expires().unwrap();
        let expected = [
            "removed tag `open`".to_owned(),
            "added member gus@example.com".to_owned(),
            "added tag `closed`".to_owned(),
            format!(
                "changed link {}: `press`, Read, expires never, password: false -> `press`, Read, expires {expires}, \
                 password: false",
                link.id()
            ),
            "changed member ann@example.com: Read, owner: false -> Editing, owner: false".to_owned(),
        ];
        assert_eq!(found, expected);
    })
    .await;
}
