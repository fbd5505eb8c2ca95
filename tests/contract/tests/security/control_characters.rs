//! Errors are safe to print, even if they contain texts that try to control a terminal or to forge
//! a line of output.

use contract::server::Server;
use contract::target::Target;
use docspace::{ErrorKind, Portal, RoomType};

/// A title or message that tries to control a terminal and to forge a line of output.
const EVIL: &str = "evil\u{1b}]0;pwned\u{7}\u{1b}[2J\nerror: FORGED \u{202e}rtl\u{2028}\u{9b}31m";

#[tokio::test]
async fn messages_with_control_characters_are_shown_as_one_safe_line() {
    let server = Server::start(|_| {
        let body = serde_json::json!({"error": {"message": EVIL}, "status": 1, "statusCode": 403});
        (403, "Location: /x\r\n".to_owned(), body.to_string())
    });
    let portal = Portal::builder(server.url()).token("a session's token").build().unwrap();
    for error in [
        portal.room(7).get().await.unwrap_err(),
        portal.rooms().create(EVIL, RoomType::Custom).send().await.unwrap_err(),
        portal.tags().rename(EVIL, "x").await.unwrap_err(),
    ] {
        assert_eq!((error.kind(), error.status()), (ErrorKind::Forbidden, Some(403)));
        let texts = [error.to_string(), format!("{error:?}"), error.message().unwrap().to_owned()];
        for text in texts {
            assert!(text.contains("FORGED"), "{text:?}");
            assert_eq!(docspace::printable(&text), text, "{text:?}");
        }
    }
}

#[tokio::test]
async fn titles_with_control_characters_are_escaped_in_errors_but_not_in_rooms() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let room = portal.rooms().create(EVIL, RoomType::Public).send().await.unwrap();
        portal.rooms().create(EVIL, RoomType::Custom).send().await.unwrap();
        assert!(room.title.contains("\u{1b}[2J\nerror_ FORGED \u{202e}rtl"), "{:?}", room.title);

        let path = format!("files/folder/{}", room.id);
        let made = target.raw().send("POST", &path, serde_json::json!({"title": EVIL})).await;
        let folder = i32::try_from(made.response()["id"].as_i64().unwrap()).unwrap();

        let links = portal.room(&room).links();
        while links.create(docspace::Access::Read).title(EVIL).send().await.is_ok() {}

        for error in [
            portal.room(folder).get().await.unwrap_err(),
            portal.rooms().find(EVIL).await.unwrap_err(),
            links.create(docspace::Access::Read).send().await.unwrap_err(),
        ] {
            let text = error.to_string();
            assert!(text.contains("FORGED"), "{text:?}");
            assert_eq!(docspace::printable(&text), text, "{text:?}");
            assert_eq!(docspace::printable(error.advice()), error.advice());
        }
    })
    .await;
}
