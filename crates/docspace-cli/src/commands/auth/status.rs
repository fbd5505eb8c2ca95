//! `docspace auth status`.

use crate::failure::Failure;
use crate::login::{self, Login};
use crate::output::{Records, Report};
use crate::records::StatusRecord;
use crate::spinner::Spinner;

/// Reads the profile of the current login.
pub(super) async fn run(login: Login, allow_http: bool) -> Result<Report<StatusRecord>, Failure> {
    let portal = login.portal(allow_http)?;
    let spinner = Spinner::start(&portal);
    let profile = login::profile(&portal).await?;
    drop(spinner);
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
        let (mock, _) = mock_session().await;
        let credential = Credential::ApiKey(Secret::from(mock.owner_key()));
        let login = Login { url: mock.url(), credential, allow_http: false, from_environment: true };
        let report = run(login, false).await.expect("a status");
        let Records::Card(status) = report.records else { panic!("one status is reported") };
        assert!(status.profile.expect("a profile").is_owner);
    }
}
