//! The examples about whole rooms.

use chrono::{TimeDelta, Utc};
use docspace::Access;

use super::bench::Bench;

#[tokio::test(flavor = "multi_thread")]
async fn onboard_client_creates_a_room_with_members_and_a_link_that_expires() {
    let bench = Bench::new().await;
    let done = bench.run("onboard_client", &["Acme", "ann@example.com", "bob@example.com"]).await;
    let rooms = bench.portal.rooms().list().all().await.unwrap();
    assert_eq!(rooms.iter().map(|room| (room.title.as_str(), room.tags.len())).collect::<Vec<_>>(), [("Acme", 1)]);
    let handle = bench.handle(&rooms[0]);
    let members = handle.members().list().await.unwrap();
    let editors = members.iter().filter(|member| member.access == Access::Editing).count();
    assert_eq!((members.len(), editors), (3, 2));
    let links = handle.links().list().await.unwrap();
    let link = links.iter().find(|link| link.title() == "For Acme").unwrap();
    assert_eq!(done.out.trim(), link.url());
    assert!(link.shared_link.expiration_date.unwrap().to_utc() > Utc::now() + TimeDelta::days(89));

    let again = bench.try_run("onboard_client", &["acme"]).await;
    assert_eq!(again.code, Some(1), "{again:?}");
    assert_eq!(bench.portal.rooms().list().total().await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn archive_last_year_archives_old_rooms_with_the_tag_and_can_be_repeated() {
    let bench = Bench::new().await;
    let [old, older, new, other] =
        [bench.room("old").await, bench.room("older").await, bench.room("new").await, bench.room("other").await];
    for room in [&old, &older, &new] {
        bench.handle(room).add_tags(["client"]).await.unwrap();
    }
    for room in [&old, &older, &other] {
        bench.age(room, 400);
    }
    let before = (Utc::now() - TimeDelta::days(365)).format("%Y-%m-%d").to_string();

    let done = bench.run("archive_last_year", &[&before, "client"]).await;
    assert_eq!(done.out.lines().filter(|line| line.starts_with("archived\t")).count(), 2, "{done:?}");
    for (room, archived) in [(&old, true), (&older, true), (&new, false), (&other, false)] {
        assert_eq!(bench.read(room).await.unwrap().is_archived(), archived, "{}", room.title);
    }
    let again = bench.run("archive_last_year", &[&before, "client"]).await;
    assert_eq!(again.out, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn clean_archive_deletes_only_old_rooms_and_only_with_yes() {
    let bench = Bench::new().await;
    let [old, young, active] = [bench.room("old").await, bench.room("young").await, bench.room("active").await];
    for room in [&old, &young] {
        bench.handle(room).archive().await.unwrap().wait().await.unwrap();
    }
    for room in [&old, &active] {
        bench.age(room, 31);
    }

    let listed = bench.run("clean_archive", &["30"]).await;
    assert_eq!(listed.out.lines().count(), 1, "{listed:?}");
    assert!(bench.read(&old).await.is_some());

    bench.run("clean_archive", &["30", "--yes"]).await;
    assert!(bench.read(&old).await.is_none());
    assert!(bench.read(&young).await.is_some() && bench.read(&active).await.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn tag_rooms_adds_a_tag_and_keeps_the_others() {
    let bench = Bench::new().await;
    let [audit, other] = [bench.room("Audit 2025").await, bench.room("Party 2025").await];
    bench.handle(&audit).add_tags(["client"]).await.unwrap();

    let done = bench.run("tag_rooms", &["Audits", "audit 20"]).await;
    assert_eq!(done.out.lines().count(), 1, "{done:?}");
    let mut tags = bench.read(&audit).await.unwrap().tags;
    tags.sort();
    assert_eq!(tags, ["Audits", "client"]);
    assert!(bench.read(&other).await.unwrap().tags.is_empty());

    let again = bench.run("tag_rooms", &["audits", "audit 20"]).await;
    assert_eq!(again.out, "", "tags that differ only in case are the same tag");
}

#[tokio::test(flavor = "multi_thread")]
async fn course_from_template_creates_a_room_with_a_teacher_and_seats() {
    let bench = Bench::new().await;
    let model = bench.room("Model").await;
    bench.handle(&model).save_as_template("Course").start().await.unwrap().wait().await.unwrap();

    let done = bench.run("course_from_template", &["course", "Statistics 2027", "30", "ann@example.com"]).await;
    let rooms = bench.portal.rooms().list().search("Statistics 2027").all().await.unwrap();
    let handle = bench.handle(&rooms[0]);
    let members = handle.members().list().await.unwrap();
    assert!(members.iter().any(|member| member.email() == Some("ann@example.com")));
    let links = handle.links().list().await.unwrap();
    let invitation = links.iter().find(|link| link.is_invitation()).unwrap();
    assert_eq!((done.out.trim(), invitation.shared_link.max_use_count), (invitation.url(), Some(30)));

    let refused = bench.try_run("course_from_template", &["Corse", "Statistics", "30"]).await;
    assert_eq!(refused.code, Some(1));
    assert!(refused.err.contains("the templates are: Course"), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn answer_later_creates_a_room_and_finds_it_again_from_its_ticket() {
    let bench = Bench::new().await;
    let model = bench.room("Model").await;
    let saving = bench.handle(&model).save_as_template("Deal").start().await.unwrap();
    let template = saving.wait().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deal-7.json");
    let file = file.to_str().unwrap();

    let done = bench.run("answer_later", &["create", &template.id.to_string(), "Deal 7", file]).await;
    assert!(done.out.starts_with("201\t") && done.out.ends_with("\tDeal 7\n"), "{done:?}");
    assert!(!std::path::Path::new(file).exists(), "the ticket is no longer needed");

    let creation = bench.portal.template(&template).create_room("Deal 8").start().await.unwrap();
    std::fs::write(file, serde_json::to_string(&creation.ticket()).unwrap()).unwrap();
    drop(creation);
    let done = bench.run("answer_later", &["ask", file]).await;
    assert!(done.out.starts_with("201\t") && done.out.ends_with("\tDeal 8\n"), "{done:?}");
    let rooms = bench.portal.rooms().list().search("Deal 8").all().await.unwrap();
    assert_eq!(rooms.len(), 1, "{rooms:?}");
}
