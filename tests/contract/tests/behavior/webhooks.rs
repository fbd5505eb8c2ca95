//! Webhooks: what a portal stores otherwise than it was sent, and what a program must not lose.

use contract::server::Server;
use contract::target::Target;
use docspace::webhooks::{Trigger, Webhook, WebhookId};
use docspace::{ErrorKind, Portal, RoomType};
use docspace_mock::Fault;
use serde_json::json;

const SECRET: &str = "Wh-Secr3t.2026";

/// A receiver that answers every request with 200.
fn receiver() -> Server {
    Server::start(|_| (200, String::new(), String::new()))
}

async fn create(portal: &Portal, receiver: &Server) -> Webhook {
    let create = portal.webhooks().create("crm", receiver.url(), SECRET);
    create.triggers([Trigger::RoomCreated, Trigger::FolderDownloaded]).target(17).send().await.unwrap()
}

/// A portal stores every new webhook as enabled and with https, so an http address would never get
/// an event.
#[tokio::test]
async fn new_webhooks_are_stored_as_requested() {
    Target::on_mock(async |target, mock| {
        let (portal, receiver) = (target.portal(), receiver());
        let made = create(&portal, &receiver).await;
        assert_eq!((made.enabled, made.ssl, made.target_id.as_deref()), (true, false, Some("17")));
        assert_eq!(Trigger::in_sum(made.triggers), [Trigger::RoomCreated, Trigger::FolderDownloaded]);
        let off = portal.webhooks().create("off", receiver.url(), SECRET).enabled(false).send().await.unwrap();
        assert_eq!((off.enabled, Trigger::in_sum(off.triggers)), (false, vec![Trigger::All]));
        assert_eq!(portal.webhooks().list().await.unwrap().len(), 2);
        // The client tries the address, and so does the portal at each call.
        assert_eq!(receiver.received().iter().filter(|request| request.method == "HEAD").count(), 6);
        // If the second call fails, the error names the webhook that exists.
        mock.faults().next("PUT /settings/webhook", Fault::status(403));
        let error = portal.webhooks().create("half", receiver.url(), SECRET).send().await.unwrap_err();
        let half = portal.webhooks().list().await.unwrap().into_iter().find(|one| one.name == "half").unwrap();
        assert!(error.to_string().contains(&format!("the webhook {} exists", half.id.0)), "{error}");
    })
    .await;
}

/// A portal resets everything that a change does not send.
#[tokio::test]
async fn changes_keep_everything_else() {
    Target::on_mock(async |target, _| {
        let (portal, receiver) = (target.portal(), receiver());
        let made = create(&portal, &receiver).await;
        let now = portal.webhooks().edit(made.id).name("renamed").send().await.unwrap();
        assert_eq!(
            (&*now.name, &now.uri, now.triggers, &now.target_id),
            ("renamed", &made.uri, made.triggers, &made.target_id)
        );
        assert_eq!((now.enabled, now.ssl), (made.enabled, made.ssl));
        let error = portal.webhooks().edit(made.id).triggers([Trigger::UserCreated]).send().await.unwrap_err();
        assert!(error.to_string().contains("the target `17` is a room, folder or file"), "{error}");
        let off = portal.webhooks().set_enabled(made.id, false).await.unwrap();
        assert_eq!((off.enabled, &*off.name, off.triggers), (false, "renamed", made.triggers));
        let all = portal.webhooks().edit(made.id).no_target().triggers([Trigger::All]).send().await.unwrap();
        assert_eq!((all.target_id, all.triggers, all.enabled), (None, 0, false));
        assert_eq!(portal.webhooks().delete(made.id).await.unwrap().id, made.id);
        assert_eq!(portal.webhooks().get(made.id).await.unwrap_err().kind(), ErrorKind::NotFound);
    })
    .await;
}

