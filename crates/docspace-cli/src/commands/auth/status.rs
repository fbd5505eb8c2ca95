//! `docspace auth status`.

use clap::Args;
use docspace::Portal;

use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::login::{self, Login};
use crate::output::{Records, Report, Shape};
use crate::records::StatusRecord;
use crate::session::Session;

/// The flags of `docspace auth status`.
#[derive(Debug, Args)]
pub(crate) struct StatusArgs {}

impl PortalCommand for StatusArgs {
    type Record = StatusRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<StatusRecord>, Failure> {
        report(Login::find()?, &session.portal).await
    }
}

/// Reads the profile of the login.
async fn report(login: Login, portal: &Portal) -> Result<Report<StatusRecord>, Failure> {
    let profile = login::profile(portal).await?;
    Ok(Records::Card(StatusRecord { login, profile }).into())
}

#[cfg(test)]
mod tests {
    use docspace::Secret;

    use super::*;
    use crate::login::Credential;
    use crate::testing::mock_session;

    #[tokio::test]
    async fn status_contains_the_profile_of_the_key_owner() {
        let (mock, session) = mock_session().await;
        let credential = Credential::ApiKey(Secret::from(mock.owner_key()));
        let login = Login { url: mock.url(), credential, allow_http: false, from_environment: true };
        let report = report(login, &session.portal).await.expect("a status");
        let Records::Card(status) = report.records else { panic!("one status is reported") };
        assert!(status.profile.expect("a profile").is_owner);
    }
}
