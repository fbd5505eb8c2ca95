//! `docspace templates members`: the people and people groups who can use a template.

mod list;
mod sharing;

use clap::Subcommand;
use docspace::templates::TemplateHandle;

use crate::app::App;
use crate::command::Printed;
use crate::failure::Failure;
use crate::output::{Records, Report};
use crate::records::MemberRecord;

/// The commands for the members of templates.
#[derive(Debug, Subcommand)]
pub(crate) enum MembersCommand {
    /// List who can use a template
    #[command(visible_alias = "ls")]
    List(Printed<list::ListArgs>),
    /// Let people and people groups use a template, and list who can use it then
    #[command(aliases = ["new", "create"])]
    Add(Printed<sharing::AddArgs>),
    /// Stop sharing a template with people and people groups, and list who can still use it
    #[command(aliases = ["rm", "delete"])]
    Remove(Printed<sharing::RemoveArgs>),
}

impl MembersCommand {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.execute(app).await,
            Self::Add(command) => command.execute(app).await,
            Self::Remove(command) => command.execute(app).await,
        }
    }
}

/// Returns the report on who can use a template.
async fn users_of(template: &TemplateHandle) -> Result<Report<MemberRecord>, Failure> {
    let users = template.users().await?;
    Ok(Records::Found(users.into_iter().map(MemberRecord).collect(), "no members found").into())
}
