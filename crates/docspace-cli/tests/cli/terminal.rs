//! A person at a terminal: questions, what moves while one waits, and secrets that are not shown.

use rexpect::session::{PtySession, spawn_command};

use crate::support::{World, text};

/// Long for a busy machine; nothing here takes a second.
const PATIENCE: Option<u64> = Some(60_000);

fn start(world: &World, arguments: &[&str]) -> PtySession {
    spawn_command(world.raw_owner(arguments), PATIENCE).expect("it starts")
}

/// The rest of what is on the screen, and the exit code.
fn end(mut session: PtySession) -> (String, i32) {
    let rest = session.exp_eof().expect("it ends");
    // `Exited(Pid(17), 1)`: the type itself belongs to a crate that is not passed on.
    let status = format!("{:?}", session.process().wait().expect("it is waited for"));
    let code = status.strip_prefix("Exited(").and_then(|status| status.trim_end_matches(')').rsplit(' ').next());
    (rest, code.and_then(|code| code.parse().ok()).unwrap_or_else(|| panic!("{status}")))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_is_asked_about_by_title() {
    let world = World::new().await;
    let (one, two) = (world.room("First", "custom"), world.room("Second", "custom"));
    let delete = ["rooms", "delete", &one, &two];
    let mut session = start(&world, &delete);
    // What is beyond ASCII is not put together again by the library that reads the screen.
    for part in [&format!("Delete rooms {one} "), "First", "Second", "for good? [y/N]"] {
        session.exp_string(part).expect("a question");
    }
    session.send_line("n").expect("an answer");
    let (rest, code) = end(session);
    assert!(rest.contains("nothing was done") && code == 1, "{rest}");

    let mut session = start(&world, &delete);
    session.exp_string("[y/N]").expect("a question");
    session.send_line("y").expect("an answer");
    let (rest, code) = end(session);
    assert!(rest.contains("deleted") && code == 0, "{rest}");
    assert_eq!(text(&world.owner(&["rooms", "list"]).assert().success()), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn revoking_is_asked_about_by_title() {
    let world = World::new().await;
    let room = world.room("Audit", "public");
    let mut session = start(&world, &["links", "revoke", &room, "primary"]);
    session.exp_string("Shared link").expect("the title");
    session.exp_string("Its address stops working. [y/N]").expect("a question");
    session.send_line("n").expect("an answer");
    assert_eq!(end(session).1, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_list_says_so() {
    let world = World::new().await;
    let (rest, code) = end(start(&world, &["rooms", "list"]));
    assert!(rest.contains("no rooms") && code == 0, "{rest}");
}

#[tokio::test(flavor = "multi_thread")]
async fn something_moves_while_one_waits() {
    let world = World::new().await;
    let id = world.room("Audit", "custom");
    let mut session = start(&world, &["rooms", "archive", &id]);
    session.exp_string("archiving rooms").expect("a bar");
    let (rest, code) = end(session);
    assert!(rest.contains("TITLE") && rest.contains("Audit") && code == 0, "{rest}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_colour_means_none() {
    let world = World::new().await;
    let mut command = world.raw_owner(&["rooms", "view", "4711"]);
    command.env("NO_COLOR", "1");
    let (rest, code) = end(spawn_command(command, PATIENCE).expect("it starts"));
    assert!(rest.contains("error: cannot get room") && code == 3, "{rest}");
    let (rest, _) = end(start(&world, &["rooms", "view", "4711"]));
    assert!(rest.contains("\u{1b}[31m"), "{rest}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_not_shown() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    let mut session = start(&world, &["links", "create", &room, "--access", "read", "--ask-password"]);
    session.exp_string("The password of the link (not shown):").expect("a question");
    session.send_line("Hunter2hunter2").expect("an answer");
    let (rest, code) = end(session);
    assert!(!rest.contains("Hunter2") && code == 0, "{rest}");
    assert!(world.mock.requests().iter().any(|request| request.body.contains("Hunter2hunter2")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_asks_for_everything() {
    let world = World::new().await;
    let login = || spawn_command(world.raw(&["auth", "login"]), PATIENCE).expect("it starts");
    let mut session = login();
    session.exp_string("Address of the portal").expect("a question");
    session.send_line(&world.mock.url()).expect("an answer");
    session.exp_string("How do you want to log in?").expect("a question");
    session.send_line("").expect("an answer");
    session.exp_string("The API key (not shown)").expect("a question");
    session.send_line(&world.mock.owner_key()).expect("an answer");
    let (rest, code) = end(session);
    assert!(rest.contains("as Administrator") && !rest.contains(&world.mock.owner_key()) && code == 0, "{rest}");

    let mut session = login();
    session.exp_string("Address of the portal").expect("a question");
    session.send_line(&world.mock.url()).expect("an answer");
    session.exp_string("How do you want to log in?").expect("a question");
    // One down, to the password.
    session.send_line("j").expect("an answer");
    session.exp_string("E-mail address").expect("a question");
    session.send_line(&world.mock.email("ann")).expect("an answer");
    session.exp_string("The password (not shown)").expect("a question");
    session.send_line(&world.mock.password("ann")).expect("an answer");
    let (rest, code) = end(session);
    assert!(rest.contains("logged in to") && !rest.contains(&world.mock.password("ann")) && code == 0, "{rest}");
}

#[tokio::test(flavor = "multi_thread")]
async fn login_does_not_ask_for_a_secret_that_cannot_be_sent() {
    let world = World::new().await;
    let mut session = spawn_command(world.raw(&["auth", "login"]), PATIENCE).expect("it starts");
    session.exp_string("Address of the portal").expect("a question");
    session.send_line("http://docspace.internal").expect("an answer");
    let (rest, code) = end(session);
    assert!(rest.contains("--allow-http") && !rest.contains("How do you want") && code == 2, "{rest}");
}

#[tokio::test(flavor = "multi_thread")]
async fn titles_in_questions_and_progress_bars_do_not_control_the_terminal() {
    let world = World::new().await;
    let evil = "evil\u{1b}]0;pwned\u{7}\nFORGED \u{202e}rtl\u{9b}31m";
    let room = world.room(evil, "public");
    for arguments in
        [&["rooms", "delete", &room][..], &["templates", "create", &room, evil], &["rooms", "delete", &room]]
    {
        let mut session = start(&world, arguments);
        if arguments[0] == "rooms" {
            session.exp_string("[y/N]").map(|asked| unharmed(&asked)).expect("a question");
            session.send_line("n").expect("an answer");
        }
        unharmed(&end(session).0);
    }
    world.owner(&["links", "edit", &room, "primary", "--title", evil]).assert().success();
    let mut session = start(&world, &["links", "revoke", &room, "primary"]);
    let asked = session.exp_string("[y/N]").expect("a question");
    assert!(asked.contains("evil"), "{asked:?}");
    unharmed(&asked);
    session.send_line("n").expect("an answer");
    unharmed(&end(session).0);
}

/// The program's own colors and cursor movements are allowed, but none from the title.
fn unharmed(screen: &str) {
    for command in ["\u{1b}]0", "\u{7}", "\nFORGED", "\u{202e}", "\u{9b}"] {
        assert!(!screen.contains(command), "{command:?} in {screen:?}");
    }
}
