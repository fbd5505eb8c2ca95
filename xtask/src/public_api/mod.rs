//! `cargo xtask api`: what the libraries offer, held to `public-api.txt` beside each of them.
//!
//! A change of it is a change for users, so it shall be seen in review: one line for each public item. The generated
//! helpers for httpmock are left out; they follow from docspace-api.

mod difference;
mod surface;

use anyhow::{Context, Result, bail};

use crate::workspace::{Metadata, root};
pub(crate) use surface::{Foreign, run_as_rustdoc};

/// The libraries with a baseline.
const LIBRARIES: [&str; 3] = ["docspace", "docspace-api", "docspace-mock"];

/// Shows what differs from the baselines and fails on it, or with `write` makes it the baseline.
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
            "the public API is not what public-api.txt says ({}); `cargo xtask api` shows it, and \
             `cargo xtask api --write` takes it over once it is meant",
            differ.join("; ")
        );
    }
    Ok(())
}
