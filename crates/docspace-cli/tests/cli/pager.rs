//! The pager on a terminal, and the spinner.

use std::process::Command;
use std::time::Duration;

use rexpect::session::spawn_command;

use crate::support::World;
use crate::terminal::{READ_TIMEOUT, end};

/// Runs the command on a terminal with 10 rows. Returns the screen and the exit code.
fn shown(world: &World, arguments: &[&str], variables: &[(&str, &str)]) -> (String, i32) {
    let program = world.std_command_as_owner(arguments);
    let mut command = Command::new("sh");
    command.args(["-c", "stty rows 10 columns 80; exec \"$0\" \"$@\""]).arg(program.get_program());
    command.args(program.get_args()).env_remove("PAGER").env("NO_COLOR", "1");
    for (name, value) in program.get_envs().filter_map(|(name, value)| Some((name, value?))) {
        command.env(name, value);
    }
    command.envs(variables.iter().copied());
    end(spawn_command(command, READ_TIMEOUT).expect("the command starts"))
}

#[tokio::test(flavor = "multi_thread")]
async fn long_output_goes_through_the_pager() {
    let world = World::new().await;
    let id = world.room("Audit", "custom");
    let view = ["rooms", "view", &id];
    const PAGER: (&str, &str) = ("PAGER", "sed 's/^/paged: /'");
    for (variables, is_paged) in [
        (&[PAGER][..], true),
        (&[("PAGER", "false"), ("DOCSPACE_PAGER", PAGER.1)], true),
        (&[PAGER, ("DOCSPACE_PAGER", "")], false),
        (&[PAGER, ("DOCSPACE_PAGER", "cat")], false),
        (&[PAGER, ("DOCSPACE_PAGER", "/no/such/pager")], false),
        (&[], false),
    ] {
        let (screen, code) = shown(&world, &view, variables);
        assert!(screen.contains("title                Audit\r\n") && code == 0, "{variables:?}: {screen}");
        assert_eq!(screen.matches("paged: ").count() > 9, is_paged, "{variables:?}: {screen}");
    }
    let (screen, _) = shown(&world, &["rooms", "list"], &[PAGER]);
    assert!(screen.contains("Audit") && !screen.contains("paged: "), "{screen}");
    let (screen, _) = shown(&world, &["api", "files/rooms"], &[PAGER]);
    assert!(screen.contains("paged: {\r\n"), "{screen}");
    let (screen, _) = shown(&world, &view, &[("PAGER", "printenv LESS LV")]);
    assert!(screen.contains("FRX\r\n-c\r\n"), "{screen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn pager_that_is_quit_early_is_not_an_error() {
    let world = World::new().await;
    world.room("Audit", "custom");
    let many = ["rooms", "list", "--json", "id", "--jq", "range(100000)"];
    let (screen, code) = shown(&world, &many, &[("PAGER", "head -n 1")]);
    assert!(screen.trim_end().ends_with('0') && !screen.contains("error") && code == 0, "{screen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn spinner_appears_after_a_second() {
    let world = World::new().await;
    let id = world.room("Audit", "custom");
    let edit = ["rooms", "edit", &id, "--title", "Audit 2027"];
    world.mock.set_latency(Duration::from_millis(1300));
    let (screen, code) = shown(&world, &edit, &[]);
    assert!(screen.contains("waiting for 127.0.0.1 (1 s)") && code == 0, "{screen}");
}
