//! The texts of the repository: what they cite and link to exists, and they keep to
//! `docs/style.md`.

mod citations;
mod links;
mod style;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::words::say;

/// A text of the repository, by its path from the root.
struct Text {
    path: String,
    text: String,
}

impl Text {
    fn read(root: &Path, path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
        let path = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        Ok(Self { path, text })
    }
}

/// Written by programs from texts that are checked.
const GENERATED: [&str; 4] = [
    "crates/docspace-api/src/constructors.rs",
    "crates/docspace-api/src/generated.rs",
    "crates/docspace-httpmock/src/generated.rs",
    "crates/docspace/src/blocking/generated.rs",
];

/// Fails for each recording or page that is cited and does not exist, each link between documents
/// that leads nowhere, and each text that breaks a rule of style.
pub(crate) fn run(root: &Path) -> Result<()> {
    let pages = read(root, &["docs"], "md")?;
    // The tools' own tests cite pages and recordings that do not exist.
    let tools = read(root, &["xtask"], "rs")?;
    let mut others = read(root, &["crates", "tests"], "rs")?;
    others.extend(read(root, &["openapi"], "yaml")?);
    others.extend(read(root, &["crates", "tests", "openapi"], "md")?);
    for entry in root.read_dir().with_context(|| format!("{}: cannot be read", root.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "md") {
            others.push(Text::read(root, &path)?);
        }
    }
    others.retain(|text| !GENERATED.iter().any(|generated| text.path.starts_with(generated)));
    let mut faults = citations::faults(root, pages.iter().chain(&others))?;
    let headings = links::headings(&pages);
    faults.extend(links::faults(root, &pages, &headings));
    faults.extend(links::cited(root, &headings, others.iter()));
    faults.extend(style::faults(pages.iter().chain(&others).chain(&tools), &style::EXCEPTIONS));
    for fault in &faults {
        say!("{fault}");
    }
    if !faults.is_empty() {
        bail!("the texts are wrong in the {} places above", faults.len());
    }
    say!(
        "docs: {} pages and {} other texts cite what exists and keep to docs/style.md",
        pages.len(),
        others.len() + tools.len()
    );
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
                texts.push(Text::read(root, &path)?);
            }
        }
    }
    texts.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(texts)
}
