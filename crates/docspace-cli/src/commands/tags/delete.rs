//! `docspace tags delete`.

use clap::Args;

use super::list;
use crate::args::SafetyArgs;
use crate::command::PortalCommand;
use crate::confirmation::{self, Words};
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Field, Record, Records, Report, Shape};
use crate::records::DeletedState;
use crate::session::Session;
use crate::terminal::Terminal;
use crate::waiting::change;

const EXAMPLES: &str = r"Examples:
  docspace tags delete audit open
  docspace tags delete audit --yes";

/// The arguments of `docspace tags delete`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DeleteArgs {
    /// Names of the tags
    #[arg(value_name = "TAG", required = true)]
    tags: Vec<String>,
    #[command(flatten)]
    safety: SafetyArgs,
}

/// A deleted tag.
pub(crate) struct DeletedTag(String);

impl Record for DeletedTag {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::column("tag", "Name of the tag", &|tag| tag.0.clone()),
        Field::<Self>::column("state", "State after the command", &|_| DeletedState::Deleted),
    ];
}

impl PortalCommand for DeleteArgs {
    type Record = DeletedTag;

    const SHAPE: Shape = Shape::Array;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        self.safety.check(terminal)
    }

    async fn run(self, session: &Session) -> Result<Report<DeletedTag>, Failure> {
        let tags = session.portal.tags();
        let known = tags.list().await?;
        let find = |name: &String| {
            // Spaces around a tag belong to it, but people can leave them out.
            let same = |tag: &&String| tag.to_lowercase() == name.to_lowercase();
            let similar = |tag: &&String| tag.trim().to_lowercase() == name.trim().to_lowercase();
            let tag = known.iter().find(same).or_else(|| known.iter().find(similar));
            tag.cloned().ok_or_else(|| {
                Failure::not_found(format!("there is no tag `{}`", name.trim()))
                    .advise(format!("list the tags with `{}`", super::LIST))
            })
        };
        let mut found: Vec<String> = Vec::new();
        for tag in self.tags.iter().map(find) {
            let tag = tag?;
            if !found.contains(&tag) {
                found.push(tag);
            }
        }
        let names = found.iter().map(|tag| format!("`{tag}`")).collect::<Vec<_>>().join(", ");
        let noun = if found.len() == 1 { "tag" } else { "tags" };
        if self.safety.dry_run.is_set() {
            return Ok(self.safety.dry_run.report(&format!("delete the {noun} {names}")));
        }
        if self.safety.must_ask() {
            let records = list::records(&session.portal, found.clone()).await?;
            let consequence = match found.len() {
                1 => "All rooms and templates lose it.",
                _ => "All rooms and templates lose them.",
            };
            let words = Words { noun: "tag", name: "name", consequence };
            confirmation::of_deletion(&records, |record| &record.tag, &words, session.terminal)?;
        }
        let unknown = UnknownOutcome::new(format!("whether these tags are deleted: {names}"), super::LIST);
        change(&unknown, tags.delete(&found)).await?;
        Ok(Records::List(found.into_iter().map(DeletedTag).collect()).into())
    }
}
