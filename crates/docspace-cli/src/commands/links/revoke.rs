//! `docspace links revoke`.

use clap::Args;

use super::link_name::LinkName;
use crate::args::{ConfirmArgs, RoomArg};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::{Records, Report};
use crate::prompt;
use crate::records::LinkRecord;
use crate::session::Session;
use crate::terminal::Terminal;

/// The link to revoke.
#[derive(Debug, Args)]
pub(crate) struct RevokeArgs {
    #[command(flatten)]
    room: RoomArg,
    /// The link's id, or `primary`
    link: LinkName,
    #[command(flatten)]
    confirm: ConfirmArgs,
}

impl PortalCommand for RevokeArgs {
    type Record = LinkRecord;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        self.confirm.check(terminal)
    }

    /// Returns the link that the portal made in its place, if it made one.
    async fn run(self, session: &Session) -> Result<Report<LinkRecord>, Failure> {
        let room = self.room.room;
        let links = session.portal.room(&room).links();
        let id = self.link.id(&links).await?;
        if self.confirm.must_ask() {
            let link = links.get(id).await?;
            let title = link.title().replace(char::is_control, " ");
            prompt::confirm(&format!("Revoke the link “{title}” of room {room}? Its address stops working."))?;
        }
        let unknown = UnknownOutcome::new(format!("whether link {} is revoked", id.0), hints::links_of(&room));
        let replacement = links.revoke(id).await.map_err(|error| unknown.classify(error))?;
        let note = match replacement {
            Some(_) => "the link is revoked; this room cannot be without one, so there is another",
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
    fn question_that_nobody_can_answer_is_refused_without_a_portal() {
        assert!(parsed::<RevokeArgs>(&["5", "primary"]).check(Terminal::none()).is_err());
        assert!(parsed::<RevokeArgs>(&["5", "primary", "--yes"]).check(Terminal::none()).is_ok());
    }

    #[tokio::test]
    async fn link_that_replaces_the_revoked_one_is_reported() {
        let (_mock, session) = mock_session().await;
        let room = session.portal.rooms().create("Audit", docspace::RoomType::Public).send().await.expect("a room");
        let revoke: RevokeArgs = parsed(&[&room.id.to_string(), "primary", "--yes"]);
        let report = revoke.run(&session).await.expect("a revoked link");
        assert!(matches!(&report.records, Records::List(links) if links.len() == 1));
        assert!(report.note.expect("a note").contains("so there is another"));
    }
}
