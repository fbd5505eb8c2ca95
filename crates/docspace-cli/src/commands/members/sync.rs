//! `docspace members sync`.

use std::collections::BTreeMap;

use clap::Args;
use docspace::Access;
use docspace_manifest::names::{AccessName, TypeName};
use docspace_manifest::plan::{MaxRemovals, PlanOptions, Prune, plan};
use docspace_manifest::{DEFAULT_NAME, Room, Settings, Wanted, read};

use crate::args::people::PersonName;
use crate::args::{RoomArg, SafetyArgs, member_access};
use crate::command::PortalCommand;
use crate::commands::manifest::{AppliedRecord, carry_out, max_removals};
use crate::csv::{Column, Problems, Row, Sheet, word};
use crate::failure::Failure;
use crate::input;
use crate::output::{Report, Shape};
use crate::session::Session;
use crate::terminal::Terminal;

const COLUMNS: [Column; 3] =
    [Column::optional("email").aliases(&["person", "e-mail"]), Column::optional("group"), Column::optional("access")];

const EXAMPLES: &str = r"Examples:
  docspace members sync 17 --file team.csv --dry-run
  docspace members sync 17 --file team.csv --access read --yes

Columns of the file:
  email          E-mail address or id of a person (also `person`)
  group          Name or id of a people group; a row has a person or a group
  access         What the member can do (default: --access)

Members that are not in the file are removed, except for the owner and yourself. People groups stay
if the file has none. The changes are shown before the question.

If a change fails, the others are made, and the exit code is 1.";

/// The arguments of `docspace members sync`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct SyncArgs {
    #[command(flatten)]
    room: RoomArg,
    /// Read the members from this CSV file; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    file: String,
    /// Set what members in rows without an access can do
    #[arg(long, value_name = "ACCESS", value_parser = member_access(), ignore_case = true)]
    access: Option<Access>,
    /// Invite addresses without an account to the portal, as guests (default: fail for them)
    #[arg(long)]
    invite: bool,
    /// Refuse to remove more than this share of the members, such as 50%, or more than this number
    #[arg(long, value_name = "LIMIT", value_parser = max_removals, default_value = "25%")]
    max_removals: MaxRemovals,
    #[command(flatten)]
    safety: SafetyArgs,
}

impl PortalCommand for SyncArgs {
    type Record = AppliedRecord;

    const SHAPE: Shape = Shape::Array;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        self.safety.check_because("this command removes members", terminal)
    }

    async fn run(self, session: &Session) -> Result<Report<AppliedRecord>, Failure> {
        let settings = self.read()?;
        let found = session.portal.room(self.room.find(session).await?).get().await?;
        let Some(room_type) = TypeName::of(found.room_type) else {
            let failure = Failure::usage(format!("this version does not know the type of the room {}", found.id));
            return Err(failure.advise("use `docspace members add` and `docspace members remove`"));
        };
        let room = Room { id: Some(found.id), settings, ..Room::new(found.title, room_type) };
        let wanted = Wanted::new(DEFAULT_NAME, [room]);
        let options = PlanOptions { prune: Prune::Own, max_removals: self.max_removals, ..PlanOptions::default() };
        let plan = plan(&wanted, &read(&session.portal, &wanted).await?, &options);
        carry_out(session, &plan, &self.safety, self.invite).await
    }
}

impl SyncArgs {
    /// Reads the members of the file. Fails with all mistakes.
    fn read(&self) -> Result<Settings, Failure> {
        let sheet = Sheet::read(&self.file, &COLUMNS)?;
        let mut problems = Problems::default();
        let (mut people, mut groups) = (BTreeMap::new(), BTreeMap::new());
        for row in &sheet.rows {
            let Some((is_group, name, access)) = self.member(row, &mut problems) else { continue };
            let members = if is_group { &mut groups } else { &mut people };
            if members.insert(name.clone(), access).is_some() {
                let column = if is_group { "group" } else { "email" };
                problems.add(row.line, column, &name, "it is in the file twice: remove one of the rows");
            }
        }
        problems.into_result(input::name(&self.file))?;
        let groups = Some(groups).filter(|groups| !groups.is_empty());
        Ok(Settings { members: Some(people), groups, ..Settings::default() })
    }

    /// Reads a row: whether it is a people group, its name, and the access.
    fn member(&self, row: &Row, problems: &mut Problems) -> Option<(bool, String, AccessName)> {
        let line = row.line;
        let access = match row.value("access") {
            Some(cell) => problems.check(line, "access", cell, word(&member_access(), cell)),
            None => self.access,
        };
        if access.is_none() && row.value("access").is_none() {
            problems.add(line, "access", "", "write an access, or add --access to the command");
        }
        let (is_group, name) = match (row.value("email"), row.value("group")) {
            (Some(person), None) => match problems.check(line, "email", person, person.parse())? {
                PersonName::Email(email) => (false, email.to_lowercase()),
                PersonName::Id(id) => (false, id.0.to_string()),
            },
            (None, Some(group)) => (true, group.to_owned()),
            (Some(_), Some(group)) => {
                problems.add(line, "group", group, "the row has a person too: write a row for each");
                return None;
            }
            (None, None) => {
                problems.add(line, "email", "", "write the address of a person, or a people group");
                return None;
            }
        };
        Some((is_group, name, AccessName::of(access?)?))
    }
}
