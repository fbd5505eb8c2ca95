//! `docspace templates members list`.

use clap::Args;

use crate::args::TemplateArg;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Report, Shape};
use crate::records::MemberRecord;
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace templates members list 23
  docspace templates members list 23 --json email --jq '.[].email'";

/// The arguments of `docspace templates members list`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    template: TemplateArg,
}

impl PortalCommand for ListArgs {
    type Record = MemberRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<MemberRecord>, Failure> {
        super::users_of(&session.portal.template(self.template.find(session).await?)).await
    }
}
