//! Lists with wrong pages and totals, from a faulty portal or a hostile server: every list ends
//! after a few requests.

use std::pin::Pin;

use contract::target::Target;
use docspace::{Portal, RoomType};
use docspace_mock::{Fault, MockPortal};
use futures::TryStreamExt;
use serde_json::{Value, json};

/// Reads a list of the facade and returns the number of items.
type List<'p> = Pin<Box<dyn Future<Output = docspace::Result<usize>> + 'p>>;

/// Every list that is read page by page: the request as named in a fault, the path, and the code
/// that reads the list.
fn lists<'p>(portal: &'p Portal, room: i32) -> Vec<(&'static str, String, List<'p>)> {
    let handle = portal.room(room);
    let members = handle.members();
    vec![
        (
            "GET /files/rooms",
            "files/rooms".to_owned(),
            Box::pin(async { Ok(portal.rooms().list().all().await?.len()) }),
        ),
        (
            "GET /files/rooms",
            "files/rooms?searchArea=Templates".to_owned(),
            Box::pin(async { Ok(portal.templates().list().all().await?.len()) }),
        ),
        (
            "GET /files/*",
            format!("files/{room}"),
            Box::pin(async move { Ok(handle.content().try_collect::<Vec<_>>().await?.len()) }),
        ),
        (
            "GET /files/rooms/*/share",
            format!("files/rooms/{room}/share"),
            Box::pin(async move { Ok(members.list().await?.len()) }),
        ),
        ("GET /files/tags", "files/tags".to_owned(), Box::pin(async { Ok(portal.tags().list().await?.len()) })),
        (
            "GET /people/filter",
            "people/filter".to_owned(),
            Box::pin(async { Ok(portal.people().list().all().await?.len()) }),
        ),
        ("GET /group", "group".to_owned(), Box::pin(async { Ok(portal.people_groups().list().await?.len()) })),
    ]
}

/// The answer with this total. If the list has no total, the answer is a full page, so that more
/// pages may follow.
fn with_total(mut answer: Value, total: i64) -> Value {
    if let Some(tags) = answer["response"].as_array_mut().filter(|items| items.iter().all(Value::is_string)) {
        *tags = (0..100).map(|number| json!(format!("tag {number}"))).collect();
        return answer;
    }
    let place = if answer["response"].is_object() { &mut answer["response"] } else { &mut answer };
    place["total"] = total.into();
    answer
}

/// Reads every list while the portal always returns its first page, with these totals in turn. Each
/// list must end after at most `most` requests.
async fn assert_every_list_ends(totals: &[i64], most: usize) {
    Target::on_mock(async |target, mock: &MockPortal| {
        let portal = target.portal();
        let room = portal.rooms().create("x", RoomType::Custom).tags(["one"]).send().await.unwrap();
        portal.room(&room).save_as_template("x").start().await.unwrap().wait().await.unwrap();
        let number = room.id.to_string().parse().unwrap();
        let raw = target.raw();
        raw.send("POST", &format!("files/folder/{number}"), json!({"title": "a folder"})).await;
        let me = portal.me().await.unwrap();
        raw.send("POST", "group", json!({"groupName": "Staff", "groupManager": me.id, "members": []})).await;
        for (call, path, list) in lists(&portal, number) {
            let answer = raw.get(&path).await.body.expect("an answer");
            for total in totals.iter().cycle().take(100) {
                let body = with_total(answer.clone(), *total).to_string();
                let fault = Fault::status(200).header("Content-Type", "application/json; charset=utf-8").body(body);
                mock.faults().next(call, fault);
            }
            mock.clear_requests();
            let items = list.await.unwrap_or_else(|error| panic!("{path}: {error}"));
            let requests = mock.requests().len();
            assert!(items > 0, "{path} has no items");
            assert!(requests <= most, "{path}: {requests} requests for {items} items");
            mock.faults().clear();
        }
    })
    .await;
}

#[tokio::test]
async fn lists_end_at_a_page_without_new_items() {
    assert_every_list_ends(&[1_000_000], 2).await;
}

#[tokio::test]
async fn lists_end_although_their_total_goes_up_and_down() {
    assert_every_list_ends(&[1_000_000, 500_000], 6).await;
    assert_every_list_ends(&[900, 800, 700, 600, 500, 400], 6).await;
}

#[tokio::test]
async fn lists_end_although_their_total_grows() {
    assert_every_list_ends(&[100, 300, 500, 700, 900, 1100, 1300], 6).await;
}
