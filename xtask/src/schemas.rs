//! The JSON Schemas of what the command prints with `--json`, checked in under `docs/schemas`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use crate::words::say;
use crate::workspace::{Metadata, cargo, command, root};

/// The folder of the schemas, relative to the root.
const FOLDER: &str = "docs/schemas";

/// Writes the schemas, or with `check` fails if one is out of date.
pub(crate) fn run(check: bool) -> Result<()> {
    let metadata = Metadata::read()?;
    // With the targets and features of the tests, so that nothing is built twice.
    let mut build = cargo();
    build.args(["build", "--quiet", "--workspace", "--bins", "--tests"]).args(metadata.feature_arguments());
    ensure!(build.status()?.success(), "the command cannot be built");
    let fresh = metadata.target_directory().join("schemas");
    remove(&fresh)?;
    let program = metadata.target_directory().join(format!("debug/docspace{}", std::env::consts::EXE_SUFFIX));
    let status = command(program).args(["schema", "--dir"]).arg(&fresh).status().context("cannot start the command")?;
    ensure!(status.success(), "the command cannot write its schemas");
    let folder = root().join(FOLDER);
    let (old, new) = (files(&folder)?, files(&fresh)?);
    if old == new {
        say!("{FOLDER} is up to date");
        return Ok(());
    }
    if check {
        let stale = old.keys().chain(new.keys()).filter(|name| old.get(*name) != new.get(*name));
        let names: BTreeSet<_> = stale.collect();
        bail!("{FOLDER} is out of date: {names:?}; run `cargo xtask generate --only schemas`");
    }
    remove(&folder)?;
    std::fs::create_dir_all(&folder)?;
    for (name, text) in &new {
        std::fs::write(folder.join(name), text).with_context(|| format!("cannot write {FOLDER}/{name}"))?;
    }
    say!("{FOLDER} written");
    Ok(())
}

fn remove(folder: &Path) -> Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// The texts of the files in a folder by their names. A missing folder has none.
fn files(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    if folder.is_dir() {
        for file in folder.read_dir()? {
            let file = file?;
            files.insert(file.file_name().to_string_lossy().into_owned(), std::fs::read_to_string(file.path())?);
        }
    }
    Ok(files)
}
