//! The command on a terminal: questions, progress bars, and hidden input of secrets.

use rexpect::session::{PtySession, spawn_command};

use crate::support::{World, stdout};

/// The time limit for expected text in milliseconds. It is long because test machines can be busy.
pub(crate) const READ_TIMEOUT: Option<u64> = Some(60_000);

pub(crate) fn start(world: &World, arguments: &[&str]) -> PtySession {
    spawn_command(world.std_command_as_owner(arguments), READ_TIMEOUT).expect("the command starts")
}

/// Waits for the end of the command. Returns the rest of the screen, and the exit code.
pub(crate) fn end(mut session: PtySession) -> (String, i32) {
    let rest = session.exp_eof().expect("the command ends");
    // rexpect does not export the type of the status, so its text is parsed: `Exited(Pid(17), 1)`.
    let status = format!("{:?}", session.process().wait().expect("the status is available"));
    let code = status.strip_prefix("Exited(").and_then(|status| status.trim_end_matches(')').rsplit(' ').next());
    (rest, code.and_then(|code| code.parse().ok()).unwrap_or_else(|| panic!("{status}")))
}

#[tokio::test(flavor = "multi_thread")]
async fn deletion_of_several_rooms_asks_for_their_number() {
    let world = World::new().await;
    let (one, two) = (world.room("First", "custom"), world.room("Second", "public"));
    let delete = ["rooms", "delete", &one, &two];
    for (answer, reason) in [("y", "the answer is not `2`"), ("", "not confirmed")] {
        let mut session = start(&world, &delete);
        for part in
            ["MEMBERS", "LINKS", "FILES", "First", "Second", "Permanently delete these 2 rooms? Type 2 to confirm:"]
        {
            session.exp_string(part).expect("a table and a question");
        }
        session.send_line(answer).expect("an answer");
        let (rest, code) = end(session);
        assert!(rest.contains(reason) && rest.contains("nothing was changed") && code == 1, "{rest}");
        assert!(!rest.contains("error:"), "{rest}");
    }
    let mut session = start(&world, &delete);
    session.exp_string("to confirm:").expect("a question");
    session.send_line("2").expect("an answer");
    let (rest, code) = end(session);
    assert!(rest.contains("deleted") && rest.contains("First") && code == 0, "{rest}");
    assert_eq!(stdout(&world.owner(&["rooms", "list"]).assert().success()), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn deletion_of_one_room_or_template_asks_for_its_title() {
    let world = World::new().await;
    let room = world.room("Audit 2026", "custom");
    let create = ["templates", "create", &room, "Audit template", "--json", "id", "--jq", ".id"];
    let template = stdout(&world.owner(&create).assert().success()).trim().to_owned();
    for (noun, id, title) in [("room", &room, "Audit 2026"), ("template", &template, "Audit template")] {
        let delete = [&format!("{noun}s"), "delete", id];
        let question = format!("Permanently delete this {noun}? Type its title to confirm:");
        for (answer, is_confirmed) in [("yes", false), ("audit 2026", false), (&*format!(" {title}x\u{7f}"), true)] {
            let mut session = start(&world, &delete);
            session.exp_string(&question).expect("a question");
            session.send_line(answer).expect("an answer");
            let (rest, code) = end(session);
            assert_eq!((code, rest.contains("deleted")), (i32::from(!is_confirmed), is_confirmed), "{rest}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn deletion_asks_nothing_if_a_room_cannot_be_read() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    let (rest, code) = end(start(&world, &["rooms", "delete", &room, "4711"]));
    assert!(rest.contains("cannot get room 4711") && !rest.contains("Permanently") && code == 3, "{rest}");
    world.owner(&["rooms", "view", &room]).assert().success();
}

/// A pasted second line, such as `systemctl status`, must not confirm the command in the first one.
#[tokio::test(flavor = "multi_thread")]
async fn text_typed_before_the_question_does_not_confirm() {
    let world = World::new().await;
    let room = world.room("Audit", "public");
    let before = world.write_count();
    for (arguments, early, question) in [
        (["links", "revoke", &room, "primary"], "yes", "[y/N]"),
        (["rooms", "delete", &room, &room], "Audit", "to confirm:"),
    ] {
        let slow = docspace_mock::Fault::slow(std::time::Duration::from_millis(300));
        world.mock.faults().next("GET **", slow);
        let mut session = start(&world, &arguments);
        session.send_line(early).expect("text before the question");
        session.exp_string(question).expect("a question");
        session.send_line("").expect("an answer");
        let (rest, code) = end(session);
        assert!(rest.contains("nothing was changed") && code == 1, "{rest}");
    }
    assert_eq!(world.write_count(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_yes_confirms() {
    let world = World::new().await;
    let room = world.room("Audit", "public");
    for (answer, code) in [("systemctl status nginx", 1), ("yy", 1), ("ls /my/dir", 1), ("Yes", 0), ("y", 0)] {
        let mut session = start(&world, &["links", "revoke", &room, "primary"]);
        session.exp_string("[y/N]").expect("a question");
        session.send_line(answer).expect("an answer");
        assert_eq!(end(session).1, code, "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn escape_and_control_keys_cancel_a_question() {
    let world = World::new().await;
    let room = world.room("Audit", "public");
    for (keys, code) in [("\u{1b}", 1), ("\u{4}", 1), ("ye\u{3}", 130)] {
        let mut session = start(&world, &["links", "revoke", &room, "primary"]);
        session.exp_string("[y/N]").expect("a question");
        session.send(keys).and_then(|_| session.flush()).expect("keys");
        let (rest, ended) = end(session);
        assert!(rest.contains("nothing was changed") && ended == code, "{keys:?} {ended}: {rest}");
        assert!(!rest.contains("\u{1b}[?25l"), "the cursor is hidden: {rest}");
    }
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
async fn rooms_that_are_already_archived_are_named() {
    let world = World::new().await;
    let (one, two) = (world.room("One", "custom"), world.room("Two", "custom"));
    let run = |verb| end(start(&world, &["rooms", verb, &one, &two])).0;
    assert!(!run("archive").contains("already"));
    world.owner(&["rooms", "restore", &one]).assert().success();
    let text = run("archive");
    assert!(text.contains(&format!("already archived: {two}\r\n")), "{text}");
    world.owner(&["rooms", "restore", &two]).assert().success();
    let text = run("restore");
    assert!(text.contains(&format!("already active: {two}\r\n")), "{text}");
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
    session.exp_string("How do you want to log in").expect("a question");
    session.send_line("").expect("an answer");
    session.exp_string("Enter the API key (not shown)").expect("a question");
    session.send_line(&world.mock.owner_key()).expect("an answer");
    let (rest, code) = end(session);
    assert!(rest.contains("as Administrator") && !rest.contains(&world.mock.owner_key()) && code == 0, "{rest}");

    let mut session = login();
    session.exp_string("Portal address").expect("a question");
    session.send_line(&world.mock.url()).expect("an answer");
    session.exp_string("How do you want to log in").expect("a question");
    // Moves to the second option, the password.
    session.send("\u{1b}[B").and_then(|_| session.send_line("")).expect("an answer");
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
    let room = world.room_with_any_title(evil, 6);
    for arguments in [&["rooms", "delete", &room][..], &["rooms", "delete", &room]] {
        let mut session = start(&world, arguments);
        if arguments[0] == "rooms" {
            session.exp_string("to confirm:").map(|asked| assert_no_terminal_control(&asked)).expect("a question");
            session.send_line("n").expect("an answer");
        }
        assert_no_terminal_control(&end(session).0);
    }
    let links = world.call("GET", &format!("files/rooms/{room}/links"), &serde_json::Value::Null);
    let link = serde_json::json!({"linkId": links[0]["sharedLink"]["id"], "linkType": 1, "access": 2, "title": evil});
    world.call("PUT", &format!("files/rooms/{room}/links"), &link);
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

#[tokio::test(flavor = "multi_thread")]
async fn secrets_for_standard_input_are_not_shown_on_a_terminal() {
    let world = World::new().await;
    let login = world.std_command(&["auth", "login", &world.mock.url(), "--with-key"]);
    let mut session = spawn_command(login, READ_TIMEOUT).expect("the command starts");
    session.exp_string("Enter the API key (not shown)").expect("a question");
    session.send_line(&world.mock.owner_key()).expect("an answer");
    let (rest, code) = end(session);
    assert!(rest.contains("as Administrator") && !rest.contains(&world.mock.owner_key()) && code == 0, "{rest}");
}

#[tokio::test(flavor = "multi_thread")]
async fn escape_cancels_the_login() {
    let world = World::new().await;
    let login = world.std_command(&["auth", "login", &world.mock.url()]);
    let mut session = spawn_command(login, READ_TIMEOUT).expect("the command starts");
    session.exp_string("How do you want to log in").expect("a question");
    session.send("\u{1b}").and_then(|_| session.flush()).expect("a key");
    let (rest, code) = end(session);
    assert!(rest.contains("nothing was changed") && !rest.contains("\u{1b}[?25l") && code == 1, "{code} {rest}");
}

/// Otherwise the shell would not show what the person types next.
#[tokio::test(flavor = "multi_thread")]
async fn interrupted_questions_restore_the_terminal() {
    let world = World::new().await;
    let room = world.room("Audit", "public");
    for (command, question) in [
        ("docspace webhooks send room.created --to http://127.0.0.1:9/", "Enter the webhook secret (not shown)"),
        (&*format!("docspace links create {room} --access read --ask-password"), "Enter the link password (not shown)"),
        (&*format!("docspace links revoke {room} primary"), "[y/N]"),
        ("docspace auth login", "How do you want to log in?"),
        ("DOCSPACE_URL= docspace auth login", "Portal address"),
    ] {
        let mut shell = world.shell(&format!("stty echo; {command}; echo code $?; stty -a"));
        shell.stdin(std::process::Stdio::inherit());
        let mut session = spawn_command(shell, READ_TIMEOUT).expect("the shell starts");
        session.exp_string(question).expect("a question");
        session.send("half an answer\u{3}").and_then(|_| session.flush()).expect("keys");
        let (rest, _) = end(session);
        assert!(rest.contains("interrupted at a question") && rest.contains("code 130"), "{command}: {rest}");
        for mode in [" echo ", " icanon ", " isig "] {
            assert!(rest.replace(['\r', '\n', ';'], " ").contains(mode), "{command}: {mode} in {rest}");
        }
        assert!(!rest.contains("\u{1b}[?25l"), "{command}: the cursor is hidden: {rest}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pasted_secrets_are_not_shown() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    let mut shell =
        world.shell(&format!("stty echo; docspace links create {room} --access read --ask-password --json id"));
    shell.stdin(std::process::Stdio::inherit());
    let mut session = spawn_command(shell, READ_TIMEOUT).expect("the shell starts");
    session.exp_string("Enter the link password (not shown):").expect("a question");
    session.send_line("Hunter2hunterX\u{7f}2").expect("an answer");
    let (rest, code) = end(session);
    assert!(!rest.contains("unter") && code == 0, "{rest}");
    assert!(world.mock.requests().iter().any(|request| request.body.contains("Hunter2hunter2")));
}

#[tokio::test(flavor = "multi_thread")]
async fn login_to_an_unreachable_portal_does_not_ask_for_a_secret() {
    let world = World::new().await;
    let login = world.std_command(&["auth", "login", "http://127.0.0.1:1"]);
    let (rest, code) = end(spawn_command(login, READ_TIMEOUT).expect("the command starts"));
    assert!(rest.contains("127.0.0.1:1 refuses the connection") && code == 1, "{rest}");
    assert!(!rest.contains("How do you want"), "{rest}");
}

/// Waits until the portal has received a call that changes something.
async fn changing_call(world: &World) {
    while !world.mock.requests().iter().any(|request| request.method == "POST") {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn interrupted_creation_says_how_to_look() {
    let create = ["rooms", "create", "Audit", "--type", "custom"];
    let expected = "run `docspace rooms list --search Audit` to check";
    let world = World::new().await;
    world.mock.faults().next("POST /files/rooms", docspace_mock::Fault::stall());
    let mut session = start(&world, &create);
    changing_call(&world).await;
    session.send("\u{3}").and_then(|_| session.flush()).expect("Ctrl-C");
    let (rest, code) = end(session);
    assert!(rest.contains(expected) && code == 130, "{code} {rest}");

    let world = World::new().await;
    world.mock.faults().next("POST /files/rooms", docspace_mock::Fault::stall());
    let mut command = world.std_command_as_owner(&create);
    let child = command.stderr(std::process::Stdio::piped()).spawn().expect("the command starts");
    changing_call(&world).await;
    std::process::Command::new("kill").arg(child.id().to_string()).status().expect("a signal");
    let ended = child.wait_with_output().expect("the command ends");
    let text = String::from_utf8_lossy(&ended.stderr);
    assert!(text.contains(expected) && ended.status.code() == Some(130), "{text}");
}
