//! Shares one folder of a room through a link with an expiry date and a password, and revokes the
//! link.

use contract::target::Target;
use docspace::folders::Folder;
use docspace::links::LinkKeyStatus;
use docspace::{Access, Portal, Result, RoomLink, Timestamp};
use futures::TryStreamExt;

use crate::fixture::titled_room;

async fn share_folder(portal: &Portal, folder: &Folder, password: &str, days: u16) -> Result<RoomLink> {
    let link = portal.folder(folder).links().create(Access::Read).title(format!("Only {}", folder.title));
    link.password(password).expires(Timestamp::in_days(days)).send().await
}

#[tokio::test]
async fn shared_folder_is_open_to_visitors_with_the_password_until_it_is_revoked() {
    Target::run(async |target| {
        let (portal, room) = (target.portal(), titled_room(target, "room").await);
        let folder = portal.room(&room).folders().create("Plans").await.unwrap();
        portal.folder(&folder).upload("plan.txt", "First draft").send().await.unwrap();
        let link = share_folder(&portal, &folder, "s3cret-enough", 14).await.unwrap();
        assert!(link.expires() > Some(Timestamp::in_days(13)));
        assert!(portal.room(&room).links().list().await.unwrap().is_empty(), "the room has no link");

        let anonymous = Portal::builder(target.url()).anonymous().build().unwrap();
        let visitor = anonymous.visitor(link.key().unwrap().clone());
        assert_eq!(visitor.check().await.unwrap().status, LinkKeyStatus::PasswordRequired);
        assert!(visitor.clone().unlock("wrong-password").await.unwrap_err().is_unauthorized());
        let inside = visitor.clone().unlock("s3cret-enough").await.unwrap();
        assert_eq!(inside.folder().await.unwrap().id, folder.id);
        assert_eq!(inside.content().try_collect::<Vec<_>>().await.unwrap().len(), 1);

        portal.folder(&folder).links().revoke(&link).await.unwrap();
        assert_eq!(visitor.check().await.unwrap().status, LinkKeyStatus::Invalid);
        assert!(visitor.unlock("s3cret-enough").await.unwrap_err().is_not_found());
    })
    .await;
}
