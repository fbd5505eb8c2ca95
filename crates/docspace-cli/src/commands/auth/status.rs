//! `docspace auth status`.

use crate::failure::Failure;
use crate::login::{self, Credential, Login};
use crate::output::{Records, Report};
use crate::records::StatusRecord;

/// Reads the profile and the API key of the current login.
pub(super) async fn run(login: Login, allow_http: bool) -> Result<Report<StatusRecord>, Failure> {
    let portal = login.portal(allow_http)?;
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
        let report = run(login, false).await.expect("a status");
        let Records::Card(status) = report.records else { panic!("one status is reported") };
        assert!(status.profile.expect("a profile").is_owner);
    }
}
