//! `docspace links revoke`.

use clap::Args;
use docspace::RoomLink;

use super::link_name::LinkName;
use super::reader::FoundLink;
use super::scope::LinkScopeArgs;
use super::several::change_all;
use crate::args::SafetyArgs;
use crate::command::PortalCommand;
use crate::confirmation;
use crate::failure::Failure;
use crate::output::{Field, Record, Records, Report, Shape, table_of};
use crate::prompt;
use crate::records::{LinkOwner, LinkRecord};
use crate::session::Session;
use crate::terminal::{Terminal, print_lines};
use crate::text::plain;
use crate::waiting::change;

const EXAMPLES: &str = r#"Examples:
  docspace links revoke 17 primary
  docspace links revoke 17 "For the client" "For the auditor" --yes
  docspace links revoke folder:23 "For the client"
  docspace links revoke --all-rooms --expired --dry-run
  docspace links revoke --all-rooms --tag closed --external --yes"#;

/// The arguments of `docspace links revoke`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct RevokeArgs {
    /// Ids of the links or their beginnings, their titles, their addresses (see `docspace links
    /// list`), or `primary`; without them, filters select the links
    #[arg(value_name = "LINK", index = 2)]
    links: Vec<LinkName>,
    #[command(flatten)]
    safety: SafetyArgs,
    #[command(flatten)]
    scope: LinkScopeArgs,
}

/// A revoked link.
pub(crate) struct RevokedLink {
    link: RoomLink,
    owner: LinkOwner,
    /// The primary link that the portal created instead of the revoked one.
    replacement: Option<RoomLink>,
}

impl Record for RevokedLink {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::id("Id of the revoked link", &|revoked| revoked.link.id().0),
        Field::<Self>::column("state", "State after the command", &|_| "revoked").never_cut().priority(60),
        Field::<Self>::column("title", "Title of the revoked link", &|revoked| revoked.link.title().to_owned())
            .priority(90),
        Field::<Self>::column("roomId", "Id of the room; null for a link to a folder or file", &|revoked| {
            revoked.owner.room_id()
        })
        .never_cut()
        .priority(70),
        Field::<Self>::column("room", "Title of the room; null if it is not known", &|revoked| revoked.owner.room())
            .priority(80),
        Field::<Self>::column(
            "newUrl",
            "Address of the link that replaces it; null without a replacement",
            &|revoked| revoked.replacement.as_ref().map(|link| link.url().to_owned()),
        )
        .never_cut()
        .priority(85),
        Field::<Self>::detail("folderId", "Id of the folder; null for other links", &|revoked| {
            revoked.owner.folder_id()
        }),
        Field::<Self>::detail("fileId", "Id of the file; null for other links", &|revoked| revoked.owner.file_id()),
        Field::<Self>::detail("entry", "Title of the folder or file; null for a link to a room", &|revoked| {
            revoked.owner.entry()
        }),
        Field::<Self>::detail("newId", "Id of the link that replaces it; null without a replacement", &|revoked| {
            revoked.replacement.as_ref().map(|link| link.id().0)
        }),
    ];
}

impl PortalCommand for RevokeArgs {
    type Record = RevokedLink;

    const SHAPE: Shape = Shape::Array;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        let advice = "name LINKs of a ROOM, or select links with a filter such as --expired";
        self.scope.check(!self.links.is_empty(), advice)?;
        self.safety.check(terminal)
    }

    /// Revokes the links. Reports the replacements that the portal creates for the primary links of
    /// rooms that always have one.
    async fn run(self, session: &Session) -> Result<Report<RevokedLink>, Failure> {
        let found = self.scope.find(&self.links, session).await?;
        if found.is_empty() {
            return Ok(Report::from(Records::List(Vec::new())).note("there is no link to revoke"));
        }
        let what = match found.as_slice() {
            [only] => only.describe(),
            several => confirmation::these(several.len(), "link", "links"),
        };
        let records = || found.iter().map(|found| LinkRecord(found.link.clone(), found.owner.one_of_several()));
        if self.safety.dry_run.is_set() {
            print_lines(&table_of(&records().collect::<Vec<_>>(), session.terminal));
            return Ok(self.safety.dry_run.report(&format!("revoke {what}")));
        }
        if self.safety.must_ask() {
            ask(&found, &records().collect::<Vec<_>>(), &what, session)?;
        }
        let (done, failure) = change_all(found, "revoking", session, async |found: FoundLink| {
            let links = found.owner.links(&session.portal);
            let replacement = change(&found.unknown_outcome("is revoked"), links.revoke(&found.link)).await?;
            Ok(RevokedLink { owner: found.owner.only(), link: found.link, replacement })
        })
        .await;
        let note = match done.iter().any(|revoked| revoked.replacement.is_some()) {
            true => "the room always has a primary link, so the portal created a new one",
            false => return Ok(Report::from(Records::List(done)).failing(failure)),
        };
        Ok(Report::from(Records::List(done)).note(note).failing(failure))
    }
}

fn ask(found: &[FoundLink], records: &[LinkRecord], what: &str, session: &Session) -> Result<(), Failure> {
    if let [only] = found {
        let title = plain(only.link.title());
        return prompt::confirm(&format!(
            "Revoke the link “{title}” of {}? Its address stops working.",
            only.owner.name()
        ));
    }
    confirmation::show(records, session.terminal);
    prompt::confirm(&format!("Revoke {what}? Their addresses stop working."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{mock_session, parsed};

    #[test]
    fn revocation_without_yes_or_terminal_is_rejected() {
        let check = |arguments: &[&str]| parsed::<RevokeArgs>(arguments).check(Terminal::none());
        assert!(check(&["5", "primary"]).is_err() && check(&["--all-rooms", "--expired"]).is_err());
        assert!(check(&["5", "primary", "--yes"]).is_ok() && check(&["--all-rooms", "--expired", "--yes"]).is_ok());
    }

    #[test]
    fn links_must_be_named_or_filtered() {
        let check = |arguments: &[&str]| parsed::<RevokeArgs>(arguments).check(Terminal::none());
        for wrong in [&["--all-rooms", "--yes"][..], &["5", "--yes"], &["5", "primary", "--expired", "--yes"]] {
            assert!(check(wrong).is_err(), "{wrong:?}");
        }
    }

    #[tokio::test]
    async fn replacement_of_a_revoked_primary_link_is_reported() {
        let (_mock, session) = mock_session().await;
        let room = session.portal.rooms().create("Audit", docspace::RoomType::Public).send().await.expect("a room");
        let revoke: RevokeArgs = parsed(&[&room.id.to_string(), "primary", "--yes"]);
        let report = revoke.run(&session).await.expect("a revoked link");
        assert!(matches!(&report.records, Records::List(links) if links[0].replacement.is_some()));
        assert!(report.note.expect("a note").contains("created a new one"));
    }
}
