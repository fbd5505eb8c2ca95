//! Reports, for each room, the links without an expiry date or password, the guests, and the
//! changes of links since a date.

use contract::target::Target;
use docspace::audit::AuditAction;
use docspace::{Access, Portal, Result, RoomType, Timestamp};
use docspace_mock::{MockPortal, Role};
use futures::TryStreamExt;

/// Only a key of an administrator sees all rooms and the audit trail.
async fn report(portal: &Portal, since: Timestamp) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    let mut rooms = portal.rooms().list().stream();
    while let Some(room) = rooms.try_next().await? {
        let handle = portal.room(&room);
        for link in handle.links().list().await?.iter().filter(|link| !link.is_expired()) {
            if link.expires().is_none() {
                lines.push(format!("{}: the link `{}` never expires", room.title, link.title()));
            }
            if link.password().is_none() && !link.is_invitation() {
                lines.push(format!("{}: the link `{}` has no password", room.title, link.title()));
            }
        }
        for member in handle.members().people().await? {
            if member.is_guest() {
                lines.push(format!("{}: {} is a guest", room.title, member.email().unwrap_or_default()));
            }
        }
        // The history of a room leaves out changes of the access, the expiry and the password.
        let events = portal.audit().events().room(&room).since(since);
        let events = events
            .action(AuditAction::RoomExternalLinkCreated)
            .action(AuditAction::RoomExternalLinkUpdated)
            .action(AuditAction::RoomExternalLinkDeleted);
        for event in events.all().await? {
            lines.push(format!("{}: {} by {}", room.title, event.action_id, event.user));
        }
    }
    Ok(lines)
}

#[tokio::test]
async fn report_names_open_links_guests_and_changes_of_links() {
    let mock = MockPortal::builder().person("gus", Role::Guest).person("ann", Role::User).start().await.unwrap();
    Target::run_on(mock, async |target, mock| {
        let portal = target.portal();
        let start = portal.rooms().create("Closed", RoomType::Custom).send().await.unwrap().created;
        let closed = portal.rooms().find("Closed").await.unwrap().unwrap();
        let link = portal.room(&closed).links().create(Access::Read).title("safe");
        link.expires(Timestamp::in_days(30)).password("s3cret-enough").send().await.unwrap();
        portal.room(&closed).members().add(mock.email("ann"), Access::Read).await.unwrap();
        let open = portal.rooms().create("Open", RoomType::Custom).send().await.unwrap();
        let handle = portal.room(&open);
        let link = handle.links().create(Access::Read).title("press").send().await.unwrap();
        handle.links().update(&link).access(Access::Comment).send().await.unwrap();
        let gone = handle.links().create(Access::Read).title("gone").send().await.unwrap();
        handle.links().revoke(&gone).await.unwrap();
        handle.members().add(mock.email("gus"), Access::Read).await.unwrap();

        let mut lines = report(&portal, start).await.unwrap();
        let me = portal.me().await.unwrap().display_name;
        let mut expected = vec![
            "Open: the link `press` never expires".to_owned(),
            "Open: the link `press` has no password".to_owned(),
            "Open: gus@example.com is a guest".to_owned(),
            format!("Open: {} by {me}", AuditAction::RoomExternalLinkDeleted),
            format!("Open: {} by {me}", AuditAction::RoomExternalLinkCreated),
            format!("Open: {} by {me}", AuditAction::RoomExternalLinkUpdated),
            format!("Open: {} by {me}", AuditAction::RoomExternalLinkCreated),
            format!("Closed: {} by {me}", AuditAction::RoomExternalLinkCreated),
        ];
        lines.sort();
        expected.sort();
        assert_eq!(lines, expected);
    })
    .await;
}
