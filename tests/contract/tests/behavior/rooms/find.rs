//! Finding a room, or a template, by its title.

use contract::target::Target;
use docspace::ErrorKind;

use crate::fixture::titled_room;

#[tokio::test]
async fn rooms_are_found_by_their_whole_title_only() {
    Target::run(async |target| {
        let (portal, made) = (target.portal(), titled_room(target, "Audit").await);
        titled_room(target, "Audit 2").await;
        assert_eq!(portal.rooms().find(&made.title).await.unwrap().unwrap().id, made.id);
        assert!(portal.rooms().find(&target.title("Aud")).await.unwrap().is_none());
        assert!(portal.rooms().find(&made.title.to_uppercase()).await.unwrap().is_none());
        assert_eq!(portal.rooms().find(" ").await.unwrap_err().kind(), ErrorKind::Invalid);
    })
    .await;
}

/// A portal replaces some characters in titles.
#[tokio::test]
async fn rooms_are_found_by_the_requested_and_by_the_stored_title() {
    Target::run(async |target| {
        let (portal, made) = (target.portal(), titled_room(target, "Q1/Q2: \u{1f600}").await);
        for title in [target.title("Q1/Q2: \u{1f600}"), made.title] {
            assert_eq!(portal.rooms().find(&title).await.unwrap().unwrap().id, made.id, "{title}");
        }
    })
    .await;
}

#[tokio::test]
async fn two_rooms_with_the_same_title_are_a_conflict_that_names_both() {
    Target::run(async |target| {
        let (portal, one, two) =
            (target.portal(), titled_room(target, "twin").await, titled_room(target, "twin").await);
        let error = portal.rooms().find(&one.title).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Conflict);
        let text = error.to_string();
        assert!(text.contains(&one.id.to_string()) && text.contains(&two.id.to_string()), "{text}");
    })
    .await;
}

#[tokio::test]
async fn archived_rooms_and_templates_are_found_only_in_their_own_lists() {
    Target::run(async |target| {
        let (portal, made) = (target.portal(), titled_room(target, "room").await);
        let handle = portal.room(&made);
        let save = handle.save_as_template(target.title("template"));
        let template = save.start().await.unwrap().wait().await.unwrap();
        handle.archive().await.unwrap().wait().await.unwrap();
        assert!(portal.rooms().find(&made.title).await.unwrap().is_none());
        assert_eq!(portal.rooms().list().archived().find(&made.title).await.unwrap().unwrap().id, made.id);
        assert_eq!(portal.templates().find(&template.title).await.unwrap().unwrap().id, template.id);
        assert!(portal.templates().find(&made.title).await.unwrap().is_none());
    })
    .await;
}
