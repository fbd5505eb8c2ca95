//! Opens an investigation room for a ticket of a help desk, and archives the room when the ticket
//! is closed.

use std::error::Error;

use contract::target::Target;
use docspace::{Access, Portal, RoomType};
use docspace_mock::MockPortal;
use serde::Deserialize;

use crate::fixture::files;

/// A ticket as the help desk sends it.
#[derive(Deserialize)]
struct Ticket {
    key: String,
    title: String,
    severity: String,
    text: String,
    assignee: String,
    closed: bool,
}

/// Handles a new or changed ticket. Can be called again for the same ticket.
async fn handle_ticket(portal: &Portal, json: &str) -> Result<(), Box<dyn Error>> {
    let ticket: Ticket = serde_json::from_str(json)?;
    let title = format!("{} {}", ticket.key, ticket.title);
    let room = match (portal.rooms().find(&title).await?, ticket.closed) {
        (Some(room), true) => {
            portal.room(&room).archive().await?.wait().await?;
            return Ok(());
        }
        (None, true) => return Ok(()),
        (Some(room), false) => room,
        (None, false) => {
            let tags = ["ticket", &*ticket.severity];
            portal.rooms().create(&title, RoomType::Custom).tags(tags).send().await?
        }
    };
    let handle = portal.room(&room);
    handle.folders().create_tree(["Evidence", "Interviews", "Report"]).await?;
    // A file with this name gets a new version.
    handle.upload("ticket.txt", ticket.text).send().await?;
    // A person whom the portal does not know is invited as a guest.
    handle.members().invite(&ticket.assignee, Access::Editing).await?;
    Ok(())
}

#[tokio::test]
async fn ticket_has_a_room_until_it_is_closed() {
    let mock = MockPortal::builder().start().await.unwrap();
    Target::run_on(mock, async |target, _| {
        let portal = target.portal();
        let ticket = |text: &str, closed: bool| {
            serde_json::json!({
                "key": "INC-42", "title": "Wrong invoices", "severity": "high", "text": text,
                "assignee": "eve@partner.example", "closed": closed,
            })
            .to_string()
        };
        handle_ticket(&portal, &ticket("Three invoices have a wrong total.", false)).await.unwrap();
        handle_ticket(&portal, &ticket("Four invoices have a wrong total.", false)).await.unwrap();

        let rooms = portal.rooms().list().tag("ticket").all().await.unwrap();
        assert_eq!(rooms.len(), 1);
        let room = portal.room(&rooms[0]);
        assert_eq!((&*rooms[0].title, rooms[0].tags.len()), ("INC-42 Wrong invoices", 2));
        assert_eq!(room.folders().list().await.unwrap().len(), 3);
        let files = files(room.content()).await;
        assert_eq!((files.len(), &*files[0].title, files[0].version), (1, "ticket.txt", 2));
        assert_eq!(room.members().get("eve@partner.example").await.unwrap().access, Access::Editing);

        handle_ticket(&portal, &ticket("All invoices are right.", true)).await.unwrap();
        assert!(room.get().await.unwrap().is_archived());
        handle_ticket(&portal, &ticket("All invoices are right.", true)).await.unwrap();
        assert_eq!(portal.rooms().list().total().await.unwrap(), 0);
    })
    .await;
}
