//! The GitHub action `.github/actions/plan`, with a program in place of `gh`.

use std::path::Path;
use std::process::Output;

use crate::support::World;

/// Runs the script of the action. `gh` writes its arguments and the comment to a file.
fn run(world: &World, variables: &[(&str, &str)]) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.github/actions/plan/plan.sh");
    let gh = "gh() { echo \"$@\" > comment.txt; cat \"$5\" >> comment.txt; }";
    let mut shell = world.shell(&format!("{gh}; . {}", script.display()));
    shell.env("MANIFEST", "rooms.yaml").env("GITHUB_STEP_SUMMARY", "summary.md").env("GITHUB_OUTPUT", "output.txt");
    shell.envs(variables.iter().copied()).output().expect("a shell")
}

fn content(world: &World, name: &str) -> String {
    std::fs::read_to_string(world.config.path().join(name)).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn action_comments_the_plan_and_fails_if_the_portal_differs() {
    let world = World::new().await;
    std::fs::write(world.config.path().join("rooms.yaml"), "rooms: [{title: A, type: custom}]").expect("a file");
    let differs = run(&world, &[("PULL_REQUEST", "7")]);
    assert_eq!(differs.status.code(), Some(9), "{}", String::from_utf8_lossy(&differs.stderr));
    assert!(
        content(&world, "comment.txt").starts_with("pr comment 7 --body-file"),
        "{}",
        content(&world, "comment.txt")
    );
    assert!(
        content(&world, "comment.txt").contains("+ create the room")
            && content(&world, "summary.md").contains("+ create")
    );
    assert_eq!(content(&world, "output.txt"), "differs=true\n");
    assert!(run(&world, &[("FAIL", "false")]).status.success());
    assert_eq!(run(&world, &[("PRUNE", "everything")]).status.code(), Some(2));
    assert_eq!(world.write_count(), 0);

    world.owner(&["apply", "--file", "rooms.yaml", "--yes"]).current_dir(world.config.path()).assert().success();
    assert!(run(&world, &[("PRUNE", "all")]).status.success());
    assert!(content(&world, "output.txt").ends_with("differs=false\n"));
    std::fs::write(world.config.path().join("rooms.yaml"), "room: []").expect("a file");
    for fail in ["true", "false"] {
        let mistake = run(&world, &[("PULL_REQUEST", "7"), ("FAIL", fail)]);
        assert_eq!(mistake.status.code(), Some(2), "a mistake is not a difference");
    }
    let comment = content(&world, "comment.txt");
    assert!(comment.contains("### No plan\n\n```\nerror: cannot read the manifest:\n  rooms.yaml:1:1: "), "{comment}");
}
