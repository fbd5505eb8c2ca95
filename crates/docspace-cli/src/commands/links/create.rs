//! `docspace links create`.

use clap::Args;
use docspace::links::{CreateInvitation, CreateLink, Links};
use docspace::{Access, Secret, Timestamp};

use super::owner::{self, Owner};
use super::password::PasswordArgs;
use super::rules;
use crate::args::{DryRunArgs, LinkPlace, values};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::lookup::Kind;
use crate::output::{Records, Report, Shape, local_time};
use crate::records::{LinkOwner, LinkOwnerId, LinkRecord};
use crate::session::Session;
use crate::text::kebab;
use crate::waiting::change;

const EXAMPLES: &str = r#"Examples:
  docspace links create 17 --access read --expires 2027-01-31 --title "For the client"
  docspace links create 17 --access comment --expires 30days --password-stdin < password.txt
  docspace links create folder:23 --access read --expires 14days
  docspace links create 17 --invite --access editing --max-uses 10"#;

/// The flags of `docspace links create`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CreateArgs {
    /// Id, title or portal address of the room (see `docspace rooms list`), or `folder:ID` or
    /// `file:ID` for the links of a folder or file
    #[arg(value_name = "ROOM")]
    room: LinkPlace,
    /// Set what people can do with the link; the type of the room, or the format of the file,
    /// limits the choice
    #[arg(long, value_name = "ACCESS", value_parser = values::link_access(), ignore_case = true)]
    access: Access,
    /// Create the invitation link; people who open it become members of the room; not for
    /// folders and files
    #[arg(long, conflicts_with_all = ["password_stdin", "ask_password", "internal", "deny_download"])]
    invite: bool,
    /// Set the title of the link (default: `Shared link`, or `Invitation link` with --invite)
    #[arg(long, value_name = "TITLE", value_parser = values::text, allow_hyphen_values = true)]
    title: Option<String>,
    /// Set when the link expires: 2027-01-31 (the end of that day) or 2027-01-31T18:00, in the time
    /// zone of this computer, or a time from now such as 30days or 3months (default: never)
    #[arg(long, value_name = "DATE", value_parser = values::date)]
    expires: Option<Timestamp>,
    #[command(flatten)]
    password: PasswordArgs,
    /// Restrict the link to people with an account on the portal
    #[arg(long)]
    internal: bool,
    /// Prevent visitors from downloading, copying and printing
    #[arg(long)]
    deny_download: bool,
    /// Limit how often the invitation link can be used, from 1 to 1000 times (requires --invite;
    /// default: no limit)
    #[arg(long, value_name = "COUNT", requires = "invite", value_parser = clap::value_parser!(u32).range(1..=1000))]
    max_uses: Option<u32>,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for CreateArgs {
    type Record = LinkRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<LinkRecord>, Failure> {
        let password = self.password.get(session.terminal)?;
        let portal = &session.portal;
        if self.dry_run.is_set() {
            let owner = Owner::read(&self.room, portal).await?;
            return self.planned(&owner);
        }
        let (id, title) = match &self.room {
            LinkPlace::Room(name) => (LinkOwnerId::Room(name.find(portal, Kind::Room).await?), None),
            entry => {
                let owner = Owner::read(entry, portal).await?;
                (owner.id(), Some(owner.title().to_owned()))
            }
        };
        let links = owner::links(&id, portal);
        let unknown = UnknownOutcome::new("whether the link was created", hints::links_of(&id.argument()));
        let created = if self.invite {
            change(&unknown, self.invitation(links).send()).await
        } else {
            change(&unknown, self.external(links, password).send()).await
        };
        let link = created?;
        // The library checks the settings before it reads anything, so a room is read last.
        let title = match &id {
            LinkOwnerId::Room(room) => portal.room(room).get().await.ok().map(|room| room.title),
            _ => title,
        };
        Ok(Records::Row(LinkRecord(link, LinkOwner::only(id, title))).into())
    }
}

impl CreateArgs {
    /// Shows the link that would be created.
    fn planned(self, owner: &Owner) -> Result<Report<LinkRecord>, Failure> {
        if let Some(problem) = rules::problem_of_new(owner, self.invite, self.access) {
            let advice = match (owner.room(), rules::has_external_links(owner) || self.invite) {
                (None, _) if self.invite => "leave out --invite, or use the room",
                (None, true) => "choose another --access",
                (None, false) => "move it to a room of another type, or share the room",
                (Some(_), true) => "choose another --access, or a room of another type",
                (Some(_), false) => "add --invite for an invitation link, or choose a room of another type",
            };
            return Err(Failure::usage(problem).advise(advice));
        }
        let kind = if self.invite { "the invitation link" } else { "an external link" };
        let expires = self.expires.map_or_else(|| "never".to_owned(), local_time);
        let access = kebab(&self.access.to_string());
        let mut settings = vec![format!("access {access}"), format!("expires {expires}")];
        settings.extend(self.title.map(|title| format!("title “{title}”")));
        settings.extend(self.password.is_set().then(|| "with a password".to_owned()));
        settings.extend(self.internal.then(|| "only for people with an account".to_owned()));
        settings.extend(self.deny_download.then(|| "without downloads".to_owned()));
        settings.extend(self.max_uses.map(|count| format!("at most {count} uses")));
        let settings = settings.join(", ");
        Ok(self.dry_run.report(&format!("create {kind} of {}: {settings}", owner.describe())))
    }

    fn external(self, links: Links, password: Option<Secret>) -> CreateLink {
        let mut link = links.create(self.access).deny_download(self.deny_download);
        // The links of folders and files in some rooms are always restricted.
        if self.internal || matches!(self.room, LinkPlace::Room(_)) {
            link = link.internal(self.internal);
        }
        if let Some(title) = self.title {
            link = link.title(title);
        }
        if let Some(date) = self.expires {
            link = link.expires(date);
        }
        if let Some(password) = password {
            link = link.password(password);
        }
        link
    }

    fn invitation(self, links: Links) -> CreateInvitation {
        let mut link = links.invite(self.access);
        if let Some(title) = self.title {
            link = link.title(title);
        }
        if let Some(date) = self.expires {
            link = link.expires(date);
        }
        if let Some(count) = self.max_uses {
            link = link.max_uses(count);
        }
        link
    }
}
