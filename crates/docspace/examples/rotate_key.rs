//! For operators, once in a quarter: puts a new API key in the place of an old one, with its name, scopes and life.
//!
//! ```sh
//! DOCSPACE_URL=… DOCSPACE_API_KEY=… cargo run -p docspace --example rotate_key -- nightly | pass insert -m nightly
//! DOCSPACE_URL=… DOCSPACE_API_KEY=… cargo run -p docspace --example rotate_key -- nightly --end-old
//! ```
//!
//! **Prints the new key, a secret, on standard output**, and nothing else there: pipe it to where secrets are kept. A
//! portal tells it only this once. The old key goes on working until the second command, so that there is time to put
//! the new one in place; that command keeps the newest of your keys of the name and deletes the older ones. Needs a key
//! without limits to scopes.

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
    let name = arguments.next().context("say which key: rotate_key NAME [--end-old]")?;
    let end_old = match arguments.next().as_deref() {
        None => false,
        Some("--end-old") => true,
        Some(other) => bail!("`{other}` is not known: rotate_key NAME [--end-old]"),
    };
    let portal = Portal::from_env()?;
    let keys = portal.keys();

    // An administrator's list holds everybody's keys, and others may use the same name. The newest comes first.
    let mut found = keys.mine().await?;
    found.retain(|key| key.name == name);
    let newest = found.first().with_context(|| format!("you have no key called {name}"))?;

    if end_old {
        let current = keys.current().await?;
        ensure!(newest.is_active, "the newest key called {name} does not work; the older ones stay");
        for old in &found[1..] {
            // Without the key in use the rest of this could not be done.
            ensure!(old.id != current.id, "run this with the new key; …{} is an old one", old.key_postfix);
            keys.delete(old.id).await?;
            eprintln!("deleted the key …{} of {}", old.key_postfix, old.create_on);
        }
        eprintln!("…{} is the only key called {name}", newest.key_postfix);
        return Ok(());
    }

    let new = keys.rotate(newest.id).await?;
    let mut out = std::io::stdout().lock();
    if let Err(error) = writeln!(out, "{}", new.key.expose()).and_then(|()| out.flush()) {
        // Nobody has seen the new key, so nobody can ever use it.
        keys.delete(new.id).await?;
        bail!("the new key could not be handed over and was deleted: {error}");
    }
    eprintln!("…{} takes the place of …{}, which still works", new.key_postfix, newest.key_postfix);
    Ok(())
}
