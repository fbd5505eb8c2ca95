//! The forms that a caller tries first: each of them compiles and does what it says.

use docspace::members::Invitee;
use docspace::rooms::{EditRoom, FolderId};
use docspace::{Access, Room, RoomRef, RoomType};
use futures::TryStreamExt;

#[test]
fn rooms_are_given_in_every_form() {
    doc_examples::with_room(async |portal, handle| {
        let room: Room = portal.room(&handle).get().await?;
        let room_ref = RoomRef::from(&room);
        let ids = [
            portal.room(&room),
            portal.room(room.clone()),
            portal.room(&room_ref),
            portal.room(handle.clone()),
            portal.room(&room.id),
        ]
        .map(|room| room.id().clone());
        assert!(ids.iter().all(|id| *id == room.id));

        handle.set_color(String::from("FF5733")).await?;
        assert!(portal.folder_content(&room.id).try_next().await?.is_none());

        let rooms = portal.rooms();
        assert_eq!(rooms.many(vec![room.clone()]).archive().remaining(), vec![room.id.clone()]);
        assert_eq!(rooms.many([&handle, &portal.room(&room)]).archive().remaining().len(), 1);
        assert_eq!(rooms.many(vec![handle]).archive().remaining().len(), 1);
        assert!(room.id == room.id.number().unwrap_or_default());
        assert!(FolderId::from(&room.id) == FolderId::from(room.id));
        Ok(())
    });
}

#[test]
fn templates_are_given_by_their_handle() {
    doc_examples::with_template(async |portal, template| {
        assert_eq!(portal.template(&template).id(), template.id());
        Ok(())
    });
}

#[test]
fn members_are_given_in_every_form() {
    doc_examples::with_people(async |portal, room, ann, _| {
        let members = room.members();
        let email = ann.to_owned();
        members.add(&email, Access::Read).await?;
        let member = members.get(&email).await?;
        members.remove(&member).await?;

        let profile = portal.people().find(ann).await?.expect("ann has an account");
        members.add(&profile, Access::Read).await?;
        let owner = room.get().await?.created_by.expect("the room has an owner");
        assert_eq!(Invitee::from(&owner), Invitee::from(owner.id));
        Ok(())
    });
}

#[test]
fn links_are_given_as_they_were_read() {
    doc_examples::with_room(async |_, room| {
        let links = room.links();
        let link = links.create(Access::Read).send().await?;
        links.update(&link).title("For the client").send().await?;
        assert_eq!(links.get(&link).await?.title(), "For the client");
        links.revoke(&link).await?;
        Ok(())
    });
}

#[test]
fn tags_are_given_as_any_list_of_texts() {
    doc_examples::with_room(async |portal, room| {
        let list: &[&str; 2] = &["a", "b"];
        room.edit().tags(list).send().await?;
        room.add_tags(list).await?;
        room.add_tags(vec![String::from("c")]).await?;
        let listed = portal.rooms().list().tags(list).room_type(RoomType::Custom).all().await?;
        assert_eq!(listed.len(), 1);
        assert!(room.edit().clear_tags().send().await?.tags.is_empty());
        Ok(())
    });
}

#[test]
fn work_stops_with_a_future_of_any_output() {
    doc_examples::with_room(async |portal, room| {
        let rooms = portal.rooms();
        let ctrl_c = || std::future::ready(std::io::Result::Ok(()));
        let outcomes = rooms.many([&room]).archive().stop_when(ctrl_c()).finish().await;
        assert_eq!(outcomes.not_started.len(), 1);
        let outcomes = rooms.many([&room]).archive().cancel_when(ctrl_c()).finish().await;
        assert_eq!(outcomes.remaining().len(), 1);
        assert!(room.archive().await?.cancel_when(std::future::pending::<u8>()).wait().await?.is_some());
        Ok(())
    });
}

#[test]
fn errors_have_a_question_for_each_kind() {
    doc_examples::with_portal(async |portal| {
        let error = portal.tags().create("").await.unwrap_err();
        assert!(error.is_invalid() && !error.is_timeout() && !error.is_quota_exceeded() && !error.is_not_done());
        assert!(!error.is_decode() && !error.is_transport() && !error.is_server() && !error.is_unexpected());
        Ok(())
    });
}

#[test]
fn common_reads_run_in_a_task() {
    doc_examples::with_room(async |portal, room| {
        let id = room.id().clone();
        let tasks = (
            tokio::spawn(portal.rooms().find("Audit 2026")),
            tokio::spawn(portal.room(&id).get()),
            tokio::spawn(portal.me()),
        );
        assert_eq!(tasks.0.await.expect("the task ends")?.expect("the room exists").id, id);
        assert_eq!(tasks.1.await.expect("the task ends")?.id, id);
        assert_eq!(tasks.2.await.expect("the task ends")?.id, portal.my_id().await?);
        Ok(())
    });
}

#[test]
fn settings_that_may_be_missing_are_passed_on() {
    doc_examples::with_room(async |portal, handle| {
        let edit = |color: Option<String>, tag: Option<&str>| {
            let edit = portal.room(&handle).edit().title("Audit 2027");
            edit.with_option(color, EditRoom::color).with_option(tag, |edit, tag| edit.tags([tag])).send()
        };
        let before = handle.get().await?;
        let room = edit(None, None).await?;
        assert_eq!((&room.logo.color, &room.tags), (&before.logo.color, &before.tags));
        let room = edit(Some("FF5733".to_owned()), Some("client")).await?;
        assert_eq!((room.logo.color.as_deref(), room.tags), (Some("FF5733"), vec!["client".to_owned()]));
        Ok(())
    });
}

#[test]
fn collections_own_their_portal() {
    doc_examples::with_portal(async |portal| {
        let (keys, people) = (portal.keys(), portal.people());
        drop(portal);
        assert!(keys.list().await?.is_empty());
        assert_eq!(people.list().total().await?, 1);
        Ok(())
    });
}
