//! Signing in and out, checking credentials, and calls that need no credentials.

use contract::target::Target;
use docspace::{ErrorKind, Portal};
use docspace_mock::Fault;
use serde_json::json;

const TOKEN: &str = "made-up-token";

/// An answer to a sign-in with these additional members.
fn answer(more: &serde_json::Value) -> String {
    let mut response = json!({"expires": "0001-01-01T00:00:00", "sms": false, "tfa": false});
    response.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({"response": response, "count": 1, "links": [], "status": 0, "statusCode": 200}).to_string()
}

#[tokio::test]
async fn signing_out_ends_the_session_for_every_client_with_its_token() {
    Target::on_mock(async |_, mock| {
        let portal = Portal::builder(mock.url()).sign_in(mock.email("owner"), mock.password("owner")).await.unwrap();
        let token = portal.token().unwrap().clone();
        let other = Portal::builder(mock.url()).token(token.expose()).build().unwrap();
        let other_session = Portal::builder(mock.url()).token(mock.token("owner")).build().unwrap();
        assert!(other.is_signed_in().await.unwrap());
        portal.sign_out().await.unwrap();
        assert!(!other.is_signed_in().await.unwrap());
        assert!(other.me().await.unwrap_err().is_unauthorized());
        assert!(other_session.is_signed_in().await.unwrap(), "another session of the same person is still valid");
    })
    .await;
}

#[tokio::test]
async fn sessions_that_are_valid_after_signing_out_are_an_error() {
    Target::on_mock(async |_, mock| {
        let portal = Portal::builder(mock.url()).token(mock.token("owner")).build().unwrap();
        let done = r#"{"count":0,"links":[],"status":0,"statusCode":200}"#;
        mock.faults().next("POST /authentication/logout", Fault::status(200).body(done));
        let error = portal.sign_out().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotDone, "{error}");
    })
    .await;
}

#[tokio::test]
async fn signing_out_without_a_session_is_rejected() {
    Target::on_mock(async |target, mock| {
        let anonymous = Portal::builder(mock.url()).anonymous().build().unwrap();
        for portal in [target.portal(), anonymous] {
            assert_eq!(portal.sign_out().await.unwrap_err().kind(), ErrorKind::Invalid);
        }
        assert!(mock.requests().is_empty());
    })
    .await;
}

#[tokio::test]
async fn is_signed_in_reports_whether_each_kind_of_credentials_works() {
    Target::on_mock(async |target, mock| {
        let keys = target.portal();
        let limited = keys.keys().create("limited").scopes(["rooms:read"]).send().await.unwrap();
        let off = keys.keys().create("off").send().await.unwrap();
        keys.keys().set_active(off.id, false).await.unwrap();
        let builder = || Portal::builder(mock.url());
        for (portal, works) in [
            (builder().api_key(mock.owner_key()), true),
            (builder().api_key(limited.key), true),
            (builder().token(mock.token("owner")), true),
            (builder().api_key(off.key), false),
            (builder().api_key("sk-0123"), false),
            (builder().token("nonsense"), false),
            (builder().anonymous(), false),
        ] {
            assert_eq!(portal.build().unwrap().is_signed_in().await.unwrap(), works);
        }
    })
    .await;
}

#[tokio::test]
async fn is_signed_in_fails_if_the_portal_fails() {
    Target::on_mock(async |target, mock| {
        mock.faults().next("GET /keys/@self", Fault::status(500));
        assert_eq!(target.portal().is_signed_in().await.unwrap_err().kind(), ErrorKind::Server);
    })
    .await;
}

#[tokio::test]
async fn second_factors_are_distinguished_from_wrong_passwords() {
    Target::on_mock(async |_, mock| {
        let builder = || Portal::builder(mock.url());
        for (more, text) in [
            (json!({"sms": true, "phoneNoise": "+49*****12"}), "text message"),
            (json!({"tfa": true}), "app"),
            (json!({"tfa": true, "tfaKey": "hunter2"}), "second factor"),
        ] {
            mock.faults().next("POST /authentication", Fault::status(200).body(answer(&more)));
            let error = builder().sign_in("ann@example.com", "hunter2").await.unwrap_err();
            assert!(error.is_unauthorized() && error.status().is_none(), "{error}");
            assert!(error.to_string().contains(text), "{error}");
            assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
        }
        let error = builder().sign_in(mock.email("owner"), "wrong").await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Unauthorized, Some(401)));
    })
    .await;
}

#[tokio::test]
async fn codes_are_sent_with_the_credentials_and_start_a_session() {
    Target::on_mock(async |_, mock| {
        let fault = Fault::status(200).body(answer(&json!({"token": TOKEN})));
        mock.faults().next("POST /authentication/*", fault);
        let portal = Portal::builder(mock.url()).sign_in_with_code(" ann@example.com ", "secret", " 123456 ").await;
        assert_eq!(portal.unwrap().token().unwrap().expose(), TOKEN);
        let sent: serde_json::Value = serde_json::from_str(&mock.requests()[0].body).unwrap();
        assert_eq!(sent, json!({"userName": "ann@example.com", "password": "secret", "code": "123456"}));
        assert_eq!(mock.requests()[0].header("authorization"), None);

        let wrong = Portal::builder(mock.url()).sign_in_with_code("ann@example.com", "secret", "000000").await;
        assert!(wrong.unwrap_err().is_unauthorized());
        let before = mock.requests().len();
        let empty = Portal::builder(mock.url()).sign_in_with_code("ann@example.com", "secret", " ").await;
        assert_eq!(empty.unwrap_err().kind(), ErrorKind::Invalid);
        assert_eq!(mock.requests().len(), before);
    })
    .await;
}

#[tokio::test]
async fn version_and_capabilities_need_no_credentials() {
    Target::run(async |target| {
        let anonymous = Portal::builder(target.url()).anonymous().build().unwrap();
        for portal in [target.portal(), anonymous] {
            let version = portal.version().await.unwrap();
            assert!(version.starts_with(|digit: char| digit.is_ascii_digit()), "{version}");
            portal.capabilities().await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn signing_in_with_a_password_returns_a_valid_token() {
    Target::on_mock(async |_, mock| {
        let builder = Portal::builder(mock.url());
        let portal = builder.sign_in(mock.email("owner"), mock.password("owner")).await.unwrap();
        assert_eq!(portal.me().await.unwrap().email, Some(mock.email("owner")));
        let token = portal.token().expect("a token").expose().to_owned();
        let again = Portal::builder(mock.url()).token(token).build().unwrap();
        assert_eq!(again.me().await.unwrap().email, Some(mock.email("owner")));
        assert_eq!(mock.requests().iter().filter(|request| request.path.ends_with("/authentication")).count(), 1);
    })
    .await;
}
