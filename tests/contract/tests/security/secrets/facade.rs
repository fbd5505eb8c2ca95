//! What the facade makes from secrets, with secrets at random; and errors of each kind from a portal that repeats the
//! credential aloud.

use std::fmt::Debug;

use contract::target::Target;
use docspace::links::LinkId;
use docspace::transport::RetryPolicy;
use docspace::{Access, ErrorKind, Portal};
use docspace_mock::{Fault, MockPortal};
use proptest::prelude::*;
use serde_json::json;

use super::hides;

fn shown(value: &impl Debug) -> String {
    format!("{value:?} {value:#?}")
}

proptest! {
    /// As a key, as a token, as a link's key or as a password: once it is given it is never seen again.
    #[test]
    fn nothing_that_was_given_a_secret_shows_it(secret in "[A-Za-z0-9+/=!#%&-]{16,30}") {
        let at = Portal::builder("https://acme.example.com");
        let (by_key, by_token) = (at.clone().api_key(format!("sk-{secret}")), at.clone().token(&*secret));
        let (key, token) = (by_key.clone().build().unwrap(), by_token.clone().build().unwrap());
        let links = key.room(1).links();
        for text in [
            shown(&by_key),
            shown(&by_token),
            shown(&key),
            shown(&token),
            shown(&token.token()),
            shown(&key.api()),
            shown(&key.rooms().list()),
            shown(&key.keys().create("nightly")),
            shown(&key.room(1)),
            shown(&key.visitor(&*secret)),
            shown(&links.create(Access::Read).password(&*secret)),
            shown(&links.update(LinkId(uuid::Uuid::nil())).password(&*secret)),
        ] {
            prop_assert!(!text.contains(&secret), "{}", text);
        }
        prop_assert_eq!(token.token().map(|token| token.expose()), Some(&*secret));
    }

    /// What cannot be a credential or an address is refused, but not quoted.
    #[test]
    fn what_is_refused_before_it_is_sent_is_not_quoted(secret in "[A-Za-z0-9+/=!#%&]{16,30}") {
        let at = || Portal::builder("https://acme.example.com");
        hides(&at().api_key(&*secret).build().unwrap_err(), &secret);
        hides(&at().api_key(format!("sk-{secret}\n")).build().unwrap_err(), &secret);
        hides(&at().token(format!("{secret}\u{7}")).build().unwrap_err(), &secret);
        hides(&Portal::builder(format!("sk-{secret}")).anonymous().build().unwrap_err(), &secret);
    }
}

/// A portal, or what stands before it, that says the credential wherever it can say something.
fn said_aloud(secret: &str) -> Vec<(Fault, ErrorKind)> {
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
async fn an_error_does_not_repeat_what_the_portal_says_of_the_credential() {
    Target::on_mock(async |target, mock| {
        let key = mock.owner_key();
        let secret = key.strip_prefix("sk-").unwrap();
        errors_hide(builder(target).api_key(&*key), mock, &key, secret).await;
        let token = mock.token("owner");
        errors_hide(builder(target).token(&*token), mock, &token, &token).await;
    })
    .await;
}

fn builder(target: &Target) -> docspace::PortalBuilder {
    let pause = std::time::Duration::from_millis(1);
    let retry = RetryPolicy { first_pause: pause, longest_pause: pause, ..RetryPolicy::default() };
    Portal::builder(target.url()).retry(retry)
}

async fn errors_hide(builder: docspace::PortalBuilder, mock: &MockPortal, credential: &str, secret: &str) {
    let portal = builder.build().unwrap();
    for (fault, kind) in said_aloud(credential) {
        mock.faults().next("GET /people/@self", fault.clone().times(1000));
        let error = portal.me().await.unwrap_err();
        mock.faults().clear();
        assert_eq!(error.kind(), kind, "{error}");
        hides(&error, secret);
        assert!(!format!("{:?} {:?}", error.message(), error.details()).contains(secret), "{error}");
        mock.faults().next("POST /group", fault.times(1000));
        let error = portal.people_groups().create("x").send().await.unwrap_err();
        mock.faults().clear();
        hides(&error, secret);
    }
}
