//! `docspace doctor`: checks what every command needs, and says what is wrong.

mod check;
mod connection;
mod credential;

use clap::Args;

use self::check::{CheckRecord, Checks};
use crate::app::App;
use crate::args::OutputArgs;
use crate::command::JsonOutput;
use crate::completion::fields_of;
use crate::failure::Failure;
use crate::login::Stored;
use crate::output::{Records, Report, Shape};

const EXAMPLES: &str = r#"Examples:
  docspace doctor
  docspace doctor --portal test
  docspace doctor --json check,result,message --jq '.[] | select(.result != "ok")'

The exit code is that of the first failed check, and 0 if there are only warnings. Nothing is
changed on the portal."#;

/// The flags of `docspace doctor`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, add = JsonOutput::of_records::<CheckRecord>(Shape::Array))]
#[command(mut_arg("json", |json| json.add(fields_of::<CheckRecord>())))]
pub(crate) struct DoctorArgs {
    #[command(flatten)]
    output: OutputArgs,
}

impl DoctorArgs {
    /// Runs the checks, and prints their results.
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        let printer = self.output.printer(app.terminal)?;
        let lines_only = app.terminal.stdout && !self.output.is_json();
        let mut checks = Checks::new(lines_only.then_some(app.terminal));
        run(app, &mut checks).await?;
        let (records, failure) = checks.ended();
        let records = if lines_only { Records::None } else { Records::List(records) };
        printer.print(Report::from(records).failing(failure)).await
    }
}

/// Runs the checks, and leaves out those that cannot succeed after a failure.
async fn run(app: &App, checks: &mut Checks) -> Result<(), Failure> {
    let login = match app.login() {
        Ok(login) => login,
        Err(failure) => return checks.failed("login", failure),
    };
    let source = match &login.stored {
        Some(Stored { name, place }) => format!("`{name}`, with the credential in {place}"),
        None => "from the variables DOCSPACE_URL and DOCSPACE_API_KEY".to_owned(),
    };
    checks.ok("login", source)?;
    if connection::run(&login, app.allow_http, checks).await? {
        credential::run(&login, app.allow_http, checks).await?;
    }
    Ok(())
}
