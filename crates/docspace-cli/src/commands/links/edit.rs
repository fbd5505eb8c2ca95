//! `docspace links edit`.

use clap::Args;

use super::changes::{LinkChanges, LinkChangesArgs};
use super::link_name::LinkName;
use super::reader::{FoundLink, print_names};
use super::scope::LinkScopeArgs;
use super::several::change_all;
use crate::args::SafetyArgs;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Field, Record, Records, Report, Shape, table_of};
use crate::records::LinkRecord;
use crate::session::Session;
use crate::terminal::{Terminal, print_lines, print_message};
use crate::waiting::change;
use crate::{confirmation, prompt};

const EXAMPLES: &str = r#"Examples:
  docspace links edit 17 primary --title "Front door"
  docspace links edit 17 6f9619ff-8b86-d011-b42d-00cf4fc964ff --expires 30days --no-password
  docspace links edit folder:23 "For the client" --access comment
  docspace links edit --all-rooms --never-expires --expires 30days --dry-run
  docspace links edit --all-rooms --tag client --external --deny-download on

The primary link of a public or form-filling room cannot expire, so filters leave it as it is and
name it. To make its address useless, revoke it with `docspace links revoke`; the portal then
creates another one."#;

/// The flags of `docspace links edit`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct EditArgs {
    /// Id of the link or its beginning, its title, its address (see `docspace links list`), or
    /// `primary`; without it, filters select the links
    #[arg(index = 2)]
    link: Option<LinkName>,
    #[command(flatten)]
    changes: LinkChangesArgs,
    #[command(flatten)]
    safety: SafetyArgs,
    #[command(flatten)]
    scope: LinkScopeArgs,
}

impl PortalCommand for EditArgs {
    type Record = LinkRecord;

    const SHAPE: Shape = Shape::ObjectOrArray;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        self.scope.check(
            self.link.is_some(),
            "name a LINK, or select links with a filter such as --never-expires; to remove an expiry, use --no-expiry",
        )?;
        self.changes.check(self.link.is_some())?;
        if self.link.is_some() { Ok(()) } else { self.safety.check(terminal) }
    }

    async fn run(self, session: &Session) -> Result<Report<LinkRecord>, Failure> {
        let changes = self.changes.read(session.terminal)?;
        let found = self.scope.find(self.link.as_slice(), session).await?;
        match (self.link, found.as_slice()) {
            (Some(_), [only]) => edit_one(only, &changes, &self.safety, session).await,
            _ => edit_several(found, &changes, &self.safety, session).await,
        }
    }
}

async fn edit_one(
    found: &FoundLink,
    changes: &LinkChanges,
    safety: &SafetyArgs,
    session: &Session,
) -> Result<Report<LinkRecord>, Failure> {
    if safety.dry_run.is_set() {
        return match changes.problem(&found.owner, &found.link) {
            Some(problem) => Err(Failure::usage(format!("cannot change {}: {problem}", found.describe()))),
            None => {
                let what = format!("change {}: {}", found.describe(), changes.describe(&found.link));
                Ok(safety.dry_run.report(&what))
            }
        };
    }
    let link = send(found, changes, session).await?;
    Ok(Records::Row(LinkRecord(link, found.owner.only())).into())
}

async fn edit_several(
    found: Vec<FoundLink>,
    changes: &LinkChanges,
    safety: &SafetyArgs,
    session: &Session,
) -> Result<Report<LinkRecord>, Failure> {
    let found = without_problems(found, changes);
    if found.is_empty() {
        return Ok(Report::from(Records::List(Vec::new())).note("there is no link to change"));
    }
    let previews = || found.iter().map(|found| Preview::new(found, changes)).collect::<Vec<_>>();
    let these = confirmation::these(found.len(), "link", "links");
    if safety.dry_run.is_set() {
        print_lines(&table_of(&previews(), session.terminal));
        return Ok(safety.dry_run.report(&format!("change {these}")));
    }
    if safety.must_ask() {
        confirmation::show(&previews(), session.terminal);
        prompt::confirm(&format!("Change {these}?"))?;
    }
    let (done, failure) = change_all(found, "changing", session, async |found: FoundLink| {
        let link = send(&found, changes, session).await?;
        Ok(LinkRecord(link, found.owner.one_of_several()))
    })
    .await;
    Ok(Report::from(Records::List(done)).failing(failure))
}

async fn send(found: &FoundLink, changes: &LinkChanges, session: &Session) -> Result<docspace::RoomLink, Failure> {
    let links = found.owner.links(&session.portal);
    change(&found.unknown_outcome("was changed"), changes.apply(links.update(&found.link)).send()).await
}

/// Leaves out the links that cannot be changed like this, and says so on standard error.
fn without_problems(found: Vec<FoundLink>, changes: &LinkChanges) -> Vec<FoundLink> {
    let mut problems = Vec::new();
    let possible = found.into_iter().filter(|found| {
        let problem = changes.problem(&found.owner, &found.link);
        problems.extend(problem.as_ref().map(|problem| format!("{}: {problem}", found.describe())));
        problem.is_none()
    });
    let possible = possible.collect();
    if !problems.is_empty() {
        let these = if problems.len() == 1 { "1 link stays as it is:" } else { "these links stay as they are:" };
        print_message(these);
        print_names(&problems);
    }
    possible
}

/// A link and its changes, for a person to check.
struct Preview {
    /// The title of the room, folder or file.
    room: String,
    room_id: String,
    link: String,
    change: String,
}

impl Preview {
    fn new(found: &FoundLink, changes: &LinkChanges) -> Self {
        Self {
            room: found.owner.title().to_owned(),
            room_id: found.owner.id().argument(),
            link: found.link.title().to_owned(),
            change: changes.describe(&found.link),
        }
    }
}

impl Record for Preview {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::column("roomId", "Id of the room", &|link| link.room_id.clone()).never_cut().priority(60),
        Field::<Self>::column("room", "Title of the room", &|link| link.room.clone()).priority(80),
        Field::<Self>::column("link", "Title of the link", &|link| link.link.clone()).priority(90),
        Field::<Self>::column("change", "Old and new values", &|link| link.change.clone()).never_cut().priority(100),
    ];
}
