//! The time that the compiler needs for a program.

use std::path::Path;

use anyhow::{Context, Result};

use super::{Benchmark, Row, UNKNOWN};
use crate::bench::goal::{Goal, Unit};
use crate::bench::measure::{Bench, Figure};
use crate::bench::process;
use crate::workspace::{cargo, root};

pub(super) const CHECK: Benchmark = Benchmark {
    name: "compile",
    method: "The CPU time of a clean `cargo check` of a program that reads a room with docspace, against one that \
             reads it with reqwest, serde, serde_json and tokio. Both have the same versions and the same features \
             for TLS. Each is compiled once.",
    rows: &[Row {
        name: "compile",
        what: "Compiling a program on docspace against one on reqwest, CPU time of `cargo check`",
        goal: Goal::AtMost(1.5),
        unit: Unit::Times,
        if_missed: UNKNOWN,
    }],
    run: |bench| {
        let ours = check(bench, "docspace", &docspace_dependencies(), DOCSPACE)?;
        let theirs = check(bench, "reqwest", REQWEST_DEPENDENCIES, REQWEST)?;
        Ok(vec![Figure::new(ours / theirs, format!("{ours:.1} s, and {theirs:.1} s"))])
    },
};

fn docspace_dependencies() -> String {
    let path = root().join("crates/docspace");
    format!("docspace = {{ path = {:?} }}\ntokio = {TOKIO}\n", path.display().to_string())
}

const TOKIO: &str = r#"{ version = "1", features = ["macros", "rt-multi-thread"] }"#;

const DOCSPACE: &str = r#"
#[tokio::main]
async fn main() -> Result<(), docspace::Error> {
    let portal = docspace::Portal::from_env()?;
    for room in portal.rooms().list().all().await? {
        println!("{} {}", room.id, room.title);
    }
    Ok(())
}
"#;

const REQWEST_DEPENDENCIES: &str = r#"
reqwest = { version = "0.13", default-features = false, features = ["json", "query", "rustls", "stream"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
"#;

const REQWEST: &str = r#"
use serde::Deserialize;

#[derive(Deserialize)]
struct Envelope {
    response: Page,
}

#[derive(Deserialize)]
struct Page {
    folders: Vec<Room>,
}

#[derive(Deserialize)]
struct Room {
    id: serde_json::Value,
    title: String,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (url, key) = (std::env::var("DOCSPACE_URL")?, std::env::var("DOCSPACE_API_KEY")?);
    let list = reqwest::Client::new().get(format!("{url}/api/2.0/files/rooms")).bearer_auth(key);
    let envelope: Envelope = list.send().await?.error_for_status()?.json().await?;
    for room in envelope.response.folders {
        println!("{} {}", room.id, room.title);
    }
    Ok(())
}
"#;

/// Compiles a package without anything that was compiled before. Returns the seconds of CPU time.
fn check(bench: &Bench, name: &str, dependencies: &str, program: &str) -> Result<f64> {
    let folder = bench.folder().join(name);
    write(&folder, name, dependencies, program).with_context(|| format!("cannot write {}", folder.display()))?;
    let cargo = || {
        let mut cargo = cargo();
        cargo.current_dir(&folder).env("CARGO_INCREMENTAL", "0").env_remove("RUSTC_WRAPPER");
        cargo
    };
    // Downloads are not part of the comparison.
    process::json(cargo().args(["metadata", "--quiet", "--format-version", "1"]))?;
    let target = folder.join("target");
    let cpu = process::cpu_time(cargo().args(["check", "--quiet", "--target-dir"]).arg(&target))?;
    std::fs::remove_dir_all(target)?;
    Ok(cpu.as_secs_f64())
}

fn write(folder: &Path, name: &str, dependencies: &str, program: &str) -> std::io::Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder.join("src"))?;
    let package = format!("[package]\nname = \"reads-with-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n");
    let manifest = format!("{package}\n[dependencies]\n{dependencies}\n[workspace]\n");
    std::fs::write(folder.join("Cargo.toml"), manifest)?;
    std::fs::write(folder.join("src/main.rs"), program)?;
    // The versions of this workspace, for both.
    std::fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).map(drop)
}
