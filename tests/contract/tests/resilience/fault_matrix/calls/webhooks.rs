//! Webhooks.

use docspace::ErrorKind;
use docspace::webhooks::Trigger;
use futures::FutureExt;

use super::Call;
use crate::fault_matrix::fixture::{Setup, WEBHOOK_SECRET};

fn create(setup: &Setup) -> docspace::webhooks::CreateWebhook {
    setup.portal.webhooks().create("new", setup.fixture.receiver.url(), WEBHOOK_SECRET)
}

pub(super) const WEBHOOKS: &[Call] = &[
    call!("Webhooks::list", "GET /settings/webhook", |s| s.portal.webhooks().list().await).accepts_missing_response(),
    call!("Webhooks::get", "GET /settings/webhook", |s| s.portal.webhooks().get(s.fixture.webhook).await)
        .fails_without_response(ErrorKind::NotFound),
    call!("CreateWebhook::send", "POST /settings/webhook", |s| create(&s).send().await).never_retried(),
    // A portal stores every new webhook with https, so that of an http address is changed.
    call!("CreateWebhook::send (change)", "PUT /settings/webhook", |s| create(&s).send().await),
    call!("EditWebhook::send", "PUT /settings/webhook", |s| {
        s.portal.webhooks().edit(s.fixture.webhook).triggers([Trigger::RoomCreated]).send().await
    }),
    call!("EditWebhook::send (read)", "GET /settings/webhook", |s| {
        s.portal.webhooks().edit(s.fixture.webhook).triggers([Trigger::RoomCreated]).send().await
    })
    .fails_without_response(ErrorKind::NotFound),
    call!("Webhooks::set_enabled", "PUT /settings/webhook/enable", |s| {
        s.portal.webhooks().set_enabled(s.fixture.webhook, true).await
    }),
    call!("Webhooks::delete", "DELETE /settings/webhook/*", |s| s.portal.webhooks().delete(s.fixture.webhook).await)
        .never_retried(),
    call!("Webhooks::triggers", "GET /settings/webhook/triggers", |s| s.portal.webhooks().triggers().await)
        .accepts_missing_response(),
    call!("ListDeliveries::all", "GET /settings/webhooks/log", |s| s.portal.webhooks().log().all().await)
        .accepts_missing_response(),
    call!("ListDeliveries::stream", "GET /settings/webhooks/log", |s| {
        futures::TryStreamExt::try_collect::<Vec<_>>(s.portal.webhooks().log().stream()).await
    })
    .accepts_missing_response(),
    call!("Webhooks::retry", "PUT /settings/webhook/*/retry", |s| s.portal.webhooks().retry(s.fixture.delivery).await)
        .never_retried(),
    call!("Webhooks::retry_all", "PUT /settings/webhook/retry", |s| {
        s.portal.webhooks().retry_all([s.fixture.delivery]).await
    })
    .never_retried()
    .fails_without_response(ErrorKind::NotDone),
];
