//! `cargo xtask api`: compares the public API of each library with its `public-api.txt`.
//!
//! The file has one line for each public item, so a review shows every change of the public API.
//! The generated helpers for httpmock are left out because they follow from docspace-api.

mod difference;
mod surface;

use anyhow::{Context, Result, bail};

use crate::workspace::{Metadata, root};
pub(crate) use surface::{Foreign, run_as_rustdoc};

/// The libraries with a `public-api.txt`.
const LIBRARIES: [&str; 3] = ["docspace", "docspace-api", "docspace-mock"];

/// Prints the differences and fails if there are any, or with `write` writes them to the files.
pub(crate) fn run(metadata: &Metadata, write: bool) -> Result<()> {
    let mut differ = Vec::new();
    for (library, fresh) in LIBRARIES.into_iter().zip(surface::read(metadata, &LIBRARIES)?) {
        let name = format!("crates/{library}/public-api.txt");
        let path = root().join(&name);
        let old = std::fs::read_to_string(&path).unwrap_or_default();
        if old == fresh {
            println!("{name} is up to date");
            continue;
        }
        let difference = difference::Difference::of(&old, &fresh);
        println!("{}", difference.show(&name));
        if write {
            std::fs::write(&path, fresh).with_context(|| format!("cannot write {name}"))?;
            println!("{name} written");
        } else {
            differ.push(format!("{library}: {difference}"));
        }
    }
    if !differ.is_empty() {
        bail!(
            "the public API differs from public-api.txt ({}); `cargo xtask api` shows the difference, and \
             `cargo xtask api --write` writes it if the change is intended",
            differ.join("; ")
        );
    }
    Ok(())
}
