//! The examples about people.

use docspace::{Access, Room};

use super::bench::Bench;

async fn access(bench: &Bench, room: &Room, email: &str) -> Option<Access> {
    let members = bench.handle(room).members().list().await.unwrap();
    members.into_iter().find(|member| member.email() == Some(email)).map(|member| member.access)
}

#[tokio::test(flavor = "multi_thread")]
async fn audit_access_lists_people_and_links_of_each_room() {
    let bench = Bench::new().await;
    let room = bench.room("Acme").await;
    bench.handle(&room).members().add("bob@example.com", Access::Review).await.unwrap();
    let link = bench.handle(&room).links().create(Access::Read).title("For Acme").send().await.unwrap();
    bench.room("Empty").await;

    let table = bench.run("audit_access", &[]).await;
    let rows: Vec<Vec<&str>> = table.out.lines().map(|line| line.split('\t').collect()).collect();
    assert!(rows.iter().all(|row| row.len() == 7), "{table:?}");
    let rows_of =
        |title: &str| rows.iter().filter(|row| row[1] == title).map(|row| (row[3], row[5], row[6])).collect::<Vec<_>>();
    let owner = bench.mock.email("owner");
    let owned = ("person", owner.as_str(), "owner");
    assert_eq!(rows_of("Acme"), [owned, ("person", "bob@example.com", "Review"), ("link", "", "Read")]);
    assert_eq!(rows_of("Empty"), [owned]);
    assert!(!table.out.contains(link.url()));
}

#[tokio::test(flavor = "multi_thread")]
async fn hand_over_moves_the_access_to_the_other_person() {
    let bench = Bench::new().await;
    let (ann, bob) = ("ann@example.com", "bob@example.com");
    let [alone, both, none] = [bench.room("alone").await, bench.room("both").await, bench.room("none").await];
    bench.handle(&alone).members().add(ann, Access::Editing).await.unwrap();
    for (who, access) in [(ann, Access::Read), (bob, Access::Review)] {
        bench.handle(&both).members().add(who, access).await.unwrap();
    }

    bench.run("hand_over", &["Ann@example.com", bob]).await;
    assert_eq!((access(&bench, &alone, ann).await, access(&bench, &alone, bob).await), (None, Some(Access::Editing)));
    assert_eq!((access(&bench, &both, ann).await, access(&bench, &both, bob).await), (None, Some(Access::Review)));
    assert_eq!(access(&bench, &none, bob).await, None);

    // Bob is a user and cannot manage rooms. The other rooms are still handed over.
    bench.handle(&none).members().add(ann, Access::RoomManager).await.unwrap();
    bench.handle(&alone).members().add(ann, Access::Read).await.unwrap();
    let partly = bench.try_run("hand_over", &[ann, bob]).await;
    assert_eq!(partly.code, Some(1), "{partly:?}");
    assert_eq!(access(&bench, &none, ann).await, Some(Access::RoomManager), "the room must not lose its manager");
    assert_eq!(access(&bench, &alone, ann).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn sync_members_makes_the_table_the_members_and_only_with_yes() {
    let bench = Bench::new().await;
    let (ann, bob) = ("ann@example.com", "bob@example.com");
    let room = bench.room("Acme").await;
    bench.handle(&room).members().add(bob, Access::Read).await.unwrap();
    let (id, path) = (room.id.to_string(), std::env::temp_dir().join(format!("members-{}.csv", std::process::id())));
    let file = path.to_str().unwrap();

    std::fs::write(&path, "# the members\n\nann@example.com, Editing\n").unwrap();
    let checked = bench.run("sync_members", &[&id, file]).await;
    assert_eq!(checked.out.lines().count(), 2, "{checked:?}");
    assert!(checked.out.contains(ann) && checked.out.contains(bob), "{checked:?}");
    assert_eq!((access(&bench, &room, ann).await, access(&bench, &room, bob).await), (None, Some(Access::Read)));

    let done = bench.run("sync_members", &[&id, file, "--yes"]).await;
    assert_eq!(done.out, checked.out, "the check shows what is then done");
    assert_eq!((access(&bench, &room, ann).await, access(&bench, &room, bob).await), (Some(Access::Editing), None));

    for (table, reason) in [
        ("an@example.com,Editing", "an@example.com"),
        ("bob@example.com,RoomManager", "Bob Tester"),
        ("bob@example.com,Reed", "line 1"),
        ("\n", "empty"),
    ] {
        std::fs::write(&path, table).unwrap();
        for arguments in [&[&*id, file][..], &[&*id, file, "--yes"]] {
            let refused = bench.try_run("sync_members", arguments).await;
            assert!(refused.code == Some(1) && refused.err.contains(reason), "{table}: {refused:?}");
        }
    }
    assert_eq!(access(&bench, &room, ann).await, Some(Access::Editing), "a wrong table must not change the members");
    std::fs::remove_file(&path).unwrap();
}
