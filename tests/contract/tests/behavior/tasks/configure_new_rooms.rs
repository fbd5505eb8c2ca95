//! Reacts to new rooms: each gets a tag, folders and a manager. Templates and repeated deliveries
//! are skipped.

use std::collections::HashSet;
use std::error::Error;

use contract::target::Target;
use docspace::webhooks::{Payload, Receiver, Trigger};
use docspace::{Access, Portal, RoomType};
use docspace_mock::{MockPortal, Role};

use super::{SECRET, deliveries, web_server};

/// What the web server calls after it has answered the portal. `seen` has the keys of the handled
/// deliveries; a program keeps them for as long as a person may ask for a retry.
async fn configure_new_room(
    portal: &Portal,
    manager: &str,
    receiver: &Receiver,
    seen: &mut HashSet<String>,
    body: &str,
    signature: &str,
) -> Result<(), Box<dyn Error>> {
    let delivery = receiver.receive(body.as_bytes(), signature)?;
    let key = delivery.repeat_key();
    let (Trigger::RoomCreated, Payload::Room(room)) = (&delivery.event.trigger, &delivery.payload) else {
        return Ok(());
    };
    if room.is_template() || seen.contains(&key) {
        return Ok(());
    }
    let handle = portal.room(&room.id);
    handle.add_tags(["new"]).await?;
    handle.folders().create_tree(["Incoming", "Outgoing"]).await?;
    handle.members().add(manager, Access::RoomManager).await?;
    // After the last step, so that a delivery whose handling failed is handled again.
    seen.insert(key);
    Ok(())
}

#[tokio::test]
async fn new_rooms_are_configured_once_and_templates_are_not() {
    let mock = MockPortal::builder().person("ann", Role::RoomAdmin).start().await.unwrap();
    Target::run_on(mock, async |target, mock| {
        let (portal, server, manager) = (target.portal(), web_server(), mock.email("ann"));
        let webhooks = portal.webhooks();
        webhooks.create("rooms", server.url(), SECRET).triggers([Trigger::RoomCreated]).send().await.unwrap();
        let room = portal.rooms().create("Deal", RoomType::Custom).send().await.unwrap();
        let saving = portal.room(&room).save_as_template("Deals").start().await.unwrap();
        let template = saving.wait().await.unwrap();
        mock.webhooks().sent().await;
        let first = deliveries(&server);
        assert_eq!(first.len(), 2, "one for the room and one for the template");

        let (receiver, mut seen) = (Receiver::new(SECRET), HashSet::new());
        for (body, signature) in &first {
            configure_new_room(&portal, &manager, &receiver, &mut seen, body, signature).await.unwrap();
        }
        let handle = portal.room(&room);
        assert_eq!(handle.get().await.unwrap().tags, ["new"]);
        assert_eq!(handle.folders().list().await.unwrap().len(), 2);
        assert_eq!(handle.members().get(&manager).await.unwrap().access, Access::RoomManager);
        assert!(portal.template(&template).get().await.unwrap().tags.is_empty());

        // A retry that a person asks for has a new id and the same key.
        let log = webhooks.log().all().await.unwrap();
        webhooks.retry_all(log.iter().map(|entry| entry.id)).await.unwrap();
        mock.webhooks().sent().await;
        let all = deliveries(&server);
        assert_eq!(all.len(), 4);
        mock.clear_requests();
        for (body, signature) in &all {
            configure_new_room(&portal, &manager, &receiver, &mut seen, body, signature).await.unwrap();
        }
        assert!(mock.requests().is_empty(), "nothing is sent for repeats");
        let forged = configure_new_room(&portal, &manager, &receiver, &mut seen, &all[0].0, &all[1].1).await;
        assert!(forged.is_err());
    })
    .await;
}
