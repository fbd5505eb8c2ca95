//! Reacts to new people: each gets a personal room with folders.

use std::error::Error;

use contract::target::Target;
use docspace::people::PersonType;
use docspace::webhooks::{Payload, Receiver, Trigger};
use docspace::{Access, Portal, RoomType};

use super::{SECRET, deliveries, web_server};

/// What the web server calls after it has answered the portal. A repeated delivery changes nothing,
/// because the address in the title makes the room findable.
async fn create_home_room(
    portal: &Portal,
    receiver: &Receiver,
    body: &str,
    signature: &str,
) -> Result<(), Box<dyn Error>> {
    let delivery = receiver.receive(body.as_bytes(), signature)?;
    let (Trigger::UserCreated, Payload::Person(person)) = (&delivery.event.trigger, &delivery.payload) else {
        return Ok(());
    };
    let title = format!("Home of {}", person.email);
    let room = match portal.rooms().find(&title).await? {
        Some(room) => room,
        None => portal.rooms().create(&title, RoomType::Custom).tags(["home"]).send().await?,
    };
    let handle = portal.room(&room);
    handle.folders().create_tree(["Contract", "Payslips", "Notes"]).await?;
    handle.members().add(person.id, Access::ContentCreator).await?;
    Ok(())
}

#[tokio::test]
async fn new_people_get_one_room_each() {
    Target::on_mock(async |target, mock| {
        let (portal, server) = (target.portal(), web_server());
        let create = portal.webhooks().create("people", server.url(), SECRET).triggers([Trigger::UserCreated]);
        create.send().await.unwrap();
        // The portal sends a delivery twice if it loses an answer.
        mock.webhooks().duplicate(1);
        for (email, name) in [("ann@example.com", "Ann"), ("bob@example.com", "Bob"), ("eve@example.com", "Eve")] {
            let person = portal.people().create(email, name, "Tester", PersonType::User);
            person.password("Passw0rd11").send().await.unwrap();
        }
        mock.webhooks().sent().await;
        let deliveries = deliveries(&server);
        assert_eq!(deliveries.len(), 4);

        let receiver = Receiver::new(SECRET);
        for (body, signature) in &deliveries {
            create_home_room(&portal, &receiver, body, signature).await.unwrap();
        }
        assert_eq!(portal.rooms().list().tag("home").total().await.unwrap(), 3);
        for email in ["ann@example.com", "bob@example.com", "eve@example.com"] {
            let room = portal.rooms().find(&format!("Home of {email}")).await.unwrap().unwrap();
            let handle = portal.room(&room);
            assert_eq!(handle.folders().list().await.unwrap().len(), 3);
            assert_eq!(handle.members().get(email).await.unwrap().access, Access::ContentCreator);
        }
    })
    .await;
}
