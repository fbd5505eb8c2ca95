//! The command on a terminal: questions, progress bars, and hidden input of secrets.

use rexpect::session::{PtySession, spawn_command};

use crate::support::{World, stdout};

/// The time limit for expected text in milliseconds. It is long because test machines can be busy.
const READ_TIMEOUT: Option<u64> = Some(60_000);

fn start(world: &World, arguments: &[&str]) -> PtySession {
    spawn_command(world.std_command_as_owner(arguments), READ_TIMEOUT).expect("the command starts")
}

/// Waits for the end of the command. Returns the rest of the screen, and the exit code.
fn end(mut session: PtySession) -> (String, i32) {
    let rest = session.exp_eof().expect("the command ends");
    // rexpect does not export the type of the status, so its text is parsed: `Exited(Pid(17), 1)`.
    let status = format!("{:?}", session.process().wait().expect("the status is available"));
    let code = status.strip_prefix("Exited(").and_then(|status| status.trim_end_matches(')').rsplit(' ').next());
    (rest, code.and_then(|code| code.parse().ok()).unwrap_or_else(|| panic!("{status}")))
}

#[tokio::test(flavor = "multi_thread")]
async fn deletion_asks_for_confirmation_with_the_titles() {
    let world = World::new().await;
    let (one, two) = (world.room("First", "custom"), world.room("Second", "custom"));
    let delete = ["rooms", "delete", &one, &two];
    let mut session = start(&world, &delete);
    // rexpect does not decode characters beyond ASCII, so the quotation marks are left out.
    for part in [&format!("Permanently delete rooms {one} "), "First", "Second", "? [y/N]"] {
        session.exp_string(part).expect("a question");
    }
    session.send_line("n").expect("an answer");
    let (rest, code) = end(session);
    assert!(rest.contains("nothing was changed") && code == 1, "{rest}");

    let mut session = start(&world, &delete);
    session.exp_string("[y/N]").expect("a question");
    session.send_line("y").expect("an answer");
    let (rest, code) = end(session);
    assert!(rest.contains("deleted") && code == 0, "{rest}");
    assert_eq!(stdout(&world.owner(&["rooms", "list"]).assert().success()), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn revocation_asks_for_confirmation_with_the_title() {
    let world = World::new().await;
    let room = world.room("Audit", "public");
    let mut session = start(&world, &["links", "revoke", &room, "primary"]);
    session.exp_string("Shared link").expect("the title");
    session.exp_string("Its address stops working. [y/N]").expect("a question");
    session.send_line("n").expect("an answer");
    assert_eq!(end(session).1, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn empty_list_is_reported_on_a_terminal() {
    let world = World::new().await;
    let (rest, code) = end(start(&world, &["rooms", "list"]));
    assert!(rest.contains("no rooms") && code == 0, "{rest}");
}

#[tokio::test(flavor = "multi_thread")]
async fn progress_bar_is_shown_during_a_wait() {
    let world = World::new().await;
    let id = world.room("Audit", "custom");
    let mut session = start(&world, &["rooms", "archive", &id]);
    session.exp_string("archiving rooms").expect("a bar");
    let (rest, code) = end(session);
    assert!(rest.contains("TITLE") && rest.contains("Audit") && code == 0, "{rest}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_color_disables_colors() {
    let world = World::new().await;
    let mut command = world.std_command_as_owner(&["rooms", "view", "4711"]);
    command.env("NO_COLOR", "1");
    let (rest, code) = end(spawn_command(command, READ_TIMEOUT).expect("the command starts"));
    assert!(rest.contains("error: cannot get room") && code == 3, "{rest}");
    let (rest, _) = end(start(&world, &["rooms", "view", "4711"]));
    assert!(rest.contains("\u{1b}[31m"), "{rest}");
}

#[tokio::test(flavor = "multi_thread")]
async fn password_input_is_not_shown() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    let mut session = start(&world, &["links", "create", &room, "--access", "read", "--ask-password"]);
    session.exp_string("Enter the link password (not shown):").expect("a question");
    session.send_line("Hunter2hunter2").expect("an answer");
    let (rest, code) = end(session);
    assert!(!rest.contains("Hunter2") && code == 0, "{rest}");
    assert!(world.mock.requests().iter().any(|request| request.body.contains("Hunter2hunter2")));
}

#[tokio::test(flavor = "multi_thread")]
async fn login_asks_for_missing_values() {
    let world = World::new().await;
    let login = || spawn_command(world.std_command(&["auth", "login"]), READ_TIMEOUT).expect("the command starts");
    let mut session = login();
    session.exp_string("Portal address").expect("a question");
    session.send_line(&world.mock.url()).expect("an answer");
    session.exp_string("How do you want to log in?").expect("a question");
    session.send_line("").expect("an answer");
    session.exp_string("Enter the API key (not shown)").expect("a question");
    session.send_line(&world.mock.owner_key()).expect("an answer");
    let (rest, code) = end(session);
    assert!(rest.contains("as Administrator") && !rest.contains(&world.mock.owner_key()) && code == 0, "{rest}");

    let mut session = login();
    session.exp_string("Portal address").expect("a question");
    session.send_line(&world.mock.url()).expect("an answer");
    session.exp_string("How do you want to log in?").expect("a question");
    // Moves to the second option, the password.
    session.send_line("j").expect("an answer");
    session.exp_string("E-mail address").expect("a question");
    session.send_line(&world.mock.email("ann")).expect("an answer");
    session.exp_string("Enter the password (not shown)").expect("a question");
    session.send_line(&world.mock.password("ann")).expect("an answer");
    let (rest, code) = end(session);
    assert!(rest.contains("logged in to") && !rest.contains(&world.mock.password("ann")) && code == 0, "{rest}");
}

#[tokio::test(flavor = "multi_thread")]
async fn login_rejects_plain_http_before_asking_for_a_secret() {
    let world = World::new().await;
    let mut session = spawn_command(world.std_command(&["auth", "login"]), READ_TIMEOUT).expect("the command starts");
    session.exp_string("Portal address").expect("a question");
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
            session.exp_string("[y/N]").map(|asked| assert_no_terminal_control(&asked)).expect("a question");
            session.send_line("n").expect("an answer");
        }
        assert_no_terminal_control(&end(session).0);
    }
    world.owner(&["links", "edit", &room, "primary", "--title", evil]).assert().success();
    let mut session = start(&world, &["links", "revoke", &room, "primary"]);
    let asked = session.exp_string("[y/N]").expect("a question");
    assert!(asked.contains("evil"), "{asked:?}");
    assert_no_terminal_control(&asked);
    session.send_line("n").expect("an answer");
    assert_no_terminal_control(&end(session).0);
}

/// Checks that the screen contains no control characters of the title. The program's own colors and
/// cursor movements are allowed.
fn assert_no_terminal_control(screen: &str) {
    for sequence in ["\u{1b}]0", "\u{7}", "\nFORGED", "\u{202e}", "\u{9b}"] {
        assert!(!screen.contains(sequence), "{sequence:?} in {screen:?}");
    }
}
