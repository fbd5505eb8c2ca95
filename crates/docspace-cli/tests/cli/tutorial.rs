//! The page about rooms as code: its files are written and its commands are run as they are, and
//! their output is compared. `SNAPSHOTS=overwrite` renews it.

use std::path::Path;

use docspace_mock::{MockPortal, Role};
use snapbox::{Assert, Data};

use crate::support::{World, today};

/// Writes the files of the page, runs its commands, and returns the page with their output.
fn with_output(world: &World, page: &str) -> String {
    let mut text = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        text.push_str(&format!("{line}\n"));
        let block = match line {
            "```yaml" | "```console" => lines.by_ref().take_while(|line| *line != "```"),
            _ => continue,
        };
        let block: Vec<&str> = block.collect();
        if line == "```yaml" {
            let content: String = block.iter().map(|line| format!("{line}\n")).collect();
            let name = block[0].strip_prefix("# ").expect("the name of the file");
            std::fs::write(world.config.path().join(name), &content).expect("a file");
            text.push_str(&content);
        }
        for command in block.iter().filter_map(|line| line.strip_prefix("$ ")) {
            let ended = world.shell(&format!("exec 2>&1; {command}")).output().expect("a shell");
            assert!(ended.status.success(), "{command}: {}", String::from_utf8_lossy(&ended.stdout));
            text.push_str(&format!("$ {command}\n{}", String::from_utf8(ended.stdout).expect("text")));
        }
        text.push_str("```\n");
    }
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn page_about_rooms_as_code_is_what_the_command_does() {
    let mock = MockPortal::builder().clock(today()).person("user", Role::User);
    let world = World::on(mock.start().await.expect("a free port"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rooms-as-code.md");
    let page = std::fs::read_to_string(&path).expect("the page");
    let assert = Assert::new().action_env("SNAPSHOTS");
    assert.eq(with_output(&world, &page), Data::read_from(&path, None).raw());
}
