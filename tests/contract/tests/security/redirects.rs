//! Redirects: the credentials stay with the portal.

use contract::target::Target;
use docspace_mock::Fault;

/// The portal of a redirect could be anybody's.
#[tokio::test]
async fn a_redirect_is_not_followed() {
    Target::on_mock(async |target, mock| {
        Target::on_mock(async |_, elsewhere| {
            let location = format!("{}/api/2.0/people/@self", elsewhere.url());
            mock.faults().next("GET /people/@self", Fault::status(302).header("Location", &location));
            let error = target.portal().me().await.unwrap_err();
            assert_eq!(error.status(), Some(302));
            assert!(error.to_string().contains(&elsewhere.url()), "{error}");
            assert!(elsewhere.requests().is_empty());
        })
        .await;
    })
    .await;
}
