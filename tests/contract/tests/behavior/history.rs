//! Histories of rooms: order, periods, and events that a portal folds into one entry.

use contract::server::{Received, Server};
use contract::target::Target;
use docspace::audit::AuditAction;
use docspace::{Access, ErrorKind, Portal, RoomType, Timestamp};
use serde_json::{Value, json};

/// The actions of a history, newest first.
fn actions(events: &[docspace::history::HistoryEvent]) -> Vec<AuditAction> {
    events.iter().map(|event| event.action.id).collect()
}

#[tokio::test]
async fn history_has_each_change_once_and_the_newest_first() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create("Audit", RoomType::Custom).send().await.unwrap();
        let handle = portal.room(&room);
        mock.advance(std::time::Duration::from_secs(60));
        handle.rename("Audit 2026").await.unwrap();
        mock.advance(std::time::Duration::from_secs(60));
        handle.links().create(Access::Read).title("for the client").send().await.unwrap();
        let events = handle.history().all().await.unwrap();
        let expected = [AuditAction::RoomExternalLinkCreated, AuditAction::RoomRenamed, AuditAction::RoomCreated];
        assert_eq!(actions(&events), expected);
        let renamed = events[1].data.as_ref().unwrap();
        assert_eq!((renamed.old_title.as_deref(), renamed.new_title.as_deref()), (Some("Audit"), Some("Audit 2026")));
        assert!(events.windows(2).all(|pair| pair[0].date >= pair[1].date && pair[0].id > pair[1].id));

        let later = handle.history().since(events[1].date).all().await.unwrap();
        assert_eq!(actions(&later), expected[..2]);
        let earlier = handle.history().until(events[1].date).all().await.unwrap();
        assert_eq!(actions(&earlier), expected[1..]);
    })
    .await;
}

#[tokio::test]
async fn period_that_ends_before_it_begins_is_refused_and_nothing_is_sent() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let sent = mock.requests().len();
        let (since, until) = (Timestamp::now(), Timestamp::days_ago(1));
        let errors = [
            portal.room(17).history().since(since).until(until).all().await.unwrap_err(),
            portal.audit().events().since(since).until(until).all().await.unwrap_err(),
            portal.audit().logins().since(since).until(until).all().await.unwrap_err(),
        ];
        assert!(errors.iter().all(|error| error.kind() == ErrorKind::Invalid), "{errors:?}");
        assert_eq!(mock.requests().len(), sent);
    })
    .await;
}

#[tokio::test]
async fn history_of_a_missing_room_is_not_found() {
    Target::on_mock(async |target, _| {
        let error = target.portal().room(4711).history().all().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert!(error.to_string().contains("room 4711"), "{error}");
    })
    .await;
}

/// The number after this name in a query.
fn number(request: &Received, name: &str) -> usize {
    let (_, query) = request.path.split_once('?').unwrap_or_default();
    let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    value.and_then(|value| value.parse().ok()).unwrap_or_default()
}

fn event(id: usize, related: &[Value]) -> Value {
    json!({
        "id": id, "action": {"id": 5011, "key": "FileUploaded"}, "related": related,
        "date": format!("2026-11-28T03:{:02}:{:02}.0000000Z", id / 60, id % 60),
        "data": {"title": format!("{id}.txt"), "id": id},
        "initiator": {
            "id": "66faa6e4-f133-11ea-b126-00ffeec8b4ef", "displayName": "Ann", "avatar": "", "avatarOriginal": "",
            "avatarMax": "", "avatarMedium": "", "avatarSmall": "", "profileUrl": "", "hasAvatar": false,
            "isAnonim": false,
        },
    })
}

/// A portal with 250 events that folds ten into one entry. Before each page but the first, three
/// new events happen.
#[tokio::test]
async fn folded_events_are_complete_although_new_ones_arrive_between_the_pages() {
    let server = Server::start(|request| {
        let (start, count) = (number(request, "startIndex"), number(request, "count"));
        let newest = if start == 0 { 250 } else { 253 };
        let page: Vec<usize> = (1..=newest).rev().skip(start).take(count).collect();
        let entries: Vec<Value> = page
            .chunks(10)
            .map(|ids| event(ids[0], &ids[1..].iter().map(|id| event(*id, &[])).collect::<Vec<_>>()))
            .collect();
        let body = json!({
            "response": entries, "count": page.len(), "total": newest, "links": [], "status": 0, "statusCode": 200,
        });
        (200, String::new(), body.to_string())
    });
    let portal = Portal::builder(server.url()).api_key("sk-x").build().unwrap();
    let events = portal.room(17).history().all().await.unwrap();
    let ids: Vec<i32> = events.iter().map(|event| event.id).collect();
    assert_eq!(ids, (1..=250).rev().collect::<Vec<_>>());
    assert!(events.iter().all(|event| event.related.is_none()));
}
