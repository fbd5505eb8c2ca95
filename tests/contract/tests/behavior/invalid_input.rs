//! Invalid input is rejected with a clear message before anything is sent.

use chrono::{Days, Utc};
use contract::target::Target;
use docspace::links::LinkId;
use docspace::{Access, ErrorKind, Portal, Result, Room, RoomId, RoomType, Timestamp};

/// Holds when a call fails with a message that says this, and the portal never heard of it.
async fn refused<T>(says: &str, attempt: impl AsyncFnOnce(&Portal, &Room) -> Result<T>) {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Public).send().await.unwrap();
        let before = mock.requests().len();
        let Err(error) = attempt(&portal, &room).await else { panic!("it was not refused") };
        assert_eq!((error.kind(), error.status()), (ErrorKind::Invalid, None), "{error}");
        assert!(error.to_string().contains(says), "{error}");
        assert_eq!(mock.requests().len(), before, "something was sent: {:?}", mock.requests().last());
    })
    .await;
}

fn in_days(days: i64) -> Timestamp {
    let days_from_now = Days::new(days.unsigned_abs());
    if days < 0 { (Utc::now() - days_from_now).into() } else { (Utc::now() + days_from_now).into() }
}

fn unknown_link() -> LinkId {
    LinkId(uuid::Uuid::new_v4())
}

#[tokio::test]
async fn a_room_without_a_title() {
    for title in ["", "  ", "\t"] {
        refused("title", async |portal, _| portal.rooms().create(title, RoomType::Custom).send().await).await;
    }
}

#[tokio::test]
async fn a_title_that_is_too_long() {
    let title = "t".repeat(171);
    refused("170", async |portal, _| portal.rooms().create(&title, RoomType::Custom).send().await).await;
}

#[tokio::test]
async fn a_type_of_room_that_nobody_knows() {
    let unknown = RoomType::from(3);
    refused("3 is no room type", async |portal, _| portal.rooms().create("x", unknown).send().await).await;
    let error = "Castle".parse::<RoomType>().unwrap_err().to_string();
    assert!(error.contains("Castle") && error.contains("VirtualData"), "{error}");
}

#[tokio::test]
async fn a_colour_that_is_none() {
    refused("`red`", async |portal, _| portal.rooms().create("x", RoomType::Custom).color("red").send().await).await;
}

#[tokio::test]
async fn an_empty_tag() {
    refused("tag", async |portal, _| portal.rooms().create("x", RoomType::Custom).tags(["a", ""]).send().await).await;
}

#[tokio::test]
async fn a_rename_to_nothing() {
    refused("title", async |portal, room| portal.room(room).rename(" ").await).await;
}

#[tokio::test]
async fn a_change_of_nothing() {
    refused("nothing to change", async |portal, room| portal.room(room).edit().send().await).await;
    refused("nothing to change", async |portal, room| portal.room(room).links().update(unknown_link()).send().await)
        .await;
}

#[tokio::test]
async fn an_expiry_in_the_past() {
    let past = in_days(-1);
    refused("has passed", async |portal, room| {
        portal.room(room).links().create(Access::Read).expires(past).send().await
    })
    .await;
    refused("has passed", async |portal, room| {
        portal.room(room).links().invite(Access::Read).expires(past).send().await
    })
    .await;
    refused("has passed", async |portal, room| {
        portal.room(room).links().update(unknown_link()).expires(past).send().await
    })
    .await;
}

#[tokio::test]
async fn an_expiry_more_than_ten_years_ahead() {
    let far = in_days(3700);
    refused("ten years", async |portal, room| portal.room(room).links().create(Access::Read).expires(far).send().await)
        .await;
}

#[tokio::test]
async fn a_date_that_is_none() {
    for text in ["tomorrow", "", "31.01.2027"] {
        let error = text.parse::<Timestamp>().unwrap_err().to_string();
        assert!(error.contains("2027-01-31"), "it does not say how: {error}");
    }
}

