//! Quotas of rooms.

use contract::target::Target;

use crate::fixture::room;

#[tokio::test]
async fn quotas_can_be_set_removed_and_reset() {
    Target::on_mock(async |target, _| {
        let (portal, made) = (target.portal(), room(target).await);
        let handle = portal.room(&made);
        assert_eq!(handle.set_quota(1 << 20).await.unwrap().id, made.id);
        assert_eq!(handle.remove_quota().await.unwrap().id, made.id);
        assert_eq!(handle.reset_quota().await.unwrap().id, made.id);
        assert!(portal.room(987_654_321).set_quota(1).await.unwrap_err().is_not_found());
    })
    .await;
}
