//! The documentation: what it cites and links to exists.

mod citations;
mod links;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// A text of the repository, by its path from the root.
struct Text {
    path: String,
    text: String,
}

/// Fails for each recording that is cited and not there, and each link between documents that leads nowhere.
pub(crate) fn run(root: &Path) -> Result<()> {
    let documents = read(root, &["docs"], "md")?;
    let sources = read(root, &["crates", "tests/contract"], "rs")?;
    let mut faults = citations::faults(root, documents.iter().chain(&sources))?;
    faults.extend(links::faults(root, &documents));
    for fault in &faults {
        println!("{fault}");
    }
    if !faults.is_empty() {
        bail!("the documentation is wrong in the {} places above", faults.len());
    }
    println!("docs: {} pages cite and link to what exists", documents.len());
    Ok(())
}

/// All files below these folders whose names end so, in the order of their paths.
fn read(root: &Path, folders: &[&str], extension: &str) -> Result<Vec<Text>> {
    let mut open: Vec<PathBuf> = folders.iter().map(|folder| root.join(folder)).filter(|path| path.is_dir()).collect();
    let mut texts = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in folder.read_dir().with_context(|| format!("{}: cannot be read", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                let text =
                    std::fs::read_to_string(&path).with_context(|| format!("{}: cannot be read", path.display()))?;
                let path = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                texts.push(Text { path, text });
            }
        }
    }
    texts.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(texts)
}
