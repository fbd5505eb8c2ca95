//! `docspace auth status`.

use clap::Args;

use crate::app::App;
use crate::args::OutputArgs;
use crate::command::JsonOutput;
use crate::completion::fields_of;
use crate::failure::Failure;
use crate::login::{self, Credential, Login};
use crate::output::{Records, Report, Shape};
use crate::records::StatusRecord;
use crate::spinner::Spinner;

const EXAMPLES: &str = r"Examples:
  docspace auth status
  docspace auth status --portal test --json name,notAllowed

The field notAllowed contains the commands that the scopes of a limited API key do not allow in
their usual form. What your account is not allowed to do on the portal is not part of it.";

/// The arguments of `docspace auth status`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, add = JsonOutput::of_records::<StatusRecord>(Shape::Object))]
#[command(mut_arg("json", |json| json.add(fields_of::<StatusRecord>())))]
pub(crate) struct StatusArgs {
    #[command(flatten)]
    output: OutputArgs,
}

impl StatusArgs {
    /// Prints the current login.
    pub(super) async fn run(self, app: &App) -> Result<(), Failure> {
        let printer = self.output.printer(app.terminal)?;
        printer.print(report(app.login()?, app.allow_http).await?).await
    }
}

/// Reads the profile and the API key of the current login.
async fn report(login: Login, allow_http: bool) -> Result<Report<StatusRecord>, Failure> {
    let portal = login.portal(allow_http)?;
    let _spinner = Spinner::start(&portal);
    let profile = login::profile(&portal).await?;
    let key = match login.credential {
        Credential::ApiKey(_) => Some(portal.keys().current().await?),
        Credential::Token(_) => None,
    };
    Ok(Records::Card(StatusRecord { login, profile, key }).into())
}

#[cfg(test)]
mod tests {
    use docspace::Secret;

    use super::*;
    use crate::testing::mock_session;

    #[tokio::test]
    async fn status_contains_the_profile_of_the_key_owner() {
        let (mock, _) = mock_session().await;
        let credential = Credential::ApiKey(Secret::from(mock.owner_key()));
        let login = Login { url: mock.url(), credential, allow_http: false, stored: None };
        let report = report(login, false).await.expect("a status");
        let Records::Card(status) = report.records else { panic!("one status is reported") };
        assert!(status.profile.expect("a profile").is_owner);
    }
}
