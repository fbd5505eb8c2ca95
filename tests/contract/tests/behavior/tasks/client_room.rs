//! Opens a room for a new client, with a standard folder tree, the team as members, and a link for
//! the client that expires.

use contract::target::Target;
use docspace::{Access, Portal, Result, Room, RoomLink, RoomType, Timestamp};
use docspace_mock::{MockPortal, Role};

const FOLDERS: [&str; 4] = ["Contracts/Drafts", "Contracts/Signed", "Invoices", "From the client"];
const LINK: &str = "For the client";

/// Can be called again: what exists is used as it is.
async fn open_client_room(portal: &Portal, client: &str, team: &[String]) -> Result<(Room, RoomLink)> {
    // A portal accepts several rooms with the same title.
    let room = match portal.rooms().find(client).await? {
        Some(room) => room,
        None => portal.rooms().create(client, RoomType::Custom).tags(["client"]).send().await?,
    };
    let handle = portal.room(&room);
    handle.folders().create_tree(FOLDERS).await?;
    for colleague in team {
        handle.members().add(colleague, Access::Editing).await?;
    }
    let links = handle.links().list().await?;
    let link = match links.into_iter().find(|link| link.title() == LINK && !link.is_expired()) {
        Some(link) => link,
        None => handle.links().create(Access::Comment).title(LINK).expires(Timestamp::in_days(90)).send().await?,
    };
    Ok((room, link))
}

#[tokio::test]
async fn client_room_is_opened_once() {
    let mock = MockPortal::builder().person("ann", Role::User).person("bob", Role::RoomAdmin).start().await.unwrap();
    Target::run_on(mock, async |target, mock| {
        let (portal, team) = (target.portal(), [mock.email("ann"), mock.email("bob")]);
        let (room, link) = open_client_room(&portal, "Acme", &team).await.unwrap();
        let (same_room, same_link) = open_client_room(&portal, "Acme", &team).await.unwrap();
        assert_eq!((same_room.id, same_link.id()), (room.id.clone(), link.id()));

        let handle = portal.room(&room);
        assert_eq!(handle.get().await.unwrap().tags, ["client"]);
        let tree: Vec<String> = handle.folders().tree().await.unwrap().into_iter().map(|entry| entry.path).collect();
        assert_eq!(tree, ["Contracts", "Contracts/Drafts", "Contracts/Signed", "From the client", "Invoices"]);
        for email in &team {
            assert_eq!(handle.members().get(email).await.unwrap().access, Access::Editing);
        }
        let links = handle.links().list().await.unwrap();
        assert_eq!(links.len(), 1);
        assert!(links[0].expires() > Some(Timestamp::in_days(89)));
        let visitor = Portal::builder(target.url()).anonymous().build().unwrap();
        let opened = visitor.visitor(link.key().unwrap().clone()).room().await.unwrap();
        assert_eq!(opened.title, "Acme");
    })
    .await;
}
