//! What has to be done when a person leaves.

use docspace::people::{PersonId, PersonType, Profile};
use docspace::rooms::SearchArea;
use docspace::{Room, RoomId};

use crate::failure::Failure;
use crate::output::{Bar, Field, Id, Record, Tone};
use crate::session::Session;

/// The steps for one person.
pub(super) struct Plan {
    pub(super) leaver: Profile,
    pub(super) heir: Profile,
    pub(super) me: PersonId,
    pub(super) disable: bool,
    pub(super) steps: Vec<RoomStep>,
    /// The titles of the templates that the person owns.
    pub(super) templates: Vec<String>,
}

/// What has to be done in one room.
#[derive(Clone, Debug)]
pub(crate) struct RoomStep {
    pub(super) id: RoomId,
    title: String,
    is_owner: bool,
    /// Whether the room gets another owner.
    pub(super) hand_over: bool,
    /// Whether the person is removed from the room.
    pub(super) remove: bool,
    pub(super) state: &'static str,
    /// Why the person keeps access, or why a step failed.
    pub(super) reason: Option<String>,
}

/// The states of a step.
pub(super) mod state {
    pub(in super::super) const PLANNED: &str = "planned";
    pub(in super::super) const DONE: &str = "done";
    pub(in super::super) const FAILED: &str = "failed";
    /// The caller cannot change the room, so nothing is tried.
    pub(in super::super) const KEPT: &str = "kept";
}

impl Plan {
    /// Reads the rooms of the person. Fails if the plan cannot succeed.
    pub(super) async fn read(
        session: &Session,
        leaver: Profile,
        heir: Profile,
        disable: bool,
    ) -> Result<Self, Failure> {
        let portal = &session.portal;
        let me = portal.my_id().await?;
        if leaver.id == heir.id {
            return Err(Failure::usage("the person who leaves cannot be the new owner of the rooms")
                .advise("give another person with --to"));
        }
        if disable && leaver.id == me {
            return Err(Failure::usage("you cannot disable your own account").advise("leave out --disable"));
        }
        let _bar = Bar::start(session.terminal, "reading rooms", 1);
        let rooms = || portal.rooms().list().area(SearchArea::Any);
        let (owned, shared, templates) = futures::try_join!(
            rooms().owner(leaver.id).all(),
            rooms().member(leaver.id).all(),
            portal.templates().list().owner(leaver.id).all()
        )?;
        let is_own_departure = leaver.id == me;
        let mut steps: Vec<RoomStep> = Vec::new();
        for (room, is_owner) in owned.iter().map(|room| (room, true)).chain(shared.iter().map(|room| (room, false))) {
            if !room.is_template() && steps.iter().all(|step| step.id != room.id) {
                steps.push(RoomStep::new(room, is_owner, is_own_departure, heir.id == me));
            }
        }
        // The rooms in which the command does nothing come last.
        steps.sort_by_key(|step| (step.state == state::KEPT, !step.is_owner));
        let plan = Self {
            leaver,
            heir,
            me,
            disable,
            steps,
            templates: templates.into_iter().map(|room| room.title).collect(),
        };
        plan.check_heir()?;
        Ok(plan)
    }

    /// Fails if the new owner cannot own rooms (docs/portal/rooms.md#changing-the-owner).
    fn check_heir(&self) -> Result<(), Failure> {
        let name = &self.heir.display_name;
        let reason = match self.heir.person_type() {
            _ if self.hand_over_count() == 0 => return Ok(()),
            _ if self.heir.is_disabled() => format!("the account of {name} is disabled"),
            Some(PersonType::User | PersonType::Guest) => format!("{name} is a user or guest, who cannot own rooms"),
            _ => return Ok(()),
        };
        Err(Failure::usage(reason).advise("give the rooms to a room admin or DocSpace admin with --to"))
    }

