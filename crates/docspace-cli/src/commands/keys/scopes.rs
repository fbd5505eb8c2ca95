//! `docspace keys scopes`.

use clap::Args;

use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Field, Record, Records, Report, Shape};
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace keys scopes
  docspace keys scopes --json scope --jq '.[].scope'";

/// The arguments of `docspace keys scopes`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ScopesArgs {}

/// A scope of API keys.
pub(crate) struct ScopeRecord(String);

impl Record for ScopeRecord {
    const FIELDS: &'static [Field<Self>] =
        &[Field::<Self>::column("scope", "Name of the scope", &|scope| scope.0.clone()).never_cut().priority(100)];
}

impl PortalCommand for ScopesArgs {
    type Record = ScopeRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<ScopeRecord>, Failure> {
        let scopes = session.portal.keys().scopes().await?;
        Ok(Records::Found(scopes.into_iter().map(ScopeRecord).collect(), "no scopes found").into())
    }
}
