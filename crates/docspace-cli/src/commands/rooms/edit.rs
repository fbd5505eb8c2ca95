//! `docspace rooms edit`.

use clap::Args;
use docspace::RoomHandle;
use docspace::rooms::EditRoom;

use super::outcome;
use crate::args::{ApplyTo, RoomArg, RoomSettingsArgs, values};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::{Records, Report};
use crate::records::RoomRecord;
use crate::session::Session;
use crate::terminal::Terminal;
use crate::waiting::change;

const EXAMPLES: &str = r#"Examples:
  docspace rooms edit 17 --title "Audit 2027"
  docspace rooms edit 17 --add-tag closed --remove-tag open"#;

/// The arguments of `docspace rooms edit`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
// The display order keeps the flags for tags together, and those for the cover.
#[command(mut_arg("tags", |arg| {
    arg.help("Replace all tags with this one; repeat the flag to set several")
        .conflicts_with_all(["add_tags", "remove_tags", "no_tags"])
        .display_order(1)
}))]
#[command(mut_arg("color", |arg| {
    arg.help("Set the color as six hexadecimal digits, such as FF5733").display_order(5)
}))]
#[command(mut_arg("cover", |arg| arg.conflicts_with("no_cover").display_order(6)))]
pub(crate) struct EditArgs {
    #[command(flatten)]
    room: RoomArg,
    /// Rename the room
    #[arg(long, value_name = "TITLE", value_parser = values::text, allow_hyphen_values = true)]
    title: Option<String>,
    /// Add a tag; repeat the flag to add several
    #[arg(long = "add-tag", value_name = "TAG", value_parser = values::text, allow_hyphen_values = true, conflicts_with = "no_tags", display_order = 2)]
    add_tags: Vec<String>,
    /// Remove a tag; repeat the flag to remove several
    #[arg(long = "remove-tag", value_name = "TAG", value_parser = values::text, allow_hyphen_values = true, conflicts_with = "no_tags", display_order = 3)]
    remove_tags: Vec<String>,
    /// Remove all tags
    #[arg(long, display_order = 4)]
    no_tags: bool,
    /// Remove the cover
    #[arg(long, display_order = 7)]
    no_cover: bool,
    #[command(flatten)]
    settings: RoomSettingsArgs,
}

impl PortalCommand for EditArgs {
    type Record = RoomRecord;

    fn check(&self, _terminal: Terminal) -> Result<(), Failure> {
        if self.add_tags.iter().chain(&self.remove_tags).any(|tag| tag.trim().is_empty()) {
            return Err(Failure::usage("the name of a tag is empty")
                .advise("give --add-tag and --remove-tag a name, or leave the flag out"));
        }
        Ok(())
    }

    async fn run(mut self, session: &Session) -> Result<Report<RoomRecord>, Failure> {
        let id = &self.room.find(session).await?;
        let room = session.portal.room(id);
        let unknown = UnknownOutcome::new(format!("whether room {id} was changed"), hints::room(id));
        let (title, quota) = (self.title.clone(), self.settings.shared.quota);
        // Adds and removes single tags with calls of their own, so that changes of other programs
        // to the other tags are kept.
        let add = std::mem::take(&mut self.add_tags);
        let remove = std::mem::take(&mut self.remove_tags);
        let has_tag_changes = !(add.is_empty() && remove.is_empty());
        let mut changed = None;
        if self.changes_settings() || !has_tag_changes {
            let edited = change(&unknown, self.edit(&room).send()).await;
            changed = Some(edited.map_err(Failure::with_cover_hint)?);
        }
        if !remove.is_empty() {
            changed = Some(change(&unknown, room.remove_tags(remove)).await?);
        }
        if !add.is_empty() {
            changed = Some(change(&unknown, room.add_tags(add)).await?);
        }
        Ok(changed.map_or(Records::None.into(), |room| outcome::report(room, title.as_deref(), quota)))
    }
}

impl EditArgs {
    /// Whether the command changes anything apart from single tags.
    fn changes_settings(&self) -> bool {
        self.title.is_some() || self.no_tags || self.no_cover || self.settings != RoomSettingsArgs::default()
    }

    fn edit(self, room: &RoomHandle) -> EditRoom {
        let mut settings = self.settings;
        if self.no_tags {
            settings.shared.tags = Some(Vec::new());
        }
        if self.no_cover {
            settings.shared.cover = Some(String::new());
        }
        let edit = settings.apply_to(room.edit());
        match self.title {
            Some(title) => edit.title(title),
            None => edit,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{parse, parsed};

    #[test]
    fn empty_tags_are_rejected_before_any_call() {
        let check = |arguments: &[&str]| parsed::<EditArgs>(arguments).check(Terminal::none());
        assert!(check(&["5", "--add-tag", " "]).is_err());
        assert!(check(&["5", "--remove-tag", ""]).is_err());
        assert!(check(&["5", "--add-tag", "a"]).is_ok());
    }

    #[test]
    fn single_tags_do_not_change_settings() {
        let changes_settings = |arguments: &[&str]| parsed::<EditArgs>(arguments).changes_settings();
        assert!(!changes_settings(&["5", "--add-tag", "a", "--remove-tag", "b"]));
        for flag in ["--title=A", "--tag=a", "--no-tags", "--no-cover", "--quota=1KiB", "--indexing=off"] {
            assert!(changes_settings(&["5", flag]), "{flag}");
        }
    }

    #[test]
    fn contradictory_flags_are_rejected() {
        for (one, other) in [("--tag=a", "--add-tag=b"), ("--no-tags", "--tag=a"), ("--cover=a", "--no-cover")] {
            assert!(parse::<EditArgs>(&["5", one, other]).is_err(), "{one} {other}");
            assert!(parse::<EditArgs>(&["5", other, one]).is_err(), "{other} {one}");
        }
    }
}
