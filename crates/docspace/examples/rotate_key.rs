//! For operators, every quarter: replaces an API key with a new one that has the same name, scopes
//! and lifetime.
//!
//! ```sh
//! DOCSPACE_URL=… DOCSPACE_API_KEY=… cargo run -p docspace --example rotate_key -- nightly | pass insert -m nightly
//! DOCSPACE_URL=… DOCSPACE_API_KEY=… cargo run -p docspace --example rotate_key -- nightly --end-old
//! ```
//!
//! **The first command prints the new key, which is a secret, on standard output**, and nothing
//! else: pipe it to where you keep secrets. The portal shows the whole key only this once. The old
//! key works until the second command, so that there is time to install the new one. The second
//! command keeps the newest of your keys with this name and deletes the older ones. Both need a key
//! with full access.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use docspace::Portal;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().context("the name of the key is missing: rotate_key NAME [--end-old]")?;
    let end_old = match arguments.next().as_deref() {
        None => false,
        Some("--end-old") => true,
        Some(other) => bail!("unknown argument `{other}`: rotate_key NAME [--end-old]"),
    };
    let portal = Portal::from_env()?;
    let keys = portal.keys();

    // Only the caller's own keys: an administrator's list also contains the keys of others. The
    // newest comes first.
    let mut found = keys.mine().await?;
    found.retain(|key| key.name == name);
    let newest = found.first().with_context(|| format!("you have no key called {name}"))?;

    if end_old {
        let current = keys.current().await?;
        ensure!(newest.is_active, "the newest key called {name} is switched off, so the older ones were not deleted");
        for old in &found[1..] {
            // After deleting the key in use, the program could not delete the others.
            ensure!(old.id != current.id, "run this with the new key, because …{} is an old one", old.key_postfix);
            keys.delete(old.id).await?;
            eprintln!("deleted the key …{} of {}", old.key_postfix, old.create_on);
        }
        eprintln!("…{} is the only key called {name}", newest.key_postfix);
        return Ok(());
    }

    let new = keys.rotate(newest.id).await?;
    let mut out = std::io::stdout().lock();
    if let Err(error) = writeln!(out, "{}", new.key.expose()).and_then(|()| out.flush()) {
        // The secret of the new key is lost, so the key is useless.
        keys.delete(new.id).await?;
        bail!("the new key could not be printed and was deleted: {error}");
    }
    eprintln!("…{} replaces …{}, which still works", new.key_postfix, newest.key_postfix);
    Ok(())
}
