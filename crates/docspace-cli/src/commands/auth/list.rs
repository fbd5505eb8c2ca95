//! `docspace auth list`.

use clap::Args;

use crate::app::App;
use crate::args::OutputArgs;
use crate::command::JsonOutput;
use crate::completion::fields_of;
use crate::failure::Failure;
use crate::login::portals::{Portals, Summary};
use crate::output::{Field, Record, Records, Report, Shape};

const EXAMPLES: &str = r"Examples:
  docspace auth list
  docspace auth list --json portalName,current --jq '.[] | select(.current) | .portalName'";

/// The arguments of `docspace auth list`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, add = JsonOutput::of_records::<StoredLoginRecord>(Shape::Array))]
#[command(mut_arg("json", |json| json.add(fields_of::<StoredLoginRecord>())))]
pub(crate) struct ListArgs {
    #[command(flatten)]
    output: OutputArgs,
}

/// A stored login as it is printed, without the secret.
struct StoredLoginRecord(Summary);

impl Record for StoredLoginRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::column("portalName", "Name of the login", &|login| login.0.name.clone())
            .never_cut()
            .priority(100),
        Field::<Self>::column("portal", "Address of the portal", &|login| login.0.url.clone()).never_cut().priority(90),
        Field::<Self>::column("current", "Whether commands use it by default", &|login| login.0.is_current)
            .never_cut()
            .priority(95),
        Field::<Self>::column("credential", "Kind of the credential", &|login| login.0.credential),
        Field::<Self>::detail("storedIn", "Where the credential is stored", &|login| login.0.place.clone()),
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
