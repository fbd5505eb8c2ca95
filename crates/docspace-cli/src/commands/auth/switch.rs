//! `docspace auth switch`.

use clap::Args;

use crate::app::App;
use crate::failure::Failure;
use crate::login;
use crate::login::portals::Portals;
use crate::prompt;

const EXAMPLES: &str = r"Examples:
  docspace auth switch
  docspace auth switch acme.onlyoffice.com";

/// The arguments of `docspace auth switch`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct SwitchArgs {
    /// Name of the portal in `docspace auth list`, or its host (default on a terminal: the command
    /// asks for it)
    name: Option<String>,
}

impl SwitchArgs {
    /// Selects the portal, and returns the messages to print. Sends nothing.
    pub(super) fn run(self, app: &App) -> Result<Vec<String>, Failure> {
        let mut portals = Portals::read()?;
        let name = match self.name.or_else(|| app.portal.clone()) {
            Some(name) => name,
            None if portals.is_empty() => {
                return Err(Failure::no_credentials("there is no stored login").advise("run `docspace auth login`"));
            }
            None if app.terminal.can_ask() => {
                let names = portals.names();
                names[prompt::choice("Which portal do you want to use?", &names)?].to_owned()
            }
            None => {
                return Err(Failure::usage("the name of the portal is missing").advise(format!(
                    "pass it as in `docspace auth switch NAME`; the names are {}",
                    portals.names().join(", ")
                )));
            }
        };
        let name = portals.switch(&name)?;
        portals.write()?;
        let url = portals.url(&name).unwrap_or_default().trim_end_matches('/').to_owned();
        let mut messages = vec![format!("commands now use `{name}`, the portal at {url}")];
        messages.extend(login::environment_note());
        Ok(messages)
    }
}
