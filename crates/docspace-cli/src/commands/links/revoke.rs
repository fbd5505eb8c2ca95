//! `docspace links revoke`.

use clap::Args;

use super::link_name::LinkName;
use crate::args::{ConfirmArgs, RoomArg};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::{Records, Report, Shape};
use crate::prompt;
use crate::records::LinkRecord;
use crate::session::Session;
use crate::terminal::Terminal;
use crate::waiting::change;

const EXAMPLES: &str = r#"Examples:
  docspace links revoke "Audit 2026" "For the client"
  docspace links revoke 17 https://acme.onlyoffice.com/s/0123456789abcde
  docspace links revoke 17 primary --yes"#;

/// The arguments of `docspace links revoke`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct RevokeArgs {
    #[command(flatten)]
    room: RoomArg,
    /// Id of the link or its beginning, its title, its address (see `docspace links list`), or
    /// `primary`
    link: LinkName,
    #[command(flatten)]
    confirm: ConfirmArgs,
}

impl PortalCommand for RevokeArgs {
    type Record = LinkRecord;

    const SHAPE: Shape = Shape::Array;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        self.confirm.check(terminal)
    }

    /// Revokes the link. Reports the replacement that the portal creates for a primary link that
    /// the room always has.
    async fn run(self, session: &Session) -> Result<Report<LinkRecord>, Failure> {
        let room = self.room.find(session).await?;
        let links = session.portal.room(&room).links();
        let id = self.link.id(&room, &links).await?;
        if self.confirm.must_ask() {
            let link = links.get(id).await?;
            let title = link.title().replace(char::is_control, " ");
            prompt::confirm(&format!("Revoke the link “{title}” of room {room}? Its address stops working."))?;
        }
        let unknown = UnknownOutcome::new(format!("whether link {} is revoked", id.0), hints::links_of(&room));
        let replacement = change(&unknown, links.revoke(id)).await?;
        let note = match replacement {
            Some(_) => "the link is revoked; the room always has a primary link, so the portal created a new one",
            None => "the link is revoked",
        };
        Ok(Report::from(Records::List(replacement.into_iter().map(LinkRecord).collect())).note(note))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{mock_session, parsed};

    #[test]
    fn revocation_without_yes_or_terminal_is_rejected() {
        assert!(parsed::<RevokeArgs>(&["5", "primary"]).check(Terminal::none()).is_err());
        assert!(parsed::<RevokeArgs>(&["5", "primary", "--yes"]).check(Terminal::none()).is_ok());
    }

    #[tokio::test]
    async fn replacement_of_a_revoked_primary_link_is_reported() {
        let (_mock, session) = mock_session().await;
        let room = session.portal.rooms().create("Audit", docspace::RoomType::Public).send().await.expect("a room");
        let revoke: RevokeArgs = parsed(&[&room.id.to_string(), "primary", "--yes"]);
        let report = revoke.run(&session).await.expect("a revoked link");
        assert!(matches!(&report.records, Records::List(links) if links.len() == 1));
        assert!(report.note.expect("a note").contains("created a new one"));
    }
}
