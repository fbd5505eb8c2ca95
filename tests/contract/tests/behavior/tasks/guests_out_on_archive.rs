//! Reacts to archived rooms: removes the guests and revokes the links, so that a restored room is
//! not open to outsiders again.

use std::error::Error;

use contract::target::Target;
use docspace::members::Member;
use docspace::webhooks::{Payload, Receiver, Trigger};
use docspace::{Access, Portal, RoomType};
use docspace_mock::{MockPortal, Role};

use super::{SECRET, deliveries, web_server};

/// What the web server calls after it has answered the portal.
///
/// Members and links of an archived room cannot be changed, so the room is restored for a moment.
/// That sends the event once more. The second time there is nothing left to remove.
async fn close_archived_room(
    portal: &Portal,
    receiver: &Receiver,
    body: &str,
    signature: &str,
) -> Result<(), Box<dyn Error>> {
    let delivery = receiver.receive(body.as_bytes(), signature)?;
    let (Trigger::RoomArchived, Payload::Room(room)) = (&delivery.event.trigger, &delivery.payload) else {
        return Ok(());
    };
    let handle = portal.room(&room.id);
    let mut guests = handle.members().people().await?;
    guests.retain(Member::is_guest);
    let mut links = handle.links().list().await?;
    // The portal replaces these links with new ones when they are revoked.
    links.retain(|link| !link.can_revoke);
    if guests.is_empty() && links.is_empty() {
        return Ok(());
    }
    handle.restore().await?.wait().await?;
    for guest in &guests {
        handle.members().remove(guest).await?;
    }
    for link in &links {
        handle.links().revoke(link).await?;
    }
    handle.archive().await?.wait().await?;
    Ok(())
}

#[tokio::test]
async fn archived_rooms_have_no_guests_and_links() {
    let mock = MockPortal::builder().person("gus", Role::Guest).person("ann", Role::User).start().await.unwrap();
    Target::run_on(mock, async |target, mock| {
        let (portal, server, receiver) = (target.portal(), web_server(), Receiver::new(SECRET));
        let create = portal.webhooks().create("archive", server.url(), SECRET).triggers([Trigger::RoomArchived]);
        create.send().await.unwrap();
        let room = portal.rooms().create("Deal", RoomType::Custom).send().await.unwrap();
        let handle = portal.room(&room);
        handle.members().add(mock.email("gus"), Access::Editing).await.unwrap();
        handle.members().add(mock.email("ann"), Access::Editing).await.unwrap();
        let link = handle.links().create(Access::Read).send().await.unwrap();
        handle.links().invite(Access::Read).send().await.unwrap();
        handle.archive().await.unwrap().wait().await.unwrap();

        let mut handled = 0;
        loop {
            mock.webhooks().sent().await;
            let all = deliveries(&server);
            if handled == all.len() {
                break;
            }
            for (body, signature) in &all[handled..] {
                close_archived_room(&portal, &receiver, body, signature).await.unwrap();
            }
            handled = all.len();
        }
        assert_eq!(handled, 2, "the second event changes nothing");
        assert!(handle.get().await.unwrap().is_archived());
        assert!(handle.links().list().await.unwrap().is_empty());
        assert!(handle.members().get(mock.email("gus")).await.unwrap_err().is_not_found());
        assert_eq!(handle.members().get(mock.email("ann")).await.unwrap().access, Access::Editing);
        handle.restore().await.unwrap().wait().await.unwrap();
        let visitor = Portal::builder(target.url()).anonymous().build().unwrap();
        assert!(visitor.visitor(link.key().unwrap().clone()).room().await.unwrap_err().is_not_found());
    })
    .await;
}
