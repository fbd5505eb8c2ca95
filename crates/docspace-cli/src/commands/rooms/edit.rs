//! `docspace rooms edit`.

use clap::Args;
use docspace::{EditRoom, RoomHandle};

use crate::args::{RoomArg, values};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Records, Report};
use crate::records::RoomRecord;
use crate::session::Session;
use crate::terminal::Terminal;

const EXAMPLES: &str = r#"Examples:
  docspace rooms edit 17 --title "Audit 2027"
  docspace rooms edit 17 --add-tag closed --remove-tag open"#;

/// What to change of a room; everything else stays.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct EditArgs {
    #[command(flatten)]
    room: RoomArg,
    /// Rename it
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// Give it this tag in place of those it has; repeat it for several
    #[arg(long = "tag", value_name = "TAG", conflicts_with_all = ["add_tags", "remove_tags", "no_tags"])]
    tags: Vec<String>,
    /// Give it this tag too; repeat it for several
    #[arg(long = "add-tag", value_name = "TAG", conflicts_with = "no_tags")]
    add_tags: Vec<String>,
    /// Take this tag away; repeat it for several
    #[arg(long = "remove-tag", value_name = "TAG", conflicts_with = "no_tags")]
    remove_tags: Vec<String>,
    /// Take all its tags away
    #[arg(long)]
    no_tags: bool,
    /// Its colour, six hexadecimal digits such as FF5733
    #[arg(long, value_name = "COLOUR", visible_alias = "colour")]
    color: Option<String>,
    /// Its cover, one of those the portal offers
    #[arg(long, value_name = "COVER", conflicts_with = "no_cover")]
    cover: Option<String>,
    /// Take its cover away
    #[arg(long)]
    no_cover: bool,
    /// The most it may hold, such as 2GiB, or `unlimited`
    #[arg(long, value_name = "SIZE", value_parser = values::quota)]
    quota: Option<i64>,
    /// Number its entries, or not
    #[arg(long, value_name = "SWITCH", value_parser = values::switch())]
    indexing: Option<bool>,
    /// Keep members who only view from downloading, copying and printing, or not
    #[arg(long, value_name = "SWITCH", value_parser = values::switch())]
    deny_download: Option<bool>,
}

impl PortalCommand for EditArgs {
    type Record = RoomRecord;

    fn check(&self, _terminal: Terminal) -> Result<(), Failure> {
        if self.add_tags.iter().chain(&self.remove_tags).any(|tag| tag.trim().is_empty()) {
            return Err(Failure::usage("a tag is empty"));
        }
        Ok(())
    }

    async fn run(mut self, session: &Session) -> Result<Report<RoomRecord>, Failure> {
        let id = &self.room.room;
        let room = session.portal.room(id);
        let unknown =
            UnknownOutcome::new(format!("whether room {id} was changed"), format!("docspace rooms view {id}"));
        let classify = |error| unknown.classify(error);
        // The portal adds and removes single tags, so tags that another program changes meanwhile are kept.
        let add = std::mem::take(&mut self.add_tags);
        let remove = std::mem::take(&mut self.remove_tags);
        let single_tags = !(add.is_empty() && remove.is_empty());
        let mut changed = None;
        if self.is_edit() || !single_tags {
            changed = Some(self.edit(&room).send().await.map_err(classify)?);
        }
        if !remove.is_empty() {
            changed = Some(room.remove_tags(remove).await.map_err(classify)?);
        }
        if !add.is_empty() {
            changed = Some(room.add_tags(add).await.map_err(classify)?);
        }
        Ok(changed.map_or(Records::None, |room| Records::Row(RoomRecord(room))).into())
    }
}

impl EditArgs {
    /// Whether the command changes anything besides single tags.
    fn is_edit(&self) -> bool {
        self.title.is_some()
            || self.no_tags
            || !self.tags.is_empty()
            || self.color.is_some()
            || self.cover.is_some()
            || self.no_cover
            || self.quota.is_some()
            || self.indexing.is_some()
            || self.deny_download.is_some()
    }

    fn edit(self, room: &RoomHandle) -> EditRoom {
        let mut edit = room.edit();
        if let Some(title) = self.title {
            edit = edit.title(title);
        }
        if self.no_tags || !self.tags.is_empty() {
            edit = edit.tags(self.tags);
        }
        if let Some(color) = self.color {
            edit = edit.color(color);
        }
        if let Some(cover) = self.cover.or(self.no_cover.then(String::new)) {
            edit = edit.cover(cover);
        }
        if let Some(bytes) = self.quota {
            edit = edit.quota(bytes);
        }
        if let Some(on) = self.indexing {
            edit = edit.indexing(on);
        }
        if let Some(on) = self.deny_download {
            edit = edit.deny_download(on);
        }
        edit
    }
}
