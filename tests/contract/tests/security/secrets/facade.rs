//! Values of the facade that contain random secrets, and errors from a portal that repeats the
//! credential in its answers.

use std::fmt::Debug;

use contract::target::Target;
use docspace::links::LinkId;
use docspace::transport::RetryPolicy;
use docspace::{Access, ErrorKind, Portal};
use docspace_mock::{Fault, MockPortal};
use proptest::prelude::*;
use serde_json::json;

use super::assert_hidden;

fn debug_texts(value: &impl Debug) -> String {
    format!("{value:?} {value:#?}")
}

proptest! {
    /// The secret is an API key, a token, the key of a link, or a password.
    #[test]
    fn debug_output_does_not_show_secrets(secret in "[A-Za-z0-9+/=!#%&-]{16,30}") {
        let at = Portal::builder("https://acme.example.com");
        let (by_key, by_token) = (at.clone().api_key(format!("sk-{secret}")), at.clone().token(&*secret));
        let (key, token) = (by_key.clone().build().unwrap(), by_token.clone().build().unwrap());
        let links = key.room(1).links();
        for text in [
            debug_texts(&by_key),
            debug_texts(&by_token),
            debug_texts(&key),
            debug_texts(&token),
            debug_texts(&token.token()),
            debug_texts(&key.api()),
            debug_texts(&key.rooms().list()),
            debug_texts(&key.keys().create("nightly")),
            debug_texts(&key.room(1)),
            debug_texts(&key.visitor(&*secret)),
            debug_texts(&links.create(Access::Read).password(&*secret)),
            debug_texts(&key.folder(1).links().create(Access::Read).password(&*secret)),
            debug_texts(&links.update(LinkId(uuid::Uuid::nil())).password(&*secret)),
        ] {
            prop_assert!(!text.contains(&secret), "{}", text);
        }
        prop_assert_eq!(token.token().map(|token| token.expose()), Some(&*secret));
    }

    /// The error does not quote an invalid credential or address.
    #[test]
    fn errors_about_invalid_credentials_do_not_quote_them(secret in "[A-Za-z0-9+/=!#%&]{16,30}") {
        let at = || Portal::builder("https://acme.example.com");
        assert_hidden(&at().api_key(&*secret).build().unwrap_err(), &secret);
        assert_hidden(&at().api_key(format!("sk-{secret}\n")).build().unwrap_err(), &secret);
        assert_hidden(&at().token(format!("{secret}\u{7}")).build().unwrap_err(), &secret);
        assert_hidden(&Portal::builder(format!("sk-{secret}")).anonymous().build().unwrap_err(), &secret);
    }
}

/// Answers of a portal, or of a proxy, that contain the secret in every possible place.
fn answers_with_secret(secret: &str) -> Vec<(Fault, ErrorKind)> {
    let error = json!({"error": {"message": format!("no {secret}!"), "stack": secret}, "status": 1}).to_string();
    let errors =
        json!({"title": format!("bad {secret}"), "errors": {secret: [secret], "Title": [format!("({secret})")]}});
    let envelope = json!({"response": {"id": secret, "title": secret}, "count": 1, "status": 0}).to_string();
    let json = |status: u16, body: &str| Fault::status(status).header("Content-Type", "application/json").body(body);
    vec![
        (json(401, &error), ErrorKind::Unauthorized),
        (json(402, &error), ErrorKind::QuotaExceeded),
        (json(403, &error), ErrorKind::Forbidden),
        (json(404, &error), ErrorKind::NotFound),
        (json(400, &json!({"response": errors}).to_string()), ErrorKind::Invalid),
        (json(403, &errors.to_string()), ErrorKind::Forbidden),
        (json(415, &error), ErrorKind::Unexpected),
        (json(429, &error), ErrorKind::RateLimited),
        (json(500, &error), ErrorKind::Server),
        (json(504, &error), ErrorKind::Timeout),
        (
            Fault::status(302).header("Location", &format!("https://other.example.com/{secret}?key={secret}")),
            ErrorKind::Unexpected,
        ),
        (Fault::status(502).body(format!("<html>{secret}</html>")), ErrorKind::Server),
        (json(200, &envelope), ErrorKind::Decode),
        (json(200, secret), ErrorKind::Decode),
        (Fault::reset(), ErrorKind::Transport),
        (Fault::truncate(), ErrorKind::Transport),
    ]
}

#[tokio::test]
async fn errors_do_not_repeat_a_credential_from_the_answer() {
    Target::on_mock(async |target, mock| {
        let key = mock.owner_key();
        let secret = key.strip_prefix("sk-").unwrap();
        assert_errors_hide(builder(target).api_key(&*key), mock, &key, secret).await;
        let token = mock.token("owner");
        assert_errors_hide(builder(target).token(&*token), mock, &token, &token).await;
    })
    .await;
}

fn builder(target: &Target) -> docspace::PortalBuilder {
    let pause = std::time::Duration::from_millis(1);
    let retry = RetryPolicy::default().first_pause(pause).longest_pause(pause);
    Portal::builder(target.url()).retry(retry)
}

async fn assert_errors_hide(builder: docspace::PortalBuilder, mock: &MockPortal, credential: &str, secret: &str) {
    let portal = builder.build().unwrap();
    for (fault, kind) in answers_with_secret(credential) {
        mock.faults().next("GET /people/@self", fault.clone().times(1000));
        let error = portal.me().await.unwrap_err();
        mock.faults().clear();
        assert_eq!(error.kind(), kind, "{error}");
        assert_hidden(&error, secret);
        assert!(!format!("{:?} {:?}", error.message(), error.details()).contains(secret), "{error}");
        mock.faults().next("POST /group", fault.times(1000));
        let error = portal.people_groups().create("x").send().await.unwrap_err();
        mock.faults().clear();
        assert_hidden(&error, secret);
    }
}
