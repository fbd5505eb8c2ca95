//! Compares one room.

use std::borrow::Cow;
use std::collections::BTreeSet;

use docspace::Timestamp;

use super::action::{Action, Template};
use super::options::{PlanOptions, Prune};
use super::outcome::{Extra, RoomPlan};
use super::{model, new_room};
use crate::actual::{Actual, ActualRoom};
use crate::fold::fold;
use crate::ids::LinkIds;
use crate::manifest::{Room, Settings};
use crate::problem::Problem;
use crate::wanted::WantedRoom;

/// The comparison of one room.
pub(super) struct Comparison<'a> {
    pub(super) wanted: &'a Room,
    pub(super) actual: &'a Actual,
    pub(super) prune: Prune,
    pub(super) now: Timestamp,
    /// The ids of the links of the room. `None` for a new room, which has no id yet.
    pub(super) ids: Option<LinkIds>,
    /// The room that is there, or a new one as the portal creates it.
    room: Option<&'a ActualRoom>,
    pub(super) plan: RoomPlan,
    pub(super) problems: Vec<Problem>,
    /// The addresses of new members without an account.
    pub(super) without_account: BTreeSet<String>,
    /// The number of things that could be removed.
    pub(super) present: usize,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(
        manifest: &str,
        wanted: &'a WantedRoom,
        room: Option<&'a ActualRoom>,
        actual: &'a Actual,
        options: &PlanOptions,
    ) -> Self {
        let plan = RoomPlan {
            title: wanted.room.title.clone(),
            room_type: wanted.room.room_type,
            id: room.map(|room| room.id.clone()),
            place: wanted.place.clone(),
            actions: Vec::new(),
            unchanged: Vec::new(),
            not_managed: Vec::new(),
            notes: Vec::new(),
        };
        Self {
            wanted: &wanted.room,
            actual,
            prune: options.prune,
            now: options.now,
            ids: room.map(|room| LinkIds::new(manifest, &room.id)),
            room,
            plan,
            problems: Vec::new(),
            without_account: BTreeSet::new(),
            present: 0,
        }
    }

    /// Compares everything that is managed. The order is that in which actions are safe: what gives
    /// access comes before what takes it away, and the archive, in which nothing can be changed, is
    /// last. Only links are revoked before others are created, because their number is limited.
    pub(super) fn compare(&mut self) {
        let settings = &self.wanted.settings;
        let room = match self.room {
            Some(room) => match self.compare_archived(room, settings) {
                Some(room) => room,
                None => return,
            },
            None => match self.create() {
                Some(room) => Cow::Owned(room),
                None => return,
            },
        };
        self.compare_settings(&room);
        self.add_tags(&room);
        // People find the folders when they become members.
        self.compare_folders(&room);
        let (members, groups) = self.give_access(&room);
        self.compare_links(&room);
        self.add_to_groups(&room);
        self.remove_tags(&room);
        self.remove_members(members);
        self.remove_members(groups);
        self.remove_from_groups(&room);
        if settings.archived == Some(true) {
            self.act(Action::Archive);
        }
        if self.room.is_none() {
            self.forget_created();
        }
    }

    /// Compares the place of the room. Returns the room if more of it can be compared.
    fn compare_archived(&mut self, room: &'a ActualRoom, settings: &Settings) -> Option<Cow<'a, ActualRoom>> {
        self.present += usize::from(settings.archived == Some(true) && !room.archived);
        if !room.is_mine {
            let message = format!("you are neither the owner nor a manager of the room {}", room.id);
            self.problem(message, "use the login of its owner, or take the room out");
            return None;
        }
        match (room.archived, settings.archived) {
            (true, Some(true)) => {
                self.unchanged("archived");
                None
            }
            (true, None) => {
                let message = format!("the room `{}` ({}) is in the archive", room.title, room.id);
                self.problem(message, "write `archived: false` to restore it, or `archived: true` to leave it there");
                None
            }
            (true, Some(false)) => {
                self.act(Action::Restore);
                Some(Cow::Borrowed(room))
            }
            (false, archived) => {
                if archived == Some(false) {
                    self.unchanged("archived");
                }
                Some(Cow::Borrowed(room))
            }
        }
    }

    /// Creates the room. Returns it as it is then, as far as that is known.
    fn create(&mut self) -> Option<ActualRoom> {
        let template = match self.template() {
            Ok(template) => template,
            Err(problem) => {
                self.problems.push(problem);
                return None;
            }
        };
        let settings = new_room::of_new_room(&self.wanted.settings, template.is_some());
        let tags = self.wanted.settings.tags.clone().unwrap_or_default();
        let create = Action::Create { template, settings, tags };
        let mut room = ActualRoom::created(0.into(), self.wanted.title.clone(), self.wanted.room_type);
        model::create(&mut room, &create);
        let from_template = matches!(create, Action::Create { template: Some(_), .. });
        self.act(create);
        if from_template {
            self.set_after_template(&mut room);
        }
        if self.wanted.settings.archived == Some(false) {
            self.unchanged("archived");
        }
        Some(room)
    }

    /// Takes what is created with a new room out of the things that are as they should be. What
    /// remains is so in every new room.
    fn forget_created(&mut self) {
        let mut created = BTreeSet::from(["title".to_owned()]);
        for action in &self.plan.actions {
            match action {
                Action::Create { settings, tags, .. } => {
                    created.extend(settings.iter().map(|setting| setting.key().to_owned()));
                    created.extend(tags.iter().map(|tag| format!("tag {tag}")));
                }
                Action::Set(change) => drop(created.insert(change.after.key().to_owned())),
                _ => {}
            }
        }
        self.plan.unchanged.retain(|name| !created.contains(name));
    }

    fn template(&self) -> Result<Option<Template>, Problem> {
        let Some(written) = &self.wanted.template else { return Ok(None) };
        let place = self.plan.place.clone();
        let is_meant = |id: &str, title: &str| id == written || title == written;
        let mut found = self.actual.templates.iter().filter(|known| is_meant(&known.id.to_string(), &known.title));
        let Some(template) = found.next() else {
            let problem = Problem::new(place, format!("there is no template `{written}`"));
            return Err(problem.advise("list the templates with `docspace templates list`"));
        };
        if found.next().is_some() {
            let problem = Problem::new(place, format!("several templates have the title `{written}`"));
            return Err(problem.advise("write the id of one of them"));
        }
        if let Some(room_type) = template.room_type.filter(|room_type| *room_type != self.wanted.room_type) {
            let problem = Problem::new(place, format!("the template `{written}` makes rooms of type {room_type}"));
            return Err(problem.advise(format!("write `type: {room_type}`, or use another template")));
        }
        Ok(Some(Template { id: template.id.clone(), title: template.title.clone() }))
    }

    fn add_tags(&mut self, room: &ActualRoom) {
        let Some(wanted) = &self.wanted.settings.tags else { return };
        self.present += if self.room.is_some() { room.tags.len() } else { 0 };
        for tag in wanted {
            if contains(&room.tags, tag) {
                self.unchanged(format!("tag {tag}"));
            } else {
                self.act(Action::AddTag { tag: tag.clone() });
            }
        }
    }

    fn remove_tags(&mut self, room: &ActualRoom) {
        let Some(wanted) = &self.wanted.settings.tags else { return };
        for tag in room.tags.iter().filter(|tag| !contains(wanted, tag)) {
            self.extra(format!("tag {tag}"), Action::RemoveTag { tag: tag.clone() });
        }
    }

    fn add_to_groups(&mut self, room: &ActualRoom) {
        let Some(wanted) = &self.wanted.settings.room_groups else { return };
        let groups = room.room_groups.as_ref();
        self.present += groups.map_or(0, BTreeSet::len);
        for group in wanted {
            if groups.is_some_and(|groups| groups.contains(group)) {
                self.unchanged(format!("room group {group}"));
            } else {
                self.act(Action::AddToGroup { group: group.clone() });
            }
        }
    }

    fn remove_from_groups(&mut self, room: &ActualRoom) {
        let Some(wanted) = &self.wanted.settings.room_groups else { return };
        for group in room.room_groups.iter().flatten().filter(|group| !wanted.contains(*group)) {
            self.extra(format!("room group {group}"), Action::RemoveFromGroup { group: group.clone() });
        }
    }

    /// Removes something that the manifest does not list, or notes that it stays.
    pub(super) fn extra(&mut self, name: String, removal: Action) {
        if self.prune == Prune::Nothing {
            self.plan.not_managed.push(Extra { name, own: false });
        } else {
            self.act(removal);
        }
    }

    /// Whether the room is to be created.
    pub(super) fn is_new(&self) -> bool {
        self.room.is_none()
    }

    pub(super) fn act(&mut self, action: Action) {
        self.plan.actions.push(action);
    }

    pub(super) fn unchanged(&mut self, name: impl Into<String>) {
        self.plan.unchanged.push(name.into());
    }

    pub(super) fn note(&mut self, note: impl Into<String>) {
        self.plan.notes.push(note.into());
    }

    pub(super) fn problem(&mut self, message: impl Into<String>, advice: impl Into<String>) {
        let problem = Problem::new(self.plan.place.clone(), message).advise(advice);
        self.problems.push(problem);
    }
}

/// Whether a portal would treat one of the tags as this one.
fn contains(tags: &BTreeSet<String>, tag: &str) -> bool {
    let folded = fold(tag);
    tags.iter().any(|other| fold(other) == folded)
}