#[tokio::test]
async fn mistakes_are_found_before_the_portal_is_called() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let refusing = Server::start(|_| (405, String::new(), String::new()));
        let sent = mock.requests().len();
        let webhooks = portal.webhooks();
        for (create, part) in [
            (webhooks.create(" ", "https://example.com/", SECRET), "name"),
            (webhooks.create("x", "example.com", SECRET), "not an address"),
            (webhooks.create("x", "http://127.0.0.1:9/", SECRET).ssl(true), "https"),
            (webhooks.create("x", "http://127.0.0.1:9/", SECRET).triggers([]), "triggers is empty"),
            (webhooks.create("x", "http://127.0.0.1:9/", SECRET).triggers(["room.painted".into()]), "room.painted"),
            (webhooks.create("x", "http://127.0.0.1:9/", SECRET).target("Audit 2026"), "not the id of a target"),
            (
                webhooks.create("x", "http://127.0.0.1:9/", SECRET).target(17).triggers([Trigger::UserCreated]),
                "the triggers are about people",
            ),
            (webhooks.create("x", refusing.url(), SECRET), "answers 405 to `HEAD`"),
        ] {
            // Only a request shows how the receiver answers.
            assert_eq!(create.check().is_ok(), part.contains("HEAD"), "{part}");
            let error = create.send().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
            assert!(error.to_string().contains(part), "{error}");
        }
        for (edit, part) in [
            (webhooks.edit(WebhookId(1)).name(" "), "name"),
            (webhooks.edit(WebhookId(1)).url("example.com"), "not an address"),
            (webhooks.edit(WebhookId(1)).triggers([]), "triggers is empty"),
            (webhooks.edit(WebhookId(1)).target("x"), "not the id of a target"),
        ] {
            assert!(edit.check().is_err_and(|error| error.to_string().contains(part)));
            let error = edit.send().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
            assert!(error.to_string().contains(part), "{error}");
        }
        assert_eq!(mock.requests().len(), sent);
        // Only the portal has to reach the receiver, so an unreachable one is its decision.
        let error = webhooks.create("x", "http://127.0.0.1:9/", SECRET).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
        assert!(error.to_string().contains("the portal cannot reach the address"), "{error}");
        assert!(mock.requests().len() > sent);
    })
    .await;
}

#[tokio::test]
async fn create_names_the_webhook_with_the_same_name_and_address() {
    Target::on_mock(async |target, _| {
        let (portal, receiver) = (target.portal(), receiver());
        let made = create(&portal, &receiver).await;
        let error = portal.webhooks().create(" crm ", receiver.url(), SECRET).send().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Conflict, Some(400)), "{error}");
        assert!(error.to_string().contains(&format!("the webhook {} has the same name", made.id.0)), "{error}");
        portal.webhooks().create("crm 2", receiver.url(), SECRET).send().await.unwrap();
    })
    .await;
}

/// The portal answers as if the secret were the password of a person.
#[tokio::test]
async fn create_names_the_secret_that_the_portal_refuses() {
    Target::on_mock(async |target, _| {
        let (portal, receiver) = (target.portal(), receiver());
        let error = portal.webhooks().create("crm", receiver.url(), "short").send().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Invalid, Some(400)), "{error}");
        assert!(error.to_string().contains("does not accept the secret of the webhook"), "{error}");
        assert!(error.nothing_was_done() && portal.webhooks().list().await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn log_is_filtered_and_its_deliveries_are_sent_again() {
    Target::on_mock(async |target, _| {
        let (portal, receiver) = (target.portal(), receiver());
        let webhook = portal.webhooks().create("all", receiver.url(), SECRET).send().await.unwrap();
        let room = portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
        portal.room(&room).rename("y").await.unwrap();
        let log = portal.webhooks().log().webhook(webhook.id);
        assert_eq!(log.clone().all().await.unwrap().len(), 2);
        let created = log.trigger(Trigger::RoomCreated).all().await.unwrap();
        assert_eq!(created.len(), 1);
        let id = created[0].id;
        let again = portal.webhooks().retry(id).await.unwrap();
        assert!(again.id > id);
        let two = portal.webhooks().retry_all([id, again.id]).await.unwrap();
        assert_eq!(two.len(), 2);
        let error = portal.webhooks().retry_all([id, 987_654]).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotDone, "{error}");
        assert!(error.to_string().contains("only 1 of 2"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn edit_fails_if_the_portal_stores_other_settings() {
    Target::on_mock(async |target, mock| {
        let (portal, receiver) = (target.portal(), receiver());
        let made = create(&portal, &receiver).await;
        let mut answer = target.raw().get("settings/webhook").await.body.unwrap();
        let mut stored = answer["response"][0]["configs"].take();
        stored["triggers"] = json!(1);
        let body = json!({"response": stored, "count": 1, "links": [], "status": 0, "statusCode": 200});
        mock.faults().next("PUT /settings/webhook", Fault::status(200).body(body.to_string()));
        let error = portal.webhooks().edit(made.id).name("renamed").send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotDone, "{error}");
    })
    .await;
}
