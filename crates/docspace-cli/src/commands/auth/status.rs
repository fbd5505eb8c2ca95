//! `docspace auth status`.

use crate::failure::Failure;
use crate::login::{self, Login};
use crate::output::{Records, Report};
use crate::records::StatusRecord;

/// Reads who the login belongs to.
pub(super) async fn run(login: Login, allow_http: bool) -> Result<Report<StatusRecord>, Failure> {
    let profile = login::profile(&login.portal(allow_http)?).await?;
    Ok(Records::Card(StatusRecord { login, profile }).into())
}
