//! Carries the actions of one room out.

use docspace::people::PersonId;
use docspace::{Portal, Room, RoomHandle, RoomId};

use super::ApplyOptions;
use super::failure::ApplyError;
use super::groups::Groups;
use super::outcome::{AppliedRoom, Done, Event};
use super::step::{Stage, steps};
use super::stop::Stop;
use super::{create, folders, links, members, settings};
use crate::ids::LinkIds;
use crate::plan::{Action, RoomPlan};
use crate::values::FolderPath;

/// The actions of one room.
pub(super) struct RoomRun<'a> {
    portal: &'a Portal,
    /// The caller, if a room of the plan is to be created.
    me: Option<PersonId>,
    manifest: &'a str,
    plan: &'a RoomPlan,
    options: &'a ApplyOptions,
    on_event: &'a dyn Fn(Event<'_>),
    stop: &'a Stop,
    id: Option<RoomId>,
    /// The room as it was read or created, if it was.
    room: Option<Room>,
    /// Whether the room is there and active.
    is_usable: bool,
    done: Vec<Option<Done>>,
}

impl<'a> RoomRun<'a> {
    pub(super) fn new(
        portal: &'a Portal,
        me: Option<PersonId>,
        manifest: &'a str,
        plan: &'a RoomPlan,
        options: &'a ApplyOptions,
        on_event: &'a dyn Fn(Event<'_>),
        stop: &'a Stop,
    ) -> Self {
        let done = vec![None; plan.actions.len()];
        let id = plan.id.clone();
        Self { portal, me, manifest, plan, options, on_event, stop, id, room: None, is_usable: true, done }
    }

    /// Carries the actions of a stage out.
    pub(super) async fn run(&mut self, stage: Stage) {
        for step in steps(&self.plan.actions, stage) {
            if !self.may_run(stage) {
                step.iter().for_each(|position| self.finish_one(*position, Done::Skipped));
                continue;
            }
            if matches!(self.plan.actions[step[0]], Action::CreateFolder { .. }) {
                self.create_folders(&step).await;
                continue;
            }
            let actions: Vec<&Action> = step.iter().map(|position| &self.plan.actions[*position]).collect();
            let outcome = self.attempt(&actions).await;
            match outcome {
                // One of several changes may be what is wrong.
                Err(_) if !self.stop.is_set() && members::can_be_split(&actions) => {
                    for position in step {
                        if self.stop.is_set() {
                            self.finish_one(position, Done::Skipped);
                            continue;
                        }
                        let outcome = self.attempt(&[&self.plan.actions[position]]).await;
                        self.finish_one(position, outcome.map_or_else(Done::Failed, |()| Done::Done));
                    }
                }
                outcome => {
                    if outcome.is_err() && matches!(actions[0], Action::Create { .. } | Action::Restore) {
                        self.is_usable = false;
                    }
                    let done = outcome.map_or_else(Done::Failed, |()| Done::Done);
                    step.iter().for_each(|position| self.finish_one(*position, done.clone()));
                }
            }
        }
    }

    /// Creates folders. One that fails does not stop the others, except those in it.
    async fn create_folders(&mut self, step: &[usize]) {
        let path = |position: &usize| match &self.plan.actions[*position] {
            Action::CreateFolder { path } => Some(path.clone()),
            _ => None,
        };
        let paths: Vec<FolderPath> = step.iter().filter_map(path).collect();
        let all = match self.handle() {
            Ok(room) => Box::pin(folders::create(self.portal, &room, &paths)).await,
            Err(error) => vec![Done::Failed(error); step.len()],
        };
        for (position, done) in step.iter().zip(all) {
            if let Done::Failed(error) = &done {
                self.stop.consider(error);
            }
            self.finish_one(*position, done);
        }
    }

    /// Adds the room to room groups, and removes it from some.
    pub(super) async fn run_groups(&mut self, groups: &mut Groups<'_>) {
        for step in steps(&self.plan.actions, Stage::Group) {
            let done = match &self.id {
                Some(id) if self.may_run(Stage::Group) => {
                    match groups.carry_out(id, &self.plan.actions[step[0]]).await {
                        Ok(()) => Done::Done,
                        Err(error) => {
                            self.stop.consider(&error);
                            Done::Failed(error)
                        }
                    }
                }
                _ => Done::Skipped,
            };
            self.finish_one(step[0], done);
        }
    }

    /// What became of the actions.
    pub(super) fn finish(self) -> AppliedRoom {
        let actions = self.done.into_iter().map(|done| done.unwrap_or(Done::Skipped)).collect();
        AppliedRoom { id: self.id, actions }
    }

    /// Whether actions of this stage are tried. Something that failed must be possible to repeat,
    /// which it is not in the archive.
    fn may_run(&self, stage: Stage) -> bool {
        let all_done = || self.done.iter().flatten().all(Done::is_done);
        self.is_usable && !self.stop.is_set() && (stage != Stage::Archive || all_done())
    }

    fn finish_one(&mut self, position: usize, done: Done) {
        (self.on_event)(Event { room: self.plan, action: &self.plan.actions[position], done: &done });
        self.done[position] = Some(done);
    }

    /// Carries actions out. Ends the run if no call can succeed.
    async fn attempt(&mut self, actions: &[&Action]) -> Result<(), ApplyError> {
        let outcome = Box::pin(self.carry_out(actions)).await;
        if let Err(error) = &outcome {
            self.stop.consider(error);
        }
        outcome
    }

    async fn carry_out(&mut self, actions: &[&Action]) -> Result<(), ApplyError> {
        match actions[0] {
            Action::Create { template, settings, tags } => {
                let created = create::room(self.portal, self.me, self.plan, template.as_ref(), settings, tags).await?;
                self.id = Some(created.id.clone());
                self.room = Some(created);
            }
            Action::Restore => drop(self.handle()?.restore().await?.wait().await?),
            Action::Archive => drop(self.handle()?.archive().await?.wait().await?),
            Action::RemoveLogo => drop(self.handle()?.remove_logo().await?),
            Action::SetLogo { file } => settings::set_logo(&self.handle()?, file).await?,
            Action::Set(_) => settings::set(&self.handle()?, actions).await?,
            Action::AddTag { .. } => drop(self.handle()?.add_tags(settings::tags(actions)).await?),
            Action::RemoveTag { .. } => drop(self.handle()?.remove_tags(settings::tags(actions)).await?),
            Action::Give { .. } | Action::RemoveMember { .. } => {
                members::set(&self.handle()?, actions, self.options.invite_unknown).await?;
            }
            Action::CreateLink { name, link } => {
                let handle = self.handle_with_type().await?;
                let ids = LinkIds::new(self.manifest, handle.id());
                links::create(&handle, &ids, name, link).await?;
            }
            Action::ChangeLink { id, changes, .. } => {
                links::change(&self.handle_with_type().await?, *id, changes).await?
            }
            Action::RevokeLink { id, .. } => links::revoke(&self.handle()?, *id).await?,
            // Room groups have a stage of their own, and folders a step.
            Action::AddToGroup { .. } | Action::RemoveFromGroup { .. } | Action::CreateFolder { .. } => {}
        }
        Ok(())
    }

    /// The room. A room without an id is created before anything else, or the rest is skipped.
    fn handle(&self) -> Result<RoomHandle, ApplyError> {
        match (&self.room, &self.id) {
            (Some(room), _) => Ok(self.portal.room(room)),
            (None, Some(id)) => Ok(self.portal.room(id)),
            (None, None) => Err(ApplyError::NoRoom),
        }
    }

    /// The room with its type, so that it is not read for each link.
    async fn handle_with_type(&mut self) -> Result<RoomHandle, ApplyError> {
        let handle = self.handle()?;
        if self.room.is_some() {
            return Ok(handle);
        }
        let room = handle.get().await?;
        Ok(self.portal.room(&*self.room.insert(room)))
    }
}
