//! `docspace audit`.

mod access;
mod action;
mod events;
mod guests;
mod links;
mod logins;
mod reported;
mod storage;

use clap::Subcommand;

use self::reported::Reported;
use crate::app::App;
use crate::command::Printed;
use crate::failure::Failure;

/// The audits. They only read.
#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    /// Report the links of all rooms: who can open what without an account, and until when
    Links(Reported<links::LinksArgs>),
    /// Report the members and links of all rooms: who can open which room, and how
    Access(Reported<access::AccessArgs>),
    /// Report the guests of the portal: what each can open, and who is in no room
    Guests(Reported<guests::GuestsArgs>),
    /// Report the storage that all rooms and the portal use, largest first
    Storage(Reported<storage::StorageArgs>),
    /// List the events of the portal's audit trail: who changed what, newest first
    Events(Printed<events::EventsArgs>),
    /// List logins and logouts, including failed logins, newest first
    Logins(Printed<logins::LoginsArgs>),
}

impl AuditCommand {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        match self {
            Self::Links(command) => command.execute(app).await,
            Self::Access(command) => command.execute(app).await,
            Self::Guests(command) => command.execute(app).await,
            Self::Storage(command) => command.execute(app).await,
            Self::Events(command) => command.execute(app).await,
            Self::Logins(command) => command.execute(app).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::{Args, Command};

    use super::*;

    #[test]
    fn help_explains_every_rule() {
        let audits: [fn(Command) -> Command; 4] = [
            links::LinksArgs::augment_args,
            access::AccessArgs::augment_args,
            guests::GuestsArgs::augment_args,
            storage::StorageArgs::augment_args,
        ];
        for audit in audits {
            let command = audit(Command::new("test"));
            let help = command.get_after_help().expect("examples").to_string();
            let flag = command.get_arguments().find(|argument| argument.get_id() == "fail_on").expect("a flag");
            for rule in flag.get_possible_values() {
                assert!(help.contains(&format!("\n  {} ", rule.get_name())), "{}", rule.get_name());
            }
        }
    }
}
