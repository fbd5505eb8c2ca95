//! Invalid input is rejected with a clear message before anything is sent.

use chrono::{Days, Utc};
use contract::target::Target;
use docspace::links::LinkId;
use docspace::{Access, ErrorKind, Portal, Result, Room, RoomId, RoomType, Timestamp};

/// Asserts that a call fails with a message that contains this text, and that nothing is sent.
async fn assert_rejected<T>(text: &str, attempt: impl AsyncFnOnce(&Portal, &Room) -> Result<T>) {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Public).send().await.unwrap();
        let before = mock.requests().len();
        let Err(error) = attempt(&portal, &room).await else { panic!("the call succeeded") };
        assert_eq!((error.kind(), error.status()), (ErrorKind::Invalid, None), "{error}");
        assert!(error.to_string().contains(text), "{error}");
        assert_eq!(mock.requests().len(), before, "a request was sent: {:?}", mock.requests().last());
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
async fn rooms_without_a_title_are_rejected() {
    for title in ["", "  ", "\t"] {
        assert_rejected("title", async |portal, _| portal.rooms().create(title, RoomType::Custom).send().await).await;
    }
}

#[tokio::test]
async fn titles_over_170_characters_are_rejected() {
    let title = "t".repeat(171);
    assert_rejected("170", async |portal, _| portal.rooms().create(&title, RoomType::Custom).send().await).await;
}

#[tokio::test]
async fn unknown_room_types_are_rejected() {
    let unknown = RoomType::from(3);
    assert_rejected("3", async |portal, _| portal.rooms().create("x", unknown).send().await).await;
    let error = "Castle".parse::<RoomType>().unwrap_err().to_string();
    assert!(error.contains("Castle") && error.contains("VirtualData"), "{error}");
}

#[tokio::test]
async fn invalid_colors_are_rejected() {
    assert_rejected("`red`", async |portal, _| portal.rooms().create("x", RoomType::Custom).color("red").send().await)
        .await;
}

#[tokio::test]
async fn empty_tags_are_rejected() {
    assert_rejected("tag", async |portal, _| portal.rooms().create("x", RoomType::Custom).tags(["a", ""]).send().await)
        .await;
}

#[tokio::test]
async fn empty_new_titles_are_rejected() {
    assert_rejected("title", async |portal, room| portal.room(room).rename(" ").await).await;
}

#[tokio::test]
async fn updates_without_a_change_are_rejected() {
    assert_rejected("change", async |portal, room| portal.room(room).edit().send().await).await;
    assert_rejected("change", async |portal, room| portal.room(room).links().update(unknown_link()).send().await).await;
}

#[tokio::test]
async fn expiry_dates_in_the_past_are_rejected() {
    let past = in_days(-1);
    assert_rejected("expiry", async |portal, room| {
        portal.room(room).links().create(Access::Read).expires(past).send().await
    })
    .await;
    assert_rejected("expiry", async |portal, room| {
        portal.room(room).links().invite(Access::Read).expires(past).send().await
    })
    .await;
    assert_rejected("expiry", async |portal, room| {
        portal.room(room).links().update(unknown_link()).expires(past).send().await
    })
    .await;
}

#[tokio::test]
async fn expiry_dates_more_than_ten_years_ahead_are_rejected() {
    let far = in_days(3700);
    assert_rejected("years", async |portal, room| {
        portal.room(room).links().create(Access::Read).expires(far).send().await
    })
    .await;
}

#[tokio::test]
async fn invalid_dates_are_rejected_with_an_example() {
    for text in ["tomorrow", "", "31.01.2027"] {
        let error = text.parse::<Timestamp>().unwrap_err().to_string();
        assert!(error.contains("2027-01-31"), "no example of a date: {error}");
    }
}

#[tokio::test]
async fn access_levels_that_a_link_cannot_give_are_rejected() {
    assert_rejected("revoke", async |portal, room| portal.room(room).links().create(Access::None).send().await).await;
    for access in [Access::ReadWrite, Access::RoomManager, Access::from(99)] {
        assert_rejected(&access.to_string(), async |portal, room| {
            portal.room(room).links().create(access).send().await
        })
        .await;
    }
    assert_rejected("ContentCreator, Read", async |portal, room| {
        portal.room(room).links().invite(Access::Editing).send().await
    })
    .await;
}

#[tokio::test]
async fn links_that_the_room_type_does_not_have_are_rejected() {
    for (kind, part) in
        [(RoomType::Editing, "external"), (RoomType::VirtualData, "external"), (RoomType::FillingForms, "primary")]
    {
        Target::on_mock(async |target, mock| {
            let portal = target.portal();
            let room = portal.rooms().create("x", kind).send().await.unwrap();
            let before = mock.requests().len();
            let error = portal.room(&room).links().create(Access::Read).send().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Invalid);
            assert!(error.to_string().contains(part), "{error}");
            assert_eq!(mock.requests().len(), before);
        })
        .await;
    }
}

#[tokio::test]
async fn primary_links_of_rooms_without_external_links_are_rejected() {
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
async fn empty_passwords_and_titles_of_links_are_rejected() {
    assert_rejected("password", async |portal, room| {
        portal.room(room).links().create(Access::Read).password(" ").send().await
    })
    .await;
    assert_rejected("title", async |portal, room| {
        portal.room(room).links().create(Access::Read).title("").send().await
    })
    .await;
    // A portal locks a link for a minute after five wrong passwords.
    assert_rejected("password", async |portal, _| portal.visitor("key").unlock(" ").await).await;
}

#[tokio::test]
async fn invitations_outside_1_to_1000_uses_are_rejected() {
    for uses in [0, 1001] {
        assert_rejected("1000", async |portal, room| {
            portal.room(room).links().invite(Access::Read).max_uses(uses).send().await
        })
        .await;
    }
}

#[tokio::test]
async fn templates_without_a_title_of_third_party_rooms_or_with_invalid_addresses_are_rejected() {
    assert_rejected("title", async |portal, room| portal.room(room).save_as_template("").start().await).await;
    assert_rejected("third-party", async |portal, _| {
        let id: RoomId = "drive-9-x".parse()?;
        portal.room(id).save_as_template("x").start().await
    })
    .await;
    for invalid in ["invalid", "ann@", "ann@acme@com"] {
        assert_rejected(&format!("`{invalid}`"), async |portal, room| {
            portal.room(room).save_as_template("x").share_with_emails([invalid]).start().await
        })
        .await;
    }
}

#[tokio::test]
async fn rooms_from_templates_without_a_title_are_rejected() {
    assert_rejected("title", async |portal, room| portal.template(room).create_room(" ").start().await).await;
}

#[test]
fn invalid_room_ids_are_rejected() {
    for text in ["", "abc", "0", "-1", "1.5"] {
        let error = text.parse::<RoomId>().unwrap_err().to_string();
        assert!(error.contains("room id"), "{error}");
    }
}

#[test]
fn missing_credentials_and_invalid_addresses_are_rejected() {
    let cases = [
        (Portal::builder("https://example.com").build(), "credentials"),
        (Portal::builder("https://example.com").api_key("").build(), "sk-"),
        (Portal::builder("https://example.com").api_key("0123").build(), "sk-"),
        (Portal::builder("").api_key("sk-0").build(), "address"),
        (Portal::builder("example.com").api_key("sk-0").build(), "https://"),
        (Portal::builder("ftp://example.com").api_key("sk-0").build(), "https://"),
    ];
    for (built, part) in cases {
        let error = built.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid);
        assert!(error.to_string().contains(part), "{error}");
    }
}
