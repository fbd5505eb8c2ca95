//! `docspace keys create`.

use clap::Args;
use docspace::keys::Keys;

use super::new_key;
use crate::args::{DryRunArgs, values};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Report, Shape};
use crate::records::NewKeyRecord;
use crate::session::Session;
use crate::waiting::change;

const EXAMPLES: &str = r"Examples:
  docspace keys create nightly --for-rooms --expires-in-days 90 > key.txt
  docspace keys create report --scope rooms:read --scope accounts:read
  docspace keys create nightly --for-rooms --json id,secret";

/// The arguments of `docspace keys create`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CreateArgs {
    /// Name of the key, of at most 30 characters
    #[arg(value_parser = values::text)]
    name: String,
    /// Limit the key to this scope; repeat the flag for several scopes (default: everything that
    /// you can do)
    #[arg(long = "scope", value_name = "SCOPE", value_parser = Keys::SCOPES)]
    scopes: Vec<String>,
    /// Limit the key to rooms, and their members, links, templates, tags and operations
    #[arg(long, conflicts_with = "scopes")]
    for_rooms: bool,
    /// Let the key expire after this many days, from 1 to 365 (default: never)
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..=365))]
    expires_in_days: Option<u32>,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl CreateArgs {
    /// Returns the values of the key, for a dry run.
    fn values(&self) -> [String; 2] {
        let scopes = match self.for_rooms {
            true => "those for rooms".to_owned(),
            false if self.scopes.is_empty() => "everything that you can do".to_owned(),
            false => self.scopes.join(", "),
        };
        let expires = self.expires_in_days.map_or_else(|| "never".to_owned(), |days| format!("in {days} days"));
        [format!("scopes: {scopes}"), format!("expires: {expires}")]
    }
}

impl PortalCommand for CreateArgs {
    type Record = NewKeyRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<NewKeyRecord>, Failure> {
        let name = &self.name;
        if self.dry_run.is_set() {
            return Ok(self.dry_run.with_values(&format!("create the key “{name}”"), &self.values()));
        }
        let mut create = session.portal.keys().create(name);
        if self.for_rooms {
            create = create.for_rooms();
        } else if !self.scopes.is_empty() {
            create = create.scopes(&self.scopes);
        }
        if let Some(days) = self.expires_in_days {
            create = create.expires_in_days(days);
        }
        let unknown = UnknownOutcome::new(format!("whether the key “{name}” was created"), super::LIST);
        Ok(new_key::report(change(&unknown, create.send()).await?))
    }
}
