//! `docspace explain`, and the topics that failures name.

use docspace_mock::Fault;
use snapbox::str;

use crate::support::{World, stderr, stdout};

#[tokio::test(flavor = "multi_thread")]
async fn topics_are_listed_and_found() {
    let world = World::new().await;
    let explain = |arguments: &[&str]| {
        stdout(&world.without_login(&[&["explain"], arguments].concat()).assert().success().stderr_eq(""))
    };
    let all = explain(&[]);
    assert!(all.lines().any(|line| line.starts_with("links\tThe links of a room")), "{all}");
    assert!(all.lines().any(|line| line == "links/expiry-dates\tExpiry dates"), "{all}");
    assert_eq!(explain(&["links"]).trim(), include_str!("../../portal/links.md").trim());
    assert!(explain(&["links/expiry"]).starts_with("### Expiry dates\n"));
    assert_eq!(explain(&["archived", "room"]), explain(&["permissions/an-archived-room"]));
    assert!(explain(&["capacity"]).starts_with("## Capacity\n"));
    assert!(explain(&["expiry"]).starts_with("### Expiry dates\n"));
    world.without_login(&["explain", "nosuchword"]).assert().code(3).stdout_eq("").stderr_eq(str![[r#"
error: the book has no topic `nosuchword`, and no text with these words
hint: list the topics with `docspace explain`

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn topic_is_formatted_for_a_terminal() {
    let world = World::new().await;
    let shown = |name: &str, value: &str| {
        let command = world.without_login(&["explain", "links/types-of-links"]).env("DOCSPACE_FORCE_TTY", "80");
        stdout(&command.env(name, value).assert().success())
    };
    let plain = shown("NO_COLOR", "1");
    assert!(plain.starts_with("Types of links\n") && plain.contains('│') && !plain.contains('\u{1b}'), "{plain}");
    assert!(plain.lines().all(|line| line.chars().count() <= 80), "{plain}");
    assert!(shown("CLICOLOR_FORCE", "1").contains("\u{1b}["));
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_name_the_topic_that_explains_them() {
    let world = World::new().await;
    world.mock.faults().next("GET /files/rooms", Fault::status(401));
    let ended = world.owner(&["rooms", "list"]).assert().code(4).stdout_eq("");
    let topic = "credentials/when-the-portal-refuses-a-credential";
    assert!(stderr(&ended).ends_with(&format!("; see `docspace explain {topic}`\n")), "{}", stderr(&ended));
    world.mock.faults().next("GET /files/rooms", Fault::status(401));
    let ended = world.owner(&["rooms", "list", "--json", "id"]).assert().code(4).stdout_eq("");
    let failure: serde_json::Value = serde_json::from_str(&stderr(&ended)).expect("JSON");
    assert_eq!(failure["topic"], topic);
    assert!(!failure["advice"].as_str().expect("a text").contains("explain"), "{failure}");
}
