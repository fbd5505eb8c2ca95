//! No output shows a credential or a password.

mod facade;
mod types;

use contract::target::Target;
use docspace::{Access, Portal, RoomType};
use docspace_mock::Fault;

const PASSWORD: &str = "Tr0ub4dor&3";

#[tokio::test]
async fn debug_output_of_a_portal_and_its_handles_does_not_show_the_key() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let room = portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
        let handle = portal.room(&room);
        let operation = handle.archive().await.unwrap();
        let shown = format!(
            "{portal:?} {:#?} {:?} {:?} {:?} {:?} {handle:?} {:?} {:?} {operation:?} {:?}",
            portal,
            portal.api(),
            portal.rooms(),
            portal.rooms().list(),
            portal.rooms().create("x", RoomType::Custom),
            handle.links(),
            handle.save_as_template("x"),
            portal.template(&room),
        );
        assert!(!shown.contains(secret_part(target)), "{shown}");
        let builder = Portal::builder(target.url()).api_key(target.key());
        assert!(!format!("{builder:?}").contains(secret_part(target)));
        operation.wait().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn errors_do_not_show_the_key() {
    for fault in [Fault::status(401), Fault::status(403), Fault::status(503), Fault::html(502), Fault::reset()] {
        Target::on_mock(async |target, mock| {
            mock.faults().next("GET /files/rooms", fault.times(1000));
            let error = target.portal().rooms().list().all().await.unwrap_err();
            assert_hidden(&error, secret_part(target));
        })
        .await;
    }
}

#[tokio::test]
async fn errors_do_not_show_a_malformed_key() {
    for built in [
        Portal::builder("https://example.com").api_key("hunter2").build(),
        Portal::builder("https://example.com").api_key("sk-hunter2\n").build(),
        Portal::builder("https://example.com").token("hunter2\u{7}").build(),
        Portal::builder("sk-hunter2").api_key("https://example.com").build(),
        Portal::builder("https://ann:hunter2@example.com").api_key("sk-0").build(),
    ] {
        assert_hidden(&built.unwrap_err(), "hunter2");
    }
}

#[tokio::test]
async fn sign_in_errors_do_not_show_the_password() {
    Target::on_mock(async |target, _| {
        let attempt = Portal::builder(target.url()).sign_in("ann@example.com", PASSWORD).await;
        let error = attempt.unwrap_err();
        assert!(error.is_unauthorized(), "{error}");
        assert_hidden(&error, PASSWORD);
    })
    .await;
}

#[tokio::test]
async fn link_passwords_are_readable_but_not_in_debug_output() {
    Target::run(async |target| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let links = portal.room(&room).links();
        let create = links.create(Access::Read).password(PASSWORD);
        assert!(!format!("{create:?}").contains(PASSWORD));
        let made = create.send().await.unwrap();
        assert_eq!(made.shared_link.password.as_ref().map(|password| password.expose()), Some(PASSWORD));
        assert!(!format!("{made:?} {made:#?}").contains(PASSWORD), "{made:?}");
        let update = links.update(made.id()).password(PASSWORD);
        assert!(!format!("{update:?}").contains(PASSWORD));
    })
    .await;
}

#[tokio::test]
async fn link_errors_do_not_show_the_password() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
        mock.faults().next("PUT /files/rooms/*/links", Fault::status(503).times(1000));
        let attempt = portal.room(&room).links().create(Access::Read).password(PASSWORD).send().await;
        assert_hidden(&attempt.unwrap_err(), PASSWORD);
    })
    .await;
}

/// The secret part of the API key.
fn secret_part(target: &Target) -> &str {
    target.key().strip_prefix("sk-").expect("a key")
}

/// Asserts that neither the error nor its sources show the secret.
#[track_caller]
fn assert_hidden(error: &docspace::Error, secret: &str) {
    let mut shown = format!("{error} {error:?} {error:#?}");
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        shown.push_str(&format!(" {cause} {cause:?}"));
        source = cause.source();
    }
    assert!(!shown.contains(secret), "{shown}");
}
