//! `docspace auth list`.

use clap::Args;
use serde_json::json;

use crate::app::App;
use crate::args::OutputArgs;
use crate::failure::Failure;
use crate::login::portals::{Portals, Summary};
use crate::output::{Field, Record, Records, Report};

const EXAMPLES: &str = r"Examples:
  docspace auth list
  docspace auth list --json portalName,current --jq '.[] | select(.current) | .portalName'";

/// The arguments of `docspace auth list`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    output: OutputArgs,
}

/// A stored login as it is printed, without the secret.
struct StoredLoginRecord(Summary);

impl Record for StoredLoginRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::column("portalName", |login| json!(login.0.name)).never_cut().priority(100),
        Field::<Self>::column("portal", |login| json!(login.0.url)).never_cut().priority(90),
        Field::<Self>::column("current", |login| json!(login.0.is_current)).never_cut().priority(95),
        Field::column("credential", |login| json!(login.0.credential)),
        Field::detail("storedIn", |login| json!(login.0.place)),
    ];
}

impl ListArgs {
    /// Prints the stored logins. Sends nothing.
    pub(super) async fn run(self, app: &App) -> Result<(), Failure> {
        let printer = self.output.printer(app.terminal)?;
        let logins = Portals::read()?.summaries()?.into_iter().map(StoredLoginRecord).collect();
        printer.print(Report::from(Records::Found(logins, "no stored logins"))).await
    }
}