#[tokio::test]
async fn an_access_that_a_link_cannot_give() {
    refused("revoke", async |portal, room| portal.room(room).links().create(Access::None).send().await).await;
    for access in [Access::ReadWrite, Access::RoomManager, Access::from(99)] {
        refused("cannot give", async |portal, room| portal.room(room).links().create(access).send().await).await;
    }
    refused("ContentCreator, Read", async |portal, room| {
        portal.room(room).links().invite(Access::Editing).send().await
    })
    .await;
}

#[tokio::test]
async fn a_kind_of_link_that_the_room_cannot_have() {
    for (kind, says) in [
        (RoomType::Editing, "takes no external links"),
        (RoomType::VirtualData, "takes no external links"),
        (RoomType::FillingForms, "only its primary link"),
    ] {
        Target::on_mock(async |target, mock| {
            let portal = target.portal();
            let room = portal.rooms().create("x", kind).send().await.unwrap();
            let before = mock.requests().len();
            let error = portal.room(&room).links().create(Access::Read).send().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Invalid);
            assert!(error.to_string().contains(says), "{error}");
            assert_eq!(mock.requests().len(), before);
        })
        .await;
    }
}

#[tokio::test]
async fn a_primary_link_of_a_room_without_external_links() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create("x", RoomType::VirtualData).send().await.unwrap();
        let before = mock.requests().len();
        assert_eq!(portal.room(&room).links().primary().await.unwrap_err().kind(), ErrorKind::Invalid);
        assert_eq!(mock.requests().len(), before);
    })
    .await;
}

#[tokio::test]
async fn a_password_or_a_title_of_a_link_that_is_empty() {
    refused("password", async |portal, room| portal.room(room).links().create(Access::Read).password(" ").send().await)
        .await;
    refused("title", async |portal, room| portal.room(room).links().create(Access::Read).title("").send().await).await;
    // Five wrong passwords lock a link for a minute.
    refused("password", async |portal, _| portal.visitor("key").unlock(" ").await).await;
}

#[tokio::test]
async fn an_invitation_for_nobody_or_too_many() {
    for uses in [0, 1001] {
        refused("1 to 1000", async |portal, room| {
            portal.room(room).links().invite(Access::Read).max_uses(uses).send().await
        })
        .await;
    }
}

#[tokio::test]
async fn a_template_without_a_title_or_of_a_third_partys_room() {
    refused("title", async |portal, room| portal.room(room).save_as_template("").start().await).await;
    refused("third-party", async |portal, _| {
        let id: RoomId = "drive-9-x".parse()?;
        portal.room(id).save_as_template("x").start().await
    })
    .await;
    for nobody in ["nobody", "ann@", "ann@acme@com"] {
        refused(&format!("`{nobody}`"), async |portal, room| {
            portal.room(room).save_as_template("x").share_with([nobody]).start().await
        })
        .await;
    }
}

#[tokio::test]
async fn a_room_from_a_template_without_a_title() {
    refused("title", async |portal, room| portal.template(room).create_room(" ").start().await).await;
}

#[test]
fn an_id_that_is_none() {
    for text in ["", "abc", "0", "-1", "1.5"] {
        let error = text.parse::<RoomId>().unwrap_err().to_string();
        assert!(error.contains("room id"), "{error}");
    }
}

#[test]
fn a_missing_key_and_an_address_that_is_no_url() {
    let cases = [
        (Portal::builder("https://example.com").build(), "no credentials"),
        (Portal::builder("https://example.com").api_key("").build(), "sk-"),
        (Portal::builder("https://example.com").api_key("0123").build(), "sk-"),
        (Portal::builder("").api_key("sk-0").build(), "address of the portal is missing"),
        (Portal::builder("example.com").api_key("sk-0").build(), "https://"),
        (Portal::builder("ftp://example.com").api_key("sk-0").build(), "https://"),
    ];
    for (built, says) in cases {
        let error = built.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid);
        assert!(error.to_string().contains(says), "{error}");
    }
}