    /// Whether there is nothing that the caller can do.
    pub(super) fn is_empty(&self) -> bool {
        !self.must_disable() && self.steps.iter().all(|step| !step.hand_over && !step.remove)
    }

    /// Whether the account has to be disabled.
    pub(super) fn must_disable(&self) -> bool {
        self.disable && !self.leaver.is_disabled()
    }

    fn hand_over_count(&self) -> usize {
        self.steps.iter().filter(|step| step.hand_over).count()
    }

    /// The address of the person or, without one, the name.
    pub(super) fn name(&self) -> String {
        self.leaver.email.clone().unwrap_or_else(|| self.leaver.display_name.clone())
    }

    /// Returns what the command does, as a phrase such as `give 2 rooms to Bob`.
    pub(super) fn summary(&self) -> String {
        let rooms = |count: usize| if count == 1 { "1 room".to_owned() } else { format!("{count} rooms") };
        let (handed_over, removed) = (self.hand_over_count(), self.steps.iter().filter(|step| step.remove).count());
        let (name, heir) = (self.name(), &self.heir.display_name);
        let mut parts = Vec::new();
        if handed_over > 0 {
            parts.push(format!("give {} to {heir}", rooms(handed_over)));
        }
        if removed > 0 {
            parts.push(format!("remove {name} from {}", rooms(removed)));
        }
        if self.must_disable() {
            parts.push(format!("disable the account of {name}"));
        }
        if parts.is_empty() { "change nothing".to_owned() } else { parts.join(", then ") }
    }
}

impl RoomStep {
    /// Plans the step by the rights of the caller (docs/portal/permissions.md#security). A caller
    /// can always leave a room (docs/portal/members.md#what-each-entry-does).
    fn new(room: &Room, is_owner: bool, is_own_departure: bool, caller_gets_room: bool) -> Self {
        let hand_over = is_owner && room.security.change_owner;
        let can_remove = room.security.edit_access || is_own_departure || (hand_over && caller_gets_room);
        let remove = !room.is_archived() && can_remove && (hand_over || !is_owner);
        let reason = match (is_owner, hand_over, remove) {
            _ if room.is_archived() => Some("the room is archived: restore it first"),
            (true, false, _) => Some("you are not allowed to change the owner"),
            (true, true, false) => Some("stays as a room manager: only the new owner can remove the person"),
            (false, _, false) => Some("only the owner and the room managers can remove the person"),
            _ => None,
        };
        let state = if hand_over || remove { state::PLANNED } else { state::KEPT };
        let (id, title) = (room.id.clone(), room.title.clone());
        Self { id, title, is_owner, hand_over, remove, state, reason: reason.map(str::to_owned) }
    }

    /// Whether the person has access to the room after the step.
    pub(super) fn keeps_access(&self) -> bool {
        !self.remove || self.state != state::DONE
    }

    fn action(&self) -> &'static str {
        match (self.hand_over, self.remove) {
            (true, true) => "hand over, remove",
            (true, false) => "hand over",
            (false, true) => "remove",
            (false, false) => "none",
        }
    }
}

impl Record for RoomStep {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::id("Id of the room", &|step| Id::from(&step.id)),
        Field::<Self>::column("title", "Title of the room", &|step| step.title.clone()).priority(90),
        Field::<Self>::column("role", "Whether the person owns the room or is a member", &|step| {
            if step.is_owner { "owner" } else { "member" }
        })
        .never_cut(),
        Field::<Self>::column("action", "What the command does in the room", &|step| step.action())
            .never_cut()
            .priority(80),
        Field::<Self>::column("state", "State of the action", &|step| step.state).never_cut().priority(70).tone(
            |step| match step.state {
                state::FAILED => Tone::Bad,
                _ => Tone::Plain,
            },
        ),
        Field::<Self>::column(
            "reason",
            "Why the person keeps access, or why the action failed; null otherwise",
            &|step| step.reason.clone(),
        )
        .priority(40),
    ];
}
