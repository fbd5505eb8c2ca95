//! The examples about links.

use chrono::{TimeDelta, Utc};
use docspace::{Access, RoomType, Timestamp};

use super::bench::Bench;

fn in_days(days: i64) -> Timestamp {
    (Utc::now() + TimeDelta::days(days)).into()
}

#[tokio::test(flavor = "multi_thread")]
async fn expire_links_sets_missing_expiry_dates_and_keeps_the_rest() {
    let bench = Bench::new().await;
    let room = bench.room("Acme").await;
    let links = bench.handle(&room).links();
    let eternal = links.create(Access::Comment).title("eternal").password("LongEnough1!").send().await.unwrap();
    let ending = links.create(Access::Read).title("ending").expires(in_days(300)).send().await.unwrap();
    let invitation = links.invite(Access::Read).send().await.unwrap();
    // A public room has a primary link, which cannot expire.
    let public = bench.portal.rooms().create("Brochures", RoomType::Public).send().await.unwrap();

    let first = bench.run("expire_links", &["30"]).await;
    assert!(first.out.contains("expires") && first.out.contains("cannot expire"), "{first:?}");
    assert!(first.out.contains("links with a new expiry date: 1"), "{first:?}");
    let now = links.get(eternal.id()).await.unwrap();
    let end = now.shared_link.expiration_date.unwrap();
    assert!(end > in_days(29) && end < in_days(31), "{end}");
    assert_eq!((now.title(), now.access), ("eternal", Access::Comment));
    assert_eq!(now.shared_link.password.unwrap().expose(), "LongEnough1!");
    let kept = links.get(ending.id()).await.unwrap().shared_link.expiration_date;
    assert!(kept.unwrap() > in_days(299));
    assert_eq!(links.get(invitation.id()).await.unwrap().shared_link.expiration_date, None);
    assert!(bench.handle(&public).links().primary().await.unwrap().shared_link.expiration_date.is_none());

    let second = bench.run("expire_links", &["60"]).await;
    assert!(second.out.contains("links with a new expiry date: 0"), "{second:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn link_report_lists_urgent_links_first_without_addresses() {
    let bench = Bench::new().await;
    let room = bench.room("Acme").await;
    let links = bench.handle(&room).links();
    let eternal = links.create(Access::Read).title("eternal").send().await.unwrap();
    let soon = links.create(Access::Read).title("soon").expires(in_days(5)).send().await.unwrap();
    links.create(Access::Read).title("far").expires(in_days(90)).send().await.unwrap();
    links.create(Access::Read).title("past").expires(in_days(1)).send().await.unwrap();
    bench.change(&room, |state| {
        let links = state["links"].as_array_mut().unwrap();
        let past = links.iter_mut().find(|link| link["title"] == "past").unwrap();
        past["expires"] = serde_json::json!(Utc::now() - TimeDelta::days(2));
    });

    let report = bench.run("link_report", &["14"]).await;
    let rows: Vec<Vec<&str>> = report.out.lines().map(|line| line.split('\t').collect()).collect();
    let listed: Vec<_> = rows[1..].iter().map(|row| (row[0], row[3], row[5])).collect();
    assert_eq!(listed, [("expired", "Acme", "past"), ("expires", "Acme", "soon"), ("eternal", "Acme", "eternal")]);
    assert!(!report.out.contains(eternal.url()) && !report.out.contains(soon.url()));
}
