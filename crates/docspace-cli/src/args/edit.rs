//! The changes that `rooms edit` and `templates edit` make.

use clap::Args;
use docspace::rooms::EditRoom;
use docspace::{Room, RoomHandle};

use super::dry_run::SettingChange;
use super::settings::{ApplyTo, RoomSettingsArgs};
use super::values::{self, Quota};
use crate::failure::{Failure, UnknownOutcome};
use crate::waiting::change;

/// The changes of a room or template. Commands adapt the help texts with `mut_arg`.
#[derive(Debug, Args)]
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
pub(crate) struct EditSettingsArgs {
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

impl EditSettingsArgs {
    /// Rejects tags without a name.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        if self.add_tags.iter().chain(&self.remove_tags).any(|tag| tag.trim().is_empty()) {
            return Err(Failure::usage("the name of a tag is empty")
                .advise("give --add-tag and --remove-tag a name, or leave the flag out"));
        }
        Ok(())
    }

    /// Whether there is nothing to change.
    pub(crate) fn is_empty(&self) -> bool {
        !self.changes_settings() && !self.changes_tags()
    }

    /// The new title.
    pub(crate) fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// The new storage limit.
    pub(crate) fn quota(&self) -> Option<Quota> {
        self.settings.shared.quota
    }

    /// Makes the changes, and returns the room. The portal handles templates as rooms.
    pub(crate) async fn apply(mut self, room: &RoomHandle, unknown: &UnknownOutcome) -> Result<Room, Failure> {
        let changes_settings = self.changes_settings();
        // Adds and removes single tags with calls of their own, so that changes of other programs
        // to the other tags are kept.
        let add = std::mem::take(&mut self.add_tags);
        let remove = std::mem::take(&mut self.remove_tags);
        let mut changed = None;
        if changes_settings || (add.is_empty() && remove.is_empty()) {
            let edited = change(unknown, self.edit(room).send()).await;
            changed = Some(edited.map_err(Failure::with_cover_hint)?);
        }
        if !remove.is_empty() {
            changed = Some(change(unknown, room.remove_tags(remove)).await?);
        }
        if !add.is_empty() {
            changed = Some(change(unknown, room.add_tags(add)).await?);
        }
        match changed {
            Some(room) => Ok(room),
            None => Ok(room.get().await?),
        }
    }

    /// Returns the settings that the changes would give another value.
    pub(crate) fn preview(&self, room: &Room) -> Vec<SettingChange> {
        let shared = &self.settings.shared;
        let mut changes = Vec::new();
        let mut add = |setting, old: Option<String>, new: Option<String>| {
            if old != new {
                changes.push(SettingChange { setting, old, new });
            }
        };
        if let Some(title) = &self.title {
            add("title", Some(room.title.clone()), Some(title.trim().to_owned()));
        }
        if self.no_tags || shared.tags.is_some() || self.changes_tags() {
            add("tags", joined(&room.tags), joined(&self.new_tags(&room.tags)));
        }
        if let Some(color) = &shared.color {
            add("color", room.logo.color.clone(), Some(color.trim().trim_start_matches('#').to_uppercase()));
        }
        if self.no_cover || shared.cover.is_some() {
            let old = room.logo.cover.as_ref().map(|cover| cover.id.clone());
            add("cover", old, shared.cover.clone());
        }
        if let Some(quota) = shared.quota {
            // The portal returns -1 for a room without a limit.
            let old = room.quota_limit.map(|bytes| u64::try_from(bytes).map_or(Quota::Unlimited, Quota::Bytes));
            add("quota", old.map(|old| old.to_string()), Some(quota.to_string()));
        }
        if let Some(on) = self.settings.indexing {
            add("indexing", Some(switch(room.indexing)), Some(switch(on)));
        }
        if let Some(on) = self.settings.deny_download {
            add("denyDownload", Some(switch(room.deny_download)), Some(switch(on)));
        }
        changes
    }

    /// Returns the tags after the changes. A portal ignores the case of tags.
    fn new_tags(&self, old: &[String]) -> Vec<String> {
        let key = |tag: &String| tag.trim().to_lowercase();
        let is_in = |tag: &String, tags: &[String]| tags.iter().any(|other| key(other) == key(tag));
        if self.no_tags {
            return Vec::new();
        }
        let old = self.settings.shared.tags.as_deref().unwrap_or(old);
        let mut tags: Vec<String> = old.iter().filter(|tag| !is_in(tag, &self.remove_tags)).cloned().collect();
        for tag in &self.add_tags {
            if !is_in(tag, &tags) {
                tags.push(tag.trim().to_owned());
            }
        }
        tags
    }

    fn changes_tags(&self) -> bool {
        !(self.add_tags.is_empty() && self.remove_tags.is_empty())
    }

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

