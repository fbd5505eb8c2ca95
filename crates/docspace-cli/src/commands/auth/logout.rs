//! `docspace auth logout`.

use clap::Args;

use crate::app::App;
use crate::failure::Failure;
use crate::login::portals::{Portals, Removed};
use crate::login::{self, selected_name};

const EXAMPLES: &str = r"Examples:
  docspace auth logout
  docspace auth logout test";

/// The arguments of `docspace auth logout`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct LogoutArgs {
    /// Name of the portal (default: the current one)
    name: Option<String>,
}

impl LogoutArgs {
    /// Removes a stored login, and returns the messages to print.
    pub(super) fn run(self, app: &App) -> Result<Vec<String>, Failure> {
        let mut messages = match self.name.or_else(|| selected_name(app.portal.as_deref())) {
            Some(name) => remove(Portals::read()?, &name)?,
            None => match Portals::read() {
                Ok(portals) if portals.is_empty() => vec!["there is no stored login".to_owned()],
                Ok(portals) => {
                    let name = portals.current().map(str::to_owned);
                    let name = name.ok_or_else(|| {
                        Failure::usage("no portal is selected").advise(format!(
                            "pass its name as in `docspace auth logout NAME`; the names are {}",
                            portals.names().join(", ")
                        ))
                    })?;
                    remove(portals, &name)?
                }
                // A damaged login is removed too.
                Err(failure) => match Portals::remove_file()? {
                    true => {
                        vec!["removed the stored login, which could not be read or was not private".to_owned()]
                    }
                    false => return Err(failure),
                },
            },
        };
        if login::has_environment_login() {
            messages
                .push("note: DOCSPACE_URL and DOCSPACE_API_KEY are set, so commands go on with that key".to_owned());
        }
        Ok(messages)
    }
}

fn remove(mut portals: Portals, name: &str) -> Result<Vec<String>, Failure> {
    let Removed { url, is_session, current, failure } = portals.remove(name)?;
    if portals.is_empty() {
        Portals::remove_file()?;
    } else {
        portals.write()?;
    }
    let mut messages = vec![format!("removed the stored login to {url}")];
    if let Some(failure) = failure {
        messages.push(format!("its credential is still in the keyring: {}", failure.message()));
    }
    if is_session {
        messages.push(
            "the session token still works until it expires; \
             to revoke it now, end the session in your profile on the portal"
                .to_owned(),
        );
    }
    match current {
        Some(current) => messages.push(format!("commands now use `{current}`")),
        None if portals.is_empty() || portals.current().is_some() => {}
        None => messages.push(format!(
            "no portal is selected now; run `docspace auth switch NAME` with one of {}",
            portals.names().join(", ")
        )),
    }
    Ok(messages)
}
