//! Shares one folder of a room through a link with an expiry date and a password, and revokes the
//! link.

use contract::target::Target;
use docspace::api::ClientLinksExt;
use docspace::api::types::SetEntryLinkRequest;
use docspace::folders::{Folder, FolderId};
use docspace::links::{LinkId, LinkKeyStatus};
use docspace::{Access, Portal, Result, RoomLink, Timestamp};

use crate::fixture::titled_room;

/// The facade has no methods for the links of folders, so these are calls of the generated client.
/// `None` if the portal reported success without a link.
async fn share_folder(portal: &Portal, folder: &Folder, password: &str, days: u16) -> Result<Option<RoomLink>> {
    let mut link = SetEntryLinkRequest::new(Access::Read);
    link.title = Some(format!("Only {}", folder.title));
    link.password = Some(password.into());
    link.expiration_date = Some(Timestamp::in_days(days));
    let call = portal.api().set_folder_link().folder_id(&folder.id).body(link).send();
    Ok(portal.call(call).await?.response)
}

async fn stop_sharing(portal: &Portal, folder: &FolderId, link: LinkId) -> Result<()> {
    // Without access, the portal revokes the link.
    let mut none = SetEntryLinkRequest::new(Access::None);
    none.link_id = Some(link);
    portal.call(portal.api().set_folder_link().folder_id(folder).body(none).send()).await?;
    Ok(())
}

#[tokio::test]
async fn shared_folder_is_open_to_visitors_with_the_password_until_it_is_revoked() {
    Target::run(async |target| {
        let (portal, room) = (target.portal(), titled_room(target, "room").await);
        let folder = portal.room(&room).folders().create("Plans").await.unwrap();
        let link = share_folder(&portal, &folder, "s3cret-enough", 14).await.unwrap().unwrap();
        assert!(link.expires() > Some(Timestamp::in_days(13)));
        assert!(portal.room(&room).links().list().await.unwrap().is_empty(), "the room has no link");

        let anonymous = Portal::builder(target.url()).anonymous().build().unwrap();
        let visitor = anonymous.visitor(link.key().unwrap().clone());
        let state = visitor.check().await.unwrap();
        assert_eq!((state.status, state.is_room), (LinkKeyStatus::PasswordRequired, Some(false)));
        assert_eq!(state.id, Some(folder.id.to_string()));
        assert!(visitor.clone().unlock("wrong-password").await.unwrap_err().is_unauthorized());
        visitor.clone().unlock("s3cret-enough").await.unwrap();

        stop_sharing(&portal, &folder.id, link.id()).await.unwrap();
        assert_eq!(visitor.check().await.unwrap().status, LinkKeyStatus::Invalid);
        assert!(visitor.unlock("s3cret-enough").await.unwrap_err().is_not_found());
    })
    .await;
}