/// Joins tags in order, so that two equal sets of tags are equal texts.
fn joined(tags: &[String]) -> Option<String> {
    let mut tags = tags.to_vec();
    tags.sort();
    Some(tags.join(", ")).filter(|tags| !tags.is_empty())
}

fn switch(on: bool) -> String {
    (if on { "on" } else { "off" }).to_owned()
}

#[cfg(test)]
mod tests {
    use docspace::RoomType;

    use super::*;
    use crate::testing::{mock_session, parse, parsed};

    #[tokio::test]
    async fn preview_has_only_settings_with_another_value() {
        let (_mock, session) = mock_session().await;
        let create = session.portal.rooms().create("Audit", RoomType::Custom).tags(["open", "Client"]);
        let room = create.color("FF5733").send().await.expect("a room");
        let preview = |arguments: &[&str]| {
            let changes = parsed::<EditSettingsArgs>(arguments).preview(&room);
            changes.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(
            preview(&["--title", "Audit 2027", "--cover", "flag", "--indexing", "on", "--color", "#ff5733"]),
            ["title: Audit → Audit 2027", "cover: none → flag", "indexing: off → on"]
        );
        assert_eq!(
            preview(&["--add-tag", "closed", "--add-tag", "client", "--remove-tag", "OPEN"]),
            ["tags: Client, open → Client, closed"]
        );
        assert_eq!(preview(&["--no-tags"]), ["tags: Client, open → none"]);
        assert_eq!(preview(&["--tag", "a"]), ["tags: Client, open → a"]);
        assert!(preview(&["--quota", "1KiB"])[0].ends_with("→ 1 KiB"));
        let same = ["--title", "Audit", "--tag=Client", "--tag=open", "--no-cover", "--deny-download=off"];
        assert!(preview(&same).is_empty(), "{:?}", preview(&same));
    }

    #[test]
    fn empty_tags_are_rejected_before_any_call() {
        let check = |arguments: &[&str]| parsed::<EditSettingsArgs>(arguments).check();
        assert!(check(&["--add-tag", " "]).is_err());
        assert!(check(&["--remove-tag", ""]).is_err());
        assert!(check(&["--add-tag", "a"]).is_ok());
    }

    #[test]
    fn single_tags_do_not_change_settings() {
        let changes = |arguments: &[&str]| parsed::<EditSettingsArgs>(arguments);
        let tags = changes(&["--add-tag", "a", "--remove-tag", "b"]);
        assert!(!tags.changes_settings() && !tags.is_empty() && changes(&[]).is_empty());
        for flag in ["--title=A", "--tag=a", "--no-tags", "--no-cover", "--quota=1KiB", "--indexing=off"] {
            assert!(changes(&[flag]).changes_settings(), "{flag}");
        }
    }

    #[test]
    fn contradictory_flags_are_rejected() {
        for (one, other) in [("--tag=a", "--add-tag=b"), ("--no-tags", "--tag=a"), ("--cover=a", "--no-cover")] {
            assert!(parse::<EditSettingsArgs>(&[one, other]).is_err(), "{one} {other}");
            assert!(parse::<EditSettingsArgs>(&[other, one]).is_err(), "{other} {one}");
        }
    }
}
