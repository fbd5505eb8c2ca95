//! `docspace templates view`.

use clap::Args;

use crate::args::TemplateArg;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Records, Report, Shape};
use crate::records::TemplateRecord;
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace templates view 23
  docspace templates view 23 --json public --jq .public";

/// The arguments of `docspace templates view`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ViewArgs {
    #[command(flatten)]
    template: TemplateArg,
}

impl PortalCommand for ViewArgs {
    type Record = TemplateRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<TemplateRecord>, Failure> {
        let template = session.portal.template(self.template.find(session).await?);
        let room = template.get().await?;
        Ok(Records::Card(TemplateRecord { room, public: template.is_public().await? }).into())
    }
}
