//! `docspace keys edit`.

use clap::Args;
use docspace::keys::{ApiKey, Keys};

use super::key_name::KeyName;
use crate::args::{DryRunArgs, SettingChange, values};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Records, Report, Shape};
use crate::records::{KeyRecord, scopes_of};
use crate::session::Session;
use crate::terminal::Terminal;
use crate::waiting::change;

const EXAMPLES: &str = r"Examples:
  docspace keys edit nightly --active off
  docspace keys edit nightly --name weekly --scope rooms:read";

/// The arguments of `docspace keys edit`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct EditArgs {
    /// Name or id of the key (see `docspace keys list`)
    key: KeyName,
    /// Rename the key
    #[arg(long, value_name = "NAME", value_parser = values::text, allow_hyphen_values = true)]
    name: Option<String>,
    /// Replace all scopes with this one; repeat the flag to set several
    #[arg(long = "scope", value_name = "SCOPE", value_parser = Keys::SCOPES)]
    scopes: Vec<String>,
    /// Switch the key on or off
    #[arg(long, value_name = "SWITCH", value_parser = values::switch())]
    active: Option<bool>,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl EditArgs {
    /// Returns the changes, for a dry run.
    fn changes(&self, key: &ApiKey) -> Vec<SettingChange> {
        let switch = |on: bool| if on { "on" } else { "off" }.to_owned();
        let change = |setting, old, new: Option<String>| new.map(|new| SettingChange { setting, old, new: Some(new) });
        let scopes = Some(self.scopes.join(", ")).filter(|scopes| !scopes.is_empty());
        let changes = [
            change("name", Some(key.name.clone()), self.name.clone()),
            change("scopes", Some(scopes_of(key).join(", ")), scopes),
            change("active", Some(switch(key.is_active)), self.active.map(switch)),
        ];
        changes.into_iter().flatten().collect()
    }
}

impl PortalCommand for EditArgs {
    type Record = KeyRecord;

    const SHAPE: Shape = Shape::Object;

    fn check(&self, _terminal: Terminal) -> Result<(), Failure> {
        if self.name.is_some() || !self.scopes.is_empty() || self.active.is_some() {
            return Ok(());
        }
        Err(Failure::usage("there is nothing to change").advise("give --name, --scope or --active"))
    }

    async fn run(self, session: &Session) -> Result<Report<KeyRecord>, Failure> {
        let keys = session.portal.keys();
        let key = self.key.find(&session.portal).await?;
        if self.dry_run.is_set() {
            let what = format!("change the key “{}” ({})", key.name, key.id);
            return Ok(self.dry_run.with_values(&what, &self.changes(&key)));
        }
        let unknown = UnknownOutcome::new(format!("whether the key “{}” was changed", key.name), super::LIST);
        // First on and last off: a portal may not change a key that is off.
        if self.active == Some(true) {
            change(&unknown, keys.set_active(key.id, true)).await?;
        }
        if let Some(name) = self.name {
            change(&unknown, keys.rename(key.id, name)).await?;
        }
        if !self.scopes.is_empty() {
            change(&unknown, keys.set_scopes(key.id, &self.scopes)).await?;
        }
        if self.active == Some(false) {
            change(&unknown, keys.set_active(key.id, false)).await?;
        }
        Ok(Records::Row(KeyRecord(keys.get(key.id).await?)).into())
    }
}
