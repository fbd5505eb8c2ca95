//! Redirects: the client does not send credentials to another server.

use contract::target::Target;
use docspace_mock::Fault;

/// The target of a redirect could belong to an attacker.
#[tokio::test]
async fn redirects_are_not_followed() {
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
